"""A poll as somebody sees it: what may be answered, what they answered, and the results when it is time for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from moothall.core.kinds import Card
from moothall.core.money import Money, portion

from . import queries
from .models import AFTER, OVER, PRICE, Choice, Pick, Poll
from .pricing import FEWEST
from .queries import Results, Viewer


@dataclass(frozen=True, slots=True)
class Stand:
    """`mine` is what the viewer answered. Where `results` are not shown, `why` says why. `leads` may change it; a
    `party` may not say what they would pay."""

    poll: Poll
    about: Card
    choices: list[Choice]
    mine: list[Pick]
    results: Results | None
    why: str
    leads: bool
    party: bool

    @property
    def may_answer(self) -> bool:
        return self.poll.is_open and not self.party

    def said(self, choice: Choice) -> str:
        return choice.said(self.poll.currency)

    def money(self, minor: int) -> str:
        return Money(minor, self.poll.currency).text

    def share(self, number: int) -> int:
        """Of all who answered, in percent."""
        return portion(number, 100, self.poll.answers) if self.poll.answers else 0

    @property
    def wins(self) -> list[Choice]:
        """What most chose, or what won the run-off."""
        if self.results is None:
            return []
        if self.results.runoff is not None:
            return [] if self.results.runoff.winner is None else [self.choices[self.results.runoff.winner]]
        most = max(self.results.counts, default=0)
        return [one for one, n in zip(self.choices, self.results.counts, strict=False) if most and n == most]


def stand(viewer: Viewer, public: str) -> Stand | None:
    """The poll of this name, or None where the viewer may not see it."""
    found = queries.opened(viewer, public)
    if found is None:
        return None
    poll = found.poll
    choices = queries.choices_of(poll)
    mine = queries.picks_of(viewer, poll) if getattr(poll, "is_mine", False) else []
    leads = queries.may_ask(viewer, poll.subject_kind, poll.subject_id)
    why = why_not(poll, answered=bool(mine), leads=leads)
    shown = None if why else queries.results(poll, choices)
    party = poll.sort == PRICE and (leads or queries.is_party(viewer, poll))
    return Stand(poll, found.about, choices, mine, shown, why, leads, party)


def why_not(poll: Poll, *, answered: bool, leads: bool) -> str:
    """Why the results are not shown, or nothing. Who leads it may look at any time, save at too few prices."""
    if not poll.answers:
        return _("Nobody has answered yet.")
    if poll.sort == PRICE and poll.answers < FEWEST:
        return _("Prices are shown from five answers on: of fewer one could tell who said what, and they say little.")
    if leads or not poll.is_open:
        return ""
    if poll.shown == OVER:
        return _("The results are shown when it is over.")
    if poll.shown == AFTER and not answered:
        return _("The results are shown once you have answered.")
    return ""
