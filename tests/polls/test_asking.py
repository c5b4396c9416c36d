"""Asking: who may, what is refused, how many may be open, and what may be changed once somebody answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from moothall.core import clock, kinds, work
from moothall.core.money import Money
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ideas import actions as ideas
from moothall.people import actions as people
from moothall.people.models import MAKER, MARKETER, SELLER
from moothall.polls import actions, queries
from moothall.polls.models import PRICE, RANKED, Answer, Choice, Poll
from tests.ideas.made import led_by_two, proposed
from tests.polls.made import COLOURS, answered, polled, pounds, question, said
from tests.talk.made import known
from tests.town import Town, acts, take_in

pytestmark = pytest.mark.django_db


def test_asked_once_and_recorded(town: Town) -> None:
    idea = proposed(town.ana)
    poll = polled(town.ana, idea, words="  Say.\n\n\n\nPlease. ")
    assert (poll.words, poll.seat, poll.is_open, poll.brand_id) == ("Say.\n\nPlease.", 1, True, None)
    assert [one.words for one in queries.choices_of(poll)] == list(COLOURS)
    assert polled(town.ana, idea, words="Say.\n\nPlease.") == poll, "pressed twice is once"
    act = acts("poll.asked")[0]
    assert (act.audience, act.reach, act.actor_id, act.data) == ("subject", "public", town.ana.pk, {})
    assert polled(town.ana, idea, choices=("Blue", "Green")) != poll


def test_who_leads_an_idea_asks_and_nobody_else(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    led_by_two(town.ana, town.ben, idea)
    assert polled(town.ben, idea).by == town.ben
    for other in (town.noor, town.mira):
        with pytest.raises(NotAllowed):
            polled(other, idea)
    with pytest.raises(NotAllowed):
        actions.ask(by=town.brand, kind="idea", id=idea.pk, asked=question())
    assert Poll.objects.count() == 1


def test_a_lead_who_is_of_a_team_that_judges_it_does_not_ask(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    take_in(by=town.mira, brand=town.brand, person=town.ana, role=MARKETER)
    with pytest.raises(NotAllowed):
        polled(town.ana, idea)


@pytest.mark.parametrize(("role", "may"), [(MAKER, True), (SELLER, False), (MARKETER, False)])
def test_owners_and_makers_ask_about_their_products_in_the_brands_name(town: Town, role: str, may: bool) -> None:
    product = town.product()
    take_in(by=town.mira, brand=town.brand, person=town.ben, role=role)
    assert queries.may_ask(town.ben, "product", product.pk) is may
    assert not queries.may_ask(town.noor, "product", product.pk)
    poll = polled(town.mira, product)
    assert poll.brand == town.brand
    act = acts("poll.asked")[0]
    assert (act.actor_id, act.hand_id, act.channel) == (town.brand.pk, town.mira.pk, "shop")


def test_nothing_else_has_questions(town: Town) -> None:
    for kind, id in (("profile", town.ana.pk), ("nothing", 1)):
        with pytest.raises(NotAllowed):
            actions.ask(by=town.ana, kind=kind, id=id, asked=question())


@pytest.mark.parametrize(
    ("like", "field"),
    [
        ({"question": " \u200b"}, "question"),
        ({"question": "x" * 141}, "question"),
        ({"words": "x" * 1001}, "words"),
        ({"choices": ("One",)}, "choices"),
        ({"choices": tuple("abcdefghi")}, "choices"),
        ({"choices": ("Blue", " blue ")}, "choices"),
        ({"choices": ("Blue", "x" * 81)}, "choices"),
        ({"shown": "never"}, "shown"),
        ({"sort": "guess"}, "sort"),
        ({"sort": PRICE, "prices": pounds(20, 30)}, "prices"),
        ({"sort": PRICE, "prices": pounds(1, 2, 3, 4, 5, 6, 7, 8)}, "prices"),
        ({"sort": PRICE, "prices": pounds(20, 40, 30)}, "prices"),
        ({"sort": PRICE, "prices": pounds(20, 20, 30)}, "prices"),
        ({"sort": PRICE, "prices": pounds(0, 20, 30)}, "prices"),
        ({"sort": PRICE, "prices": [Money(1, "EUR"), *pounds(20, 30)]}, "prices"),
    ],
)
def test_what_cannot_be_asked_is_refused_beside_its_field(town: Town, like: dict[str, Any], field: str) -> None:
    idea = proposed(town.ana)
    with pytest.raises(BadInput) as refused:
        polled(town.ana, idea, **like)
    assert refused.value.field == field
    assert not Poll.objects.exists()


@pytest.mark.parametrize("days", [0, -1, 90.001])
def test_it_ends_ahead_and_within_ninety_days(town: Town, days: float) -> None:
    with pytest.raises(BadInput) as refused:
        polled(town.ana, proposed(town.ana), closes=clock.now() + timedelta(days=days))
    assert refused.value.field == "closes"


def test_five_are_open_at_most_and_one_price_question(town: Town) -> None:
    idea = proposed(town.ana)
    first = polled(town.ana, idea, PRICE)
    with pytest.raises(Refusal, match="open price question"):
        polled(town.ana, idea, PRICE, question="And now?")
    for number in range(4):
        polled(town.ana, idea, question=f"Number {number}?")
    with pytest.raises(Refusal, match="Five"):
        polled(town.ana, idea, question="A sixth?")
    actions.close(by=town.ana, poll=first)
    again = polled(town.ana, idea, PRICE, question="And now?")
    assert again.seat == 1
    assert set(Poll.objects.exclude(seat=None).values_list("seat", flat=True)) == {1, 2, 3, 4, 5}
    polled(town.ben, proposed(town.ben))


def test_newcomers_ask_less_often(town: Town) -> None:
    one, other = proposed(town.ana), proposed(town.ana)
    for number in range(actions.NEW_A_DAY):
        actions.ask(by=town.ana, kind="idea", id=one.pk, asked=question(question=f"Number {number}?"))
    with pytest.raises(Refusal, match="You are new here"):
        actions.ask(by=town.ana, kind="idea", id=other.pk, asked=question(question="One more?"))


def test_it_is_changed_until_somebody_answers(town: Town) -> None:
    poll = polled(town.ana, proposed(town.ana))
    stale = said(poll, 0)
    actions.reword(by=town.ana, poll=poll, asked=question(question="Which two?", choices=("Red", "Blue"), several=True))
    assert (poll.question, poll.several) == ("Which two?", True)
    with pytest.raises(Refusal, match="changed meanwhile"):
        actions.answer(by=town.ben, poll=poll, said=stale)  # "Blue" of a form that said another question
    assert not Answer.objects.exists()
    answered(poll, town.ben, 1)
    with pytest.raises(Refusal, match="answered it meanwhile"):
        actions.reword(by=town.ana, poll=poll, asked=question(question="Which three?"))
    with pytest.raises(Refusal, match="answered it meanwhile"):
        actions.withdraw(by=town.ana, poll=poll)
    poll.refresh_from_db()
    assert (poll.question, poll.withdrawn) == ("Which two?", None)
    assert [one.words for one in Choice.objects.filter(poll=poll).order_by("position")] == ["Red", "Blue"]


def test_its_sort_stays(town: Town) -> None:
    poll = polled(town.ana, proposed(town.ana))
    with pytest.raises(BadInput):
        actions.reword(by=town.ana, poll=poll, asked=question(RANKED))


def test_words_are_added_and_never_too_many(town: Town) -> None:
    poll = answered(polled(town.ana, proposed(town.ana), words="Say."), town.ben, 0)
    actions.add_words(by=town.ana, poll=poll, words="In daylight.")
    assert poll.words == "Say.\n\nIn daylight."
    assert poll.added
    for words in ("", "x" * 990):
        with pytest.raises(BadInput):
            actions.add_words(by=town.ana, poll=poll, words=words)
    with pytest.raises(NotAllowed):
        actions.add_words(by=town.ben, poll=poll, words="Mine")


def test_one_that_nobody_answered_is_taken_back(town: Town) -> None:
    poll = polled(town.ana, proposed(town.ana))
    with pytest.raises(NotAllowed):
        actions.withdraw(by=town.ben, poll=poll)
    actions.withdraw(by=town.ana, poll=poll)
    assert queries.opened(town.ana, poll.public) is None
    assert len(acts("poll.withdrawn")) == 1
    with pytest.raises(NotAllowed):
        answered(poll, town.ben, 0)


def test_only_who_leads_it_closes_it_and_twice_is_once(town: Town) -> None:
    poll = answered(polled(town.ana, proposed(town.ana)), town.ben, 0)
    with pytest.raises(NotAllowed):
        actions.close(by=town.ben, poll=poll)
    actions.close(by=town.ana, poll=poll)
    actions.close(by=town.ana, poll=poll)
    assert len(acts("poll.closed")) == 1
    with pytest.raises(Refusal, match="over"):
        answered(poll, town.noor, 0)
    with pytest.raises(Refusal, match="over"):
        actions.take_back(by=town.ben, poll=poll)
    with pytest.raises(Refusal, match="over"):
        actions.add_words(by=town.ana, poll=poll, words="Late")


def test_the_worker_closes_it_once_by_the_clock(town: Town) -> None:
    poll = polled(town.ana, proposed(town.ana))
    work.do_due()
    assert Poll.objects.get().closed is None
    clock.move(poll.closes + timedelta(seconds=1))
    work.do_due()
    work.do_due()
    poll.refresh_from_db()
    assert poll.closed
    assert poll.seat is None
    assert [one.actor.sort for one in acts("poll.closed")] == ["hall"]


def test_what_is_not_seen_has_no_questions(town: Town) -> None:
    idea = proposed(town.ana)
    poll = polled(town.ana, idea)
    people.block(by=town.ana, whom=town.noor)
    assert queries.opened(town.noor, poll.public) is None
    assert queries.opened(town.ben, poll.public)
    ideas.withdraw(by=town.ana, idea=idea)
    for viewer in (None, town.ben, town.ana):
        assert queries.opened(viewer, poll.public) is None
        assert not kinds.cards("poll", viewer, [poll.pk])
    ideas.bring_back(by=town.ana, idea=idea)
    assert queries.opened(None, poll.public)
    actions.hide(poll.pk, "Advertising")
    assert queries.opened(town.ana, poll.public) is None
    assert not actions.hide(poll.pk, "Twice")
    assert actions.unhide(poll.pk)
    assert queries.opened(None, poll.public)


def test_a_new_lead_has_the_question_in_hand(town: Town) -> None:
    """Who leads it changes; what was asked stays, and is the new lead's to close."""
    idea = proposed(town.ana)
    poll = polled(town.ana, idea)
    author = led_by_two(town.ana, town.ben, idea)
    ideas.offer_lead(by=town.ana, author=author)
    author.refresh_from_db()
    ideas.take_lead(by=town.ben, author=author)
    known(town.ben)
    actions.close(by=town.ben, poll=poll)
    assert Poll.objects.get().closed
