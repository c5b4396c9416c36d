"""What leads of ideas and a brand of the town ask everybody, and what people answer: a choice of several that is over,
an order, a price, and one about a thing on the shelf."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from moothall.core import clock
from moothall.core.money import parse
from moothall.ideas.models import Idea
from moothall.polls import actions, queries
from moothall.polls.actions import Question, Said
from moothall.polls.models import AFTER, ALWAYS, OPTIONS, PRICE, RANKED, Choice, Poll

from .wares import CURRENCY

if TYPE_CHECKING:
    from .stage import Stage

Do = Callable[["Stage"], None]
ODD = "?"  # says no at the price in the middle, and yes above it


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody asks on a day counted back from today, for so many days, about their idea or about a ware; and what
    people answer: "ben:0,2", by the numbers of choices; to prices "ben:40", the highest they would pay."""

    day: int
    who: str
    question: str
    choices: str
    days: int
    answers: str
    sort: str = OPTIONS
    words: str = ""
    about: str = ""  # whose idea, where it is another's; or a ware's key
    several: bool = False
    shown: str = AFTER


ASKINGS = (
    Asking(
        10, "ben", "Which woods would you have in your kitchen?", "Beech / Ash / Oak / Cherry", 7,
        "beatriz:0,1 salma:1 jun:2 harjit:0 ines:0,3 adaeze:1 edith:2 chidi:0,1 pia:3 ruth:0 nia:0,1 clara:1,2 ana:1",
        words="Beech is what the sample was made of. The others cost a little more, and none of them much.",
        about="ana", several=True,
    ),
    Asking(
        9, "salma", "It is dark, and you want to know the hour. What should it do?",
        "Nothing: I feel the hands / Glow when I touch it / Say the hour softly / Tremble once for each hour", 30,
        "ana:0,1 adaeze:0,3 ben:1,2 beatriz:1 tomek:3,0,1 jun:1,0 ines:2,1 ingrid:0 greta:3,0 nia:2,3 omar:0,1 "
        "ruth:3,1",
        sort=RANKED,
        words="A light of its own is out: we had that. Put what you would like best first, and leave out what you "
        "would not have beside your bed.",
    ),
    Asking(
        7, "edith", "Frame with hinges you can change yourself: at which price would you buy it?",
        "50 / 65 / 78 / 95 / 120", 21,
        "ana:65 ben:78 jun:95 harjit:95 otto:78 marta:65 salma:78 adaeze:65 beatriz:50 chidi:65 pia:78 ruth:120 nia:65 "
        "clara:50 gus:78 ines:65 kenji:95 rowan:78 samir:65 tariq:50 greta:78 omar:65 mei:0 wei:78 dan:50 tane:65 "
        "lupe:95 nikos:50? farah:78 aoife:65 bao:0 ivo:50",
        sort=PRICE, words="With two spare hinges and four screws. Your own lenses go in.", shown=ALWAYS,
    ),
    Asking(
        5, "yuki", "The next glaze of the mug?", "Moss / Rust / Night blue", 14,
        "ana:0 amara:2 beatriz:2 jun:1 chidi:2 mira:2 pia:0 edith:2 omar:1", about="mug", shown=ALWAYS,
    ),
)  # fmt: skip


def polling(evening: Callable[[int], datetime]) -> Iterator[tuple[datetime, Do]]:
    """Each question, and over the two days that follow what people answer."""
    for asking in ASKINGS:
        begun = evening(asking.day)
        yield begun, partial(ask, asking=asking)
        for number, said in enumerate(asking.answers.split()):
            yield begun + timedelta(minutes=95 * (number + 1)), partial(answer, asking=asking, said=said)


def ask(stage: Stage, asking: Asking) -> None:
    rows = asking.choices.split(" / ")
    asked = Question(
        sort=asking.sort,
        question=asking.question,
        closes=clock.now() + timedelta(days=asking.days),
        choices=rows if asking.sort != PRICE else (),
        prices=[parse(row, CURRENCY) for row in rows] if asking.sort == PRICE else (),
        words=asking.words,
        several=asking.several,
        shown=asking.shown,
    )
    if asking.about in stage.products:
        kind, id = "product", stage.products[asking.about].pk
    else:
        lead = stage.people[asking.about or asking.who]
        kind, id = Idea.kind, Idea.objects.get(lead=lead, stage=Idea.SHAPE).pk
    actions.ask(by=stage.people[asking.who], kind=kind, id=id, asked=asked)


def answer(stage: Stage, asking: Asking, said: str) -> None:
    who, _gap, picks = said.partition(":")
    poll = Poll.objects.get(question=asking.question)
    choices = queries.choices_of(poll)
    if asking.sort == PRICE:
        found = Said(prices=_yes(choices, picks))
    else:
        found = Said(choices=[choices[int(number)].public for number in picks.split(",")])
    actions.answer(by=stage.people[who], poll=poll, said=found)


def _yes(choices: list[Choice], picks: str) -> dict[str, bool]:
    most = parse(picks.removesuffix(ODD), CURRENCY).minor
    odd = len(choices) // 2 + 1 if picks.endswith(ODD) else None
    return {one.public: (one.price or 0) <= most or place == odd for place, one in enumerate(choices)}
