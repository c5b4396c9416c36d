"""What people can do about themselves, their brands and each other."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import EVERYBODY
from moothall.core import clock, text
from moothall.core.models import Picture
from moothall.core.palettes import palette_for
from moothall.core.refusals import BadInput, NotAllowed, Refusal

from . import queries, verbs
from .models import (
    AGENT,
    BRAND,
    GUEST,
    HALL,
    MAKER,
    MARKETER,
    OWNER,
    PERSON,
    SELLER,
    SHOP,
    Account,
    Block,
    Circle,
    CircleMember,
    Follow,
    Member,
    Mute,
    Profile,
)

ROLES = (OWNER, MAKER, SELLER, AGENT, MARKETER)
RESERVED = frozenset(
    "account api basket brands checkout desk hall home mailbox market media order orders pay static steward"
    " ui you".split()
)
MOST_CIRCLES = 50
MOST_IN_CIRCLE = 150


@transaction.atomic
def join(*, account: Account, name: str, handle: str = "") -> Account:
    """Open an account with its public face. Without a handle one is made from the name. Refuses a taken or odd
    handle."""
    name = _named(name)
    account.profile = _profile(
        sort=PERSON, name=name, handle=check_handle(handle) if handle else _handle_from(name), palette=palette_for(name)
    )
    account.save()
    record(verbs.JOINED, by=account.profile, on=account.profile, reach=EVERYBODY)
    return account


@transaction.atomic
def open_brand(*, by: Profile, name: str, handle: str, words: str = "") -> Profile:
    """A new brand, owned by the person. Refuses a taken or odd handle."""
    if by.sort not in (PERSON, HALL):
        raise NotAllowed(_("Only a person can open a brand."))
    brand = _profile(
        sort=BRAND, name=_named(name), handle=check_handle(handle), words=_words(words), palette=palette_for(name)
    )
    Member.objects.create(brand=brand, person=by, role=OWNER)
    record(verbs.OPENED, by=by, on=brand, brand=brand, channel=SHOP, reach=EVERYBODY)
    return brand


@transaction.atomic
def make_guest(*, name: str) -> Profile:
    """A profile without a page for somebody who buys without an account."""
    return Profile.objects.create(sort=GUEST, name=_named(name), palette=palette_for(name))


@transaction.atomic
def the_hall() -> Profile:
    """The profile in whose name the hall itself acts; made when first needed."""
    return Profile.objects.get_or_create(sort=HALL, handle="hall", defaults={"name": _("The hall")})[0]


@transaction.atomic
def change_profile(*, by: Profile, profile: Profile, name: str, words: str, handle: str = "") -> Profile:
    """A person changes their own face; owners change their brand's."""
    may_change(by, profile)
    profile.name, profile.words = _named(name), _words(words)
    if handle and handle != profile.handle:
        profile.handle = check_handle(handle)
    profile.save(update_fields=["name", "words", "handle"])
    record(verbs.CHANGED, by=by, on=profile, brand=profile if profile.is_brand else None)
    return profile


@transaction.atomic
def change_picture(*, by: Profile, profile: Profile, picture: Picture | None) -> None:
    may_change(by, profile)
    profile.portrait = picture
    profile.palette = picture.palette if picture else palette_for(profile.name)
    profile.save(update_fields=["portrait", "palette"])
    record(verbs.CHANGED, by=by, on=profile, brand=profile if profile.is_brand else None)


def may_change(by: Profile, profile: Profile) -> None:
    if by != profile and not queries.may_own(by, profile):
        raise NotAllowed(_("Only its owner can change this."))


@transaction.atomic
def join_team(*, by: Profile, brand: Profile, person: Profile, role: str) -> Member:
    """Take a person into the team, or give them another role. Refuses to leave a brand without an owner."""
    if not queries.may_own(by, brand):
        raise NotAllowed(_("Only an owner can change the team."))
    if role not in ROLES:
        raise BadInput(_("There is no such role."), field="role")
    if person.sort != PERSON:
        raise BadInput(_("Only people can be in a team."), field="handle")
    if role != OWNER:
        _keep_an_owner(brand, person)
    member, _made = Member.objects.update_or_create(brand=brand, person=person, defaults={"role": role})
    record(verbs.TEAM_JOINED, by=by, on=brand, brand=brand, person=person.pk, role=role)
    return member


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


@transaction.atomic
def follow(*, by: Profile, source: Profile, channel: str = "") -> None:
    """Hear of a person, or of one channel of a brand. Twice is once. The unseen cannot be followed."""
    _lock(by, source)
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
    _lock(by, person)
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
    _lock(by, whom)
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


@transaction.atomic
def sign_out_everywhere(*, account: Account) -> None:
    """End every session of the account, this one too."""
    Account.objects.filter(pk=account.pk).update(epoch=F("epoch") + 1)
    record(verbs.SIGNED_OUT, by=account.profile, on=account.profile)


@transaction.atomic
def make_steward(*, account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(is_steward=True)
    record(verbs.STEWARD_MADE, by=account.profile, on=account.profile)


def _profile(**columns: Any) -> Profile:
    """A new profile; of two who want the same handle at the same moment, one is refused."""
    try:
        with transaction.atomic():
            return Profile.objects.create(**columns)
    except IntegrityError as error:
        raise Refusal(_("Somebody has this handle."), field="handle") from error


def _lock(*profiles: Profile) -> None:
    """Ties and blocks between the same people wait for each other: a tie made beside a block would outlive it."""
    list(Profile.objects.select_for_update().filter(pk__in=[one.pk for one in profiles]).order_by("pk"))


def _named(name: str) -> str:
    name = text.tidy(name)[:60]
    if not name:
        raise BadInput(_("Say a name that others see."), field="name")
    return name


def _words(words: str) -> str:
    words = text.tidy(words, lines=True)
    if len(words) > 400:
        raise BadInput(_("Four hundred letters at most."), field="words")
    return words


def check_handle(handle: str) -> str:
    """The handle as it is kept. Refuses odd, reserved and taken ones."""
    handle = handle.strip().lower()
    if not text.handle_ok(handle):
        raise BadInput(_("A handle has 3 to 30 small letters, digits or hyphens, like ana-lima."), field="handle")
    if handle in RESERVED or Profile.objects.filter(handle=handle).exists():
        raise Refusal(_("Somebody has this handle."), field="handle")
    return handle


def _handle_from(name: str) -> str:
    """A free handle like the name: ana-lima, ana-lima-2, …"""
    stem = text.slug(name)[:24].strip("-")
    stem = stem if len(stem) > 2 else f"{stem}-here".strip("-")
    for n in range(1, 10_000):
        handle = stem if n == 1 else f"{stem}-{n}"
        try:
            return check_handle(handle)
        except Refusal:
            continue
    raise IntegrityError("no free handle")
