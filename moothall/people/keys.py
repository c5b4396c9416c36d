"""What stewards can do to accounts: suspend one, open it again; and how the keys of the hall are taken back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, text
from moothall.core.refusals import BadInput, NotAllowed, Refusal

from . import verbs
from .models import Account, Profile, Suspension

LONGEST_REASON = 500


def suspensions_of(account: Account) -> QuerySet[Suspension]:
    """Newest first; at most the first is not ended."""
    return Suspension.objects.filter(account=account).select_related("by", "ended_by").order_by("-pk")


def may_keep(by: Profile) -> None:
    if not Account.objects.filter(profile=by, is_steward=True, is_active=True).exists():
        raise NotAllowed(_("Only a steward can do this."))


@transaction.atomic
def suspend(*, by: Profile, account: Account, reason: str) -> Suspension:
    """Shut an account: its sessions end, and it signs in nowhere. What the person made, bought and sold stays as it is.
    Refuses oneself, another steward, an account that is shut already, and no reason: the person is told it."""
    may_keep(by)
    reason = text.tidy(reason, lines=True)
    if not reason:
        raise BadInput(_("Say why; the person is told."), field="reason")
    if len(reason) > LONGEST_REASON:
        raise BadInput(_("Five hundred letters at most."), field="reason")
    if account.profile_id == by.pk:
        raise Refusal(_("You cannot suspend yourself."))
    ours = Account.objects.filter(pk=account.pk, is_active=True)
    if ours.filter(is_steward=True).exists():
        raise Refusal(_("A steward's account is not suspended. Take the keys back first: moothall steward --end."))
    if not ours.update(is_active=False, epoch=F("epoch") + 1):
        raise Refusal(_("This account is shut already."))
    made: Suspension = Suspension.objects.create(account=account, by=by, at=clock.now(), reason=reason)
    record(verbs.SUSPENDED, by=by, on=account.profile, suspension=made.pk)
    return made


@transaction.atomic
def restore(*, by: Profile, account: Account) -> None:
    """Open a suspended account again; its person signs in anew. Refuses one that no steward shut."""
    may_keep(by)
    open_ones = Suspension.objects.select_for_update().filter(account=account, ended=None)
    found = open_ones.first()
    if found is None:
        raise Refusal(_("This account is not suspended."))
    open_ones.update(ended=clock.now(), ended_by=by)
    Account.objects.filter(pk=account.pk).update(is_active=True)
    record(verbs.RESTORED, by=by, on=account.profile, suspension=found.pk)


@transaction.atomic
def end_steward(*, account: Account) -> None:
    """Take the keys of the hall back; by the command only. The last steward may go too: the command makes another."""
    if Account.objects.filter(pk=account.pk, is_steward=True).update(is_steward=False):
        record(verbs.STEWARD_ENDED, by=account.profile, on=account.profile)
