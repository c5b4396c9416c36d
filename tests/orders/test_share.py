"""Sharing a purchase: nobody hears of it unless chosen, then exactly those who were, until it is taken back."""

import pytest

from moothall.activity.models import Act, Latest
from moothall.catalog import actions as catalog
from moothall.config.invariants import offenders
from moothall.core import kinds
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.feed import queries as feed
from moothall.orders import actions, queries
from moothall.orders.actions.paying import Telling
from moothall.orders.models import Order, OrderLine, Share
from moothall.people import actions as people
from moothall.people.models import Profile
from tests.town import Town, acts, lines_of, orders_of, person, said


@pytest.fixture
def line(town: Town) -> OrderLine:
    return lines_of(town.bought(town.ana, {town.variant(): 2}))[0]


def viewers(town: Town) -> dict[str, Profile | None]:
    return {"ana": town.ana, "ben": town.ben, "mira": town.mira, "noor": town.noor, "passer-by": None}


def who_sees(town: Town, share: Share) -> set[str]:
    """Asked on every surface that shows shares; they must agree."""
    seen = set()
    for name, viewer in viewers(town).items():
        here = share in queries.shares_visible_to(viewer)
        assert (share.pk in kinds.visible("share", viewer, [share.pk])) == here
        assert (share.pk in kinds.cards("share", viewer, [share.pk])) == here
        assert (
            share.pk
            in [
                item.card.thing["share"].pk
                for item in feed.acts_of(viewer, town.ana).items
                if item.act.verb == "share.made"
            ]
        ) == here
        if viewer not in (None, town.ana) and queries.friends_who_have(viewer, [share.product_id]):
            assert here
        if here:
            seen.add(name)
    return seen


def at_home(viewer: Profile) -> list[int]:
    return [item.act.subject_id for item in feed.home(viewer).items if item.act.verb == "share.made"]


EVERYBODY = {"ana", "ben", "mira", "noor", "passer-by"}


@pytest.mark.parametrize(
    ("reach", "seen"), [("public", EVERYBODY), ("followers", {"ana", "ben"}), ("circle", {"ana", "ben"})]
)
def test_who_sees_it(town: Town, line: OrderLine, reach: str, seen: set[str]) -> None:
    circle = town.family if reach == "circle" else None
    made = actions.share(by=town.ana, line=line, reach=reach, circle=circle, words="  Pours well ")
    assert made.words == "Pours well"
    assert who_sees(town, made) == seen
    assert at_home(town.ben) == [made.pk]
    assert at_home(town.noor) == at_home(town.mira) == []
    act = acts("share.made")[0]
    assert (act.actor, act.reach, act.reach_id, act.data) == (town.ana, reach, circle.pk if circle else 0, {})
    assert offenders() == {}


def test_a_circle_is_not_followers(town: Town, line: OrderLine) -> None:
    people.follow(by=town.noor, source=town.ana)
    made = actions.share(by=town.ana, line=line, reach="circle", circle=town.family)
    assert who_sees(town, made) == {"ana", "ben"}
    assert at_home(town.noor) == []
    people.join_circle(by=town.ana, circle=town.family, person=town.noor)
    people.leave_circle(by=town.ana, circle=town.family, person=town.ben)
    assert who_sees(town, made) == {"ana", "noor"}
    people.end_circle(by=town.ana, circle=town.family)
    assert who_sees(town, made) == {"ana"}


def test_followers_come_and_go(town: Town, line: OrderLine) -> None:
    made = actions.share(by=town.ana, line=line, reach="followers")
    people.unfollow(by=town.ben, source=town.ana)
    people.follow(by=town.mira, source=town.ana)
    assert who_sees(town, made) == {"ana", "mira"}


def test_it_is_with_the_product_for_friends_only(town: Town, line: OrderLine) -> None:
    made = actions.share(by=town.ana, line=line, reach="public")
    product = made.product_id
    assert queries.friends_who_have(town.ben, [product]) == {product: [town.ana]}
    assert queries.friends_who_have(town.noor, [product]) == queries.friends_who_have(None, [product]) == {}
    assert queries.friends_who_have(town.ana, [product]) == {}


def test_a_friend_with_two_is_named_once(town: Town) -> None:
    variant = town.variant()
    for _ in range(2):
        actions.share(by=town.ana, line=lines_of(town.bought(town.ana, {variant: 1}))[0], reach="public")
    assert queries.friends_who_have(town.ben, [variant.product_id]) == {variant.product_id: [town.ana]}


def test_taken_back_it_is_gone_everywhere_once(town: Town, line: OrderLine) -> None:
    made = actions.share(by=town.ana, line=line, reach="public", words="Pours well")
    for _ in range(2):
        actions.withdraw_share(by=town.ana, share=made)
    assert who_sees(town, made) == set()
    assert at_home(town.ben) == []
    assert Share.objects.get().words == ""
    assert len(acts("share.withdrawn")) == 1
    assert offenders() == {}
    again = actions.share(by=town.ana, line=line, reach="followers")
    assert who_sees(town, again) == {"ana", "ben"}
    assert offenders() == {}


def test_only_its_owner_takes_it_back(town: Town, line: OrderLine) -> None:
    made = actions.share(by=town.ana, line=line, reach="public")
    for stranger in (town.ben, town.noor, town.mira, town.brand):
        with pytest.raises(NotAllowed):
            actions.withdraw_share(by=stranger, share=made)
    assert Share.objects.get().withdrawn is None


def test_a_block_parts(town: Town, line: OrderLine) -> None:
    made = actions.share(by=town.ana, line=line, reach="public")
    people.block(by=town.ana, whom=town.ben)
    assert who_sees(town, made) == EVERYBODY - {"ben"}
    assert at_home(town.ben) == []


def test_what_is_off_the_market_is_off_the_feed(town: Town, line: OrderLine) -> None:
    made = actions.share(by=town.ana, line=line, reach="public")
    catalog.withdraw(by=town.mira, product=made.product)
    assert who_sees(town, made) == set()


def test_a_page_of_it_shows_neither_price_nor_number(town: Town, line: OrderLine) -> None:
    made = actions.share(by=town.ana, line=line, reach="public")
    assert not {"price", "quantity", "amount"} & {field.name for field in Share._meta.fields}
    assert Act.objects.get(verb="share.made", subject_id=made.pk).data == {}


def nobody_told() -> bool:
    return not Share.objects.exists() and not acts("share.made") and not Latest.objects.exclude(reach="public").exists()


def test_only_who_bought_it_shares_it(town: Town, line: OrderLine) -> None:
    for stranger in (town.ben, town.noor, town.mira, town.brand):
        with pytest.raises(NotAllowed):
            actions.share(by=stranger, line=line, reach="public")
    assert nobody_told()


def test_a_guest_shares_nothing_until_they_joined(town: Town) -> None:
    guest = people.make_guest(name="Gus")
    line = lines_of(town.bought(guest, {town.variant(): 1}, telling=Telling("public")))[0]
    assert nobody_told()
    with pytest.raises(NotAllowed):
        actions.share(by=guest, line=line, reach="public")
    gus = person("Gus", "gus")
    people.adopt_guest(by=gus, guest=guest)
    actions.share(by=gus, line=line, reach="public")
    assert offenders() == {}


def test_odd_choices_are_refused(town: Town, line: OrderLine) -> None:
    theirs = people.make_circle(by=town.ben, name="Friends")
    for reach, circle in (("", None), ("world", None), ("circle", None), ("circle", theirs), ("public", town.family)):
        with pytest.raises(BadInput):
            actions.share(by=town.ana, line=line, reach=reach, circle=circle)
    with pytest.raises(BadInput):
        actions.share(by=town.ana, line=line, reach="public", words="x" * 401)
    assert nobody_told()


def test_one_share_of_a_line_at_a_time(town: Town, line: OrderLine) -> None:
    actions.share(by=town.ana, line=line, reach="public")
    with pytest.raises(Refusal, match="already"):
        actions.share(by=town.ana, line=line, reach="followers")
    assert Share.objects.count() == 1


def test_neither_the_unpaid_nor_the_sending_is_shared(town: Town) -> None:
    purchase = town.placed(town.ana, {town.variant(): 1})
    with pytest.raises(Refusal, match="before it is paid"):
        actions.share(by=town.ana, line=lines_of(orders_of(purchase)[0])[0], reach="public")
    assert nobody_told()


def test_a_choice_at_checkout_waits_for_the_payment(town: Town) -> None:
    telling = Telling("circle", town.family, " At last ")
    purchase = town.placed(town.ana, {town.variant(): 2, town.variant("Mug"): 1}, telling=telling)
    assert nobody_told()
    for _ in range(2):
        actions.settle(payment=purchase.payment, state=said(purchase, paid=True))
    assert sorted(Share.objects.values_list("product__title", "reach", "words")) == [
        ("Lidded pot", "circle", "At last"), ("Mug", "circle", "At last")
    ]  # fmt: skip
    assert len(at_home(town.ben)) == 2
    assert offenders() == {}


def test_a_choice_at_checkout_that_never_was_paid_is_never_told(town: Town) -> None:
    purchase = town.placed(town.ana, {town.variant(): 2}, telling=Telling("public"))
    actions.abandon(by=town.ana, purchase=purchase)
    assert Order.objects.get().state == Order.LAPSED
    assert nobody_told()


def test_a_circle_that_ended_meanwhile_hears_nothing_and_the_order_stands(town: Town) -> None:
    purchase = town.placed(town.ana, {town.variant(): 2}, telling=Telling("circle", town.family))
    people.end_circle(by=town.ana, circle=town.family)
    actions.settle(payment=purchase.payment, state=said(purchase, paid=True))
    assert Order.objects.get().state == Order.PAID
    assert nobody_told()


def test_nobody_is_chosen_for_anybody(town: Town) -> None:
    town.bought(town.ana, {town.variant(): 1})
    assert nobody_told()
