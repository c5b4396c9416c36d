"""What the pages of ideas do with what is typed: it is kept, whatever is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from moothall.core import search
from moothall.ideas import actions
from moothall.ideas.models import Contribution, Idea
from tests.ideas.made import WORDS, contributed, proposed
from tests.town import Town, signed_in

pytestmark = pytest.mark.django_db
TYPED = {"title": "Soup ladle", "problem": "It drips.", "use": "At the table.", "low": "12", "high": "20"}


def sent(client: Client, address: str, **typed: Any) -> Any:
    return client.post(address, typed)


def test_half_a_thought_is_kept_as_a_draft(town: Town) -> None:
    client = signed_in(town.ana)
    answer = sent(client, "/ideas/new", title="Soup l", do="keep")
    draft = Idea.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/ideas/{draft.public}/edit")
    assert 'value="Soup l"' in client.get(answer["Location"]).content.decode()
    assert "Soup l" in client.get("/ideas").content.decode()
    assert "Soup l" not in signed_in(town.ben).get("/ideas").content.decode()


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(town: Town) -> None:
    answer = sent(signed_in(town.ana), "/ideas/new", **TYPED | {"use": ""}, do="propose")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It drips." in page
    assert 'value="Soup ladle"' in page


def test_proposed_from_the_page(town: Town) -> None:
    answer = sent(signed_in(town.ana), "/ideas/new", **TYPED, do="propose")
    idea = Idea.objects.get()
    assert answer["Location"] == f"/ideas/{idea.public}"
    assert (idea.stage, idea.low, idea.high) == (Idea.SHAPE, 1200, 2000)


def test_like_ideas_come_before_it_is_proposed_and_only_once(town: Town) -> None:
    proposed(town.ben)
    list(search.rebuild())
    client = signed_in(town.ana)
    answer = sent(client, "/ideas/new", **TYPED | {"title": "A teapot for the left hand"}, do="propose")
    page = answer.content.decode()
    assert "Somebody may have had it already" in page
    assert "Both-hands teapot" in page
    draft = Idea.objects.get(lead=town.ana)
    assert draft.is_draft, "it is kept meanwhile"
    again = sent(client, f"/ideas/{draft.public}/edit", **TYPED | {"title": draft.title}, do="propose", seen="1")
    assert again["Location"] == f"/ideas/{draft.public}"
    assert Idea.objects.filter(lead=town.ana).count() == 1


def test_a_picture_that_is_none_is_refused_and_the_draft_is_one(town: Town) -> None:
    client, odd = signed_in(town.ana), SimpleUploadedFile("pot.png", b"no picture", "image/png")
    answer = sent(client, "/ideas/new", **TYPED, do="keep", picture=odd)
    assert answer.status_code == 422
    draft = Idea.objects.get()
    page = answer.content.decode()
    assert f'action="/ideas/{draft.public}/edit"' in page, "what is sent next goes on with it"
    assert "It drips." in page


def test_two_at_one_part_are_shown_side_by_side(town: Town) -> None:
    idea = proposed(town.ana)
    one, two = contributed(town.noor, idea), contributed(town.ben, idea, words="At midnight too.")
    client = signed_in(town.ana)
    actions.take_in(by=town.ana, contribution=one, base=1)
    page = client.get(f"/contributions/{two.public}").content.decode()
    assert "What changed there meanwhile" in page
    stale = sent(client, f"/contributions/{two.public}", do="take", words="My own words", base="1")
    assert stale.status_code == 422
    assert "My own words" in stale.content.decode(), "what was edited is kept"
    assert Contribution.objects.get(pk=two.pk).state == Contribution.OPEN


def test_a_version_shows_what_changed_and_whose_it_is(town: Town) -> None:
    idea = proposed(town.ana)
    actions.take_in(by=town.ana, contribution=contributed(town.noor, idea), base=1)
    page = Client().get(f"/ideas/{idea.public}/versions/2").content.decode()
    assert "<ins>" in page
    assert "<del>" in page
    assert town.noor.name in page
    assert WORDS.problem not in page, "only what changed"
    assert Client().get(f"/ideas/{idea.public}/versions/3").status_code == 404


def test_who_backs_is_counted_and_not_named(town: Town) -> None:
    idea = proposed(town.ana)
    sent(signed_in(town.noor), f"/ideas/{idea.public}/backing", level="pay", price="38")
    page = Client().get(f"/ideas/{idea.public}").content.decode()
    assert "Noor" not in page
    assert "£38" in page
    wrong = sent(signed_in(town.ben), f"/ideas/{idea.public}/backing", level="pay", price="a lot")
    assert wrong.status_code == 302
    assert Idea.objects.get().weight == 4
