"""How far an idea is on its way to a thing: reckoned from what its gates and its pool say, kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from moothall.catalog.models import Product
from moothall.pools.models import Milestone, Pool

from .gates import JUDGED, Gate
from .models import Idea

SHAPE, GATHERING, GATE, POOLING, MAKING, MADE = "shape", "gathering", "gate", "pooling", "making", "made"
NOT_MADE, BACK = "not_made", "back"
WAY = (SHAPE, GATHERING, GATE, POOLING, MAKING, MADE)  # in this order
WORDS: Mapping[str, Any] = {
    SHAPE: _("taking shape"),
    GATHERING: _("gathering"),
    GATE: _("at the gate"),
    POOLING: _("pooling"),
    MAKING: _("making"),
    MADE: _("made"),
    NOT_MADE: _("not made"),
    BACK: _("back to shape"),
}
COUNTS = ("pool", "pool_stage", "at_gate", "accepted", "last", "out")


def with_stage(rows: QuerySet[Idea]) -> QuerySet[Idea]:
    """Ideas that know what `stage_of` asks, without a query more: of their newest pool, `pool` (its public id) and
    `pool_stage`."""
    newest = Pool.objects.filter(product=OuterRef("concept")).order_by("-pk")
    gates = Gate.objects.filter(idea=OuterRef("pk"))
    judged = gates.filter(state__in=JUDGED, undone=None).order_by("-pk").values("state")
    out = Product.objects.filter(pk=OuterRef("concept"), published__isnull=False)
    return rows.annotate(
        pool=Subquery(newest.values("public")[:1]),
        pool_stage=Subquery(newest.values("stage")[:1]),
        at_gate=Exists(gates.filter(state=Gate.OPEN)),
        accepted=Exists(gates.filter(accepted__isnull=False)),
        last=Subquery(judged[:1]),
        out=Exists(out),
    )


def with_making(rows: QuerySet[Idea]) -> QuerySet[Idea]:
    """Besides, what an idea's own page says of its pool: people, pieces, when it ends, when it is delivered, and the
    milestone that comes next."""
    newest = Pool.objects.filter(product=OuterRef("concept")).order_by("-pk")
    steps = Milestone.objects.filter(pool__product=OuterRef("concept"))
    coming = steps.filter(done=None).order_by("due", "pk")
    names = ("people", "pieces", "minimum", "deadline", "promised")
    ahead = {f"pool_{name}": Subquery(newest.values(name)[:1]) for name in names}
    made_at = Product.objects.filter(pk=OuterRef("concept"))
    return with_stage(rows).annotate(
        **ahead,
        step=Subquery(coming.values("words")[:1]),
        step_due=Subquery(coming.values("due")[:1]),
        thing=Subquery(made_at.values("slug")[:1]),
        thing_of=Subquery(made_at.values("brand__handle")[:1]),
    )


def stage_of(idea: Idea) -> str:
    """One of WORDS, or nothing where it does not stand. Asks once of an idea that does not come with it."""
    if not idea.stands:
        return ""
    if not hasattr(idea, "pool_stage"):
        found = with_stage(Idea.objects.all()).get(pk=idea.pk)
        for name in COUNTS:
            setattr(idea, name, getattr(found, name))
    known: dict[str, Any] = {name: getattr(idea, name) for name in COUNTS}
    if known["accepted"]:
        return _after_the_yes(known)
    if known["at_gate"] or known["last"] == Gate.GO:
        return GATE
    if known["last"] == Gate.NEEDS:
        return BACK
    if known["pool_stage"] == Pool.GATHERING:
        return GATHERING
    return NOT_MADE if known["last"] == Gate.NO else SHAPE


def _after_the_yes(known: Mapping[str, Any]) -> str:
    if known["out"]:
        return MADE
    return {Pool.OPEN: POOLING, Pool.WON: MAKING, None: POOLING}.get(known["pool_stage"], NOT_MADE)


def at(rows: QuerySet[Idea], stage: str) -> QuerySet[Idea]:
    """Those at one of these stages, of ideas that stand."""
    newest = Pool.objects.filter(product=OuterRef("concept"))
    yes = Q(Exists(Gate.objects.filter(idea=OuterRef("pk"), accepted__isnull=False)))
    gates = Gate.objects.filter(idea=OuterRef("pk"))
    last = gates.filter(state__in=JUDGED, undone=None).order_by("-pk").values("state")
    asked = {
        GATHERING: Q(Exists(newest.filter(stage=Pool.GATHERING))),
        GATE: Q(Exists(gates.filter(state=Gate.OPEN))) | ~yes & Q(judged=Gate.GO),
        POOLING: Q(Exists(newest.filter(stage=Pool.OPEN))),
        MAKING: yes & Q(Exists(newest.filter(stage=Pool.WON)), concept__published=None),
        MADE: yes & Q(concept__published__isnull=False),
    }
    if stage == GATE:  # a go waits there for its yes
        rows = rows.alias(judged=Subquery(last[:1]))
    return rows.filter(asked[stage]) if stage in asked else rows


@dataclass(frozen=True, slots=True)
class Way:
    """Where on its way an idea is, as a page shows it: the stages in their order, and which of them is now."""

    stage: str

    @property
    def word(self) -> Any:
        return WORDS.get(self.stage, "")

    @property
    def steps(self) -> list[dict[str, Any]]:
        """As a timeline takes them: each stage in its order; of one that ended otherwise, how it began and ended."""
        if self.stage in WAY:
            here = WAY.index(self.stage)
            states = ("done" if n < here or self.stage == MADE else "now" if n == here else "" for n in range(len(WAY)))
            return [{"text": WORDS[one], "state": state} for one, state in zip(WAY, states, strict=True)]
        if not self.stage:
            return []
        last = {"text": self.word, "state": "stopped" if self.stage == NOT_MADE else "now"}
        return [{"text": WORDS[SHAPE], "state": "done"}, last]


def way_of(idea: Idea) -> Way:
    return Way(stage_of(idea))
