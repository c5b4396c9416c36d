"""Blocking parts two people on every surface there is; muting is silence for one of them only."""

from collections.abc import Callable

import pytest

from moothall.activity.models import Act
from moothall.catalog import queries as catalog
from moothall.core import kinds, search
from moothall.core.refusals import NotAllowed
from moothall.feed import queries as feed
from moothall.orders import actions as buying
from moothall.orders import queries as orders
from moothall.people import actions, queries
from moothall.people.models import SHOP, Block, CircleMember, Follow, Mute, Profile
from tests.town import Town, acts, lines_of

Surface = Callable[[Profile | None], bool]


@pytest.fixture
def surfaces(town: Town) -> dict[str, Surface]:
    """All that a viewer could see of Ana and of the brand, each as a question."""
    variant = town.variant()
    line = lines_of(town.bought(town.ana, {variant: 1}))[0]
    share = buying.share(by=town.ana, line=line, reach="public", words="Good pot")
    for viewer in (town.ben, town.noor):
        Follow.objects.get_or_create(follower=viewer, source=town.ana)
        Follow.objects.get_or_create(follower=viewer, source=town.brand, channel=SHOP)
    ana, product = town.ana, variant.product
    list(search.rebuild())
    return {
        "profile": lambda viewer: ana in queries.visible_to(viewer),
        "people": lambda viewer: ana in queries.people(viewer),
        "ids": lambda viewer: ana.pk in queries.visible_ids(viewer, [ana.pk]),
        "cards": lambda viewer: ana.pk in kinds.cards("profile", viewer, [ana.pk]),
        "kind": lambda viewer: ana.pk in kinds.visible("profile", viewer, [ana.pk]),
        "share": lambda viewer: share in orders.shares_visible_to(viewer),
        "share kind": lambda viewer: share.pk in kinds.visible("share", viewer, [share.pk]),
        "share cards": lambda viewer: share.pk in kinds.cards("share", viewer, [share.pk]),
        "acts of": lambda viewer: bool(feed.acts_of(viewer, ana).items),
        "friends": lambda viewer: (
            viewer is None or ana in orders.friends_who_have(viewer, [product.pk]).get(product.pk, [])
        ),
        "home": lambda viewer: viewer is None or ana in [item.act.actor for item in feed.home(viewer).items],
        "brand": lambda viewer: town.brand in queries.brands(viewer),
        "product": lambda viewer: product in catalog.visible_to(viewer),
        "search": lambda viewer: product.pk in search.find(viewer, "pot", ["product"]).ids["product"],
        "newest": lambda viewer: product in catalog.newest(viewer, brand=town.brand),
        "sellable": lambda viewer: catalog.sellable(viewer, variant.public) is not None,
        "product kind": lambda viewer: product.pk in kinds.visible("product", viewer, [product.pk]),
        "product cards": lambda viewer: product.pk in kinds.cards("product", viewer, [product.pk]),
        "brand home": lambda viewer: (
            viewer is None or town.brand in [item.act.actor for item in feed.home(viewer).items]
        ),
    }


OF_BRAND = {"brand", "product", "search", "newest", "sellable", "product kind", "product cards", "brand home"}


def _seen(surfaces: dict[str, Surface], viewer: Profile | None) -> set[str]:
    return {name for name, ask in surfaces.items() if ask(viewer)}


@pytest.mark.parametrize("turned", [False, True], ids=["she blocks him", "he blocks her"])
def test_a_block_between_people_parts_them_everywhere(town: Town, surfaces: dict[str, Surface], turned: bool) -> None:
    assert _seen(surfaces, town.ben) == _seen(surfaces, town.noor) == _seen(surfaces, None) == set(surfaces)
    by, whom = (town.noor, town.ana) if turned else (town.ana, town.noor)
    actions.block(by=by, whom=whom)
    assert _seen(surfaces, town.noor) == OF_BRAND
    assert _seen(surfaces, town.ben) == _seen(surfaces, None) == set(surfaces)


def test_who_blocks_a_brand_sees_nothing_of_it(town: Town, surfaces: dict[str, Surface]) -> None:
    actions.block(by=town.noor, whom=town.brand)
    seen = _seen(surfaces, town.noor)
    assert not seen & OF_BRAND
    assert not seen & {"share", "share kind", "share cards", "friends"}
    assert _seen(surfaces, town.ben) == set(surfaces)


def test_what_lay_in_the_basket_is_left_out(town: Town) -> None:
    variant = town.variant()
    basket = town.basket_of(town.noor, {variant: 1})
    actions.block(by=town.noor, whom=town.brand)
    assert not orders.filled(town.noor, basket).lines


def test_a_block_ends_ties_and_circles_for_good(town: Town) -> None:
    actions.follow(by=town.ana, source=town.ben)
    theirs = actions.make_circle(by=town.ben, name="Friends")
    actions.join_circle(by=town.ben, circle=theirs, person=town.ana)
    actions.block(by=town.ana, whom=town.ben)
    assert not Follow.objects.exists()
    assert not CircleMember.objects.exists()
    actions.unblock(by=town.ana, whom=town.ben)
    assert not Follow.objects.exists()
    assert not CircleMember.objects.exists()
    assert town.ana in queries.visible_to(town.ben)


def test_a_block_is_once_and_told_to_nobody(town: Town) -> None:
    for _ in range(2):
        actions.block(by=town.ana, whom=town.ben)
    for _ in range(2):
        actions.unblock(by=town.ana, whom=town.ben)
    assert len(acts("block.begun")) == len(acts("block.ended")) == 1
    assert acts("block.begun")[0].audience == "parties"


def test_each_ends_only_their_own_block(town: Town) -> None:
    actions.block(by=town.ana, whom=town.noor)
    actions.unblock(by=town.noor, whom=town.ana)
    assert queries.blocked(town.noor) == {town.ana.pk}
    assert queries.blocked(town.ana) == {town.noor.pk}
    assert queries.blocked(None) == queries.blocked(town.ben) == set()


def test_only_people_block_and_mute_others(town: Town) -> None:
    before = Act.objects.count()
    for doing in (actions.block, actions.mute):
        for by, whom in ((town.ana, town.ana), (town.brand, town.ana)):
            with pytest.raises(NotAllowed):
                doing(by=by, whom=whom)
    assert not Block.objects.exists()
    assert not Mute.objects.exists()
    assert Act.objects.count() == before


def test_muting_holds_wherever_one_is_told_of_others(town: Town, surfaces: dict[str, Surface]) -> None:
    for _ in range(2):
        actions.mute(by=town.ben, whom=town.ana)
    assert set(surfaces) - _seen(surfaces, town.ben) == {"home", "friends"}
    assert queries.follows(town.ben, town.ana)
    assert _seen(surfaces, town.noor) == set(surfaces)
    for _ in range(2):
        actions.unmute(by=town.ben, whom=town.ana)
    assert _seen(surfaces, town.ben) == set(surfaces)
    assert len(acts("mute.begun")) == len(acts("mute.ended")) == 1
