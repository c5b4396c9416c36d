"""Whom the acts of pools tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import DESK, ORDERS, tells
from moothall.core import kinds
from moothall.core.kinds import Card
from moothall.people.models import OWNER, SELLER, Member, Profile

from . import concept_tells, queries, verbs
from .models import Pledge, Pool

_YOU_PLEDGED = concept_tells.YOU_PLEDGED
_YOU_SELL = _("You sell for the brand")


def _in_it(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    """The pool's page, called as its product."""
    pools = {act.pk: act.subject_id for act in acts if act.subject_kind == Pool.kind}
    own = Pledge.objects.filter(
        pk__in=[act.subject_id for act in acts if act.subject_kind == Pledge.kind], person=viewer
    )
    pool_of = dict(own.values_list("pk", "pool_id"))
    pools |= {act.pk: pool_of[act.subject_id] for act in acts if act.subject_id in pool_of and act.pk not in pools}
    found = queries.openable(viewer).in_bulk(set(pools.values()))
    return {
        act: Card(found[pool].product.title, queries.address(found[pool]))
        for act, pool in pools.items()
        if pool in found
    }


def _at_the_desk(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    desks = Member.objects.filter(person=viewer, role__in=(OWNER, SELLER)).values("brand")
    rows = Pool.objects.filter(pk__in=[act.subject_id for act in acts], product__brand__in=desks)
    titles = dict(rows.values_list("pk", "product__title"))
    places = kinds.addresses("desk pool", list(titles))
    return {
        act.pk: Card(titles[act.subject_id], places.get(act.subject_id, "/"))
        for act in acts
        if act.subject_id in titles
    }


def _pledgers(*states: str) -> object:
    def whom(act: Act) -> Iterable[int]:
        return Pledge.objects.filter(pool=act.subject_id, state__in=states).values_list("person_id", flat=True)

    return whom


def _sellers(act: Act) -> Iterable[int]:
    brand = Pool.objects.filter(pk=act.subject_id).values("product__brand")
    return Member.objects.filter(brand__in=brand, role__in=(OWNER, SELLER)).values_list("person_id", flat=True)


def _its_person(act: Act) -> Iterable[int]:
    return Pledge.objects.filter(pk=act.subject_id).values_list("person_id", flat=True)


# Each has a mail that a pledge owes its person: readers.py writes it whatever was chosen.
for _verb, _sentence, _states in (
    (verbs.WON, _("It came about: {subject}"), queries.COUNTED),
    (verbs.LOST, _("Too few pledged, so nothing is charged: {subject}"), (Pledge.RELEASED,)),
    (verbs.CANCELLED, _("Called off, so nothing is charged: {subject}"), (Pledge.RELEASED,)),
    (verbs.ENDED, _("It came to nothing, and your money goes back: {subject}"), (Pledge.RETURNING, Pledge.RETURNED)),
):
    tells(
        _verb,
        "pledgers",
        sort=ORDERS,
        sentence=_sentence,
        why=_YOU_PLEDGED,
        shown=_in_it,
        ties=False,
        has_mail=True,
    )(_pledgers(*_states))  # type: ignore[arg-type]
for _verb, _sentence in (
    (verbs.FAILED, _("Your card was refused. Pay by another: {subject}")),
    (verbs.RELEASED, _("Your pledge was let go, and nothing is charged: {subject}")),
    (verbs.DROPPED, _("Your pledge could not be charged in time: {subject}")),
):
    tells(
        _verb,
        "pledger",
        sort=ORDERS,
        sentence=_sentence,
        why=_YOU_PLEDGED,
        shown=_in_it,
        ties=False,
        has_mail=True,
    )(_its_person)
for _verb, _sentence in (
    (verbs.WON, _("Your group buy came about: {subject}")),
    (verbs.LOST, _("Your group buy did not reach its minimum: {subject}")),
    (verbs.ENDED, _("Too few could be charged in your group buy: {subject}")),
):
    tells(
        _verb,
        "sellers",
        sort=DESK,
        sentence=_sentence,
        why=_YOU_SELL,
        shown=_at_the_desk,
        ties=False,
    )(_sellers)
