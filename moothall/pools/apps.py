"""The pools app; enrols pools and pledges as kinds, and what it does in the background."""

from importlib import import_module

from django.apps import AppConfig

from moothall.core import kinds


class PoolsConfig(AppConfig):
    name = "moothall.pools"
    label = "pools"

    def ready(self) -> None:
        from . import queries

        kinds.enrol(kinds.Kind("pool", queries.visible_ids, queries.cards))
        kinds.enrol(kinds.Kind("milestone", queries.visible_milestones, queries.milestone_cards))
        kinds.enrol(kinds.private("pledge"))
        import_module("moothall.pools.readers")
        import_module("moothall.pools.concept_readers")
        import_module("moothall.pools.actions")
