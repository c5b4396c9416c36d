"""Where purchases, orders and imports are shown, so that mails and the payment provider can lead there."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from moothall.catalog.models import Import
from moothall.core import kinds
from moothall.orders.models import Order, Purchase, Return
from moothall.people.models import BRAND, Profile
from moothall.pools.models import Pool


def of_purchases(ids: Iterable[int]) -> dict[int, str]:
    """The buyer's page."""
    found = Purchase.objects.filter(pk__in=list(ids)).values_list("pk", "public")
    return {pk: reverse("purchase", kwargs={"public": public}) for pk, public in found}


def of_orders(ids: Iterable[int]) -> dict[int, str]:
    """The page at the brand's desk."""
    found = Order.objects.filter(pk__in=list(ids)).values_list("pk", "public", "brand__handle")
    return {pk: reverse("desk_order", kwargs={"handle": handle, "public": public}) for pk, public, handle in found}


def of_returns(ids: Iterable[int]) -> dict[int, str]:
    """The page at the brand's desk."""
    found = Return.objects.filter(pk__in=list(ids)).values_list("pk", "public", "order__brand__handle")
    return {pk: reverse("desk_return", kwargs={"handle": handle, "public": public}) for pk, public, handle in found}


def of_desk_pools(ids: Iterable[int]) -> dict[int, str]:
    """The page at the brand's desk."""
    found = Pool.objects.filter(pk__in=list(ids)).values_list("pk", "public", "product__brand__handle")
    return {pk: reverse("desk_pool", kwargs={"handle": handle, "public": public}) for pk, public, handle in found}


def of_imports(ids: Iterable[int]) -> dict[int, str]:
    """The report at the brand's desk."""
    found = Import.objects.filter(pk__in=list(ids)).values_list("pk", "public", "brand__handle")
    return {pk: reverse("desk_import", kwargs={"handle": handle, "public": public}) for pk, public, handle in found}


def of_desks(ids: Iterable[int]) -> dict[int, str]:
    found = Profile.objects.filter(pk__in=list(ids), sort=BRAND).values_list("pk", "handle")
    return {pk: reverse("desk", kwargs={"handle": handle}) for pk, handle in found}


def of_stewards(ids: Iterable[int]) -> dict[int, str]:
    """The same page for all of them."""
    return dict.fromkeys(ids, reverse("steward"))


def of_asking(ids: Iterable[int]) -> dict[int, str]:
    """Where one answers a team."""
    return dict.fromkeys(ids, reverse("you"))


kinds.serve_at("desk", of_desks)
kinds.serve_at("desk pool", of_desk_pools)
kinds.serve_at("asking", of_asking)
kinds.serve_at("stewards", of_stewards)
kinds.serve_at(Purchase.kind, of_purchases)
kinds.serve_at(Order.kind, of_orders)
kinds.serve_at(Return.kind, of_returns)
kinds.serve_at(Import.kind, of_imports)
