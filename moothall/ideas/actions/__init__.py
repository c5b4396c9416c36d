"""All that can be done with ideas. The only writers of this app's tables.

The company stays out: who is in the team of the brand that an idea is addressed to writes nothing of it. They back it
as one person each, or not at all."""

from .backing import back, unback
from .forking import fork
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
from .writing import Words, bring_back, discard, draw, keep_draft, propose, revise

__all__ = [
    "Words",
    "accept_merger",
    "ask_merger",
    "back",
    "bring_back",
    "contribute",
    "decline",
    "decline_merger",
    "discard",
    "draw",
    "fork",
    "invite_author",
    "join_authors",
    "keep_draft",
    "keep_lead",
    "leave_authors",
    "offer_lead",
    "pass_on",
    "propose",
    "revise",
    "take_back",
    "take_back_merger",
    "take_in",
    "take_lead",
    "unback",
    "unmerge",
    "withdraw",
]
