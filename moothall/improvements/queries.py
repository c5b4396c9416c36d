"""Which improvements can be seen, what became of them, and what rests on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from moothall.catalog import queries as catalog
from moothall.catalog.models import UNDO, Product, Revision
from moothall.core import clock, search
from moothall.core.kinds import Card, Inside
from moothall.orders.queries import was_bought
from moothall.people import queries as people
from moothall.people.models import MAKER, OWNER, Member, Profile

from .models import Improvement, Voice

Viewer = Profile | None
SIZE = 24
LIKE = 3  # improvements shown before one sends one's own
COMPARED = 300  # open ones of a product that one's own is compared with
VOICES = 24  # faces shown of those who ask
CITED = 50  # improvements named of one revision


def standing(viewer: Viewer) -> QuerySet[Improvement]:
    """What nobody took back and no steward removed, of askers who are not parted from the viewer."""
    rows = Improvement.objects.filter(people.seen(viewer, "by"), hidden=None).exclude(state=Improvement.BACK)
    return rows.select_related("by", "by__portrait")


def visible_to(viewer: Viewer) -> QuerySet[Improvement]:
    """The same, of products that the viewer may see."""
    return standing(viewer).filter(catalog.seen(viewer, "product"))


def openable(viewer: Viewer) -> QuerySet[Improvement]:
    """What the viewer may open: what they see, what they took back, and what is asked of their own brand, whoever asks
    and whether the product is on the market or not."""
    seen = Q(catalog.seen(viewer, "product"), people.seen(viewer, "by"))
    shown = seen & ~Q(state=Improvement.BACK)
    if viewer is not None:
        own = Member.objects.filter(person=viewer).values("brand")
        shown |= (seen & Q(by=viewer)) | (Q(product__brand__in=own) & ~Q(state=Improvement.BACK))
    rows = Improvement.objects.filter(shown, hidden=None)
    return rows.select_related("by", "by__portrait", "product__brand", "product__brand__portrait", "answered_by")


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(visible_to(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    rows = openable(viewer).filter(pk__in=list(ids)).exclude(state=Improvement.BACK)
    return {row.pk: Card(row.title, address(row), "improvements/_improvement.html", row) for row in rows}


def address(improvement: Improvement) -> str:
    return f"/improvements/{improvement.public}"


def named(public: str) -> int | None:
    return Improvement.objects.filter(public=public).values_list("pk", flat=True).first()


def inside(ids: Iterable[int]) -> dict[int, Inside]:
    rows = Improvement.objects.filter(pk__in=list(ids)).select_related("product")
    return {
        row.pk: Inside(
            title=row.title,
            address=address(row),
            name=row.public,
            owner=row.by_id,
            brands=(row.product.brand_id,),
            words=row.words,
            gone=row.state == Improvement.BACK,
        )
        for row in rows
    }


def asked_of(product: Product, viewer: Viewer, state: str = Improvement.OPEN) -> QuerySet[Improvement]:
    """Those of one state, what most ask for first, of alike the newer; each knows whether the viewer asks for it."""
    mine = Voice.objects.filter(improvement=OuterRef("pk"), person=viewer)
    rows = standing(viewer).filter(product=product, state=state).annotate(mine=Exists(mine))
    return rows.order_by("-asks", "-id")


def numbers(product: Product, viewer: Viewer) -> dict[str, int]:
    """How many there are of each state that is shown."""
    rows = standing(viewer).filter(product=product).order_by().values_list("state").annotate(number=Count("pk"))
    return dict.fromkeys(("open", "taken", "declined"), 0) | dict(rows)


def like(viewer: Viewer, product: Product, title: str) -> list[Improvement]:
    """Open ones that share a word of their title with this one, most words first: somebody may ask for it already."""
    asked = _words(title)
    rows = asked_of(product, viewer)[:COMPARED] if asked else []
    shared = {row: len(asked & _words(row.title)) for row in rows}
    for row in shared:
        row.product = product
    return sorted((row for row, number in shared.items() if number), key=lambda row: -shared[row])[:LIKE]


def _words(title: str) -> set[str]:
    return {search.words.stem(word) for word in set(search.words.asked(title)) - search.words.STOP}


def voices_of(improvement: Improvement, viewer: Viewer) -> list[Profile]:
    """Who asks for it, as far as the viewer may see them, the first first."""
    rows = Voice.objects.filter(people.seen(viewer, "person"), improvement=improvement)
    return [row.person for row in rows.select_related("person", "person__portrait").order_by("id")[:VOICES]]


def asks_for(viewer: Viewer, improvement: Improvement) -> bool:
    return viewer is not None and Voice.objects.filter(improvement=improvement, person=viewer).exists()


def of_team(viewer: Viewer, brand: Profile) -> tuple[bool, bool]:
    """Whether the viewer is in the team of the brand, and whether they answer there."""
    role = people.role_of(viewer, brand)
    return bool(role), role in (OWNER, MAKER)


# ---- revisions and what they rest on


@dataclass(slots=True)
class Decision:
    """A revision after the first, and what it cites of what people asked for."""

    revision: Revision
    cites: list[Improvement] = field(default_factory=list)

    @property
    def of_company(self) -> bool:
        return self.revision.number > 1 and not self.revision.asked


def decisions(revisions: Iterable[Revision], viewer: Viewer) -> list[Decision]:
    """With what each cites, by one query."""
    found = [Decision(one) for one in revisions]
    by_key = {(one.revision.product_id, one.revision.number): one for one in found if one.revision.asked}
    if by_key:
        taken = (
            standing(viewer)
            .select_related("by__portrait", "product__brand")
            .filter(product__in={pk for pk, _n in by_key}, state=Improvement.TAKEN)
        )
        taken = taken.filter(revision__in={number for _pk, number in by_key})
        for row in taken.order_by("-asks", "id")[: CITED * len(by_key)]:
            if cited := by_key.get((row.product_id, row.revision or 0)):
                cited.cites.append(row)
    return found


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a brand's revisions after the first rest on what people asked for."""

    citing: int
    revisions: int

    @property
    def percent(self) -> int:
        """Rounded to the nearest, halves up."""
        return (200 * self.citing + self.revisions) // (2 * self.revisions) if self.revisions else 0


def later_revisions(brand: Profile, viewer: Viewer) -> QuerySet[Revision]:
    """All after the first, of products that the viewer may see, the newest first."""
    rows = Revision.objects.filter(catalog.seen(viewer, "product"), product__brand=brand, number__gt=1)
    return rows.select_related("product__brand").order_by("-since", "-id")


def share_of(brand: Profile) -> Share:
    """Over all of its products that are on the market: the same for everybody."""
    rows = later_revisions(brand, None).order_by()
    counted = rows.aggregate(citing=Count("pk", filter=Q(asked__gt=0)), revisions=Count("pk"))
    return Share(counted["citing"], counted["revisions"])


def may_take_back(product: Product) -> bool:
    """Whether the newest revision can be undone: brought within a day, and bought by nobody."""
    newest = Revision.objects.filter(product=product, number=product.revision).first()
    young = newest is not None and newest.number > 1 and newest.since > clock.now() - UNDO
    return young and not was_bought(product, product.revision)


def at_desk(person: Profile, brand: Profile) -> QuerySet[Improvement]:
    """What is asked of all products of a brand, for its team: what most ask for first."""
    if not people.role_of(person, brand):
        return Improvement.objects.none()
    rows = Improvement.objects.filter(product__brand=brand, hidden=None).exclude(state=Improvement.BACK)
    return rows.select_related("by", "by__portrait", "product__brand").order_by("-asks", "-id")


def numbers_at(products: Sequence[Product]) -> dict[int, int]:
    """How many are open, by the product's id."""
    rows = Improvement.objects.filter(product__in=products, state=Improvement.OPEN, hidden=None)
    return dict(rows.order_by().values_list("product").annotate(number=Count("pk")))
