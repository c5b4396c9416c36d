"""The API app: every operation of /api/v1, what it answered by key, and how often it was asked."""

from importlib import import_module

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "moothall.api"
    label = "api"

    def ready(self) -> None:
        import_module("moothall.api.readers")
