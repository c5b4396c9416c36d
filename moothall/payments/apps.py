"""The payments app; enrols what it can be asked about the provider."""

from importlib import import_module

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "moothall.payments"
    label = "payments"

    def ready(self) -> None:
        import_module("moothall.payments.checks")
