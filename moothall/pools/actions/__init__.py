"""All that can be done with pools and pledges. The only writers of this app's tables."""

from .charging import agreed_in, look_after, mark_paid, pay_by_page
from .deciding import look_after_pool
from .gathering import Terms, end_gathering, gather, open_at, wait_for_pledges
from .late import move_promise, take_back_money
from .making import bring_out, move_milestone, plan_milestone, reach_milestone
from .opening import Offer, cancel_pool, open_pool
from .pledging import Wanted, look_after_card, open_card_page, pledge, withdraw

__all__ = [
    "Offer",
    "Terms",
    "Wanted",
    "agreed_in",
    "bring_out",
    "cancel_pool",
    "end_gathering",
    "gather",
    "look_after",
    "look_after_card",
    "look_after_pool",
    "mark_paid",
    "move_milestone",
    "move_promise",
    "open_at",
    "open_card_page",
    "open_pool",
    "pay_by_page",
    "plan_milestone",
    "pledge",
    "reach_milestone",
    "take_back_money",
    "wait_for_pledges",
    "withdraw",
]
