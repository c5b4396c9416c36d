"""All that can be done with ideas. The only writers of this app's tables.

The company stays out: who is in the team of the brand that an idea is addressed to writes nothing of it. They back it
as one person each, or not at all."""

from .arguing import argue, end_argument
from .backing import back, unback
from .gating import come_again, set_mark, take_to_gate, tell_overdue
from .judging import Figures, accept, answer_appeal, appeal, judge, keep_sheet, undo
from .shaping import contribute, decline, take_back, take_in
from .writing import Words, bring_back, discard, draw, keep_draft, propose, revise, withdraw

__all__ = [
    "Figures",
    "Words",
    "accept",
    "answer_appeal",
    "appeal",
    "argue",
    "back",
    "bring_back",
    "come_again",
    "contribute",
    "decline",
    "discard",
    "draw",
    "end_argument",
    "judge",
    "keep_draft",
    "keep_sheet",
    "propose",
    "revise",
    "set_mark",
    "take_back",
    "take_in",
    "take_to_gate",
    "tell_overdue",
    "unback",
    "undo",
    "withdraw",
]
