"""How other floors speak of ideas: what can be opened though no list shows it, and an idea whatever state it is in."""

from __future__ import annotations

from collections.abc import Iterable

from moothall.core.kinds import Inside

from . import queries
from .models import Author, Gate, Idea
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


def _by_idea(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for idea, id in pairs:
        found.setdefault(idea, set()).add(id)
    return found
