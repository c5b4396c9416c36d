"""How other floors speak of ideas, contributions and arguments: what can be opened though no list shows it, and a thing
whatever state it is in."""

from __future__ import annotations

from collections.abc import Iterable

from moothall.core.kinds import Inside

from . import judged, queries
from .models import Author, Contribution, Gate, Idea, Sheet
from .queries import Viewer


def open_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    """Those that stand, and those that were merged into another; of who leads one, no more than of everybody."""
    return set(Idea.objects.filter(queries.open_to(viewer), pk__in=list(ids)).values_list("pk", flat=True))


def inside(ids: Iterable[int]) -> dict[int, Inside]:
    """It concerns the brand it is addressed to, and those at whose gate it is or was judged. Three queries."""
    asked = list(ids)
    led = Author.objects.filter(idea__in=asked, state=Author.STANDS)
    judging = Gate.objects.filter(idea__in=asked).exclude(state=Gate.WITHDRAWN)
    others, brands = _by_idea(led.values_list("idea", "person")), _by_idea(judging.values_list("idea", "brand"))
    return {
        row.pk: Inside(
            title=row.title,
            address=queries.address(row),
            name=row.public,
            owner=row.lead_id,
            others=others.get(row.pk, set()),
            brands=brands.get(row.pk, set()) | ({row.brand_id} if row.brand_id else set()),
            words="\n\n".join(part for part in (row.problem, row.use, row.audience) if part),
            picture=row.shown,
            gone=row.stage == Idea.WITHDRAWN,
        )
        for row in Idea.objects.filter(pk__in=asked).select_related("picture")
    }


def named_contribution(public: str) -> int | None:
    return Contribution.objects.filter(public=public).values_list("pk", flat=True).first()


def contributions_inside(ids: Iterable[int]) -> dict[int, Inside]:
    """It concerns whom its idea concerns. Four queries."""
    rows = Contribution.objects.filter(pk__in=list(ids)).select_related("idea")
    ideas = inside({row.idea_id for row in rows})
    return {
        row.pk: Inside(
            title=row.idea.title,
            address=f"/contributions/{row.public}",
            name=row.public,
            owner=row.by_id,
            brands=ideas[row.idea_id].brands,
            words="\n\n".join(part for part in (row.words, row.why) if part),
            gone=row.state == Contribution.BACK,
        )
        for row in rows
    }


def named_argument(public: str) -> int | None:
    return Sheet.objects.filter(public=public, own=False).values_list("pk", flat=True).first()


def arguments_inside(ids: Iterable[int]) -> dict[int, Inside]:
    """What a brand reckons itself is none: it is the brand's judgement."""
    rows = Sheet.objects.filter(pk__in=list(ids), own=False).select_related("gate__idea")
    return {
        row.pk: Inside(
            title=row.gate.idea.title,
            address=f"/sheets/{row.public}",
            name=row.public,
            owner=row.by_id,
            brands=(row.gate.brand_id,),
            words=row.words,
            gone=row.ended is not None,
        )
        for row in rows
    }


def open_arguments(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(judged.sheets_seen(viewer).filter(pk__in=list(ids), own=False, hidden=None).values_list("pk", flat=True))


def _by_idea(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for idea, id in pairs:
        found.setdefault(idea, set()).add(id)
    return found
