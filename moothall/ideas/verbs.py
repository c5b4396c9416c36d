"""What can happen to ideas."""

from django.utils.translation import gettext_lazy as _

from moothall.activity.verbs import PARTIES, SUBJECT, Verb

PROPOSED = Verb("idea.proposed", _("{actor} proposes {subject}"), SUBJECT)
REVISED = Verb("idea.revised", _("{actor} has a new version of {subject}"), SUBJECT)
WITHDRAWN = Verb("idea.withdrawn", _("{actor} withdrew an idea"), PARTIES)
BROUGHT_BACK = Verb("idea.brought_back", _("{actor} brought an idea back"), PARTIES)
BACKED = Verb("idea.backed", _("{actor} backs {subject}"), PARTIES)
UNBACKED = Verb("idea.unbacked", _("{actor} no longer backs an idea"), PARTIES)
CONTRIBUTED = Verb("contribution.made", _("{actor} would say a part of {subject} in other words"), PARTIES)
TAKEN = Verb("contribution.taken", _("{actor} took a contribution to {subject} in"), PARTIES)
DECLINED = Verb("contribution.declined", _("{actor} declined a contribution to {subject}"), PARTIES)
TAKEN_BACK = Verb("contribution.taken_back", _("{actor} took a contribution back"), PARTIES)
