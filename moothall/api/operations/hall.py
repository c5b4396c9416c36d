"""The hall itself."""

from __future__ import annotations

from pydantic import Field

from moothall.core.countries import countries
from moothall.core.hall import hall as the_hall
from moothall.orders.carriers import CARRIERS
from moothall.orders.queries import bank_offered

from ..door import Asked, Room
from ..shapes.plain import Out

room = Room("Hall", "What this place is.")


class CountryOut(Out):
    code: str = Field(examples=["GB"])
    name: str


class HallOut(Out):
    name: str
    place: str
    currency: str
    demo: bool
    transfers: bool = Field(description="Whether purchases may be paid by bank transfer.")
    countries: list[CountryOut] = Field(description="Where the brands here send to.")
    carriers: list[str] = Field(description="Those whose page shows where a parcel is; any other may be named too.")


@room.get("/hall", HallOut)
def hall(request: Asked) -> HallOut:
    """The hall's name, its currency, and where it sends to."""
    one = the_hall()
    known = [CountryOut(code=code, name=name) for code, name in countries()]
    said = {name: getattr(one, name) for name in ("name", "place", "currency", "demo")}
    return HallOut(**said, transfers=bank_offered() is not None, countries=known, carriers=list(CARRIERS))
