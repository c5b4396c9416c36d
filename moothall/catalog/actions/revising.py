"""Revisions: the product as it is made from now on. What was asked for, and who bought which, is known above."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import EVERYBODY
from moothall.core import clock, text
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.models import SHOP, Profile

from .. import verbs
from ..models import ARCHIVED, CONCEPT, UNDO, Product, Revision
from .products import touch

LONGEST = 2000
LAST = 999  # the number that a revision may have


def lock(product: Product) -> Product:
    """The product as it is now; until the end of the transaction nobody else revises it."""
    Product.objects.filter(pk=product.pk).update(revision=F("revision"))
    return Product.objects.select_related("brand").get(pk=product.pk)


@transaction.atomic
def bring_revision(*, by: Profile, product: Product, words: str, asked: int = 0) -> Revision:
    """The next revision, with what is new in it. `asked`: how many changes that people had asked for it takes in.
    Refuses who neither owns nor makes, what has no words, and what is not or no longer made."""
    may_make(by, product.brand)
    words = text.tidy(words, lines=True)
    if not words:
        raise BadInput(_("Say what is new in it."), field="words")
    if len(words) > LONGEST:
        raise BadInput(_("Two thousand letters at most."), field="words")
    now = lock(product)
    if now.state in (ARCHIVED, CONCEPT):
        raise Refusal(_("A revision is of something that is made: publish it first."))
    if now.revision >= LAST:
        raise Refusal(_("A thing has %(most)s revisions at most.") % {"most": LAST})
    made = Revision.objects.create(product=now, number=now.revision + 1, words=words, asked=asked, since=clock.now())
    Product.objects.filter(pk=now.pk).update(revision=made.number)
    touch(product)
    record(verbs.REVISED, by=by, on=made, brand=now.brand, channel=SHOP, reach=EVERYBODY, number=made.number)
    return made


@transaction.atomic
def take_back_revision(*, by: Profile, product: Product, number: int) -> None:
    """Undo the newest revision within a day: the one before is the newest again. Whether somebody bought it is asked by
    whoever calls."""
    may_make(by, product.brand)
    now = lock(product)
    newest = Revision.objects.filter(product=now, number=number).first()
    if newest is None or number != now.revision or number == 1:
        raise Refusal(_("Only the newest revision can be taken back."))
    if newest.since <= clock.now() - UNDO:
        raise Refusal(_("It was brought more than a day ago: bring the next one instead."))
    newest.delete()
    Product.objects.filter(pk=now.pk).update(revision=number - 1)
    touch(product)
    record(verbs.UNREVISED, by=by, on=now, brand=now.brand, number=number)


def may_make(by: Profile, brand: Profile) -> None:
    if not people.may_make(by, brand):
        raise NotAllowed(_("Only owners and makers of the brand can do this."))
