"""Tax by country and sort, in the prices or on top of them, and given back with its line to the last penny."""

import pytest

from moothall.catalog import actions as catalog
from moothall.catalog.exporting import export_shopify
from moothall.catalog.models import Product
from moothall.config.invariants import offenders
from moothall.core import work
from moothall.core.refusals import BadInput, NotAllowed
from moothall.orders import actions as orders
from moothall.orders.models import Order, Refund
from moothall.prices import actions
from moothall.prices.queries import Taxed, tax_is_included, taxes_of
from tests.town import Town, acts, lines_of, sends

RATES = [Taxed("GB", 2000, 500), Taxed("FR", 2000)]


def bought(town: Town, *, included: bool, price: str = "9.99", quantity: int = 3, sort: str = "standard") -> Order:
    actions.set_taxes(by=town.mira, brand=town.brand, included=included, rates=RATES)
    variant = town.variant(price=price)
    Product.objects.filter(pk=variant.product_id).update(tax=sort)
    return town.bought(town.ana, {variant: quantity})


@pytest.mark.parametrize(
    ("sort", "included", "line"),
    [
        ("standard", True, (2000, 500, 2997)),
        ("standard", False, (2000, 599, 3596)),
        ("reduced", True, (500, 143, 2997)),
        ("zero", False, (0, 0, 2997)),
    ],
)
def test_a_line_keeps_its_rate_its_tax_and_what_is_charged(
    town: Town, sort: str, included: bool, line: tuple[int, int, int]
) -> None:
    order = bought(town, included=included, sort=sort)
    row = lines_of(order)[0]
    assert (row.tax_rate, row.tax, row.amount) == line
    assert (order.tax_included, order.total) == (included, line[2])
    actions.set_taxes(by=town.mira, brand=town.brand, included=True, rates=[])
    assert lines_of(order)[0].tax_rate == line[0]
    assert offenders() == {}


def test_sending_is_taxed_by_the_standard_rate(town: Town) -> None:
    sends(town.brand, "6")
    order = bought(town, included=True, sort="zero")
    assert [(line.tax_rate, line.tax) for line in lines_of(order)] == [(0, 0), (2000, 100)]
    assert offenders() == {}


@pytest.mark.parametrize("included", [True, False])
def test_pieces_given_back_one_by_one_bring_exactly_the_whole(town: Town, included: bool) -> None:
    order = bought(town, included=included, price="3.33", quantity=7)
    for _ in range(7):
        orders.refund(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1})
    given = list(Refund.objects.values_list("amount", flat=True))
    assert sum(given) == order.total
    assert max(given) - min(given) <= 1
    assert offenders() == {}


def test_what_is_set_is_recorded_and_read_again(town: Town) -> None:
    assert (taxes_of(town.brand), tax_is_included(town.brand)) == ([], True)
    actions.set_taxes(by=town.mira, brand=town.brand, included=False, rates=RATES)
    assert (taxes_of(town.brand), tax_is_included(town.brand)) == (RATES, False)
    act = acts("tax.set")[0]
    assert (act.actor, act.hand, act.data) == (town.brand, town.mira, {})


@pytest.mark.parametrize(
    "rates", [[Taxed("XX", 1)], [Taxed("GB", 10_001)], [Taxed("GB", 1, 10_001)], [Taxed("GB", 1), Taxed("GB", 2)]]
)
def test_what_cannot_be_is_refused(town: Town, rates: list[Taxed]) -> None:
    with pytest.raises(BadInput):
        actions.set_taxes(by=town.mira, brand=town.brand, included=True, rates=rates)
    assert not acts("tax.set")


def test_strangers_set_nothing(town: Town) -> None:
    for by in (town.noor, town.ana, town.brand):
        with pytest.raises(NotAllowed):
            actions.set_taxes(by=by, brand=town.brand, included=False, rates=RATES)
    assert taxes_of(town.brand) == []


# ---- the column of an import


def brought(town: Town, *rows: str) -> Product:
    head = "Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Taxable"
    body = "\r\n".join([head, *rows]) + "\r\n"
    catalog.begin_import(by=town.mira, brand=town.brand, name="books.csv", body=body.encode())
    work.do_due()
    return Product.objects.get(handle="book")


def exported(town: Town) -> list[str]:
    lines = "".join(export_shopify(Product.objects.filter(brand=town.brand))).splitlines()
    place = lines[0].split(",").index("Variant Taxable")
    return [line.split(",")[place] for line in lines[1:]]


def test_what_a_file_calls_untaxed_is_untaxed_here_and_goes_out_so(town: Town) -> None:
    assert brought(town, "book,Book,Cover,Hard,9,false", "book,Book,Cover,Soft,7,FALSE").tax == "zero"
    assert exported(town) == ["false", "FALSE"]
    assert brought(town, "book,Book,Cover,Hard,9,false", "book,Book,Cover,Soft,7,true").tax == "standard"
    assert exported(town) == ["false", "true"]


def test_a_product_taxed_otherwise_since_goes_out_as_it_is(town: Town) -> None:
    product = brought(town, "book,Book,Cover,Hard,9,true", "book,Book,Cover,Soft,7,")
    assert (product.tax, exported(town)) == ("standard", ["true", ""])
    Product.objects.update(tax="zero")
    assert exported(town) == ["false", "false"]
    Product.objects.update(tax="reduced")
    assert exported(town) == ["true", ""]
