"""What is sent about improvements; the pages themselves stand in pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("improvements/<slug:public>/voice", views.join, name="join_improvement"),
    path("improvements/<slug:public>/voice/end", views.leave, name="leave_improvement"),
    path("improvements/<slug:public>/end", views.take_back, name="take_back_improvement"),
    path("improvements/<slug:public>/again", views.ask_again, name="ask_improvement_again"),
    path("improvements/<slug:public>/answer/end", views.reopen, name="reopen_improvement"),
    path(
        "desk/<slug:handle>/products/<slug:slug>/revisions/<int:number>/end",
        views.take_back_revision,
        name="take_back_revision",
    ),
]
