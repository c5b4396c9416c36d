"""Ideas for a filled hall, by its own actions: many plain ones, and two with all that an idea can have, of which one is
talked about in thousands of comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from django.db.models import F

from moothall.core import clock, work
from moothall.core.money import Money
from moothall.ideas import actions, queries
from moothall.ideas.actions import Figures, Words
from moothall.ideas.gates import Gate
from moothall.ideas.models import Idea
from moothall.people.models import Account, Member, Profile
from moothall.polls import actions as polls
from moothall.polls.models import OPTIONS
from moothall.talk import actions as talk
from moothall.talk.models import Comment

from .words import THINGS, WORDS

VOICES, FEW, MANY = 40, 30, 10_000  # voices of a full idea; comments of the one and of the other
QUIET, LOUD = "A quiet kettle", "A kettle all talk of"


def fill(ideas: int) -> None:
    """So many plain ones, each liked by three, and the two; once."""
    if Idea.objects.exists():
        return
    known = Account.objects.values("profile")
    Profile.objects.filter(pk__in=known).update(since=F("since") - timedelta(days=90))
    people = list(Profile.objects.filter(pk__in=known).exclude(handle="reader").order_by("pk")[:500])
    for n in range(ideas):
        lead, *likers = _others(people, n, 4)
        said = f"{WORDS[n % 16].title()} {THINGS[n // 16 % 16]}, {n}"
        idea = _propose(lead, said)
        for one in likers:
            actions.back(by=one, idea=idea, level="like")
    brand = Profile.objects.filter(sort="brand").order_by("pk")[0]
    for title, comments in ((QUIET, FEW), (LOUD, MANY)):
        _talk(_full(title, brand, people), people, comments)
    actions.weigh_all()
    work.do_due()


def address(title: str) -> str:
    return queries.address(Idea.objects.get(title=title))


def _propose(lead: Profile, title: str, brand: Profile | None = None) -> Idea:
    draft = actions.keep_draft(by=lead, words=_words(title), brand=brand)
    return actions.propose(by=lead, idea=draft)


def _words(title: str) -> Words:
    said = "It stands on the table and does what it is for, quietly and for years. " * 4
    return Words(
        title=title,
        problem=said.strip(),
        use=said.strip(),
        audience="Whoever makes tea",
        low=Money(2500, "GBP"),
        high=Money(4500, "GBP"),
    )


def _full(title: str, brand: Profile, people: Sequence[Profile]) -> Idea:
    """In its third version, led by two, begun from another one, with another one merged into it, at its brand's gate
    with a sheet, asked about."""
    team = Member.objects.select_related("person").filter(brand=brand)[0].person
    lead, second, other, *rest = (one for one in people if one.pk != team.pk)
    begun = actions.fork(by=lead, idea=_propose(other, f"{title}, first thoughts"))
    idea = actions.propose(by=lead, idea=actions.keep_draft(by=lead, words=_words(title), brand=brand, idea=begun))
    like = _propose(other, f"{title}, once more")
    actions.accept_merger(by=lead, merger=actions.ask_merger(by=other, idea=like, into=idea))
    actions.join_authors(by=second, author=actions.invite_author(by=lead, idea=idea, person=second))
    given = actions.contribute(by=rest[0], idea=idea, part="use", words="From either side.", base=idea.number)
    idea = actions.take_in(by=lead, contribution=given, base=idea.number)
    idea = actions.revise(by=lead, idea=idea, words=replace(_words(title), audience="All"), base=idea.number)
    actions.contribute(by=rest[1], idea=idea, part="use", words="Every afternoon.", base=idea.number)
    actions.set_mark(by=team, brand=brand, voices=3, days=28)
    for n, one in enumerate(rest[:VOICES]):
        level = ("like", "follow", "pay", "pay")[n % 4]
        actions.back(by=one, idea=idea, level=level, price=Money(2500 + n * 50, "GBP") if level == "pay" else None)
    closes = clock.now() + timedelta(days=14)
    asked = polls.Question(OPTIONS, question="Which colour?", closes=closes, choices=("Blue", "Green", "Red"))
    polls.ask(by=lead, kind=Idea.kind, id=idea.pk, asked=asked)
    gate = Gate.objects.get(idea=idea)
    figures = Figures(price=Money(3600, "GBP"), runs=[(100, Money(2000, "GBP")), (500, Money(1200, "GBP"))], tax=2000)
    actions.keep_sheet(by=team, gate=gate, figures=figures)
    actions.judge(by=team, gate=gate, state="needs", reasons="Steel is dear.", change="Ten more who would pay 40.")
    actions.argue(by=rest[0], gate=gate, figures=replace(figures, price=Money(3400, "GBP")), words="At 34")
    return idea


def _talk(idea: Idea, people: Sequence[Profile], number: int) -> None:
    """A comment by the action, an answer to it, and as many more like it as are wanted."""
    first = talk.say(by=people[10], kind=Idea.kind, id=idea.pk, words="And with both hands, @person-9?")
    talk.answer(by=people[11], to=first, words="Both, I hope.")
    more = (
        Comment(by=people[n % len(people)], subject_kind=Idea.kind, subject_id=idea.pk, words=f"{n}: and at sea?")
        for n in range(number - 1)
    )
    while chunk := list(islice(more, 1000)):
        Comment.objects.bulk_create(chunk)


def _others(people: Sequence[Profile], start: int, number: int) -> Iterator[Profile]:
    """So many who stand side by side, from somewhere in the row."""
    return (people[(start * 7 + n) % len(people)] for n in range(number))
