"""What is sent about polls; the pages themselves stand in pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("polls/<slug:public>/answer/end", views.take_back, name="take_back_answer"),
    path("polls/<slug:public>/end", views.close, name="close_poll"),
    path("polls/<slug:public>/withdrawal", views.withdraw, name="withdraw_poll"),
]
