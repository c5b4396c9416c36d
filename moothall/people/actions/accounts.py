"""What people can do about how they sign in: end sessions, note what became safer or less safe, be found."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import Verb
from moothall.core import text
from moothall.core.refusals import NotAllowed, Refusal

from .. import queries, verbs
from ..models import Account, Limit, Profile, SignIn
from . import limits

SEEKS_A_DAY = 20


@transaction.atomic
def sign_out_everywhere(*, account: Account) -> None:
    """End every session of the account, this one too."""
    Account.objects.filter(pk=account.pk).update(epoch=F("epoch") + 1)
    SignIn.objects.filter(account=account).delete()
    record(verbs.SIGNED_OUT, by=account.profile, on=account.profile)


@transaction.atomic
def sign_out_elsewhere(*, account: Account, here: str | None) -> None:
    """End every session of the account but the one with this key."""
    ended = SignIn.objects.filter(account=account).exclude(session_key=here).delete()[0]
    if ended:
        record(verbs.SESSION_ENDED, by=account.profile, on=account.profile, count=ended)


@transaction.atomic
def end_sign_in(*, account: Account, public: str) -> None:
    """End one session of the account, in whatever browser it is. Twice is once."""
    if SignIn.objects.filter(account=account, public=public).delete()[0]:
        record(verbs.SESSION_ENDED, by=account.profile, on=account.profile, count=1)


@transaction.atomic
def note(*, account: Account, verb: Verb) -> None:
    """Put into the log what allauth did to the account: password, mail address, second factor, a new browser."""
    record(verb, by=account.profile, on=account.profile)


@transaction.atomic
def let_be_found(*, account: Account, findable: bool) -> None:
    """Whether those who know one's mail address, and may be found themselves, find one by it."""
    if Account.objects.filter(pk=account.pk, findable=not findable).update(findable=findable):
        verb = verbs.FINDABLE if findable else verbs.NOT_FINDABLE
        record(verb, by=account.profile, on=account.profile)


@transaction.atomic
def find_by_address(*, account: Account, email: str) -> Profile | None:
    """The person with this proved mail address, if both chose to be found and neither blocked the other. One
    answer for all who are not: unknown, not proved, not findable. Refuses the twenty-first in a day."""
    if not Account.objects.filter(pk=account.pk, findable=True).exists():
        raise NotAllowed(_("Let yourself be found first: it works both ways or not at all."))
    if not limits.take(account.profile, "seek", limits.today(), SEEKS_A_DAY):
        raise Refusal(_("That was enough for today. Try the next one tomorrow."), field="email")
    address = text.tidy(email).lower()
    owners = EmailAddress.objects.filter(email=address, verified=True, user__findable=True, user__is_active=True)
    return queries.people(account.profile).filter(pk__in=owners.values("user__profile")).exclude(
        pk=account.profile_id
    ).first()  # fmt: skip


@transaction.atomic
def forget_expired() -> None:
    """Delete sessions and counted tries whose time is over: nobody asks for them any more."""
    SignIn.objects.filter(expire_date__lt=timezone.now()).delete()
    Limit.objects.filter(expires__lt=timezone.now()).delete()


@transaction.atomic
def make_steward(*, account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(is_steward=True)
    record(verbs.STEWARD_MADE, by=account.profile, on=account.profile)
