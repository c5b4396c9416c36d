"""Whom one follows, has in a circle, blocks or mutes."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, text
from moothall.core.refusals import BadInput, NotAllowed, Refusal

from .. import queries, verbs
from ..models import PERSON, SHOP, Block, Circle, CircleMember, Follow, Mute, Profile

MOST_CIRCLES = 50
MOST_IN_CIRCLE = 150


@transaction.atomic
def follow(*, by: Profile, source: Profile, channel: str = "") -> None:
    """Hear of a person, or of one channel of a brand. Twice is once. The unseen cannot be followed."""
    lock(by, source)
    if by.sort != PERSON or by == source or not queries.visible_ids(by, [source.pk]):
        raise NotAllowed(_("You cannot follow this."))
    if channel != (SHOP if source.is_brand else ""):
        raise BadInput(_("There is no such channel to follow."))
    if Follow.objects.get_or_create(follower=by, source=source, channel=channel)[1]:
        record(verbs.FOLLOWED, by=by, on=source)


@transaction.atomic
def unfollow(*, by: Profile, source: Profile, channel: str = "") -> None:
    if Follow.objects.filter(follower=by, source=source, channel=channel).delete()[0]:
        record(verbs.UNFOLLOWED, by=by, on=source)


@transaction.atomic
def make_circle(*, by: Profile, name: str) -> Circle:
    """A named list of people of one's own. Refuses a name twice, and more than fifty."""
    name = text.tidy(name)[:40]
    if not name:
        raise BadInput(_("A circle needs a name, like Family."), field="name")
    if queries.circles_of(by).count() >= MOST_CIRCLES:
        raise Refusal(_("Fifty circles are enough for anybody."), field="name")
    circle, made = Circle.objects.get_or_create(owner=by, name=name, ended=None)
    if not made:
        raise Refusal(_("You have a circle of this name."), field="name")
    record(verbs.CIRCLE_MADE, by=by, on=circle)
    return circle


@transaction.atomic
def end_circle(*, by: Profile, circle: Circle) -> None:
    """Take everybody out and put the circle aside. What was shared with it is then seen by nobody else."""
    _own(by, circle)
    CircleMember.objects.filter(circle=circle).delete()
    if Circle.objects.filter(pk=circle.pk, ended=None).update(ended=clock.now()):
        record(verbs.CIRCLE_ENDED, by=by, on=circle)


@transaction.atomic
def join_circle(*, by: Profile, circle: Circle, person: Profile) -> None:
    """Put a person into one's circle; they are not told. Refuses oneself, brands, the unseen, and more than 150."""
    _own(by, circle)
    lock(by, person)
    if person == by or person.sort != PERSON or not queries.visible_ids(by, [person.pk]):
        raise BadInput(_("Only other people can be in a circle."), field="handle")
    if CircleMember.objects.filter(circle=circle).count() >= MOST_IN_CIRCLE:
        raise Refusal(_("A circle holds 150 people."), field="handle")
    if CircleMember.objects.get_or_create(circle=circle, person=person)[1]:
        record(verbs.CIRCLE_JOINED, by=by, on=circle, person=person.pk)


@transaction.atomic
def leave_circle(*, by: Profile, circle: Circle, person: Profile) -> None:
    _own(by, circle)
    if CircleMember.objects.filter(circle=circle, person=person).delete()[0]:
        record(verbs.CIRCLE_LEFT, by=by, on=circle, person=person.pk)


def _own(by: Profile, circle: Circle) -> None:
    if not Circle.objects.select_for_update().filter(pk=circle.pk, owner=by, ended=None).exists():
        raise NotAllowed(_("This circle is not yours."))


@transaction.atomic
def block(*, by: Profile, whom: Profile) -> None:
    """Part two people everywhere: ties and circles between them end. Undoing it does not bring these back."""
    if by == whom or by.sort != PERSON:
        raise NotAllowed(_("You cannot block this."))
    lock(by, whom)
    if not Block.objects.get_or_create(by=by, whom=whom)[1]:
        return
    Follow.objects.filter(follower=by, source=whom).delete()
    Follow.objects.filter(follower=whom, source=by).delete()
    CircleMember.objects.filter(circle__owner=by, person=whom).delete()
    CircleMember.objects.filter(circle__owner=whom, person=by).delete()
    record(verbs.BLOCKED, by=by, on=whom)


@transaction.atomic
def unblock(*, by: Profile, whom: Profile) -> None:
    if Block.objects.filter(by=by, whom=whom).delete()[0]:
        record(verbs.UNBLOCKED, by=by, on=whom)


@transaction.atomic
def mute(*, by: Profile, whom: Profile) -> None:
    """Hear no more of somebody, who does not learn of it; what one follows stays followed."""
    if by == whom or by.sort != PERSON:
        raise NotAllowed(_("You cannot mute this."))
    if Mute.objects.get_or_create(by=by, whom=whom)[1]:
        record(verbs.MUTED, by=by, on=whom)


@transaction.atomic
def unmute(*, by: Profile, whom: Profile) -> None:
    if Mute.objects.filter(by=by, whom=whom).delete()[0]:
        record(verbs.UNMUTED, by=by, on=whom)


def lock(*profiles: Profile) -> None:
    """Ties and blocks between the same people wait for each other: a tie made beside a block would outlive it."""
    list(Profile.objects.select_for_update().filter(pk__in=[one.pk for one in profiles]).order_by("pk"))
