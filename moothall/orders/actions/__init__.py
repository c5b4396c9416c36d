"""All that can be done about buying: the basket, paying, the desk, sharing. The only writers of this app's tables."""

from .basket import adopt_basket, basket_for, put, set_code, set_country, set_quantity
from .desk import cancel, pack, refund, retry_refund, ship
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
    "look_after",
    "open_page",
    "pack",
    "pay_back",
    "place_order",
    "put",
    "refund",
    "retry_refund",
    "set_code",
    "set_country",
    "set_quantity",
    "settle",
    "share",
    "ship",
    "withdraw_share",
]
