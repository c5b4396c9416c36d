"""What a brand's desk sends, and what it sees first."""

from __future__ import annotations

from pydantic import Field

from .buying import RefundOut
from .people import ProfileOut
from .plain import In, Out


class PieceIn(In):
    line: str = Field(max_length=10, description="The id of a line of this order.")
    quantity: int = Field(ge=1, le=100_000)


class ShipmentIn(In):
    pieces: list[PieceIn] = Field(min_length=1, max_length=200)
    carrier: str = Field(default="", max_length=60)
    tracking: str = Field(default="", max_length=100)


class CancellationIn(In):
    reason: str = Field(min_length=1, max_length=300, description="The buyer reads it.")


class RefundIn(In):
    pieces: list[PieceIn] = Field(min_length=1, max_length=200)
    reason: str = Field(default="", max_length=300, description="The buyer reads it.")
    restock: bool = Field(default=False, description="Put the pieces back on the shelf.")


class DeskOut(Out):
    """A brand's desk, as somebody of its team sees it."""

    brand: ProfileOut
    role: str
    waiting: int = Field(description="Orders of which something is still to be sent.")
    returns: int = Field(description="Returns that wait for the team.")
    failed: list[RefundOut] = Field(description="Refunds that the bank refused: the brand still owes them.")
