"""What the four brands of Wendham ask beside their prices: for sending, in tax, and what their vouchers are worth."""

from __future__ import annotations

from moothall.core.money import parse
from moothall.people.models import Profile
from moothall.prices import actions as prices
from moothall.prices.actions import Offer, Plan, Row
from moothall.prices.queries import Taxed

from .wares import CURRENCY

EUROPE = "IE AT BE CH CZ DE DK ES FI FR IT LU NL NO PL PT SE".split()


def _row(amount: str, up_to_grams: int | None = None, free_from: str = "", words: str = "") -> Row:
    return Row(parse(amount, CURRENCY), up_to_grams, parse(free_from, CURRENCY) if free_from else None, words)


HERALD, VAN = "Post, wrapped in last week's Herald", "Our own van, Tuesdays and Fridays"
ZONES = {
    "tidewater": (
        Plan("At home", ["GB"], [_row("4.50", 2000, "120", HERALD), _row("6.90", 10_000, "120", HERALD)]),
        Plan("Europe", EUROPE, [_row("14", 2000, words="Post, a week"), _row("22", 10_000, words="Post, a week")]),
        Plan("The world", [], [_row("29", 2000, words="Air mail"), _row("52", 5000, words="Air mail")]),
    ),
    # The van goes where the van goes, and what is light goes by post.
    "lantern-works": (
        Plan("The van's round", ["GB"], [_row("8.50", words=VAN)]),
        Plan("Over the water", EUROPE, [_row("18", 3000, words="Post, a week"), _row("39", 12_000, words="Freight")]),
    ),
    "wold": (
        Plan("At home", ["GB"], [_row("0", words="Wold Post")]),
        Plan("Everywhere else", [], [_row("9.50", 1000, "150", "Post"), _row("19", 5000, "250", "Post")]),
    ),
    # Paper is light, and goes in a tube or an envelope.
    "nine-point": (
        Plan("At home", ["GB"], [_row("2.20", 250, "30", "Letter post"), _row("4.80", 4000, "60", "In a tube")]),
        Plan("Europe", EUROPE, [_row("6.50", 500, words="Letter post, ten days"), _row("15", 4000, words="In a tube")]),
        Plan("The world", [], [_row("9", 500, words="Letter post, a month"), _row("24", 4000, words="In a tube")]),
    ),
}


# At home a fifth; the neighbours as they have it.
RATES = (Taxed("GB", 2000, 500), Taxed("IE", 2300, 1350), Taxed("DE", 1900, 700), Taxed("FR", 2000, 550))


VOUCHERS = {
    "tidewater": (
        Offer("WEDNESDAY", "On the shop's own page", percent=10, limit=200, each=3),
        Offer("FERRY-5", "For who came to the open day", amount=parse("5", CURRENCY), minimum=parse("40", CURRENCY)),
    ),
    "lantern-works": (Offer("FIRST-LAMP", "In the van's newspaper", percent=15, limit=2, each=1),),
    "wold": (),
    "nine-point": (
        Offer("ERRATUM", "For who found an error", amount=parse("3", CURRENCY), limit=12, each=1),
        Offer("SUNDAY", "On the back of the poster", percent=9, minimum=parse("20", CURRENCY)),
    ),
}


def ask(owner: Profile, brand: Profile) -> None:
    for plan in ZONES[brand.handle or ""]:
        prices.make_zone(by=owner, brand=brand, plan=plan)
    for offer in VOUCHERS[brand.handle or ""]:
        prices.make_voucher(by=owner, brand=brand, offer=offer)
    # Lantern Works sells to workshops too, and tells its prices without.
    prices.set_taxes(by=owner, brand=brand, included=brand.handle != "lantern-works", rates=RATES)
