"""Where the API stands."""

from django.urls import path, re_path

from . import views

app_name = "api"
urlpatterns = [
    path("v1/openapi.json", views.openapi, name="openapi"),
    path("v1/", views.nothing),  # before ninja's own, which asks for a browser's word against forgery
    path("v1/", views.V1),
    re_path(r"", views.nothing, name="nothing"),
]
