"""Sending things back: the buyer asks, the brand agrees or declines, the parcel comes, the money goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import Verb
from moothall.core import clock, text
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.models import Profile

from .. import queries, verbs
from ..models import Imprint, Order, OrderLine, Refund, Return, ReturnLine, ShipmentLine
from ..records import RETURN_DAYS
from . import desk


@transaction.atomic
def ask_return(*, by: Profile, order: Order, pieces: Mapping[int, int], reason: str, words: str = "") -> Return:
    """Ask to send so many of each line (by its id) back. Refuses another's order, what was not sent, what was sent
    longer ago than the brand takes things back, and pieces that are in another return or were paid back."""
    if not queries.is_own(by, order.purchase):
        raise NotAllowed(_("Only who bought it can send it back."))
    if reason not in Return.REASONS:
        raise BadInput(_("Say why."), field="reason")
    words = _words(words, "words")
    pieces = {line: number for line, number in sorted(pieces.items()) if number}
    if not pieces:
        raise BadInput(_("Choose what goes back."), field="pieces")
    fresh = _fresh(order)
    back = Return.objects.create(order=order, by=by, reason=reason, words=words, at=clock.now(), changed=clock.now())
    for line_id, number in pieces.items():
        _take(order, line_id, number, fresh.get(line_id, 0))
        ReturnLine.objects.create(back=back, line_id=line_id, quantity=number)
    record(verbs.RETURN_ASKED, by=by, on=back, order=order.pk)
    return back


def _fresh(order: Order) -> dict[int, int]:
    """How many of each line were sent so lately that they may still come back."""
    days = Imprint.objects.filter(brand=order.brand_id).values_list("return_days", flat=True).first()
    since = clock.now() - timedelta(days=RETURN_DAYS if days is None else days)
    sent = ShipmentLine.objects.filter(shipment__order=order, shipment__at__gte=since)
    return dict(sent.order_by().values_list("line").annotate(Sum("quantity")))


def _take(order: Order, line_id: int, number: int, fresh: int) -> None:
    """Count the pieces as asked for, unless others have been faster."""
    line = OrderLine.objects.filter(pk=line_id, order=order, variant__isnull=False)
    if number < 0 or not line.exists():
        raise BadInput(_("Choose how many of each."), field="pieces")
    left = line.filter(asked__lte=fresh - number, shipped__gte=F("returned") - F("withheld") + F("asked") + number)
    if not left.update(asked=F("asked") + number):
        raise Refusal(_("There are not that many that can go back."), field="pieces")


@transaction.atomic
def take_back_return(*, by: Profile, back: Return) -> None:
    """Keep the things after all. Refuses once they are on their way. Twice is once."""
    _buyer(by, back)
    if back.state == Return.WITHDRAWN:
        return
    _step(back, (Return.ASKED, Return.AGREED), Return.WITHDRAWN)
    record(verbs.RETURN_WITHDRAWN, by=by, on=back, order=back.order_id)


@transaction.atomic
def agree_to_return(*, by: Profile, back: Return, answer: str) -> None:
    """Take the things back. The words say where to send them. Refuses without."""
    _brand(by, back)
    answer = _needed(answer, _("Say where to send it; the buyer reads it."))
    _step(back, (Return.ASKED,), Return.AGREED, answer=answer)
    _told(verbs.RETURN_AGREED, by, back)


@transaction.atomic
def decline_return(*, by: Profile, back: Return, answer: str) -> None:
    """Do not take the things back. Refuses without words that say why."""
    _brand(by, back)
    answer = _needed(answer, _("Say why; the buyer reads it."))
    _step(back, (Return.ASKED,), Return.DECLINED, answer=answer)
    _told(verbs.RETURN_DECLINED, by, back)


@transaction.atomic
def send_return(*, by: Profile, back: Return, carrier: str = "", tracking: str = "") -> None:
    """The buyer says that it is on its way."""
    _buyer(by, back)
    said = {"carrier": text.tidy(carrier)[:60], "tracking": text.tidy(tracking)[:100]}
    _step(back, (Return.AGREED,), Return.SENT, **said)
    record(verbs.RETURN_SENT, by=by, on=back, order=back.order_id)


@transaction.atomic
def receive_return(*, by: Profile, back: Return) -> None:
    """The brand has it; the money follows."""
    _brand(by, back)
    _step(back, (Return.AGREED, Return.SENT), Return.ARRIVED)
    _told(verbs.RETURN_ARRIVED, by, back)


@transaction.atomic
def close_return(
    *, by: Profile, back: Return, pieces: Mapping[int, int], answer: str = "", restock: bool = False
) -> Refund | None:
    """Give the money back for so many of each line (by its id; the line of sending too) and close the return. With no
    pieces nothing is given back, and words must say why. Refuses pieces that are not in this return."""
    _brand(by, back)
    inside = dict(ReturnLine.objects.filter(back=back).values_list("line", "quantity"))
    things = set(OrderLine.objects.filter(order=back.order, variant__isnull=False).values_list("pk", flat=True))
    pieces = {line: number for line, number in pieces.items() if number}
    if any(line in things and number > inside.get(line, 0) for line, number in pieces.items()):
        raise Refusal(_("There are not that many in this return."), field="pieces")
    answer = _words(answer, "answer") if pieces else _needed(answer, _("Say why no money goes back."))
    _step(back, (Return.AGREED, Return.SENT, Return.ARRIVED), Return.CLOSED, **({"answer": answer} if answer else {}))
    made = None
    if pieces:
        reason = answer[:300] or _("Came back: %(why)s") % {"why": back.why}
        made = desk.refund(by=by, order=back.order, pieces=pieces, reason=reason, restock=restock, came_back=True)
        Return.objects.filter(pk=back.pk).update(refund=made)
        back.refund = made
    _told(verbs.RETURN_CLOSED, by, back)
    return made


def _step(back: Return, before: tuple[str, ...], after: str, **said: str) -> None:
    """From one of these states to the next, once. Where the return ends, its pieces may be asked for again."""
    now = clock.now()
    if not Return.objects.filter(pk=back.pk, state__in=before).update(state=after, changed=now, **said):
        raise Refusal(_("This return is further on already. Look at it again."))
    if after not in Return.OPEN:
        for line_id, number in ReturnLine.objects.filter(back=back).order_by("line").values_list("line", "quantity"):
            OrderLine.objects.filter(pk=line_id).update(asked=F("asked") - number)
    back.state, back.changed = after, now
    for name, words in said.items():
        setattr(back, name, words)


def _told(verb: Verb, by: Profile, back: Return) -> None:
    record(verb, by=by, on=back, brand=back.order.brand, order=back.order_id)


def _buyer(by: Profile, back: Return) -> None:
    if not queries.is_own(by, back.order.purchase):
        raise NotAllowed(_("This is not your return."))


def _brand(by: Profile, back: Return) -> None:
    if not people.may_sell(by, back.order.brand):
        raise NotAllowed(_("Only owners and sellers of the brand can do this."))


def _needed(words: str, otherwise: str) -> str:
    kept = _words(words, "answer")
    if not kept:
        raise BadInput(otherwise, field="answer")
    return kept


def _words(words: str, field: str) -> str:
    kept = text.tidy(words, lines=True)
    if len(kept) > 400:
        raise BadInput(_("Four hundred letters at most."), field=field)
    return kept
