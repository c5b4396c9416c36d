"""The catalog app; enrols products and imports as kinds."""

from importlib import import_module

from django.apps import AppConfig

from moothall.core import kinds


class CatalogConfig(AppConfig):
    name = "moothall.catalog"
    label = "catalog"

    def ready(self) -> None:
        from . import queries

        kinds.enrol(
            kinds.Kind(
                "product",
                queries.visible_ids,
                queries.cards,
                queries.documents,
                queries.all_ids,
                named=queries.named,
                inside=queries.inside,
            )
        )
        kinds.enrol(kinds.private("import"))
        import_module("moothall.catalog.actions")
        import_module("moothall.catalog.readers")
