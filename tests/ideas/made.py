"""What the tests of ideas begin with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F

from moothall.core import clock
from moothall.core.money import Money
from moothall.ideas import actions
from moothall.ideas.actions import Words
from moothall.ideas.actions.writing import NEW_A_DAY
from moothall.ideas.models import Author, Idea
from moothall.people.models import Profile

WORDS = Words(
    title="Both-hands teapot",
    problem="Left-handers spill on their guests.",
    use="Every afternoon, from either side.",
    audience="Whoever pours tea",
    low=Money(2500, "GBP"),
    high=Money(4500, "GBP"),
)


def proposed(by: Profile, words: Words = WORDS, brand: Profile | None = None) -> Idea:
    """However many they proposed today: those before are put back to the day before yesterday."""
    today = Idea.objects.filter(lead=by, proposed__gt=clock.now() - timedelta(days=1))
    if today.count() >= NEW_A_DAY:
        today.update(proposed=F("proposed") - timedelta(days=2))
    draft = actions.keep_draft(by=by, words=words, brand=brand)
    return actions.propose(by=by, idea=draft)


def contributed(by: Profile, idea: Idea, **like: Any) -> Any:
    said = {"part": "use", "words": "At breakfast too.", "why": "", "base": idea.number} | like
    return actions.contribute(by=by, idea=idea, **said)


def led_by_two(lead: Profile, other: Profile, idea: Idea | None = None) -> Author:
    """An idea of the one that the other leads with them."""
    author = actions.invite_author(by=lead, idea=idea or proposed(lead), person=other)
    actions.join_authors(by=other, author=author)
    return Author.objects.select_related("idea", "idea__lead", "person").get(pk=author.pk)
