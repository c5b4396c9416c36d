"""The pages app; says where what is sold is shown, and enrols the mails about accounts."""

from importlib import import_module

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "moothall.pages"
    label = "pages"

    def ready(self) -> None:
        import_module("moothall.pages.addresses")
        import_module("moothall.pages.readers")
