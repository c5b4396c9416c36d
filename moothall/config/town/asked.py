"""What people of the town would have changed of things, and what became of it: a second revision, a no, some open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from moothall.improvements import actions
from moothall.improvements.models import Improvement

from .stage import Stage

At = Callable[[int, str], datetime]


@dataclass(frozen=True, slots=True)
class Wish:
    """A change: who asks on which day, who asks for it too on the days after; declined with `no`, or taken in."""

    ware: str
    day: int
    by: str
    title: str
    words: str
    too: str = ""
    no: str = ""
    taken: bool = False


WISHES = (
    Wish(
        "bothhands", 30, "ana", "A lid that stays on",
        "Tip it for the last cup and the lid goes first. A small lip at the back would hold it.",
        too="beatriz tomek edith", taken=True,
    ),
    Wish(
        "bothhands", 26, "marta", "A mark for two cups", "A line inside would do. I always brew four and drink two.",
        too="ana", taken=True,
    ),
    Wish(
        "bothhands", 22, "salma", "One spout instead of two", "Nobody in our house is left-handed.",
        no="Two spouts are what it is for. For one, look at the Wednesday teapot.",
    ),
    Wish(
        "bothhands", 6, "edith", "A strainer that comes out", "Nineteen holes are nineteen places for a leaf.",
        too="marta chidi",
    ),
    Wish("bothhands", 3, "jun", "A smaller one", "For one person and one tram ride."),
    Wish(
        "kettle", 8, "noor", "A shorter spout", "Ours meets the cupboard above the stove. Two fingers less would do.",
        too="mei harjit",
    ),
)  # fmt: skip
NEW = (
    "The lid has a lip at the back and stays where it is when you pour the last cup. Inside, a line marks two cups. "
    "The glaze and the price are as before."
)


def asking(at: At, now: datetime) -> Iterator[tuple[datetime, Callable[[Stage], None]]]:
    for number, wish in enumerate(WISHES):
        asked = at(wish.day, "20:15") + timedelta(minutes=3 * number)
        yield asked, partial(ask, wish=wish)
        for place, handle in enumerate(wish.too.split(), 1):
            yield min(asked + timedelta(hours=7 * place), now - timedelta(minutes=5)), partial(join, wish, handle)
        if wish.no:
            yield asked + timedelta(days=1, hours=14), partial(decline, wish)
    yield at(12, "11:40"), bring


def ask(stage: Stage, *, wish: Wish) -> None:
    by = stage.people[wish.by]
    actions.ask(by=by, product=stage.products[wish.ware], asked=actions.Asked(wish.title, wish.words))


def join(wish: Wish, handle: str, stage: Stage) -> None:
    actions.join(by=stage.people[handle], improvement=_of(wish, stage))


def decline(wish: Wish, stage: Stage) -> None:
    actions.decline(by=stage.people["mira"], improvement=_of(wish, stage), answer=wish.no)


def bring(stage: Stage) -> None:
    """By the maker, with what was asked of the teapot."""
    taken = [_of(wish, stage) for wish in WISHES if wish.taken]
    actions.bring_revision(by=stage.people["yuki"], product=stage.products["bothhands"], words=NEW, taken=taken)


def _of(wish: Wish, stage: Stage) -> Improvement:
    rows = Improvement.objects.select_related("product__brand")
    return rows.get(product=stage.products[wish.ware], title=wish.title)
