"""The config app; enrols what this hall does daily."""

from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "moothall.config"
    label = "config"

    def ready(self) -> None:
        import_module("moothall.config.keeping.days")
