"""Names and handles: what may be called how, and what becomes of a handle that is given up."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from moothall.core import clock, text
from moothall.core.refusals import BadInput, Refusal

from ..models import OldHandle, Profile
from . import limits

RESERVED = frozenset(
    "account api basket brands checkout desk hall home join mailbox market media order orders pay".split()
    + "search static steward ui you".split()
)
HANDLES_A_MONTH = 3


def new_profile(**columns: Any) -> Profile:
    """A new profile; of two who want the same handle at the same moment, one is refused."""
    try:
        with transaction.atomic():
            return Profile.objects.create(**columns)
    except IntegrityError as error:
        raise Refusal(_("Somebody has this handle."), field="handle") from error


def named(name: str) -> str:
    name = text.tidy(name)[:60]
    if not name:
        raise BadInput(_("Say a name that others see."), field="name")
    return name


def words_of(words: str) -> str:
    words = text.tidy(words, lines=True)
    if len(words) > 400:
        raise BadInput(_("Four hundred letters at most."), field="words")
    return words


def check_handle(handle: str, *, owner: Profile | None = None) -> str:
    """The handle as it is kept. Refuses odd, reserved and taken ones; one that was given up is only its owner's."""
    handle = handle.strip().lower()
    if not text.handle_ok(handle):
        raise BadInput(_("A handle has 3 to 30 small letters, digits or hyphens, like ana-lima."), field="handle")
    # In this order: a handle that is given up beside this becomes an old one in the moment it leaves its profile.
    taken = handle in RESERVED or Profile.objects.filter(handle=handle).exists()
    if taken or OldHandle.objects.filter(handle=handle).exclude(profile=owner).exists():
        raise Refusal(_("Somebody has this handle."), field="handle")
    return handle


def rename(profile: Profile, handle: str) -> None:
    """Another handle for the profile; the old one stays its own and leads there."""
    handle = check_handle(handle, owner=profile)
    if not limits.take(profile, "handle", limits.month(), HANDLES_A_MONTH):
        raise Refusal(_("A handle can be changed three times a month."), field="handle")
    old = Profile.objects.select_for_update().get(pk=profile.pk).handle or ""
    OldHandle.objects.filter(handle=handle, profile=profile).delete()
    try:
        with transaction.atomic():
            Profile.objects.filter(pk=profile.pk).update(handle=handle)
            OldHandle.objects.create(handle=old, profile=profile, since=clock.now())
    except IntegrityError as error:
        raise Refusal(_("Somebody has this handle."), field="handle") from error
    profile.handle = handle


def handle_from(name: str) -> str:
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
