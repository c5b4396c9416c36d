"""What people of the town said about the ideas upstairs, and how others found it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from moothall.ideas.models import Idea
from moothall.moderation import actions as moderation
from moothall.moderation.models import Case
from moothall.talk import actions as talk
from moothall.talk.models import Comment

from .cast import STEWARD

if TYPE_CHECKING:
    from .stage import Stage


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody said, on a day counted back from today; about whose idea; in answer to the line of this key; how
    others found it, as "ben:agree jun:helpful"; and the day on which it was taken back."""

    day: int
    at: str
    who: str
    about: str
    words: str
    key: str = ""
    to: str = ""
    found: str = ""
    back: int | None = None


LINES = (
    Line(
        18, "07:40", "ben", "ana",
        "Would it hold a **sourdough**? Ours is wider than any board we own.",
        "wide", found="beatriz:agree adaeze:helpful",
    ),
    Line(
        18, "12:10", "ana", "ana",
        "That was the first thing I measured: 30 cm inside the grid. Longer, and it no longer lies across a sink.",
        "sink", "wide", "ben:helpful",
    ),
    Line(
        17, "09:15", "hanna", "ana",
        "From the packing table: 30 cm of thin steel bends when it is washed hot. Two small feet in the middle would "
        "do it, and they cost nothing.",
        to="wide", found="ana:helpful ben:helpful jun:helpful ines:agree",
    ),
    Line(
        16, "19:30", "edith", "ana",
        "I still say that it is the toaster and not the board.",
        "toaster", found="ana:disagree harjit:agree",
    ),
    Line(15, "08:05", "ana", "ana", "@edith come and see ours. Bring your own bread.", to="toaster"),
    Line(
        13, "20:20", "beatriz", "ana",
        "Nothing of ours is thrown away. The crumbs become breading on Fridays:\n\n- a week of crumbs\n- a tin with a "
        "lid\n- the oven, while it cools\n\nSo a lip to pour over would help, on the short side.",
        "lip", found="ana:helpful adaeze:helpful salma:agree pablo:agree",
    ),
    Line(12, "21:00", "pablo", "ana", "On the long side. One pours bread like flour, not like soup.", to="lip"),
    Line(
        9, "22:15", "tomek", "ana",
        "Can somebody tell me where the old ones went? I had one from the market.", "old", back=8,
    ),
    Line(9, "23:00", "ines", "ana", "The stall by the bridge, until the spring. He has retired.", to="old"),
    Line(
        16, "06:20", "adaeze", "salma",
        "Yes. And it must not light up by itself: the one I have wakes me to show me that it is dark.",
        "dark", found="salma:helpful ingrid:agree ben:agree",
    ),
    Line(15, "23:50", "salma", "salma", "Then we say *no light at all*, and a hand one can feel.", to="dark"),
    Line(
        14, "18:40", "wei", "salma",
        "What one hears is the case more than the works. Felt under the feet takes half of it away, try it with the "
        "one you have.",
        "felt", found="salma:helpful ana:helpful jun:helpful",
    ),
    Line(13, "19:05", "salma", "salma", "I did, @wei. It is true, and I slept.", to="felt", found="wei:helpful"),
    Line(
        10, "20:45", "otto", "salma",
        "A movement that glides wears out in six years. One that ticks is older than you.",
        "six", found="ingrid:disagree jun:helpful",
    ),
    Line(10, "21:30", "ingrid", "salma", "Then sell the movement singly. I have replaced worse.", to="six"),
    Line(
        10, "22:40", "otto", "salma",
        "Whoever cannot bear a tick ought to see a doctor and not a clockmaker.", "doctor",
    ),
    Line(
        2, "12:30", "kenji", "harjit",
        "Lamps for handlebars, half price until Sunday: https://lamps.example/wheelers Tell them that I sent you.",
        "lamps",
    ),
    Line(
        7, "17:25", "zofia", "harjit",
        "Whatever sits on the handlebars must let go when I fall. Poppers, not a knot.",
        found="harjit:helpful ana:agree",
    ),
)  # fmt: skip


REMOVED = "It speaks of somebody's health to hurt her, and not of the clock."


def voicing(moment: Callable[[int, str], datetime]) -> Iterator[tuple[datetime, Callable[[Stage], None]]]:
    for line in LINES:
        yield moment(line.day, line.at), partial(say, line=line)
        for number, found in enumerate(line.found.split()):
            yield moment(line.day - 1, f"2{number % 4}:1{number // 4}"), partial(find, line=line, found=found)
        if line.back is not None:
            yield moment(line.back, "07:10"), partial(take_back, line=line)
    yield moment(9, "06:50"), partial(report, key="doctor", who="ingrid", sort="abuse", words="She works nights.")
    yield moment(9, "12:00"), remove
    yield moment(8, "19:15"), appeal
    yield moment(7, "12:10"), uphold
    yield moment(1, "21:20"), partial(report, key="lamps", who="zofia", sort="spam", words="He says so everywhere.")


def say(stage: Stage, line: Line) -> None:
    by = stage.people[line.who]
    if line.to:
        talk.answer(by=by, to=_said(stage, next(one for one in LINES if one.key == line.to)), words=line.words)
    else:
        idea = Idea.objects.get(lead=stage.people[line.about], stage=Idea.SHAPE)
        talk.say(by=by, kind=Idea.kind, id=idea.pk, words=line.words)


def find(stage: Stage, line: Line, found: str) -> None:
    who, _gap, sort = found.partition(":")
    talk.react(by=stage.people[who], comment=_said(stage, line), sort=sort)


def take_back(stage: Stage, line: Line) -> None:
    talk.withdraw(by=stage.people[line.who], comment=_said(stage, line))


def report(stage: Stage, key: str, who: str, sort: str, words: str) -> None:
    said = _said(stage, next(one for one in LINES if one.key == key))
    moderation.report(by=stage.people[who], kind=Comment.kind, id=said.pk, sort=sort, words=words)


def remove(stage: Stage) -> None:
    moderation.hide(by=stage.people[STEWARD], case=Case.objects.get(), reason=REMOVED)


def appeal(stage: Stage) -> None:
    words = "It was meant as a joke. I have said worse of clocks."
    moderation.appeal(by=stage.people["otto"], case=Case.objects.get(), words=words)


def uphold(stage: Stage) -> None:
    answer = "She was not in on the joke. Say it of the clock, and it stays."
    moderation.uphold(by=stage.people[STEWARD], case=Case.objects.get(), answer=answer)


def _said(stage: Stage, line: Line) -> Comment:
    return Comment.objects.get(by=stage.people[line.who], words=line.words)
