"""The talk app; enrols posts and comments as kinds. What else people may comment on, its own app says (core.kinds)."""

from importlib import import_module

from django.apps import AppConfig

from moothall.core import kinds


class TalkConfig(AppConfig):
    name = "moothall.talk"
    label = "talk"

    def ready(self) -> None:
        from . import posted, queries

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
        kinds.enrol(
            kinds.Kind(
                "post",
                posted.visible_ids,
                posted.cards,
                posted.documents,
                posted.all_ids,
                named=posted.named,
                inside=posted.inside,
                talk=True,
                hide=actions.hide_post,
                unhide=actions.unhide_post,
            )
        )
