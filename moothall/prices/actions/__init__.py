"""All that can be done about prices: where a brand sends and for how much. The only writers of this app's tables."""

from .sending import Plan, Row, change_zone, make_zone, may_write, remove_zone

__all__ = [
    "Plan",
    "Row",
    "change_zone",
    "make_zone",
    "may_write",
    "remove_zone",
]
