"""What can happen to ideas."""

from django.utils.translation import gettext_lazy as _

from moothall.activity.verbs import PARTIES, SUBJECT, Verb

PROPOSED = Verb("idea.proposed", _("{actor} proposes {subject}"), SUBJECT)
REVISED = Verb("idea.revised", _("{actor} has a new version of {subject}"), SUBJECT)
DRAWN = Verb("idea.drawn", _("{actor} shows {subject} by another picture"), PARTIES)
WITHDRAWN = Verb("idea.withdrawn", _("{actor} withdrew an idea"), PARTIES)
BROUGHT_BACK = Verb("idea.brought_back", _("{actor} brought an idea back"), PARTIES)
BACKED = Verb("idea.backed", _("{actor} backs {subject}"), PARTIES)
UNBACKED = Verb("idea.unbacked", _("{actor} no longer backs an idea"), PARTIES)
CONTRIBUTED = Verb("contribution.made", _("{actor} would say a part of {subject} in other words"), PARTIES)
TAKEN = Verb("contribution.taken", _("{actor} took a contribution to {subject} in"), PARTIES)
DECLINED = Verb("contribution.declined", _("{actor} declined a contribution to {subject}"), PARTIES)
TAKEN_BACK = Verb("contribution.taken_back", _("{actor} took a contribution back"), PARTIES)
AUTHOR_INVITED = Verb("author.invited", _("{actor} invited somebody to lead {subject} with them"), PARTIES)
AUTHOR_JOINED = Verb("author.joined", _("{actor} leads {subject} with others now"), PARTIES)
AUTHOR_DECLINED = Verb("author.declined", _("{actor} ended an invitation to lead {subject}"), PARTIES)
AUTHOR_LEFT = Verb("author.left", _("somebody no longer leads {subject} with others"), PARTIES)
LEAD_OFFERED = Verb("lead.offered", _("{actor} offered somebody the lead of {subject}"), PARTIES)
LEAD_KEPT = Verb("lead.kept", _("{actor} lets the lead of {subject} stay where it is"), PARTIES)
LEAD_PASSED = Verb("lead.passed", _("{actor} leads {subject} now"), PARTIES)
MERGER_ASKED = Verb("merger.asked", _("{actor} would merge an idea into {subject}"), PARTIES)
MERGER_TAKEN_BACK = Verb("merger.taken_back", _("{actor} no longer would merge an idea into {subject}"), PARTIES)
MERGER_DECLINED = Verb("merger.declined", _("{actor} would not merge an idea into {subject}"), PARTIES)
MERGED = Verb("merger.accepted", _("{actor} merged an idea into {subject}"), PARTIES)
UNMERGED = Verb("merger.ended", _("{actor} separated an idea from {subject}"), PARTIES)
