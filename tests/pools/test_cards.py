"""The card and who may leave one: heard of in time, asked once more before the end, and never a fault of a page."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from fakepay.webhooks import sign
from moothall.catalog import actions as catalog
from moothall.config.invariants import offenders
from moothall.core import clock, work
from moothall.core.refusals import NotAllowed, Refusal
from moothall.pools import actions, queries
from moothall.pools.actions import pledging
from moothall.pools.models import Pledge
from tests.api.callers import Till as Program
from tests.conftest import SECRET, Till
from tests.pools.ground import begun, crowd, over, pledged, pool_of, states
from tests.town import Town, acts, mails, signed_in, take_in


def page_of(pledge: Pledge) -> str:
    """The session of its page, opened."""
    return actions.open_card_page(pledge=pledge).rsplit("/", 1)[1]


def told(session: dict[str, Any], secret: str = SECRET) -> int:
    body = json.dumps({"data": {"object": session}}).encode()
    signature = {"Stripe-Signature": sign(body, secret, int(time.time()))}
    return Client().post("/hooks/stripe", body, content_type="application/json", headers=signature).status_code


def test_the_providers_word_of_a_card_is_heard_at_once(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    session = page_of(begun(town, town.ana, pool))
    Pledge.objects.update(due=clock.now() + timedelta(minutes=10))
    assert fakepay.pay(session) == "paid"
    setup = {"object": "checkout.session", "id": session, "mode": "setup"}
    assert told(setup, "whsec_of_nobody") == 400
    work.do_due()
    assert states(pool) == ["started"]
    for _twice in range(2):
        assert told(setup) == 204
    work.do_due()
    assert states(pool) == ["standing"]
    for other in (setup, setup | {"id": "cs_of_nobody"}):
        assert told(other) == 204
    work.do_due()
    assert states(pool) == ["standing"]
    assert offenders() == {}


def test_there_is_a_last_look_before_the_end(town: Town, fakepay: Till) -> None:
    """Pledged long before, the card given in the last minutes, and the browser closed."""
    pool = pool_of(town)
    session = page_of(begun(town, town.ana, pool))
    for minutes in (20, 50, 54, 59):
        clock.move(pool.ends - timedelta(minutes=60 - minutes))
        work.do_due()
    assert fakepay.pay(session) == "paid"
    clock.move(pool.ends - timedelta(seconds=5))
    work.do_due()
    assert states(pool) == ["standing"]


def test_a_card_that_nobody_heard_of_before_the_end_is_told_and_forgotten(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    kept = {one["id"] for one in fakepay.state()["customers"]}
    given, never = begun(town, town.ana, pool), begun(town, town.ben, pool)
    session = page_of(given)
    page_of(never)
    assert fakepay.pay(session) == "paid"
    clock.move(pool.ends + timedelta(seconds=2))
    actions.look_after_pool(work.claim(work.known()["pools"])[0])
    assert states(pool) == ["withdrawn", "withdrawn"]
    for _twice in range(2):
        work.do_due()
    assert [act.subject_id for act in acts("pledge.released")] == [given.pk], "who left no card is told nothing"
    assert "Your card came too late" in mails("ana@example.org")[-1].text
    assert not mails("ben@example.org")
    assert {one["id"] for one in fakepay.state()["customers"]} <= kept, "and it is forgotten"
    assert offenders() == {}


def test_taken_back_in_time_a_card_is_forgotten_without_a_word(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    made = begun(town, town.ana, pool)
    assert fakepay.pay(page_of(made)) == "paid"
    actions.withdraw(by=town.ana, pledge=made)
    work.do_due()
    assert not acts("pledge.released")


def test_where_the_provider_says_no_the_page_says_so(town: Town, fakepay: Till) -> None:
    """The worker goes on with it as a fault, and at last it stands before the steward."""
    pool = pool_of(town)
    made = begun(town, town.ana, pool)
    page_of(made)
    Pledge.objects.filter(pk=made.pk).update(session="cs_of_another_account")
    ana = signed_in(town.ana)
    page = ana.get(f"{queries.address(pool)}/card", follow=True)
    assert (page.status_code, "The bank knows nothing of this card" in page.content.decode()) == (200, True)
    looked = Program(town.ana).client.post(f"/api/v1/pledges/{made.public}/look")
    assert looked.status_code == 409
    clock.move(clock.now() + timedelta(minutes=1))
    work.do_due()
    made.refresh_from_db()
    assert "ProviderRefused" in made.error


def test_an_old_pledge_opens_no_door(town: Town, fakepay: Till) -> None:
    """Taken back, and the thing is gone from the shelf: one sees nothing, and can pledge for nothing."""
    pool = pool_of(town)
    back, stays = begun(town, town.ana, pool), pledged(town, fakepay, town.ben, pool)
    actions.withdraw(by=town.ana, pledge=back)
    catalog.withdraw(by=town.mira, product=pool.product)
    with pytest.raises(NotAllowed):
        begun(town, town.ana, pool)
    assert signed_in(town.ana).get(queries.address(pool)).status_code == 404
    assert signed_in(town.ben).get(queries.address(pool)).status_code == 200
    assert begun(town, town.ben, pool, 2).pk == stays.pk, "who is in it may change what they said"
    assert queries.may_pledge(town.ben, pool)
    left = signed_in(town.ben).post(f"/pledges/{stays.public}/end")
    assert (left.status_code, left["Location"]) == (302, "/you/pledges")


def test_who_joins_the_team_meanwhile_does_not_carry_it(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    pledged(town, fakepay, town.ana, pool, 3)
    pledged(town, fakepay, town.ben, pool, 3)
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="agent")
    over(pool)
    assert (pool.price, pool.pieces, states(pool)) == (3400, 3, ["paid", "released"])
    said = mails("ben@example.org")[-1].text
    assert "You are in the team of Tidewater Kitchen: others have to carry what it makes." in said
    assert offenders() == {}


def test_a_team_alone_brings_nothing_about(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    pledged(town, fakepay, town.ben, pool, 3)
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="agent")
    assert (over(pool).stage, states(pool)) == ("lost", ["released"])
    assert offenders() == {}


def test_how_many_came_by_a_link_is_told_when_it_could_be_anybody(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    mine = pledged(town, fakepay, town.ana, pool)
    found = []
    for one in crowd(4):
        pledged(town, fakepay, one, pool, came_with=mine.public)
        found.append(queries.came_with(mine))
    assert found == [0, 0, 3, 4]


def test_what_changed_meanwhile_is_not_written_over(town: Town, fakepay: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their page ended while they pressed: the old row stays as it is."""
    pool = pool_of(town)
    made = begun(town, town.ana, pool)
    page_of(made)
    with_room = pledging._with_room

    def meanwhile(*asked: Any) -> bool:
        Pledge.objects.filter(pk=made.pk).update(state=Pledge.WITHDRAWN)
        return with_room(*asked)

    monkeypatch.setattr(pledging, "_with_room", meanwhile)
    with pytest.raises(Refusal):
        begun(town, town.ana, pool, 2)
