"""What the pages of ideas do with what is typed: it is kept, whatever is wrong with it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from moothall.core import search
from moothall.ideas import actions
from moothall.ideas.forms import IdeaForm
from moothall.ideas.models import Contribution, Idea
from moothall.people import actions as people
from tests.ideas.made import WORDS, contributed, proposed
from tests.pages.places import file_of
from tests.talk.made import known
from tests.town import Town, acts, signed_in

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
    assert sent(client, f"/contributions/{two.public}", do="take", **hidden(stale), words="My own words")["Location"]
    assert Idea.objects.get().use == "My own words", "a second press goes on from the newest"


def hidden(answer: Any) -> dict[str, str]:
    """What the first form of a page sends unseen."""
    return dict(re.findall(r'<input type="hidden" name="(base|key|note)" value="([^"]*)"', answer.content.decode()))


def test_a_new_version_from_an_old_one_loses_nothing(town: Town) -> None:
    """One part changed here and another there: both stand. The same part: what was typed, beside what changed."""
    idea, client = proposed(town.ana), signed_in(town.ana)
    typed = TYPED | {
        "title": WORDS.title,
        "problem": WORDS.problem,
        "audience": WORDS.audience,
        "low": "25",
        "high": "45",
    }
    actions.take_in(by=town.ana, contribution=contributed(town.noor, idea, part="problem", words="They spill."), base=1)
    stale = sent(client, f"/ideas/{idea.public}/edit", **typed | {"use": "At night"}, base="1")
    page = stale.content.decode()
    assert stale.status_code == 422
    assert "There is a newer version by now" in page
    assert "What changed there meanwhile" in page
    assert ">\nAt night</textarea>" in page
    assert ">\nThey spill.</textarea>" in page, "what was left alone is as it stands now"
    again = typed | {"use": "At night", "problem": "They spill."}
    assert sent(client, f"/ideas/{idea.public}/edit", **again, **hidden(stale))["Location"]
    idea.refresh_from_db()
    assert (idea.number, idea.problem, idea.use) == (3, "They spill.", "At night")


def test_a_draft_that_was_proposed_in_another_tab_becomes_a_version(town: Town) -> None:
    idea, client = proposed(town.ana), signed_in(town.ana)
    late = sent(client, f"/ideas/{idea.public}/edit", **TYPED, do="keep")
    assert late.status_code == 422
    assert "proposed meanwhile, in another tab" in late.content.decode()
    assert "It drips." in late.content.decode()
    assert sent(client, f"/ideas/{idea.public}/edit", **TYPED, **hidden(late))["Location"] == f"/ideas/{idea.public}"
    assert Idea.objects.get().title == "Soup ladle"


def test_a_second_press_makes_no_second_draft(town: Town) -> None:
    client = signed_in(town.ana)
    key = hidden(client.get("/ideas/new"))
    for _press in range(2):
        sent(client, "/ideas/new", **TYPED, **key, do="keep")
    for _press in range(2):
        answer = sent(client, "/ideas/new", **TYPED, **key, do="propose")
        assert answer["Location"] == f"/ideas/{Idea.objects.get().public}"
    assert Idea.objects.get().stands
    sent(client, "/ideas/new", **TYPED, **hidden(client.get("/ideas/new")), do="keep")
    assert Idea.objects.count() == 2, "another form is another draft"


def test_another_picture_alone_is_no_version_and_is_recorded(town: Town) -> None:
    idea, client = proposed(town.ana), signed_in(town.ana)
    same = IdeaForm.initial_of(idea) | {"base": "1", "note": ""}
    answer = sent(client, f"/ideas/{idea.public}/edit", **same, picture=file_of("pot.png"))
    assert answer.status_code == 302
    idea.refresh_from_db()
    assert (idea.number, idea.picture is not None) == (1, True)
    assert len(acts("idea.drawn")) == 1
    sent(client, f"/ideas/{idea.public}/edit", **same, picture=file_of("pot.png"))
    assert len(acts("idea.drawn")) == 1, "the same picture again is no deed"


def test_who_is_parted_is_somebody(town: Town) -> None:
    """Their words stand in the versions; who they are is not the viewer's to know."""
    idea = proposed(town.ana, brand=town.brand)
    actions.take_in(by=town.ana, contribution=contributed(town.noor, idea), base=1)
    people.block(by=town.noor, whom=town.ben)
    people.block(by=town.ben, whom=town.brand)
    client = signed_in(town.ben)
    for address in ("", "/versions", "/versions/2"):
        page = client.get(f"/ideas/{idea.public}{address}").content.decode()
        assert "Noor" not in page, address
        assert "somebody" in page, address
        assert "Tidewater" not in page.partition("<main")[2], address
        assert "Noor" in Client().get(f"/ideas/{idea.public}{address}").content.decode(), address


def test_older_versions_and_contributions_are_reached_page_by_page(town: Town) -> None:
    idea = proposed(town.ana)
    known(town.noor)
    for n in range(1, 31):
        actions.revise(by=town.ana, idea=idea, words=replace(WORDS, use=f"At {n}"), base=n)
        made = contributed(town.noor, idea, part="audience", words=f"For {n}")
        actions.decline(by=town.ana, contribution=made, answer="No.")
    client = Client()
    front = client.get(f"/ideas/{idea.public}").content.decode()
    for what, number in (("versions", 31), ("contributions", 30)):
        address = f"/ideas/{idea.public}/{what}"
        assert f'href="{address}"' in front
        found: set[str] = set()
        link = r"/versions/\d+" if what == "versions" else r"/contributions/\w{10}"
        while address:
            page = client.get(address).content.decode()
            found |= set(re.findall(f'href="[^"]*({link})"', page))
            older = re.search(r'rel="next" href="([^"]+)"', page)
            address = older[1] if older else ""
        assert len(found) == number, what


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
    assert wrong.status_code == 422
    assert 'value="a lot"' in wrong.content.decode(), "what was typed is kept"
    assert "A price is a number" in wrong.content.decode()
    assert Idea.objects.get().weight == 4
