"""What is sent about ideas; the pages themselves stand in pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("ideas/<slug:public>/backing/end", views.unback, name="unback_idea"),
    path("ideas/<slug:public>/discard", views.discard, name="discard_idea"),
    path("ideas/<slug:public>/gathering", views.begin_gathering, name="begin_gathering"),
    path("ideas/<slug:public>/gathering/end", views.end_gathering, name="end_gathering"),
    path("ideas/<slug:public>/withdrawal", views.withdraw, name="withdraw_idea"),
    path("ideas/<slug:public>/withdrawal/end", views.bring_back, name="bring_back_idea"),
    path("ideas/<slug:public>/merger/end", views.end_merger, name="end_merger"),
    path("authors/<slug:public>/standing", views.join_authors, name="join_authors"),
    path("authors/<slug:public>/end", views.leave_authors, name="leave_authors"),
    path("authors/<slug:public>/offer", views.offer_lead, name="offer_lead"),
    path("authors/<slug:public>/offer/end", views.keep_lead, name="keep_lead"),
    path("authors/<slug:public>/lead", views.take_lead, name="take_lead"),
    path("contributions/<slug:public>/end", views.take_back, name="take_back_contribution"),
]
