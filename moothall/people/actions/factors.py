"""The second step of a sign-in, recovery codes and passkeys. Their rows are allauth's, what happened is ours."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import text
from moothall.core.refusals import BadInput, Refusal

from .. import verbs
from ..models import Account

APP, CODES, PASSKEY = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES, Authenticator.Type.WEBAUTHN
MOST_PASSKEYS = 20


@transaction.atomic
def turn_on_app(*, account: Account, secret: str) -> list[str]:
    """From now on a code of the app is asked for after the password. Gives the recovery codes, this once."""
    _lock(account)
    if Authenticator.objects.filter(user=account, type=APP).exists():
        raise Refusal(_("An app is set up already. Turn it off first."))
    TOTP.activate(account, secret)
    record(verbs.FACTOR_ON, by=account.profile, on=account.profile)
    return _new_codes(account)


@transaction.atomic
def turn_off_app(*, account: Account) -> None:
    """The password is enough again; the recovery codes are void."""
    _lock(account)
    if Authenticator.objects.filter(user=account, type=APP).delete()[0]:
        Authenticator.objects.filter(user=account, type=CODES).delete()
        record(verbs.FACTOR_OFF, by=account.profile, on=account.profile)


@transaction.atomic
def make_codes(*, account: Account) -> list[str]:
    """New recovery codes, given this once; those before are void. Refuses where no second step is asked for."""
    _lock(account)
    if not Authenticator.objects.filter(user=account, type=APP).exists():
        raise Refusal(_("Recovery codes stand in for your app. Set one up first."))
    record(verbs.CODES_MADE, by=account.profile, on=account.profile)
    return _new_codes(account)


def _new_codes(account: Account) -> list[str]:
    Authenticator.objects.filter(user=account, type=CODES).delete()
    codes: list[str] = RecoveryCodes.activate(account).get_unused_codes()
    return codes


@transaction.atomic
def add_passkey(*, account: Account, name: str, credential: dict[str, Any]) -> None:
    """Keep a passkey whose answer was proved against the challenge. Refuses the twenty-first."""
    _lock(account)
    if Authenticator.objects.filter(user=account, type=PASSKEY).count() >= MOST_PASSKEYS:
        raise Refusal(_("Twenty passkeys are enough. Remove one first."))
    WebAuthn.add(account, text.tidy(name)[:40] or _("Passkey"), credential)
    record(verbs.PASSKEY_ADDED, by=account.profile, on=account.profile)


@transaction.atomic
def name_passkey(*, account: Account, passkey: Authenticator, name: str) -> None:
    name = text.tidy(name)[:40]
    if not name:
        raise BadInput(_("Say by which name you know it."), field="name")
    passkey = Authenticator.objects.select_for_update().get(pk=passkey.pk, user=account, type=PASSKEY)
    passkey.data["name"] = name
    passkey.save(update_fields=["data"])


@transaction.atomic
def remove_passkey(*, account: Account, passkey: Authenticator) -> None:
    if Authenticator.objects.filter(pk=passkey.pk, user=account, type=PASSKEY).delete()[0]:
        record(verbs.PASSKEY_REMOVED, by=account.profile, on=account.profile)


def _lock(account: Account) -> None:
    """Two who set up the same account at once wait for each other."""
    Account.objects.select_for_update().get(pk=account.pk)
