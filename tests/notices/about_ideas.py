"""How acts about ideas are told."""

from __future__ import annotations

from dataclasses import replace

from moothall.ideas import actions
from tests.ideas.made import WORDS, contributed, proposed
from tests.notices import about_gates
from tests.notices.cast import put_aside
from tests.town import Town


def contribute(town: Town) -> dict[str, str]:
    contributed(town.noor, proposed(town.ana))
    return {"ana": "Noor Aziz would say a part of Both-hands teapot in other words"}


def take_words_in(town: Town) -> dict[str, str]:
    made = contributed(town.noor, proposed(town.mira))
    put_aside()
    actions.take_in(by=town.mira, contribution=made, base=1)
    return {"noor": "Mira Sand took your words into Both-hands teapot"}


def decline_words(town: Town) -> dict[str, str]:
    made = contributed(town.noor, proposed(town.mira))
    put_aside()
    actions.decline(by=town.mira, contribution=made, answer="Two hands are the point.")
    return {"noor": "Mira Sand leaves Both-hands teapot as it is, and says why"}


def follow_an_idea(town: Town) -> dict[str, str]:
    idea = proposed(town.ana)
    actions.back(by=town.ben, idea=idea, level="follow")
    actions.back(by=town.noor, idea=idea, level="like")
    actions.revise(by=town.ana, idea=idea, words=replace(WORDS, use="At night"), base=1)
    return {"ben": "Both-hands teapot has a new version"}


STORIES = [contribute, take_words_in, decline_words, follow_an_idea, *about_gates.STORIES]
