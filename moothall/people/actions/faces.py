"""What people can do about themselves and their brands: join, open, and change what others see."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import EVERYBODY
from moothall.core import search
from moothall.core.models import Picture
from moothall.core.palettes import palette_for
from moothall.core.refusals import NotAllowed

from .. import queries, verbs
from ..models import BRAND, GUEST, HALL, OWNER, PERSON, SHOP, Account, Member, Profile
from . import names


@transaction.atomic
def join(*, account: Account, name: str, handle: str = "") -> Account:
    """Open an account with its public face. Without a handle one is made from the name. Refuses a taken or odd
    handle."""
    name = names.named(name)
    account.profile = names.new_profile(
        sort=PERSON,
        name=name,
        handle=names.check_handle(handle) if handle else names.handle_from(name),
        palette=palette_for(name),
    )
    account.save()
    search.touch(Profile.kind, [account.profile.pk])
    record(verbs.JOINED, by=account.profile, on=account.profile, reach=EVERYBODY)
    return account


@transaction.atomic
def open_brand(*, by: Profile, name: str, handle: str, words: str = "") -> Profile:
    """A new brand, owned by the person. Refuses a taken or odd handle."""
    if by.sort not in (PERSON, HALL):
        raise NotAllowed(_("Only a person can open a brand."))
    brand = names.new_profile(
        sort=BRAND,
        name=names.named(name),
        handle=names.check_handle(handle),
        words=names.words_of(words),
        palette=palette_for(name),
    )
    Member.objects.create(brand=brand, person=by, role=OWNER)
    search.touch(Profile.kind, [brand.pk])
    record(verbs.OPENED, by=by, on=brand, brand=brand, channel=SHOP, reach=EVERYBODY)
    return brand


@transaction.atomic
def make_guest(*, name: str) -> Profile:
    """A profile without a page for somebody who buys without an account."""
    return Profile.objects.create(sort=GUEST, name=names.named(name), palette=palette_for(name))


@transaction.atomic
def adopt_guest(*, by: Profile, guest: Profile) -> bool:
    """From now on the guest was this person all along; for good. Whoever calls has made sure of it. Says whether it
    was new."""
    if by.sort != PERSON or guest.sort != GUEST:
        raise NotAllowed(_("Only a person can have been a guest."))
    if not Profile.objects.filter(pk=guest.pk, sort=GUEST, became=None).update(became=by):
        return False
    record(verbs.GUEST_ADOPTED, by=by, on=guest)
    return True


@transaction.atomic
def the_hall() -> Profile:
    """The profile in whose name the hall itself acts; made when first needed."""
    return Profile.objects.get_or_create(sort=HALL, handle="hall", defaults={"name": _("The hall")})[0]


@transaction.atomic
def change_profile(*, by: Profile, profile: Profile, name: str, words: str, handle: str = "") -> Profile:
    """A person changes their own face; owners change their brand's. The old handle leads to the new one; refuses a
    taken or odd handle, and a fourth one in a month."""
    may_change(by, profile)
    profile.name, profile.words = names.named(name), names.words_of(words)
    profile.save(update_fields=["name", "words"])
    brand = profile if profile.is_brand else None
    if handle and handle.strip().lower() != profile.handle:
        names.rename(profile, handle)
        record(verbs.RENAMED, by=by, on=profile, brand=brand)
    search.touch(Profile.kind, [profile.pk])
    record(verbs.CHANGED, by=by, on=profile, brand=brand)
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
