"""Cases as those see them whom they concern, and what everybody may read of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from moothall.core import kinds
from moothall.core.kinds import Card, Inside
from moothall.people.models import Account, Member, Profile

from .models import Case, Report

Viewer = Profile | None
PAGE = 30
NAMES = {
    "comment": _("a comment"),
    "contribution": _("a contribution"),
    "idea": _("an idea"),
    "improvement": _("a change that is asked for"),
    "poll": _("a question"),
    "post": _("a post"),
    "product": _("a product"),
    "profile": _("a profile"),
    "sheet": _("other numbers"),
}


def may_report(kind: str) -> bool:
    """Things that can be spoken of. Those that cannot be hidden are only noted for the stewards."""
    found = kinds.known().get(kind)
    return found is not None and found.inside is not None


def may_hide(kind: str) -> bool:
    found = kinds.known().get(kind)
    return found is not None and found.hide is not None


def named(case: Case) -> str:
    """What kind of thing it is; never which."""
    return str(NAMES.get(case.subject_kind, _("something")))


def _with_names(rows: QuerySet[Case]) -> QuerySet[Case]:
    more = ("decided_by", "answered_by", "restored_by", "brand", "answer_brand", "restored_brand")
    return rows.select_related("owner", "owner__portrait", *more)


def log() -> QuerySet[Case]:
    """What was removed and what became of it, newest first, for everybody."""
    return _with_names(Case.objects.filter(Case.public_ones())).order_by("-decided", "-id")


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(Case.objects.filter(Case.public_ones(), pk__in=list(ids)).values_list("pk", flat=True))


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    rows = Case.objects.filter(Case.public_ones(), pk__in=list(ids))
    return {row.pk: Card(named(row), address(row)) for row in rows}


def address(case: Case) -> str:
    return f"/moderation/{case.public}"


def removal_of(kind: str, id: int) -> Case | None:
    """Why a thing is removed now."""
    rows = Case.objects.filter(subject_kind=kind, subject_id=id, state__in=Case.REMOVED)
    return _with_names(rows).first()


def reports_of(person: Profile) -> QuerySet[Report]:
    """What somebody reported, newest first; and whether the log tells of it (`is_public`)."""
    public = Exists(Case.objects.filter(Case.public_ones(), pk=OuterRef("case")))
    return Report.objects.filter(by=person).select_related("case").annotate(is_public=public).order_by("-id")


# ---- for stewards


def cases() -> QuerySet[Case]:
    return _with_names(Case.objects.all())


def waiting() -> QuerySet[Case]:
    """What is to be decided, the oldest first."""
    return cases().filter(state__in=(Case.OPEN, Case.APPEALED)).order_by("id")


def reports_in(case: Case) -> QuerySet[Report]:
    return Report.objects.filter(case=case).select_related("by", "by__portrait").order_by("id")


def inside_of(rows: Iterable[Case]) -> dict[int, Inside]:
    """By the case's id what the thing says, whatever state it is in; one question for each kind."""
    wanted: dict[str, set[int]] = {}
    rows = list(rows)
    for row in rows:
        wanted.setdefault(row.subject_kind, set()).add(row.subject_id)
    found = {kind: kinds.inside(kind, ids) for kind, ids in wanted.items()}
    things = {row.pk: found[row.subject_kind].get(row.subject_id) for row in rows}
    return {pk: thing for pk, thing in things.items() if thing}


def whose(case: Case, thing: Inside | None) -> set[int]:
    """Whose the thing is: who owned it when it was reported or removed, who owns it now, and who made it with them."""
    return {case.owner_id} | ({thing.owner, *thing.others} if thing else set())


def brand_of(steward: Profile, thing: Inside | None) -> Profile | None:
    """A brand that the thing concerns and whose team the steward is in."""
    if thing is None or not thing.brands:
        return None
    rows = Member.objects.filter(brand__in=thing.brands, person=steward).select_related("brand")
    member = rows.order_by("brand").first()
    return member.brand if member else None


def others_than(steward: Profile, case: Case, thing: Inside | None) -> bool:
    """Whether another steward could look at it: neither this one nor whose thing it is."""
    stewards = Account.objects.filter(is_steward=True, is_active=True)
    return stewards.exclude(profile__in={steward.pk} | whose(case, thing)).exists()
