"""The pages app: says where purchases and orders are shown, so that mails and the payment provider can lead there."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import AppConfig
from django.urls import reverse

from moothall.core import kinds


class PagesConfig(AppConfig):
    name = "moothall.pages"
    label = "pages"

    def ready(self) -> None:
        kinds.serve_at("purchase", _purchases)
        kinds.serve_at("order", _orders)


def _purchases(ids: Iterable[int]) -> dict[int, str]:
    """The buyer's page."""
    from moothall.orders.models import Purchase

    found = Purchase.objects.filter(pk__in=list(ids)).values_list("pk", "public")
    return {pk: reverse("purchase", kwargs={"public": public}) for pk, public in found}


def _orders(ids: Iterable[int]) -> dict[int, str]:
    """The page at the brand's desk."""
    from moothall.orders.models import Order

    found = Order.objects.filter(pk__in=list(ids)).values_list("pk", "public", "brand__handle")
    return {
        pk: reverse("desk_order", kwargs={"handle": handle, "public": public}) for pk, public, handle in found
    }
