"""Whom moderation tells: the stewards, whose thing it is, and who reported it. Nobody learns who reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import HALL, tells
from moothall.core.kinds import Card
from moothall.people.models import Account, Profile

from . import queries, verbs
from .models import Case, Report


def _stewards(case: int) -> set[int]:
    """Those who may decide it: whose thing it is learns nothing of the reports, nor that there are any."""
    found = Case.objects.filter(pk=case)
    whose = {pk for one in found for pk in queries.whose(one, queries.inside_of([one]).get(one.pk))}
    stewards = Account.objects.filter(is_steward=True, is_active=True).values_list("profile_id", flat=True)
    return set(stewards) - whose


def _cases(acts: Sequence[Act]) -> Mapping[int, Case]:
    return Case.objects.in_bulk({act.subject_id for act in acts})


def _for_stewards(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    if not Account.objects.filter(profile=viewer, is_steward=True, is_active=True).exists():
        return {}
    found = _cases(acts)
    things = queries.inside_of(found.values())
    found = {pk: one for pk, one in found.items() if viewer.pk not in queries.whose(one, things.get(pk))}
    return {
        act.pk: Card(queries.named(found[act.subject_id]), f"/steward/reports/{found[act.subject_id].public}")
        for act in acts
        if act.subject_id in found
    }


def _for_owner(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    found = {pk: one for pk, one in _cases(acts).items() if one.owner_id == viewer.pk}
    return {
        act.pk: Card(queries.named(found[act.subject_id]), queries.address(found[act.subject_id]))
        for act in acts
        if act.subject_id in found
    }


def _for_reporters(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    mine = Report.objects.filter(by=viewer, case__in={act.subject_id for act in acts}).select_related("case")
    found = {one.case_id: one.case for one in mine}
    return {
        act.pk: Card(queries.named(found[act.subject_id]), "/you/reports") for act in acts if act.subject_id in found
    }


@tells(
    verbs.REPORTED,
    "stewards",
    sort=HALL,
    sentence=_("Something was reported: {subject}"),
    why=_("You are a steward"),
    shown=_for_stewards,
    ties=False,
)
def stewards_of_the_reported(act: Act) -> Iterable[int]:
    """Once a case, however many report it."""
    return _stewards(act.subject_id) if act.data.get("first") else []


@tells(
    verbs.APPEALED,
    "stewards",
    sort=HALL,
    sentence=_("There is an appeal: {subject} was removed"),
    why=_("You are a steward"),
    shown=_for_stewards,
    ties=False,
)
def stewards_of_the_appeal(act: Act) -> Iterable[int]:
    return _stewards(act.subject_id)


@tells(
    verbs.HIDDEN,
    "whose it was",
    sort=HALL,
    sentence=_("A steward removed what you wrote: {subject}. You can read why, and appeal"),
    why=_("It is yours"),
    shown=_for_owner,
    ties=False,
)
def whose_was_hidden(act: Act) -> Iterable[int]:
    return _owner(act)


@tells(
    verbs.HIDDEN,
    "who reported it",
    sort=HALL,
    sentence=_("What you reported was removed: {subject}"),
    why=_("You reported it"),
    shown=_for_reporters,
    ties=False,
)
def who_reported_the_hidden(act: Act) -> Iterable[int]:
    return _reporters(act)


@tells(
    verbs.KEPT,
    "who reported it",
    sort=HALL,
    sentence=_("A steward looked at what you reported, and it stays: {subject}"),
    why=_("You reported it"),
    shown=_for_reporters,
    ties=False,
)
def who_reported_the_kept(act: Act) -> Iterable[int]:
    return _reporters(act)


@tells(
    verbs.RESTORED,
    "whose it is",
    sort=HALL,
    sentence=_("What you wrote stands again: {subject}"),
    why=_("It is yours"),
    shown=_for_owner,
    ties=False,
)
def whose_was_restored(act: Act) -> Iterable[int]:
    return _owner(act)


@tells(
    verbs.UPHELD,
    "whose it was",
    sort=HALL,
    sentence=_("Your appeal was looked at: {subject} stays removed"),
    why=_("You appealed"),
    shown=_for_owner,
    ties=False,
)
def whose_appeal_was_declined(act: Act) -> Iterable[int]:
    return _owner(act)


def _owner(act: Act) -> Iterable[int]:
    return Case.objects.filter(pk=act.subject_id).values_list("owner_id", flat=True)


def _reporters(act: Act) -> Iterable[int]:
    return Report.objects.filter(case=act.subject_id).values_list("by_id", flat=True)
