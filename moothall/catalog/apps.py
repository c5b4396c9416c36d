"""The catalog app; enrols products and imports as kinds."""

from importlib import import_module

from django.apps import AppConfig

from moothall.core import kinds


class CatalogConfig(AppConfig):
    name = "moothall.catalog"
    label = "catalog"

    def ready(self) -> None:
        from moothall.people import backend

        from . import fresh, polled, queries, revisions

        kinds.enrol(
            kinds.Kind(
                "product",
                queries.visible_ids,
                queries.cards,
                queries.documents,
                queries.all_ids,
                named=queries.named,
                inside=queries.inside,
                polls=kinds.Polled(polled.may_ask, polled.is_party, polled.brand),
            )
        )
        kinds.enrol(kinds.Kind("revision", revisions.visible_revisions, revisions.revision_cards))
        kinds.enrol(kinds.private("import"))
        backend.bring("touched", fresh.last_touch())
        import_module("moothall.catalog.actions")
        import_module("moothall.catalog.readers")
