"""The activity app; enrols the reading of acts as work."""

from importlib import import_module

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "moothall.activity"
    label = "activity"

    def ready(self) -> None:
        import_module("moothall.activity.actions")
