"""What can happen among people."""

from django.utils.translation import gettext_lazy as _

from moothall.activity.verbs import PARTIES, SUBJECT, Verb

JOINED = Verb("person.joined", _("{actor} joined the hall"), SUBJECT)
CHANGED = Verb("profile.changed", _("{actor} changed their profile"), PARTIES)
OPENED = Verb("brand.opened", _("{actor} opened a shop here"), SUBJECT)
TEAM_JOINED = Verb("team.joined", _("{actor} has a new person in the team"), PARTIES)
TEAM_LEFT = Verb("team.left", _("{actor} has one person less in the team"), PARTIES)
FOLLOWED = Verb("follow.begun", _("{actor} follows {subject}"), PARTIES)
UNFOLLOWED = Verb("follow.ended", _("{actor} no longer follows {subject}"), PARTIES)
CIRCLE_MADE = Verb("circle.made", _("{actor} made a circle"), PARTIES)
CIRCLE_ENDED = Verb("circle.ended", _("{actor} ended a circle"), PARTIES)
CIRCLE_JOINED = Verb("circle.joined", _("{actor} put somebody into a circle"), PARTIES)
CIRCLE_LEFT = Verb("circle.left", _("{actor} took somebody out of a circle"), PARTIES)
BLOCKED = Verb("block.begun", _("{actor} blocked somebody"), PARTIES)
UNBLOCKED = Verb("block.ended", _("{actor} unblocked somebody"), PARTIES)
MUTED = Verb("mute.begun", _("{actor} muted somebody"), PARTIES)
UNMUTED = Verb("mute.ended", _("{actor} unmuted somebody"), PARTIES)
SIGNED_OUT = Verb("account.signed_out", _("{actor} signed out everywhere"), PARTIES)
STEWARD_MADE = Verb("steward.made", _("{actor} became a steward"), PARTIES)
TOKEN_MADE = Verb("token.made", _("{actor} made a token"), PARTIES)
TOKEN_ENDED = Verb("token.ended", _("{actor} ended a token"), PARTIES)
