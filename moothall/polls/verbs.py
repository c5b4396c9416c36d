"""What can happen to polls. Who answered is in the log, what they said never is."""

from django.utils.translation import gettext_lazy as _

from moothall.activity.verbs import PARTIES, SUBJECT, Verb

ASKED = Verb("poll.asked", _("{actor} asks: {subject}"), SUBJECT)
REWORDED = Verb("poll.reworded", _("{actor} changed a question"), PARTIES)
ADDED = Verb("poll.added", _("{actor} added words to a question"), PARTIES)
ANSWERED = Verb("poll.answered", _("{actor} answered a question"), PARTIES)
TAKEN_BACK = Verb("poll.taken_back", _("{actor} took an answer back"), PARTIES)
CLOSED = Verb("poll.closed", _("It is over: {subject}"), PARTIES)
WITHDRAWN = Verb("poll.withdrawn", _("{actor} took a question back"), PARTIES)
