"""What is sent about comments; the pages themselves stand in pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("comments/<slug:public>/withdrawal", views.withdraw, name="withdraw_comment"),
    path("comments/<slug:public>/withdrawal/end", views.bring_back, name="bring_back_comment"),
    path("comments/<slug:public>/reaction", views.react, name="react"),
    path("comments/<slug:public>/reaction/end", views.unreact, name="unreact"),
]
