"""Which ideas can be seen, what stands behind them, and what they are like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moothall.core import pictures, search
from moothall.core.kinds import Card, Doc
from moothall.core.money import Money
from moothall.people import queries as people
from moothall.people.models import BRAND, Member, Profile

from .gates import Gate
from .models import Author, Contribution, Idea, Merger, Version
from .stages import with_stage
from .voices import whole

pictures.keep_back(Idea, Q(hidden__isnull=False))
Viewer = Profile | None
SIZE = 24
SIMILAR = 3  # ideas shown before one sends one's own
WORDS = 6  # of a title that ideas like it are looked for by


def seen(viewer: Viewer) -> Q:
    """Ideas that stand, of leads who are here and not parted from the viewer."""
    return Q(stage=Idea.SHAPE, hidden=None) & people.seen(viewer, "lead")


def visible_to(viewer: Viewer) -> QuerySet[Idea]:
    return Idea.objects.filter(seen(viewer))


def open_to(viewer: Viewer, at: str = "") -> Q:
    """Ideas that stand or were merged into another, of leads who are here and not parted from the viewer; as a
    condition on rows that link to an idea, too (`at` as "idea__")."""
    stands = Q(**{f"{at}stage__in": (Idea.SHAPE, Idea.MERGED), f"{at}hidden": None})
    return stands & people.seen(viewer, f"{at}lead")


def openable(viewer: Viewer) -> QuerySet[Idea]:
    """What the viewer may open: what they see, what was merged into another, and all that they lead or led with."""
    rows = Idea.objects.filter(may_open(viewer))
    return rows.select_related("lead", "lead__portrait", "brand", "picture", "into", "forked_from")


def may_open(viewer: Viewer, at: str = "") -> Q:
    """The same as a condition on rows that link to an idea."""
    return open_to(viewer, at) | own(viewer, at)


def own(viewer: Viewer, at: str = "") -> Q:
    """Ideas the viewer leads, alone or with others."""
    if viewer is None:
        return Q(pk__in=[])
    shared = Author.objects.filter(person=viewer, state=Author.STANDS).values("idea")
    return Q(**{f"{at}lead": viewer}) | Q(**{f"{at}pk__in": shared})


def led_by(person: Profile) -> QuerySet[Idea]:
    """What somebody leads, alone or with others, or is invited to, and what was proposed of it."""
    asked = Author.objects.filter(person=person).exclude(state=Author.LEFT).values("idea")
    return openable(person).filter(Q(lead=person) | Q(pk__in=asked)).exclude(stage=Idea.DRAFT)


def written_by(person: Profile) -> QuerySet[Idea]:
    """What somebody may write: their drafts, and ideas they lead, alone or with others."""
    rows = Idea.objects.filter(own(person))
    return rows.select_related("lead", "lead__portrait", "brand", "picture", "into", "forked_from")


def removed(viewer: Viewer) -> QuerySet[Idea]:
    """What a steward removed and would be seen otherwise."""
    proposed = (Idea.SHAPE, Idea.MERGED)
    return Idea.objects.filter(people.seen(viewer, "lead"), stage__in=proposed, hidden__isnull=False)


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(visible_to(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    rows = visible_to(viewer).filter(pk__in=list(ids)).select_related("lead", "picture")
    return {row.pk: Card(row.title, address(row), "ideas/_idea.html", row) for row in rows}


def address(idea: Idea) -> str:
    return f"/ideas/{idea.public}"


def authors_address(idea: Idea) -> str:
    return f"{address(idea)}/authors"


def documents(ids: Iterable[int]) -> dict[int, Doc]:
    rows = visible_to(None).filter(pk__in=list(ids)).select_related("lead")
    return {
        row.pk: Doc(
            row.title,
            {search.STRONG: row.audience, search.SIDE: row.lead.name, search.BODY: f"{row.problem} {row.use}"},
        )
        for row in rows
    }


def all_ids() -> Iterable[int]:
    return Idea.objects.exclude(stage=Idea.DRAFT).values_list("pk", flat=True)


def named(public: str) -> int | None:
    """Drafts are spoken of by nobody."""
    return Idea.objects.filter(public=public).exclude(stage=Idea.DRAFT).values_list("pk", flat=True).first()


def listed(viewer: Viewer) -> QuerySet[Idea]:
    """The weightiest first: a would-pay weighs as four likes, a follow as two, and each by whose it is (weights.py); of
    alike the newer one."""
    rows = with_stage(visible_to(viewer)).select_related("lead", "lead__portrait", "brand", "picture")
    return rows.order_by("-rank", "-id")


def in_order(viewer: Viewer, ids: Sequence[int]) -> list[Idea]:
    """Those of these that may be seen, in this order."""
    rows = listed(viewer).in_bulk(list(ids)) if ids else {}
    return [rows[id] for id in ids if id in rows]


def made_with(person: Profile, key: str) -> Idea | None:
    """What the form of this key made."""
    return Idea.objects.filter(lead=person, key=key).first() if key else None


def drafts_of(person: Profile) -> QuerySet[Idea]:
    return Idea.objects.filter(lead=person, stage=Idea.DRAFT).order_by("-id")


def ideas_of(person: Profile) -> QuerySet[Idea]:
    """What somebody leads, withdrawn ones too: for themselves."""
    return with_stage(Idea.objects.filter(lead=person)).select_related("lead", "picture").order_by("-id")


def similar(viewer: Viewer, idea: Idea) -> list[Idea]:
    """Ideas that hold one of the longest words of its title, the one with most of them first: somebody may have had it
    already."""
    found: dict[int, int] = {}
    asked = set(search.words.asked(idea.title)) - search.words.STOP
    for word in sorted(asked, key=lambda word: (-len(word), word))[:WORDS]:
        for id in search.find(viewer, word, [Idea.kind], limit=SIZE).ids[Idea.kind]:
            found[id] = found.get(id, 0) + 1
    found.pop(idea.pk, None)
    best = sorted(found, key=lambda id: (-found[id], -id))[:SIMILAR]
    return in_order(viewer, best)


def like(viewer: Profile, idea: Idea) -> list[Idea]:
    """What it may be merged into: others of the viewer's own, and ideas that are like it."""
    own = visible_to(viewer).filter(lead=viewer).exclude(pk=idea.pk).order_by("-pk").values_list("pk", flat=True)
    near = [one.pk for one in similar(viewer, idea)]
    return in_order(viewer, list(dict.fromkeys([*near, *own[: 2 * SIMILAR]])))


# ---- who wrote it


def known(viewer: Viewer, ids: Iterable[int | None]) -> dict[int, Profile]:
    """Those of these people and brands whom the viewer may see; a page says "somebody" of the others."""
    return people.visible_to(viewer).select_related("portrait").in_bulk({id for id in ids if id is not None})


def brands_known(viewer: Viewer, ideas: Iterable[Idea]) -> set[int]:
    """Of the brands these ideas are addressed to, those that the viewer may see."""
    asked = {idea.brand_id for idea in ideas if idea.brand_id is not None}
    return people.visible_ids(viewer, asked) if asked else set()


def shapers_in(versions: QuerySet[Version]) -> QuerySet[Version, Any]:
    """Whose words these versions are (`by`), and since which of them (`first`); the first first."""
    return versions.values("by").annotate(first=Min("number")).order_by("first", "by")


def authors_of(idea: Idea) -> QuerySet[Author]:
    """Who leads it with its lead, or is invited to, the longest first."""
    rows = Author.objects.filter(idea=idea).exclude(state=Author.LEFT)
    return rows.select_related("person", "person__portrait", "invited_by").order_by("at", "pk")


def writes(person: Viewer, idea: Idea) -> bool:
    """Whether they lead it, alone or with others."""
    if person is None:
        return False
    with_others = Author.objects.filter(idea=idea, person=person, state=Author.STANDS)
    return idea.lead_id == person.pk or with_others.exists()


def authorships(viewer: Profile) -> QuerySet[Author]:
    """Those the viewer may answer or end: their own, and all of the ideas they lead."""
    rows = Author.objects.filter(Q(person=viewer) | Q(idea__lead=viewer)).exclude(state=Author.LEFT)
    return rows.select_related("idea", "idea__lead", "idea__brand", "person")


def visible_authorships(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(authorship_cards(viewer, ids))


def authorship_cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    if viewer is None:
        return {}
    shown = Q(idea__stage__in=(Idea.SHAPE, Idea.MERGED), idea__hidden=None)
    shown |= ~Q(state=Author.INVITED) | Q(idea__lead=viewer)
    rows = authorships(viewer).filter(shown, pk__in=list(ids))
    return {row.pk: Card(str(row.idea), authors_address(row.idea)) for row in rows}


# ---- merged ideas


def mergers(viewer: Profile) -> QuerySet[Merger]:
    """Those of ideas that the viewer leads."""
    rows = Merger.objects.filter(Q(idea__lead=viewer) | Q(into__lead=viewer))
    return rows.select_related("idea", "idea__lead", "idea__brand", "into", "into__lead", "into__brand")


def asked_into(viewer: Profile, idea: Idea) -> QuerySet[Merger]:
    """What waits for the answer of its lead: others that would be merged into it."""
    waiting = mergers(viewer).filter(into=idea, state=Merger.ASKED, idea__hidden=None)
    return waiting.filter(people.seen(viewer, "idea__lead")).order_by("-pk")


def merger_of(idea: Idea) -> Merger | None:
    """The one that stands, or waits for its answer."""
    return Merger.objects.filter(idea=idea, state__in=(Merger.ASKED, Merger.STANDS)).select_related("into").first()


def visible_mergers(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(merger_cards(viewer, ids))


def merger_cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    """Called as the idea that another is merged into, which the viewer may open; of none that was removed."""
    if viewer is None:
        return {}
    rows = mergers(viewer).filter(pk__in=list(ids), idea__hidden=None, into__hidden=None)
    shown = rows.filter(Q(into__in=Idea.objects.filter(may_open(viewer))))
    return {row.pk: Card(str(row.into), f"/mergers/{row.public}") for row in shown}


# ---- versions and contributions


def versions_of(idea: Idea) -> QuerySet[Version]:
    return Version.objects.filter(idea=idea).order_by("-number")


def readable(viewer: Viewer) -> QuerySet[Contribution]:
    """Contributions that were not taken back, of people who are not parted from the viewer; removed ones only who wrote
    them still reads."""
    stands = Q(hidden=None) | Q(by=viewer) if viewer else Q(hidden=None)
    rows = Contribution.objects.filter(stands, people.seen(viewer, "by")).exclude(state=Contribution.BACK)
    return rows.select_related("by", "by__portrait")


def contributions_to(idea: Idea, viewer: Viewer, *, joined: bool | None = None) -> QuerySet[Contribution]:
    """The newest first; with those that wait at ideas merged into it (`joined`: there are some), of leads the viewer
    may see."""
    here = Q(idea=idea)
    stands = readable(viewer).filter(hidden=None)
    if idea.joined if joined is None else joined:
        stands = stands.filter(idea__in=whole(idea))
        here |= Q(idea__into=idea, idea__hidden=None, state=Contribution.OPEN) & people.seen(viewer, "idea__lead")
    return stands.filter(here).select_related("idea", "by", "by__portrait").order_by("-id")


def visible_contributions(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(contribution_cards(viewer, ids))


def contribution_cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    """Called as their idea, and shown on its page."""
    own = {row.pk: row for row in readable(viewer).filter(pk__in=list(ids))}
    ideas = openable(viewer).in_bulk({row.idea_id for row in own.values()})
    return {
        pk: Card(str(ideas[row.idea_id]), f"/contributions/{row.public}")
        for pk, row in own.items()
        if row.idea_id in ideas
    }


# ---- backing


@dataclass(slots=True)
class Support:
    """Who stands behind an idea: one voice each, at their strongest. Half of those who named a price would pay `median`
    or more."""

    likes: int = 0
    follows: int = 0
    pays: int = 0
    median: Money | None = None

    @property
    def voices(self) -> int:
        return self.likes + self.follows + self.pays

    @property
    def words(self) -> str:
        if not self.voices:
            return _("Nobody behind it yet")
        return ngettext("One behind it", "%(number)s behind it", self.voices) % {"number": self.voices}


def support_for(ideas: Iterable[Idea]) -> dict[int, Support]:
    """By the idea's id, without prices; asks nothing."""
    return {idea.pk: Support(idea.likes, idea.follows, idea.pays) for idea in ideas}


def brands_for(person: Profile) -> QuerySet[Profile]:
    """To whom the person may address an idea: brands of whose team they are not."""
    own = Member.objects.filter(person=person).values("brand")
    return Profile.objects.filter(people.seen(person), sort=BRAND).exclude(pk__in=own).order_by("name")


def is_of_its_brand(person: Profile, idea: Idea) -> bool:
    """Whether the person is in the team of the brand that the idea is addressed to, or of one that judges it."""
    judging = Gate.objects.filter(idea=idea).exclude(state=Gate.WITHDRAWN).values("brand")
    return Member.objects.filter(Q(brand=idea.brand_id) | Q(brand__in=judging), person=person).exists()
