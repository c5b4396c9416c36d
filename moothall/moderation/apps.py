"""The moderation app; enrols cases as a kind."""

from importlib import import_module

from django.apps import AppConfig

from moothall.core import kinds


class ModerationConfig(AppConfig):
    name = "moothall.moderation"
    label = "moderation"

    def ready(self) -> None:
        from . import queries

        kinds.enrol(kinds.Kind("case", queries.visible_ids, queries.cards))
        import_module("moothall.moderation.actions")
