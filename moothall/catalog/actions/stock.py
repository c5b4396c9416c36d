"""The only writers of stock. Each takes by one conditional UPDATE, which is right on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from moothall.core import clock, hot
from moothall.core.refusals import Refusal

from ..models import CONCEPT, PUBLISHED, Hold, Variant

SOLD_IN = (PUBLISHED, CONCEPT)  # a concept comes into no basket: it is held for who pledged alone

Owner = tuple[str, int]  # kind and id


class SoldOut(Refusal):
    """There are not that many left."""


def hold(*, wanted: dict[int, int], owner_kind: str, owner_id: int) -> None:
    """Hold so many of each variant id for an owner, or refuse and hold nothing (the caller's transaction rolls back).

    In the order of ids, or two baskets with the same things the other way round deadlock."""
    for variant_id in sorted(wanted):
        quantity = wanted[variant_id]
        taken = _take(variant_id, quantity)
        sellable = _is_tracked(variant_id)
        if not sellable or (sellable[0] and not taken):
            raise _sold_out(variant_id)
        hot.add(
            Hold(
                variant_id=variant_id,
                quantity=quantity,
                tracked=bool(taken),
                owner_kind=owner_kind,
                owner_id=owner_id,
                at=clock.now(),
            )
        )


@hot.change
def _take(variant: int, quantity: int) -> hot.Change:
    enough = Variant.objects.filter(pk=variant, gone=None, tracked=True, available__gte=quantity)
    return enough, {"available": F("available") - quantity, "held": F("held") + quantity}


@hot.read
def _is_tracked(variant: int) -> QuerySet[Variant, bool]:
    """Of a variant that is sold, whether its stock is counted; else nothing."""
    sold = Variant.objects.filter(pk=variant, gone=None, product__state__in=SOLD_IN)
    return sold.values_list("tracked", flat=True)


def _sold_out(variant_id: int) -> SoldOut:
    row = Variant.objects.select_related("product").get(pk=variant_id)
    if row.gone or row.product.state not in SOLD_IN:
        return SoldOut(_("%(title)s is no longer sold. Take it out of the basket.") % {"title": row.product.title})
    if row.available:
        sentence = _("Only %(left)s of %(title)s are left.") % {"left": row.available, "title": row.product.title}
    else:
        sentence = _("%(title)s is sold out.") % {"title": row.product.title}
    return SoldOut(sentence)


def sell(*, owner_kind: str, owner_id: int) -> None:
    """What was held for this owner is sold."""
    for row in _end(owner_kind, owner_id, Hold.SOLD):
        _count_sold(row.variant_id, row.quantity)


@hot.change
def _count_sold(variant: int, quantity: int) -> hot.Change:
    return Variant.objects.filter(pk=variant), {"held": F("held") - quantity, "sold": F("sold") + quantity}


def release(*, owner_kind: str, owner_id: int) -> None:
    """What was held for this owner can be bought by others again."""
    for row in _end(owner_kind, owner_id, Hold.RELEASED):
        Variant.objects.filter(pk=row.variant_id).update(
            held=F("held") - row.quantity, available=F("available") + row.quantity
        )


def hand_over(*, owner: Owner, to: Owner) -> bool:
    """What is held for one owner is held for another from now on: no piece of it comes to the shelf between, and it is
    not asked whether it is still sold. Says whether there was anything."""
    found = [row for row in _held(*owner) if _end_one(row, Hold.RELEASED)]
    for row in found:
        had = Hold.objects.filter(owner_kind=to[0], owner_id=to[1], variant_id=row.variant_id, state=Hold.RELEASED)
        as_held = {"quantity": row.quantity, "tracked": row.tracked, "state": Hold.HELD, "at": clock.now()}
        if not had.update(**as_held):
            hot.add(Hold(variant_id=row.variant_id, owner_kind=to[0], owner_id=to[1], **as_held))
    return bool(found)


def _end(owner_kind: str, owner_id: int, state: str) -> Iterable[Hold]:
    """End each hold that is still held, once, and give those whose stock is counted."""
    for row in _held(owner_kind, owner_id):
        if _end_one(row, state) and row.tracked:
            yield row


@hot.change
def _end_one(hold: Hold, state: str) -> hot.Change:
    return Hold.objects.filter(pk=hold.pk, state=Hold.HELD), {"state": state}


@hot.read
def _held(owner_kind: str, owner: int) -> QuerySet[Hold]:
    return Hold.objects.filter(owner_kind=owner_kind, owner_id=owner, state=Hold.HELD).order_by("variant_id")


def take_back(*, variant_id: int, quantity: int) -> None:
    """Sold pieces that came back can be sold again. Of an untracked variant, or one sold before it was tracked,
    nothing is counted."""
    Variant.objects.filter(pk=variant_id, tracked=True, sold__gte=quantity).update(
        sold=F("sold") - quantity, available=F("available") + quantity
    )


def receive(*, variant_id: int, quantity: int) -> None:
    """More came in."""
    Variant.objects.filter(pk=variant_id).update(
        tracked=True, received=F("received") + quantity, available=F("available") + quantity
    )


def write_off(*, variant_id: int, quantity: int) -> int:
    """Pieces are gone for good; at most what is available. Says how many."""
    row = Variant.objects.select_for_update().get(pk=variant_id)
    quantity = min(quantity, row.available)
    taken = Variant.objects.filter(pk=variant_id, available__gte=quantity).update(
        tracked=True, available=F("available") - quantity, written_off=F("written_off") + quantity
    )
    return quantity if taken else 0
