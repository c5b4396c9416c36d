"""The core app; enrols what is done daily as work, and what it can be asked about its health."""

from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "moothall.core"
    label = "core"

    def ready(self) -> None:
        import_module("moothall.core.daily")
        import_module("moothall.core.checks")
        import_module("moothall.core.search")
