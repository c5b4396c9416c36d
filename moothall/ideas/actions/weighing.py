"""Weighing voices: who is known here, what each voice of an idea weighs, and what a steward says of a crowd."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, work
from moothall.core.refusals import NotAllowed, Refusal
from moothall.people.keys import may_keep
from moothall.people.models import Profile

from .. import queries, verbs
from ..models import Backing, Crowd, Idea, Standing, Weighing
from ..standing import grounds, is_known
from ..voices import voices
from ..weights import CROWD, Said, heard, together
from ..weights import weigh as points_of
from .gating import reach
from .locking import lock_whole

AT_ONCE = 500  # voices that are weighed while somebody waits; more are left to the worker
BATCH = 200


@transaction.atomic
def look(people: Sequence[int]) -> None:
    """Note by what each of these is known now. Where that changed, what they back is weighed anew by the worker."""
    if not people:
        return
    found = grounds(people)
    before = dict(Standing.objects.filter(person__in=people).values_list("person", "by"))
    now = clock.now()
    fresh = [one for one in people if one not in before]
    Standing.objects.bulk_create(
        [Standing(person_id=one, by=found.get(one, ""), looked=now) for one in fresh], ignore_conflicts=True
    )
    for one, by in before.items():
        if by != found.get(one, ""):
            Standing.objects.filter(person=one).update(by=found.get(one, ""), looked=now)
    changed = [one for one in people if bool(before.get(one)) != (one in found)]
    if changed:
        _weigh_later(Backing.objects.filter(person__in=changed).values_list("idea", "idea__into"))


def weigh_soon(idea: Idea) -> None:
    """Weigh it now, or where it has many voices by the worker. Needs its lock."""
    if idea.likes + idea.follows + idea.pays <= AT_ONCE:
        weigh(idea)
    else:
        _weigh_later([(idea.pk, None)])


def weigh(idea: Idea) -> None:
    """What each voice is taken for and weighs now, and what all weigh together. Needs its lock."""
    unseen = voices(idea).exclude(person__in=Standing.objects.values("person"))
    look(sorted(unseen.values_list("person", flat=True)))
    let, kept = (Crowd.objects.filter(idea=idea, let=one).aggregate(last=Max("at"))["last"] for one in (True, False))
    counted = voices(idea).annotate(known=is_known())
    rows = counted.values_list("pk", "level", "at", "person__since", "known", "trust", "points")
    before: dict[int, tuple[str, int]] = {}
    said: list[Said] = []
    pays: set[int] = set()
    for pk, level, at, since, known, trust, points in rows:
        before[pk] = (trust, points)
        is_let = let is not None and at <= let
        is_kept = kept is not None and at <= kept and trust == CROWD and not is_let
        said.append(Said(pk, Backing.WEIGHTS[level], at, since, known, is_let, is_kept))
        if level == Backing.PAY:
            pays.add(pk)
    after = points_of(said, clock.now())
    _write({pk: now for pk, now in after.items() if before[pk] != now})
    idea.rank = together(after.values())
    idea.heard = heard(after[pk][0] for pk in pays)
    idea.save(update_fields=["rank", "heard"])


@work.enrol("weighing", Weighing, lease=60)
def weigh_waiting(row: Weighing) -> None:
    """Also brings it to its gate, if those who are heard are enough by now."""
    with transaction.atomic():
        try:
            head, _merged = lock_whole(row.idea)
        except Refusal as refusal:
            raise work.Later(1) from refusal
        weigh(head)
        reach(head)
        Weighing.objects.filter(pk=row.pk, claim=row.claim).delete()


def weigh_all() -> int:
    """Once a day: look at everybody who backs something, and weigh what stands; time alone changes both. How many ideas
    were weighed."""
    last = 0
    while people := list(
        Backing.objects.filter(person__gt=last).order_by("person").values_list("person", flat=True).distinct()[:BATCH]
    ):
        look(people)
        last = people[-1]
    found = Idea.objects.filter(stage=Idea.SHAPE, weight__gt=0).order_by("pk").values_list("pk", flat=True)
    _weigh_later((pk, None) for pk in list(found))
    return len(found)


@transaction.atomic
def let_crowd(*, by: Profile, idea: Idea) -> None:
    """A steward says that voices that came to an idea at once are no false ones: all given until now count like any
    other's. Refuses whoever has a part in the idea, and where nothing waits."""
    head = _of_steward(by, idea)
    Crowd.objects.create(idea=head, by=by, at=clock.now(), let=True)
    weigh(head)
    record(verbs.CROWD_LET, by=by, on=head)
    reach(head)


@transaction.atomic
def keep_crowd(*, by: Profile, idea: Idea) -> None:
    """A steward says that they are to wait: each until its person is known here. Refuses the same."""
    head = _of_steward(by, idea)
    Crowd.objects.create(idea=head, by=by, at=clock.now(), let=False)
    record(verbs.CROWD_KEPT, by=by, on=head)


def _of_steward(by: Profile, idea: Idea) -> Idea:
    may_keep(by)
    head, merged = lock_whole(idea)
    parts = [head, *merged]
    own = any(queries.writes(by, one) or queries.is_of_its_brand(by, one) for one in parts)
    if own or Backing.objects.filter(idea__in=parts, person=by).exists():
        raise NotAllowed(_("You have a part in this idea: another steward decides."))
    if not voices(head).filter(trust=CROWD).exists():
        raise Refusal(_("No voices wait here."))
    return head


def _weigh_later(ideas: Iterable[tuple[int, int | None]]) -> None:
    """Ideas, and what each is merged into, if it is."""
    heads = sorted({into or idea for idea, into in ideas})
    now = clock.now()
    Weighing.objects.bulk_create([Weighing(idea_id=one, due=now) for one in heads], ignore_conflicts=True)
    for one in heads:
        Weighing.objects.filter(idea=one).update(**work.anew(now))


def _write(changed: dict[int, tuple[str, int]]) -> None:
    alike: dict[tuple[str, int], list[int]] = defaultdict(list)
    for pk, now in changed.items():
        alike[now].append(pk)
    for (trust, points), pks in alike.items():
        for start in range(0, len(pks), BATCH):
            Backing.objects.filter(pk__in=pks[start : start + BATCH]).update(trust=trust, points=points)
