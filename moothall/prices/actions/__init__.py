"""All that can be done about prices: sending and taxes. The only writers of this app's tables."""

from .sending import Plan, Row, change_zone, make_zone, may_write, remove_zone
from .taxes import set_taxes

__all__ = [
    "Plan",
    "Row",
    "change_zone",
    "make_zone",
    "may_write",
    "remove_zone",
    "set_taxes",
]
