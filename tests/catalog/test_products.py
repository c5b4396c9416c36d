"""Writing products down, bringing them to the market, and taking them back."""

from dataclasses import replace

import pytest

from moothall.activity.models import Act
from moothall.catalog import actions, facets, queries
from moothall.catalog.actions import Kind, Words
from moothall.catalog.models import ARCHIVED, DRAFT, Option, Product, ProductPicture, Revision, Variant
from moothall.core import search, work
from moothall.core.models import Picture
from moothall.core.money import Money
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people.models import Profile
from tests.town import Town, acts, money, take_in, variants_of

MUG = Words(
    "Glaze mug",
    "<p>Thrown by hand.</p>",
    "Mugs",
    "clay, blue",
    ("Size",),
    (Kind(money("18"), ("S",)), Kind(money("24"), ("L",), left=3)),
)


def mug(town: Town, **other: object) -> Product:
    return actions.make_product(by=town.mira, brand=town.brand, words=replace(MUG, **other))


def found_by(viewer: Profile, words: str) -> list[str]:
    list(search.rebuild())
    ids = search.find(viewer, words, [Product.kind]).ids[Product.kind]
    return [one.title for one in queries.in_order(viewer, ids)]


def test_a_product_begins_as_a_draft_at_revision_one(town: Town) -> None:
    made = mug(town)
    assert (made.state, made.slug, made.title, made.currency, made.lowest) == (
        DRAFT,
        "glaze-mug",
        "Glaze mug",
        "GBP",
        1800,
    )
    assert list(Option.objects.filter(product=made).values_list("position", "name")) == [(1, "Size")]
    assert [(one.option1, one.price, one.tracked, one.available) for one in variants_of(made)] == [
        ("S", 1800, False, 0), ("L", 2400, True, 3)
    ]  # fmt: skip
    assert Revision.objects.get(product=made).number == 1
    act = acts("product.made")[0]
    assert (act.actor, act.hand, act.subject_id, act.audience) == (town.brand, town.mira, made.pk, "parties")


def test_a_draft_is_seen_by_the_team_only(town: Town) -> None:
    made = mug(town)
    for viewer in (None, town.ana, town.mira):
        assert made not in queries.visible_to(viewer)
        assert queries.sellable(viewer, variants_of(made)[0].public) is None
        assert not queries.visible_ids(viewer, [made.pk])
        assert not queries.cards(viewer, [made.pk])
    assert made in queries.of_desk(town.mira, town.brand)
    assert not queries.of_desk(town.noor, town.brand)


def test_published_it_is_seen_by_all_and_told_once(town: Town) -> None:
    made = mug(town)
    for _ in range(2):
        actions.publish(by=town.mira, product=made)
    assert made in queries.visible_to(None)
    assert found_by(town.noor, "blue tidewater MUG") == ["Glaze mug"]
    assert found_by(town.noor, "blue kettle") == []
    assert facets.facts(None) == [facets.Fact("Mugs", town.brand.pk, "20")]
    act = acts("product.published")[0]
    assert (len(acts("product.published")), act.reach, act.channel) == (1, "public", "shop")


def test_withdrawn_it_is_a_draft_again(town: Town) -> None:
    made = mug(town)
    actions.publish(by=town.mira, product=made)
    for _ in range(2):
        actions.withdraw(by=town.mira, product=made)
    assert made not in queries.visible_to(None)
    assert len(acts("product.withdrawn")) == 1


@pytest.mark.parametrize("role", ["", "agent", "maker", "marketer"])
def test_strangers_and_other_roles_write_nothing(town: Town, role: str) -> None:
    if role:
        take_in(by=town.mira, brand=town.brand, person=town.noor, role=role)
    made = town.product()
    before = Act.objects.count(), Product.objects.count()
    for doing in (
        lambda: actions.make_product(by=town.noor, brand=town.brand, words=MUG),
        lambda: actions.change_product(by=town.noor, product=made, words=MUG),
        lambda: actions.publish(by=town.noor, product=made),
        lambda: actions.withdraw(by=town.noor, product=made),
        lambda: actions.add_picture(by=town.noor, product=made, picture=_picture()),
    ):
        with pytest.raises(NotAllowed):
            doing()
    made.refresh_from_db()
    assert (made.title, made.state) == ("Lidded pot", "published")
    assert (Act.objects.count(), Product.objects.count()) == before


def test_sellers_write(town: Town) -> None:
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="seller")
    assert actions.make_product(by=town.ben, brand=town.brand, words=MUG)


def test_slugs_are_free_in_each_brand(town: Town) -> None:
    other = town.another_brand()
    assert [mug(town).slug for _ in range(3)] == ["glaze-mug", "glaze-mug-2", "glaze-mug-3"]
    assert town.product("Glaze mug", brand=other).slug == "glaze-mug"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "x" * 141},
        {"kinds": ()},
        {"kinds": MUG.kinds * 51},
        {"options": ("A", "B", "C", "D")},
        {"options": ("Size", "Colour")},
        {"kinds": (Kind(money("1"), (" ",)),)},
        {"kinds": (Kind(money("1"), ("S",)), Kind(money("2"), ("S",)))},
        {"kinds": (Kind(Money(-1, "GBP"), ("S",)),)},
        {"kinds": (Kind(Money(1, "EUR"), ("S",)),)},
        {"kinds": (Kind(money("1"), ("S",), left=-1),)},
        {"kinds": (Kind(money("1"), ("S",), left=1_000_001),)},
    ],
)
def test_what_cannot_be_sold_is_refused_and_nothing_is_written(town: Town, wrong: dict[str, object]) -> None:
    before = Act.objects.count()
    with pytest.raises(BadInput):
        mug(town, **wrong)
    assert not Product.objects.exists()
    assert not Variant.objects.exists()
    assert Act.objects.count() == before


def test_values_that_differ_by_spaces_only_are_the_same(town: Town) -> None:
    with pytest.raises(BadInput):
        mug(town, kinds=(Kind(money("1"), ("S",)), Kind(money("2"), ("S ",))))


def test_the_body_is_cleaned(town: Town) -> None:
    made = mug(town, body='<p onclick="x()">Hi<script>alert(1)</script></p><img src=x onerror=y>')
    assert "script" not in made.body
    assert "on" not in made.body.replace("Hi", "")


def test_changing_keeps_variants_by_their_public_id(town: Town) -> None:
    made = mug(town)
    small, large = variants_of(made)
    kinds = (Kind(money("30"), ("XL",), public=large.public, left=5), Kind(money("9"), ("XS",)))
    actions.change_product(by=town.mira, product=made, words=replace(MUG, title="Mug", kinds=kinds))
    made.refresh_from_db()
    assert [(one.option1, one.price) for one in variants_of(made)] == [("XL", 3000), ("XS", 900)]
    assert variants_of(made)[0].pk == large.pk
    small.refresh_from_db()
    assert small.gone is not None
    assert (made.title, made.slug, made.lowest) == ("Mug", "glaze-mug", 900)
    assert len(acts("product.changed")) == 1


def test_two_variants_may_swap_their_values(town: Town) -> None:
    made = mug(town)
    small, large = variants_of(made)
    kinds = (Kind(money("18"), ("L",), public=small.public), Kind(money("24"), ("S",), public=large.public))
    actions.change_product(by=town.mira, product=made, words=replace(MUG, kinds=kinds))
    assert [(one.pk, one.option1) for one in variants_of(made)] == [(small.pk, "L"), (large.pk, "S")]


def test_anothers_variant_is_not_taken_over(town: Town) -> None:
    other = town.variant(brand=town.another_brand())
    made = mug(town)
    kinds = (Kind(money("1"), ("S",), public=other.public),)
    actions.change_product(by=town.mira, product=made, words=replace(MUG, kinds=kinds))
    other.refresh_from_db()
    assert (other.price, other.gone) == (3800, None)


def test_changing_does_not_touch_what_is_being_bought(town: Town) -> None:
    variant = town.variant(left=5)
    town.placed(town.ana, {variant: 2})
    kinds = (Kind(money("40"), public=variant.public, left=3),)
    actions.change_product(by=town.mira, product=variant.product, words=Words("Lidded pot", kinds=kinds))
    variant.refresh_from_db()
    assert (variant.available, variant.held, variant.received) == (3, 2, 5)


def test_an_archived_product_that_is_changed_is_a_draft(town: Town) -> None:
    made = mug(town)
    Product.objects.update(state=ARCHIVED)
    made.refresh_from_db()
    assert actions.change_product(by=town.mira, product=made, words=MUG).state == DRAFT


def test_without_a_variant_it_is_not_published(town: Town) -> None:
    made = mug(town)
    Variant.objects.update(gone=made.made)
    with pytest.raises(Refusal):
        actions.publish(by=town.mira, product=made)
    assert Product.objects.get().state == DRAFT


def test_what_it_was_before_is_shown_only_if_it_was_more(town: Town) -> None:
    made = mug(town, options=(), kinds=(Kind(money("10"), compare_at=money("12")),))
    assert variants_of(made)[0].was == money("12")
    made = mug(town, options=(), kinds=(Kind(money("10"), compare_at=money("8")),))
    assert variants_of(made)[0].was is None


def _picture(hash: str = "a" * 32, palette: str = "sky") -> Picture:
    return Picture.objects.create(hash=hash, width=10, height=10, widths=[320, 640], palette=palette)


def test_the_first_picture_gives_the_colours(town: Town) -> None:
    made = mug(town)
    places = [
        actions.add_picture(by=town.mira, product=made, picture=_picture(f"{n}" * 32, name))
        for n, name in enumerate(("sky", "plum"))
    ]
    assert [place.position for place in places] == [1, 2]
    made.refresh_from_db()
    assert made.palette == "sky"
    actions.remove_picture(by=town.mira, place=places[0])
    made.refresh_from_db()
    assert made.palette == "plum"
    shown = queries.whole(made)
    assert shown.picture is not None
    assert shown.picture.shown is not None
    assert shown.picture.shown["src"] == "/media/pictures/11/" + "1" * 32 + "-640.webp"


def test_a_thing_is_found_by_what_its_pictures_show(town: Town) -> None:
    """What is seen in front says more of it than what its text comes round to."""
    pan = town.product("Wednesday pan")
    coat = mug(town, title="Long coat", body="<p>Wide as a skillet.</p>")
    actions.publish(by=town.mira, product=coat)
    place = actions.add_picture(by=town.mira, product=pan, picture=_picture(), alt="A skillet with an egg")
    actions.add_picture(by=town.mira, product=pan, picture=_picture("b" * 32), alt="The same on a trivet")
    work.do_due()
    found = [search.find(None, words, [Product.kind]).ids[Product.kind] for words in ("skillet", "trivet")]
    assert found == [[pan.pk, coat.pk], [pan.pk]]
    actions.remove_picture(by=town.mira, place=place)
    work.do_due()
    assert search.find(None, "egg", [Product.kind]).ids[Product.kind] == []


def test_twelve_pictures_are_enough(town: Town) -> None:
    made, picture = mug(town), _picture()
    for _ in range(12):
        actions.add_picture(by=town.mira, product=made, picture=picture)
    with pytest.raises(Refusal):
        actions.add_picture(by=town.mira, product=made, picture=picture)
    assert ProductPicture.objects.count() == 12


def test_strangers_remove_no_picture(town: Town) -> None:
    place = actions.add_picture(by=town.mira, product=mug(town), picture=_picture())
    with pytest.raises(NotAllowed):
        actions.remove_picture(by=town.noor, place=place)
    assert ProductPicture.objects.exists()
