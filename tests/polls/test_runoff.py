"""The run-off, by examples that were counted by hand, and against a plain second reckoning."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.polls.runoff import Round, Runoff, run_off

Ballot = tuple[int, ...]


@st.composite
def elections(draw: st.DrawFn) -> tuple[int, list[Ballot]]:
    choices = draw(st.integers(2, 8))
    ballot = st.permutations(range(choices)).flatmap(
        lambda order: st.integers(1, choices).map(lambda length: tuple(order[:length]))
    )
    return choices, draw(st.lists(ballot, max_size=25))


def counted(choices: int, ballots: list[Ballot]) -> Runoff:
    return run_off(choices, Counter(ballots))


def plainly(choices: int, ballots: list[Ballot]) -> tuple[list[int], int | None]:
    """Paper by paper: each lies on the pile of what it names first; the smallest pile is dealt anew. Gives who went
    out, in order, and who is left on top."""
    papers = [list(ballot) for ballot in ballots]
    there, gone, before = set(range(choices)), [], {}
    while papers and any(papers):
        piles: dict[int, list[list[int]]] = {one: [] for one in sorted(there)}
        for paper in papers:
            if paper:
                piles[paper[0]].append(paper)
        sizes = {one: len(pile) for one, pile in piles.items()}
        for one, size in sizes.items():
            if size > sum(sizes.values()) - size:
                return gone, one
        order = sorted(there, key=lambda one: (sizes[one], (before or sizes)[one], -one))
        gone.append(order[0])
        there.discard(order[0])
        papers = [[one for one in paper if one in there] for paper in papers]
        before = sizes
    return gone, None


def test_more_than_half_wins_at_once() -> None:
    assert counted(3, [(0, 1), (0,), (2, 1)]) == Runoff((Round({0: 2, 1: 0, 2: 1}, None, False),), 0)


def test_the_second_choice_of_what_goes_out_counts() -> None:
    """Memphis, Nashville, Chattanooga, Knoxville, as every book has it: Knoxville wins in the third round."""
    ballots = [(0, 1, 2, 3)] * 42 + [(1, 2, 3, 0)] * 26 + [(2, 3, 1, 0)] * 15 + [(3, 2, 1, 0)] * 17
    found = counted(4, ballots)
    assert [dict(one.firsts) for one in found.rounds] == [
        {0: 42, 1: 26, 2: 15, 3: 17},
        {0: 42, 1: 26, 3: 32},
        {0: 42, 3: 58},
    ]
    assert [one.out for one in found.rounds] == [2, 1, None]
    assert found.winner == 3


def test_who_names_nothing_that_is_left_counts_no_more() -> None:
    found = counted(3, [(0,), (0,), (1,), (1,), (2,)])
    assert found.rounds[0].out == 2
    assert found.rounds[1].counted == 4


@pytest.mark.parametrize(
    ("ballots", "out", "winner"),
    [
        ([(0,), (1,)], [1], 0),  # alike from the start: the last in the list goes out
        ([(0,), (0,), (1,), (1,), (2,), (2,)], [2, 1], 0),
        # 1 and 2 have two each in the second round; 2 had more before, so 1 goes out, though it stands before it
        ([(0,), (0,), (0,), (2,), (2,), (1,), (3, 1)], [3, 1], 0),
    ],
)
def test_ties_go_by_the_round_before_and_then_by_the_order(ballots: list[Ballot], out: list[int], winner: int) -> None:
    found = counted(4 if len(ballots) == 7 else 1 + max(max(one) for one in ballots), ballots)
    assert [one.out for one in found.rounds if one.out is not None] == out
    assert found.winner == winner
    assert any(one.tied for one in found.rounds)


def test_of_nothing_nothing_comes() -> None:
    assert run_off(3, {}) == Runoff((), None)
    assert run_off(3, {(): 4}) == Runoff((), None)


@given(election=elections())
def test_it_is_what_counting_papers_gives(election: tuple[int, list[Ballot]]) -> None:
    choices, ballots = election
    found = counted(choices, ballots)
    assert ([one.out for one in found.rounds if one.out is not None], found.winner) == plainly(choices, ballots)


@given(election=elections())
def test_each_round_counts_each_answer_once_and_ends_with_a_winner(election: tuple[int, list[Ballot]]) -> None:
    choices, ballots = election
    found = counted(choices, ballots)
    assert (found.winner is None) == (not ballots)
    assert len(found.rounds) <= choices
    numbers = [one.counted for one in found.rounds]
    assert numbers == sorted(numbers, reverse=True), "an answer that ran out never counts again"
    assert not numbers or numbers[0] == len(ballots)
    assert all(one.out is not None for one in found.rounds[:-1])
