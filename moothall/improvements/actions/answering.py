"""The brand's answers: declined with a reason, or taken into the next revision."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.catalog import actions as catalog
from moothall.catalog.models import Product, Revision
from moothall.core import clock, text
from moothall.core.refusals import BadInput, Refusal
from moothall.orders.queries import was_bought
from moothall.people.models import Profile

from .. import verbs
from ..models import Improvement

MOST_TAKEN = 50  # improvements in one revision


@transaction.atomic
def decline(*, by: Profile, improvement: Improvement, answer: str) -> None:
    """Leave the product as it is, and say why. For owners and makers."""
    catalog.may_make(by, improvement.product.brand)
    answer = text.tidy(answer)
    if not answer:
        raise BadInput(_("Say why: they took the trouble."), field="answer")
    if len(answer) > 400:
        raise BadInput(_("Four hundred letters at most."), field="answer")
    waiting = Improvement.objects.filter(pk=improvement.pk, state=Improvement.OPEN, hidden=None)
    if not waiting.update(state=Improvement.DECLINED, answer=answer, answered=clock.now(), answered_by=by):
        raise Refusal(_("This was answered already."))
    improvement.refresh_from_db()
    record(verbs.DECLINED, by=by, on=improvement, brand=improvement.product.brand, product=improvement.product_id)


@transaction.atomic
def reopen(*, by: Profile, improvement: Improvement) -> None:
    """Think again about what was declined. Twice is once."""
    catalog.may_make(by, improvement.product.brand)
    declined = Improvement.objects.filter(pk=improvement.pk, state=Improvement.DECLINED)
    if declined.update(state=Improvement.OPEN, answer="", answered=None, answered_by=None):
        improvement.refresh_from_db()
        record(verbs.REOPENED, by=by, on=improvement, brand=improvement.product.brand, product=improvement.product_id)


@transaction.atomic
def bring_revision(*, by: Profile, product: Product, words: str, taken: Iterable[Improvement] = ()) -> Revision:
    """The next revision of a product, with what is new in it and what it takes in of what was asked for; with nothing
    of it, it stands there as the company's own decision. For owners and makers. The same again is the first. Refuses
    what is not open any more: then nothing is brought."""
    catalog.may_make(by, product.brand)
    chosen = sorted({one.pk for one in taken})
    if len(chosen) > MOST_TAKEN:
        raise BadInput(_("%(most)s at most in one revision.") % {"most": MOST_TAKEN}, field="taken")
    again = _brought_already(catalog.lock(product), text.tidy(words, lines=True), chosen)
    if again is not None:
        return again
    made = catalog.bring_revision(by=by, product=product, words=words, asked=len(chosen))
    waiting = Improvement.objects.filter(pk__in=chosen, product=product, state=Improvement.OPEN, hidden=None)
    now = {"answered": made.since, "answered_by": by}
    if waiting.update(state=Improvement.TAKEN, revision=made.number, **now) != len(chosen):
        raise Refusal(_("Some of it was answered or taken back meanwhile. Look at it again."), field="taken")
    return made


@transaction.atomic
def take_back_revision(*, by: Profile, product: Product, number: int) -> None:
    """Undo the newest revision within a day, while nobody has bought it: what it took in is open again."""
    catalog.may_make(by, product.brand)
    catalog.lock(product)
    if was_bought(product, number):
        raise Refusal(_("Somebody bought it already, so it stays. Bring the next one instead."))
    catalog.take_back_revision(by=by, product=product, number=number)
    taken = Improvement.objects.filter(product=product, state=Improvement.TAKEN, revision=number)
    taken.update(state=Improvement.OPEN, revision=None, answered=None, answered_by=None)
    # What was asked on it is asked on the one before: the number comes again, and may take it in.
    Improvement.objects.filter(product=product, number=number).update(number=number - 1)


def _brought_already(product: Product, words: str, chosen: list[int]) -> Revision | None:
    """The newest revision, if it says the same and took in the same: somebody pressed the button twice."""
    newest = Revision.objects.filter(product=product, number=product.revision).exclude(number=1).first()
    if newest is None or newest.words != words:
        return None
    took_in = Improvement.objects.filter(product=product, revision=newest.number).order_by("pk")
    return newest if list(took_in.values_list("pk", flat=True)) == chosen else None
