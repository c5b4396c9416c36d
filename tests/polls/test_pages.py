"""The pages of questions: what is typed is kept, what is shown waits for its time, and nothing says who said what."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from moothall.core import clock
from moothall.core.money import Money
from moothall.ideas import actions as ideas
from moothall.moderation import actions as moderation
from moothall.people import actions as people
from moothall.people.models import Account, Profile
from moothall.polls import queries
from moothall.polls.models import ALWAYS, PRICE, RANKED, Answer, Poll
from tests.api.callers import Till
from tests.ideas.gated import at_gate
from tests.ideas.made import proposed
from tests.polls.made import answered, crowd, polled
from tests.talk.made import known
from tests.town import Town, signed_in

pytestmark = pytest.mark.django_db
ASKED = {"question": "Which wood?", "words": "For the lid.", "days": "7", "shown": "over"}


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def at(poll: Poll) -> str:
    return f"/polls/{poll.public}"


def test_asked_answered_changed_and_closed_by_its_pages(town: Town) -> None:
    idea = proposed(town.ana)
    there = f"/ideas/{idea.public}/polls"
    ana, ben = signed_in(town.ana), signed_in(town.ben)
    assert there in page(Client(), f"/ideas/{idea.public}")
    assert "Nothing is asked yet" in page(ben, there)
    assert "Ask everybody" not in page(ben, f"{there}?sort=options")
    assert "Ask everybody" in page(ana, f"{there}?sort=options")
    choices = {"sort": "options", "choice_1": "Oak", "choice_2": "Ash"}
    assert ana.post(there, ASKED | choices).status_code == 302
    poll = Poll.objects.get()
    assert "Which wood?" in page(Client(), there)
    assert "Sign in to answer" in page(Client(), at(poll))
    oak, ash = queries.choices_of(poll)
    assert ben.post(at(poll), {"do": "answer", "choice": oak.public}).status_code == 302
    assert "Change it" in page(ben, at(poll))
    assert "you answered" in page(ben, there)
    assert "checked" in page(ben, f"{at(poll)}?do=change")
    assert ben.post(at(poll), {"do": "answer", "choice": ash.public}).status_code == 302
    assert "when it is over" in page(ben, at(poll))
    assert ana.post(at(poll), {"do": "words", "words": "And for the handle."}).status_code == 302
    assert "And for the handle." in page(ben, at(poll))
    assert ana.post(f"{at(poll)}/end").status_code == 302
    assert "1, 100 %" in page(Client(), at(poll))
    assert ben.post(at(poll), {"do": "answer", "choice": oak.public}).status_code in (302, 409)
    assert queries.results(Poll.objects.get(), [oak, ash]).counts == (0, 1)


@pytest.mark.parametrize(
    ("sort", "typed", "said"),
    [
        ("options", {"choice_1": "Oak", "choice_2": "oak"}, "Two of the choices are the same."),
        ("ranked", {"choice_1": "Oak", "choice_2": ""}, "This field is required."),
        ("price", {"choice_1": "20", "choice_2": "a lot", "choice_3": "40"}, "A price is a number"),
        ("price", {"choice_1": "20", "choice_2": "40", "choice_3": "30"}, "each higher than the one before"),
        ("options", {"choice_1": "Oak", "choice_2": "Ash", "days": "91"}, "less than or equal to 90"),
    ],
)
def test_what_was_typed_is_kept_beside_what_is_wrong(town: Town, sort: str, typed: dict[str, str], said: str) -> None:
    idea = proposed(town.ana)
    answer = signed_in(town.ana).post(f"/ideas/{idea.public}/polls", ASKED | typed | {"sort": sort})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    for value in (ASKED | typed).values():
        assert f'value="{value}"' in text or f">\n{value}<" in text or value in ("", "over")
    assert re.search(r'value="over"[^>]*checked', text)
    assert not Poll.objects.exists()


def test_ranking_says_what_is_wrong_with_the_places(town: Town) -> None:
    poll = polled(town.ana, proposed(town.ana), RANKED)
    names = [one.public for one in queries.choices_of(poll)]
    client = signed_in(town.ben)
    for typed, said in (
        ({"place_1": "", "place_2": names[0]}, "Say what you put first."),
        ({"place_1": names[0], "place_2": "", "place_3": names[1]}, "Fill this place before the next ones."),
        ({"place_1": names[0], "place_2": names[0]}, "It has a better place already."),
        ({"place_1": "nothing"}, "The question was changed meanwhile."),
    ):
        answer = client.post(at(poll), {"do": "answer"} | typed)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        for value in typed.values():
            assert value in ("", "nothing") or f'value="{value}" selected' in answer.content.decode()
    assert not Answer.objects.exists()
    assert client.post(at(poll), {"do": "answer", "place_1": names[2], "place_2": names[0]}).status_code == 302
    answered(poll, town.noor, 0, 2)
    answered(poll, town.mira, 2)
    assert "Red comes out first." in page(client, at(poll))


def test_a_price_question_from_the_form_to_the_range(town: Town) -> None:
    product = town.product()
    there = f"/@tidewater/{product.slug}/polls"
    known(town.mira)
    mira, guest = signed_in(town.mira), Client()
    assert there in page(guest, f"/@tidewater/{product.slug}")
    prices = {"sort": "price", "choice_1": "20", "choice_2": "30", "choice_3": "40"}
    assert mira.post(there, ASKED | prices | {"shown": "always"}).status_code == 302
    poll = Poll.objects.get()
    assert "what you would pay is no evidence here" in page(mira, at(poll))
    names = [one.public for one in queries.choices_of(poll)]
    for number, who in enumerate(crowd(10)):
        client = signed_in(who)
        # nine buy at 20, six at 30, three at 40; one says no at 20 and yes at 40
        yes = (number < 9, number < 6, number < 3 or number == 9)
        said = {f"price_{name}": "yes" if one else "no" for name, one in zip(names, yes, strict=True)}
        lacks = client.post(at(poll), {"do": "answer"} | dict(list(said.items())[:2]))
        assert "Say yes or no." in lacks.content.decode()
        assert client.post(at(poll), {"do": "answer"} | said).status_code == 302
        text = page(guest, at(poll))
        assert ('<svg class="curve"' in text) == (number >= 4)
    assert "Acceptable: £20 to £30." in text
    assert "10 people answered." in text
    assert "One said no at a price and yes at a higher one" in text
    assert "At £20 90 % would buy it. At £30 60 % would buy it." in text


def test_where_a_poll_is_open_to_nobody_it_is_not_there(town: Town) -> None:
    idea = proposed(town.ana)
    poll = polled(town.ana, idea)
    people.make_steward(account=Account.objects.get(profile=town.mira))
    case = moderation.report(by=town.ben, kind="poll", id=poll.pk, sort="spam").case
    moderation.hide(by=town.mira, case=case, reason="It sells kettles.")
    for client in (Client(), signed_in(town.ana)):
        assert client.get(at(poll)).status_code == 404
        assert "Which one?" not in page(client, f"/ideas/{idea.public}/polls")
    assert "A question" in page(Client(), "/moderation")
    case.refresh_from_db()
    moderation.restore(by=town.mira, case=case, answer="It does not.")
    assert "Which one?" in page(Client(), at(poll))
    ideas.withdraw(by=town.ana, idea=idea)
    assert signed_in(town.ana).get(at(poll)).status_code == 404
    assert Client().get(f"/ideas/{idea.public}/polls").status_code == 404


def test_the_gate_names_the_price_question_and_adds_nothing_of_it(town: Town) -> None:
    gate = at_gate(town)
    before = page(Client(), f"/gates/{gate.public}")
    poll = polled(town.ana, gate.idea, PRICE, shown=ALWAYS, question="At which price?")
    for who in crowd(3):
        answered(poll, who, True, True, True)
    after = page(Client(), f"/gates/{gate.public}")
    assert "At which price?" in after
    assert "3 people answered this price question." in after
    assert re.sub(r'<p class="small"><a href="/polls/.*?</p>', "", after).count("would") == before.count("would")
    assert "3 said what they would pay." in before
    assert "3 said what they would pay." in after


def everything(viewer: Profile | None, poll: Poll, idea_page: str) -> str:
    """All that the pages and the API say of a poll to somebody."""
    client = signed_in(viewer) if viewer else Client()
    pages = "".join(page(client, one) for one in (at(poll), idea_page, f"{idea_page}/polls"))
    api = Till(viewer) if viewer else None
    told = [api.get(one) for one in (f"/polls/{poll.public}", f"{idea_page}/polls")] if api else []
    # A token of a form is new each time.
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", pages) + json.dumps(told)


@pytest.mark.parametrize("sort", ["options", RANKED, PRICE])
def test_no_page_or_call_tells_who_said_what(town: Town, sort: str) -> None:
    """Two people who answer change what they said with each other: everybody else, and who asks, sees the very same."""
    idea = proposed(town.ana)
    poll = polled(town.ana, idea, sort, shown=ALWAYS)
    one, other = ((True, True, False), (False, False, False)) if sort == PRICE else ((0,), (2,))
    for who in crowd(5):
        answered(poll, who, *one)
    clock.move(clock.now() + timedelta(seconds=5))

    def told() -> list[str]:
        return [everything(viewer, poll, f"/ideas/{idea.public}") for viewer in (None, town.ana, town.mira)]

    answered(poll, town.ben, *one)
    answered(poll, town.noor, *other)
    before = told()
    answered(poll, town.ben, *other)
    answered(poll, town.noor, *one)
    assert told() == before
    for text in before:
        assert "Ben Cole" not in text
        assert "noor" not in text.lower()


def test_the_api_asks_answers_and_tells(town: Town) -> None:
    idea = proposed(town.ana)
    ana, ben = Till(town.ana), Till(town.ben)
    closes = (clock.now() + timedelta(days=3)).isoformat()
    body: dict[str, Any] = {"sort": "ranked", "question": "Which?", "choices": ["Oak", "Ash", "Elm"], "closes": closes}
    made = ana.ask("POST", f"/ideas/{idea.public}/polls", body)
    assert made["open"]
    oak, ash, elm = (one["id"] for one in made["choices"])
    there = f"/polls/{made['id']}"
    hidden = Till(town.noor).get(there)
    assert hidden["results"] is None
    told = ben.ask("PUT", f"{there}/answer", {"choices": [elm, oak]}, status=200)
    assert [one["choice"] for one in told["mine"]] == [elm, oak]
    assert told["results"]["winner"] == elm
    assert told["results"]["rounds"][0]["firsts"] == [
        {"choice": oak, "people": 0},
        {"choice": ash, "people": 0},
        {"choice": elm, "people": 1},
    ]
    ben.ask("PUT", f"{there}/answer", {"choices": [elm, elm]}, status=422)
    assert Till(town.noor).get(there)["mine"] == []
    assert ben.ask("DELETE", f"{there}/answer", status=200)["answers"] == 0
    assert ana.ask("POST", f"{there}/end", status=200)["open"] is False
    ben.ask("PUT", f"{there}/answer", {"choices": [elm]}, status=409)


def test_the_api_tells_prices_in_minor_units(town: Town) -> None:
    poll = polled(town.ana, proposed(town.ana), PRICE, shown=ALWAYS)
    for who in crowd(5):
        answered(poll, who, True, True, False)
    told = Till(town.noor).get(f"/polls/{poll.public}")
    assert [one["price"] for one in told["choices"]] == [{"minor": n, "currency": "GBP"} for n in (2000, 3000, 4000)]
    assert [(one["people"], one["index"], one["acceptable"]) for one in told["results"]["prices"]] == [
        (5, 67, False),
        (5, 100, True),
        (0, 0, False),
    ]
    assert Money(told["results"]["prices"][1]["price"]["minor"], "GBP").text == "£30"
