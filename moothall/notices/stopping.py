"""The word in a mail that stops mails of its sort: signed for this one purpose, so that nobody has to sign in.

It never runs out: whoever finds an old mail may stop the new ones."""

from __future__ import annotations

from collections.abc import Iterable

from django.core import signing

from moothall.activity.tells import SORTS
from moothall.people.models import Profile

SIGNER = signing.Signer(sep=".", salt="stop mails of these sorts")


def word_for(who: Profile, sorts: Iterable[str]) -> str:
    return SIGNER.sign(f"{who.public}.{'-'.join(sorted(set(sorts)))}")


def read(word: str) -> tuple[Profile, list[str]] | None:
    """Whose mails of which sorts this word stops; None if it is not a word of ours."""
    try:
        public, _dot, sorts = SIGNER.unsign(word).partition(".")
    except signing.BadSignature:
        return None
    who = Profile.objects.filter(public=public, gone=None).first()
    known = [sort for sort in sorts.split("-") if sort in SORTS]
    return (who, known) if who and known else None
