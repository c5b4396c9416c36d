"""What a brand's desk sends about its prices."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/<slug:handle>/zones/<slug:public>/end", views.remove_zone, name="remove_zone"),
]
