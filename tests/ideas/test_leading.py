"""An idea is led by several who said yes; the lead passes when it is taken; nothing of theirs is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from moothall.config.invariants import offenders
from moothall.core import clock
from moothall.core.money import Money
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ideas import actions, queries
from moothall.ideas.gates import Gate
from moothall.ideas.models import Author, Backing, Idea, Merger, Version
from moothall.people import actions as people
from tests.ideas.gated import at_gate, judged
from tests.ideas.made import WORDS, contributed, led_by_two, proposed
from tests.rows import state
from tests.town import Town, acts, person, signed_in, take_in

pytestmark = pytest.mark.django_db


def fresh(idea: Idea) -> Idea:
    return Idea.objects.select_related("lead").get(pk=idea.pk)


def test_who_leads_with_them_writes_and_answers(town: Town) -> None:
    author = led_by_two(town.ana, town.ben)
    idea = fresh(author.idea)
    actions.revise(by=town.ben, idea=idea, words=replace(WORDS, use="At night"), base=1)
    actions.take_in(by=town.ben, contribution=contributed(town.noor, idea, part="title", words="Teapot"), base=2)
    actions.decline(by=town.ben, contribution=contributed(town.noor, idea, part="title", words="Pot"), answer="No.")
    actions.draw(by=town.ben, idea=idea, picture=None)
    assert [one.by for one in Version.objects.filter(idea=idea).order_by("number")] == [town.ana, town.ben, town.noor]
    assert [len(acts(f"author.{verb}")) for verb in ("invited", "joined")] == [1, 1]


def test_the_rest_stays_with_the_lead(town: Town) -> None:
    idea = led_by_two(town.ana, town.ben).idea
    author = led_by_two(town.ana, town.noor, idea)
    other = proposed(town.ben)
    for do in (
        lambda: actions.withdraw(by=town.ben, idea=idea),
        lambda: actions.ask_merger(by=town.ben, idea=idea, into=other),
        lambda: actions.invite_author(by=town.ben, idea=idea, person=town.mira),
        lambda: actions.offer_lead(by=town.ben, author=author),
        lambda: actions.leave_authors(by=town.ben, author=author),
        lambda: actions.keep_lead(by=town.ben, author=author),
        lambda: actions.take_lead(by=town.ben, author=author),
    ):
        with pytest.raises(NotAllowed):
            do()
    with pytest.raises(Refusal, match="It is yours"):
        contributed(town.ben, idea)
    assert actions.back(by=town.ben, idea=idea, level="like")


def test_nobody_leads_who_did_not_say_yes(town: Town) -> None:
    idea = proposed(town.ana)
    asked = actions.invite_author(by=town.ana, idea=idea, person=town.ben)
    assert actions.invite_author(by=town.ana, idea=idea, person=town.ben) == asked, "twice is once"
    with pytest.raises(NotAllowed):
        actions.revise(by=town.ben, idea=idea, words=replace(WORDS, use="At night"), base=1)
    with pytest.raises(NotAllowed, match="Somebody else was invited"):
        actions.join_authors(by=town.noor, author=asked)
    actions.leave_authors(by=town.ben, author=asked)
    actions.join_authors(by=town.ben, author=asked)
    assert Author.objects.get().state == Author.LEFT
    with pytest.raises(BadInput, match="Ask again in a week"):
        actions.invite_author(by=town.ana, idea=idea, person=town.ben)
    clock.move(clock.now() + timedelta(days=8))
    assert actions.invite_author(by=town.ana, idea=idea, person=town.ben).state == Author.INVITED


def test_who_cannot_be_asked(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    people.block(by=town.ana, whom=town.ben)
    for wrong, said in ((town.ben, "nobody of that name"), (town.ana, "lead it already"), (town.mira, "team")):
        with pytest.raises(BadInput, match=said) as refused:
            actions.invite_author(by=town.ana, idea=idea, person=wrong)
        assert refused.value.field == "handle"
    with pytest.raises(BadInput, match="nobody of that name"):
        actions.invite_author(by=town.ana, idea=idea, person=town.brand)
    draft = actions.keep_draft(by=town.ana, words=WORDS)
    with pytest.raises(Refusal, match="Only an idea that stands"):
        actions.invite_author(by=town.ana, idea=draft, person=town.noor)
    for n in range(10):
        actions.invite_author(by=town.ana, idea=idea, person=person(f"Friend {n}", f"friend-{n}"))
    with pytest.raises(Refusal, match="Ten are the most"):
        actions.invite_author(by=town.ana, idea=idea, person=town.noor)


def test_who_joined_the_team_meanwhile_does_not_lead(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    asked = actions.invite_author(by=town.ana, idea=idea, person=town.ben)
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="maker")
    with pytest.raises(NotAllowed, match="team that judges"):
        actions.join_authors(by=town.ben, author=asked)


def test_the_lead_passes_when_it_is_taken(town: Town) -> None:
    author = led_by_two(town.ana, town.ben)
    idea = author.idea
    actions.back(by=town.ben, idea=idea, level="pay", price=Money(3000, "GBP"))
    with pytest.raises(Refusal, match="not offered"):
        actions.take_lead(by=town.ben, author=author)
    for _twice in range(2):
        actions.offer_lead(by=town.ana, author=author)
    actions.take_lead(by=town.ben, author=author)
    now = fresh(idea)
    assert (now.lead, now.weight, now.pays) == (town.ben, 0, 0), "one is no voice for what one leads"
    assert [one.person for one in queries.authors_of(now)] == [town.ana]
    assert Author.objects.get(person=town.ben).state == Author.LEFT, "what was offered and taken is still told of"
    actions.revise(by=town.ana, idea=now, words=replace(WORDS, use="At night"), base=1)
    with pytest.raises(NotAllowed):
        actions.withdraw(by=town.ana, idea=now)
    actions.withdraw(by=town.ben, idea=now)
    assert [len(acts(f"lead.{verb}")) for verb in ("offered", "passed")] == [1, 1]
    assert offenders() == {}


def test_an_offer_ends_with_another_or_a_no(town: Town) -> None:
    one = led_by_two(town.ana, town.ben)
    two = led_by_two(town.ana, town.noor, one.idea)
    actions.offer_lead(by=town.ana, author=one)
    actions.offer_lead(by=town.ana, author=two)
    with pytest.raises(Refusal, match="not offered"):
        actions.take_lead(by=town.ben, author=one)
    actions.keep_lead(by=town.noor, author=two)
    actions.keep_lead(by=town.ana, author=two)
    assert len(acts("lead.kept")) == 1
    with pytest.raises(Refusal, match="not offered"):
        actions.take_lead(by=town.noor, author=two)


def test_the_lead_of_a_merged_idea_passes_too(town: Town) -> None:
    into = proposed(town.noor)
    author = led_by_two(town.ana, town.ben)
    actions.back(by=town.ben, idea=author.idea, level="like")
    asked = actions.ask_merger(by=town.ana, idea=author.idea, into=into)
    actions.accept_merger(by=town.noor, merger=asked)
    actions.offer_lead(by=town.ana, author=author)
    actions.take_lead(by=town.ben, author=author)
    assert fresh(into).weight == 0
    assert offenders() == {}


def test_what_becomes_of_the_ideas_of_who_goes(town: Town) -> None:
    led = led_by_two(town.ana, town.ben).idea
    led_by_two(town.ana, town.noor, led)
    alone, into = proposed(town.ana), proposed(town.mira)
    actions.keep_draft(by=town.ana, words=WORDS)
    actions.back(by=town.noor, idea=alone, level="like")
    asked = actions.ask_merger(by=town.ana, idea=alone, into=into)
    actions.accept_merger(by=town.mira, merger=asked)
    joined = led_by_two(town.mira, town.ana, into)
    actions.pass_on(by=town.ana)
    assert fresh(led).lead == town.ben, "who stood by it longest"
    assert fresh(alone).stage == Idea.WITHDRAWN
    assert fresh(into).weight == 0
    assert not Idea.objects.filter(lead=town.ana, stage=Idea.DRAFT).exists()
    assert Author.objects.get(pk=joined.pk).state == Author.LEFT
    assert Backing.objects.filter(idea=alone).count() == 1, "voices stay"
    actions.pass_on(by=town.ana)
    assert offenders() == {}


def test_a_merged_idea_does_not_go_with_the_other_lead(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ben)
    asked = actions.ask_merger(by=town.ana, idea=one, into=two)
    actions.accept_merger(by=town.ben, merger=asked)
    actions.pass_on(by=town.ben)
    assert (fresh(one).stage, fresh(two).stage) == (Idea.SHAPE, Idea.WITHDRAWN)
    assert Merger.objects.get().state == Merger.ENDED
    assert offenders() == {}


def test_asked_and_answered_on_the_pages(town: Town) -> None:
    idea = proposed(town.ana)
    ana, ben = signed_in(town.ana), signed_in(town.ben)
    address = f"/ideas/{idea.public}/authors"
    wrong = ana.post(address, {"handle": "@nobody"})
    assert (wrong.status_code, "nobody of that name" in said(wrong), "@nobody" in said(wrong)) == (422, True, True)
    assert ben.get(address).status_code == 404
    ana.post(address, {"handle": "@ben"})
    author = Author.objects.get()
    assert "You are asked to lead it with them" in said(ben.get(address))
    assert "You are asked to lead it with them" in said(ben.get(f"/ideas/{idea.public}"))
    ben.post(f"/authors/{author.public}/standing")
    assert "leads it too" in said(Client().get(f"/ideas/{idea.public}"))
    ana.post(f"/authors/{author.public}/offer")
    assert "The lead is offered to you" in said(ben.get(address))
    ben.post(f"/authors/{author.public}/lead")
    assert fresh(idea).lead == town.ben
    old = Author.objects.get(person=town.ana)
    ana.post(f"/authors/{old.public}/end")
    assert Author.objects.get(person=town.ana).state == Author.LEFT
    assert ana.get(f"/ideas/{idea.public}/edit").status_code == 404


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_who_leads_it_and_is_parted_is_not_named(town: Town) -> None:
    idea = led_by_two(town.ana, town.noor).idea
    people.block(by=town.noor, whom=town.ben)
    assert "Noor" not in said(signed_in(town.ben).get(f"/ideas/{idea.public}"))
    assert queries.writes(town.noor, idea)


def test_who_led_it_when_they_read_it_does_nothing_of_a_leads_any_more(town: Town) -> None:
    """The page was open while the lead passed: what counts is who leads it when it is done."""
    gate = judged(town, at_gate(town), "go")
    idea, other = gate.idea, proposed(town.noor)
    asked = actions.ask_merger(by=town.noor, idea=other, into=idea)
    mine = actions.ask_merger(by=town.ana, idea=idea, into=other)
    author = led_by_two(town.ana, town.ben, idea)
    stale = Gate.objects.select_related("idea__lead", "brand").get(pk=gate.pk)
    mergers = {one.pk: one for one in Merger.objects.select_related("idea__lead", "into__lead")}
    actions.offer_lead(by=town.ana, author=author)
    actions.take_lead(by=town.ben, author=author)
    before = state()
    for do in (
        lambda: actions.invite_author(by=town.ana, idea=stale.idea, person=town.noor),
        lambda: actions.offer_lead(by=town.ana, author=author),
        lambda: actions.leave_authors(by=town.ana, author=author),
        lambda: actions.keep_lead(by=town.ana, author=author),
        lambda: actions.ask_merger(by=town.ana, idea=stale.idea, into=other),
        lambda: actions.accept_merger(by=town.ana, merger=mergers[asked.pk]),
        lambda: actions.decline_merger(by=town.ana, merger=mergers[asked.pk]),
        lambda: actions.take_back_merger(by=town.ana, merger=mergers[mine.pk]),
        lambda: actions.withdraw(by=town.ana, idea=stale.idea),
        lambda: actions.appeal(by=town.ana, gate=stale, words="Why"),
        lambda: actions.accept(by=town.ana, gate=stale),
        lambda: actions.come_again(by=town.ana, gate=stale),
    ):
        with pytest.raises(NotAllowed):
            do()
        assert state() == before
