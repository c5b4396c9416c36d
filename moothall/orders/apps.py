"""The orders app; enrols shares and orders as kinds, and its readers."""

from importlib import import_module

from django.apps import AppConfig

from moothall.core import kinds


class OrdersConfig(AppConfig):
    name = "moothall.orders"
    label = "orders"

    def ready(self) -> None:
        from moothall.people import backend

        from . import queries

        kinds.enrol(kinds.Kind("share", queries.visible_shares, queries.share_cards))
        for name in ("purchase", "order", "invoice", "return", "bank"):
            kinds.enrol(kinds.private(name))
        backend.bring("basket_count", queries.own_count())
        import_module("moothall.orders.readers")
        import_module("moothall.orders.letters")
        import_module("moothall.orders.sendings")
        import_module("moothall.orders.actions")
