"""All that can be done about prices: sending, taxes, vouchers. The only writers of this app's tables."""

from .sending import Plan, Row, change_zone, make_zone, may_write, remove_zone
from .taxes import set_taxes
from .vouchers import Offer, end_voucher, keep, make_voucher, release, take

__all__ = [
    "Offer",
    "Plan",
    "Row",
    "change_zone",
    "end_voucher",
    "keep",
    "make_voucher",
    "make_zone",
    "may_write",
    "release",
    "remove_zone",
    "set_taxes",
    "take",
]
