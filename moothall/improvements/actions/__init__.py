"""All that can be done about improvements. The only writers of this app's tables.

The company stays out: who is in the brand's team asks for nothing of its products. They answer."""

from .answering import bring_revision, decline, reopen, take_back_revision
from .asking import Asked, ask, ask_again, join, leave, take_back

__all__ = [
    "Asked",
    "ask",
    "ask_again",
    "bring_revision",
    "decline",
    "join",
    "leave",
    "reopen",
    "take_back",
    "take_back_revision",
]
