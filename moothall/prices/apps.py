"""The prices app; enrols what the acts at a desk are about."""

from importlib import import_module

from django.apps import AppConfig

from moothall.core import kinds


class PricesConfig(AppConfig):
    name = "moothall.prices"
    label = "prices"

    def ready(self) -> None:
        for name in ("zone", "voucher"):
            kinds.enrol(kinds.private(name))
        import_module("moothall.prices.actions")
