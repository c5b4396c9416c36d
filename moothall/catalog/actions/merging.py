"""Entries of a file brought into the catalog: unknown ones are made, known ones changed where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock
from moothall.people.models import Profile

from .. import verbs
from ..completing import complete
from ..exporting import Kept, address_of, entry_of, kept_of, values_of
from ..models import ARCHIVED, CONCEPT, PUBLISHED, STANDARD, ZERO, Option, Product, ProductPicture, Variant
from ..shopify import SHOPIFY, STATUS, TRACKER, USUAL_CELLS, USUAL_MORE, Entry, Kind, Picture
from . import stock
from .making import add_options, add_pictures, add_variants, clean, columns_of, make_all, triple, variant_columns
from .products import publish, touch, withdraw

ADDED, CHANGED, SAME = "added", "changed", "same"
_COUNTED_BY = (TRACKER, SHOPIFY)
_Wanted = list[tuple[Product, Picture, int | None]]


@dataclass(slots=True)
class Came:
    """What came of an entry, and what there is to say of it."""

    result: str
    remarks: list[str] = field(default_factory=list)


def merge(*, by: Profile, brand: Profile, entries: Sequence[Entry]) -> list[Came]:
    """Entries of different handles, all of one brand. What came of each, in their order."""
    known = _known(brand, entries)
    make_all(by=by, brand=brand, entries=[entry for entry in entries if entry.handle not in known])
    return [
        _change(by, brand, known[entry.handle], entry) if entry.handle in known else Came(ADDED) for entry in entries
    ]


def _known(brand: Profile, entries: Sequence[Entry]) -> dict[str, Kept]:
    """Products by the handle they were imported under, else, if made here, by their slug."""
    handles = [entry.handle for entry in entries]
    ours = Product.objects.filter(Q(handle__in=handles) | Q(handle="", slug__in=handles), brand=brand)
    found = list(ours.exclude(state=CONCEPT).select_for_update().order_by("id"))
    # In the order of ids, as a hold takes them: two ways round is a deadlock.
    list(Variant.objects.select_for_update().filter(product__in=found).order_by("pk"))
    # What was made here comes first, so that one imported under the same name stands above it.
    found.sort(key=lambda product: bool(product.handle))
    by_handle = {product.handle or product.slug: product for product in found}
    return {kept.product.handle or kept.product.slug: kept for kept in kept_of(list(by_handle.values()))}


def _change(by: Profile, brand: Profile, kept: Kept, entry: Entry) -> Came:
    product, old, came = kept.product, entry_of(kept), Came(SAME)
    complete(entry, old)
    ours = {triple(kind.values): kind for kind in old.kinds}
    changed = _change_words(product, old, entry)
    changed |= _change_kinds(kept, old, entry)
    changed |= _change_tax(product, entry)
    changed |= _change_pictures(kept, entry)
    moved = _change_stock(kept, entry, ours, came)
    if changed:
        record(verbs.CHANGED, by=by, on=product, brand=brand)
    if moved:
        record(verbs.STOCKED, by=by, on=product, brand=brand)
    if changed or moved:
        touch(product)
    if _change_state(by, product, entry.state) or changed or moved:
        came.result = CHANGED
    return came


def _change_words(product: Product, old: Entry, new: Entry) -> bool:
    if _words(old) == _words(new) and old.body == new.body:
        return False
    for name, value in columns_of(new).items():
        setattr(product, name, value)
    if old.body != new.body:
        product.body, product.source_body = clean(new.body), new.body
    product.save(update_fields=[*columns_of(new), "body", "source_body"])
    return True


def _words(entry: Entry) -> list[object]:
    """What makes two entries different. The state is compared for itself, however the file says it."""
    cells = {name: cell for name, cell in (USUAL_CELLS | entry.cells).items() if name not in ("Published", STATUS)}
    return [entry.title, entry.vendor, entry.type, entry.tags, cells, entry.rows]


def _change_tax(product: Product, entry: Entry) -> bool:
    """Not taxed if the file says so of all its variants; of what is taxed the file does not know how much."""
    if entry.taxable is None or entry.taxable != (product.tax == ZERO):
        return False
    product.tax = STANDARD if entry.taxable else ZERO
    product.save(update_fields=["tax"])
    return True


def _change_kinds(kept: Kept, old: Entry, new: Entry) -> bool:
    """Variants that another import brought and this file no longer has are taken off sale; orders keep theirs."""
    product, now = kept.product, clock.now()
    others = old.options != new.options
    if others:
        Option.objects.filter(product=product).delete()
        add_options([(product, new)])
    wanted = {triple(kind.values): (n, kind) for n, kind in enumerate(new.kinds, 1)}
    gone = [row for row in kept.variants if values_of(row) not in wanted and (others or row.more)]
    if gone:
        Variant.objects.filter(pk__in=[row.pk for row in gone]).update(gone=now)
    there = {values_of(row): row for row in kept.variants if row not in gone}
    differing = [row for row in there.values() if values_of(row) in wanted and _set(row, *wanted[values_of(row)])]
    if differing:
        # The counts are left to the stock actions: somebody may be buying at this moment.
        Variant.objects.bulk_update(differing, list(variant_columns(new.kinds[0], 1)))
    added = add_variants([(product, n, kind) for values, (n, kind) in wanted.items() if values not in there])
    kept.variants = sorted([*there.values(), *added], key=lambda row: row.position)
    return bool(others or gone or differing or added)


def _set(row: Variant, position: int, kind: Kind) -> bool:
    """Give the variant what the file says of it; whether that is anything new."""
    columns = variant_columns(kind, position)
    differs = any(getattr(row, name) != value for name, value in columns.items() if name != "more")
    differs |= USUAL_MORE | _spoken(row.more) != USUAL_MORE | _spoken(kind.more)
    if differs:
        for name, value in columns.items():
            setattr(row, name, value)
    return differs


def _spoken(more: dict[str, str]) -> dict[str, str]:
    """What the cells say beyond what goes without saying."""
    return {name: cell for name, cell in more.items() if (cell or name in USUAL_MORE) and (name, cell) != _COUNTED_BY}


def _change_pictures(kept: Kept, entry: Entry) -> bool:
    """Pictures are known by their address and fetched once; those that were put up here stay."""
    there = {address_of(row): row for row in kept.pictures}
    variants = {values_of(row): row.pk for row in kept.variants}
    added: _Wanted = []
    moved: list[ProductPicture] = []
    for picture in entry.pictures:
        variant = None if picture.values is None else variants.get(triple(picture.values))
        row = there.get(picture.source)
        if row is None:
            added.append((kept.product, picture, variant))
        elif (row.position, row.alt, row.variant_id) != (picture.position, picture.alt, variant):
            row.position, row.alt, row.variant_id = picture.position, picture.alt, variant
            moved.append(row)
    sources = {picture.source for picture in entry.pictures}
    gone = [row.pk for row in kept.pictures if row.source and row.source not in sources]
    if gone:
        ProductPicture.objects.filter(pk__in=gone).delete()
    if moved:
        ProductPicture.objects.bulk_update(moved, ["position", "alt", "variant"])
    if added:
        add_pictures(added)
    return bool(gone or moved or added)


def _change_stock(kept: Kept, entry: Entry, ours: dict[tuple[str, str, str], Kind], came: Came) -> bool:
    rows = {values_of(row): row for row in kept.variants}
    known = [kind for kind in entry.kinds if triple(kind.values) in ours]
    moved = [_move(rows[triple(kind.values)], kind, came) for kind in known]
    return any(moved)


def _move(row: Variant, kind: Kind, came: Came) -> bool:
    """Move the stock by what changed in the file since it was last imported; what was sold here stays sold."""
    same = Variant.objects.filter(pk=row.pk, imported=row.imported)
    if not kind.tracked or kind.quantity is None:
        differs = row.tracked != kind.tracked
        return differs and bool(same.update(tracked=kind.tracked, imported=row.imported if kind.tracked else None))
    before = row.available if row.imported is None else row.imported
    if row.tracked and before == kind.quantity:
        return False
    # Conditional, so that of two runs at the same time one moves it.
    if not same.update(tracked=True, imported=kind.quantity):
        return False
    if kind.quantity > before:
        stock.receive(variant_id=row.pk, quantity=kind.quantity - before)
    elif kind.quantity < before:
        less = before - kind.quantity
        taken = stock.write_off(variant_id=row.pk, quantity=less)
        if taken < less:
            said = _("Only %(taken)s of %(less)s could be taken off; the others are sold or held.")
            came.remarks.append(said % {"taken": taken, "less": less})
    return True


def _change_state(by: Profile, product: Product, state: str) -> bool:
    if product.state == state:
        return False
    if state == PUBLISHED:
        publish(by=by, product=product)
    else:
        withdraw(by=by, product=product)
        if state == ARCHIVED or product.state == ARCHIVED:
            Product.objects.filter(pk=product.pk).update(state=state, touched=clock.now())
    return True
