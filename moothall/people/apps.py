"""The people app; enrols what it knows as kinds."""

from django.apps import AppConfig

from moothall.core import kinds


class PeopleConfig(AppConfig):
    name = "moothall.people"
    label = "people"

    def ready(self) -> None:
        from . import queries

        kinds.enrol(
            kinds.Kind(
                "profile",
                queries.visible_ids,
                queries.cards,
                queries.documents,
                queries.all_ids,
                named=queries.named,
                inside=queries.inside,
            )
        )
        for name in ("invitation", "team invitation", "token"):
            kinds.enrol(kinds.private(name))
