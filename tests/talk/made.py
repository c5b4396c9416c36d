"""What the tests of talk begin with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from moothall.core import clock
from moothall.ideas.models import Idea
from moothall.people.models import Profile
from moothall.talk import actions
from moothall.talk.models import Comment
from tests.ideas.made import proposed

LONG_AGO = timedelta(days=30)


def idea_of(lead: Profile, brand: Profile | None = None) -> Idea:
    return proposed(lead, brand=brand)


def said(by: Profile, idea: Idea, words: str = "It drips on the left side.", **more: Any) -> Comment:
    return actions.say(by=by, kind="idea", id=idea.pk, words=words, **more)


def known(*people: Profile) -> None:
    """They have been here for a while."""
    for one in people:
        one.since = clock.now() - LONG_AGO
        one.save(update_fields=["since"])
