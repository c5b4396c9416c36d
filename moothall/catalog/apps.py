"""The catalog app; enrols products and imports as kinds."""

from importlib import import_module

from django.apps import AppConfig

from moothall.core import kinds


class CatalogConfig(AppConfig):
    name = "moothall.catalog"
    label = "catalog"

    def ready(self) -> None:
        from . import queries

        kinds.enrol(kinds.Kind("product", queries.visible_ids, queries.cards))
        kinds.enrol(kinds.private("import"))
        import_module("moothall.catalog.actions")
