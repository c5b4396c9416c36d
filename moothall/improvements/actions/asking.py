"""Asking for a change of a product, and asking for it too."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import EVERYBODY
from moothall.catalog import queries as catalog
from moothall.catalog.models import Product
from moothall.core import clock, prose, text
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.actions import newcomers
from moothall.people.models import PERSON, Profile

from .. import queries, verbs
from ..models import Improvement, Voice

MOST_OPEN = 5  # of one person that wait at one product
A_DAY, NEW_A_DAY = 10, 3
JOINS_A_DAY, NEW_JOINS_A_DAY = 100, 20
LINKS, NEW_LINKS = 5, 1  # addresses in one


@dataclass(frozen=True, slots=True)
class Asked:
    """A change as somebody writes it down."""

    title: str
    words: str = ""


@transaction.atomic
def ask(*, by: Profile, product: Product, asked: Asked) -> Improvement:
    """Ask for a change of a product, as it is made now. The same again, while it is open, is the first. Refuses the
    team of the brand, what has no title, and more than five that wait, or than a day's measure."""
    _may_ask(by, product)
    title, words = _said(by, asked)
    newcomers.take(by, "ask for a change", new=NEW_A_DAY, known=A_DAY)  # who sends twice at once waits here
    waiting = Improvement.objects.filter(product=product, by=by, state=Improvement.OPEN)
    same = waiting.filter(title=title, words=words, hidden=None).first()
    if same is not None:
        return same
    if waiting.count() >= MOST_OPEN:
        raise Refusal(_("Five of yours wait here already. Take one back, or let the brand answer first."))
    number = Product.objects.values_list("revision", flat=True).get(pk=product.pk)
    made = Improvement.objects.create(
        product=product, number=number, by=by, at=clock.now(), title=title, words=words, asks=1
    )
    Voice.objects.create(improvement=made, person=by, at=made.at)
    record(verbs.ASKED, by=by, on=made, reach=EVERYBODY, product=product.pk, number=number)
    return made


@transaction.atomic
def join(*, by: Profile, improvement: Improvement) -> None:
    """Ask for it too. Twice is once."""
    if not queries.visible_ids(by, [improvement.pk]):
        raise NotAllowed(_("You cannot ask for this."))
    _may_ask(by, improvement.product)
    newcomers.take(by, "ask for it too", new=NEW_JOINS_A_DAY, known=JOINS_A_DAY)
    _hold_open(improvement)  # whoever comes at the same moment waits here
    if Voice.objects.filter(improvement=improvement, person=by).exists():
        return
    Voice.objects.create(improvement=improvement, person=by, at=clock.now())
    Improvement.objects.filter(pk=improvement.pk).update(asks=F("asks") + 1)
    record(verbs.JOINED, by=by, on=improvement, product=improvement.product_id)
    improvement.refresh_from_db(fields=["asks"])


@transaction.atomic
def leave(*, by: Profile, improvement: Improvement) -> None:
    """Ask for it no longer. Twice is once. Who asked first takes it back instead; what was answered stays as it was."""
    if improvement.by_id == by.pk:
        raise Refusal(_("You asked for it first: take it back instead."))
    voice = Voice.objects.filter(improvement=improvement, person=by)
    if not voice.exists():
        return
    _hold_open(improvement)
    if voice.delete()[0]:
        Improvement.objects.filter(pk=improvement.pk).update(asks=F("asks") - 1)
        record(verbs.LEFT, by=by, on=improvement, product=improvement.product_id)
    improvement.refresh_from_db(fields=["asks"])


@transaction.atomic
def take_back(*, by: Profile, improvement: Improvement) -> None:
    """Who asked first takes it back before it is answered; its voices are kept for the case that they ask again. Twice
    is once."""
    _own(by, improvement)
    if _move(improvement, Improvement.OPEN, Improvement.BACK):
        record(verbs.TAKEN_BACK, by=by, on=improvement, product=improvement.product_id)
    elif improvement.state != Improvement.BACK:
        raise Refusal(_("This was answered already."))


@transaction.atomic
def ask_again(*, by: Profile, improvement: Improvement) -> None:
    """Undo having taken it back."""
    _own(by, improvement)
    _may_ask(by, improvement.product)
    if _move(improvement, Improvement.BACK, Improvement.OPEN):
        record(verbs.ASKED_AGAIN, by=by, on=improvement, product=improvement.product_id)


def _may_ask(by: Profile, product: Product) -> None:
    if by.sort != PERSON or not catalog.visible_ids(by, [product.pk]):
        raise NotAllowed(_("You cannot ask for this."))
    if people.role_of(by, product.brand):
        raise NotAllowed(_("You are in the team of this brand: others ask, and you answer."))


def _own(by: Profile, improvement: Improvement) -> None:
    if improvement.by_id != by.pk:
        raise NotAllowed(_("This is not yours to take back."))


def _hold_open(improvement: Improvement) -> None:
    standing = Improvement.objects.filter(pk=improvement.pk, state=Improvement.OPEN, hidden=None)
    if not standing.update(asks=F("asks")):
        raise Refusal(_("This was answered already, or taken back."))


def _move(improvement: Improvement, before: str, after: str) -> bool:
    moved = Improvement.objects.filter(pk=improvement.pk, state=before, hidden=None).update(state=after)
    improvement.refresh_from_db(fields=["state"])
    return bool(moved)


def _said(by: Profile, asked: Asked) -> tuple[str, str]:
    """The title and the words as they are kept."""
    title, words = text.tidy(asked.title), text.tidy(asked.words, lines=True)
    if not title or len(title) > 80:
        raise BadInput(_("Say in 1 to 80 letters what should change."), field="title")
    if len(words) > 2000:
        raise BadInput(_("Two thousand letters at most."), field="words")
    most = NEW_LINKS if newcomers.is_new(by) else LINKS
    if prose.addresses_in(f"{title} {words}") > most:
        raise BadInput(_("%(most)s links at most.") % {"most": most}, field="words")
    return title, words
