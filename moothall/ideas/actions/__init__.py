"""All that can be done with ideas. The only writers of this app's tables.

The company stays out: who is in the team of the brand that an idea is addressed to writes nothing of it. They back it
as one person each, or not at all."""

from .arguing import argue, end_argument
from .backing import back, unback
from .forking import fork
from .gathering import begin_gathering, end_gathering
from .gating import bring_to_gates, come_again, set_mark, take_to_gate, tell_overdue
from .judging import Figures, Go, accept, answer_appeal, appeal, judge, keep_sheet, undo
from .leading import (
    invite_author,
    join_authors,
    keep_lead,
    leave_authors,
    offer_lead,
    pass_on,
    take_lead,
)
from .merging import accept_merger, ask_merger, decline_merger, take_back_merger, unmerge, withdraw
from .shaping import contribute, decline, take_back, take_in
from .weighing import keep_crowd, let_crowd, look, weigh_all
from .writing import Words, bring_back, discard, draw, keep_draft, propose, revise

__all__ = [
    "Figures",
    "Go",
    "Words",
    "accept",
    "accept_merger",
    "answer_appeal",
    "appeal",
    "argue",
    "ask_merger",
    "back",
    "begin_gathering",
    "bring_back",
    "bring_to_gates",
    "come_again",
    "contribute",
    "decline",
    "decline_merger",
    "discard",
    "draw",
    "end_argument",
    "end_gathering",
    "fork",
    "invite_author",
    "join_authors",
    "judge",
    "keep_crowd",
    "keep_draft",
    "keep_lead",
    "keep_sheet",
    "leave_authors",
    "let_crowd",
    "look",
    "offer_lead",
    "pass_on",
    "propose",
    "revise",
    "set_mark",
    "take_back",
    "take_back_merger",
    "take_in",
    "take_lead",
    "take_to_gate",
    "tell_overdue",
    "unback",
    "undo",
    "unmerge",
    "weigh_all",
    "withdraw",
]
