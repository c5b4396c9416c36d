"""Tokens: by which programs act for a person. Made, found and ended here and nowhere else."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.activity.actions import record
from moothall.core import clock, text
from moothall.core.refusals import BadInput, NotAllowed, Refusal

from . import verbs
from .models import Account, Token

START = "moot_"  # by which a token is known where it was left lying: in a log, in a repository
READ, BUY, SOCIAL, DESK, STEWARD = "read", "buy", "social", "desk", "steward"
SCOPES = {
    READ: gettext_lazy("See what you see: your home, basket, orders, papers, circles, notices"),
    BUY: gettext_lazy("Buy for you: fill the basket, place and leave purchases, send things back"),
    SOCIAL: gettext_lazy("Speak for you: follow, share, invite, circles, block and mute, notices, your profile"),
    DESK: gettext_lazy("Work at your desks: orders, returns, papers, products, stock, team"),
    STEWARD: gettext_lazy("Run the hall, where you are a steward"),
}
DAYS = (30, 90, 365)  # for which a token may be made; 0 is without end
MOST = 20


@transaction.atomic
def make_token(*, account: Account, name: str, scopes: Sequence[str], days: int) -> tuple[Token, str]:
    """A new token and its secret, which is told this once. Refuses one without a name or a scope, and more than twenty
    that stand."""
    name = text.tidy(name)[:60]
    if not name:
        raise BadInput(_("Say what it is for."), field="name")
    if not scopes or set(scopes) - set(SCOPES):
        raise BadInput(_("Choose what it may do."), field="scopes")
    if days not in (*DAYS, 0):
        raise BadInput(_("Choose how long it is good for."), field="days")
    Account.objects.select_for_update().get(pk=account.pk)  # two at once would be one too many
    if standing_tokens(account).count() >= MOST:
        raise Refusal(_("Twenty tokens are enough. End one that is no longer used."))
    secret = START + secrets.token_urlsafe(32)
    made = Token.objects.create(
        account=account,
        name=name,
        hash=_hash(secret),
        scopes=" ".join(word for word in SCOPES if word in scopes),
        made=clock.now(),
        ends=clock.now() + timedelta(days=days) if days else None,
    )
    record(verbs.TOKEN_MADE, by=account.profile, on=made)
    return made, secret


@transaction.atomic
def end_token(*, account: Account, token: Token) -> None:
    """Whatever holds it is refused from now on. Twice is once."""
    if token.account_id != account.pk:
        raise NotAllowed(_("This is not yours to end."))
    if Token.objects.filter(pk=token.pk, ended=None).update(ended=clock.now()):
        record(verbs.TOKEN_ENDED, by=account.profile, on=token)


def tokens_of(account: Account) -> QuerySet[Token]:
    return Token.objects.filter(account=account).order_by("-pk")


def standing_tokens(account: Account) -> QuerySet[Token]:
    return tokens_of(account).filter(_stands())


def find_token(secret: str) -> Token | None:
    """The standing token of an account that may still sign in, with account and profile, in one query."""
    if not secret.startswith(START) or len(secret) > 100 or not secret.isascii():
        return None
    found = Token.objects.select_related("account", "account__profile", "account__profile__portrait")
    return found.filter(_stands(), hash=_hash(secret), account__is_active=True, account__profile__gone=None).first()


def note_use(token: Token) -> None:
    """Once a day, so that its owner sees which ones nobody uses."""
    today = clock.now().date()
    if token.used != today:
        Token.objects.filter(pk=token.pk).update(used=today)


def _stands() -> Q:
    return Q(ended=None) & (Q(ends=None) | Q(ends__gt=clock.now()))


def _hash(secret: str) -> str:
    # Of 32 random bytes: nothing that could be guessed, so nothing that has to be slow.
    return sha256(secret.encode()).hexdigest()
