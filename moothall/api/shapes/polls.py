"""Questions with fixed answers, as programs see and send them. Who answered what is told to nobody but themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pydantic import AwareDatetime, Field

from moothall.core.money import Money
from moothall.polls import queries
from moothall.polls.actions import Question, Said
from moothall.polls.models import AFTER, Choice, Poll
from moothall.polls.panels import Stand

from .people import ProfileOut
from .plain import Id, In, MoneyIn, MoneyOut, Out, address


class QuestionIn(In):
    """A question. One of sort *price* has prices, the lowest first; the others have choices."""

    sort: str = Field(max_length=7, examples=["options"], description="options, ranked or price")
    question: str = Field(min_length=1, max_length=140)
    words: str = Field(default="", max_length=1000)
    choices: list[str] = Field(default=[], max_length=8, description="Two to eight, each of eighty letters at most.")
    prices: list[MoneyIn] = Field(default=[], max_length=7, description="Three to seven.")
    several: bool = Field(default=False, description="Whether one may choose several, of options.")
    closes: AwareDatetime = Field(description="Ninety days ahead at most.")
    shown: str = Field(default=AFTER, max_length=6, description="always, after (one's own answer) or over")

    def asked(self) -> Question:
        return Question(
            sort=self.sort,
            question=self.question,
            closes=self.closes,
            choices=self.choices,
            prices=[one.money for one in self.prices],
            words=self.words,
            several=self.several,
            shown=self.shown,
        )


class WordsIn(In):
    words: str = Field(min_length=1, max_length=1000)


class PollAnswerIn(In):
    """By the ids of choices: those you choose, or all you rank with the best first; or yes or no to each price."""

    choices: list[Id] = Field(default=[], max_length=8)
    prices: dict[str, bool] = Field(default={}, max_length=7)

    def said(self) -> Said:
        return Said(choices=self.choices, prices=self.prices)


class PollChoiceOut(Out):
    """Its id is another one when the question was changed."""

    id: Id
    words: str
    price: MoneyOut | None

    @classmethod
    def of(cls, one: Choice, currency: str) -> PollChoiceOut:
        price = None if one.price is None else MoneyOut.of(Money(one.price, currency))
        return cls(id=one.public, words=one.words, price=price)


class CountOut(Out):
    choice: Id
    people: int


class RoundOut(Out):
    """A round of the run-off: how many answers count for each choice that is still there."""

    firsts: list[CountOut]
    out: Id | None = Field(description="What goes out; null in the last round.")
    tied: bool = Field(description="Whether others had as few.")


class PricePointOut(Out):
    """How many would buy at a price, between which numbers that would be among as many others like them (19 times of
    20), and what it brings in where the best price is 100."""

    price: MoneyOut
    people: int
    low: int
    high: int
    index: int
    acceptable: bool


class ResultsOut(Out):
    """By the sort of the question."""

    counts: list[CountOut] | None
    rounds: list[RoundOut] | None
    winner: Id | None
    prices: list[PricePointOut] | None
    odd: int | None = Field(description="How many said no at a price and yes at a higher one.")

    @classmethod
    def of(cls, stand: Stand) -> ResultsOut | None:
        found = stand.results
        if found is None:
            return None
        names = [one.public for one in stand.choices]
        counts = rounds = prices = winner = None
        if found.runoff is not None:
            rounds = [
                RoundOut(
                    firsts=_counted(names, one.firsts.items()),
                    out=None if one.out is None else names[one.out],
                    tied=one.tied,
                )
                for one in found.runoff.rounds
            ]
            winner = None if found.runoff.winner is None else names[found.runoff.winner]
        elif found.prices is not None:
            prices = [
                PricePointOut(
                    price=MoneyOut.of(Money(one.price, stand.poll.currency)),
                    people=one.voices,
                    low=one.low,
                    high=one.high,
                    index=one.index,
                    acceptable=one.good,
                )
                for one in found.prices.points
            ]
        else:
            counts = _counted(names, enumerate(found.counts))
        odd = found.prices.odd if found.prices else None
        return cls(counts=counts, rounds=rounds, winner=winner, prices=prices, odd=odd)


def _counted(names: list[str], numbers: Iterable[tuple[int, int]]) -> list[CountOut]:
    return [CountOut(choice=names[place], people=number) for place, number in numbers]


class PollOut(Out):
    """A question on an idea or a product, in the name of `by`: a brand, or who leads the idea."""

    id: Id
    page: str
    by: ProfileOut
    sort: str
    question: str
    words: str
    several: bool
    shown: str
    choices: list[PollChoiceOut]
    made: datetime
    closes: datetime
    closed: datetime | None
    open: bool
    answers: int = Field(description="How many people answered.")
    answered: bool = Field(description="Whether you did.")

    @classmethod
    def of(cls, poll: Poll, choices: Iterable[Choice]) -> PollOut:
        return cls(
            id=poll.public,
            page=address(queries.address(poll)),
            by=ProfileOut.of(poll.brand or poll.by),
            sort=poll.sort,
            question=poll.question,
            words=poll.words,
            several=poll.several,
            shown=poll.shown,
            choices=[PollChoiceOut.of(one, poll.currency) for one in choices],
            made=poll.made,
            closes=poll.closes,
            closed=poll.closed,
            open=poll.is_open,
            answers=poll.answers,
            answered=bool(getattr(poll, "is_mine", False)),
        )


class MineOut(Out):
    choice: Id
    yes: bool | None = Field(description="What you said to a price.")


class PollWholeOut(PollOut):
    """With what you answered yourself, and the results, or why they are not shown."""

    mine: list[MineOut] = Field(description="Of ranked choices the best first.")
    results: ResultsOut | None
    why: str

    @classmethod
    def whole(cls, stand: Stand) -> PollWholeOut:
        mine = [MineOut(choice=one.choice.public, yes=one.yes) for one in stand.mine]
        plain = PollOut.of(stand.poll, stand.choices)
        return cls(**dict(plain), mine=mine, results=ResultsOut.of(stand), why=stand.why)
