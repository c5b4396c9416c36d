"""From an idea to a thing: pledges are gathered at no price, a go and a yes name one, each pledge stands by its own
limit, and who was asked and said nothing is never charged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from moothall.activity.models import Act
from moothall.catalog import actions as catalog
from moothall.catalog import queries as products
from moothall.catalog.models import CONCEPT, Product, Variant
from moothall.config.invariants import offenders
from moothall.core import clock, pictures, work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ideas import actions, judged, stages
from moothall.ideas.gates import Gate
from moothall.ideas.models import Backing, Idea
from moothall.moderation import actions as moderation
from moothall.orders import actions as orders
from moothall.orders.models import Order
from moothall.people import actions as people
from moothall.people.actions import the_hall
from moothall.pools import actions as pools
from moothall.pools import queries
from moothall.pools.models import Pledge, Pool
from tests.conftest import Till
from tests.ideas.concepts import (
    at_the_gate,
    begun,
    by_state,
    crowd,
    gathering,
    idea_of,
    opened,
    pledged,
    taken,
    went,
)
from tests.ideas.gated import at_gate, pounds
from tests.ideas.gated import judged as judge
from tests.ideas.made import proposed
from tests.moderation.made import reported, steward
from tests.pages.places import png
from tests.pools.ground import over
from tests.town import Town, acts, lines_of, mails, sends, signed_in, variants_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _what_must_hold() -> Any:
    yield
    assert offenders() == {}


def stage(pool: Pool) -> str:
    return stages.stage_of(Idea.objects.get(concept=pool.product_id))


def subjects(who: str) -> list[str]:
    return [mail.subject for mail in mails(f"{who}@example.org")]


def texts(who: str) -> str:
    return "\n".join(" ".join(mail.text.split()) for mail in mails(f"{who}@example.org"))


# ---- gathering


def test_the_lead_alone_begins_it_for_an_idea_with_a_price_band(town: Town) -> None:
    idea = proposed(town.ana)
    for stranger in (town.ben, town.mira):
        with pytest.raises(NotAllowed):
            actions.begin_gathering(by=stranger, idea=idea)
    Idea.objects.filter(pk=idea.pk).update(low=None, high=None)
    with pytest.raises(BadInput):
        actions.begin_gathering(by=town.ana, idea=idea)
    Idea.objects.filter(pk=idea.pk).update(high=4500)
    pool = actions.begin_gathering(by=town.ana, idea=idea)
    assert actions.begin_gathering(by=town.ana, idea=idea) == pool, "twice is once"
    assert (pool.stage, pool.deadline, pool.minimum, pool.concept) == ("gathering", None, 1, True)
    product = Product.objects.get()
    assert (product.state, product.brand, product.lowest, product.born) == (CONCEPT, the_hall(), 0, idea.public)
    assert [(one.price, one.gone) for one in Variant.objects.all()] == [(0, None)]
    assert acts("pool.gathering")[0].actor == town.ana
    assert stage(pool) == "gathering"


def test_a_concept_is_on_no_shelf_and_in_no_basket(town: Town) -> None:
    pool = gathering(town, town.brand)
    product, variant = pool.product, variants_of(pool.product)[0]
    assert not products.visible_ids(town.ben, [product.pk])
    assert products.sellable(town.ben, variant.public) is None
    assert not products.of_desk(town.mira, town.brand).exists()
    assert not products.on_page(town.mira, draft_too=True).filter(pk=product.pk).exists()
    assert products.documents([product.pk]) == {}
    catalog.publish(by=town.mira, product=product)
    product.refresh_from_db()
    assert product.state == CONCEPT, "it is brought out once it is won, and not before"
    idea = idea_of(pool)
    answer = signed_in(town.ben).get(products.address(product))
    assert (answer.status_code, answer["Location"]) == (302, f"/ideas/{idea.public}")


def test_whoever_pledges_says_at_most_how_much_and_it_counts_once(town: Town, fakepay: Till) -> None:
    actions.set_mark(by=town.mira, brand=town.brand, voices=3, days=28)
    sends(town.brand, "4")
    pool = gathering(town, town.brand)
    actions.back(by=town.ben, idea=idea_of(pool), level="like")
    for limit in (0, 10**10):
        with pytest.raises(BadInput):
            begun(town, town.ben, pool, limit)
    made = pledged(town, fakepay, town.ben, pool, 30, quantity=2)
    assert (made.state, made.sending, made.last4) == ("standing", 0, "4242")
    work.do_due()
    idea = idea_of(pool)
    assert (idea.likes, idea.pays) == (0, 1), "the voice became would-pay"
    assert judged.heard_of(idea) == [(3000, 1)]
    begun(town, town.ben, pool, 32)
    work.do_due()
    assert judged.heard_of(idea_of(pool)) == [(3200, 1)], "changed, and not counted twice"
    crowd(town, fakepay, pool, 40, 44)
    work.do_due()
    gate = Gate.objects.select_related("idea", "brand").get()
    assert gate.state == "open", "pledges bring it to its gate as voices do"
    assert [(price.minor, n, above) for price, n, above in judged.gathered(gate)] == [
        (4400, 1, 1),
        (4000, 1, 2),
        (3200, 1, 3),
    ]
    pools.withdraw(by=town.ben, pledge=made)
    work.do_due()
    pool.refresh_from_db()
    assert (pool.pieces, pool.people) == (2, 2)
    assert idea_of(pool).pays == 3, "who takes a pledge back keeps their voice"
    made.refresh_from_db()
    assert (made.state, made.customer) == ("withdrawn", ""), "and the card is forgotten"


def test_the_lead_may_pledge_and_is_no_voice_and_the_team_may_not(town: Town, fakepay: Till) -> None:
    pool = gathering(town, town.brand)
    pledged(town, fakepay, town.ana, pool, 30)
    work.do_due()
    assert not Backing.objects.exists()
    with pytest.raises(NotAllowed):
        begun(town, town.mira, pool, 30)


def test_a_concept_looks_as_its_idea_does_until_it_has_a_price(town: Town, fakepay: Till) -> None:
    pool = at_the_gate(town, fakepay, 40, 40, 40)
    idea = idea_of(pool)

    def rename(title: str) -> str:
        now = idea_of(pool)
        words = actions.Words(title, now.problem, now.use, now.audience, now.lowest, now.highest)
        actions.revise(by=town.ana, idea=now, words=words, base=now.number)
        return Product.objects.get(pk=pool.product_id).title

    assert rename("Teapot for the left") == "Teapot for the left"
    opened(town, pool)
    with pytest.raises(Refusal, match="for good"):
        rename("Something else")
    with pytest.raises(Refusal, match="for good"):
        actions.draw(by=town.ana, idea=idea_of(pool), picture=pictures.keep(png()))
    product = Product.objects.get(pk=pool.product_id)
    assert (product.title, product.front) == ("Teapot for the left", None), "it is what was promised"
    assert idea.public == product.born


# ---- the whole way


def test_from_gathering_to_the_thing(town: Town, fakepay: Till) -> None:
    """Thirty pledge; four will not pay what it costs, and are asked: one says yes, one goes, two say nothing."""
    sends(town.brand, "4")
    pool = at_the_gate(town, fakepay, *[36] * 20, *[50] * 5, 60, *[30] * 4)
    assert stage(pool) == "gate"
    pool = opened(town, pool, run=10, days=14, weeks=8, grams=700)
    assert (pool.stage, pool.minimum, pool.pieces, pool.people) == ("open", 10, 26, 26)
    assert by_state(pool) == {"standing": 26, "asked": 4}
    assert stage(pool) == "pooling"
    product = pool.product
    assert (product.brand, product.state, product.lowest, product.born_version) == (town.brand, CONCEPT, 3600, 1)
    assert variants_of(product)[0].grams == 700
    assert {one.sending for one in Pledge.objects.filter(pool=pool)} == {400}
    work.do_due()
    assert "It has a price: Both-hands teapot" in subjects("pledger0")
    assert "Do you take it at £36? Both-hands teapot" in subjects("pledger26")
    assert "You said £30 at most" in texts("pledger26")

    asked = list(Pledge.objects.filter(pool=pool, state="asked").select_related("person").order_by("pk"))
    with pytest.raises(BadInput, match="£36"):
        begun(town, asked[0].person, pool, 35)
    said = begun(town, asked[0].person, pool, 99)
    assert (said.state, said.last4, said.limit) == ("standing", "4242", 9900), "and no new card is needed"
    pools.withdraw(by=asked[1].person, pledge=asked[1])
    pool.refresh_from_db()
    assert (pool.pieces, pool.people) == (27, 27)

    over(pool)
    work.do_due()
    assert (pool.stage, pool.price, pool.pieces) == ("won", 3600, 27)
    assert by_state(pool) == {"paid": 27, "unmet": 2, "withdrawn": 1}
    assert Order.objects.filter(state="paid").count() == 27
    assert {order.total for order in Order.objects.all()} == {4000}
    assert stage(pool) == "making"
    assert "Nothing is charged: Both-hands teapot" in subjects("pledger28")
    assert not Pledge.objects.exclude(customer="").exists()

    step = pools.plan_milestone(by=town.mira, pool=pool, words="The mould is cut", due=clock.now().date())
    work.do_due()
    pools.reach_milestone(by=town.mira, milestone=step, note="It pours.")
    work.do_due()
    assert "Done: The mould is cut (Both-hands teapot)" in subjects("pledger0")
    assert not [one for one in subjects("pledger28") if one.startswith("Done")], "who did not pay is not told"
    for order in Order.objects.select_related("brand"):
        orders.pack(by=town.mira, order=order)
        line = next(one for one in lines_of(order) if one.variant_id)
        orders.ship(by=town.mira, order=order, pieces={line.pk: 1})
    pool = Pool.objects.select_related("product__brand").get(pk=pool.pk)
    pools.bring_out(by=town.mira, pool=pool)
    pools.bring_out(by=town.mira, pool=pool)
    assert len(acts("product.published")) == 1
    assert stage(pool) == "made"
    page = signed_in(town.noor).get(products.address(product)).content.decode()
    assert "Born of this idea" in page
    assert f"/ideas/{idea_of(pool).public}" in page
    assert "version 1, shaped by one person" in page
    clock.move(pool.late_from + timedelta(hours=1) if pool.late_from else clock.now())
    work.do_due()
    assert not Pledge.objects.exclude(offered=None).exists(), "all was sent in time"


def test_nobody_gathered_and_the_yes_opens_it_all_the_same(town: Town) -> None:
    gate = judge(town, at_gate(town), "go")
    actions.accept(by=town.ana, gate=gate)
    pool = Pool.objects.get()
    assert (pool.stage, pool.minimum, pool.pieces) == ("open", 5, 0)
    assert queries.stand_of(pool).price == pounds(36)
    assert over(pool).stage == "lost"
    assert stage(pool) == "not_made"
    with pytest.raises(Refusal):
        actions.begin_gathering(by=town.ana, idea=idea_of(pool))


def test_of_an_idea_for_all_the_concept_goes_over_to_who_makes_it(town: Town, fakepay: Till) -> None:
    other = gathering(town, title="Cast pan")
    pool = gathering(town)
    crowd(town, fakepay, pool, 40)
    work.do_due()
    slug = pool.product.slug
    town.product("Both-hands teapot")
    taken(town, pool)
    assert opened(town, pool).product.brand == town.brand
    moved = Product.objects.get(pk=pool.product_id)
    assert moved.slug != slug, "a slug of its own there"
    assert other.product.brand == the_hall()


def test_a_country_it_is_not_sent_to_is_let_go_and_told_why(town: Town, fakepay: Till) -> None:
    from moothall.prices import actions as prices  # noqa: PLC0415 — one test asks for zones
    from tests.town import money  # noqa: PLC0415

    pool = at_the_gate(town, fakepay, 40, 40, 40)
    pledged(town, fakepay, town.noor, pool, 50, country="FR")
    plan = prices.Plan("At home", countries=("GB",), rates=[prices.Row(money("4"))])
    prices.make_zone(by=town.mira, brand=town.brand, plan=plan)
    pool = opened(town, pool)
    assert by_state(pool) == {"standing": 3, "unmet": 1}
    work.do_due()
    assert "sends nothing to your country" in texts("noor")
    assert not Pledge.objects.get(person=town.noor).customer


def test_whose_team_makes_it_is_let_go_too(town: Town, fakepay: Till) -> None:
    """While it was addressed to nobody, they pledged as everybody may."""
    pool = gathering(town)
    crowd(town, fakepay, pool, 40)
    pledged(town, fakepay, town.mira, pool, 40)
    work.do_due()
    taken(town, pool)
    assert by_state(opened(town, pool, run=1)) == {"standing": 1, "unmet": 1}
    work.do_due()
    assert "others have to carry what it makes" in texts("mira")


def test_a_card_that_comes_after_the_price_was_named_is_asked_too(town: Town, fakepay: Till) -> None:
    pool = at_the_gate(town, fakepay, 40, 40, 40)
    low, high = begun(town, town.noor, pool, 20), begun(town, town.ben, pool, 50)
    pages = [pools.open_card_page(pledge=one) for one in (low, high)]
    opened(town, pool)
    found = []
    for one, page in zip((low, high), pages, strict=True):
        assert fakepay.pay(page.rsplit("/", 1)[1]) == "paid"
        one.refresh_from_db()
        found.append(pools.look_after_card(pledge=one).state)
    pool.refresh_from_db()
    assert found == ["asked", "standing"]
    assert (pool.pieces, pool.people) == (4, 4)


# ---- no, needs, withdrawn, merged, hidden


def test_the_no_of_its_brand_lets_all_go(town: Town, fakepay: Till) -> None:
    pool = at_the_gate(town, fakepay, 40, 40, 40)
    gate = Gate.objects.select_related("idea", "brand").get()
    actions.judge(by=town.mira, gate=gate, state="no", reasons="Dear", change="Money")
    work.do_due()
    pool.refresh_from_db()
    assert (pool.stage, by_state(pool), stage(pool)) == ("cancelled", {"released": 3}, "not_made")
    assert "Tidewater Kitchen will not make it, and says why" in texts("pledger0")
    assert not queries.visible_ids(None, [pool.pk])
    with pytest.raises(Refusal):
        actions.begin_gathering(by=town.ana, idea=idea_of(pool))


def test_the_no_of_one_of_many_lets_nobody_go(town: Town, fakepay: Till) -> None:
    pool = gathering(town)
    crowd(town, fakepay, pool, 40)
    work.do_due()
    actions.judge(by=town.mira, gate=taken(town, pool), state="no", reasons="Dear", change="Money")
    pool.refresh_from_db()
    assert (pool.stage, stage(pool)) == ("gathering", "gathering")


def test_what_is_needed_first_keeps_the_pledges(town: Town, fakepay: Till) -> None:
    pool = at_the_gate(town, fakepay, 40, 40, 40)
    gate = Gate.objects.select_related("idea", "brand").get()
    judge(town, gate, "needs")
    assert (stage(pool), by_state(pool)) == ("back", {"standing": 3})


@pytest.mark.parametrize("how", ["withdrawn", "hidden", "ended"])
def test_what_goes_lets_its_pledges_go(town: Town, fakepay: Till, how: str) -> None:
    pool = gathering(town)
    crowd(town, fakepay, pool, 40, 30)
    begun(town, town.ben, pool, 20)
    idea = idea_of(pool)
    if how == "withdrawn":
        actions.withdraw(by=town.ana, idea=idea)
    elif how == "hidden":
        moderation.hide(by=steward(), case=reported(town.noor, idea), reason="Not here")
    else:
        with pytest.raises(NotAllowed):
            actions.end_gathering(by=town.ben, idea=idea)
        actions.end_gathering(by=town.ana, idea=idea)
        actions.end_gathering(by=town.ana, idea=idea)
    work.do_due()
    pool.refresh_from_db()
    assert (pool.stage, by_state(pool)) == ("cancelled", {"released": 2, "withdrawn": 1})
    assert len(acts("gathering.ended")) == 1
    assert "Nothing is charged: Both-hands teapot" in subjects("pledger0")
    if how != "hidden":
        if how == "withdrawn":
            actions.bring_back(by=town.ana, idea=idea)
        again = actions.begin_gathering(by=town.ana, idea=idea_of(pool))
        assert again != pool
        assert again.product_id == pool.product_id, "another pool on the same concept"


def test_what_people_pledged_for_is_merged_into_nothing(town: Town, fakepay: Till) -> None:
    pool, into = gathering(town), proposed(town.ana)
    crowd(town, fakepay, pool, 40)
    with pytest.raises(Refusal, match="End the gathering first"):
        actions.ask_merger(by=town.ana, idea=idea_of(pool), into=into)
    actions.end_gathering(by=town.ana, idea=idea_of(pool))
    actions.ask_merger(by=town.ana, idea=idea_of(pool), into=into)
    assert idea_of(pool).is_merged


def test_after_the_yes_it_is_not_withdrawn_and_the_brand_may_call_it_off(town: Town, fakepay: Till) -> None:
    pool = opened(town, at_the_gate(town, fakepay, 40, 40, 40))
    with pytest.raises(Refusal):
        actions.withdraw(by=town.ana, idea=idea_of(pool))
    with pytest.raises(Refusal):
        actions.ask_merger(by=town.ana, idea=idea_of(pool), into=proposed(town.ana))
    actions.end_gathering(by=town.ana, idea=idea_of(pool))
    pool.refresh_from_db()
    assert pool.stage == "open", "it gathers no more, so there is nothing to end"
    pools.cancel_pool(by=town.mira, pool=pool)
    assert (stage(pool), by_state(pool)) == ("not_made", {"released": 3})
    actions.withdraw(by=town.ana, idea=idea_of(pool))


# ---- the very end


def test_at_the_very_end_nothing_is_taken_back_and_nobody_asked_is_charged(town: Town, fakepay: Till) -> None:
    pool = opened(town, at_the_gate(town, fakepay, 36, 36, 36, 30))
    last, stays = Pledge.objects.filter(pool=pool, state="standing").select_related("person").order_by("pk")[:2]
    asked = Pledge.objects.select_related("person").get(pool=pool, state="asked")
    clock.move(pool.ends - timedelta(seconds=1))
    pools.withdraw(by=last.person, pledge=last)
    begun(town, last.person, pool, 36)
    clock.move(pool.ends)
    for one in (stays, asked):
        with pytest.raises(Refusal):
            pools.withdraw(by=one.person, pledge=one)
    with pytest.raises(Refusal):
        begun(town, asked.person, pool, 36)
    work.do_due()
    work.do_due()
    pool.refresh_from_db()
    assert (pool.stage, pool.pieces) == ("lost", 2), "two stood, three it takes: the asked one counts for nothing"
    assert by_state(pool) == {"released": 2, "unmet": 1, "withdrawn": 2}


@pytest.mark.parametrize(
    ("begins", "ends", "late"),
    [
        (
            datetime(2027, 10, 20, 8, tzinfo=UTC),
            datetime(2027, 11, 19, 9, tzinfo=UTC),
            datetime(2028, 3, 10, 23, tzinfo=UTC),
        ),
        (
            datetime(2027, 3, 10, 9, tzinfo=UTC),
            datetime(2027, 4, 9, 8, tzinfo=UTC),
            datetime(2027, 7, 30, 22, tzinfo=UTC),
        ),
    ],
)
def test_days_are_days_in_the_halls_own_time(
    town: Town, settings: Any, begins: datetime, ends: datetime, late: datetime
) -> None:
    """At nine to ten in Berlin, whatever the clocks did meanwhile; late is when the promised day is over there."""
    settings.TIME_ZONE = "Europe/Berlin"
    clock.move(begins)
    gate = judge(town, at_gate(town), "go")
    actions.accept(by=town.ana, gate=gate)
    pool = Pool.objects.get()
    assert pool.deadline == ends
    assert pool.promised == (ends + timedelta(weeks=16)).date()
    assert pool.late_from == late


# ---- who may, and what is written


def test_two_say_yes_at_once_and_one_pool_is_open(town: Town, fakepay: Till) -> None:
    pool = at_the_gate(town, fakepay, 40, 40, 40)
    gate = went(town, pool)
    actions.accept(by=town.ana, gate=gate)
    with pytest.raises(Refusal):
        actions.accept(by=town.ana, gate=gate)
    assert Pool.objects.count() == 1
    assert len(acts("pool.opened")) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Pool.objects.create(product=pool.product, by=town.ana, minimum=1, stage="gathering", concept=True)
    assert Act.objects.get(verb="pool.opened").actor == town.ana


def test_somebody_parted_from_the_lead_pledges_without_a_voice(town: Town, fakepay: Till) -> None:
    pool = gathering(town, town.brand)
    pledged(town, fakepay, town.noor, pool, 40)
    people.block(by=town.ana, whom=town.noor)
    work.do_due()
    assert not Backing.objects.exists()
