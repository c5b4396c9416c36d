"""What is new in the catalog, for every page of home: kept in the process for all who see it alike."""

from __future__ import annotations

import time
from datetime import datetime

from django.db.models import QuerySet, Subquery

from moothall.core import hot
from moothall.people.models import Account

from .models import Product
from .queries import Viewer, in_lists, visible_to

LONGEST = 10  # seconds that a process keeps what all see alike, at most


def last_touch() -> Subquery:
    """When a product was last touched, to be brought along with an account."""
    return Subquery(Product.objects.order_by("-touched").values("touched")[:1])


_kept: tuple[datetime | None, float, list[Product]] = None, 0.0, []  # the last touch, when it was asked, and the four


def fresh(account: Account) -> list[Product]:
    """The four newest, for an account that came with a page's one query. Who is parted from nobody sees what all see:
    that is asked once in a process, and anew when a product was touched. What no touch tells of (a brand that went) is
    told ten seconds later at most."""
    if getattr(account, "is_parted", True):
        return _fresh(account.profile)
    global _kept  # put there whole: no thread finds half of it
    touched, now = getattr(account, "touched", None), time.monotonic()
    of, since, found = _kept
    if touched != of or not since or now - since > LONGEST:
        found = _fresh(None)
        _kept = touched, now, found
    return found


@hot.read
def _fresh(viewer: Viewer) -> QuerySet[Product]:
    return in_lists(visible_to(viewer)).order_by("-published", "-id")[:4]
