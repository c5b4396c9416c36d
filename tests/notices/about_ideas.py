"""How acts about ideas are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from moothall.core import clock
from moothall.ideas import actions
from moothall.ideas.actions import Words
from moothall.ideas.models import Author, Idea, Merger
from moothall.people.models import Profile
from tests.ideas import made
from tests.ideas.made import WORDS, contributed
from tests.notices import about_gates
from tests.notices.cast import put_aside
from tests.town import Town


def proposed(by: Profile, words: Words = WORDS) -> Idea:
    """As if the other stories' ideas were of another day: five a day are the most."""
    Idea.objects.update(proposed=clock.now() - timedelta(days=2))
    return made.proposed(by, words)


def led_by_two(lead: Profile, other: Profile) -> Author:
    return made.led_by_two(lead, other, proposed(lead))


def contribute(town: Town) -> dict[str, str]:
    contributed(town.noor, proposed(town.ana))
    return {"ana": "Noor Aziz would say a part of Both-hands teapot in other words"}


def take_words_in(town: Town) -> dict[str, str]:
    said = contributed(town.noor, proposed(town.mira))
    put_aside()
    actions.take_in(by=town.mira, contribution=said, base=1)
    return {"noor": "Mira Sand took your words into Both-hands teapot"}


def decline_words(town: Town) -> dict[str, str]:
    said = contributed(town.noor, proposed(town.mira))
    put_aside()
    actions.decline(by=town.mira, contribution=said, answer="Two hands are the point.")
    return {"noor": "Mira Sand leaves Both-hands teapot as it is, and says why"}


def follow_an_idea(town: Town) -> dict[str, str]:
    idea = proposed(town.ana)
    actions.back(by=town.ben, idea=idea, level="follow")
    actions.back(by=town.noor, idea=idea, level="like")
    actions.revise(by=town.ana, idea=idea, words=replace(WORDS, use="At night"), base=1)
    return {"ben": "Both-hands teapot has a new version"}


def begin_ones_own(town: Town) -> dict[str, str]:
    draft = actions.fork(by=town.noor, idea=proposed(town.mira))
    words = replace(WORDS, title="Pot for two hands")
    put_aside()
    actions.propose(by=town.noor, idea=actions.keep_draft(by=town.noor, words=words, idea=draft))
    return {"mira": "Noor Aziz began Pot for two hands from an idea of yours"}


def ask_to_lead(town: Town) -> dict[str, str]:
    actions.invite_author(by=town.ana, idea=proposed(town.ana), person=town.noor)
    return {"noor": "Ana Lima asks you to lead Both-hands teapot with them"}


def lead_together(town: Town) -> dict[str, str]:
    asked = actions.invite_author(by=town.mira, idea=proposed(town.mira), person=town.noor)
    put_aside()
    actions.join_authors(by=town.noor, author=asked)
    return {"mira": "Noor Aziz leads Both-hands teapot with you now"}


def rather_not_lead(town: Town) -> dict[str, str]:
    asked = actions.invite_author(by=town.mira, idea=proposed(town.mira), person=town.noor)
    put_aside()
    actions.leave_authors(by=town.noor, author=asked)
    return {"mira": "Noor Aziz would rather not lead Both-hands teapot with you"}


def lead_no_longer(town: Town) -> dict[str, str]:
    author = led_by_two(town.mira, town.noor)
    put_aside()
    actions.leave_authors(by=town.noor, author=author)
    return {"mira": "You no longer lead Both-hands teapot together"}


def offer_the_lead(town: Town) -> dict[str, str]:
    author = led_by_two(town.mira, town.noor)
    put_aside()
    actions.offer_lead(by=town.mira, author=author)
    return {"noor": "Mira Sand offers you the lead of Both-hands teapot"}


def take_the_lead(town: Town) -> dict[str, str]:
    author = led_by_two(town.mira, town.noor)
    actions.offer_lead(by=town.mira, author=author)
    put_aside()
    actions.take_lead(by=town.noor, author=author)
    return {"mira": "Noor Aziz leads Both-hands teapot now"}


def ask_to_merge(town: Town) -> dict[str, str]:
    asked_to_merge(town)
    return {"mira": "Noor Aziz would merge an idea of theirs into Both-hands teapot"}


def merge_two(town: Town) -> dict[str, str]:
    asked = asked_to_merge(town)
    put_aside()
    actions.accept_merger(by=town.mira, merger=asked)
    return {
        "noor": "Mira Sand merged your idea into Both-hands teapot",
        "ben": "An idea that you follow goes on in Both-hands teapot",
    }


def rather_not_merge(town: Town) -> dict[str, str]:
    asked = asked_to_merge(town)
    put_aside()
    actions.decline_merger(by=town.mira, merger=asked)
    return {"noor": "Mira Sand would rather not merge your idea into Both-hands teapot"}


def separate_two(town: Town) -> dict[str, str]:
    asked = asked_to_merge(town)
    actions.accept_merger(by=town.mira, merger=asked)
    put_aside()
    actions.unmerge(by=town.noor, merger=asked)
    return {"mira": "Noor Aziz separated an idea from Both-hands teapot"}


def asked_to_merge(town: Town) -> Merger:
    """Noor's idea, which Ben follows, into Mira's."""
    hers = proposed(town.noor, replace(WORDS, title="Pot for two hands"))
    actions.back(by=town.ben, idea=hers, level="follow")
    into = proposed(town.mira)
    put_aside()
    return actions.ask_merger(by=town.noor, idea=hers, into=into)


STORIES = [
    *(contribute, take_words_in, decline_words, follow_an_idea, begin_ones_own, ask_to_lead, lead_together),
    *(rather_not_lead, lead_no_longer, offer_the_lead, take_the_lead, ask_to_merge, merge_two, rather_not_merge),
    separate_two,
    *about_gates.STORIES,
]
