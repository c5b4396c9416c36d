"""All that can be done with ideas. The only writers of this app's tables.

The company stays out: who is in the team of the brand that an idea is addressed to writes nothing of it. They back it
as one person each, or not at all."""

from .backing import back, unback
from .shaping import contribute, decline, take_back, take_in
from .writing import Words, bring_back, discard, draw, keep_draft, propose, revise, withdraw

__all__ = [
    "Words",
    "back",
    "bring_back",
    "contribute",
    "decline",
    "discard",
    "draw",
    "keep_draft",
    "propose",
    "revise",
    "take_back",
    "take_in",
    "unback",
    "withdraw",
]
