"""Counting what is on the shelf, one variant at a time."""

from __future__ import annotations

from django.db import transaction

from moothall.activity.actions import record
from moothall.people.models import Profile

from .. import verbs
from ..models import Variant
from .products import count, may_write


@transaction.atomic
def count_stock(*, by: Profile, variant: Variant, left: int | None) -> None:
    """Say how many of a variant are on the shelf now; None: from now on nobody counts them."""
    may_write(by, variant.product.brand)
    if left is None:
        Variant.objects.filter(pk=variant.pk).update(tracked=False)
    else:
        count(variant=variant, left=left)
    record(verbs.STOCKED, by=by, on=variant.product, brand=variant.product.brand)
