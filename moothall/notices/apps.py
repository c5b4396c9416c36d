"""The notices app: asks every app whom its acts tell, and then enrols as the one reader of all of them."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NoticesConfig(AppConfig):
    name = "moothall.notices"
    label = "notices"

    def ready(self) -> None:
        # Django makes apps ready from the top floor down: what lower ones tell has to be asked for here.
        autodiscover_modules("tells")
        from moothall.people import backend

        from . import queries

        backend.bring("unseen", queries.bell())
        import_module("moothall.notices.readers")
        import_module("moothall.notices.actions")
