"""From basket to paid order: place (hold the stock), pay at the provider, settle. One settle() for return, webhook
and poller."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.catalog.actions import stock
from moothall.core import clock, kinds, text, work
from moothall.core.hall import hall
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ledger import actions as ledger
from moothall.payments import provider
from moothall.payments.models import Capture, Check, Payback, Payment
from moothall.people.actions import the_hall
from moothall.people.models import Circle, Profile
from moothall.prices import actions as prices

from .. import queries, verbs
from ..models import Basket, BasketLine, Order, OrderLine, Purchase, Refund
from .adopting import still_a_guest
from .lines import write_order
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
    *, by: Profile, basket: Basket, contact: Contact, telling: Telling, key: str, seen: str = "", note: str = ""
) -> Purchase:
    """Turn the basket into a purchase with one order a brand awaiting payment and the stock held, or refuse and
    change nothing.

    The same key again gives the same purchase; with another body it is refused. `seen` is the fingerprint of the
    basket the
    buyer saw: a basket changed meanwhile is refused."""
    body = sha256(
        repr((asdict(contact), telling.reach, telling.circle and telling.circle.pk, telling.words, seen, note)).encode()
    )
    try:
        return _again(by, key, body.hexdigest()) or _place(
            by, basket, contact, telling, key, body.hexdigest(), seen, note
        )
    except IntegrityError:
        # The other press of the same button was faster: its purchase is ours.
        found = _again(by, key, body.hexdigest())
        if found is None:
            raise
        return found


def _again(by: Profile, key: str, body: str) -> Purchase | None:
    found = Purchase.objects.select_related("payment").filter(buyer=by, key=key).first()
    if found and found.body != body:
        raise BadInput(_("This page was sent before with other words in it. Open the basket again."))
    return found


@transaction.atomic
def _place(
    by: Profile, basket: Basket, contact: Contact, telling: Telling, key: str, body: str, seen: str, note: str
) -> Purchase:
    # Refused now: when the money is there, nothing of it may stand in the way of the order.
    words = ""
    if telling.reach:
        words = check_telling(by=by, reach=telling.reach, circle=telling.circle, words=telling.words)
    contact = _tidied(contact)
    note = text.tidy(note, lines=True)
    if len(note) > 500:
        raise BadInput(_("Five hundred letters at most."), field="note")
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
    payment = Payment.objects.create(
        amount=filled.total.minor, currency=filled.currency, made=clock.now(), expires=_expiry()
    )
    purchase = Purchase.objects.create(
        buyer=by,
        key=key,
        body=body,
        payment=payment,
        at=clock.now(),
        basket=basket,
        note=note,
        share_reach=telling.reach,
        share_circle=telling.circle,
        share_words=words,
        **asdict(contact),
    )
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
    record(verbs.PLACED, by=by, on=purchase, amount=payment.amount, currency=payment.currency)
    if payment.amount:
        Check.objects.create(payment=payment, due=clock.now() + timedelta(seconds=settings.PAYMENT_CHECK_SECONDS))
    else:  # nothing to pay is paid at once
        Payment.objects.filter(pk=payment.pk).update(state=Payment.PAID, settled=clock.now())
        _fulfil(purchase)
    return purchase


def _tidied(contact: Contact) -> Contact:
    """As it is kept: whoever calls has told the person of what is too long."""
    most = {field.name: field.max_length for field in Purchase._meta.concrete_fields}
    return Contact(**{key: text.tidy(said)[: most[key]] for key, said in asdict(contact).items()})


def _expiry() -> datetime:
    return clock.now() + timedelta(minutes=settings.PAYMENT_MINUTES)


def open_page(*, purchase: Purchase) -> str:
    """The provider's page where this purchase is paid; asked for outside any transaction, twice gives the same page.

    Refuses when it is paid or over. Raises ProviderSilent when the provider does not answer: the purchase stands
    and waits."""
    payment = Payment.objects.get(pk=purchase.payment_id)
    if payment.state != Payment.OPEN:
        raise Refusal(_("This was paid already.") if payment.state == Payment.PAID else _("The time to pay is over."))
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
    kept = Payment.objects.filter(pk=payment.pk, state=Payment.OPEN, attempt=payment.attempt)
    if not kept.update(session=state.session, page=state.page):
        # The purchase was ended while the provider was asked: nobody may pay by this page.
        settle(payment=payment, state=provider.end_session(state.session))
        raise Refusal(_("The time to pay is over."))
    return state.page


def _begin_anew(payment: Payment) -> None:
    """The page was not opened soon enough, and providers want half an hour ahead. Other words need another key."""
    waiting = Payment.objects.filter(pk=payment.pk, state=Payment.OPEN, page="", attempt=payment.attempt)
    waiting.update(expires=_expiry(), attempt=F("attempt") + 1)
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
    """Bring the hall to where the provider stands: paid orders, or lapsed ones. Any number of times, in any order,
    from anywhere.

    A capture that no order waits for is given back by itself."""
    if state.reference != payment.public:
        return
    if state.paid and state.intent:
        _captured(payment, state)
    elif state.ended and state.session == payment.session:
        _lapse(payment)


def _captured(payment: Payment, state: provider.State) -> None:
    if Capture.objects.filter(intent=state.intent).exists():
        return
    fits = (state.amount, state.currency) == (payment.amount, payment.currency)
    open = Payment.objects.filter(pk=payment.pk, state=Payment.OPEN)
    kept = fits and open.update(state=Payment.PAID, settled=clock.now())
    try:
        with transaction.atomic():
            capture = Capture.objects.create(
                payment=payment,
                intent=state.intent,
                amount=state.amount,
                use=Capture.KEPT if kept else Capture.RETURNED,
                at=clock.now(),
            )
    except IntegrityError:  # the webhook and the return came at the same moment, and the other was first
        return
    purchase = Purchase.objects.select_related("buyer", "share_circle").get(payment=payment)
    if kept:
        _fulfil(purchase)
        return
    Payback.objects.create(capture=capture, amount=state.amount, currency=state.currency, due=clock.now())
    record(verbs.CAPTURE_RETURNED, by=the_hall(), on=purchase, amount=state.amount)
    if state.session == payment.session:
        # Its page took a wrong amount and takes no other: nobody can pay this purchase any more.
        _lapse(payment)


def _fulfil(purchase: Purchase) -> None:
    """Sell what was held, post the sale, empty the basket of it, tell whom it was to be told."""
    stock.sell(owner_kind=Purchase.kind, owner_id=purchase.pk)
    prices.keep(owner_kind=Purchase.kind, owner_id=purchase.pk)
    orders = list(Order.objects.filter(purchase=purchase).select_related("brand").order_by("pk"))
    Order.objects.filter(purchase=purchase).update(state=Order.PAID, paid=clock.now())
    lines = list(
        OrderLine.objects.filter(order__in=orders).select_related("order__brand", "variant__product").order_by("pk")
    )
    for line in lines:
        if line.total:
            _post_sale(line)
    for order in orders:
        record(verbs.PAID, by=purchase.buyer, on=order, order=order.pk, amount=order.total, currency=order.currency)
    for line in lines:
        _take_from_basket(purchase, line)
    used = [order.voucher for order in orders if order.voucher]
    if purchase.basket_id and used:
        Basket.objects.filter(pk=purchase.basket_id, code__in=used).update(code="")
    share_what_was_chosen(purchase, lines)


def _post_sale(line: OrderLine) -> None:
    amount = line.total.minor
    ledger.post(
        of_kind=OrderLine.kind,
        of_id=line.pk,
        whole=amount,
        currency=line.currency,
        rule="sale",
        balancing=ledger.Share(ledger.book(None, ledger.PROVIDER, line.currency), amount),
        shares=[ledger.Share(ledger.book(line.order.brand, ledger.PAYABLE, line.currency), -amount)],
    )


def _take_from_basket(purchase: Purchase, line: OrderLine) -> None:
    """Only what was bought leaves the basket: what was added in another tab while paying stays."""
    rows = BasketLine.objects.filter(basket=purchase.basket_id, variant=line.variant_id)
    rows.filter(quantity__lte=line.quantity).delete()
    rows.update(quantity=F("quantity") - line.quantity)


def _lapse(payment: Payment) -> None:
    if not Payment.objects.filter(pk=payment.pk, state=Payment.OPEN).update(state=Payment.ENDED, settled=clock.now()):
        return
    purchase = Purchase.objects.select_related("buyer").get(payment=payment)
    Order.objects.filter(purchase=purchase).update(state=Order.LAPSED)
    stock.release(owner_kind=Purchase.kind, owner_id=purchase.pk)
    prices.release(owner_kind=Purchase.kind, owner_id=purchase.pk)
    record(verbs.LAPSED, by=purchase.buyer, on=purchase)


def look_after(*, payment: Payment) -> Payment:
    """Ask the provider how it stands and settle; says how the payment stands then."""
    if payment.session:
        settle(payment=payment, state=provider.look(payment.session))
    return Payment.objects.get(pk=payment.pk)


def abandon(*, by: Profile, purchase: Purchase) -> None:
    """Stop paying: close the page at the provider first, then let go of what was held. Who paid meanwhile has paid."""
    if purchase.buyer_id not in queries.selves(by).values_list("pk", flat=True):
        raise NotAllowed(_("This is not your order."))
    _end(Payment.objects.get(pk=purchase.payment_id))


def _end(payment: Payment) -> None:
    if payment.session:
        settle(payment=payment, state=provider.end_session(payment.session))
    else:
        with transaction.atomic():
            _lapse(payment)


@work.enrol("payments", Check, lease=60)
def check_payment(row: Check) -> None:
    """The poller: look after a payment until it is paid or over."""
    payment = look_after(payment=Payment.objects.get(pk=row.payment_id))
    if payment.state == Payment.OPEN and clock.now() > payment.expires + GRACE:
        _end(payment)
        payment.refresh_from_db()
    if payment.state == Payment.OPEN:
        age = (clock.now() - payment.made).total_seconds()
        raise work.Later(min(max(age, settings.PAYMENT_CHECK_SECONDS), 300))
    Check.objects.filter(pk=row.pk).delete()


@work.enrol("refunds", Payback, lease=60)
def pay_back(row: Payback) -> None:
    """Ask the provider to give money back, and note its answer. The row's own id is the key: asking twice pays once."""
    if row.state == Payback.DONE:
        Payback.objects.filter(pk=row.pk).update(due=work.NEVER)
        return
    if row.state == Payback.FAILED:  # somebody wants it tried again
        anew = Payback.objects.filter(pk=row.pk, state=Payback.FAILED)
        anew.update(state=Payback.DUE, attempt=F("attempt") + 1, provider_id="")
        row.refresh_from_db()
    if row.provider_id:
        answer = provider.look_back(row.provider_id)
    else:
        answer = provider.give_back(
            intent=row.capture.intent, amount=row.amount, key=f"payback-{row.public}-{row.attempt}"
        )
    if answer.state == Payback.DUE:
        Payback.objects.filter(pk=row.pk).update(provider_id=answer.provider_id)
        raise work.Later(60)
    _answered(row, answer)


@transaction.atomic
def _answered(row: Payback, answer: provider.Returned) -> None:
    waiting = Payback.objects.filter(pk=row.pk, state=Payback.DUE)
    if not waiting.update(
        state=answer.state, provider_id=answer.provider_id, said=answer.said, answered=clock.now(), due=work.NEVER
    ):
        return
    refund = Refund.objects.select_related("order__brand", "by").filter(payback=row).first()
    if refund is None:
        if answer.state == Payback.FAILED:  # nobody's desk would hear of it: it stands before the steward
            Payback.objects.filter(pk=row.pk).update(dead=clock.now(), error=answer.said)
        return
    if answer.state == Payback.FAILED:
        record(verbs.REFUND_FAILED, by=the_hall(), on=refund, brand=refund.order.brand)
        return
    ledger.move(
        key=f"refund paid {refund.pk}",
        source=ledger.book(None, ledger.PROVIDER, refund.currency),
        to=ledger.book(None, ledger.REFUNDS_DUE, refund.currency),
        amount=refund.amount,
    )
    record(verbs.REFUND_PAID, by=the_hall(), on=refund, brand=refund.order.brand)
