"""What is sent about ideas; the pages themselves stand in pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("ideas/<slug:public>/backing", views.back, name="back_idea"),
    path("ideas/<slug:public>/backing/end", views.unback, name="unback_idea"),
    path("ideas/<slug:public>/discard", views.discard, name="discard_idea"),
    path("ideas/<slug:public>/withdrawal", views.withdraw, name="withdraw_idea"),
    path("ideas/<slug:public>/withdrawal/end", views.bring_back, name="bring_back_idea"),
    path("contributions/<slug:public>/end", views.take_back, name="take_back_contribution"),
]
