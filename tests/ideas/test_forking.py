"""Beginning one's own from somebody's idea: it says where it came from and whose words it began with."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from moothall.core.refusals import NotAllowed, Refusal
from moothall.ideas import actions, opened
from moothall.ideas.actions.hiding import hide
from moothall.ideas.models import Idea
from moothall.people import actions as people
from tests.ideas.made import WORDS, contributed, proposed
from tests.town import Town, signed_in

pytestmark = pytest.mark.django_db


def test_it_begins_as_the_version_it_was_begun_from(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    actions.take_in(by=town.ana, contribution=contributed(town.noor, idea), base=1)
    actions.revise(by=town.ana, idea=Idea.objects.get(), words=replace(WORDS, use="At night"), base=2)
    begun = actions.fork(by=town.ben, idea=idea, number=2)
    assert (begun.lead, begun.use, begun.forked_number) == (town.ben, "At breakfast too.", 2)
    assert begun.is_draft
    assert begun.brand == town.brand
    assert actions.fork(by=town.ben, idea=idea, number=2) == begun, "twice is once"
    assert actions.fork(by=town.mira, idea=idea, number=2).brand is None, "a team proposes nothing to itself"
    with pytest.raises(Refusal, match="no such version"):
        actions.fork(by=town.ben, idea=idea, number=9)


def test_it_says_something_else_before_it_is_proposed(town: Town) -> None:
    begun = actions.fork(by=town.ben, idea=proposed(town.ana))
    with pytest.raises(Refusal, match="what is different in yours"):
        actions.propose(by=town.ben, idea=begun)
    own = actions.keep_draft(by=town.ben, words=replace(WORDS, use="At night"), idea=begun)
    assert actions.propose(by=town.ben, idea=own).stands
    assert own.forked_from_id is not None


def test_both_pages_say_so_and_who_shaped_it_before(town: Town) -> None:
    idea = proposed(town.ana, replace(WORDS, title="The first pot"))
    actions.take_in(by=town.ana, contribution=contributed(town.noor, idea), base=1)
    ben = signed_in(town.ben)
    ben.post(f"/ideas/{idea.public}/fork", {"number": "2"})
    begun = Idea.objects.get(lead=town.ben)
    before = Client().get(f"/ideas/{idea.public}").content.decode()
    assert begun.public not in before, "a draft is nobody else's to see"
    typed = {"title": "The second pot", "problem": "P", "use": "U", "seen": "1", "do": "propose"}
    ben.post(f"/ideas/{begun.public}/edit", typed)
    page = Client().get(f"/ideas/{begun.public}").content.decode()
    assert f"/ideas/{idea.public}/versions/2" in page
    assert "Noor Aziz" in page.partition("and before")[2]
    assert "The second pot" in Client().get(f"/ideas/{idea.public}").content.decode()
    found = opened.around(None, Idea.objects.get(pk=begun.pk), [])
    own, earlier = found.shapers, found.before
    assert (own, earlier) == ([town.ben.pk], [town.ana.pk, town.noor.pk])


def test_what_one_does_not_see_one_begins_nothing_from(town: Town) -> None:
    idea = proposed(town.ana)
    draft = actions.keep_draft(by=town.ana, words=WORDS)
    people.block(by=town.ana, whom=town.ben)
    for wrong in (idea, draft):
        with pytest.raises(NotAllowed):
            actions.fork(by=town.ben, idea=wrong)
    with pytest.raises(NotAllowed):
        actions.fork(by=town.brand, idea=idea)


def test_where_it_came_from_is_told_to_who_may_see_that(town: Town) -> None:
    idea = proposed(town.ana, replace(WORDS, title="The first pot"))
    begun = actions.fork(by=town.ben, idea=idea)
    own = actions.keep_draft(by=town.ben, words=WORDS, idea=begun)
    actions.propose(by=town.ben, idea=own)
    people.block(by=town.ana, whom=town.noor)
    page = signed_in(town.noor).get(f"/ideas/{own.public}").content.decode()
    assert "not shown to you" in page
    assert "The first pot" not in page
    assert idea.public not in page
    assert "Ana" not in page


def test_twenty_drafts_are_the_most_here_too(town: Town) -> None:
    idea = proposed(town.ana)
    for _n in range(20):
        actions.keep_draft(by=town.ben, words=WORDS)
    with pytest.raises(Refusal, match="Twenty drafts"):
        actions.fork(by=town.ben, idea=idea)


def test_what_was_removed_is_named_nowhere_near_it(town: Town) -> None:
    stays = proposed(town.ana)
    begun = actions.fork(by=town.noor, idea=stays)
    draft = actions.keep_draft(by=town.noor, words=replace(WORDS, title="Canary fork"), idea=begun)
    fork = actions.propose(by=town.noor, idea=draft)
    like = proposed(town.ben, replace(WORDS, title="Canary pot"))
    contributed(town.noor, like)
    actions.accept_merger(by=town.ana, merger=actions.ask_merger(by=town.ben, idea=like, into=stays))
    places = [f"/ideas/{stays.public}", f"/ideas/{stays.public}/contributions", f"/api/v1/ideas/{stays.public}"]
    seen = "".join(Client().get(place).content.decode() for place in places)
    assert all(word in seen for word in ("Canary fork", "Canary pot", like.public, fork.public))
    for one in (fork, like):
        hide(one.pk, "an advertisement")
    seen = "".join(Client().get(place).content.decode() for place in places)
    assert not any(word in seen for word in ("Canary", like.public, fork.public))
