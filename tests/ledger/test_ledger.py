"""The ledger: posted once, taken back in parts that sum to the cent, in whatever order it is done."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st

from moothall.core.money import portion
from moothall.core.refusals import Refusal
from moothall.ledger.actions import PAYABLE, PROVIDER, Share, book, move, post, reverse
from moothall.ledger.models import Book, Cause, Entry, Posting, Transaction
from moothall.ledger.queries import balance

pytestmark = pytest.mark.django_db
THING = {"of_kind": "thing", "of_id": 1}


def sale(whole: int = 1000, rule: str = "sale", shares: tuple[int, ...] | None = None) -> Cause:
    """Money in the first book, what it is divided into in the others."""
    given = shares or (-whole,)
    return post(
        **THING, whole=whole, currency="GBP", rule=rule,
        balancing=Share(book(None, f"{rule} in", "GBP"), -sum(given)),
        shares=[Share(book(None, f"{rule} {n}", "GBP"), amount) for n, amount in enumerate(given)],
    )  # fmt: skip


def balances() -> dict[str, int]:
    return {one.name: balance(one) for one in Book.objects.all() if balance(one)}


@contextmanager
def afresh() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_what_is_posted_stands_in_the_books() -> None:
    cause = sale(1000, shares=(-900, -100))
    assert balances() == {"sale in": 1000, "sale 0": -900, "sale 1": -100}
    assert (cause.whole, cause.reversed) == (1000, 0)
    assert Posting.objects.filter(balancing=True).count() == 1


def test_posting_twice_is_once() -> None:
    sale(1000)
    sale(1000)
    assert balances() == {"sale in": 1000, "sale 0": -1000}
    assert (Transaction.objects.count(), Cause.objects.count(), Posting.objects.count()) == (1, 1, 2)


def test_a_book_is_one() -> None:
    assert book(None, PROVIDER, "GBP") == book(None, PROVIDER, "GBP") != book(None, PROVIDER, "EUR")
    with pytest.raises(IntegrityError), transaction.atomic():
        Book.objects.create(owner=None, name=PROVIDER, currency="GBP")


def test_what_does_not_sum_to_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="zero"):
        post(
            **THING, whole=5, currency="GBP", rule="sale",
            balancing=Share(book(None, PROVIDER, "GBP"), 5), shares=[Share(book(None, PAYABLE, "GBP"), -4)],
        )  # fmt: skip
    assert not Cause.objects.exists()


def test_a_part_is_taken_back_of_everything() -> None:
    sale(1000, shares=(-900, -100))
    reverse(**THING, part=250, key="r1")
    assert balances() == {"sale in": 750, "sale 0": -675, "sale 1": -75}


def test_the_same_reversal_twice_is_once() -> None:
    sale(1000)
    for _ in range(2):
        reverse(**THING, part=250, key="r1")
    assert balances() == {"sale in": 750, "sale 0": -750}


@pytest.mark.parametrize("part", [0, -1, 751, 10**12])
def test_more_than_is_left_is_refused(part: int) -> None:
    sale(1000)
    reverse(**THING, part=250, key="r1")
    before = balances(), Transaction.objects.count()
    with pytest.raises(Refusal):
        reverse(**THING, part=part, key="r2")
    assert (balances(), Transaction.objects.count()) == before


def test_of_nothing_nothing_is_taken_back() -> None:
    with pytest.raises(Refusal):
        reverse(of_kind="thing", of_id=99, part=1, key="r")


def test_a_late_rule_posts_only_the_rest() -> None:
    sale(1000)
    reverse(**THING, part=250, key="r1")
    sale(1000, rule="royalty", shares=(-33,))
    assert balances()["royalty 0"] == -portion(33, 750, 1000)
    reverse(**THING, part=750, key="r2")
    assert balances() == {}
    sale(1000, rule="later", shares=(-10,))
    assert balances() == {}


def test_moving_is_once_for_each_key() -> None:
    one, other = book(None, "one", "GBP"), book(None, "other", "GBP")
    for _ in range(2):
        move(key="m", source=one, to=other, amount=70)
    move(key="nothing", source=one, to=other, amount=0)
    assert balances() == {"one": -70, "other": 70}


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_posting", "ledger_transaction"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_is_written(table: str, change: str) -> None:
    sale(1000)
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table))
    assert balances() == {"sale in": 1000, "sale 0": -1000}


def test_the_database_refuses_a_reversal_beyond_the_whole() -> None:
    sale(1000)
    with pytest.raises(IntegrityError), transaction.atomic():
        Cause.objects.update(reversed=1001)


Shares = st.lists(st.integers(-5000, 5000).filter(bool), min_size=1, max_size=4)


@pace(max_examples=40)
@given(st.integers(1, 100_000), Shares, st.data())
def test_parts_sum_to_the_whole_to_the_cent(whole: int, shares: list[int], data: st.DataObject) -> None:
    """In however many parts a cause is taken back, each book stands where it should after each, and at nothing at
    the end."""
    with afresh():
        sale(whole, shares=tuple(shares))
        left, n = whole, 0
        while left:
            part = data.draw(st.integers(max(1, left // 3), left))
            left, n = left - part, n + 1
            reverse(**THING, part=part, key=f"r{n}")
            stands = balances()
            assert sum(stands.values()) == 0
            for place, amount in enumerate(shares):
                assert stands.get(f"sale {place}", 0) == portion(amount, left, whole)
        assert balances() == {}


Step = st.tuples(st.sampled_from(["sale", "royalty", "thanks"]), st.integers(1, 400))


@given(st.lists(Step, min_size=1, max_size=6), st.randoms())
def test_the_order_of_posting_and_reversing_does_not_matter(steps: list[tuple[str, int]], lot: object) -> None:
    def play(order: list[tuple[int, tuple[str, int]]]) -> dict[str, int]:
        with afresh():
            sale(1000, rule="first")
            left = 1000
            for n, (rule, amount) in order:
                if rule == "sale":
                    if amount <= left:
                        reverse(**THING, part=amount, key=f"r{n}")
                        left -= amount
                else:
                    sale(1000, rule=rule, shares=(-{"royalty": 33, "thanks": 7}[rule],))
            return balances()

    # What does not fit is left out beforehand, so that both orders take back the same.
    sized = [(n, (rule, amount if rule != "sale" else amount % 150 + 1)) for n, (rule, amount) in enumerate(steps)]
    turned = list(sized)
    lot.shuffle(turned)  # type: ignore[attr-defined]
    assert play(sized) == play(turned)


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=5))
def test_entries_always_sum_to_zero(parts: list[int]) -> None:
    with afresh():
        sale(1000, shares=(-333, -333, -1, -333))
        for n, part in enumerate(parts):
            try:
                reverse(**THING, part=part, key=f"r{n}")
            except Refusal:
                continue
        for row in Transaction.objects.all():
            assert sum(Entry.objects.filter(transaction=row).values_list("amount", flat=True)) == 0
