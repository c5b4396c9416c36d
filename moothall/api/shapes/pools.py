"""Group buys and pledges as programs see and send them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field

from moothall.core.money import Money
from moothall.pools import queries
from moothall.pools.actions import Offer
from moothall.pools.ladder import Rung
from moothall.pools.models import Milestone, Pledge
from moothall.pools.queries import Stand

from .buying import ContactIn, VariantId
from .plain import Id, In, MoneyIn, MoneyOut, Out, address
from .things import ThingOut

Pieces = Annotated[int, Field(ge=1, le=1_000_000, examples=[20])]


class StepOut(Out):
    """From so many pieces on it costs this for all; `lack` is how many it still takes."""

    pieces: int
    price: MoneyOut
    lack: int


class PoolOut(Out):
    """A group buy. Who pledged is told to nobody."""

    id: Id
    address: str
    product: ThingOut
    words: str
    stage: str = Field(examples=["open"], description="gathering, open, won, lost, ended or cancelled")
    opened: datetime
    deadline: datetime | None = Field(description="None while it gathers: a brand names price and end.")
    minimum: int
    most: int | None
    grace_days: int = Field(description="For those whose card is refused.")
    pieces: int
    people: int
    steps: list[StepOut]
    price: MoneyOut | None = Field(description="For all, once it came about.")
    concept: bool = Field(description="On what is yet to be made.")
    promised: date | None = Field(description="The day by which it is delivered.")
    first_promised: date | None = Field(description="Where that day was moved.")
    moved_why: str
    late: datetime | None = Field(description="Since when those who paid may have their money back.")

    @classmethod
    def of(cls, one: Stand) -> PoolOut:
        pool, product = one.pool, one.product
        return cls(
            id=pool.public,
            address=address(queries.address(pool)),
            product=ThingOut(brand=product.brand.handle or "", slug=product.slug, title=product.title),
            words=pool.words,
            stage=pool.stage,
            opened=pool.opened,
            deadline=pool.deadline,
            minimum=pool.minimum,
            most=pool.most,
            grace_days=pool.grace_days,
            pieces=pool.pieces,
            people=pool.people,
            steps=[StepOut(pieces=step.pieces, price=MoneyOut.of(step.price), lack=step.lack) for step in one.steps],
            price=MoneyOut.of(pool.money) if pool.money else None,
            concept=pool.concept,
            promised=pool.promised,
            first_promised=pool.first_promised,
            moved_why=pool.moved_why,
            late=pool.late,
        )


class MilestoneOut(Out):
    """One step of making what was pledged for."""

    id: Id
    words: str
    due: date
    first_due: date | None = Field(description="Where it was moved: the day it was first planned for.")
    why: str
    done: datetime | None
    note: str

    @classmethod
    def of(cls, one: Milestone) -> MilestoneOut:
        names = ("words", "due", "first_due", "why", "done", "note")
        return cls(id=one.public, **{name: getattr(one, name) for name in names})


class MilestoneIn(In):
    words: str = Field(min_length=1, max_length=140, examples=["The mould is cut"])
    due: date


class ReachedIn(In):
    note: str = Field(min_length=1, max_length=400)


class MovedIn(In):
    to: date
    why: str = Field(min_length=1, max_length=400)


class DeskPoolOut(PoolOut):
    """The same for its brand, with how many pledges there are by state."""

    pledges: dict[str, int]

    @classmethod
    def at(cls, one: Stand, tally: dict[str, int]) -> DeskPoolOut:
        return cls(**PoolOut.of(one).model_dump(), pledges=tally)


class RungIn(In):
    pieces: Pieces
    price: MoneyIn


class OfferIn(In):
    """The first rung is the minimum; each further one needs more pieces and costs less."""

    product: str = Field(max_length=100, examples=["lidded-pot"], description="The product's slug.")
    rungs: list[RungIn] = Field(min_length=1, max_length=6)
    deadline: AwareDatetime
    most: Pieces | None = None
    words: str = Field(default="", max_length=400)
    grace_days: int = Field(default=3, ge=1, le=14)

    def offer(self) -> Offer:
        rungs = [Rung(rung.pieces, rung.price.minor) for rung in self.rungs]
        return Offer(rungs, self.deadline, self.most, self.words, self.grace_days)


class PledgeIn(In):
    variant: VariantId
    quantity: int = Field(default=1, ge=1, le=99)
    limit: MoneyIn = Field(description="The most that each piece may cost.")
    contact: ContactIn
    came_with: str = Field(default="", max_length=10, description="The pledge whose link led here.")


class PledgeOut(Out):
    """Your pledge. *started* waits for your card and counts for nothing; *standing* counts."""

    id: Id
    pool: Id
    state: str = Field(
        examples=["standing"],
        description="started, standing, asked, withdrawn, released, unmet, due, paid, failing, dropped, returning or "
        "returned. asked: it costs more than your limit; pledge again with a higher one to say yes.",
    )
    variant: Id
    quantity: int
    limit: MoneyOut
    sending: MoneyOut = Field(description="As it was agreed: it comes on top of the pieces.")
    last4: str
    at: datetime
    purchase: str | None = Field(description="Once it is charged.")
    offered: datetime | None = Field(description="Since when you may have the money back, as it is late.")

    @classmethod
    def of(cls, one: Pledge) -> PledgeOut:
        return cls(
            id=one.public,
            pool=one.pool.public,
            state=one.state,
            variant=one.variant.public,
            quantity=one.quantity,
            limit=MoneyOut.of(one.most),
            sending=MoneyOut.of(Money(one.sending, one.pool.currency)),
            last4=one.last4,
            at=one.at,
            purchase=one.purchase.public if one.purchase else None,
            offered=one.offered,
        )


class CardPageOut(Out):
    """A page of the payment provider, which keeps the card or takes the payment. The hall never sees a card."""

    address: str
