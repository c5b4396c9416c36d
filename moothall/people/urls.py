"""What people send about themselves and each other."""

from django.urls import path

from .views import accounts, teams, ties

urlpatterns = [
    path("@<slug:handle>/follow", ties.follow, name="follow"),
    path("@<slug:handle>/follow/end", ties.unfollow, name="unfollow"),
    path("@<slug:handle>/block", ties.block, name="block"),
    path("@<slug:handle>/block/end", ties.unblock, name="unblock"),
    path("@<slug:handle>/mute", ties.mute, name="mute"),
    path("@<slug:handle>/mute/end", ties.unmute, name="unmute"),
    path("@<slug:handle>/circles", ties.put_into_circles, name="put_into_circles"),
    path("you/circles/<slug:public>/members", ties.join_circle, name="join_circle"),
    path("you/circles/<slug:public>/members/<slug:handle>/end", ties.leave_circle, name="leave_circle"),
    path("you/circles/<slug:public>/end", ties.end_circle, name="end_circle"),
    path("you/sessions/end", accounts.sign_out_everywhere, name="sign_out_everywhere"),
    path("you/sessions/others/end", accounts.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("you/sessions/<slug:public>/end", accounts.end_sign_in, name="end_sign_in"),
    path("you/findable", accounts.be_findable, name="be_findable"),
    path("you/findable/end", accounts.be_hidden, name="be_hidden"),
    path("you/invitations/<slug:public>/end", accounts.end_invitation, name="end_invitation"),
    path("join/<slug:public>/meeting", accounts.meet, name="meet"),
    path("you/teams/<slug:handle>", teams.join_team, name="join_team"),
    path("you/teams/<slug:handle>/end", teams.decline_team, name="decline_team"),
    path("desk/<slug:handle>/team/invitations", teams.invite_to_team, name="invite_to_team"),
    path("desk/<slug:handle>/team/invitations/<slug:person>/end", teams.take_back, name="take_back_team"),
    path("desk/<slug:handle>/team/members/<slug:person>", teams.change_role, name="change_role"),
    path("desk/<slug:handle>/team/members/<slug:person>/end", teams.leave_team, name="leave_team"),
]
