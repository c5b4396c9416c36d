"""From basket to paid order: place (hold the stock), pay at the provider, settle. One settle() for return, webhook
and poller."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.catalog.actions import stock
from moothall.core import clock, hot, kinds, text, work
from moothall.core.hall import hall
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ledger import actions as ledger
from moothall.payments import provider
from moothall.payments.models import Capture, Check, Payback, Payment
from moothall.people.actions import the_hall
from moothall.people.models import Circle, Profile
from moothall.prices import actions as prices

from .. import queries, verbs
from ..models import Basket, Order, OrderLine, Purchase
from . import terms
from .adopting import still_a_guest
from .basket import empty_of
from .books import till
from .lines import write_order
from .pieces import AGREED, let_go
from .sharing import check_telling, share_what_was_chosen

log = logging.getLogger(__name__)
SHORTEST = timedelta(minutes=settings.PAYMENT_MINUTES) - timedelta(seconds=50)  # that a new session still may run
GRACE = timedelta(seconds=30)  # after a session's end, before the poller ends it itself


@dataclass(frozen=True, slots=True)
class Contact:
    """Who gets it, where."""

    email: str
    name: str
    street: str
    postcode: str
    town: str
    country: str


@dataclass(frozen=True, slots=True)
class Telling:
    """Who may know once it is paid: nobody unless chosen."""

    reach: str = ""
    circle: Circle | None = None
    words: str = ""


def place_order(
    *,
    by: Profile,
    basket: Basket,
    contact: Contact,
    telling: Telling,
    key: str,
    seen: str = "",
    note: str = "",
    method: str = Payment.CARD,
) -> Purchase:
    """Turn the basket into a purchase with one order a brand awaiting payment and the stock held, or refuse and
    change nothing.

    The same key again gives the same purchase; with another body it is refused. `seen` is the fingerprint of the basket
    the buyer saw: a basket changed meanwhile is refused."""
    if key.startswith(AGREED):
        raise BadInput(_("This page was sent with a key of the hall's own. Open the basket again."))
    said = (asdict(contact), telling.reach, telling.circle and telling.circle.pk, telling.words, seen, note, method)
    body = sha256(repr(said).encode())
    try:
        return _again(by, key, body.hexdigest()) or _place(
            by, basket, contact, telling, key, body.hexdigest(), seen, note, method
        )
    except IntegrityError:
        # The other press of the same button was faster: its purchase is ours.
        found = _again(by, key, body.hexdigest())
        if found is None:
            raise
        return found


def _again(by: Profile, key: str, body: str) -> Purchase | None:
    found = next(iter(_placed_before(by, key)), None)
    if found and found.body != body:
        raise BadInput(_("This page was sent before with other words in it. Open the basket again."))
    return found


@hot.read
def _placed_before(by: Profile, key: str) -> QuerySet[Purchase]:
    return Purchase.objects.select_related("payment").filter(buyer=by, key=key)


@transaction.atomic
def _place(
    by: Profile,
    basket: Basket,
    contact: Contact,
    telling: Telling,
    key: str,
    body: str,
    seen: str,
    note: str,
    method: str,
) -> Purchase:
    # Refused now: when the money is there, nothing of it may stand in the way of the order.
    words = ""
    if telling.reach:
        words = check_telling(by=by, reach=telling.reach, circle=telling.circle, words=telling.words)
    contact = _tidied(contact)
    note = _checked(note)
    still_a_guest(by)
    filled = queries.filled(by, basket, contact.country)
    if not filled.lines:
        raise Refusal(_("Your basket is empty."))
    if filled.refusals:
        raise Refusal(" ".join(filled.refusals), field="country")
    if filled.said and filled.fingerprint != seen:
        raise Refusal(_("%(why)s Look at the total and press Pay again.") % {"why": filled.said}, field="code")
    if seen and filled.fingerprint != seen:
        raise Refusal(_("Your basket changed meanwhile. Look at it again before you pay."))
    payment = terms.ask_for(filled.total, method=method, by=by, email=contact.email)
    purchase = Purchase(
        buyer=by,
        key=key,
        body=body,
        payment=payment,
        basket=basket,
        emptied=payment.method == Payment.TRANSFER,
        note=note,
        share_reach=telling.reach,
        share_circle=telling.circle,
        share_words=words,
        **asdict(contact),
    )
    hot.add(purchase)
    stock.hold(
        wanted={line.variant_id: line.quantity for line in filled.lines},
        owner_kind=Purchase.kind,
        owner_id=purchase.pk,
    )
    if filled.voucher and filled.discount:
        prices.take(
            voucher=filled.voucher,
            owner_kind=Purchase.kind,
            owner_id=purchase.pk,
            buyer=by,
            email=contact.email,
            amount=filled.discount.minor,
        )
    for parcel in filled.parcels:
        write_order(purchase, parcel, filled.voucher.code if filled.voucher else "")
    _await(purchase, payment)
    return purchase


def _checked(note: str) -> str:
    note = text.tidy(note, lines=True)
    if len(note) > 500:
        raise BadInput(_("Five hundred letters at most."), field="note")
    return note


def _await(purchase: Purchase, payment: Payment) -> None:
    record(verbs.PLACED, by=purchase.buyer, on=purchase, amount=payment.amount, currency=payment.currency)
    if payment.amount:
        hot.add(Check(payment=payment, due=clock.now() + timedelta(seconds=settings.PAYMENT_CHECK_SECONDS)))
    else:  # nothing to pay is paid at once
        Payment.objects.filter(pk=payment.pk).update(state=Payment.PAID, settled=clock.now())
        _fulfil(purchase)
    if purchase.emptied:
        empty_of(purchase, OrderLine.objects.filter(order__purchase=purchase).select_related("order"))


def _tidied(contact: Contact) -> Contact:
    """As it is kept: whoever calls has told the person of what is too long."""
    most = {field.name: field.max_length for field in Purchase._meta.concrete_fields}
    return Contact(**{key: text.tidy(said)[: most[key]] for key, said in asdict(contact).items()})


def open_page(*, purchase: Purchase) -> str:
    """The provider's page where this purchase is paid; asked for outside any transaction, twice gives the same page.

    Refuses when it is paid or over. Raises ProviderSilent when the provider does not answer: the purchase stands
    and waits."""
    (payment,) = _payment(purchase.payment_id)
    if payment.state != Payment.OPEN:
        raise Refusal(_("This was paid already.") if payment.state == Payment.PAID else _("The time to pay is over."))
    if payment.method != Payment.CARD:
        raise Refusal(terms.why_no_page(payment))
    if payment.page:
        return payment.page
    if payment.expires - clock.now() < SHORTEST:
        _begin_anew(payment)
    try:
        state = provider.open_session(_ask(purchase, payment))
    except provider.ProviderRefused as error:
        log.exception("the provider refuses payment %s", payment.public)
        said = _("The bank will not take this payment. Nothing was charged; tell the hall's stewards.")
        raise Refusal(said) from error
    if not _keep_page(payment, payment.attempt, state.session, state.page):
        # The purchase was ended while the provider was asked: nobody may pay by this page.
        settle(payment=payment, state=provider.end_session(state.session))
        raise Refusal(_("The time to pay is over."))
    return state.page


@hot.change
def _keep_page(payment: Payment, attempt: int, session: str, page: str) -> hot.Change:
    open = Payment.objects.filter(pk=payment.pk, state=Payment.OPEN, attempt=attempt)
    return open, {"session": session, "page": page}


def _begin_anew(payment: Payment) -> None:
    """The page was not opened soon enough, and providers want half an hour ahead. Other words need another key."""
    waiting = Payment.objects.filter(pk=payment.pk, state=Payment.OPEN, page="", attempt=payment.attempt)
    waiting.update(expires=terms.until(Payment.CARD), attempt=F("attempt") + 1)
    payment.refresh_from_db()


def _ask(purchase: Purchase, payment: Payment) -> provider.Ask:
    order = kinds.address(Purchase.kind, purchase.pk)
    address = f"{settings.ADDRESS}{order}"
    return provider.Ask(
        reference=payment.public,
        amount=payment.amount,
        currency=payment.currency,
        words=hall().name,
        email=purchase.email,
        back=f"{address}/return",
        cancel=address,
        expires=payment.expires,
        key=f"session-{payment.public}-{payment.attempt}",
    )


@transaction.atomic
def settle(*, payment: Payment, state: provider.State) -> None:
    """Bring the hall to where the provider stands: paid orders, or lapsed ones. Any number of times, in any order, from
    anywhere. A capture that no order waits for is given back by itself."""
    if state.reference != payment.public:
        return
    if state.paid and state.intent:
        _captured(payment, state)
    elif state.ended and state.session == payment.session:
        _lapse(payment)


def _captured(payment: Payment, state: provider.State) -> None:
    if _captures(state.intent):
        return
    fits = (state.amount, state.currency) == (payment.amount, payment.currency)
    kept = fits and _keep_paid(payment, clock.now(), state.method)
    capture = Capture(
        payment=payment,
        intent=state.intent,
        amount=state.amount,
        use=Capture.KEPT if kept else Capture.RETURNED,
        at=clock.now(),
        method=state.method,
    )
    try:
        with transaction.atomic():
            hot.add(capture)
    except IntegrityError:  # the webhook and the return came at the same moment, and the other was first
        return
    purchase = _paid_by(payment)[0]
    if kept:
        _fulfil(purchase, state.method)
        return
    Payback.objects.create(capture=capture, amount=state.amount, currency=state.currency, due=capture.goes_back)
    record(verbs.CAPTURE_RETURNED, by=the_hall(), on=purchase, amount=state.amount)
    if state.session == payment.session:
        # Its page took a wrong amount and takes no other: nobody can pay this purchase any more.
        _lapse(payment)


@hot.read
def _captures(intent: str) -> QuerySet[Capture, int]:
    return Capture.objects.filter(intent=intent).values_list("pk", flat=True)


@hot.change
def _keep_paid(payment: Payment, now: datetime, method: str) -> hot.Change:
    open = Payment.objects.filter(pk=payment.pk, state=Payment.OPEN)
    return open, {"state": Payment.PAID, "settled": now, "method": method}


def _fulfil(purchase: Purchase, method: str = Payment.CARD) -> None:
    """Sell what was held, post the sale, empty the basket of it, tell whom it was to be told."""
    stock.sell(owner_kind=Purchase.kind, owner_id=purchase.pk)
    prices.keep(owner_kind=Purchase.kind, owner_id=purchase.pk)
    orders = queries.every_order_in(purchase)
    _mark_paid(purchase, clock.now())
    lines = _lines_of([order.pk for order in orders])
    for line in lines:
        if line.total:
            _post_sale(line, method)
    for order in orders:
        record(verbs.PAID, by=purchase.buyer, on=order, order=order.pk, amount=order.total, currency=order.currency)
    if not purchase.emptied:
        empty_of(purchase, lines)
    share_what_was_chosen(purchase, lines)


@hot.change
def _mark_paid(purchase: Purchase, now: datetime) -> hot.Change:
    return Order.objects.filter(purchase=purchase), {"state": Order.PAID, "paid": now}


@hot.read
def _paid_by(payment: Payment) -> QuerySet[Purchase]:
    return Purchase.objects.filter(payment=payment).select_related("buyer", "share_circle")


@hot.read
def _lines_of(orders: Sequence[int]) -> QuerySet[OrderLine]:
    return OrderLine.objects.filter(order__in=orders).select_related("order__brand").order_by("pk")


def _post_sale(line: OrderLine, method: str) -> None:
    amount = line.total.minor
    ledger.post(
        of_kind=OrderLine.kind,
        of_id=line.pk,
        whole=amount,
        currency=line.currency,
        rule="sale",
        balancing=ledger.Share(till(method, line.currency), amount),
        shares=[ledger.Share(ledger.book(line.order.brand, ledger.PAYABLE, line.currency), -amount)],
    )


def _lapse(payment: Payment) -> None:
    if not Payment.objects.filter(pk=payment.pk, state=Payment.OPEN).update(state=Payment.ENDED, settled=clock.now()):
        return
    purchase = Purchase.objects.select_related("buyer").get(payment=payment)
    Order.objects.filter(purchase=purchase).update(state=Order.LAPSED)
    let_go(purchase)
    prices.release(owner_kind=Purchase.kind, owner_id=purchase.pk)
    terms.put_back(purchase)
    record(verbs.LAPSED, by=purchase.buyer, on=purchase)


def look_after(*, payment: Payment) -> Payment:
    """Ask the provider how it stands and settle; says how the payment stands then."""
    if payment.session:
        settle(payment=payment, state=provider.look(payment.session))
    return _payment(payment.pk)[0]


@hot.read
def _payment(pk: int) -> QuerySet[Payment]:
    return Payment.objects.filter(pk=pk)


def abandon(*, by: Profile, purchase: Purchase) -> None:
    """Stop paying: close the page at the provider first, then let go of what was held. Who paid meanwhile has paid."""
    if not queries.is_own(by, purchase):
        raise NotAllowed(_("This is not your order."))
    terms.check_may_end(purchase)
    _end(Payment.objects.get(pk=purchase.payment_id))


def _end(payment: Payment) -> None:
    if payment.session:
        settle(payment=payment, state=provider.end_session(payment.session))
    else:
        with transaction.atomic():
            _lapse(payment)


@work.enrol("payments", Check, lease=60)
def check_payment(row: Check) -> None:
    """The poller: look after a payment until it is paid or over. What was settled meanwhile is not asked for again."""
    (payment,) = _payment(row.payment_id)
    if payment.state != Payment.PAID:
        payment = look_after(payment=payment)
    if payment.state == Payment.OPEN and clock.now() > payment.expires + GRACE:
        _end(payment)
        payment.refresh_from_db()
    if payment.state == Payment.OPEN:
        raise work.Later(terms.pause(payment))
    Check.objects.filter(pk=row.pk).delete()
