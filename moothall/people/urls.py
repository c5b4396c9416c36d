"""What people send about themselves and each other."""

from django.urls import path

from . import views

urlpatterns = [
    path("@<slug:handle>/follow", views.follow, name="follow"),
    path("@<slug:handle>/follow/end", views.unfollow, name="unfollow"),
    path("@<slug:handle>/block", views.block, name="block"),
    path("@<slug:handle>/block/end", views.unblock, name="unblock"),
    path("@<slug:handle>/mute", views.mute, name="mute"),
    path("@<slug:handle>/mute/end", views.unmute, name="unmute"),
    path("@<slug:handle>/circles", views.put_into_circles, name="put_into_circles"),
    path("you/circles/<slug:public>/members", views.join_circle, name="join_circle"),
    path("you/circles/<slug:public>/members/<slug:handle>/end", views.leave_circle, name="leave_circle"),
    path("you/circles/<slug:public>/end", views.end_circle, name="end_circle"),
    path("you/sessions/end", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("desk/<slug:handle>/team/members", views.join_team, name="join_team"),
    path("desk/<slug:handle>/team/members/<slug:person>/end", views.leave_team, name="leave_team"),
]
