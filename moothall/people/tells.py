"""Whom the acts of people tell. Circles, blocks and mutes tell nobody, ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import DESK, HALL, PEOPLE, about_actor, tells
from moothall.core import kinds
from moothall.core.kinds import Card

from . import verbs
from .models import BRAND, OWNER, PERSON, Account, Follow, Invitation, Member, Profile, TeamInvitation


@tells(
    verbs.FOLLOWED,
    "the followed",
    sort=PEOPLE,
    sentence=_("{actor} follows you"),
    why=_("Somebody new follows you"),
    shown=about_actor,
)
def the_followed(act: Act) -> Iterable[int]:
    return _standing(act).filter(source__sort=PERSON).values_list("source_id", flat=True)


def _standing(act: Act) -> QuerySet[Follow]:
    """Who follows no longer when it is read is not told of."""
    return Follow.objects.filter(follower=act.actor_id, source=act.subject_id)


def _follower_of_a_shop(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    """Leads to the follower, and says whose shop it is."""
    shops = Member.objects.filter(person=viewer, brand__in={act.subject_id for act in acts})
    names = dict(shops.values_list("brand_id", "brand__name"))
    faces = about_actor(viewer, acts)
    found = {act.pk: (names.get(act.subject_id), faces.get(act.pk)) for act in acts}
    return {pk: Card(name, face.address) for pk, (name, face) in found.items() if name and face}


@tells(
    verbs.FOLLOWED,
    "owners",
    sort=PEOPLE,
    sentence=_("{actor} follows the shop of {subject}"),
    why=_("The brand is yours"),
    shown=_follower_of_a_shop,
)
def owners_of_the_followed(act: Act) -> Iterable[int]:
    owners = Member.objects.filter(brand__in=_standing(act).values("source"), brand__sort=BRAND, role=OWNER)
    return owners.values_list("person_id", flat=True)


def _desk(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    """The desks of the brands in whose team the viewer is now."""
    mine = Member.objects.filter(person=viewer, brand__in={act.subject_id for act in acts}, brand__gone=None)
    names = dict(mine.values_list("brand_id", "brand__name"))
    places = kinds.addresses("desk", list(names))
    return {
        act.pk: Card(names[act.subject_id], places.get(act.subject_id, "/")) for act in acts if act.subject_id in names
    }


def _asking(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    """The brands that still ask, and where one answers."""
    asking = TeamInvitation.objects.filter(person=viewer, brand__in={act.subject_id for act in acts})
    names = dict(asking.values_list("brand_id", "brand__name"))
    places = kinds.addresses("asking", list(names))
    return {
        act.pk: Card(names[act.subject_id], places.get(act.subject_id, "/")) for act in acts if act.subject_id in names
    }


@tells(
    verbs.TEAM_INVITED,
    "who is asked",
    sort=DESK,
    sentence=_("{subject} asks you into its team"),
    why=_("A team asks for you"),
    shown=_asking,
    has_mail=True,
)
def who_is_asked(act: Act) -> Iterable[int]:
    return [act.data["person"]]


@tells(
    verbs.TEAM_JOINED,
    "owners",
    sort=DESK,
    sentence=_("Somebody new is in the team of {subject}"),
    why=_("The brand is yours"),
    shown=_desk,
)
def owners_of_the_joined(act: Act) -> Iterable[int]:
    return Member.objects.filter(brand=act.subject_id, role=OWNER).values_list("person_id", flat=True)


@tells(
    verbs.ROLE_CHANGED,
    "whose role it is",
    sort=DESK,
    sentence=_("You have another role in the team of {subject}"),
    why=_("Your place in a team changed"),
    shown=_desk,
)
def whose_role_changed(act: Act) -> Iterable[int]:
    return [act.data["person"]]


@tells(
    verbs.TEAM_LEFT,
    "who left",
    sort=DESK,
    sentence=_("You are no longer in the team of {subject}"),
    why=_("Your place in a team changed"),
)
def who_left_the_team(act: Act) -> Iterable[int]:
    return [act.data["person"]]


def _stewards_house(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    if not Account.objects.filter(profile=viewer, is_steward=True).exists():
        return {}
    return {act.pk: Card(now("steward"), kinds.address("stewards", viewer.pk)) for act in acts}


@tells(
    verbs.STEWARD_MADE,
    "the steward",
    sort=HALL,
    sentence=_("You are a {subject} of this hall"),
    why=_("Whoever keeps the hall made you one"),
    shown=_stewards_house,
    ties=False,
    doers=True,
)
def the_new_steward(act: Act) -> Iterable[int]:
    return [act.subject_id]


@tells(
    verbs.INVITATION_TAKEN,
    "the inviter",
    sort=PEOPLE,
    sentence=_("{actor} came by your invitation"),
    why=_("You invited them"),
    shown=about_actor,
    has_mail=True,
)
def the_inviter(act: Act) -> Iterable[int]:
    return Invitation.objects.filter(pk=act.subject_id).values_list("by_id", flat=True)
