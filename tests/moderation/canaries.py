"""Words of talk and moderation that only some may read."""

from __future__ import annotations

from dataclasses import replace

from moothall.ideas import actions as ideas
from moothall.ideas.models import Idea
from moothall.moderation import actions
from moothall.talk import actions as talk
from tests.ideas.made import WORDS, proposed
from tests.moderation.made import reported
from tests.pages.places import Place
from tests.talk.made import said
from tests.town import Town


def plant(town: Town, place: Place) -> dict[str, set[str]]:
    """By word, who may read it: of what stands, what was taken back, what a steward removed, and what is said by who
    is parted."""
    everybody, stella, bob = set(place.people), place.people["steward"], place.people["blocked"]
    assert stella
    assert bob
    idea = Idea.objects.get(public=place.ids["bens_idea"])
    said(town.noor, idea, "canary-talk-stands")
    said(bob, idea, "canary-of-the-blocked")
    talk.answer(by=town.noor, to=said(bob, idea, "canary-talk-root"), words="canary-under-the-blocked")
    talk.withdraw(by=town.noor, comment=said(town.noor, idea, "canary-talk-taken-back"))
    hidden = said(town.noor, idea, "canary-talk-hidden")
    case = reported(town.ana, hidden, "other", "canary-of-the-report")
    actions.hide(by=stella, case=case, reason="canary-talk-reason")
    gone = proposed(town.noor, replace(WORDS, title="canary-talk-idea"))
    said(town.ben, gone, "canary-under-the-hidden")
    begun = ideas.keep_draft(by=town.ben, words=WORDS, idea=ideas.fork(by=town.ben, idea=gone))
    ideas.propose(by=town.ben, idea=begun)
    ideas.ask_merger(by=town.noor, idea=gone, into=idea)
    other = reported(town.ana, gone)
    actions.hide(by=stella, case=other, reason="canary-talk-why")
    waits = reported(town.ana, said(town.noor, idea, "canary-talk-waits"), "other", "canary-talk-words")
    place.ids |= {"case": case.public, "open_case": waits.public, "removed_idea": gone.public}
    return {
        "canary-talk-stands": everybody,
        "canary-of-the-blocked": everybody - {"member"},
        "canary-under-the-blocked": everybody - {"member"},
        "canary-talk-taken-back": set(),
        "canary-talk-hidden": {"stranger", "steward"},  # who wrote it, and who decides
        "canary-talk-idea": {"stranger"},
        "canary-under-the-hidden": set(),
        "canary-talk-reason": everybody,
        "canary-talk-why": everybody,
        "canary-talk-waits": everybody,
        "canary-talk-words": {"member", "steward"},
        "canary-of-the-report": {"member", "steward"},
    }
