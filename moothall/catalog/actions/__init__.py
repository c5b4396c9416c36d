"""All that can be done about things. The only writers of this app's tables; stock has a file of its own."""

from .counting import count_stock
from .fetching import fetch_picture
from .importing import begin_import, go_on
from .products import (
    Kind,
    Words,
    add_picture,
    change_product,
    count,
    make_product,
    may_write,
    publish,
    remove_picture,
    touch,
    withdraw,
)
from .revising import bring_revision, lock, may_make, take_back_revision
from .stock import SoldOut, hand_over, hold, receive, release, sell, take_back, write_off

__all__ = [
    "Kind",
    "SoldOut",
    "Words",
    "add_picture",
    "begin_import",
    "bring_revision",
    "change_product",
    "count",
    "count_stock",
    "fetch_picture",
    "go_on",
    "hand_over",
    "hold",
    "lock",
    "make_product",
    "may_make",
    "may_write",
    "publish",
    "receive",
    "release",
    "remove_picture",
    "sell",
    "take_back",
    "take_back_revision",
    "touch",
    "withdraw",
    "write_off",
]
