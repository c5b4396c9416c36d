"""The credit app; enrols splits and payouts as kinds."""

from importlib import import_module

from django.apps import AppConfig

from moothall.core import kinds


class CreditConfig(AppConfig):
    name = "moothall.credit"
    label = "credit"

    def ready(self) -> None:
        from . import queries

        kinds.enrol(kinds.Kind("split", queries.visible_ids, queries.cards))
        kinds.enrol(kinds.Kind("payout", queries.payout_ids, queries.payout_cards))
        kinds.enrol(kinds.private("payee"))
        import_module("moothall.credit.actions")
        import_module("moothall.credit.readers")
