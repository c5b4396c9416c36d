"""The orders app; enrols shares and orders as kinds, and its readers."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from django.apps import AppConfig

from moothall.core import kinds


class OrdersConfig(AppConfig):
    name = "moothall.orders"
    label = "orders"

    def ready(self) -> None:
        from . import queries

        kinds.enrol(kinds.Kind("share", queries.visible_shares, queries.share_cards))
        for private in ("purchase", "order"):
            kinds.enrol(kinds.Kind(private, _nobody, _no_cards))
        import_module("moothall.orders.readers")
        import_module("moothall.orders.actions")


def _nobody(viewer: Any, ids: Iterable[int]) -> set[int]:
    """Purchases and orders are shown on their own pages only, never in a feed."""
    return set()


def _no_cards(viewer: Any, ids: Iterable[int]) -> dict[int, kinds.Card]:
    return {}
