"""What polls on products go by (core.kinds.Polled)."""

from __future__ import annotations

from moothall.people.models import MAKER, OWNER, Member, Profile

from .models import Product
from .queries import Viewer, visible_to

ASKERS = (OWNER, MAKER)


def may_ask(person: Viewer, id: int) -> bool:
    """Owners and makers of its brand, while it is on sale."""
    if person is None:
        return False
    brands = Member.objects.filter(person=person, role__in=ASKERS).values("brand")
    return visible_to(person).filter(pk=id, brand__in=brands).exists()


def is_party(person: Viewer, id: int) -> bool:
    """Whoever is of the brand's team."""
    return Member.objects.filter(brand__in=Product.objects.filter(pk=id).values("brand"), person=person).exists()


def brand(id: int) -> Profile | None:
    """It is the brand that asks."""
    return Product.objects.select_related("brand").get(pk=id).brand
