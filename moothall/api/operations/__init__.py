"""Every operation of the API; each file enrols its own."""

from . import buying, desk_orders, desk_products, desk_selling, desk_shop, hall, market, me, people, steward, transfers

__all__ = [
    "buying",
    "desk_orders",
    "desk_products",
    "desk_selling",
    "desk_shop",
    "hall",
    "market",
    "me",
    "people",
    "steward",
    "transfers",
]
