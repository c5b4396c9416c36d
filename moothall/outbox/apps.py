"""The outbox app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "moothall.outbox"
    label = "outbox"
