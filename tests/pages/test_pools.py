"""The pages of group buys, as a browser without JavaScript meets them."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from lxml import html

from moothall.core import clock, work
from moothall.core.jinja import exact
from moothall.payments.models import Payment
from moothall.people import actions as people
from moothall.people.models import SHOP
from moothall.pools import actions, queries
from moothall.pools.models import Pledge, Pool
from tests.conftest import Till
from tests.pools.ground import LADDER, NO_MONEY, begun, over, pledged, pool_of
from tests.town import Town, sends, signed_in, variants_of

pytestmark = pytest.mark.django_db
HOME = {
    "email": "ana@example.org",
    "name": "Ana Lima",
    "street": "3 Quay",
    "postcode": "TR26 1LP",
    "town": "St Ives",
    "country": "GB",
}


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return " ".join(str(html.fromstring(answer.content).text_content()).split())


def typed(client: Client, pool: Pool, **other: str) -> dict[str, str]:
    """The pledge form as it stands on the page, with Ana's address."""
    answer = client.get(queries.address(pool))
    form = next(one for one in html.fromstring(answer.content).forms if one.get("action") == queries.address(pool))
    return {name: value or "" for name, value in form.form_values()} | HOME | other


def test_from_the_list_to_a_kept_card_and_back(town: Town, fakepay: Till) -> None:
    sends(town.brand, "4")
    pool = pool_of(town, words="Fired in one go.")
    ana = signed_in(town.ana)
    assert "3 more, and it is £34 for all." in said(ana, "/pools")
    page = said(ana, queries.address(pool))
    assert "At most £38 in all, with £4 for sending" in page
    answer = ana.post(queries.address(pool), typed(ana, pool))
    assert answer.status_code == 302
    session = urlsplit(answer["Location"]).path.rsplit("/", 1)[1]
    assert "waits for your card" in said(ana, queries.address(pool))
    assert fakepay.pay(session) == "paid"
    back = ana.get(f"{queries.address(pool)}/card", follow=True)
    assert "You are in. Nothing was charged." in back.content.decode()
    page = said(ana, queries.address(pool))
    assert "Visa …4242" in page
    assert "Take your pledge back?" in page
    assert "you are in" in said(ana, "/you/pledges")
    pledge = Pledge.objects.get()
    assert f"?with={pledge.public}" in page
    assert ana.post(f"/pledges/{pledge.public}/end").status_code == 302
    assert "taken back" in said(ana, "/you/pledges")


def test_what_costs_more_than_was_shown_is_looked_at_first(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    ana = signed_in(town.ana)
    form = typed(ana, pool, quantity="3")
    answer = ana.post(queries.address(pool), form)
    assert answer.status_code == 422
    assert "Look at the most it may cost" in answer.content.decode()
    assert "At most £102 in all" in answer.content.decode()
    assert not Pledge.objects.exists()
    seen = re.search(r'name="seen" value="(\d+)"', answer.content.decode())
    assert seen
    assert ana.post(queries.address(pool), form | {"seen": seen[1]}).status_code == 302
    assert Pledge.objects.get().quantity == 3


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"quantity": "0"}, "greater than or equal to 1"),
        ({"quantity": "x\x00"}, "whole number"),
        ({"limit": "99"}, "From £27, the lowest price there is"),
        ({"limit": "free"}, "A price is a number"),
        ({"email": "nobody"}, "valid email"),
        ({"country": "XX"}, "valid choice"),
        ({"variant": "zzzz"}, "valid choice"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(town: Town, wrong: dict[str, str], sentence: str) -> None:
    pool = pool_of(town)
    ana = signed_in(town.ana)
    form = typed(ana, pool, street="9 Long Lane", **wrong)
    answer = ana.post(queries.address(pool), form)
    if "Look at the most" in answer.content.decode():
        seen = re.search(r'name="seen" value="(\d+)"', answer.content.decode())
        answer = ana.post(queries.address(pool), form | {"seen": seen[1] if seen else ""})
    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("&#39;", "'")
    assert "9 Long Lane" in answer.content.decode()
    assert not Pledge.objects.exists()


def test_nobody_sees_who_pledged(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    made = pledged(town, fakepay, town.ana, pool, 2)
    for who in (Client(), signed_in(town.noor), signed_in(town.mira)):
        page = who.get(queries.address(pool)).content.decode()
        assert made.public not in page
        assert "Ana" not in page
        assert "4242" not in page
    mira = signed_in(town.mira)
    desk = mira.get(f"/desk/tidewater/pools/{pool.public}").content.decode()
    assert "Ana" not in desk
    assert made.public not in desk
    for path in ("end", "card", "payment"):
        assert signed_in(town.noor).post(f"/pledges/{made.public}/{path}").status_code == 404


def test_the_product_says_that_it_is_cheaper_together(town: Town) -> None:
    pool = pool_of(town)
    path = f"/@tidewater/{pool.product.slug}"
    assert "Cheaper together: down to £27" in said(Client(), path)
    actions.cancel_pool(by=town.mira, pool=pool)
    assert "Cheaper together" not in said(Client(), path)


def test_who_follows_the_shop_hears_of_it_at_home(town: Town) -> None:
    people.follow(by=town.ana, source=town.brand, channel=SHOP)
    pool_of(town)
    assert "Tidewater Kitchen opened a group buy: Pot" in said(signed_in(town.ana), "/")
    assert "From 3 pieces £34 for all, down to £27." in said(signed_in(town.ana), "/")


def test_each_end_is_told(town: Town, fakepay: Till) -> None:
    for stage, words in (("lost", "Too few pledged in time"), ("won", "It came about: £34 each for all")):
        pool = pool_of(town, town.product(f"Pot {stage}", left=None))
        pledged(town, fakepay, town.ana, pool, 3 if stage == "won" else 1)
        assert over(pool).stage == stage
        assert words in said(Client(), queries.address(pool))
    work.do_due()
    assert "See your order" in said(signed_in(town.ana), queries.address(pool))


def test_after_a_refused_card_the_page_leads_to_another(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    made = pledged(town, fakepay, town.ana, pool, 3, card=NO_MONEY)
    over(pool)
    ana = signed_in(town.ana)
    assert "Pay £102 by another card" in said(ana, queries.address(pool))
    answer = ana.post(f"/pledges/{made.public}/payment")
    session = urlsplit(answer["Location"]).path.rsplit("/", 1)[1]
    assert fakepay.pay(session) == "paid"
    public = Pledge.objects.select_related("purchase").get(pk=made.pk).purchase
    assert public is not None
    assert ana.get(f"/orders/{public.public}/return").status_code == 302
    assert Payment.objects.get(pk=public.payment_id).state == "paid"


def test_the_desk_opens_one_and_calls_it_off(town: Town) -> None:
    product = town.product("Jug", left=None)
    mira = signed_in(town.mira)
    ends = (clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    form = {
        "product": product.slug,
        "pieces1": "3",
        "price1": "30",
        "pieces2": "6",
        "price2": "31",
        "deadline": ends,
        "grace_days": "3",
        "words": "All in one kiln.",
    }
    answer = mira.post("/desk/tidewater/pools", form)
    assert answer.status_code == 422
    assert "the lower the price" in answer.content.decode()
    assert "All in one kiln." in answer.content.decode()
    answer = mira.post("/desk/tidewater/pools", form | {"price2": "25.50"})
    pool = Pool.objects.get()
    assert answer["Location"] == f"/desk/tidewater/pools/{pool.public}"
    assert "£25.50" in said(mira, answer["Location"])
    assert signed_in(town.noor).post("/desk/tidewater/pools", form).status_code == 404
    assert mira.post(f"/desk/tidewater/pools/{pool.public}/end").status_code == 302
    assert "called off" in said(mira, "/desk/tidewater/pools")


def test_lists_without_anything_say_what_to_do(town: Town) -> None:
    assert "No group buy is open" in said(Client(), "/pools")
    assert "You have not pledged yet" in said(signed_in(town.ana), "/you/pledges")
    assert "There are none yet." in said(signed_in(town.mira), "/desk/tidewater/pools")


def test_a_pledge_that_waits_for_its_card_can_go_on(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    made = begun(town, town.ana, pool)
    ana = signed_in(town.ana)
    assert "Give your card" in said(ana, queries.address(pool))
    assert ana.post(f"/pledges/{made.public}/card")["Location"].startswith(fakepay.base)


def test_what_was_pledged_and_let_go_waits_in_no_basket(town: Town, fakepay: Till) -> None:
    pool = pool_of(town, town.product("Jug", left=8), LADDER[:2])
    made = pledged(town, fakepay, town.ana, pool, 3, card=NO_MONEY)
    over(pool)
    ana = signed_in(town.ana)
    ana.post(f"/pledges/{made.public}/payment")
    made.refresh_from_db()
    assert made.purchase is not None
    place = f"/orders/{made.purchase.public}"
    page = said(ana, place)
    assert "The pieces stay kept for you" in page
    assert "stay in your basket" not in page
    town.basket_of(town.ana, {variants_of(pool.product)[0]: 6})
    assert "Take 5" in said(ana, "/basket"), "the three that were pledged for are not for the shelf"
    assert ana.post(f"{place}/end", {"next": "/you/pledges"})["Location"] == "/you/pledges"
    page = said(ana, place)
    assert "What became of your pledge" in page
    assert "went back on the shelf" not in page
    assert "Open the basket" not in page


def test_what_is_charged_to_a_kept_card_is_not_offered_to_be_paid(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    pledged(town, fakepay, town.ana, pool, 3)
    fakepay.faults(api=[{"path": "/v1/payment_intents", "mode": "500", "times": 2}])
    over(pool)
    assert Payment.objects.get().state == "open"
    assert "Pay it or let it go" not in said(signed_in(town.ana), "/basket")


def test_the_team_is_told_why_it_cannot_pledge(town: Town) -> None:
    pool = pool_of(town)
    answer = signed_in(town.mira).post(queries.address(pool), HOME | {"next": "/pools"}, follow=True)
    page = answer.content.decode()
    assert "It is your own brand&#39;s group buy: others have to carry it." in page
    assert "This group buy is over" not in page


def test_each_page_says_how_long_the_pieces_are_kept(town: Town, fakepay: Till) -> None:
    """A card that was refused late has the whole grace from then on, at the desk too."""
    pool = pool_of(town)
    made = pledged(town, fakepay, town.ana, pool, 3, card=NO_MONEY)
    over(pool)
    late = pool.grace_ends + timedelta(days=1)
    Pledge.objects.filter(pk=made.pk).update(refused=late)
    day = exact(late + timedelta(days=3))
    assert f"Your pieces are kept until {day}" in said(signed_in(town.ana), queries.address(pool))
    assert f"Wait with sending until {day}" in said(signed_in(town.mira), f"/desk/tidewater/pools/{pool.public}")
