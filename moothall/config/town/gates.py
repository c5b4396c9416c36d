"""What the brands of the town say at their gates: a go after something was needed, a no, one overdue, one open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from moothall.core.money import parse
from moothall.ideas import actions as ideas
from moothall.ideas.actions import Figures, Go
from moothall.ideas.gates import Gate, today
from moothall.ideas.models import Idea

from .wares import CURRENCY

if TYPE_CHECKING:
    from .stage import Stage

Do = Callable[["Stage"], None]
Evening = Callable[[int], datetime]
MARKS = (("tidewater", "mira", 6, 14), ("lantern-works", "tomek", 3, 12), ("wold", "olwen", 3, 7))


def _figures(price: str, runs: str, fixed: str, *, shipping: str = "3.20", royalty: int = 500) -> Figures:
    """Runs as "6=11 24=9"."""
    pairs = (run.split("=") for run in runs.split())
    return Figures(
        price=parse(price, CURRENCY),
        runs=[(int(pieces), parse(unit, CURRENCY)) for pieces, unit in pairs],
        fixed=parse(fixed, CURRENCY),
        shipping=parse(shipping, CURRENCY),
        fee=150,
        fee_each=parse("0.20", CURRENCY),
        tax=2000,
        royalty=royalty,
    )


BOARD = _figures("28", "6=11 24=9 60=7.60", "10")
BOARD_OF_JUN = _figures("28", "6=9 24=7.40 60=6.40", "10")
SPECS = _figures("78", "20=41 100=33", "600", shipping="2.80")
SPECS_OF_HARJIT = _figures("78", "20=38 100=31", "200", shipping="2.80")


def judging(evening: Evening) -> Iterator[tuple[datetime, Do]]:
    for handle, by, voices, days in MARKS:
        yield evening(30), partial(mark, brand=handle, by=by, voices=voices, days=days)
    yield from _board(evening)
    yield from _spectacles(evening)
    yield evening(1), partial(take, lead="jun", brand="lantern-works", by="tomek")


def _board(evening: Evening) -> Iterator[tuple[datetime, Do]]:
    """Something was needed, and was done: a go, and an argument."""
    yield (
        evening(13),
        partial(
            judge,
            lead="ana",
            by="yuki",
            state=Gate.NEEDS,
            reasons="We cut three grids. The steel is easy; the crumbs under the grid are not.",
            change="Say how the tray comes out without lifting the board.\nSay how large a loaf it has to take.",
        ),
    )
    yield evening(11), partial(again, lead="ana")
    yield evening(7), partial(sheet, lead="ana", by="yuki", figures=BOARD)
    yield (
        evening(6),
        partial(
            judge,
            lead="ana",
            by="mira",
            state=Gate.GO,
            reasons="The tray slides out at the side now, and the grid is one we cut already for the dish rack. Five "
            "pieces carry the first run; eight of you named this price or more.",
            price="28",
            run=6,
        ),
    )
    yield (
        evening(5),
        partial(
            argue,
            lead="ana",
            by="jun",
            figures=BOARD_OF_JUN,
            words="The steel merchant at the station cuts grids from offcuts. I asked: two pounds less each.",
        ),
    )


def _spectacles(evening: Evening) -> Iterator[tuple[datetime, Do]]:
    """Addressed to all, taken by a brand: a no, an argument, an appeal that waits."""
    yield evening(8), partial(take, lead="edith", brand="lantern-works", by="tomek")
    yield evening(4), partial(sheet, lead="edith", by="ingrid", brand="lantern-works", figures=SPECS)
    yield (
        evening(4) + timedelta(hours=2),
        partial(
            judge,
            lead="edith",
            by="ingrid",
            brand="lantern-works",
            state=Gate.NO,
            reasons="The hinge we can turn. The mould for the frame costs more than all of you together would pay, and "
            "we will not sell a frame that an optician cannot take in hand.",
            change="Forty people who would pay 78, or an optician who lends us the mould of a frame they know.",
        ),
    )
    yield (
        evening(3),
        partial(
            argue,
            lead="edith",
            by="harjit",
            brand="lantern-works",
            figures=SPECS_OF_HARJIT,
            words="My brother presses frames in Leicester. A used mould is two hundred, not six.",
        ),
    )
    yield (
        evening(2),
        partial(
            appeal,
            lead="edith",
            brand="lantern-works",
            words="Nobody asked for a new frame. Sell the hinge and the screw, and leave me my own.",
        ),
    )


def mark(stage: Stage, brand: str, by: str, voices: int, days: int) -> None:
    ideas.set_mark(by=stage.people[by], brand=stage.brands[brand], voices=voices, days=days)


def take(stage: Stage, lead: str, brand: str, by: str) -> None:
    idea = Idea.objects.select_related("brand", "lead").get(lead=stage.people[lead], stage=Idea.SHAPE)
    due = today() + timedelta(days=12)
    ideas.take_to_gate(by=stage.people[by], brand=stage.brands[brand], idea=idea, due=due)


def sheet(stage: Stage, lead: str, by: str, figures: Figures, brand: str = "tidewater") -> None:
    ideas.keep_sheet(by=stage.people[by], gate=_gate(stage, lead, brand), figures=figures)


def judge(
    stage: Stage,
    lead: str,
    by: str,
    state: str,
    reasons: str,
    *,
    brand: str = "tidewater",
    change: str = "",
    price: str = "",
    run: int = 0,
) -> None:
    go = Go(parse(price, CURRENCY), run) if price else None
    gate = _gate(stage, lead, brand)
    ideas.judge(by=stage.people[by], gate=gate, state=state, reasons=reasons, change=change, go=go)


def again(stage: Stage, lead: str, brand: str = "tidewater") -> None:
    ideas.come_again(by=stage.people[lead], gate=_gate(stage, lead, brand))


def argue(stage: Stage, lead: str, by: str, figures: Figures, words: str, brand: str = "tidewater") -> None:
    ideas.argue(by=stage.people[by], gate=_gate(stage, lead, brand), figures=figures, words=words)


def appeal(stage: Stage, lead: str, brand: str, words: str) -> None:
    ideas.appeal(by=stage.people[lead], gate=_gate(stage, lead, brand), words=words)


def _gate(stage: Stage, lead: str, brand: str) -> Gate:
    """The newest of the idea that this person leads, at this brand."""
    rows = Gate.objects.filter(idea__lead=stage.people[lead], brand=stage.brands[brand])
    return rows.select_related("idea", "brand").latest("number")
