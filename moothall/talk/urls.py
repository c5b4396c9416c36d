"""What is sent about posts and comments; the pages themselves stand in pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("comments/<slug:public>/withdrawal", views.withdraw, name="withdraw_comment"),
    path("comments/<slug:public>/withdrawal/end", views.bring_back, name="bring_back_comment"),
    path("comments/<slug:public>/reaction", views.react, name="react"),
    path("comments/<slug:public>/reaction/end", views.unreact, name="unreact"),
    path("posts/<slug:public>/withdrawal", views.withdraw_post, name="withdraw_post"),
    path("posts/<slug:public>/withdrawal/end", views.bring_back_post, name="bring_back_post"),
    path("posts/<slug:public>/reaction", views.react_to_post, name="react_to_post"),
    path("posts/<slug:public>/reaction/end", views.unreact_to_post, name="unreact_to_post"),
]
