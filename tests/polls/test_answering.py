"""Answering: one person is one answer, whatever they do; and nobody learns who said what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from moothall.activity.models import Act
from moothall.core import clock
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ideas import actions as ideas
from moothall.ideas.models import Idea
from moothall.people import actions as people
from moothall.people.models import AGENT, Profile, Tally
from moothall.polls import actions, panels, queries
from moothall.polls.actions import Said
from moothall.polls.forms import in_order_for
from moothall.polls.models import AFTER, ALWAYS, OPTIONS, OVER, PRICE, RANKED, Answer, Pick, Poll
from tests.ideas.made import led_by_two, proposed
from tests.polls.made import answered, counts, polled
from tests.town import Town, acts, person, take_in

pytestmark = pytest.mark.django_db


def test_one_person_is_one_answer_and_the_last_one_counts(town: Town) -> None:
    poll = polled(town.ana, proposed(town.ana))
    answered(poll, town.ben, 0)
    answered(poll, town.noor, 2)
    answered(poll, town.ben, 2)
    assert poll.answers == 2
    assert counts(poll) == (0, 0, 2)
    actions.take_back(by=town.ben, poll=poll)
    actions.take_back(by=town.ben, poll=poll)
    poll.refresh_from_db()
    assert (poll.answers, counts(poll)) == (1, (0, 0, 1))
    assert len(acts("poll.taken_back")) == 1


def test_several_may_be_chosen_where_it_says_so(town: Town) -> None:
    idea = proposed(town.ana)
    one, several = polled(town.ana, idea), polled(town.ana, idea, several=True)
    with pytest.raises(BadInput, match="one of them only"):
        answered(one, town.ben, 0, 1)
    answered(several, town.ben, 0, 1)
    answered(several, town.noor, 1)
    assert (several.answers, counts(several)) == (2, (1, 2, 0))


@pytest.mark.parametrize("sort", [OPTIONS, RANKED, PRICE])
def test_an_answer_that_is_none_is_refused_and_changes_nothing(town: Town, sort: str) -> None:
    poll = polled(town.ana, proposed(town.ana), sort)
    answered(poll, town.ben, *([True, True, False] if sort == PRICE else [0]))
    names = [one.public for one in queries.choices_of(poll)]
    wrong = [Said(), Said(choices=[names[0], names[0]]), Said(choices=["nothing"]), Said(prices={names[0]: True})]
    for one in [Said(choices=names[:1]), *wrong] if sort == PRICE else wrong:
        with pytest.raises(Refusal):
            actions.answer(by=town.ben, poll=poll, said=one)
    with pytest.raises(Refusal):
        actions.answer(by=town.noor, poll=poll, said=Said(choices=["nothing"]))
    assert Answer.objects.count() == 1
    assert Pick.objects.count() == (3 if sort == PRICE else 1)


def test_part_of_the_choices_may_be_ranked(town: Town) -> None:
    poll = polled(town.ana, proposed(town.ana), RANKED)
    answered(poll, town.ben, 2, 0)
    assert [(one.place, one.choice.position) for one in queries.picks_of(town.ben, poll)] == [(1, 2), (2, 0)]
    runoff = queries.results(poll, queries.choices_of(poll)).runoff
    assert runoff
    assert runoff.winner == 2


def test_who_leads_judges_or_sells_it_says_no_price(town: Town) -> None:
    """Everything else they answer as anybody does, once for each of them."""
    idea = proposed(town.ana, brand=town.brand)
    led_by_two(town.ana, town.ben, idea)
    take_in(by=town.mira, brand=town.brand, person=town.noor, role=AGENT)
    on_idea, on_pot = polled(town.ana, idea, PRICE), polled(town.mira, town.product(), PRICE)
    for poll, parties in ((on_idea, (town.ana, town.ben, town.mira, town.noor)), (on_pot, (town.mira, town.noor))):
        for one in parties:
            with pytest.raises(NotAllowed, match="no evidence"):
                answered(poll, one, True, True, True)
            stand = panels.stand(one, poll.public)
            assert stand
            assert stand.party
    answered(on_pot, town.ana, True, False, False)
    plain = polled(town.ana, idea)
    for one in (town.ana, town.mira, town.noor):
        answered(plain, one, 0)
    assert plain.answers == 3
    with pytest.raises(NotAllowed):
        answered(plain, town.brand, 0)


def test_who_does_not_see_it_does_not_answer(town: Town) -> None:
    idea = proposed(town.ana)
    poll = polled(town.ana, idea)
    people.block(by=town.ana, whom=town.noor)
    with pytest.raises(NotAllowed):
        answered(poll, town.noor, 0)
    ideas.withdraw(by=town.ana, idea=idea)
    with pytest.raises(NotAllowed):
        answered(poll, town.ben, 0)


def test_at_the_very_moment_it_closes_it_is_too_late(town: Town) -> None:
    poll = polled(town.ana, proposed(town.ana))
    stale = Poll.objects.get()
    clock.move(poll.closes - timedelta(microseconds=1))
    answered(poll, town.ben, 0)
    clock.move(poll.closes)
    for act in (lambda: answered(stale, town.noor, 0), lambda: actions.take_back(by=town.ben, poll=stale)):
        with pytest.raises(Refusal, match="over"):
            act()
    assert (Answer.objects.count(), Poll.objects.get().answers) == (1, 1)


def test_the_clock_that_closes_it_is_the_databases(town: Town) -> None:
    """A machine whose clock is slow does not let anybody in any more, and one that is fast keeps nobody out."""
    poll = polled(town.ana, proposed(town.ana))
    Poll.objects.update(closes=clock.now() - timedelta(seconds=1))
    with pytest.raises(Refusal, match="over"):
        answered(poll, town.ben, 0)
    Poll.objects.update(closes=clock.now() + timedelta(hours=1))
    answered(poll, town.ben, 0)


def test_results_are_kept_until_somebody_answers_otherwise(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """As pages ask, outside of a transaction. Inside of one that comes to nothing, nothing is kept."""

    def on_a_page(poll: Poll) -> Sequence[int]:
        with monkeypatch.context() as patch:
            patch.setattr(queries, "connection", SimpleNamespace(in_atomic_block=False))
            return counts(poll)

    poll = polled(town.ana, proposed(town.ana))
    answered(poll, town.ben, 0)
    assert on_a_page(poll) == (1, 0, 0)
    with transaction.atomic():
        answered(poll, town.ben, 1)
        assert counts(poll) == (0, 1, 0)
        transaction.set_rollback(True)
    answered(poll, town.ben, 2)
    assert on_a_page(poll) == (0, 0, 1)
    with CaptureQueriesContext(connection) as asked:
        assert on_a_page(poll) == (0, 0, 1)
    assert len(asked) == 1, "the choices, and nothing of the answers"


STEP = st.tuples(st.integers(0, 3), st.sampled_from(["answer", "answer", "take back"]), st.integers(0, 7))


@given(sort=st.sampled_from([OPTIONS, RANKED, PRICE]), steps=st.lists(STEP, min_size=1, max_size=12))
def test_whatever_people_do_what_counts_is_what_each_said_last(
    town: Town, sort: str, steps: list[tuple[int, str, int]]
) -> None:
    Tally.objects.all().delete()  # each example is a day of its own
    poll = polled(town.ana, town_idea(town), sort, question=f"Number {Poll.objects.count()}?")
    crowd = [town.ben, town.noor, town.mira, someone()]
    last: dict[int, tuple[int, ...]] = {}
    for who, what, how in steps:
        if what == "take back":
            actions.take_back(by=crowd[who], poll=poll)
            last.pop(who, None)
            continue
        last[who] = {
            OPTIONS: (how % 3,),
            RANKED: ((0, 1), (1,), (2, 1, 0), (0,))[how % 4],
            PRICE: (how & 1, how >> 1 & 1, how >> 2 & 1),
        }[sort]
        answered(poll, crowd[who], *last[who])
    poll.refresh_from_db()
    rows = Pick.objects.filter(answer__poll=poll)
    assert poll.answers == len(last) == Answer.objects.filter(poll=poll).count()
    assert rows.count() == sum(map(len, last.values()))
    found = queries.results(poll, queries.choices_of(poll))
    if sort == OPTIONS:
        assert dict(enumerate(found.counts)) == {n: list(last.values()).count((n,)) for n in range(3)}
    elif sort == RANKED and last:
        assert found.runoff
        firsts = Counter(one[0] for one in last.values())
        assert found.runoff.rounds[0].firsts == {n: firsts[n] for n in range(3)}
    elif last:
        assert found.prices
        assert found.prices.points[2].voices == sum(all(one) for one in last.values())
    Poll.objects.filter(pk=poll.pk).update(closed=clock.now(), seat=None)


def town_idea(town: Town) -> Idea:
    return Idea.objects.first() or proposed(town.ana)


def someone() -> Profile:
    return Profile.objects.filter(handle="dora").first() or person("Dora Hill", "dora")


# ---- nobody is told who said what


def test_the_log_says_that_somebody_answered_and_never_what(town: Town) -> None:
    poll = polled(town.ana, proposed(town.ana), PRICE)
    answered(poll, town.ben, True, True, False)
    answered(poll, town.ben, True, False, False)
    for act in Act.objects.filter(verb__startswith="poll.").exclude(verb="poll.asked"):
        assert act.audience == "parties"
        assert act.reach == ""
        assert set(act.data) <= {"first"}


def test_results_wait_for_their_time(town: Town) -> None:
    idea = proposed(town.ana)
    always, after, over = (polled(town.ana, idea, shown=one) for one in (ALWAYS, AFTER, OVER))
    for poll in (always, after, over):
        answered(poll, town.ben, 0)

    def seen(viewer: Profile | None) -> list[bool]:
        stands = [panels.stand(viewer, poll.public) for poll in (always, after, over)]
        return [one is not None and one.results is not None for one in stands]

    assert seen(None) == seen(town.noor) == [True, False, False]
    assert seen(town.ben) == [True, True, False]
    assert seen(town.ana) == [True, True, True], "who leads it may look"
    clock.move(over.closes)
    assert seen(town.noor) == [True, True, True]


def test_of_fewer_than_five_no_prices_are_shown_to_anybody(town: Town) -> None:
    poll = polled(town.ana, proposed(town.ana), PRICE, shown=ALWAYS)
    crowd = [person(f"Voice {number}", f"voice-{number}") for number in range(5)]
    for one in crowd[:4]:
        answered(poll, one, True, False, False)
    clock.move(poll.closes)
    for viewer in (None, town.ana, crowd[0]):
        stand = panels.stand(viewer, poll.public)
        assert stand
        assert stand.results is None
        assert "five answers" in stand.why
    Poll.objects.update(closes=clock.now() + timedelta(days=1))
    answered(poll, crowd[4], True, True, False)
    stand = panels.stand(None, poll.public)
    assert stand
    assert stand.results


def test_the_order_of_prices_differs_by_person_and_stays(town: Town) -> None:
    poll = polled(town.ana, proposed(town.ana), PRICE)
    choices = queries.choices_of(poll)
    crowd = [person(f"Voice {number}", f"voice-{number}") for number in range(20)]
    orders = [tuple(one.position for one in in_order_for(who, poll, choices)) for who in crowd]
    assert orders == [tuple(one.position for one in in_order_for(who, poll, choices[::-1])) for who in crowd]
    assert all(sorted(one) == [0, 1, 2] for one in orders)
    assert len(set(orders)) > 3
