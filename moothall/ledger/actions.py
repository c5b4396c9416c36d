"""The only writers of the ledger: post what a cause gives, take a part of it back, move what is due."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from moothall.core import clock, hot
from moothall.core.money import portion
from moothall.core.refusals import Refusal
from moothall.people.models import Profile

from .models import Book, Cause, Entry, Posting, Transaction

PROVIDER, BANK, PAYABLE, REFUNDS_DUE = "provider", "bank", "payable", "refunds due"


@dataclass(frozen=True, slots=True)
class Share:
    """So many minor units for one book; plus and minus as the books of a rule sum to zero."""

    book: Book
    amount: int


def book(owner: Profile | None, name: str, currency: str) -> Book:
    """Made when first needed."""
    found = _book(owner, name, currency)
    return found[0] if found else Book.objects.get_or_create(owner=owner, name=name, currency=currency)[0]


@hot.read
def _book(owner: Profile | None, name: str, currency: str) -> QuerySet[Book]:
    return Book.objects.filter(owner=owner, name=name, currency=currency)


@transaction.atomic
def post(
    *, of_kind: str, of_id: int, whole: int, currency: str, rule: str, balancing: Share, shares: list[Share]
) -> Cause:
    """Post by one rule what a cause gives: `shares`, and `balancing` that brings them to zero. Twice is once.

    A late reader posts only the part of the cause that was not taken back meanwhile. Refuses what does not sum to
    zero."""
    if balancing.amount + sum(share.amount for share in shares):
        raise ValueError("a transaction sums to zero")
    cause, made = _cause(of_kind, of_id, whole, currency)
    if not made:  # of one that was made just now nobody else knows yet
        _lock(cause)
        if Posting.objects.filter(cause=cause, rule=rule).exists():
            return cause
    rows = [Posting(cause=cause, rule=rule, book=share.book, amount=share.amount) for share in shares]
    rows.append(Posting(cause=cause, rule=rule, book=balancing.book, amount=balancing.amount, balancing=True))
    hot.add(*rows)
    key = f"post {rule} {of_kind} {of_id}"
    if made:
        _stand(cause, rows, {}, key=key)
    else:
        _stand_all(cause, key=key)
    return cause


def _cause(of_kind: str, of_id: int, whole: int, currency: str) -> tuple[Cause, bool]:
    """The cause, and whether it was made just now."""
    if found := _causes(of_kind, of_id):
        return found[0], False
    made = Cause(of_kind=of_kind, of_id=of_id, whole=whole, currency=currency)
    try:
        with transaction.atomic():
            hot.add(made)
    except IntegrityError:  # somebody else made it at this moment
        return _causes(of_kind, of_id)[0], False
    return made, True


@hot.read
def _causes(of_kind: str, of_id: int) -> QuerySet[Cause]:
    return Cause.objects.filter(of_kind=of_kind, of_id=of_id)


@transaction.atomic
def reverse(*, of_kind: str, of_id: int, part: int, key: str) -> None:
    """Take back that part (minor units) of everything the cause gave, whosever it was. Refuses more than is left
    of it."""
    if Transaction.objects.filter(key=key).exists():
        return
    left = Cause.objects.filter(of_kind=of_kind, of_id=of_id, reversed__lte=F("whole") - part)
    if part <= 0 or not left.update(reversed=F("reversed") + part):
        raise Refusal(_("That is more than is left to give back."))
    cause = Cause.objects.get(of_kind=of_kind, of_id=of_id)
    _stand_all(cause, key=key)


@transaction.atomic
def move(*, key: str, source: Book, to: Book, amount: int) -> None:
    """Move an amount between two books, once for each key."""
    if amount <= 0 or Transaction.objects.filter(key=key).exists():
        return
    row = Transaction.objects.create(key=key, at=clock.now())
    Entry.objects.create(transaction=row, book=source, amount=-amount)
    Entry.objects.create(transaction=row, book=to, amount=amount)


def _lock(cause: Cause) -> None:
    """Posting and reversing both begin with an UPDATE of the cause, so that one waits for the other."""
    Cause.objects.filter(pk=cause.pk).update(reversed=F("reversed"))
    cause.refresh_from_db()


def _postings(cause: Cause) -> list[Posting]:
    return list(Posting.objects.filter(cause=cause).order_by("rule", "balancing", "id"))


def _stand_all(cause: Cause, *, key: str) -> None:
    postings = _postings(cause)
    sums = Entry.objects.filter(posting__in=postings).values_list("posting").annotate(total=Sum("amount")).order_by()
    _stand(cause, postings, dict(sums), key=key)


def _stand(cause: Cause, postings: list[Posting], stands: dict[int, int], *, key: str) -> None:
    """Enter the difference between where each posting stands and where it should; of a rule, what balances it comes
    last."""
    row = Transaction(key=key, cause=cause, at=clock.now())
    entries = []
    rest: dict[str, int] = defaultdict(int)
    for posting in postings:
        should = portion(posting.amount, cause.whole - cause.reversed, cause.whole)
        if posting.balancing:
            should = -rest[posting.rule]
        rest[posting.rule] += should
        difference = should - stands.get(posting.pk, 0)
        if difference:
            entries.append(Entry(transaction=row, posting=posting, book_id=posting.book_id, amount=difference))
    hot.add(row)
    for entry in entries:
        entry.transaction = row
    hot.add(*entries)
