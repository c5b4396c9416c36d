"""Judging: a brand's sheet, its judgement with reasons, the lead's appeal and yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.catalog.actions.products import HEAVIEST
from moothall.core import clock, text
from moothall.core.money import LARGEST, Money
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people.models import Profile

from .. import judged, queries, verbs, viability
from ..gates import JOINING, JUDGED, MAKING, WEIGHT, Gate, Run, Sheet, today
from .gathering import open_pool, release
from .gating import check_judge, check_unsettled, hold, is_newest, leave_gates, reopen
from .locking import lock

MOST_RUNS = 5
MOST_PIECES = 1_000_000
AMOUNTS = ("fixed", "shipping", "fee_each")
PERCENTAGES = ("fee", "tax", "royalty")
VERBS = {Gate.GO: verbs.PASSED, Gate.NO: verbs.REFUSED, Gate.NEEDS: verbs.NEEDED}


@dataclass(frozen=True, slots=True)
class Figures:
    """What a sheet says: the price, and what each piece costs at up to five run sizes; percentages are hundredths of a
    percent."""

    price: Money
    runs: Sequence[tuple[int, Money]]
    fixed: Money | None = None
    shipping: Money | None = None
    fee: int = 0
    fee_each: Money | None = None
    tax: int = 0
    royalty: int = 0

    def columns(self, currency: str) -> dict[str, Any]:
        """As a sheet keeps them. Refuses what cannot be reckoned with."""
        for name in ("price", *AMOUNTS):
            _amount(getattr(self, name), currency, name)
        if not self.price.minor:
            raise BadInput(_("Say what it would cost in the shop."), field="price")
        for name in PERCENTAGES:
            if not 0 <= getattr(self, name) <= viability.WHOLE:
                raise BadInput(_("A percentage is from 0 to 100."), field=name)
        amounts = {name: found.minor if (found := getattr(self, name)) else 0 for name in ("price", *AMOUNTS)}
        rates = {name: getattr(self, name) for name in PERCENTAGES}
        if viability.kept(viability.Costs((), **{name: rates[name] for name in PERCENTAGES})) <= 0:
            raise BadInput(_("Tax, fee and royalty leave nothing of the price."), field="royalty")
        return amounts | rates

    def sizes(self, currency: str) -> list[tuple[int, int]]:
        """Pieces and what each costs, the smallest run first."""
        found = sorted(self.runs, key=lambda run: run[0])
        if not 1 <= len(found) <= MOST_RUNS:
            raise BadInput(_("Say what a piece costs at one run size, or at up to five."), field="runs")
        for pieces, unit in found:
            _amount(unit, currency, "runs")
            if not 1 <= pieces <= MOST_PIECES:
                raise BadInput(_("A run has from one piece to a million."), field="runs")
        if len({pieces for pieces, _unit in found}) < len(found):
            raise BadInput(_("Two runs have the same size."), field="runs")
        costs = [unit.minor for _pieces, unit in found]
        if costs != sorted(costs, reverse=True):
            raise BadInput(_("In a larger run a piece costs as much or less, never more."), field="runs")
        return [(pieces, unit.minor) for pieces, unit in found]


def _amount(money: Money | None, currency: str, field: str) -> None:
    if money is not None and (money.minor < 0 or money.currency != currency):
        raise BadInput(_("A price is a number, like 38 or 38.50."), field=field)


@transaction.atomic
def keep_sheet(*, by: Profile, gate: Gate, figures: Figures) -> Sheet:
    """Write the brand's sheet, as often as it likes; only its team sees it until it judges."""
    check_judges(by, gate)
    said = figures.columns(gate.currency) | {"currency": gate.currency, "by": by, "at": clock.now()}
    sizes = figures.sizes(gate.currency)
    hold(gate.idea)  # no judgement comes between the question and the change
    if not Gate.objects.filter(pk=gate.pk, state=Gate.OPEN).exists():
        raise Refusal(_("This was judged already: its sheet stands as it was."))
    sheet, _new = Sheet.objects.update_or_create(gate=gate, own=True, defaults=said)
    write_runs(sheet, sizes)
    return sheet


def write_runs(sheet: Sheet, sizes: Sequence[tuple[int, int]]) -> None:
    Run.objects.filter(sheet=sheet).delete()
    Run.objects.bulk_create(Run(sheet=sheet, pieces=pieces, unit=unit) for pieces, unit in sizes)


@dataclass(frozen=True, slots=True)
class Go:
    """What a go names: the price for all, the smallest run, for how many days people may join, in how many weeks from
    their end it is delivered, and what one weighs (grams)."""

    price: Money | None
    run: int
    days: int = JOINING
    weeks: int = MAKING
    grams: int = WEIGHT

    def columns(self, currency: str) -> dict[str, int]:
        """As a gate keeps it. Refuses what cannot be promised."""
        if self.price is None or not 0 < self.price.minor < LARGEST or self.price.currency != currency:
            raise BadInput(_("Say at which price."), field="price")
        if not 1 <= self.run <= MOST_PIECES:
            raise BadInput(_("Say how many have to be sold at least."), field="run")
        if not 7 <= self.days <= 90:
            raise BadInput(_("From 7 days to 90."), field="days")
        if not 1 <= self.weeks <= 104:
            raise BadInput(_("From one week to 104."), field="weeks")
        if not 1 <= self.grams <= HEAVIEST:
            raise BadInput(_("A weight is from one gram to a thousand kilos."), field="grams")
        rest = {name: getattr(self, name) for name in ("run", "days", "weeks", "grams")}
        return {"price": self.price.minor} | rest


@transaction.atomic
def judge(*, by: Profile, gate: Gate, state: str, reasons: str, change: str = "", go: Go | None = None) -> Gate:
    """Say go, no, or what it needs first, with reasons. A go names what it promises (`go`), and needs a sheet; a no
    says what would change it, a needs lists what it needs (`change`). The sheet is public from then on, with what was
    heard until now. The no of the brand it is addressed to lets all go that was pledged for it."""
    standing = _held(gate)
    check_judges(by, gate)
    if state not in JUDGED:
        raise BadInput(_("Choose go, no, or needs this first."), field="state")
    said: dict[str, Any] = {"reasons": _reasons(reasons), "change": _change(state, change), "price": None, "run": None}
    if state == Gate.GO:
        said |= (go or Go(None, 0)).columns(gate.currency)
    if not standing:
        raise Refusal(_("This was judged already, or the idea was withdrawn."))
    sheet = Sheet.objects.filter(gate=gate, own=True).first()
    if state == Gate.GO and sheet is None:
        raise BadInput(_("Fill in the sheet first: whoever is to pay for it sees what it rests on."), field="state")
    now = clock.now()
    said |= {"decided": now, "by": by, "state": state, "version": gate.idea.number}
    said["heard"] = judged.heard_of(gate.idea)
    if not Gate.objects.filter(pk=gate.pk, state=Gate.OPEN).update(**said):
        raise Refusal(_("This was judged already, or the idea was withdrawn."))
    Sheet.objects.filter(gate=gate, own=True).update(published=now)
    gate.refresh_from_db()
    if state == Gate.NO and gate.idea.brand_id == gate.brand_id:
        release(by, gate.idea, gate.brand)
    record(VERBS[state], by=by, brand=gate.brand, on=gate, idea=gate.idea_id, number=gate.number)
    return gate


def _reasons(words: str) -> str:
    return worded(words, "reasons", _("Say why: everybody who stands behind it reads this."))


def _change(state: str, words: str) -> str:
    if state == Gate.GO:
        return ""
    asked = _("Say what would change it.") if state == Gate.NO else _("List what it needs.")
    return worded(words, "change", asked)


def worded(words: str, field: str, asked: str, most: int = 2000) -> str:
    """What was written, tidy. Refuses nothing, and too much."""
    words = text.tidy(words, lines=most > 400)
    if not words:
        raise BadInput(asked, field=field)
    if len(words) > most:
        raise BadInput(_("%(most)s letters at most.") % {"most": most}, field=field)
    return words


@transaction.atomic
def undo(*, by: Profile, gate: Gate, why: str) -> Gate:
    """Take a judgement back, with a reason for all to read. It stays in the history, and the brand judges anew. Refuses
    a go that the lead has accepted. Gives the new gate."""
    standing = _held(gate)
    check_judges(by, gate)
    why = worded(why, "why", _("Say why."), most=400)
    if not standing:
        raise Refusal(_("This idea was withdrawn."))
    check_unsettled(gate.idea)
    stands = Gate.objects.filter(pk=gate.pk, state__in=JUDGED, undone=None)
    if not is_newest(gate) or not stands.update(undone=clock.now(), undone_why=why):
        raise Refusal(_("There is no judgement here that can be taken back."))
    gate.refresh_from_db()
    again = reopen(gate)
    record(verbs.UNDONE, by=by, brand=gate.brand, on=gate, idea=gate.idea_id, again=again.pk)
    return again


@transaction.atomic
def appeal(*, by: Profile, gate: Gate, words: str) -> Gate:
    """The lead says why the judgement is wrong, once; the brand answers within the days of its mark."""
    _held(gate)
    _check_lead(by, gate)
    words = worded(words, "words", _("Say what was overlooked."))
    open_to = Gate.objects.filter(pk=gate.pk, state__in=JUDGED, undone=None, accepted=None, appealed=None)
    days = judged.mark_of(gate.brand).days
    said: dict[str, Any] = {"appeal": words, "appealed": clock.now(), "appealed_by": by}
    said["answer_due"] = today() + timedelta(days=days)
    if not is_newest(gate) or not open_to.update(**said):
        raise Refusal(_("One appeal against one judgement, as long as it stands."))
    gate.refresh_from_db()
    record(verbs.APPEALED, by=by, on=gate, idea=gate.idea_id)
    return gate


@transaction.atomic
def answer_appeal(*, by: Profile, gate: Gate, words: str) -> Gate:
    """The brand answers for all to read. To judge otherwise, it takes its judgement back besides."""
    check_judges(by, gate)
    words = worded(words, "words", _("Answer what was said."))
    waits = Gate.objects.filter(pk=gate.pk, appealed__isnull=False, answered=None, undone=None)
    if not waits.update(answer=words, answered=clock.now()):
        raise Refusal(_("There is no appeal here that waits for an answer."))
    gate.refresh_from_db()
    record(verbs.ANSWERED, by=by, brand=gate.brand, on=gate, idea=gate.idea_id)
    return gate


@transaction.atomic
def accept(*, by: Profile, gate: Gate) -> Gate:
    """The lead says yes to one go; nothing else of the idea is judged then. What it would become is the brand's from
    now on, and its group buy is open. Refuses a second one."""
    standing = _held(gate)
    _check_lead(by, gate)
    if not standing:
        raise Refusal(_("Bring the idea back first."))
    check_unsettled(gate.idea)
    stands = Gate.objects.filter(pk=gate.pk, state=Gate.GO, undone=None)
    if not stands.update(accepted=clock.now()):
        raise Refusal(_("There is no go here that stands."))
    leave_gates(by, gate.idea)
    gate.refresh_from_db()
    open_pool(by=by, gate=gate, idea=lock(gate.idea_id)[gate.idea_id])
    record(verbs.ACCEPTED, by=by, on=gate, idea=gate.idea_id)
    return gate


def check_judges(by: Profile, gate: Gate) -> None:
    """Refuses who judges nothing for the brand, and who leads the idea, alone or with others."""
    check_judge(by, gate.brand)
    if queries.writes(by, gate.idea):
        raise NotAllowed(_("You lead this idea: others have to judge it."))


def _held(gate: Gate) -> bool:
    """Whoever backs, merges, withdraws or judges the idea waits, and it is read again; whether it still stands."""
    standing = hold(gate.idea)
    gate.idea.refresh_from_db()
    return standing


def _check_lead(by: Profile, gate: Gate) -> None:
    if gate.idea.lead_id != by.pk:
        raise NotAllowed(_("Only who leads the idea can do this."))
