"""What can happen to improvements. That a revision was brought is told by the catalog."""

from django.utils.translation import gettext_lazy as _

from moothall.activity.verbs import PARTIES, SUBJECT, Verb

ASKED = Verb("improvement.asked", _("{actor} asks for a change: {subject}"), SUBJECT)
JOINED = Verb("improvement.joined", _("{actor} asks for this too: {subject}"), PARTIES)
LEFT = Verb("improvement.left", _("{actor} no longer asks for a change"), PARTIES)
TAKEN_BACK = Verb("improvement.taken_back", _("{actor} took back what they had asked for"), PARTIES)
ASKED_AGAIN = Verb("improvement.asked_again", _("{actor} asks again: {subject}"), PARTIES)
DECLINED = Verb("improvement.declined", _("{actor} declined a change, and says why: {subject}"), SUBJECT)
REOPENED = Verb("improvement.reopened", _("{actor} thinks again about a change: {subject}"), SUBJECT)
