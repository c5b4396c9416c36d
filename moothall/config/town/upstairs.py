"""What people of the town would have made: their ideas, what others said of them, and who stands behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from moothall.core.money import parse
from moothall.ideas import actions as ideas
from moothall.ideas.actions import Words
from moothall.ideas.models import Contribution, Idea

from .wares import CURRENCY, Look

if TYPE_CHECKING:
    from .stage import Stage


@dataclass(frozen=True, slots=True)
class Better:
    """Somebody says a part in other words; taken in, or declined with this answer, or still waiting."""

    who: str
    part: str
    words: str
    why: str
    fate: str = "taken"
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Thought:
    """An idea, its picture, and what became of it; who stands behind it, as "ben:like leila:pay=40"."""

    day: int
    who: str
    words: Words
    look: Look
    brand: str = ""
    better: tuple[Better, ...] = ()
    voices: str = ""
    draft: bool = False
    together: str = ""  # who leads it with them; "jun?" was asked and has not answered
    into: str = ""  # by its lead, the idea it is merged into; with a question mark it was only asked
    begun_from: str = ""  # by its lead, the idea it was begun from


def _words(title: str, problem: str, use: str, audience: str = "", low: str = "", high: str = "") -> Words:
    return Words(
        title,
        problem,
        use,
        audience,
        parse(low, CURRENCY) if low else None,
        parse(high, CURRENCY) if high else None,
    )


THOUGHTS = (
    Thought(
        19,
        "ana",
        _words(
            "Crumb board",
            "Every morning I cut bread, and every morning the crumbs go behind the toaster. A tray under the board "
            "only moves them to the tray.",
            "Cut on the grid, lift it off, tip what fell through out of the window. The birds on our sill know when.",
            "People with a toaster and a window",
            "24",
            "38",
        ),
        Look("breadboard", "moss", 3),
        brand="tidewater",
        better=(
            Better(
                "jun",
                "use",
                "Cut on the grid, lift it off, tip what fell through out of the window. The grid goes into the "
                "dishwasher, the tray is wiped: so the grid is steel and the tray stays wood.",
                "Wood in a dishwasher lasts a month.",
            ),
            Better(
                "edith", "title", "Toast tray", "It is shorter.", "declined", "The crumbs are the point, not the toast."
            ),
            Better(
                "adaeze",
                "audience",
                "People with a toaster and a window, and whoever wipes up after them",
                "It was always me.",
                "waits",
            ),
        ),
        voices="ben:pay=32 beatriz:pay=36 salma:pay=28 jun:follow harjit:like ines:like adaeze:follow edith:pay=30 "
        "leila:like kofi:follow chidi:pay=30 pia:pay=34 ruth:pay=38 nia:pay=26 clara:pay=32 gus:pay=24",
        together="ben jun?",
    ),
    Thought(
        12,
        "kofi",
        _words(
            "Toast tray that keeps its crumbs",
            "There are crumbs behind my toaster that were there before me.",
            "A tray with a lip on three sides; the fourth is for tipping.",
            "Everybody with a toaster",
            "15",
            "25",
        ),
        Look("breadboard", "butter", 6),
        voices="harjit:pay=20 ben:like tomek:follow ines:pay=18",
        into="ana",
    ),
    Thought(
        17,
        "salma",
        _words(
            "A clock that does not tick",
            "I work nights. A ticking clock in the bedroom counts for me what I am not sleeping.",
            "Hands that glide, a felt back, no sound. One looks once and knows: nearly two, and that is enough.",
            "Light sleepers, and who works when others sleep",
            "40",
            "65",
        ),
        Look("clock", "lilac", 2),
        better=(
            Better(
                "ingrid",
                "problem",
                "Who works nights sleeps by day, and a ticking clock counts for them what they are not sleeping. A "
                "phone lights up; a clock ought to be able to do less.",
                "It is not only you: half of my street is on shifts.",
            ),
        ),
        voices="ana:pay=55 adaeze:pay=60 ben:like beatriz:like tomek:like jun:pay=45 ines:follow",
    ),
    Thought(
        14,
        "harjit",
        _words(
            "Cape for the number 4 hill",
            "A raincoat on a bicycle fills with wind going down and with me going up.",
            "Over the handlebars like a tent, open behind. The reflectors sit where a driver looks, not where a tailor "
            "had room.",
            "Whoever rides to work in a town with a hill",
            "60",
            "90",
        ),
        Look("raincoat", "sky", 4),
        brand="wold",
        voices="zofia:follow ana:pay=64 salma:like edith:like ben:pay=70 beatriz:pay=60",
    ),
    Thought(
        10,
        "beatriz",
        _words(
            "A clock that glows when it is asked",
            "I work nights too, and a clock that is silent I still have to see. A lamp wakes the child beside me.",
            "Hands that glide, a felt back, no sound. A tap on the rim, and the hour glows for three breaths.",
            "Light sleepers beside somebody smaller",
            "50",
            "75",
        ),
        Look("clock", "sky", 7),
        voices="ana:follow leila:pay=60 adaeze:like",
        begun_from="salma",
    ),
    Thought(
        9,
        "edith",
        _words(
            "Spectacles you can mend",
            "A hinge costs pennies and the shop sells me a frame.",
            "One size of screw, hinges sold singly, drawn so that any optician fits them over the counter.",
            "Who sits on their glasses",
            "70",
            "120",
        ),
        Look("specs", "butter", 1),
        voices="ana:like harjit:pay=95 jun:like otto:pay=80 marta:pay=70 salma:pay=85",
    ),
    Thought(
        5,
        "ines",
        _words(
            "Alarm by light alone",
            "A bell wakes the whole house for one early shift.",
            "It stands by the bed and grows bright for ten minutes; nobody else stirs.",
            "Who gets up before the others",
        ),
        Look("lamp", "butter", 8),
        voices="jun:like",
        into="salma?",
    ),
    Thought(
        3,
        "jun",
        _words(
            "Peg shelf for rented walls",
            "No landlord likes holes, and no shelf stands without them.",
            "It stands on its own feet and leans against the wall, so that the deposit comes back.",
            "Tenants",
        ),
        Look("shelf", "rose", 5),
        voices="ana:pay=34 leila:like marta:pay=40 mei:pay=45",
    ),
    Thought(1, "ana", _words("Quiet kettle for one cup", "", ""), Look("kettle", "mint", 2), draft=True),
)


def thinking(evening: Callable[[int], datetime]) -> Iterator[tuple[datetime, Callable[[Stage], None]]]:
    """Each idea, and day by day what is said of it."""
    for thought in THOUGHTS:
        begun = evening(thought.day)
        yield begun, partial(propose, thought=thought)
        if thought.draft:
            continue
        for number, better in enumerate(thought.better):
            moment = begun + timedelta(hours=20 * (number + 1))
            yield moment, partial(contribute, thought=thought, better=better)
            if better.fate != "waits":
                yield moment + timedelta(hours=3), partial(answer, thought=thought, better=better)
        for number, voice in enumerate(thought.voices.split()):
            yield begun + timedelta(hours=2 + 5 * number), partial(back, thought=thought, voice=voice)
        for number, other in enumerate(thought.together.split()):
            yield begun + timedelta(hours=30 + number), partial(lead_with, thought=thought, other=other)
        if thought.into:
            yield begun + timedelta(hours=60), partial(merge, thought=thought)


def propose(stage: Stage, thought: Thought) -> None:
    by = stage.people[thought.who]
    brand = stage.brands[thought.brand] if thought.brand else None
    begun = ideas.fork(by=by, idea=_led_by(stage, thought.begun_from)) if thought.begun_from else None
    draft = ideas.keep_draft(by=by, words=thought.words, brand=brand, idea=begun)
    ideas.draw(by=by, idea=draft, picture=stage.painter.thing(thought.look))
    if not thought.draft:
        ideas.propose(by=by, idea=draft)


def contribute(stage: Stage, thought: Thought, better: Better) -> None:
    idea = _of(stage, thought)
    said = {"part": better.part, "words": better.words, "why": better.why}
    ideas.contribute(by=stage.people[better.who], idea=idea, base=idea.number, **said)


def answer(stage: Stage, thought: Thought, better: Better) -> None:
    idea, by = _of(stage, thought), stage.people[thought.who]
    found = Contribution.objects.get(idea=idea, by=stage.people[better.who], state=Contribution.OPEN)
    if better.fate == "taken":
        ideas.take_in(by=by, contribution=found, base=idea.number)
    else:
        ideas.decline(by=by, contribution=found, answer=better.answer)


def back(stage: Stage, thought: Thought, voice: str) -> None:
    who, _gap, said = voice.partition(":")
    level, _gap, price = said.partition("=")
    money = parse(price, CURRENCY) if price else None
    ideas.back(by=stage.people[who], idea=_of(stage, thought), level=level, price=money)


def lead_with(stage: Stage, thought: Thought, other: str) -> None:
    person = stage.people[other.removesuffix("?")]
    asked = ideas.invite_author(by=stage.people[thought.who], idea=_of(stage, thought), person=person)
    if not other.endswith("?"):
        ideas.join_authors(by=person, author=asked)


def merge(stage: Stage, thought: Thought) -> None:
    into = _led_by(stage, thought.into.removesuffix("?"))
    asked = ideas.ask_merger(by=stage.people[thought.who], idea=_of(stage, thought), into=into)
    if not thought.into.endswith("?"):
        ideas.accept_merger(by=into.lead, merger=asked)


def _of(stage: Stage, thought: Thought) -> Idea:
    return _led_by(stage, thought.who)


def _led_by(stage: Stage, who: str) -> Idea:
    """Nobody has proposed two."""
    return Idea.objects.select_related("lead").get(lead=stage.people[who], stage=Idea.SHAPE)
