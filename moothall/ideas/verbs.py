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

# ---- the gate
MARK_SET = Verb("mark.set", _("{actor} said when an idea comes to its gate"), PARTIES)
AT_GATE = Verb("idea.at_gate", _("{subject} is at the gate"), SUBJECT)
OVERDUE = Verb("gate.overdue", _("The judgement of {subject} is overdue"), SUBJECT)
PASSED = Verb("gate.passed", _("{actor} would make {subject}"), SUBJECT)
REFUSED = Verb("gate.refused", _("{actor} will not make {subject}, and says why"), SUBJECT)
NEEDED = Verb("gate.needed", _("{actor} says what {subject} needs first"), SUBJECT)
UNDONE = Verb("gate.undone", _("{actor} takes a judgement of {subject} back"), SUBJECT)
APPEALED = Verb("gate.appealed", _("{actor} appeals against the judgement of {subject}"), SUBJECT)
ANSWERED = Verb("gate.answered", _("{actor} answers the appeal about {subject}"), SUBJECT)
ACCEPTED = Verb("idea.accepted", _("{actor} lets {subject} be made"), SUBJECT)
ARGUED = Verb("sheet.argued", _("{actor} reckons {subject} with other numbers"), SUBJECT)
ENDED = Verb("sheet.ended", _("{actor} took an argument back"), PARTIES)
