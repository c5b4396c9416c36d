"""Who shaped an idea, read from its own record: who leads it, and in whose words its versions are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moothall.ideas.gates import Gate
from moothall.ideas.models import Author, Idea, Version
from moothall.ideas.voices import whole
from moothall.people import queries as people
from moothall.people.models import PERSON, Member, Profile

from . import shares


@dataclass(frozen=True, slots=True)
class Shaper:
    """What one person did for an idea. `merged`: they lead one that is merged into it, without a version of it."""

    person: int
    leads: bool
    first: bool  # they are its lead, not one who leads it too
    versions: int
    merged: bool

    def said(self, all_versions: int) -> str:
        """In words, as a page and a split say it."""
        found = []
        if self.leads:
            found.append(_("leads it") if self.first else _("leads it too"))
        if self.versions:
            words = ngettext(
                "%(number)s of %(all)s versions is in their words",
                "%(number)s of %(all)s versions are in their words",
                self.versions,
            )
            found.append(words % {"number": self.versions, "all": all_versions})
        if self.merged:
            found.append(_("leads an idea that is merged into it"))
        return "; ".join(found)


@dataclass(frozen=True, slots=True)
class Record:
    """All who shaped an idea, by their ids; versions of ideas merged into it count like its own."""

    shapers: list[Shaper]
    versions: int

    @property
    def fingerprint(self) -> str:
        """Another one as soon as somebody leads it, no longer does, or has a version more or less."""
        rows = [[one.person, one.leads, one.versions, one.merged] for one in self.shapers]
        return sha256(json.dumps(rows).encode()).hexdigest()


def record_of(idea: Idea) -> Record:
    """A contribution that was taken in is a version in its author's words, so versions are all there is to count."""
    counts = dict(Version.objects.filter(idea__in=whole(idea)).values_list("by").annotate(number=Count("pk")))
    authors = set(Author.objects.filter(idea=idea, state=Author.STANDS).values_list("person_id", flat=True))
    merged = set(Idea.objects.filter(into=idea).values_list("lead_id", flat=True))
    rows = [
        Shaper(
            person=pk,
            leads=pk == idea.lead_id or pk in authors,
            first=pk == idea.lead_id,
            versions=counts.get(pk, 0),
            merged=pk in merged and pk not in counts,
        )
        for pk in sorted({idea.lead_id, *authors, *merged, *counts})
    ]
    return Record(rows, sum(counts.values()))


def company(idea: Idea, ids: set[int]) -> set[int]:
    """Those who are in the team of the brand that the idea is addressed to, or of one that judged it or does."""
    judging = Gate.objects.filter(idea=idea).exclude(state=Gate.WITHDRAWN).values("brand")
    rows = Member.objects.filter(Q(brand=idea.brand_id) | Q(brand__in=judging), person__in=ids)
    return set(rows.values_list("person_id", flat=True))


def nameable(by: Profile, idea: Idea, ids: set[int]) -> dict[int, Profile]:
    """Those of some people who can be named in a split by its lead: persons who are here, not parted from the lead,
    and of no team that judges the idea."""
    rows = people.visible_to(by).filter(sort=PERSON, gone=None).select_related("portrait").in_bulk(ids)
    out = company(idea, set(rows))
    return {pk: one for pk, one in rows.items() if pk not in out}


@dataclass(frozen=True, slots=True)
class Suggested:
    """A share that the record suggests, and why."""

    person: Profile
    points: int
    why: str


def suggested(by: Profile, idea: Idea, found: Record) -> list[Suggested]:
    """Shares of all who shaped it and can be named, the largest first, 10,000 points together; none where nobody can
    be."""
    known = nameable(by, idea, {one.person for one in found.shapers})
    here = {one.person: one for one in found.shapers if one.person in known}
    leads = [pk for pk, one in here.items() if one.leads]
    points = shares.proposed(leads, {pk: one.versions or int(one.merged) for pk, one in here.items()})
    rows = [Suggested(known[pk], part, here[pk].said(found.versions)[:200]) for pk, part in points.items()]
    return sorted(rows, key=lambda one: (-one.points, one.person.pk))
