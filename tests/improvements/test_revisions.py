"""The next revision: numbered without gaps, with what it took in and whose it was; and how much rests on that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from moothall.catalog import queries as catalog
from moothall.catalog.models import Product, Revision
from moothall.catalog.revisions import revisions_of
from moothall.config.invariants import offenders
from moothall.core import clock
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.feed import queries as feed
from moothall.improvements import actions, queries
from moothall.improvements.before_paying import told
from moothall.improvements.queries import Share
from moothall.orders import actions as orders
from moothall.orders import queries as orders_seen
from moothall.orders.models import BasketLine, OrderLine
from moothall.people import actions as people
from moothall.people.models import SHOP
from tests.improvements.made import asked, brought, fresh, known
from tests.town import NOBODY, Town, acts, lines_of, person, said, variants_of

pytestmark = pytest.mark.django_db


def test_dana_asks_and_revision_2_takes_it_in_and_she_is_told_before_paying(town: Town) -> None:
    """The promise of the whole: bought, asked, changed, told."""
    dana = person("Dana Reed", "dana")
    pot = town.product()
    variant = variants_of(pot)[0]
    assert lines_of(town.bought(dana, {variant: 1}))[0].revision == 1
    lid = asked(dana, pot)
    revision = brought(town.mira, pot, lid, words="The lid has a lip.")
    assert (revision.number, revision.asked) == (2, 1)
    one = fresh(lid)
    assert (one.state, one.revision, one.answered_by_id) == ("taken", 2, town.mira.pk)
    basket = town.basket_of(dana, {variants_of(pot)[0]: 1})
    (line,) = BasketLine.objects.filter(basket=basket).select_related("variant__product")
    says = told(dana, [line])[line.pk]
    assert (says.bought, says.new, says.asked) == (1, [(2, "The lid has a lip.")], ["A lid that stays on"])
    assert lines_of(town.bought(dana, {variants_of(pot)[0]: 1}))[0].revision == 2
    assert told(dana, [line]) == {}
    assert offenders() == {}


def test_only_who_has_an_earlier_one_is_told_and_only_of_what_came_since(town: Town) -> None:
    pot = town.product()
    brought(town.mira, pot, words="Two.")
    variant = variants_of(pot)[0]
    town.bought(town.ana, {variant: 1})
    brought(town.mira, pot, words="Three.")
    brought(town.mira, pot, words="Four.")
    line = BasketLine(pk=1, variant=variants_of(pot)[0])
    assert told(town.ana, [line])[1].new == [(4, "Four."), (3, "Three.")]
    assert told(town.ben, [line]) == told(None, [line]) == {}


def test_what_went_back_or_was_never_paid_is_not_had(town: Town) -> None:
    variant = town.variant()
    order = town.bought(town.ana, {variant: 1})
    placed = town.placed(town.ben, {variant: 1})
    orders.settle(payment=placed.payment, state=said(placed, ended=True))
    orders.cancel(by=town.mira, order=order, reason="None left")
    brought(town.mira, variant.product)
    line = BasketLine(pk=1, variant=variants_of(variant.product)[0])
    assert told(town.ana, [line]) == told(town.ben, [line]) == {}


def test_what_a_guest_bought_who_joined_since_is_had(town: Town) -> None:
    variant = town.variant()
    guest = people.make_guest(name="Gus")
    town.bought(guest, {variant: 1})
    type(guest).objects.filter(pk=guest.pk).update(became=town.noor)
    brought(town.mira, variant.product)
    line = BasketLine(pk=1, variant=variants_of(variant.product)[0])
    assert told(town.noor, [line])[1].bought == 1


def test_a_basket_without_revisions_is_asked_nothing(
    town: Town, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    variants = [town.variant(f"Pot {n}") for n in range(3)]
    lines = [BasketLine(pk=n, variant=variant) for n, variant in enumerate(variants)]
    with django_assert_num_queries(0):  # type: ignore[operator]
        told(town.ana, lines)
    for variant in variants[:2]:
        brought(town.mira, variant.product)
        variant.product.refresh_from_db()
    for viewer, number in ((town.ana, 1), (None, 0)):
        with django_assert_num_queries(number):  # type: ignore[operator]
            told(viewer, lines)


def test_with_nothing_that_was_asked_for_the_company_decided(town: Town) -> None:
    pot = town.product()
    lid = asked(town.ana, pot)
    brought(town.mira, pot, words="Cheaper to make.")
    brought(town.mira, pot, lid)
    decided = queries.decisions(revisions_of(pot), None)
    assert [(one.revision.number, one.of_company, one.cites) for one in decided] == [
        (3, False, [lid]),
        (2, True, []),
        (1, False, []),
    ]
    assert queries.share_of(town.brand) == Share(citing=1, revisions=2)
    assert queries.share_of(town.brand).percent == 50


@pytest.mark.parametrize(
    ("citing", "revisions", "percent"), [(0, 0, 0), (1, 3, 33), (2, 3, 67), (1, 200, 1), (3, 3, 100)]
)
def test_the_share_is_rounded_to_the_nearest(citing: int, revisions: int, percent: int) -> None:
    assert Share(citing, revisions).percent == percent


def test_it_is_recorded_and_reaches_who_follows_the_shop(town: Town) -> None:
    people.follow(by=town.noor, source=town.brand, channel=SHOP)
    pot = town.product()
    revision = brought(town.mira, pot, words="The lid has a lip.")
    (act,) = acts("revision.brought")
    assert (act.subject_kind, act.subject_id, act.actor_id, act.data) == (
        "revision",
        revision.pk,
        town.brand.pk,
        {"number": 2},
    )
    assert next(one.act.verb for one in feed.home(town.noor).items) == "revision.brought"


def test_the_page_that_is_kept_changes_with_it(town: Town) -> None:
    pot = town.product()
    keys = set()
    for words in ("", "Two.", "Three."):
        if words:
            brought(town.mira, pot, words=words)
        keys.add(catalog.whole(catalog.on_page(None).get(pk=pot.pk)).key)
    actions.take_back_revision(by=town.mira, product=pot, number=3)
    keys.add(catalog.whole(catalog.on_page(None).get(pk=pot.pk)).key)
    assert len(keys) == 4


def test_pressed_twice_it_is_one_and_with_other_words_another(town: Town) -> None:
    pot = town.product()
    lid = asked(town.ana, pot)
    assert brought(town.mira, pot, lid) == brought(town.mira, pot, fresh(lid))
    assert brought(town.mira, pot, words="Next.").number == 3
    assert brought(town.mira, pot, words="Next.").number == 3
    assert len(acts("revision.brought")) == 2


def test_what_was_answered_meanwhile_brings_nothing(town: Town) -> None:
    pot = town.product()
    lid, other = asked(town.ana, pot), asked(town.ben, pot, "A longer handle")
    actions.decline(by=town.mira, improvement=lid, answer="It would not close.")
    with pytest.raises(Refusal, match="meanwhile"):
        brought(town.mira, pot, lid, other)
    pot.refresh_from_db()
    assert (pot.revision, fresh(other).state, Revision.objects.filter(product=pot).count()) == (1, "open", 1)


def test_what_is_asked_of_another_product_is_not_taken_in(town: Town) -> None:
    pot, jug = town.product(), town.product("Jug")
    with pytest.raises(Refusal):
        brought(town.mira, pot, asked(town.ana, jug))
    assert Product.objects.get(pk=pot.pk).revision == 1


@pytest.mark.parametrize("words", ["", " \x00", "x" * 2001])
def test_it_says_what_is_new(town: Town, words: str) -> None:
    with pytest.raises(BadInput):
        brought(town.mira, town.product(), words=words)


def test_declined_with_a_reason_and_thought_over(town: Town) -> None:
    lid = asked(town.ana, town.product())
    for answer in ("", "x" * 401):
        with pytest.raises(BadInput):
            actions.decline(by=town.mira, improvement=lid, answer=answer)
    actions.decline(by=town.mira, improvement=lid, answer="It would not close.")
    assert (lid.state, lid.answer) == ("declined", "It would not close.")
    with pytest.raises(Refusal, match="already"):
        actions.decline(by=town.mira, improvement=lid, answer="No.")
    for _twice in range(2):
        actions.reopen(by=town.mira, improvement=lid)
    assert (fresh(lid).state, fresh(lid).answer, fresh(lid).answered) == ("open", "", None)
    assert len(acts("improvement.declined")) == len(acts("improvement.reopened")) == 1


def test_taken_back_within_a_day_while_nobody_bought_it(town: Town) -> None:
    variant = town.variant()
    pot = variant.product
    lid = asked(town.ana, pot)
    brought(town.mira, pot, lid)
    with pytest.raises(Refusal, match="Only the newest"):
        actions.take_back_revision(by=town.mira, product=pot, number=1)
    actions.take_back_revision(by=town.mira, product=pot, number=2)
    assert (fresh(lid).state, fresh(lid).revision) == ("open", None)
    assert Product.objects.get(pk=pot.pk).revision == 1
    assert offenders() == {}
    assert brought(town.mira, pot, fresh(lid)).number == 2
    town.placed(town.ana, {variants_of(pot)[0]: 1})
    with pytest.raises(Refusal, match="bought it already"):
        actions.take_back_revision(by=town.mira, product=pot, number=2)
    OrderLine.objects.all().update(revision=1)
    Revision.objects.filter(number=2).update(since=clock.now() - timedelta(days=1, minutes=1))
    with pytest.raises(Refusal, match="more than a day"):
        actions.take_back_revision(by=town.mira, product=pot, number=2)


def test_what_was_asked_on_a_revision_that_is_undone_is_asked_on_the_one_before(town: Town) -> None:
    pot = town.product()
    brought(town.mira, pot)
    lid = asked(town.ana, pot)
    actions.take_back_revision(by=town.mira, product=pot, number=2)
    assert fresh(lid).number == 1
    assert brought(town.mira, pot, fresh(lid)).number == 2
    assert offenders() == {}


def test_a_basket_that_was_looked_at_before_the_revision_is_looked_at_again(town: Town) -> None:
    variant = town.variant()
    basket = town.basket_of(town.ana, {variant: 1})
    seen = orders_seen.filled(town.ana, basket, "GB").fingerprint
    brought(town.mira, variant.product)
    with pytest.raises(Refusal, match="changed meanwhile"):
        orders.place_order(by=town.ana, basket=basket, contact=town.contact(), telling=NOBODY, key="one", seen=seen)


def test_strangers_bring_decline_and_undo_nothing(town: Town) -> None:
    pot = town.product()
    lid = asked(town.ana, pot)
    for by in (town.ana, town.noor):
        for refused in (
            lambda by=by: brought(by, pot, lid),
            lambda by=by: actions.decline(by=by, improvement=lid, answer="No."),
            lambda by=by: actions.reopen(by=by, improvement=lid),
            lambda by=by: actions.take_back_revision(by=by, product=pot, number=1),
        ):
            with pytest.raises(NotAllowed):
                refused()
    known(town.ana)
    assert (fresh(lid).state, Product.objects.get(pk=pot.pk).revision) == ("open", 1)
