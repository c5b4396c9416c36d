"""Lists ask as many questions for twenty rows as for one, and tell of all rows by their cursors."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.catalog import actions as catalog
from moothall.core.countries import CODES
from moothall.orders import actions as orders
from moothall.orders.actions.transfers import Account as BankAccount
from moothall.people import actions as people
from moothall.people.models import SHOP, Account
from moothall.prices import actions as prices
from tests.api.callers import OPERATIONS, secret_of
from tests.pages.places import CSV
from tests.town import NOBODY, Town, lines_of, money, person, take_in

pytestmark = pytest.mark.django_db
LISTS = {
    "products": "/products",
    "brands": "/brands",
    "acts": "/profiles/ana/acts",
    "home": "/home",
    "follows": "/follows",
    "blocks": "/blocks",
    "mutes": "/mutes",
    "circles": "/circles",
    "shares": "/shares",
    "purchases": "/purchases",
    "orders": "/orders",
    "desk_orders": "/desks/tidewater/orders",
    "desk_products": "/desks/tidewater/products",
    "imports": "/desks/tidewater/imports",
    "import_lines": "/desks/tidewater/imports/{run}/lines",
    "team": "/desks/tidewater/team",
    "vouchers": "/desks/tidewater/vouchers",
    "zones": "/desks/tidewater/zones",
    "accounts": "/steward/people",
    "works": "/steward/works",
    "awaited": "/steward/transfers",
    "paybacks": "/steward/paybacks",
}
BUDGET = {"orders": 14, "desk_orders": 15, "home": 11, "acts": 9, "works": 30}  # else
FEW = 6
FIXED = {"works"}  # as many rows as there are kinds of work


def test_every_list_is_asked() -> None:
    found = {name for name, one in OPERATIONS.items() if getattr(one.gives, "__name__", "").startswith("ListOf")}
    assert found == LISTS.keys()


def fill(town: Town, rows: range) -> None:
    """In each row one more of everything that Mira, who is a steward too, may list."""
    me = town.mira
    orders.set_bank(by=me, account=BankAccount("The Hall", "12-34-56 12345678"))
    for n in rows:
        variant = town.variant(f"Pot {n}", sizes=("Small",))
        friend, other = person(f"Friend {n}", f"friend-{n}"), person(f"Other {n}", f"other-{n}")
        people.open_brand(by=other, name=f"Brand {n}", handle=f"brand-{n}")
        people.follow(by=me, source=friend)
        people.block(by=me, whom=other)
        people.mute(by=me, whom=person(f"Loud {n}", f"loud-{n}"))
        people.join_circle(by=me, circle=people.make_circle(by=me, name=f"Circle {n}"), person=friend)
        take_in(by=me, brand=town.brand, person=friend, role="agent")
        for who in (me, friend, town.ana):
            order = town.bought(who, {variant: 1})
            orders.share(by=who, line=lines_of(order)[0], reach="public", words=f"Number {n}")
        basket = town.basket_of(friend, {variant: 1})
        promised = orders.place_order(
            by=friend, basket=basket, contact=town.contact(f"F{n}"), telling=NOBODY, key="bank", method="transfer"
        )
        orders.receive_transfer(by=me, payment=promised.payment, amount=1, reference=f"B-{n}")
        prices.make_zone(by=me, brand=town.brand, plan=prices.Plan(f"Zone {n}", [CODES[n]], [prices.Row(money("4"))]))
        prices.make_voucher(by=me, brand=town.brand, offer=prices.Offer(f"CODE-{n}", percent=10))
        catalog.begin_import(by=me, brand=town.brand, name=f"{n}.csv", body=CSV)


def pages_of(client: Client, name: str, path: str) -> list[Any]:
    """All rows, five at a time where a list takes a number."""
    found: list[Any] = []
    cursor, takes = "", "limit" in OPERATIONS[name].queries
    while True:
        asked = {"limit": 5} if takes else {}
        answer = client.get(f"/api/v1{path}", asked | ({"cursor": cursor} if cursor else {})).json()
        found += answer["items"]
        cursor = answer["next"]
        if not cursor:
            return found


def test_lists_keep_their_budget_and_their_rows(town: Town, settings: Any) -> None:
    settings.API_LIMITS = {}
    people.make_steward(account=Account.objects.get(profile=town.mira))
    people.follow(by=town.mira, source=town.brand, channel=SHOP)
    client = Client(headers={"Authorization": f"Bearer {secret_of(town.mira)}"})
    counts: list[dict[str, int]] = []
    wrong: list[str] = []
    for rows in (range(1), range(1, 20)):
        fill(town, rows)
        counts.append({name: queries(client, path) for name, path in LISTS.items() if "{" not in path})
    for name, number in counts[1].items():
        if number > counts[0][name] or number > BUDGET.get(name, FEW):
            wrong.append(f"{name} asks {counts[0][name]} queries with one row, {number} with twenty")
    for name, path in LISTS.items():
        if "{" not in path and name not in FIXED:
            rows_seen = [str(row) for row in pages_of(client, name, path)]
            if len(rows_seen) < 20 or len(set(rows_seen)) != len(rows_seen):
                wrong.append(f"{name}: {len(rows_seen)} rows, {len(set(rows_seen))} of them different")
    assert not wrong, "\n".join(wrong)


def queries(client: Client, path: str) -> int:
    assert client.get(f"/api/v1{path}").status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/api/v1{path}").status_code == 200
    return len(asked)


@pytest.mark.parametrize("cursor", ["x", "a" * 13, "1" * 13, "é", "%00", "9" * 20])
def test_an_odd_cursor_is_refused(town: Town, cursor: str) -> None:
    answer = Client().get("/api/v1/products", {"cursor": cursor})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "cursor"
