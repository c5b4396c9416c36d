"""After a sale, as its buyer sees it: papers, things that go back, the same again."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from moothall.improvements.before_paying import told
from moothall.orders import actions, afterwards, queries
from moothall.orders.models import Invoice, Return
from moothall.orders.paper import draw
from moothall.orders.records import RETURN_DAYS
from moothall.people.models import Profile
from moothall.people.tokens import BUY, READ

from .. import cursors
from ..door import Asked, Room
from ..shapes.aftersale import AgainOut, PaperOut, ParcelIn, ReturnableOut, ReturnIn, ReturnOut
from ..shapes.buying import BasketOut, PieceOut
from ..shapes.plain import Cursor, Limit, ListOf
from .buying import bought
from .desk_orders import pieces_of

room = Room("After buying", "Invoices and credit notes, things that go back, and the same again.")
PDF = "application/pdf"


# ---- papers


@room.get("/orders/{order}/papers", ListOf[PaperOut], READ)
def papers(request: Asked, order: str) -> ListOf[PaperOut]:
    """The invoice of an order and its credit notes, the oldest first."""
    found = bought(request.me, order)
    rows = afterwards.papers_of([found]).get(found.pk, [])
    return ListOf[PaperOut](items=[PaperOut.of(one, found, f"/orders/{found.public}") for one in rows])


@room.get("/orders/{order}/papers/{paper}", PDF, READ)
def paper(request: Asked, order: str, paper: str) -> HttpResponse:
    """An invoice or a credit note as a PDF: the same bytes each time."""
    found = bought(request.me, order)
    return drawn(get_object_or_404(Invoice, order=found, public=paper))


def drawn(one: Invoice) -> HttpResponse:
    return HttpResponse(draw(one), content_type=PDF)


# ---- what goes back


def _returns(me: Profile) -> QuerySet[Return]:
    rows = afterwards.returns_in(queries.purchases_of(me))
    return rows.select_related("order__brand", "order__purchase", "refund__payback__capture")


def _now(me: Profile, public: str) -> ReturnOut:
    return ReturnOut.of(afterwards.backs([get_object_or_404(_returns(me), public=public)])[0])


@room.get("/returns", ListOf[ReturnOut], READ)
def returns(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[ReturnOut]:
    """What you send back or sent back, newest first."""
    rows, more = cursors.by_number(_returns(request.me), cursor, limit)
    return ListOf[ReturnOut](items=[ReturnOut.of(one) for one in afterwards.backs(rows)], next=more)


@room.get("/returns/{back}", ReturnOut, READ)
def the_return(request: Asked, back: str) -> ReturnOut:
    """One return: how far it is, and what the brand answered."""
    return _now(request.me, back)


@room.get("/orders/{order}/returnable", ReturnableOut, READ)
def returnable(request: Asked, order: str) -> ReturnableOut:
    """How many of each line may still go back."""
    whole = queries.whole(bought(request.me, order))
    days = afterwards.return_days([whole.order.brand_id]).get(whole.order.brand_id)
    most = afterwards.may_come_back(whole, days)
    pieces = [PieceOut(line=line.public, quantity=most[line.pk]) for line in whole.lines if line.pk in most]
    return ReturnableOut(days=RETURN_DAYS if days is None else days, pieces=pieces)


@room.post("/orders/{order}/returns", ReturnOut, BUY, status=201)
def ask_return(request: Asked, order: str, body: ReturnIn) -> ReturnOut:
    """Ask to send things back; the brand agrees or declines, and you get a mail."""
    found = bought(request.me, order)
    pieces = pieces_of(found, body.pieces)
    made = actions.ask_return(by=request.me, order=found, pieces=pieces, reason=body.reason, words=body.words)
    return _now(request.me, made.public)


@room.delete("/returns/{back}", ReturnOut, BUY)
def take_back_return(request: Asked, back: str) -> ReturnOut:
    """Keep the things after all, while they are not on their way."""
    actions.take_back_return(by=request.me, back=get_object_or_404(_returns(request.me), public=back))
    return _now(request.me, back)


@room.post("/returns/{back}/parcel", ReturnOut, BUY, status=201)
def send_return(request: Asked, back: str, body: ParcelIn) -> ReturnOut:
    """Say that it is on its way, once the brand agreed."""
    found = get_object_or_404(_returns(request.me), public=back)
    actions.send_return(by=request.me, back=found, carrier=body.carrier, tracking=body.tracking)
    return _now(request.me, back)


# ---- the same again


@room.post("/orders/{order}/again", AgainOut, BUY)
def buy_again(request: Asked, order: str) -> AgainOut:
    """Put what can still be bought of an order into the basket, at today's prices. Twice is once."""
    row = actions.basket_for(owner=request.me, token="")
    added, said = actions.buy_again(by=request.me, basket=row, order=bought(request.me, order))
    filled = queries.filled(request.me, queries.basket_of(request.me, ""))
    return AgainOut(added=added, said=said, basket=BasketOut.of(filled, told(request.me, filled.lines)))
