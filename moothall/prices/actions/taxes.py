"""How a brand's things are taxed, country by country, and whether its prices hold the tax."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.catalog.models import REDUCED, STANDARD
from moothall.core.countries import CODES
from moothall.core.refusals import BadInput
from moothall.people.models import Profile

from .. import verbs
from ..models import Tax, Terms
from ..queries import Taxed
from .sending import lock, may_write

HIGHEST = 10_000  # hundredths of a percent


@transaction.atomic
def set_taxes(*, by: Profile, brand: Profile, included: bool, rates: Sequence[Taxed]) -> None:
    """Tax by these rates from now on, and by no others. Refuses a country named twice, and more than all of a price."""
    may_write(by, brand)
    lock(brand)
    if not {row.country for row in rates} <= set(CODES):
        raise BadInput(_("Choose from the list."), field="rates")
    if len({row.country for row in rates}) < len(rates):
        raise BadInput(_("Name each country once."), field="rates")
    if not all(0 <= rate <= HIGHEST for row in rates for rate in (row.standard, row.reduced or 0)):
        raise BadInput(_("A tax is from 0 to 100 percent."), field="rates")
    Terms.objects.update_or_create(brand=brand, defaults={"tax_included": included})
    Tax.objects.filter(brand=brand).delete()
    Tax.objects.bulk_create(
        Tax(brand=brand, country=row.country, sort=sort, rate=rate)
        for row in rates
        for sort, rate in ((STANDARD, row.standard), (REDUCED, row.reduced))
        if rate is not None
    )
    record(verbs.TAX_SET, by=by, on=brand, brand=brand)
