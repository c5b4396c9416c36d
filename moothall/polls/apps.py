"""The polls app; enrols polls as a kind. What polls are held on, its own app says (core.kinds)."""

from importlib import import_module

from django.apps import AppConfig

from moothall.core import kinds


class PollsConfig(AppConfig):
    name = "moothall.polls"
    label = "polls"

    def ready(self) -> None:
        from . import queries

        actions = import_module("moothall.polls.actions")
        kinds.enrol(
            kinds.Kind(
                "poll",
                queries.visible_ids,
                queries.cards,
                named=queries.named,
                inside=queries.inside,
                hide=actions.hide,
                unhide=actions.unhide,
            )
        )
