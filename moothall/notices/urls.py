"""What people send about their notices."""

from django.urls import path

from . import views

urlpatterns = [
    path("you/notices/<int:number>/seen", views.see, name="see_notice"),
    path("you/notices/seen", views.see_all, name="see_notices"),
]
