"""The talk app; enrols comments as a kind. What people may comment on, its own app says (core.kinds)."""

from importlib import import_module

from django.apps import AppConfig

from moothall.core import kinds


class TalkConfig(AppConfig):
    name = "moothall.talk"
    label = "talk"

    def ready(self) -> None:
        from . import queries

        actions = import_module("moothall.talk.actions")
        kinds.enrol(
            kinds.Kind(
                "comment",
                queries.visible_ids,
                queries.cards,
                queries.documents,
                queries.all_ids,
                named=queries.named,
                inside=queries.inside,
                hide=actions.hide,
                unhide=actions.unhide,
            )
        )
