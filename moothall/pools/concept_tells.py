"""Whom the acts on the way from a concept to a thing tell: who pledged, who paid, who sells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import ORDERS, tells
from moothall.activity.verbs import Verb
from moothall.core.kinds import Card
from moothall.people.models import Profile

from . import queries, verbs
from .models import Milestone, Pledge

YOU_PLEDGED = _("You pledged to buy")
YOU_PAID = _("You pledged, and paid")
CHARGED = (Pledge.DUE, Pledge.FAILING, Pledge.PAID)


def standing_before(act: Act) -> Iterable[Pledge]:
    """Who stood in it before its price was named, and stands on."""
    return Pledge.objects.filter(pool=act.subject_id, pool__concept=True, state=Pledge.STANDING, at__lte=act.at)


def _at_the_pool(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    """Of a milestone: its pool's page, called as the thing."""
    steps = Milestone.objects.filter(pk__in=[act.subject_id for act in acts])
    pool_of = dict(steps.values_list("pk", "pool_id"))
    found = queries.openable(viewer).in_bulk(set(pool_of.values()))
    return {
        act.pk: Card(pool.product.title, queries.address(pool))
        for act in acts
        if (pool := found.get(pool_of.get(act.subject_id, 0)))
    }


def _pool_itself(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    found = queries.openable(viewer).in_bulk({act.subject_id for act in acts})
    return {
        act.pk: Card(found[act.subject_id].product.title, queries.address(found[act.subject_id]))
        for act in acts
        if act.subject_id in found
    }


def _of_pledge(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    own = Pledge.objects.filter(pk__in=[act.subject_id for act in acts], person=viewer)
    found = {one.pk: one.pool for one in own.select_related("pool__product")}
    return {
        act.pk: Card(found[act.subject_id].product.title, queries.address(found[act.subject_id]))
        for act in acts
        if act.subject_id in found
    }


def _person(act: Act) -> Iterable[int]:
    return Pledge.objects.filter(pk=act.subject_id).values_list("person_id", flat=True)


def _released(act: Act) -> Iterable[int]:
    return Pledge.objects.filter(pool=act.subject_id, state=Pledge.RELEASED).values_list("person_id", flat=True)


def _waiting(act: Act) -> Iterable[int]:
    rows = Pledge.objects.filter(pool=act.subject_id, state=Pledge.PAID, offered=F("pool__moved"))
    return rows.values_list("person_id", flat=True)


def _charged(act: Act) -> Iterable[int]:
    pools = Milestone.objects.filter(pk=act.subject_id).values("pool")
    return Pledge.objects.filter(pool__in=pools, state__in=CHARGED).values_list("person_id", flat=True)


def _stand_on(act: Act) -> Iterable[int]:
    return [one.person_id for one in standing_before(act)]


def _told(verb: Verb, whom: object, sentence: object, shown: object, why: object = YOU_PLEDGED) -> None:
    """Each has a mail that is owed: concept_readers.py writes it whatever was chosen."""
    tells(verb, "pledgers", sort=ORDERS, sentence=sentence, why=why, shown=shown, ties=False, has_mail=True)(whom)  # type: ignore[arg-type]


_told(verbs.OPENED, _stand_on, _("It has a price, and your pledge stands: {subject}"), _pool_itself)
_told(verbs.GATHERING_ENDED, _released, _("Its gathering ended, and nothing is charged: {subject}"), _pool_itself)
_told(verbs.ASKED, _person, _("It costs more than you said. Do you take it? {subject}"), _of_pledge)
_told(verbs.REACHED, _charged, _("A milestone is reached: {subject}"), _at_the_pool, YOU_PAID)
_told(verbs.MOVED, _charged, _("A milestone moved: {subject}"), _at_the_pool, YOU_PAID)
_told(verbs.DELAYED, _waiting, _("It comes later. Wait, or have your money back: {subject}"), _pool_itself, YOU_PAID)
_told(verbs.LATE, _person, _("It is late. Wait, or have your money back: {subject}"), _of_pledge, YOU_PAID)

tells(
    verbs.PLANNED,
    "pledgers",
    sort=ORDERS,
    sentence=_("A milestone is planned: {subject}"),
    why=YOU_PAID,
    shown=_at_the_pool,
    ties=False,
)(_charged)
