"""Bringing friends: an invitation by link or mail, what comes of it, and an address that wants no more of them."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, text
from moothall.core.refusals import BadInput, NotAllowed, Refusal

from .. import queries, verbs
from ..models import PERSON, Account, Invitation, NoMail, Profile, Taking
from . import limits
from .names import words_of
from .ties import follow

DAYS = 30
USES_OF_A_LINK = 20
LINKS_A_DAY = 5
MAILS_A_DAY = 10


@transaction.atomic
def invite(*, by: Profile, email: str = "", words: str = "", follow_back: bool = True) -> Invitation:
    """Call somebody here: with an address by one mail, else by a link that twenty may use; either holds for thirty
    days. Refuses more than ten mails or five links a day. Whether the address is known here is not told."""
    if by.sort != PERSON:
        raise NotAllowed(_("Only people can invite."))
    address = _address(email) if email else ""
    what, most = ("invitation mail", MAILS_A_DAY) if address else ("invitation link", LINKS_A_DAY)
    if not limits.take(by, what, limits.today(), most):
        raise Refusal(_("These are enough invitations for today."), field="email" if address else None)
    Invitation.objects.filter(by=by, until__lte=clock.now()).exclude(email="").update(email="")
    made = Invitation.objects.create(
        by=by,
        email=address,
        mark=queries.mark_of(address) if address else "",
        words=words_of(words),
        follow_back=follow_back,
        at=clock.now(),
        until=clock.now() + timedelta(days=DAYS),
        limit=1 if address else USES_OF_A_LINK,
    )
    record(verbs.INVITED, by=by, on=made, mail=bool(address))
    return made


def _address(email: str) -> str:
    email = text.tidy(email).lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise BadInput(_("This is not a mail address."), field="email") from error
    if len(email) > 254:
        raise BadInput(_("This is not a mail address."), field="email")
    return email


@transaction.atomic
def end_invitation(*, by: Profile, invitation: Invitation) -> None:
    """Take an invitation back; its link leads nowhere any more, its address is forgotten."""
    if invitation.by_id != by.pk:
        raise NotAllowed(_("This invitation is not yours."))
    if Invitation.objects.filter(pk=invitation.pk, ended=None).update(ended=clock.now(), email=""):
        record(verbs.INVITATION_ENDED, by=by, on=invitation)


@transaction.atomic
def bring(*, account: Account, invitation: Invitation) -> None:
    """Note who brought a new member, if the invitation still holds. Once for each account."""
    person = account.profile
    if invitation.by_id == person.pk or not queries.visible_ids(person, [invitation.by_id]):
        return
    if _use(invitation, person):
        Account.objects.filter(pk=account.pk, brought_by=None).update(brought_by=invitation.by_id)
        record(verbs.INVITATION_TAKEN, by=person, on=invitation, new=True)


@transaction.atomic
def meet(*, by: Profile, invitation: Invitation) -> None:
    """Follow who invited, and be followed back if they wished that when they invited. Refuses one's own invitation,
    and one that was used up, ended or is too old."""
    inviter = invitation.by
    if inviter.pk == by.pk:
        raise NotAllowed(_("This invitation is your own."))
    if not Taking.objects.filter(invitation=invitation, person=by).exists():
        if not _use(invitation, by):
            raise Refusal(_("This invitation does not hold any more. Ask your friend for a new one."))
        record(verbs.INVITATION_TAKEN, by=by, on=invitation, new=False)
    follow(by=by, source=inviter)
    if invitation.follow_back:
        follow(by=inviter, source=by)


def _use(invitation: Invitation, person: Profile) -> bool:
    holds = Invitation.objects.filter(pk=invitation.pk, ended=None, until__gt=clock.now(), uses__lt=F("limit"))
    if not holds.update(uses=F("uses") + 1):
        return False
    if not Taking.objects.get_or_create(invitation=invitation, person=person)[1]:
        Invitation.objects.filter(pk=invitation.pk).update(uses=F("uses") - 1)
    Invitation.objects.filter(pk=invitation.pk, uses=F("limit")).update(email="")
    return True


@transaction.atomic
def stop_invitations(*, invitation: Invitation) -> None:
    """Whoever got this invitation by mail gets no other one, from anybody."""
    if invitation.mark and NoMail.objects.get_or_create(mark=invitation.mark)[1]:
        record(verbs.INVITATIONS_STOPPED, by=invitation.by, on=invitation)
    Invitation.objects.filter(mark=invitation.mark).exclude(mark="").update(email="")
