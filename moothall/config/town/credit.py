"""How those who shaped ideas of the town share what they may bring: declined once, then signed by all; one that waits
for a signature; and one that brought money, which the steward paid out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from moothall.credit import actions
from moothall.credit.actions import Share
from moothall.credit.models import Part, Split
from moothall.credit.record import record_of, suggested
from moothall.ideas.models import Idea

from .cast import STEWARD

if TYPE_CHECKING:
    from .stage import Stage

Do = Callable[["Stage"], None]
SOLD = "Porch lamp that finds the keyhole"
NOTE = "By the record, and because without the steel grid it would be a plank."


def sharing(evening: Callable[[int], datetime]) -> Iterator[tuple[datetime, Do]]:
    yield evening(17), partial(propose, lead="adaeze", title=SOLD)
    yield evening(16), partial(say_where, who="adaeze", holder="Adaeze Obi", iban="GB29NWBK60161331926819")
    yield evening(7), pay_out
    yield evening(4), partial(propose, lead="ana", title="Crumb board", half="jun", note="Half to me, the rest to Jun?")
    yield (
        evening(4) + timedelta(hours=1),
        partial(decline, lead="ana", who="jun", why="Ben and Kofi thought of it as much as I did. Put them in."),
    )
    yield evening(3), partial(propose, lead="ana", title="Crumb board", note=NOTE)
    yield evening(2), partial(sign, lead="ana")
    yield evening(1), partial(propose, lead="salma", title="A clock that does not tick")


def propose(stage: Stage, lead: str, title: str, half: str = "", note: str = "") -> None:
    """As the record suggests, or half and half with somebody."""
    by = stage.people[lead]
    idea = Idea.objects.select_related("lead", "brand").get(lead=by, title=title)
    if half:
        parts = [Share(by, 5000, "leads it"), Share(stage.people[half], 5000, "the grid")]
    else:
        parts = [Share(one.person, one.points, one.why) for one in suggested(by, idea, record_of(idea))]
    actions.propose_split(by=by, idea=idea, parts=parts, note=note)


def decline(stage: Stage, lead: str, who: str, why: str) -> None:
    actions.decline(by=stage.people[who], split=_proposed(stage, lead), why=why)


def sign(stage: Stage, lead: str) -> None:
    """All whom it names, one after the other."""
    split = _proposed(stage, lead)
    for part in Part.objects.filter(split=split, signed=None).select_related("person").order_by("pk"):
        actions.sign(by=part.person, split=split)


def say_where(stage: Stage, who: str, holder: str, iban: str) -> None:
    actions.set_payee(by=stage.people[who], holder=holder, iban=iban)


def pay_out(stage: Stage) -> None:
    actions.pay_out(by=stage.people[STEWARD], after=0)


def _proposed(stage: Stage, lead: str) -> Split:
    return Split.objects.get(idea__lead=stage.people[lead], state=Split.PROPOSED)
