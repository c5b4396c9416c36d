"""Teams of brands: an owner asks a person in, the person says yes or no; one owner always stays."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock
from moothall.core.refusals import BadInput, NotAllowed, Refusal

from .. import queries, verbs
from ..models import AGENT, MAKER, MARKETER, OWNER, PERSON, SELLER, Member, Profile, TeamInvitation
from .ties import lock

ROLES = (OWNER, MAKER, SELLER, AGENT, MARKETER)
MOST_ASKED = 30


@transaction.atomic
def invite_to_team(*, by: Profile, brand: Profile, person: Profile, role: str) -> TeamInvitation:
    """Ask a person into the team, or ask again with another role; they are in once they join. Refuses brands, the
    unseen, those who are in, and more than thirty who were asked and did not answer."""
    _may_decide(by, brand, role)
    lock(brand, person)
    if person.sort != PERSON or not queries.visible_ids(by, [person.pk]):
        raise BadInput(_("Only people can be in a team."), field="handle")
    if queries.role_of(person, brand):
        raise Refusal(_("%(name)s is in the team.") % {"name": person.name}, field="handle")
    if TeamInvitation.objects.filter(brand=brand).exclude(person=person).count() >= MOST_ASKED:
        raise Refusal(_("Thirty people have not answered yet. Take some invitations back first."), field="handle")
    asked = {"role": role, "by": by, "since": clock.now()}
    invitation, made = TeamInvitation.objects.update_or_create(brand=brand, person=person, defaults=asked)
    if made:
        record(verbs.TEAM_INVITED, by=by, on=brand, brand=brand, person=person.pk, role=role, invitation=invitation.pk)
    return invitation


@transaction.atomic
def take_back_team_invitation(*, by: Profile, brand: Profile, person: Profile) -> None:
    if not queries.may_own(by, brand):
        raise NotAllowed(_("Only an owner can change the team."))
    if TeamInvitation.objects.filter(brand=brand, person=person).delete()[0]:
        record(verbs.TEAM_UNINVITED, by=by, on=brand, brand=brand, person=person.pk)


@transaction.atomic
def join_team(*, by: Profile, brand: Profile) -> Member:
    """Be in the team one was invited to, in the role of the invitation, which is used up."""
    lock(brand, by)
    invitation = TeamInvitation.objects.filter(brand=brand, person=by).first()
    if invitation is None:
        raise NotAllowed(_("There is no invitation into this team any more."))
    member = Member.objects.get_or_create(brand=brand, person=by, defaults={"role": invitation.role})[0]
    invitation.delete()
    record(verbs.TEAM_JOINED, by=by, on=brand, brand=brand, person=by.pk, role=member.role)
    return member


@transaction.atomic
def decline_team(*, by: Profile, brand: Profile) -> None:
    if TeamInvitation.objects.filter(brand=brand, person=by).delete()[0]:
        record(verbs.TEAM_DECLINED, by=by, on=brand, brand=brand, person=by.pk)


@transaction.atomic
def change_role(*, by: Profile, brand: Profile, person: Profile, role: str) -> Member:
    """Another role for somebody of the team. Refuses to leave a brand without an owner."""
    _may_decide(by, brand, role)
    if role != OWNER:
        _keep_an_owner(brand, person)
    member = Member.objects.filter(brand=brand, person=person).first()
    if member is None:
        raise BadInput(_("Only people of the team have a role."), field="handle")
    member.role = role
    member.save(update_fields=["role"])
    record(verbs.ROLE_CHANGED, by=by, on=brand, brand=brand, person=person.pk, role=role)
    return member


def _may_decide(by: Profile, brand: Profile, role: str) -> None:
    if not queries.may_own(by, brand):
        raise NotAllowed(_("Only an owner can change the team."))
    if role not in ROLES:
        raise BadInput(_("There is no such role."), field="role")


@transaction.atomic
def leave_team(*, by: Profile, brand: Profile, person: Profile) -> None:
    """Owners send people out of the team; everybody may leave it. Refuses to leave a brand without an owner."""
    if by != person and not queries.may_own(by, brand):
        raise NotAllowed(_("Only an owner can change the team."))
    _keep_an_owner(brand, person)
    if Member.objects.filter(brand=brand, person=person).delete()[0]:
        record(verbs.TEAM_LEFT, by=by, on=brand, brand=brand, person=person.pk)


def _keep_an_owner(brand: Profile, without: Profile) -> None:
    # Two owners leaving at the same moment would leave none: both wait here for the same row.
    Profile.objects.select_for_update().get(pk=brand.pk)
    if not Member.objects.filter(brand=brand, role=OWNER).exclude(person=without).exists():
        raise Refusal(_("A brand needs an owner. Make somebody else an owner first."))
