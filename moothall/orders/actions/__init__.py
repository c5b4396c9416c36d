"""All that can be done about buying: the basket, paying, the desk, sharing. The only writers of this app's tables."""

from .basket import adopt_basket, basket_for, put, set_quantity
from .desk import cancel, pack, refund, retry_refund, set_shipping, ship
from .letting_go import let_go_of_others
from .paying import (
    abandon,
    check_payment,
    look_after,
    open_page,
    pay_back,
    place_order,
    settle,
)
from .sharing import share, withdraw_share

__all__ = [
    "abandon",
    "adopt_basket",
    "basket_for",
    "cancel",
    "check_payment",
    "let_go_of_others",
    "look_after",
    "open_page",
    "pack",
    "pay_back",
    "place_order",
    "put",
    "refund",
    "retry_refund",
    "set_quantity",
    "set_shipping",
    "settle",
    "share",
    "ship",
    "withdraw_share",
]
