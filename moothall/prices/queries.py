"""Where brands send, how they tax, what a basket of their things costs, and what a voucher takes off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from moothall.catalog import queries as catalog
from moothall.catalog.models import REDUCED, STANDARD, ZERO, Product
from moothall.core import clock, hot
from moothall.core.countries import name_of
from moothall.core.weights import weight
from moothall.people.models import Profile

from . import costs
from .costs import Ask, Cost, Taxing, Thing
from .models import Rate, Tax, Terms, Voucher, VoucherUse, Zone, ZoneCountry

Viewer = Profile | None


@dataclass(slots=True)
class Sends:
    """A zone with its countries and its rates, the lightest first."""

    zone: Zone
    countries: list[str] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)

    @property
    def names(self) -> str:
        return ", ".join(name_of(code) for code in self.countries)


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody would buy of one brand."""

    brand: Profile
    things: Sequence[Thing]

    @property
    def grams(self) -> int:
        return sum(thing.grams * thing.quantity for thing in self.things)


def zones_of(brand: Profile) -> list[Sends]:
    """Where a brand sends, in its own order."""
    found = {zone.pk: Sends(zone) for zone in Zone.objects.filter(brand=brand).order_by("position", "pk")}
    for row in ZoneCountry.objects.filter(zone__in=found).order_by("pk"):
        found[row.zone_id].countries.append(row.country)
    for rate in Rate.objects.filter(zone__in=found):
        found[rate.zone_id].rates.append(rate)
    for one in found.values():
        one.rates.sort(key=_weight)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Taxed:
    """A country's rates as a brand has them, in hundredths of a percent."""

    country: str
    standard: int
    reduced: int | None = None

    @property
    def name(self) -> str:
        return name_of(self.country)


def taxes_of(brand: Profile) -> list[Taxed]:
    found: dict[str, dict[str, int]] = {}
    for tax in Tax.objects.filter(brand=brand).order_by("pk"):
        found.setdefault(tax.country, {})[tax.sort] = tax.rate
    return [Taxed(country, rates.get(STANDARD, 0), rates.get(REDUCED)) for country, rates in found.items()]


def tax_is_included(brand: Profile) -> bool:
    """Whether the brand's prices hold their tax."""
    return not Terms.objects.filter(brand=brand, tax_included=False).exists()


def with_tax(products: QuerySet[Product]) -> QuerySet[Product]:
    """Products that know how their prices are told, for `tax_told`, without a query more."""
    some = Tax.objects.filter(brand=OuterRef("brand"))
    without = Terms.objects.filter(brand=OuterRef("brand"), tax_included=False)
    return products.annotate(has_tax=Exists(some), without_tax=Exists(without))


@hot.read
def opened(viewer: Viewer, handle: str, slug: str) -> QuerySet[Product]:
    """The product at an address, in a list of one, if the viewer may open it; it knows how its price is told."""
    return with_tax(catalog.on_page(viewer)).filter(brand__handle=handle, slug=slug)


@hot.read
def opened_at_desk(viewer: Viewer, handle: str, slug: str) -> QuerySet[Product]:
    """The same, with the drafts of the viewer's own brands."""
    return with_tax(catalog.on_page(viewer, draft_too=True)).filter(brand__handle=handle, slug=slug)


def tax_told(product: Product) -> str:
    """Of one of `with_tax`: its price is "with" tax or "without", or nothing is said of it."""
    if product.tax == ZERO or not getattr(product, "has_tax", False):
        return ""
    return "without" if getattr(product, "without_tax", False) else "with"


def costs_of(parts: Sequence[Part], country: str, currency: str, voucher: Voucher | None = None) -> list[Cost]:
    """What each brand's part costs, sent to a country, less what a voucher takes off the things of its own brand. As
    many queries for one part as for many."""
    brands = [part.brand.pk for part in parts]
    zones = _zones(brands, country)
    rates = _rates(zone for zone in zones.values() if zone)
    taxes = _taxes(brands, country)
    without = set(_without_tax(brands))
    found = []
    for part in parts:
        ask, refusal = Ask(), ""
        if part.brand.pk in zones:
            zone = zones[part.brand.pk]
            ask, refusal = _asked(part, rates.get(zone.pk, []) if zone else [], country)
        found.append(
            costs.cost(
                part.things,
                currency=currency,
                ask=ask,
                discount=_discount(part, voucher),
                rates=taxes.get(part.brand.pk),
                included=part.brand.pk not in without,
                refusal=refusal,
            )
        )
    return found


def taxes_at(brand: Profile, country: str) -> tuple[Mapping[str, int] | None, bool]:
    """A brand's rates for a country by sort of tax, none where it says nothing; and whether its prices hold them."""
    return _taxes([brand.pk], country).get(brand.pk), brand.pk not in _without_tax([brand.pk])


def taxed(brand: Profile, country: str, sort: str) -> Taxing:
    """How a brand taxes things of a sort there today, and their sending."""
    rates, included = taxes_at(brand, country)
    return Taxing((rates or {}).get(sort, 0), (rates or {}).get(STANDARD, 0), included)


def _discount(part: Part, voucher: Voucher | None) -> int:
    if voucher is None or voucher.brand_id != part.brand.pk:
        return 0
    total = sum(thing.total for thing in part.things)
    return costs.discount_of(total, percent=voucher.percent, amount=voucher.amount)


def _zones(brands: Iterable[int], country: str) -> dict[int, Zone | None]:
    """The zone each brand sends to this country by: its own, else the first one for everywhere else, else none.
    Brands that have no zones at all are left out."""
    found: dict[int, Zone | None] = {}
    for zone in _zones_of(list(brands), country):
        if zone.here or (not zone.some and found.get(zone.brand_id) is None):
            found[zone.brand_id] = zone
        else:
            found.setdefault(zone.brand_id, None)
    return found


@hot.read
def _zones_of(brands: Sequence[int], country: str) -> QuerySet[Any]:  # a zone, and what is asked of it
    own = ZoneCountry.objects.filter(zone=OuterRef("pk"))
    rows = Zone.objects.filter(brand__in=brands)
    return rows.annotate(here=Exists(own.filter(country=country)), some=Exists(own)).order_by("position", "pk")


@hot.read
def _rates_of(zones: Sequence[int]) -> QuerySet[Rate]:
    return Rate.objects.filter(zone__in=zones)


@hot.read
def _taxes_of(brands: Sequence[int], country: str) -> QuerySet[Tax]:
    return Tax.objects.filter(brand__in=brands, country=country)


@hot.read
def _without_tax(brands: Sequence[int]) -> QuerySet[Terms, int]:
    return Terms.objects.filter(brand__in=brands, tax_included=False).values_list("brand", flat=True)


def _rates(zones: Iterable[Zone]) -> Mapping[int, list[Rate]]:
    found: dict[int, list[Rate]] = {}
    for rate in _rates_of([zone.pk for zone in zones]):
        found.setdefault(rate.zone_id, []).append(rate)
    return found


def _taxes(brands: Iterable[int], country: str) -> dict[int, dict[str, int]]:
    """The rate of each sort, for brands that say anything of this country."""
    found: dict[int, dict[str, int]] = {}
    for tax in _taxes_of(list(brands), country):
        found.setdefault(tax.brand_id, {})[tax.sort] = tax.rate
    for rates in found.values():
        rates.setdefault(REDUCED, rates.get(STANDARD, 0))
    return found


def _asked(part: Part, rates: Sequence[Rate], country: str) -> tuple[Ask, str]:
    """What is asked for sending, or why it is not sent."""
    rate = rate_for(rates, part.grams)
    if rate is not None:
        return Ask(rate.amount, rate.free_from, rate.words), ""
    words = {"brand": part.brand.name, "country": name_of(country)}
    if not rates:
        return Ask(), _("%(brand)s does not send to %(country)s.") % words
    words |= {"most": weight(max(rate.up_to_grams or 0 for rate in rates)), "weight": weight(part.grams)}
    said = _("%(brand)s sends parcels of up to %(most)s to %(country)s, and this one weighs %(weight)s.")
    return Ask(), said % words


def rate_for(rates: Iterable[Rate], grams: int) -> Rate | None:
    """The rate of the smallest weight that is enough; one without a weight is always enough, and comes last."""
    enough = (rate for rate in rates if rate.up_to_grams is None or rate.up_to_grams >= grams)
    return min(enough, key=_weight, default=None)


def _weight(rate: Rate) -> tuple[bool, int]:
    return rate.up_to_grams is None, rate.up_to_grams or 0


# ---- vouchers


def vouchers_of(brand: Profile) -> QuerySet[Voucher]:
    return Voucher.objects.filter(brand=brand).order_by("-pk")


def voucher_called(code: str) -> Voucher | None:
    """The hall's voucher of this code, however it is written."""
    return Voucher.objects.select_related("brand").filter(code=code.upper()).first() if code else None


def uses_of(voucher: Voucher) -> QuerySet[VoucherUse]:
    """What is held and what was used, the newest first."""
    return VoucherUse.objects.filter(voucher=voucher).exclude(state=VoucherUse.RELEASED).order_by("-pk")


def why_not(voucher: Voucher, viewer: Profile | None) -> str:
    """Why nobody, or not the viewer, may use it now; nothing where they may. What the viewer holds while paying is let
    go of before they pay anew, so it does not count."""
    words = {"code": voucher.code}
    if is_over(voucher):
        return _("The voucher %(code)s is over.") % words
    if voucher.begins > clock.now():
        return _("The voucher %(code)s does not count yet.") % words
    own = VoucherUse.objects.filter(voucher=voucher, buyer=viewer) if viewer else VoucherUse.objects.none()
    limit, used = voucher.limit, voucher.used
    if limit is not None and used >= limit and used - own.filter(state=VoucherUse.HELD).count() >= limit:
        return used_up(voucher)
    if voucher.each is not None and own.filter(state=VoucherUse.USED).count() >= voucher.each:
        return _("You have used the voucher %(code)s as often as one may.") % words
    return ""


def is_over(voucher: Voucher) -> bool:
    return bool(voucher.ended or (voucher.ends and voucher.ends <= clock.now()))


def used_up(voucher: Voucher) -> str:
    return _("The voucher %(code)s is used up.") % {"code": voucher.code}


def falls_short(voucher: Voucher, parts: Sequence[Part]) -> str:
    """What a basket lacks for the voucher to count; nothing where it counts."""
    words = {"code": voucher.code, "brand": voucher.brand.name, "amount": voucher.least}
    total = sum(thing.total for part in parts if part.brand.pk == voucher.brand_id for thing in part.things)
    if not total:
        return _("The voucher %(code)s is for things of %(brand)s, and there are none here.") % words
    if total < voucher.minimum:
        return _("The voucher %(code)s counts from %(amount)s of things of %(brand)s on.") % words
    return ""


def mail_print(email: str) -> str:
    """By which an address is counted without being kept; nobody without the hall's secret can try addresses on it."""
    return salted_hmac("a voucher's mail", email.lower(), algorithm="sha256").hexdigest()


def counted_as(use: VoucherUse) -> list[str]:
    """The names under which a use counts for its person, in their order: two ways round is a deadlock."""
    return [f"mail {use.mail}", f"person {use.buyer_id}"]
