"""Putting things into a basket and taking them out. Not recorded: a basket is private and is no deed yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from moothall.catalog.models import Variant
from moothall.core import clock, hot, text
from moothall.core.countries import CODES
from moothall.core.refusals import BadInput, Refusal
from moothall.people.models import PERSON, Profile
from moothall.prices import queries as prices

from ..models import Basket, BasketLine, OrderLine, Purchase
from ..queries import basket_of

MOST_LINES = 50
MOST_PIECES = 99


def basket_for(*, owner: Profile | None, token: str) -> Basket:
    """The basket of a person, or of a browser; made when first needed."""
    return basket_of(owner, token) or _made_for(owner, token)


@transaction.atomic
def _made_for(owner: Profile | None, token: str) -> Basket:
    if owner is not None and owner.sort == PERSON:
        return Basket.objects.get_or_create(owner=owner)[0]
    return Basket.objects.get_or_create(token=token)[0]


@transaction.atomic
def put(*, basket: Basket, variant: Variant, quantity: int = 1) -> BasketLine:
    """Put so many more of a variant in. Refuses what is sold out, more than 99 pieces, more than fifty lines."""
    if quantity < 1:
        raise BadInput(_("One at least."), field="quantity")
    _changed(basket, clock.now())  # another tab waits here
    line = next(iter(_line(basket, variant)), None)
    if line is None and len(_lines(basket)) >= MOST_LINES:
        raise Refusal(_("A basket holds fifty different things. Buy these first."))
    wanted = quantity + (line.quantity if line else 0)
    if variant.sold_out:
        raise Refusal(_("%(title)s is sold out.") % {"title": variant.product.title})
    if wanted > MOST_PIECES:
        raise Refusal(_("Ninety-nine of one thing are the most."), field="quantity")
    if line is None:
        line = BasketLine(basket=basket, variant=variant, quantity=wanted, price=variant.price)
        hot.add(line)
        return line
    line.quantity, line.price = wanted, variant.price
    line.save(update_fields=["quantity", "price"])
    return line


@hot.change
def _changed(basket: Basket, now: datetime) -> hot.Change:
    return Basket.objects.filter(pk=basket.pk), {"changed": now}


@hot.read
def _lines(basket: Basket) -> QuerySet[BasketLine, int]:
    return BasketLine.objects.filter(basket=basket).values_list("pk", flat=True)


@hot.read
def _line(basket: Basket, variant: Variant) -> QuerySet[BasketLine]:
    return BasketLine.objects.filter(basket=basket, variant=variant)


@transaction.atomic
def set_quantity(*, basket: Basket, variant: Variant, quantity: int) -> None:
    """So many of a variant from now on; none takes it out."""
    if not 0 <= quantity <= MOST_PIECES:
        raise BadInput(_("From 0 to 99."), field="quantity")
    line = BasketLine.objects.filter(basket=basket, variant=variant)
    if quantity:
        line.update(quantity=quantity, price=variant.price)
    else:
        line.delete()
    Basket.objects.filter(pk=basket.pk).update(changed=clock.now())


@transaction.atomic
def set_country(*, basket: Basket, country: str) -> None:
    """Where its things shall go. Refuses a country the hall does not know."""
    if country not in CODES:
        raise BadInput(_("Choose from the list."), field="country")
    Basket.objects.filter(pk=basket.pk).update(country=country, changed=clock.now())
    basket.country = country


@transaction.atomic
def set_code(*, basket: Basket, by: Profile | None, code: str) -> None:
    """Pay with this voucher; an empty code takes it out. Refuses one that nobody, or not this buyer, may use now; what
    the basket lacks for it to count is said where it is shown."""
    voucher = prices.voucher_called(text.tidy(code)[:30])
    if code.strip() and voucher is None:
        raise BadInput(_("There is no voucher of this name."), field="code")
    why = prices.why_not(voucher, by) if voucher else ""
    if why:
        raise Refusal(why, field="code")
    Basket.objects.filter(pk=basket.pk).update(code=voucher.code if voucher else "", changed=clock.now())
    basket.code = voucher.code if voucher else ""


@transaction.atomic
def adopt_basket(*, owner: Profile, token: str) -> None:
    """Who signs in keeps what was in the browser's basket: the larger quantity of each thing."""
    found = Basket.objects.filter(token=token).first()
    if found is None:
        return
    own = basket_for(owner=owner, token="")
    Basket.objects.filter(pk=own.pk).update(changed=clock.now())  # another tab waits here
    for line in BasketLine.objects.filter(basket=found).order_by("variant_id"):
        mine = BasketLine.objects.filter(basket=own, variant=line.variant_id)
        if not mine.filter(quantity__gte=line.quantity).exists():
            mine.delete()
            BasketLine.objects.filter(pk=line.pk).update(basket=own)
    BasketLine.objects.filter(basket=found).delete()
    if found.country:  # said last
        Basket.objects.filter(pk=own.pk).update(country=found.country)
    if found.code:
        Basket.objects.filter(pk=own.pk).update(code=found.code)
    Purchase.objects.filter(basket=found).update(basket=own)  # what is being paid leaves the basket it is in now
    found.delete()


@hot.change
def _take_out(basket: int, variant: int, quantity: int) -> hot.Change:
    more = BasketLine.objects.filter(basket=basket, variant=variant, quantity__gt=quantity)
    return more, {"quantity": F("quantity") - quantity}


def empty_of(purchase: Purchase, lines: Iterable[OrderLine]) -> None:
    """Only what was bought leaves the basket, and its voucher: what was added in another tab while paying stays."""
    used = set()
    for line in lines:
        if purchase.basket_id and line.variant_id:
            rows = BasketLine.objects.filter(basket=purchase.basket_id, variant=line.variant_id)
            # The condition stands in the delete: what another tab added in this very moment is more than was bought.
            if not rows.filter(quantity__lte=line.quantity).delete()[0]:
                _take_out(purchase.basket_id, line.variant_id, line.quantity)
        used.add(line.order.voucher)
    if purchase.basket_id and used - {""}:
        Basket.objects.filter(pk=purchase.basket_id, code__in=used).update(code="")
