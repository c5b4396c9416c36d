"""Who buys together in the town: one group buy that came about a week ago, and one that is about to close."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from moothall.pools import actions
from moothall.pools.ladder import Rung
from moothall.pools.models import Pool

from .cast import BY_HANDLE
from .stage import Stage
from .ties import BRAND_BY_HANDLE


@dataclass(frozen=True, slots=True)
class Together:
    """A group buy: opened and closed so many days ago, prices in pence by pieces; who pledges what, for how much."""

    brand: str
    ware: str
    opened: int
    closes: int
    rungs: tuple[tuple[int, int], ...]
    words: str
    pledges: tuple[tuple[str, str, int], ...]


GROUPS = (
    Together(
        "wold", "bottle", 14, 6, ((6, 2100), (12, 1900)),
        "The lacquer is mixed in one pot. Twelve bottles empty it, six make it worth opening.",
        (("ben", "0.5 l", 2), ("clara", "0.75 l", 4), ("ivo", "0.5 l", 3), ("hanna", "0.5 l", 4)),
    ),
    Together(
        "wold", "socks", 5, -1, ((8, 1000), (16, 900), (30, 800)),
        "Rowan spins on Fridays. The more of you want socks, the longer the yarn is and the less each pair costs.",
        (("ana", "36–39", 2), ("ben", "40–43", 3), ("clara", "36–39", 2), ("mira", "36–39", 4)),
    ),
)  # fmt: skip


def together(day: Callable[[int], datetime], now: datetime) -> Iterator[tuple[datetime, Callable[[Stage], None]]]:
    for group in GROUPS:
        closes = day(group.closes) if group.closes > 0 else now + timedelta(days=-group.closes, hours=2)
        opened = day(group.opened)
        yield opened, partial(begin, group=group, closes=closes)
        for number, (handle, label, pieces) in enumerate(group.pledges):
            at = opened + timedelta(hours=20 * (number + 1), minutes=7 * number)
            yield (
                min(at, now - timedelta(minutes=9)),
                partial(pledge, group=group, handle=handle, label=label, pieces=pieces),
            )
        if group.closes > 0:
            yield closes + timedelta(minutes=1), Stage.rest


def begin(stage: Stage, *, group: Together, closes: datetime) -> None:
    seller = stage.people[BRAND_BY_HANDLE[group.brand].seller]
    offer = actions.Offer([Rung(*rung) for rung in group.rungs], closes, words=group.words)
    actions.open_pool(by=seller, product=stage.products[group.ware], offer=offer)


def pledge(stage: Stage, *, group: Together, handle: str, label: str, pieces: int) -> None:
    """With a card that the till keeps."""
    pool = Pool.objects.select_related("product__brand").get(product=stage.products[group.ware])
    wanted = actions.Wanted(stage.variant(f"{group.ware}:{label}"), pieces, group.rungs[0][1])
    made = actions.pledge(by=stage.people[handle], pool=pool, wanted=wanted, contact=BY_HANDLE[handle].contact)
    page = actions.open_card_page(pledge=made)
    stage.till.pay(page.rsplit("/", 1)[1])
    made.refresh_from_db()
    actions.look_after_card(pledge=made)
