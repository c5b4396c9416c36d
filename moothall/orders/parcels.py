"""A basket as pages and the checkout see it: a parcel for each brand, and what each costs."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from moothall.core.countries import HOME
from moothall.core.money import Money
from moothall.people.models import Profile
from moothall.prices.costs import Cost
from moothall.prices.models import Voucher

from .models import BasketLine


@dataclass(slots=True)
class Parcel:
    """A brand's part of a basket, and what it costs: a charge for each line, in their order, and one for sending."""

    brand: Profile
    lines: list[BasketLine]
    cost: Cost

    @property
    def things(self) -> Money:
        return self.cost.things

    @property
    def shipping(self) -> Money:
        return self.cost.shipping

    @property
    def words(self) -> str:
        return self.cost.words

    @property
    def total(self) -> Money:
        return self.cost.total


@dataclass(slots=True)
class Filled:
    """A basket as pages and the checkout see it, sent to a country."""

    parcels: list[Parcel]
    currency: str
    country: str = HOME
    voucher: Voucher | None = None
    said: str = ""  # why the voucher does not count

    @property
    def lines(self) -> list[BasketLine]:
        return [line for parcel in self.parcels for line in parcel.lines]

    @property
    def total(self) -> Money:
        return sum((parcel.total for parcel in self.parcels), Money(0, self.currency))

    @property
    def things(self) -> Money:
        return sum((parcel.things for parcel in self.parcels), Money(0, self.currency))

    @property
    def discount(self) -> Money:
        return sum((parcel.cost.discount for parcel in self.parcels), Money(0, self.currency))

    @property
    def shipping(self) -> Money:
        return sum((parcel.shipping for parcel in self.parcels), Money(0, self.currency))

    @property
    def tax_added(self) -> Money:
        """Of brands whose prices are without."""
        return self._tax(included=False)

    @property
    def tax_included(self) -> Money:
        return self._tax(included=True)

    def _tax(self, *, included: bool) -> Money:
        taxes = (parcel.cost.tax for parcel in self.parcels if parcel.cost.included == included)
        return sum(taxes, Money(0, self.currency))

    @property
    def refusals(self) -> list[str]:
        """Why parts of it cannot be sent there."""
        return [parcel.cost.refusal for parcel in self.parcels if parcel.cost.refusal]

    @property
    def fingerprint(self) -> str:
        """Changes when anything that is paid for changes: another tab, price, rate, discount, tax or revision."""
        rows = []
        for parcel in self.parcels:
            sending = parcel.cost.sending
            rows += [
                f"{line.variant_id}×{line.quantity}@{line.variant.price}-{charge.discount}+{charge.tax}={charge.amount}"
                f" r{line.variant.product.revision}"
                for line, charge in zip(parcel.lines, parcel.cost.lines, strict=True)
            ]
            rows.append(f"{parcel.brand.pk}: {sending.full}+{sending.tax}={sending.amount} {parcel.cost.refusal}")
        return sha256(" ".join(sorted(rows)).encode()).hexdigest()[:32]
