"""Where a brand sends and what that costs: by country and weight, free from a sum on, or not at all."""

from collections.abc import Callable

import pytest

from moothall.activity.models import Act
from moothall.catalog.models import Variant
from moothall.config.invariants import offenders
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.orders import queries as orders
from moothall.orders.actions import place_order
from moothall.orders.models import Purchase
from moothall.people.models import Profile
from moothall.prices import actions, queries
from moothall.prices.actions import Plan, Row
from moothall.prices.models import Rate, Zone, ZoneCountry
from tests.town import NOBODY, Town, acts, lines_of, money, orders_of, take_in

HOME = Plan("Home", ["GB"], [Row(money("4.50"), 2000, money("50")), Row(money("7"), 10_000)])
EUROPE = Plan("Europe", ["FR", "DE"], [Row(money("14"))])
REST = Plan("The world", [], [Row(money("29"), 2000, words="Air mail")])


def zones(town: Town, *plans: Plan) -> list[Zone]:
    return [actions.make_zone(by=town.mira, brand=town.brand, plan=plan) for plan in plans]


def asked(town: Town, country: str, *, grams: int = 0, price: str = "10", quantity: int = 1) -> tuple[object, str]:
    """What sending one thing costs, and why it is not sent."""
    variant = town.variant(price=price)
    Variant.objects.filter(pk=variant.pk).update(grams=grams)
    filled = orders.filled(town.ana, town.basket_of(town.ana, {variant: quantity}), country)
    return filled.parcels[0].shipping.minor, filled.parcels[0].cost.refusal


def test_without_a_zone_sending_is_free_everywhere(town: Town) -> None:
    assert asked(town, "US", grams=90_000) == (0, "")


def test_by_country_and_weight(town: Town) -> None:
    zones(town, HOME, EUROPE, REST)
    assert [asked(town, country, grams=1500)[0] for country in ("GB", "FR", "US")] == [450, 1400, 2900]
    assert asked(town, "GB", grams=2000) == (450, "")
    assert asked(town, "GB", grams=2001) == (700, "")
    assert asked(town, "GB", grams=501, quantity=4)[0] == 700


def test_free_from_a_sum_on(town: Town) -> None:
    zones(town, HOME)
    assert [asked(town, "GB", price=price)[0] for price in ("49.99", "50")] == [450, 0]
    assert asked(town, "GB", price="50", grams=3000)[0] == 700


def test_where_it_is_not_sent_brand_and_country_are_named(town: Town) -> None:
    zones(town, HOME, EUROPE)
    assert asked(town, "US") == (0, "Tidewater Kitchen does not send to United States.")
    heavy = "Tidewater Kitchen sends parcels of up to 10 kg to United Kingdom, and this one weighs 10.5 kg."
    assert asked(town, "GB", grams=10_500) == (0, heavy)


def test_nobody_pays_for_what_is_not_sent(town: Town) -> None:
    zones(town, EUROPE)
    basket = town.basket_of(town.ana, {town.variant(): 1})
    with pytest.raises(Refusal, match="does not send to United Kingdom") as said:
        place_order(by=town.ana, basket=basket, contact=town.contact(), telling=NOBODY, key="k")
    assert said.value.field == "country"
    assert not Purchase.objects.exists()


def test_the_agreed_price_stays(town: Town) -> None:
    home, *_others = zones(town, HOME)
    order = orders_of(town.placed(town.ana, {town.variant(price="10"): 2}))[0]
    actions.change_zone(by=town.mira, zone=home, plan=Plan("Home", ["GB"], [Row(money("99"))]))
    actions.remove_zone(by=town.mira, zone=home)
    assert [(line.title, line.price, line.amount) for line in lines_of(order)] == [
        ("Lidded pot", 1000, 2000), ("Sending", 450, 450)
    ]  # fmt: skip
    assert order.total == 2450
    assert offenders() == {}


def test_zones_are_recorded_and_shown_in_their_order(town: Town) -> None:
    home, europe = zones(town, HOME, EUROPE)
    found = queries.zones_of(town.brand)
    assert [(one.zone, one.names) for one in found] == [(home, "United Kingdom"), (europe, "France, Germany")]
    assert [rate.up_to_grams for rate in found[0].rates] == [2000, 10_000]
    act = acts("sending.set")[0]
    assert (act.actor, act.hand, act.subject_kind, act.subject_id, act.data) == (
        town.brand, town.mira, "zone", home.pk, {}
    )  # fmt: skip
    actions.remove_zone(by=town.mira, zone=europe)
    assert len(acts("sending.ended")) == 1
    assert (Zone.objects.count(), ZoneCountry.objects.count(), Rate.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (Plan(" ", ["US"], [Row(money("1"))]), "name"),
        (Plan("x" * 61, ["US"], [Row(money("1"))]), "name"),
        (Plan("Far", ["XX"], [Row(money("1"))]), "countries"),
        (Plan("Far", ["US", "FR"], [Row(money("1"))]), "countries"),
        (Plan("Far", [], [Row(money("1"))]), "countries"),
        (Plan("Far", ["US"], []), "rates"),
        (Plan("Far", ["US"], [Row(money("1"), n + 1) for n in range(21)]), "rates"),
        (Plan("Far", ["US"], [Row(money("1"), 500), Row(money("2"), 500)]), "rates"),
        (Plan("Far", ["US"], [Row(money("1")), Row(money("2"))]), "rates"),
        (Plan("Far", ["US"], [Row(money("1"), 0)]), "rates"),
        (Plan("Far", ["US"], [Row(money("1"), 1_000_001)]), "rates"),
    ],
)
def test_what_cannot_be_a_zone_is_refused_beside_its_field(town: Town, plan: Plan, field: str) -> None:
    home, europe, rest = zones(town, HOME, EUROPE, REST)
    before = Act.objects.count()
    for doing in (
        lambda: actions.make_zone(by=town.mira, brand=town.brand, plan=plan),
        lambda: actions.change_zone(by=town.mira, zone=home, plan=plan),
    ):
        with pytest.raises(BadInput) as said:
            doing()
        assert said.value.field == field
    assert [one.zone for one in queries.zones_of(town.brand)] == [home, europe, rest]
    assert queries.zones_of(town.brand)[0].countries == ["GB"]
    assert Act.objects.count() == before


def test_a_zone_may_keep_its_own_countries(town: Town) -> None:
    home, _europe, rest = zones(town, HOME, EUROPE, REST)
    actions.change_zone(by=town.mira, zone=home, plan=Plan("Isles", ["IE", "GB"], HOME.rates))
    actions.change_zone(by=town.mira, zone=rest, plan=REST)
    assert [one.names for one in queries.zones_of(town.brand)] == ["Ireland, United Kingdom", "France, Germany", ""]


def test_another_brand_may_send_to_the_same_country(town: Town) -> None:
    zones(town, HOME)
    wool = town.another_brand()
    ola = Profile.objects.get(handle="ola")
    actions.make_zone(by=ola, brand=wool, plan=HOME)
    assert offenders() == {}


@pytest.mark.parametrize("role", ["", "agent", "maker", "marketer"])
def test_strangers_set_nothing(town: Town, role: str) -> None:
    zone = zones(town, HOME)[0]
    if role:
        take_in(by=town.mira, brand=town.brand, person=town.noor, role=role)
    before = Act.objects.count()
    for by in (town.noor, town.ana, town.brand):
        doings: list[Callable[[], object]] = [
            lambda by=by: actions.make_zone(by=by, brand=town.brand, plan=REST),  # type: ignore[misc]
            lambda by=by: actions.change_zone(by=by, zone=zone, plan=REST),  # type: ignore[misc]
            lambda by=by: actions.remove_zone(by=by, zone=zone),  # type: ignore[misc]
        ]
        for doing in doings:
            with pytest.raises(NotAllowed):
                doing()
    assert [one.zone for one in queries.zones_of(town.brand)] == [zone]
    assert Act.objects.count() == before
