"""A brand's desk after a sale: its papers and whom they name, what comes back, parcels corrected."""

from __future__ import annotations

from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from pydantic import Field

from moothall.orders import actions, afterwards, queries
from moothall.orders.models import Return, Shipment
from moothall.people.models import Profile
from moothall.people.tokens import DESK

from .. import cursors
from ..door import Asked, Room
from ..shapes.aftersale import (
    AnswerIn,
    ClosingIn,
    DeskReturnOut,
    ImprintIn,
    PaperOut,
    PapersOut,
    ParcelIn,
)
from ..shapes.buying import DeskOrderOut
from ..shapes.plain import Cursor, Limit, ListOf
from .aftersale import PDF, drawn
from .desk_orders import desk, pieces_of

room = Room("Desk: after the sale", "A brand's papers, and what comes back to it.")
OfOrder = Annotated[str, Field(max_length=10, description="Of one order only: its id.")]


# ---- papers


@room.get("/desks/{brand}/papers", ListOf[PaperOut], DESK)
def desk_papers(
    request: Asked, brand: str, order: OfOrder = "", cursor: Cursor = "", limit: Limit = 24
) -> ListOf[PaperOut]:
    """Invoices and credit notes of the brand, newest first."""
    rows = afterwards.papers_at(request.me, desk(request.me, brand)).defer("data")
    found, more = cursors.by_number(rows.filter(order__public=order) if order else rows, cursor, limit)
    return ListOf[PaperOut](items=[PaperOut.of(one, one.order, f"/desks/{brand}") for one in found], next=more)


@room.get("/desks/{brand}/papers/{paper}", PDF, DESK)
def desk_paper(request: Asked, brand: str, paper: str) -> HttpResponse:
    """An invoice or a credit note as a PDF: the same bytes each time."""
    return drawn(get_object_or_404(afterwards.papers_at(request.me, desk(request.me, brand)), public=paper))


@room.get("/desks/{brand}/papers.csv", "text/csv", DESK)
def papers_csv(request: Asked, brand: str) -> HttpResponseBase:
    """All papers of the brand for its bookkeeper, the oldest first."""
    rows = afterwards.ledger_of(afterwards.papers_at(request.me, desk(request.me, brand)))
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")


@room.get("/desks/{brand}/imprint", PapersOut, DESK)
def imprint(request: Asked, brand: str) -> PapersOut:
    """Whom the brand's papers name, and how many are still to be written."""
    return _named(desk(request.me, brand))


@room.put("/desks/{brand}/imprint", PapersOut, DESK)
def set_imprint(request: Asked, brand: str, body: ImprintIn) -> PapersOut:
    """Whom the papers name from now on, all of it anew; for owners. Those written already stay as they are."""
    one = desk(request.me, brand)
    actions.set_imprint(by=request.me, brand=one, name=body.name())
    return _named(one)


def _named(brand: Profile) -> PapersOut:
    return PapersOut.of(afterwards.imprint_of(brand), afterwards.papers_due(brand))


# ---- what comes back


def _returns(request: Asked, brand: str) -> QuerySet[Return]:
    rows = afterwards.returns_at(request.me, desk(request.me, brand))
    return rows.select_related("order__brand", "order__purchase", "refund__payback__capture")


def _return(request: Asked, brand: str, back: str) -> Return:
    return get_object_or_404(_returns(request, brand), public=back)


def _now(request: Asked, brand: str, back: str) -> DeskReturnOut:
    return DeskReturnOut.of(afterwards.backs([_return(request, brand, back)])[0])


@room.get("/desks/{brand}/returns", ListOf[DeskReturnOut], DESK)
def desk_returns(
    request: Asked, brand: str, waiting: bool = False, order: OfOrder = "", cursor: Cursor = "", limit: Limit = 24
) -> ListOf[DeskReturnOut]:
    """What is to come back or came back, newest first; all, or what is not at its end."""
    rows = _returns(request, brand)
    rows = rows.filter(state__in=Return.OPEN) if waiting else rows
    found, more = cursors.by_number(rows.filter(order__public=order) if order else rows, cursor, limit)
    return ListOf[DeskReturnOut](items=[DeskReturnOut.of(one) for one in afterwards.backs(found)], next=more)


@room.get("/desks/{brand}/returns/{back}", DeskReturnOut, DESK)
def desk_return(request: Asked, brand: str, back: str) -> DeskReturnOut:
    """One return: what, why, how far it is."""
    return _now(request, brand, back)


@room.post("/desks/{brand}/returns/{back}/agreement", DeskReturnOut, DESK, status=201)
def agree_to_return(request: Asked, brand: str, back: str, body: AnswerIn) -> DeskReturnOut:
    """Take the things back; the answer says where to send them."""
    actions.agree_to_return(by=request.me, back=_return(request, brand, back), answer=body.answer)
    return _now(request, brand, back)


@room.post("/desks/{brand}/returns/{back}/refusal", DeskReturnOut, DESK, status=201)
def decline_return(request: Asked, brand: str, back: str, body: AnswerIn) -> DeskReturnOut:
    """Do not take the things back; the answer says why."""
    actions.decline_return(by=request.me, back=_return(request, brand, back), answer=body.answer)
    return _now(request, brand, back)


@room.post("/desks/{brand}/returns/{back}/arrival", DeskReturnOut, DESK, status=201)
def receive_return(request: Asked, brand: str, back: str) -> DeskReturnOut:
    """Say that it is here; the money is the next step."""
    actions.receive_return(by=request.me, back=_return(request, brand, back))
    return _now(request, brand, back)


@room.post("/desks/{brand}/returns/{back}/closing", DeskReturnOut, DESK, status=201, spends=True)
def close_return(request: Asked, brand: str, back: str, body: ClosingIn) -> DeskReturnOut:
    """Give the money back for so many pieces, or for none, and close the return."""
    found = _return(request, brand, back)
    pieces = pieces_of(found.order, body.pieces)
    actions.close_return(by=request.me, back=found, pieces=pieces, answer=body.answer, restock=body.restock)
    return _now(request, brand, back)


# ---- parcels


@room.put("/desks/{brand}/parcels/{parcel}", DeskOrderOut, DESK)
def correct_parcel(request: Asked, brand: str, parcel: str, body: ParcelIn) -> DeskOrderOut:
    """Another carrier or number than was said of a parcel; the buyer gets a mail."""
    orders = queries.orders_at(request.me, desk(request.me, brand))
    rows = Shipment.objects.filter(order__in=orders.order_by()).select_related("order__brand")
    found = get_object_or_404(rows, public=parcel)
    actions.correct_parcel(by=request.me, shipment=found, carrier=body.carrier, tracking=body.tracking)
    return DeskOrderOut.of(queries.whole(orders.get(pk=found.order_id)))
