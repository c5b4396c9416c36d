"""The improvements app; enrols improvements as a kind."""

from importlib import import_module

from django.apps import AppConfig

from moothall.core import kinds


class ImprovementsConfig(AppConfig):
    name = "moothall.improvements"
    label = "improvements"

    def ready(self) -> None:
        from . import queries

        hiding = import_module("moothall.improvements.actions.hiding")
        kinds.enrol(
            kinds.Kind(
                "improvement",
                queries.visible_ids,
                queries.cards,
                named=queries.named,
                inside=queries.inside,
                hide=hiding.hide,
                unhide=hiding.unhide,
            )
        )
        import_module("moothall.improvements.actions")
