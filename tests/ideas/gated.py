"""What the tests of gates begin with: an idea with voices, a brand that asks for three, a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from moothall.core.money import Money
from moothall.ideas import actions
from moothall.ideas.actions import Figures, Go
from moothall.ideas.gates import Gate
from moothall.ideas.models import Idea
from moothall.people.models import Profile
from tests.ideas.made import WORDS, proposed
from tests.town import Town, person


def pounds(number: int) -> Money:
    return Money(number * 100, "GBP")


FIGURES = Figures(
    price=pounds(36),
    runs=[(2, pounds(20)), (5, pounds(12))],
    fixed=pounds(20),
    shipping=pounds(3),
    fee=150,
    fee_each=Money(20, "GBP"),
    tax=2000,
    royalty=500,
)


def voices(idea: Idea, prices: Sequence[int], start: int = 0) -> list[Profile]:
    """So many strangers, each of whom would pay so many pounds."""
    found = []
    for number, price in enumerate(prices, start):
        who = Profile.objects.filter(handle=f"voice-{number}").first() or person(f"Voice {number}", f"voice-{number}")
        actions.back(by=who, idea=idea, level="pay", price=pounds(price))
        found.append(who)
    return found


def known_voices(town: Town, number: int) -> None:
    """The first so many of them buy something: as many strangers at once would wait in a crowd."""
    variant = town.variant("Salt cellar", left=None)
    for n in range(number):
        town.bought(person(f"Voice {n}", f"voice-{n}"), {variant: 1})


def at_gate(town: Town, prices: Sequence[int] = (30, 36, 40), title: str = WORDS.title) -> Gate:
    """An idea of Ana's for the brand, which three would pay for, as many as the brand asks for."""
    actions.set_mark(by=town.mira, brand=town.brand, voices=3, days=28)
    idea = proposed(town.ana, replace(WORDS, title=title), brand=town.brand)
    voices(idea, prices)
    return Gate.objects.select_related("idea", "brand").get(idea=idea)


def judged(town: Town, gate: Gate, state: str = "no", **like: Any) -> Gate:
    said: dict[str, Any] = {"reasons": "Steel is dear."}
    if state == "go":
        actions.keep_sheet(by=town.mira, gate=gate, figures=FIGURES)
        said["go"] = Go(pounds(36), 5)
    else:
        said["change"] = "Ten more who would pay 40."
    return actions.judge(by=town.mira, gate=gate, state=state, **said | like)
