"""What can happen to pools and pledges."""

from django.utils.translation import gettext_lazy as _

from moothall.activity.verbs import PARTIES, SUBJECT, Verb

OPENED = Verb("pool.opened", _("{actor} opened a group buy: {subject}"), SUBJECT)
WON = Verb("pool.won", _("the group buy of {subject} came about"), SUBJECT)
LOST = Verb("pool.lost", _("the group buy of {subject} did not come about"), PARTIES)
ENDED = Verb("pool.ended", _("too few could be charged: the group buy of {subject} came to nothing"), PARTIES)
CANCELLED = Verb("pool.cancelled", _("{actor} called a group buy off"), PARTIES)
PLEDGED = Verb("pledge.made", _("{actor} pledged to buy"), PARTIES)
CHANGED = Verb("pledge.changed", _("{actor} changed what they pledged"), PARTIES)
WITHDRAWN = Verb("pledge.withdrawn", _("{actor} withdrew a pledge"), PARTIES)
RELEASED = Verb("pledge.released", _("{actor} let a pledge go, and nothing is charged"), PARTIES)
PAID = Verb("pledge.paid", _("{actor} paid what they pledged"), PARTIES)
FAILED = Verb("pledge.failed", _("{actor} could not charge the card of a pledge"), PARTIES)
DROPPED = Verb("pledge.dropped", _("{actor} ended a pledge that was not paid in time"), PARTIES)
