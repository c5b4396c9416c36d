"""How many things of each type, brand and price there are among those that the viewer may see."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from moothall.core import hot
from moothall.core.hall import hall
from moothall.core.money import precision
from moothall.people import queries as people
from moothall.people.models import Profile

from .fresh import LONGEST
from .models import Product
from .queries import PRICES, Viewer, visible_to

TOP, ALL = 8, 200  # choices shown of a facet, and shown if one asks for all
MOST = 500  # counts kept in a process
TYPE, BRAND, PRICE = "type", "brand", "price"
T = TypeVar("T", int, str)
NONE = "none"  # of a price that is no price


@dataclass(frozen=True, slots=True)
class Fact:
    """How many things are of one type, one brand (its id) and one of PRICES; of what was found, the one thing."""

    type: str
    brand: int
    price: str
    number: int = 1
    id: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The choices with the most things first; `rest` says how many more there are than are shown."""

    name: str
    choices: list[Choice]
    rest: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    facets: list[Facet]
    number: int  # of things that fit all that was chosen
    ids: list[int]  # of these, in the order they were found in; empty where nothing was looked for
    brand: str  # the name of the chosen one
    names: Mapping[int, tuple[str, str]] = field(default_factory=dict)  # handle and name of each brand that is offered
    key: tuple[object, ...] = ()  # where all see it alike: what is made of it may be kept under this


def facts(viewer: Viewer) -> list[Fact]:
    """Of all there is, in one query: rows are as many as there are different combinations."""
    rows = visible_to(viewer).order_by().annotate(span=_span()).values_list("type", "brand", "span")
    spans = [*PRICES, NONE]
    return [Fact(type, brand, spans[span], number) for type, brand, span, number in rows.annotate(n=Count("pk"))]


def facts_of(viewer: Viewer, ids: Sequence[int]) -> list[Fact]:
    """Of what was found, in its order."""
    spans = [*PRICES, NONE]
    rows = visible_to(viewer).filter(pk__in=ids).annotate(span=_span()).values_list("pk", "type", "brand", "span")
    found = {pk: Fact(type, brand, spans[span], 1, pk) for pk, type, brand, span in rows}
    return [found[id] for id in ids if id in found]


@hot.read
def _last_touch() -> QuerySet[Product, datetime]:
    return Product.objects.order_by("-touched").values_list("touched", flat=True)[:1]


_kept: dict[tuple[str, ...], tuple[list[datetime], float, Narrowed]] = {}


def of_all(viewer: Viewer, asked: Mapping[str, str], every: str = "") -> Narrowed:
    """Of all there is, what `narrow` gives. Whom no block parts from anybody sees what all see: that is counted once in
    a process, and anew when a product was touched. What no touch tells of (a change that was written while others
    read) is told ten seconds later at most; what stands in the list is asked each time."""
    if people.is_parted(viewer):
        return narrow(viewer, facts(viewer), asked, every)
    key = (asked[TYPE], asked[BRAND], asked[PRICE], every if every in (TYPE, BRAND) else "")
    touch, now = _last_touch(), time.monotonic()
    found = _kept.get(key)
    if found is None or found[0] != touch or now - found[1] > LONGEST or _are_named_anew(found[2]):
        counted = narrow(None, facts(None), asked, every)
        found = touch, now, replace(counted, key=(*key, now))
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = found
    return found[2]


def _are_named_anew(known: Narrowed) -> bool:
    """Whether one of its brands has another name by now, or is here no more."""
    return {pk: (handle, name) for pk, handle, name in _named(list(known.names))} != known.names


@hot.read
def _named(ids: Sequence[int]) -> QuerySet[Profile, tuple[int, str | None, str]]:
    return people.brands(None).filter(pk__in=ids).values_list(*_NAMES)


def narrow(viewer: Viewer, rows: Sequence[Fact], asked: Mapping[str, str], every: str = "") -> Narrowed:
    """Count what each choice would leave: a facet is counted under what is chosen of the others. Of the facet `every`
    all choices are given."""
    chosen = {name: asked[name] for name in (TYPE, PRICE) if asked[name] and (name == TYPE or asked[name] in PRICES)}
    brands = _counted((row.brand, row.number) for row in rows if _fits(row, chosen))
    shown = brands[: ALL if every == BRAND else TOP]
    wanted = Q(pk__in=[id for id, _number in shown]) | Q(handle=asked[BRAND] or None)
    names = {pk: (handle, name) for pk, handle, name in people.brands(viewer).filter(wanted).values_list(*_NAMES)}
    own = next((pk for pk, (handle, _name) in names.items() if handle == asked[BRAND]), 0)
    if own and own not in dict(shown):
        shown = [*shown, (own, dict(brands).get(own, 0))]
    of_brand = [row for row in rows if not asked[BRAND] or row.brand == own]
    left = [row for row in of_brand if _fits(row, chosen)]
    facets = [
        _types(of_brand, chosen, every),
        Facet(BRAND, [Choice(*names[id], number) for id, number in shown if id in names], len(brands) - len(shown)),
        _prices(of_brand, chosen),
    ]
    name = names[own][1] if own else ""
    return Narrowed(facets, sum(row.number for row in left), [row.id for row in left if row.id], name, names)


_NAMES = ("pk", "handle", "name")


def _types(rows: Iterable[Fact], chosen: Mapping[str, str], every: str) -> Facet:
    others = {name: value for name, value in chosen.items() if name != TYPE}
    types = _counted((row.type, row.number) for row in rows if row.type and _fits(row, others))
    shown = types[: ALL if every == TYPE else TOP]
    own = chosen.get(TYPE)
    if own in dict(types) and own not in dict(shown):
        shown = [*shown, (own, dict(types)[own])]
    return Facet(TYPE, [Choice(type, type, number) for type, number in shown], len(types) - len(shown))


def _prices(rows: Iterable[Fact], chosen: Mapping[str, str]) -> Facet:
    others = {name: value for name, value in chosen.items() if name != PRICE}
    numbers = dict(_counted((row.price, row.number) for row in rows if _fits(row, others)))
    return Facet(PRICE, [Choice(span, "", numbers[span]) for span in PRICES if span in numbers], 0)


def _fits(row: Fact, chosen: Mapping[str, str]) -> bool:
    return all((row.type if name == TYPE else row.price) == value for name, value in chosen.items())


def _counted(rows: Iterable[tuple[T, int]]) -> list[tuple[T, int]]:
    numbers: Counter[T] = Counter()
    for value, number in rows:
        numbers[value] += number
    return sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))


def _span() -> Case:
    """The place of a price among PRICES."""
    unit = 10 ** precision(hall().currency)
    whens = [
        When(lowest__gte=low * unit, lowest__lt=high * unit, then=Value(n))
        for n, (low, high) in enumerate(PRICES.values())
    ]
    return Case(*whens, default=Value(len(PRICES)), output_field=IntegerField())
