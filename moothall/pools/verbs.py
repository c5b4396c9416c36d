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

# ---- on a concept
GATHERING = Verb("pool.gathering", _("{actor} gathers pledges for {subject}"), SUBJECT)
GATHERING_ENDED = Verb("gathering.ended", _("{actor} ended the gathering for a concept"), PARTIES)
ASKED = Verb("pledge.asked", _("{actor} asked a pledger whether they take it at its price"), PARTIES)
PLANNED = Verb("milestone.planned", _("{actor} planned a milestone of {subject}"), SUBJECT)
MOVED = Verb("milestone.moved", _("{actor} moved a milestone of {subject}"), SUBJECT)
REACHED = Verb("milestone.reached", _("{actor} reached a milestone of {subject}"), SUBJECT)
DELAYED = Verb("pool.delayed", _("{actor} promised a later day for {subject}"), SUBJECT)
LATE = Verb("pledge.late", _("{actor} offered the money back for what is late"), PARTIES)
TAKEN_BACK = Verb("pledge.taken_back", _("{actor} took the money back for what is late"), PARTIES)

# Why a pledge was let go for itself, where it says so.
NOT_SENT_THERE, NOT_ANSWERED, OWN_TEAM = "not_sent_there", "not_answered", "own_team"
