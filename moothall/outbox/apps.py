"""The outbox app; enrols the sending of mail as work, its readers, and what it can be asked about the mail server."""

from importlib import import_module

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "moothall.outbox"
    label = "outbox"

    def ready(self) -> None:
        import_module("moothall.outbox.actions")
        import_module("moothall.outbox.checks")
        import_module("moothall.outbox.readers")
