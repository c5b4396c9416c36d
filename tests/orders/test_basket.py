"""Baskets: a person's or a browser's, private, and never a promise."""

import pytest

from moothall.activity.models import Act
from moothall.catalog import actions as catalog
from moothall.catalog.models import Variant
from moothall.core.refusals import BadInput, Refusal
from moothall.orders import actions, queries
from moothall.orders.actions import basket as rules
from moothall.orders.models import Basket, BasketLine
from moothall.people.actions import make_guest
from moothall.people.backend import OneQueryBackend
from moothall.people.models import Account, Profile
from tests.town import Town, money, sends


def lines(basket: Basket) -> dict[int, int]:
    return dict(BasketLine.objects.filter(basket=basket).values_list("variant_id", "quantity"))


def test_a_person_has_one_basket_and_a_browser_another(town: Town) -> None:
    own = actions.basket_for(owner=town.ana, token="")
    assert actions.basket_for(owner=town.ana, token="t1") == own == queries.basket_of(town.ana, "t2")
    browsers = actions.basket_for(owner=None, token="t1")
    assert actions.basket_for(owner=make_guest(name="Gus"), token="t1") == browsers == queries.basket_of(None, "t1")
    assert own != browsers != actions.basket_for(owner=None, token="t2")
    assert queries.basket_of(None, "") is None


def test_putting_adds_up_to_ninety_nine_and_is_not_recorded(town: Town) -> None:
    variant = town.variant(left=None)
    basket = actions.basket_for(owner=town.ana, token="")
    before = Act.objects.count()
    actions.put(basket=basket, variant=variant)
    actions.put(basket=basket, variant=variant, quantity=3)
    assert lines(basket) == {variant.pk: 4}
    with pytest.raises(Refusal):
        actions.put(basket=basket, variant=variant, quantity=96)
    actions.put(basket=basket, variant=variant, quantity=95)
    assert lines(basket) == {variant.pk: 99}
    assert Act.objects.count() == before
    assert (counted(town.ana), counted(town.ben), queries.count("other"), queries.count("")) == (1, 0, 0, 0)


def test_what_cannot_be_put_is_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    basket = actions.basket_for(owner=town.ana, token="")
    sold_out, one, two = town.variant(left=0), town.variant("One"), town.variant("Two")
    with pytest.raises(Refusal):
        actions.put(basket=basket, variant=sold_out)
    for quantity in (0, -1):
        with pytest.raises(BadInput):
            actions.put(basket=basket, variant=one, quantity=quantity)
    monkeypatch.setattr(rules, "MOST_LINES", 1)
    actions.put(basket=basket, variant=one)
    with pytest.raises(Refusal):
        actions.put(basket=basket, variant=two)
    assert lines(basket) == {one.pk: 1}


def test_so_many_from_now_on(town: Town) -> None:
    variant = town.variant()
    basket = town.basket_of(town.ana, {variant: 1})
    actions.set_quantity(basket=basket, variant=variant, quantity=7)
    assert lines(basket) == {variant.pk: 7}
    for wrong in (-1, 100):
        with pytest.raises(BadInput):
            actions.set_quantity(basket=basket, variant=variant, quantity=wrong)
    for _ in range(2):
        actions.set_quantity(basket=basket, variant=variant, quantity=0)
    assert lines(basket) == {}
    actions.set_quantity(basket=basket, variant=variant, quantity=5)
    assert lines(basket) == {}


def test_a_full_basket_holds_nothing_back_from_others(town: Town) -> None:
    variant = town.variant(left=1)
    town.basket_of(town.ana, {variant: 1})
    assert Variant.objects.get(pk=variant.pk).available == 1


def test_who_signs_in_keeps_the_larger_of_each(town: Town) -> None:
    one, two, three = town.variant("One"), town.variant("Two"), town.variant("Three")
    own = town.basket_of(town.ana, {one: 5, two: 1})
    browsers = actions.basket_for(owner=None, token="t")
    for variant, number in ((one, 2), (two, 4), (three, 3)):
        actions.put(basket=browsers, variant=variant, quantity=number)
    for _ in range(2):
        actions.adopt_basket(owner=town.ana, token="t")
    assert lines(own) == {one.pk: 5, two.pk: 4, three.pk: 3}
    assert not Basket.objects.filter(token="t").exists()


def test_filled_by_brand_with_what_sending_costs(town: Town) -> None:
    wool = town.another_brand()
    sends(town.brand, "4.50", "Parcel")
    pot, scarf = town.variant(price="38"), town.variant("Scarf", price="20", brand=wool)
    filled = queries.filled(town.ana, town.basket_of(town.ana, {pot: 2, scarf: 1}))
    assert [(parcel.brand, parcel.total, parcel.words) for parcel in filled.parcels] == [
        (town.brand, money("80.50"), "Parcel"), (wool, money("20"), "")
    ]  # fmt: skip
    assert (filled.total, filled.things) == (money("100.50"), money("96"))


def test_the_fingerprint_follows_all_that_is_paid_for(town: Town) -> None:
    variant = town.variant()
    basket = town.basket_of(town.ana, {variant: 1})
    seen = [queries.filled(town.ana, basket).fingerprint]
    actions.set_quantity(basket=basket, variant=variant, quantity=2)
    seen.append(queries.filled(town.ana, basket).fingerprint)
    Variant.objects.filter(pk=variant.pk).update(price=1)
    seen.append(queries.filled(town.ana, basket).fingerprint)
    sends(town.brand, "1")
    seen.append(queries.filled(town.ana, basket).fingerprint)
    assert len(set(seen)) == 4
    assert queries.filled(town.ana, basket).fingerprint == seen[-1]


def test_what_is_no_longer_sold_is_left_out(town: Town) -> None:
    gone, stays = town.variant("Gone"), town.variant("Stays")
    basket = town.basket_of(town.ana, {gone: 1, stays: 1})
    catalog.withdraw(by=town.mira, product=gone.product)
    assert [line.variant for line in queries.filled(town.ana, basket).lines] == [stays]


def counted(person: Profile) -> int:
    """What every page says lies in the person's basket."""
    account = OneQueryBackend().get_user(Account.objects.get(profile=person).pk)
    return int(getattr(account, "basket_count", -1))
