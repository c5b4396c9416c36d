"""The shop, as its documentation sets it up."""

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns  # noqa: F401 — the language switch in oscar's pages names this
from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include(apps.get_app_config("oscar").urls[0])),
]
