"""Whom the papers of the four brands name; the first weeks' orders wait until it is said."""

from __future__ import annotations

from moothall.orders import actions as orders
from moothall.orders.actions.invoices import Name

from .stage import Stage
from .ties import Brand

NAMES = {
    "tidewater": Name(
        "Tidewater Kitchen, Mira Kaplan", "The Old Ferry Office, Quay Lane", "WM1 4FO", "Wendham", "GB", "TW",
        small_print="Not registered for VAT. If it chips in the first year, bring us the pieces.",
    ),
    "lantern-works": Name(
        "Lantern Works Ltd", "7 Foundry Street", "WM2 1FS", "Wendham", "GB", "LW", "GB 447 1120 93",
        "Registered in England, number 08 441 207.", 14,
    ),
    "wold": Name(
        "Wold Outdoor Co-operative Ltd", "Sheepwash Barn, Hill Road", "WM6 9HR", "Wendham", "GB", "WOLD",
        "GB 902 7734 18", "A co-operative of nine.", 60,
    ),
    "nine-point": Name(
        "Nine Point Press, Moreau and Kamau", "6 Ferry Steps", "WM1 4FS", "Wendham", "GB", "9PT", "GB 318 5520 71",
        "A partnership. Errors in this paper count as errors.", 30,
    ),
}  # fmt: skip


def say_name(stage: Stage, brand: Brand) -> None:
    owner = stage.people[brand.owner]
    orders.set_imprint(by=owner, brand=stage.brands[brand.handle], name=NAMES[brand.handle])
