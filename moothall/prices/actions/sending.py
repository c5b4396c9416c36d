"""Where a brand sends and what that costs: its zones, with their countries and a rate for each weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import text
from moothall.core.countries import CODES, name_of
from moothall.core.money import Money
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.models import Profile

from .. import verbs
from ..models import Rate, Zone, ZoneCountry

MOST_ZONES, MOST_RATES = 20, 20
HEAVIEST = 1_000_000  # grams


@dataclass(frozen=True, slots=True)
class Row:
    """A rate as somebody writes it down. Without `up_to_grams` it holds for any weight."""

    amount: Money
    up_to_grams: int | None = None
    free_from: Money | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A zone as somebody writes it down. Without countries it is everywhere else."""

    name: str
    countries: Sequence[str] = ()
    rates: Sequence[Row] = ()


@transaction.atomic
def make_zone(*, by: Profile, brand: Profile, plan: Plan) -> Zone:
    """Send there from now on. Refuses a country that another zone of the brand has, and a second everywhere else."""
    may_write(by, brand)
    lock(brand)
    ours = Zone.objects.filter(brand=brand)
    if ours.count() >= MOST_ZONES:
        raise Refusal(_("Twenty zones are enough."))
    last = ours.aggregate(last=Max("position"))["last"] or 0
    zone = Zone(brand=brand, position=last + 1)
    _write(zone, plan)
    record(verbs.SENDING_SET, by=by, on=zone, brand=brand)
    return zone


@transaction.atomic
def change_zone(*, by: Profile, zone: Zone, plan: Plan) -> Zone:
    """Write the zone anew, with all its countries and rates. What is being paid keeps what was agreed."""
    may_write(by, zone.brand)
    lock(zone.brand)
    _write(zone, plan)
    record(verbs.SENDING_SET, by=by, on=zone, brand=zone.brand)
    return zone


@transaction.atomic
def remove_zone(*, by: Profile, zone: Zone) -> None:
    """Send there no more, unless another zone is everywhere else. With the last zone sending is free everywhere."""
    may_write(by, zone.brand)
    record(verbs.SENDING_ENDED, by=by, on=zone, brand=zone.brand)
    zone.delete()


def may_write(by: Profile, brand: Profile) -> None:
    if not people.may_sell(by, brand):
        raise NotAllowed(_("Only owners and sellers of the brand can do this."))


def lock(brand: Profile) -> None:
    """One after the other: two tabs could give two zones the same country."""
    Profile.objects.select_for_update().get(pk=brand.pk)


def _write(zone: Zone, plan: Plan) -> None:
    name = text.tidy(plan.name)
    if not name or len(name) > 60:
        raise BadInput(_("A zone has a name of 1 to 60 letters."), field="name")
    countries = list(dict.fromkeys(plan.countries))
    _check_countries(zone, countries)
    _check_rates(plan.rates)
    zone.name = name
    zone.save()
    ZoneCountry.objects.filter(zone=zone).delete()
    ZoneCountry.objects.bulk_create(ZoneCountry(zone=zone, brand=zone.brand, country=code) for code in countries)
    Rate.objects.filter(zone=zone).delete()
    Rate.objects.bulk_create(
        Rate(
            zone=zone,
            words=text.tidy(row.words)[:100],
            up_to_grams=row.up_to_grams,
            amount=row.amount.minor,
            currency=row.amount.currency,
            free_from=row.free_from.minor if row.free_from else None,
        )
        for row in plan.rates
    )


def _check_countries(zone: Zone, countries: Sequence[str]) -> None:
    if not set(countries) <= set(CODES):
        raise BadInput(_("Choose from the list."), field="countries")
    others = Zone.objects.filter(brand=zone.brand).exclude(pk=zone.pk)
    if not countries:
        rest = others.exclude(pk__in=ZoneCountry.objects.values("zone")).first()
        if rest:
            said = _("%(zone)s is everywhere else already. Choose the countries of this one.") % {"zone": rest.name}
            raise BadInput(said, field="countries")
    taken = ZoneCountry.objects.filter(zone__in=others, country__in=countries).select_related("zone").first()
    if taken:
        words = {"country": name_of(taken.country), "zone": taken.zone.name}
        raise BadInput(_("%(country)s is in the zone %(zone)s already.") % words, field="countries")


def _check_rates(rates: Sequence[Row]) -> None:
    if not 0 < len(rates) <= MOST_RATES:
        raise BadInput(_("Give it one price at least, and twenty at most."), field="rates")
    for row in rates:
        if row.up_to_grams is not None and not 0 < row.up_to_grams <= HEAVIEST:
            raise BadInput(_("A weight is from 1 g to a thousand kilos."), field="rates")
        if row.amount.minor < 0 or (row.free_from and row.free_from.currency != row.amount.currency):
            raise BadInput(_("A price is a number, like 38 or 38.50."), field="rates")
    if len({row.up_to_grams for row in rates}) < len(rates):
        raise BadInput(_("Two prices are for the same weight."), field="rates")
