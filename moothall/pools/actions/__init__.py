"""All that can be done with pools and pledges. The only writers of this app's tables."""

from .charging import agreed_in, look_after, mark_paid, pay_by_page
from .deciding import look_after_pool
from .opening import Offer, cancel_pool, open_pool
from .pledging import Wanted, look_after_card, open_card_page, pledge, withdraw

__all__ = [
    "Offer",
    "Wanted",
    "agreed_in",
    "cancel_pool",
    "look_after",
    "look_after_card",
    "look_after_pool",
    "mark_paid",
    "open_card_page",
    "open_pool",
    "pay_by_page",
    "pledge",
    "withdraw",
]
