"""All that can be done with polls. The only writers of this app's tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import EVERYBODY
from moothall.core import clock, kinds, text, work
from moothall.core.hall import hall
from moothall.core.money import LARGEST, Money
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people.actions import newcomers, the_hall
from moothall.people.models import PERSON, SHOP, Profile

from . import queries, verbs
from .models import ALWAYS, OPTIONS, PRICE, RANKED, Answer, Choice, Pick, Poll

LONGEST = timedelta(days=90)
LONGEST_QUESTION, LONGEST_WORDS, LONGEST_CHOICE = 140, 1000, 80
FEWEST_CHOICES, MOST_CHOICES = 2, 8
FEWEST_PRICES, MOST_PRICES = 3, 7
SEATS = range(1, 6)  # open polls a thing has room for
A_DAY, NEW_A_DAY = 10, 2  # questions of one person; of one who is new
ANSWERS_A_DAY, NEW_ANSWERS_A_DAY = 300, 60


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of choices in words, or of rising prices in the hall's money, by the `sort`."""

    sort: str
    question: str
    closes: datetime
    choices: Sequence[str] = ()
    prices: Sequence[Money] = ()
    words: str = ""
    several: bool = False
    shown: str = ALWAYS


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody answers, by the names of choices: those they tick, or all they rank with the best first; or their
    yes or no to each price."""

    choices: Sequence[str] = ()
    prices: Mapping[str, bool] = field(default_factory=dict)


@transaction.atomic
def ask(*, by: Profile, kind: str, id: int, asked: Question) -> Poll:
    """Ask everybody about a thing that one leads; the same question again is the same poll while it is open. Refuses a
    sixth that is open, and a second price question."""
    _may_lead(by, kind, id)
    columns, choices = _checked(asked)
    newcomers.take(by, "poll", new=NEW_A_DAY, known=A_DAY)  # who sends twice at once waits here
    if found := _before(by, kind, id, asked.sort, columns, choices):
        return found
    rules = kinds.polled(kind)
    brand = rules.brand(id) if rules else None
    poll = _seated(
        Poll(
            by=by,
            brand=brand,
            subject_kind=kind,
            subject_id=id,
            sort=asked.sort,
            currency=hall().currency,
            made=clock.now(),
            due=asked.closes,
            **columns,
        )
    )
    _write_choices(poll, choices)
    record(verbs.ASKED, by=by, on=poll, brand=brand, channel=SHOP if brand else "", reach=EVERYBODY)
    return poll


@transaction.atomic
def reword(*, by: Profile, poll: Poll, asked: Question) -> Poll:
    """Ask it otherwise, until somebody answered. Its sort stays."""
    _may_change(by, poll)
    if asked.sort != poll.sort:
        raise BadInput(_("Its sort stays: ask another question instead."), field="sort")
    columns, choices = _checked(asked)
    if not _open(poll).filter(answers=0).update(**columns, due=asked.closes, turn=F("turn") + 1):
        raise Refusal(_("Somebody answered it meanwhile, or it is over. You may add words to it."))
    Choice.objects.filter(poll=poll).delete()
    _write_choices(poll, choices)
    poll.refresh_from_db()
    record(verbs.REWORDED, by=by, on=poll)
    return poll


@transaction.atomic
def add_words(*, by: Profile, poll: Poll, words: str) -> Poll:
    """Say more to a question that is open, below what stands there."""
    _may_change(by, poll)
    words = text.tidy(words, lines=True)
    if not words:
        raise BadInput(_("Say something."), field="words")
    if not _open(poll).update(turn=F("turn")):
        raise Refusal(_("It is over."))
    poll.refresh_from_db(fields=["words"])
    whole = f"{poll.words}\n\n{words}".strip()
    if len(whole) > LONGEST_WORDS:
        raise BadInput(_("A thousand letters at most, with those that stand there."), field="words")
    Poll.objects.filter(pk=poll.pk).update(words=whole, added=clock.now())
    poll.refresh_from_db(fields=["words", "added"])
    record(verbs.ADDED, by=by, on=poll)
    return poll


@transaction.atomic
def close(*, by: Profile, poll: Poll) -> None:
    """Close it before its time; what was answered counts. Twice is once."""
    _may_change(by, poll)
    if _shut(Poll.objects.filter(pk=poll.pk, closed=None)):
        record(verbs.CLOSED, by=by, on=poll)


@transaction.atomic
def withdraw(*, by: Profile, poll: Poll) -> None:
    """Take a question back that nobody answered."""
    _may_change(by, poll)
    if _shut(Poll.objects.filter(pk=poll.pk, closed=None, answers=0), withdrawn=clock.now()):
        record(verbs.WITHDRAWN, by=by, on=poll)
    elif not Poll.objects.filter(pk=poll.pk, withdrawn__isnull=False).exists():
        raise Refusal(_("Somebody answered it meanwhile, or it is over. You may close it early."))


@transaction.atomic
def answer(*, by: Profile, poll: Poll, said: Said) -> Answer:
    """Answer a question, or answer it otherwise; one person is one answer. Refuses what is over, and to a price who
    leads, judges or sells it."""
    if by.sort != PERSON or not queries.visible_ids(by, [poll.pk]):
        raise NotAllowed(_("You cannot answer this."))
    if queries.is_party(by, poll):
        raise NotAllowed(_("You lead it, judge it or sell it: what you would pay is no evidence here."))
    newcomers.take(by, "answer", new=NEW_ANSWERS_A_DAY, known=ANSWERS_A_DAY)
    # Whoever answers or changes the question at the same moment waits here.
    if not _open(poll).update(turn=F("turn") + 1):
        raise Refusal(_("It is over: no answer counts any more."))
    picks = _picked(poll, said)
    made, is_new = Answer.objects.get_or_create(poll=poll, person=by, defaults={"at": clock.now()})
    if is_new:
        Poll.objects.filter(pk=poll.pk).update(answers=F("answers") + 1)
    else:
        Pick.objects.filter(answer=made).delete()
        Answer.objects.filter(pk=made.pk).update(at=clock.now())
    Pick.objects.bulk_create(Pick(answer=made, **one) for one in picks)
    record(verbs.ANSWERED, by=by, on=poll, first=is_new)
    return made


@transaction.atomic
def take_back(*, by: Profile, poll: Poll) -> None:
    """Take one's answer back while it is open. Twice is once."""
    if not _open(poll).update(turn=F("turn") + 1):
        raise Refusal(_("It is over: what was answered stays counted."))
    if Answer.objects.filter(poll=poll, person=by).delete()[0]:
        Poll.objects.filter(pk=poll.pk).update(answers=F("answers") - 1)
        record(verbs.TAKEN_BACK, by=by, on=poll)


# ---- for who looks after the hall, and for the worker


def hide(id: int, reason: str) -> bool:
    """Remove a poll, in the transaction of who decides and records it."""
    return bool(Poll.objects.filter(pk=id, withdrawn=None, hidden=None).update(hidden=clock.now()))


def unhide(id: int) -> bool:
    return bool(Poll.objects.filter(pk=id).exclude(hidden=None).update(hidden=None))


@work.enrol("polls", Poll, lease=60)
@transaction.atomic
def look_after_poll(poll: Poll) -> None:
    """Close what is over by the database's clock, once."""
    rows = Poll.objects.filter(pk=poll.pk)
    if _shut(rows.filter(closed=None, closes__lte=clock.in_database())):
        record(verbs.CLOSED, by=the_hall(), on=poll)
    elif rows.filter(closed=None).exists():
        raise work.Later(1)  # our clock is ahead of the database's, or it was given more time
    else:
        rows.update(due=work.NEVER)


# ---- what several of these ask


def _may_lead(by: Profile, kind: str, id: int) -> None:
    if by.sort != PERSON or not kinds.visible(kind, by, [id]) or not queries.may_ask(by, kind, id):
        raise NotAllowed(_("Only who leads it can ask about it here."))


def _may_change(by: Profile, poll: Poll) -> None:
    _may_lead(by, poll.subject_kind, poll.subject_id)
    if not poll.stands:
        raise Refusal(_("It does not stand any more."))


def _open(poll: Poll) -> QuerySet[Poll]:
    """The poll, if it is open by the database's clock."""
    rows = Poll.objects.filter(pk=poll.pk, closed=None, hidden=None, withdrawn=None)
    return rows.filter(closes__gt=clock.in_database())


def _shut(rows: QuerySet[Poll], **more: object) -> bool:
    return bool(rows.update(closed=clock.now(), seat=None, due=work.NEVER, **more))


def _before(
    by: Profile, kind: str, id: int, sort: str, columns: Mapping[str, object], choices: Sequence[Mapping[str, object]]
) -> Poll | None:
    """The same question, asked by them and open; the day it closes is the same when it was sent twice, or near."""
    like = {name: value for name, value in columns.items() if name != "closes"}
    rows = Poll.objects.filter(by=by, subject_kind=kind, subject_id=id, sort=sort, closed=None, **like)
    wanted = [one.get("price") or one.get("words") for one in choices]
    return next((row for row in rows if [one.price or one.words for one in queries.choices_of(row)] == wanted), None)


def _seated(poll: Poll) -> Poll:
    """On the first free seat; of two who ask at the same moment the second takes the next."""
    there = Poll.objects.filter(subject_kind=poll.subject_kind, subject_id=poll.subject_id, closed=None)
    for _try in SEATS:
        if poll.sort == PRICE and there.filter(sort=PRICE).exists():
            raise Refusal(_("There is an open price question about it already. Close that one first."))
        taken = set(there.values_list("seat", flat=True))
        poll.seat = next((seat for seat in SEATS if seat not in taken), None)
        if poll.seat is None:
            break
        try:
            with transaction.atomic():
                poll.save(force_insert=True)
                return poll
        except IntegrityError:
            continue
    raise Refusal(_("Five questions about it are open. Close one of them first."))


def _checked(asked: Question) -> tuple[dict[str, object], list[dict[str, object]]]:
    """The columns of a poll but its sort, and of its choices."""
    if asked.sort not in Poll.SORTS:
        raise BadInput(_("Choose how it is answered."), field="sort")
    question, words = text.tidy(asked.question), text.tidy(asked.words, lines=True)
    if not question:
        raise BadInput(_("Say what you ask."), field="question")
    if len(question) > LONGEST_QUESTION:
        raise BadInput(_("A hundred and forty letters at most."), field="question")
    if len(words) > LONGEST_WORDS:
        raise BadInput(_("A thousand letters at most."), field="words")
    if not clock.now() < asked.closes <= clock.now() + LONGEST:
        raise BadInput(_("It ends in the time ahead, in ninety days at the latest."), field="closes")
    if asked.shown not in Poll.SHOWN:
        raise BadInput(_("Choose when the results are shown."), field="shown")
    columns = {"question": question, "words": words, "closes": asked.closes, "shown": asked.shown}
    several = asked.several and asked.sort == OPTIONS
    choices = _prices(asked.prices) if asked.sort == PRICE else _choices(asked.choices)
    return columns | {"several": several}, choices


def _choices(given: Sequence[str]) -> list[dict[str, object]]:
    found = [words for one in given if (words := text.tidy(one))]
    if not FEWEST_CHOICES <= len(found) <= MOST_CHOICES:
        raise BadInput(_("Give two choices at least, and eight at most."), field="choices")
    if any(len(one) > LONGEST_CHOICE for one in found):
        raise BadInput(_("Eighty letters at most for each choice."), field="choices")
    if len({one.casefold() for one in found}) < len(found):
        raise BadInput(_("Two of the choices are the same."), field="choices")
    return [{"words": one} for one in found]


def _prices(given: Sequence[Money]) -> list[dict[str, object]]:
    minor = [one.minor for one in given]
    if not FEWEST_PRICES <= len(minor) <= MOST_PRICES:
        raise BadInput(_("Give three prices at least, and seven at most."), field="prices")
    if any(one.currency != hall().currency or not 0 < one.minor < LARGEST for one in given):
        raise BadInput(_("Each price is more than nothing, in the money of this hall."), field="prices")
    if minor != sorted(set(minor)):
        raise BadInput(_("The lowest price first, each higher than the one before."), field="prices")
    return [{"price": one} for one in minor]


def _write_choices(poll: Poll, choices: Sequence[Mapping[str, object]]) -> None:
    Choice.objects.bulk_create(Choice(poll=poll, position=place, **one) for place, one in enumerate(choices))


def _picked(poll: Poll, said: Said) -> list[dict[str, object]]:
    """The columns of the picks. Asked for once the poll's row is ours, so that the choices stay as they are."""
    poll.refresh_from_db(fields=["sort", "several"])
    known = {one.public: one for one in queries.choices_of(poll)}
    if not (set(said.choices) | set(said.prices)) <= known.keys():
        raise Refusal(_("The question was changed meanwhile. Read it again, then answer."))
    if poll.sort == PRICE:
        if set(said.prices) != known.keys():
            raise BadInput(_("Say yes or no to each price."), field="prices")
        return [{"choice": known[name], "yes": bool(yes)} for name, yes in said.prices.items()]
    chosen = [known[name] for name in said.choices]
    if not chosen:
        raise BadInput(_("Choose one."), field="choices")
    if len({one.pk for one in chosen}) < len(chosen):
        raise BadInput(_("Each choice once."), field="choices")
    if poll.sort == RANKED:
        return [{"choice": one, "place": place} for place, one in enumerate(chosen, 1)]
    if len(chosen) > 1 and not poll.several:
        raise BadInput(_("Choose one of them only."), field="choices")
    return [{"choice": one} for one in chosen]
