"""Buying: the basket, the purchase, its payment, the orders it became."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from moothall.catalog import queries as catalog
from moothall.catalog.models import Variant
from moothall.core import text
from moothall.core.refusals import BadInput, Refusal
from moothall.improvements.before_paying import told
from moothall.orders import actions, queries, transfers
from moothall.orders.actions.paying import Contact, Telling
from moothall.orders.forms import ContactForm
from moothall.orders.models import Order, OrderLine, Purchase
from moothall.payments.models import Capture
from moothall.people.models import Profile
from moothall.people.queries import circles_of
from moothall.people.tokens import BUY, READ, SOCIAL

from .. import cursors
from ..door import Asked, Room
from ..problems import Problem
from ..shapes.buying import (
    BasketOut,
    BoughtOut,
    CodeIn,
    ContactIn,
    CountryIn,
    LineIn,
    PayPageOut,
    PurchaseIn,
    PurchaseOut,
    PurchaseRowOut,
    QuantityIn,
    ShareIn,
    ShareOut,
    TellingIn,
)
from ..shapes.plain import Cursor, Limit, ListOf

room = Room("Buying", "From the basket to the parcel. The card is asked for on the payment provider's page only.")


def _basket(me: Profile) -> BasketOut:
    filled = queries.filled(me, queries.basket_of(me, ""))
    return BasketOut.of(filled, told(me, filled.lines))


@room.get("/basket", BasketOut, READ)
def basket(request: Asked) -> BasketOut:
    """What is in your basket, by brand, with what sending costs."""
    return _basket(request.me)


@room.post("/basket/lines", BasketOut, BUY, status=201)
def put(request: Asked, body: LineIn) -> BasketOut:
    """Put so many more of a variant into the basket."""
    variant = catalog.sellable(request.me, text.tidy(body.variant))
    if variant is None:
        raise BadInput(_("There is no such variant to buy."), field="variant")
    actions.put(basket=actions.basket_for(owner=request.me, token=""), variant=variant, quantity=body.quantity)
    return _basket(request.me)


@room.put("/basket/lines/{variant}", BasketOut, BUY)
def set_quantity(request: Asked, variant: str, body: QuantityIn) -> BasketOut:
    """So many of a variant that is in the basket; none takes it out."""
    _set(request.me, variant, body.quantity)
    return _basket(request.me)


@room.delete("/basket/lines/{variant}", BasketOut, BUY)
def take_out(request: Asked, variant: str) -> BasketOut:
    """Take a variant out of the basket."""
    _set(request.me, variant, 0)
    return _basket(request.me)


@room.put("/basket/country", BasketOut, BUY)
def set_country(request: Asked, body: CountryIn) -> BasketOut:
    """Where to: it decides what sending and tax come to."""
    row = actions.basket_for(owner=request.me, token="")
    actions.set_country(basket=row, country=text.tidy(body.country))
    return _basket(request.me)


@room.put("/basket/voucher", BasketOut, BUY)
def set_code(request: Asked, body: CodeIn) -> BasketOut:
    """Put a voucher in; an empty code takes it out."""
    row = actions.basket_for(owner=request.me, token="")
    actions.set_code(basket=row, by=request.me, code=text.tidy(body.code))
    return _basket(request.me)


def _set(me: Profile, variant: str, quantity: int) -> None:
    row = get_object_or_404(Variant, public=variant)
    actions.set_quantity(basket=actions.basket_for(owner=me, token=""), variant=row, quantity=quantity)


# ---- purchases


def _let_go(request: Asked, body: PurchaseIn) -> tuple[Contact, Telling]:
    """Refuses a wrong address and an empty basket before anything is let go of."""
    contact, telling = contact_of(body.contact), _telling(request.me, body.telling)
    placed = queries.purchases_of(request.me).filter(key=_key(request)).exists()
    if not placed and not queries.filled(request.me, queries.basket_of(request.me, "")).lines:
        raise Refusal(_("Your basket is empty."))
    actions.let_go_of_others(by=request.me, key=_key(request))
    return contact, telling


def _key(request: Asked) -> str:
    """The purchase's own key, of the request's: so even a lost answer cannot make two."""
    return "api-" + sha256(request.key.encode()).hexdigest()[:36]


def contact_of(given: ContactIn) -> Contact:
    form = ContactForm(given.model_dump())
    if not form.is_valid():
        wrong = [
            {"field": f"contact.{name}", "detail": " ".join(map(str, errors))} for name, errors in form.errors.items()
        ]
        raise Problem("bad-input", errors=wrong)
    return form.contact()


def _telling(me: Profile, given: TellingIn | None) -> Telling:
    if given is None:
        return Telling()
    circle = circles_of(me).filter(public=text.tidy(given.circle)).first() if given.circle else None
    if given.circle and circle is None:
        raise BadInput(_("Choose one of your circles."), field="circle")
    return Telling(given.reach, circle, given.words)


@room.post("/purchases", PurchaseOut, BUY, status=201, spends=True, before=_let_go, statuses=(503,))
def place(request: Asked, body: PurchaseIn) -> PurchaseOut:
    """Turn the basket into a purchase that waits to be paid; its things are held for you.

    Another purchase of yours that still waits is let go of. Nothing is charged here: ask for the purchase's pay page
    and open it."""
    contact, telling = request.ready
    made = actions.place_order(
        by=request.me,
        basket=actions.basket_for(owner=request.me, token=""),
        contact=contact,
        telling=telling,
        key=_key(request),
        seen=body.seen,
        note=body.note,
        method=body.method,
    )
    return _purchase(request.me, made.public)


def _purchase(me: Profile, public: str) -> PurchaseOut:
    found = own(me, public)
    orders = queries.orders_in(found).select_related("brand", "brand__portrait", "purchase__payment")
    came_late = Capture.objects.filter(payment=found.payment, use=Capture.RETURNED).exists()
    return PurchaseOut.of(found, queries.wholes(list(orders)), came_late, transfers.told(found))


def own(me: Profile, public: str) -> Purchase:
    return get_object_or_404(queries.purchases_of(me), public=public)


@room.get("/purchases", ListOf[PurchaseRowOut], READ)
def purchases(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[PurchaseRowOut]:
    """Your checkouts, newest first."""
    rows, more = cursors.by_number(queries.purchases_of(request.me), cursor, limit)
    return ListOf[PurchaseRowOut](items=[PurchaseRowOut.row(one) for one in rows], next=more)


@room.get("/purchases/{purchase}", PurchaseOut, READ)
def purchase(request: Asked, purchase: str) -> PurchaseOut:
    """One checkout with its orders: ask again until its state is paid."""
    return _purchase(request.me, purchase)


@room.post("/purchases/{purchase}/page", PayPageOut, BUY, outside=True, statuses=(503,))
def pay_page(request: Asked, purchase: str) -> PayPageOut:
    """The page of the payment provider where this purchase is paid; asked twice, it is the same page."""
    return PayPageOut(address=actions.open_page(purchase=own(request.me, purchase)))


@room.post("/purchases/{purchase}/card", PurchaseOut, BUY)
def pay_by_card(request: Asked, purchase: str) -> PurchaseOut:
    """Pay by card what was to come by bank transfer: then ask for its pay page."""
    actions.pay_by_card(by=request.me, purchase=own(request.me, purchase))
    return _purchase(request.me, purchase)


@room.post("/purchases/{purchase}/look", PurchaseOut, BUY, outside=True, statuses=(503,))
def look(request: Asked, purchase: str) -> PurchaseOut:
    """Ask the payment provider now how it stands. The hall hears of it by itself, too."""
    actions.look_after(payment=own(request.me, purchase).payment)
    return _purchase(request.me, purchase)


@room.delete("/purchases/{purchase}", PurchaseOut, BUY, outside=True, statuses=(503,))
def abandon(request: Asked, purchase: str) -> PurchaseOut:
    """Stop paying: what was held goes back on the shelf. Who paid meanwhile has paid."""
    found = own(request.me, purchase)
    actions.abandon(by=found.buyer, purchase=found)
    return _purchase(request.me, purchase)


# ---- orders


@room.get("/orders", ListOf[BoughtOut], READ)
def orders(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[BoughtOut]:
    """What you bought, one order for each brand, newest first."""
    rows, more = cursors.by_number(queries.orders_of(request.me), cursor, limit)
    return ListOf[BoughtOut](items=[BoughtOut.of(one) for one in queries.wholes(rows)], next=more)


@room.get("/orders/{order}", BoughtOut, READ)
def order(request: Asked, order: str) -> BoughtOut:
    """One order, with all that became of it."""
    return BoughtOut.of(queries.whole(bought(request.me, order)))


def bought(me: Profile, public: str) -> Order:
    return get_object_or_404(queries.orders_of(me), public=public)


@room.post("/orders/{order}/shares", ShareOut, SOCIAL, status=201)
def share(request: Asked, order: str, body: ShareIn) -> ShareOut:
    """Tell everybody, your followers or a circle that you have this; never what you paid, or how many."""
    found = bought(request.me, order)
    lines: Any = OrderLine.objects.select_related("order__purchase", "variant__product__brand")
    line = lines.filter(order=found, public=text.tidy(body.line)).first()
    if line is None:
        raise Refusal(_("There is no such line in this order."), field="line")
    telling = _telling(request.me, body)
    made = actions.share(by=request.me, line=line, reach=telling.reach, circle=telling.circle, words=telling.words)
    return ShareOut.of(made)
