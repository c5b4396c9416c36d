"""Which ideas can be seen, what stands behind them, and what they are like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Exists, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moothall.core import search
from moothall.core.kinds import Card, Doc, Inside
from moothall.core.money import Money
from moothall.people import queries as people
from moothall.people.models import BRAND, Member, Profile

from .gates import VOICES, Gate, Mark
from .models import Author, Backing, Contribution, Idea, Merger, Version
from .voices import voices

Viewer = Profile | None
SIZE = 24
SIMILAR = 3  # ideas shown before one sends one's own
WORDS = 6  # of a title that ideas like it are looked for by
SHAPERS = 12  # shown of an idea
KIN = 24  # ideas begun from one, or merged into it, that its page shows


def seen(viewer: Viewer) -> Q:
    """Ideas that stand, of leads who are here and not parted from the viewer."""
    return Q(stage=Idea.SHAPE, hidden=None) & people.seen(viewer, "lead")


def visible_to(viewer: Viewer) -> QuerySet[Idea]:
    return Idea.objects.filter(seen(viewer))


def openable(viewer: Viewer) -> QuerySet[Idea]:
    """What the viewer may open: what they see, what was merged into another, and all that they lead or led with."""
    shown = Q(stage__in=(Idea.SHAPE, Idea.MERGED), hidden=None) & people.seen(viewer, "lead")
    rows = Idea.objects.filter(shown | own(viewer))
    return rows.select_related("lead", "lead__portrait", "brand", "picture", "into", "forked_from")


def own(viewer: Viewer) -> Q:
    """Ideas the viewer leads, alone or with others."""
    if viewer is None:
        return Q(pk__in=[])
    return Q(lead=viewer) | Q(pk__in=Author.objects.filter(person=viewer, state=Author.STANDS).values("idea"))


def led_by(person: Profile) -> QuerySet[Idea]:
    """What somebody leads, alone or with others, or is invited to, and what was proposed of it."""
    asked = Author.objects.filter(person=person).exclude(state=Author.LEFT).values("idea")
    return openable(person).filter(Q(lead=person) | Q(pk__in=asked)).exclude(stage=Idea.DRAFT)


def written_by(person: Profile) -> QuerySet[Idea]:
    """What somebody may write: their drafts, and ideas they lead, alone or with others."""
    rows = Idea.objects.filter(own(person))
    return rows.select_related("lead", "lead__portrait", "brand", "picture", "into", "forked_from")


def opened(viewer: Viewer, public: str) -> tuple[Idea, bool] | None:
    """What the viewer may open, and whether they are in a team that judges it, by one query; it knows whether others
    were begun from it, and its brand's mark."""
    judging = Gate.objects.filter(idea=OuterRef(OuterRef("pk"))).exclude(state=Gate.WITHDRAWN).values("brand")
    mine = Member.objects.filter(Q(brand=OuterRef("brand")) | Q(brand__in=judging), person=viewer)
    below = Idea.objects.filter(forked_from=OuterRef("pk"))
    voices = Mark.objects.filter(brand=OuterRef("brand")).values("voices")[:1]
    mark = Coalesce(Subquery(voices), VOICES)
    rows = openable(viewer).annotate(of_team=Exists(mine), has_forks=Exists(below), mark=mark)
    found = rows.filter(public=public).first()
    return (found, found.of_team) if found else None


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


def inside(ids: Iterable[int]) -> dict[int, Inside]:
    return {
        row.pk: Inside(
            title=row.title,
            address=address(row),
            name=row.public,
            owner=row.lead_id,
            brand=row.brand_id,
            words="\n\n".join(part for part in (row.problem, row.use, row.audience) if part),
            picture=row.shown,
            gone=row.stage == Idea.WITHDRAWN,
        )
        for row in Idea.objects.filter(pk__in=list(ids)).select_related("picture")
    }


def listed(viewer: Viewer) -> QuerySet[Idea]:
    """The weightiest first: a would-pay weighs four, a follow two, a like one; of alike the newer one."""
    rows = visible_to(viewer).select_related("lead", "lead__portrait", "brand", "picture")
    return rows.order_by("-weight", "-id")


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
    return Idea.objects.filter(lead=person).select_related("lead", "picture").order_by("-id")


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


def kin_of(idea: Idea, viewer: Viewer) -> list[Idea]:
    """What it was begun from, what it is merged into; then ideas begun from it, and those merged into it, the
    weightiest first."""
    if not (idea.joined or idea.into_id or idea.forked_from_id or getattr(idea, "has_forks", True)):
        return []
    above = Q(pk=idea.into_id, stage=Idea.SHAPE) | Q(pk=idea.forked_from_id, stage__in=(Idea.SHAPE, Idea.MERGED))
    below = Q(forked_from=idea, stage=Idea.SHAPE) | Q(into=idea)
    rows = Idea.objects.filter(above | below, people.seen(viewer, "lead")).select_related("lead", "lead__portrait")
    first = Case(When(above, then=Value(0)), default=Value(1))
    return list(rows.order_by(first, "-weight", "-id")[:KIN])


def like(viewer: Profile, idea: Idea) -> list[Idea]:
    """What it may be merged into: others of the viewer's own, and ideas that are like it."""
    own = visible_to(viewer).filter(lead=viewer).exclude(pk=idea.pk).order_by("-pk").values_list("pk", flat=True)
    near = [one.pk for one in similar(viewer, idea)]
    return in_order(viewer, list(dict.fromkeys([*near, *own[: 2 * SIMILAR]])))


# ---- who wrote it


def known(viewer: Viewer, ids: Iterable[int | None]) -> dict[int, Profile]:
    """Those of these people and brands whom the viewer may see; a page says "somebody" of the others."""
    return people.visible_to(viewer).select_related("portrait").in_bulk({id for id in ids if id is not None})


def known_of(viewer: Viewer, idea: Idea, ids: Iterable[int | None]) -> tuple[dict[int, Profile], list[Profile], bool]:
    """The same; those of them who lead the idea with its lead; and whether the viewer is invited to."""
    asked = Author.objects.filter(idea=idea).exclude(state=Author.LEFT)
    state = Subquery(asked.filter(person=OuterRef("pk")).values("state")[:1])
    wanted = Q(pk__in={id for id in ids if id is not None}) | Q(pk__in=asked.values("person"))
    rows = people.visible_to(viewer).filter(wanted).annotate(author=state).select_related("portrait").order_by("pk")
    found = {row.pk: row for row in rows}
    authors = [row for row in rows if row.author == Author.STANDS]
    invited = viewer is not None and any(row.pk == viewer.pk and row.author == Author.INVITED for row in rows)
    return dict(found), list(authors), invited


def brands_known(viewer: Viewer, ideas: Iterable[Idea]) -> set[int]:
    """Of the brands these ideas are addressed to, those that the viewer may see."""
    asked = {idea.brand_id for idea in ideas if idea.brand_id is not None}
    return people.visible_ids(viewer, asked) if asked else set()


def shapers_of(idea: Idea, until: int | None = None) -> list[int]:
    """Ids of those whose words its versions are (up to the version of that number), the first first, twelve at most."""
    rows = Version.objects.filter(idea=idea) if until is None else Version.objects.filter(idea=idea, number__lte=until)
    first = rows.values("by").annotate(first=Min("number")).order_by("first")
    return list(first.values_list("by", flat=True)[:SHAPERS])


def shapers_and_before(idea: Idea, versions: Sequence[Version]) -> tuple[list[int], list[int]]:
    """The shapers of it, and those of the version that it was begun from; none is asked where all of its `versions`,
    the newest first, are there already."""
    if idea.forked_from_id is None and len(versions) == idea.number:
        return list(dict.fromkeys(one.by_id for one in reversed(versions)))[:SHAPERS], []
    if idea.forked_from_id is None:
        return shapers_of(idea), []
    origin = Q(idea=idea.forked_from_id, number__lte=idea.forked_number)
    rows = Version.objects.filter(Q(idea=idea) | origin).values("idea", "by").annotate(first=Min("number"))
    found = list(rows.order_by("first").values_list("idea", "by")[: 4 * SHAPERS])
    own = [by for of, by in found if of == idea.pk]
    before = [by for of, by in found if of != idea.pk]
    return own[:SHAPERS], before[:SHAPERS]


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
    shown = Q(idea__stage__in=(Idea.SHAPE, Idea.MERGED)) | ~Q(state=Author.INVITED) | Q(idea__lead=viewer)
    rows = authorships(viewer).filter(shown, pk__in=list(ids))
    return {row.pk: Card(str(row.idea), authors_address(row.idea)) for row in rows}


# ---- merged ideas


def mergers(viewer: Profile) -> QuerySet[Merger]:
    """Those of ideas that the viewer leads."""
    rows = Merger.objects.filter(Q(idea__lead=viewer) | Q(into__lead=viewer))
    return rows.select_related("idea", "idea__lead", "idea__brand", "into", "into__lead", "into__brand")


def asked_into(viewer: Profile, idea: Idea) -> QuerySet[Merger]:
    """What waits for the answer of its lead: others that would be merged into it."""
    return mergers(viewer).filter(people.seen(viewer, "idea__lead"), into=idea, state=Merger.ASKED).order_by("-pk")


def merger_of(idea: Idea) -> Merger | None:
    """The one that stands, or waits for its answer."""
    return Merger.objects.filter(idea=idea, state__in=(Merger.ASKED, Merger.STANDS)).select_related("into").first()


def visible_mergers(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(merger_cards(viewer, ids))


def merger_cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    """Called as the idea that another is merged into."""
    if viewer is None:
        return {}
    return {row.pk: Card(str(row.into), f"/mergers/{row.public}") for row in mergers(viewer).filter(pk__in=list(ids))}


# ---- versions and contributions


def versions_of(idea: Idea) -> QuerySet[Version]:
    return Version.objects.filter(idea=idea).order_by("-number")


def readable(viewer: Viewer) -> QuerySet[Contribution]:
    """Contributions that were not taken back, of people who are not parted from the viewer."""
    rows = Contribution.objects.filter(people.seen(viewer, "by")).exclude(state=Contribution.BACK)
    return rows.select_related("by", "by__portrait")


def contributions_to(idea: Idea, viewer: Viewer) -> QuerySet[Contribution]:
    """The newest first; with those that wait at ideas merged into it, of leads the viewer may see."""
    here = Q(idea=idea)
    if idea.joined:
        here |= Q(idea__into=idea, state=Contribution.OPEN) & people.seen(viewer, "idea__lead")
    return readable(viewer).filter(here).select_related("idea", "by", "by__portrait").order_by("-id")


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


def support_of(idea: Idea) -> Support:
    found = support_for([idea])[idea.pk]
    if found.pays:
        middle = (found.pays - 1) // 2
        prices = voices(idea).filter(level=Backing.PAY).order_by("price").values_list("price", "currency")
        found.median = next((Money(price or 0, currency) for price, currency in prices[middle : middle + 1]), None)
    return found


def backing_of(viewer: Viewer, idea: Idea) -> Backing | None:
    """The viewer's voice, as it counts for the idea."""
    return voices(idea, viewer).first() if viewer else None


def brands_for(person: Profile) -> QuerySet[Profile]:
    """To whom the person may address an idea: brands of whose team they are not."""
    own = Member.objects.filter(person=person).values("brand")
    return Profile.objects.filter(people.seen(person), sort=BRAND).exclude(pk__in=own).order_by("name")


def is_of_its_brand(person: Profile, idea: Idea) -> bool:
    """Whether the person is in the team of the brand that the idea is addressed to, or of one that judges it."""
    judging = Gate.objects.filter(idea=idea).exclude(state=Gate.WITHDRAWN).values("brand")
    return Member.objects.filter(Q(brand=idea.brand_id) | Q(brand__in=judging), person=person).exists()
