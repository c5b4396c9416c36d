"""Bank transfers, for who runs the hall: what is awaited, what arrived, what has to be sent back."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404
from django.shortcuts import get_object_or_404
from pydantic import Field

from moothall.core import text
from moothall.core.refusals import BadInput
from moothall.orders import actions, queries, transfers
from moothall.orders.actions.transfers import Account
from moothall.people.tokens import STEWARD

from .. import cursors
from ..door import Asked, Room
from ..shapes.plain import Cursor, Limit, ListOf
from ..shapes.transfers import (
    ArrivalIn,
    ArrivalOut,
    AwaitedOut,
    BankIn,
    BankOut,
    PaybackOut,
    SentIn,
)
from .steward import only_stewards

room = Room("Transfers", "For who runs the hall: money that comes and goes by bank transfer.")


@room.get("/steward/transfers", ListOf[AwaitedOut], STEWARD, statuses=(404,))
def awaited(
    request: Asked, q: Annotated[str, Field(max_length=80)] = "", cursor: Cursor = "", limit: Limit = 24
) -> ListOf[AwaitedOut]:
    """What is awaited, newest first; with words, what has them in its reference or name, and any purchase by its whole
    id."""
    only_stewards(request)
    words = text.tidy(q)
    rows, more = cursors.by_number(transfers.found(words) if words else transfers.awaited(), cursor, limit)
    return ListOf[AwaitedOut](items=[AwaitedOut.of(one) for one in rows], next=more)


@room.post("/steward/transfers/{purchase}/arrivals", ArrivalOut, STEWARD)
def receive_transfer(request: Asked, purchase: str, body: ArrivalIn) -> ArrivalOut:
    """Money for a purchase is in the hall's account. The right amount pays it; any other has to be sent back. The same
    reference of the bank twice is once."""
    only_stewards(request)
    found = get_object_or_404(transfers.of_reference(text.tidy(purchase)))
    try:
        capture, news = actions.receive_transfer(
            by=request.me, payment=found.payment, amount=body.minor, reference=body.reference, day=body.day
        )
    except BadInput as refusal:
        raise BadInput(refusal.sentence, field="minor" if refusal.field == "amount" else refusal.field) from refusal
    return ArrivalOut.of(found, capture, news)


@room.get("/steward/paybacks", ListOf[PaybackOut], STEWARD, statuses=(404,))
def paybacks(request: Asked, done: bool = False, cursor: Cursor = "", limit: Limit = 24) -> ListOf[PaybackOut]:
    """Money of transfers that has to be sent back; with `done`, what was."""
    only_stewards(request)
    rows, more = cursors.by_number(transfers.sent_back() if done else transfers.to_send_back(), cursor, limit)
    return ListOf[PaybackOut](items=[PaybackOut.of(one) for one in transfers.backs(rows)], next=more)


@room.put("/steward/paybacks/{payback}/sent", PaybackOut, STEWARD)
def send_back(request: Asked, payback: str, body: SentIn) -> PaybackOut:
    """It was sent back under this reference of the bank. Twice is once: the first reference stays."""
    only_stewards(request)
    rows = transfers.of_payback(text.tidy(payback))
    actions.send_back(by=request.me, payback=get_object_or_404(rows), reference=body.reference)
    return PaybackOut.of(transfers.backs(rows.all())[0])


@room.get("/steward/bank", BankOut, STEWARD, statuses=(404,))
def bank(request: Asked) -> BankOut:
    """The account that buyers send money to."""
    only_stewards(request)
    found = queries.bank_of_the_hall()
    if found is None:
        raise Http404
    return BankOut.of(found)


@room.put("/steward/bank", BankOut, STEWARD, statuses=(404,))
def set_bank(request: Asked, body: BankIn) -> BankOut:
    """Take transfers to this account from now on."""
    only_stewards(request)
    account = Account(holder=body.holder, account=body.account, bic=body.bic, name=body.bank, days=body.days)
    return BankOut.of(actions.set_bank(by=request.me, account=account))


@room.delete("/steward/bank", None, STEWARD, statuses=(404,))
def end_bank(request: Asked) -> None:
    """Take no new transfers; those that are awaited can still arrive."""
    only_stewards(request)
    actions.end_bank(by=request.me)
