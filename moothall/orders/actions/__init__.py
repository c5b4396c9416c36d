"""All that can be done about buying: the basket, paying, the desk, sharing. The only writers of this app's tables."""

from .adopting import adopt_guests
from .agreeing import Agreed, cost_of, give_up, place_agreed, undo
from .basket import adopt_basket, basket_for, put, set_code, set_country, set_quantity
from .desk import cancel, correct_parcel, pack, refund, retry_refund, ship
from .invoices import Name, issue_due, set_imprint
from .letting_go import let_go_of_others
from .paying import (
    abandon,
    check_payment,
    look_after,
    open_page,
    place_order,
    settle,
)
from .paying_back import pay_back
from .reorder import buy_again
from .returns import (
    agree_to_return,
    ask_return,
    close_return,
    decline_return,
    receive_return,
    send_return,
    take_back_return,
)
from .sharing import share, withdraw_share
from .transfers import end_bank, pay_by_card, receive_transfer, send_back, set_bank

__all__ = [
    "Agreed",
    "Name",
    "abandon",
    "adopt_basket",
    "adopt_guests",
    "agree_to_return",
    "ask_return",
    "basket_for",
    "buy_again",
    "cancel",
    "check_payment",
    "close_return",
    "correct_parcel",
    "cost_of",
    "decline_return",
    "end_bank",
    "give_up",
    "issue_due",
    "let_go_of_others",
    "look_after",
    "open_page",
    "pack",
    "pay_back",
    "pay_by_card",
    "place_agreed",
    "place_order",
    "put",
    "receive_return",
    "receive_transfer",
    "refund",
    "retry_refund",
    "send_back",
    "send_return",
    "set_bank",
    "set_code",
    "set_country",
    "set_imprint",
    "set_quantity",
    "settle",
    "share",
    "ship",
    "take_back_return",
    "undo",
    "withdraw_share",
]
