"""What the things of one brand cost, to the last penny. Nothing here asks the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from moothall.catalog.models import STANDARD
from moothall.core.money import Money, portion

WHOLE = 10_000  # a hundred percent, in hundredths of a percent


@dataclass(frozen=True, slots=True)
class Thing:
    """So many pieces at a price each (minor units), of so many grams each, and how they are taxed."""

    price: int
    quantity: int
    grams: int = 0
    sort: str = STANDARD

    @property
    def total(self) -> int:
        return self.price * self.quantity


@dataclass(frozen=True, slots=True)
class Ask:
    """What sending costs, from what the things reach on it costs nothing, and its words."""

    amount: int = 0
    free_from: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Taxing:
    """How much things of one sort and their sending are taxed (hundredths of a percent), and whether prices hold it."""

    rate: int
    sending: int
    included: bool


@dataclass(frozen=True, slots=True)
class Charge:
    """What is charged for one line, in minor units: `amount` is `full` less `discount`, and with the tax where prices
    are without. `tax` is the part of `amount` that is tax."""

    full: int
    discount: int = 0
    tax_rate: int = 0
    tax: int = 0
    amount: int = 0

    @property
    def paid(self) -> int:
        return self.full - self.discount


@dataclass(frozen=True, slots=True)
class Cost:
    """What a brand's part of a basket costs: a charge for each thing in their order, and one for sending.

    `included` says whether the prices hold their tax; `spoken`, whether there is any tax to speak of. `refusal` says
    why it cannot be sent there, and then nothing is asked for sending."""

    lines: tuple[Charge, ...]
    sending: Charge
    currency: str
    words: str = ""
    included: bool = True
    spoken: bool = False
    refusal: str = ""

    @property
    def things(self) -> Money:
        """Before any discount, as the prices say."""
        return self._sum(line.full for line in self.lines)

    @property
    def discount(self) -> Money:
        return self._sum(line.discount for line in self.lines)

    @property
    def shipping(self) -> Money:
        return Money(self.sending.full, self.currency)

    @property
    def tax(self) -> Money:
        return self._sum(charge.tax for charge in (*self.lines, self.sending))

    @property
    def total(self) -> Money:
        return self._sum(charge.amount for charge in (*self.lines, self.sending))

    def _sum(self, numbers: object) -> Money:
        return Money(sum(numbers), self.currency)  # type: ignore[call-overload]


def cost(
    things: Sequence[Thing],
    *,
    currency: str,
    ask: Ask,
    discount: int = 0,
    rates: Mapping[str, int] | None = None,
    included: bool = True,
    refusal: str = "",
) -> Cost:
    """Charge things and sending. `rates` are the taxes of each sort in hundredths of a percent; sending is taxed by the
    standard one, and without rates nothing is said of tax.

    The discount is shared by what each line costs, and each rate's tax is reckoned on their sum and shared likewise,
    by largest remainder (`Money.split`), so that the parts sum to what is said of the whole.

    Refuses (ValueError) a discount above what the things cost."""
    rates = rates or {}
    wholes = [thing.total for thing in things]
    if not 0 <= discount <= sum(wholes):
        raise ValueError("a discount is from nothing to what the things cost")
    discounts = shared(discount, wholes)
    charges = [
        Charge(full=whole, discount=less, tax_rate=rates.get(thing.sort, 0))
        for thing, whole, less in zip(things, wholes, discounts, strict=True)
    ]
    is_free = ask.free_from is not None and sum(wholes) - discount >= ask.free_from
    charges.append(Charge(full=0 if is_free else ask.amount, tax_rate=rates.get(STANDARD, 0)))
    *lines, sending = _taxed(charges, included)
    return Cost(tuple(lines), sending, currency, ask.words, included, bool(rates), refusal)


def discount_of(total: int, *, percent: int | None, amount: int | None) -> int:
    """What a voucher takes off things that cost so much, never more than all of it."""
    return portion(total, percent, 100) if percent is not None else min(amount or 0, total)


def shared(amount: int, weights: Sequence[int]) -> list[int]:
    """Parts of an amount by weight; nothing is shared by nobody."""
    if not amount:
        return [0 for _weight in weights]
    return [part.minor for part in Money(amount, "").split(weights)]


def _taxed(charges: Sequence[Charge], included: bool) -> list[Charge]:
    taxes = dict.fromkeys(range(len(charges)), 0)
    for rate in {charge.tax_rate for charge in charges}:
        places = [n for n, charge in enumerate(charges) if charge.tax_rate == rate]
        paid = [charges[n].paid for n in places]
        tax = tax_of(sum(paid), rate, included=included)
        taxes |= dict(zip(places, shared(tax, paid), strict=True))
    return [
        replace(charge, tax=taxes[n], amount=charge.paid + (0 if included else taxes[n]))
        for n, charge in enumerate(charges)
    ]


def tax_of(paid: int, rate: int, *, included: bool) -> int:
    """The tax in an amount that holds it, or on one that does not."""
    return portion(paid, rate, WHOLE + rate if included else WHOLE)
