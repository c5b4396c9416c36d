"""Which ideas can be seen, what stands behind them, and what they are like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moothall.core import search
from moothall.core.kinds import Card, Doc
from moothall.core.money import Money
from moothall.people import queries as people
from moothall.people.models import BRAND, Member, Profile

from .gates import Gate
from .models import Backing, Contribution, Idea, Version

Viewer = Profile | None
SIZE = 24
SIMILAR = 3  # ideas shown before one sends one's own
FACES = 5  # of those who shaped an idea


def seen(viewer: Viewer) -> Q:
    """Ideas that stand, of leads who are here and not parted from the viewer."""
    return Q(stage=Idea.SHAPE) & people.seen(viewer, "lead")


def visible_to(viewer: Viewer) -> QuerySet[Idea]:
    return Idea.objects.filter(seen(viewer))


def openable(viewer: Viewer) -> QuerySet[Idea]:
    """What the viewer may open: what they see, and all of their own."""
    own = Q(lead=viewer) if viewer else Q(pk__in=[])
    return Idea.objects.filter(seen(viewer) | own).select_related("lead", "lead__portrait", "brand", "picture")


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(visible_to(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    rows = visible_to(viewer).filter(pk__in=list(ids)).select_related("lead", "picture")
    return {row.pk: Card(row.title, address(row), "ideas/_idea.html", row) for row in rows}


def address(idea: Idea) -> str:
    return f"/ideas/{idea.public}"


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


def listed(viewer: Viewer) -> QuerySet[Idea]:
    """The weightiest first: a would-pay weighs four, a follow two, a like one; of alike the newer one."""
    rows = visible_to(viewer).select_related("lead", "lead__portrait", "brand", "picture")
    return rows.order_by("-weight", "-id")


def in_order(viewer: Viewer, ids: Sequence[int]) -> list[Idea]:
    """Those of these that may be seen, in this order."""
    rows = listed(viewer).in_bulk(list(ids)) if ids else {}
    return [rows[id] for id in ids if id in rows]


def drafts_of(person: Profile) -> QuerySet[Idea]:
    return Idea.objects.filter(lead=person, stage=Idea.DRAFT).order_by("-id")


def ideas_of(person: Profile) -> QuerySet[Idea]:
    """What somebody leads, withdrawn ones too: for themselves."""
    return Idea.objects.filter(lead=person).select_related("lead", "picture").order_by("-id")


def similar(viewer: Viewer, idea: Idea) -> list[Idea]:
    """Ideas that hold a word of its title, the one with most of them first: somebody may have had it already."""
    found: dict[int, int] = {}
    for word in set(search.words.asked(idea.title)) - search.words.STOP:
        for id in search.find(viewer, word, [Idea.kind], limit=SIZE).ids[Idea.kind]:
            found[id] = found.get(id, 0) + 1
    found.pop(idea.pk, None)
    best = sorted(found, key=lambda id: (-found[id], -id))[:SIMILAR]
    return in_order(viewer, best)


# ---- versions and contributions


def versions_of(idea: Idea) -> QuerySet[Version]:
    return Version.objects.filter(idea=idea).select_related("by", "by__portrait").order_by("-number")


def readable(viewer: Viewer) -> QuerySet[Contribution]:
    """Contributions that were not taken back, of people who are not parted from the viewer."""
    rows = Contribution.objects.filter(people.seen(viewer, "by")).exclude(state=Contribution.BACK)
    return rows.select_related("by", "by__portrait")


def contributions_to(idea: Idea, viewer: Viewer) -> QuerySet[Contribution]:
    return readable(viewer).filter(idea=idea).order_by("-id")


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


def shapers(versions: Sequence[Version]) -> list[Profile]:
    """Whose words the versions are, the first first, each once."""
    return list({one.by_id: one.by for one in reversed(versions)}.values())


# ---- backing


@dataclass(slots=True)
class Support:
    """Who stands behind an idea: one voice each, at their strongest; and what they would pay, the lowest first."""

    likes: int = 0
    follows: int = 0
    pays: int = 0
    prices: list[Money] = field(default_factory=list)

    @property
    def voices(self) -> int:
        return self.likes + self.follows + self.pays

    @property
    def median(self) -> Money | None:
        """Half of those who named a price would pay this or more."""
        return self.prices[(len(self.prices) - 1) // 2] if self.prices else None

    @property
    def words(self) -> str:
        if not self.voices:
            return _("Nobody behind it yet")
        return ngettext("One behind it", "%(number)s behind it", self.voices) % {"number": self.voices}


def support_for(ideas: Iterable[Idea]) -> dict[int, Support]:
    """By the idea's id; one query however many they are."""
    found = {idea.pk: Support() for idea in ideas}
    rows = Backing.objects.filter(idea__in=found).values_list("idea", "level").annotate(number=Count("pk")).order_by()
    names = {Backing.LIKE: "likes", Backing.FOLLOW: "follows", Backing.PAY: "pays"}
    for idea, level, number in rows:
        setattr(found[idea], names[level], number)
    return found


def support_of(idea: Idea) -> Support:
    found = support_for([idea])[idea.pk]
    prices = Backing.objects.filter(idea=idea, level=Backing.PAY).order_by("price").values_list("price", "currency")
    found.prices = [Money(price, currency) for price, currency in prices if price is not None]
    return found


def backing_of(viewer: Viewer, idea: Idea) -> Backing | None:
    return Backing.objects.filter(idea=idea, person=viewer).first() if viewer else None


def brands_for(person: Profile) -> QuerySet[Profile]:
    """To whom the person may address an idea: brands of whose team they are not."""
    own = Member.objects.filter(person=person).values("brand")
    return Profile.objects.filter(people.seen(person), sort=BRAND).exclude(pk__in=own).order_by("name")


def is_of_its_brand(person: Profile, idea: Idea) -> bool:
    """Whether the person is in the team of the brand that the idea is addressed to, or of one that judges it."""
    judging = Gate.objects.filter(idea=idea).exclude(state=Gate.WITHDRAWN).values("brand")
    return Member.objects.filter(Q(brand=idea.brand_id) | Q(brand__in=judging), person=person).exists()
