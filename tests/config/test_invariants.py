"""The file of invariants runs on this database, sees what is broken, and the command says so."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from moothall.config.invariants import FILE, offenders, queries, warnings
from moothall.core import clock
from moothall.orders.models import Allocation, Order, Share
from moothall.outbox.actions import put
from moothall.outbox.models import Mail
from moothall.payments.models import Capture, Check, Payment
from tests.town import Town, lines_of

TABLES = (
    "ledger",
    "payments",
    "prices",
    "orders",
    "catalog",
    "people",
    "activity",
    "notices",
    "api",
    "talk",
    "polls",
    "moderation",
    "pools",
)


def test_every_query_is_read() -> None:
    assert len(queries()) == FILE.read_text().count("-- name: ") > 50
    assert all(sql.strip().startswith(("SELECT", "WITH", "-- (")) for sql in queries().values())


@pytest.mark.django_db
def test_an_empty_hall_is_well() -> None:
    assert offenders() == {}


def test_a_town_with_an_order_is_well(town: Town) -> None:
    town.bought(town.ana, {town.variant(): 2})
    assert offenders() == {}


def test_what_is_broken_is_seen(town: Town) -> None:
    order = town.bought(town.ana, {town.variant(): 2})
    line = lines_of(order)[0]
    Order.objects.update(total=1)
    Allocation.objects.update(refunded=1)
    Payment.objects.update(state=Payment.OPEN)
    Check.objects.all().delete()
    Share.objects.create(by=town.noor, line=line, product=line.variant.product, reach="public")
    found = offenders()
    assert {
        "an order's total is the sum of its lines",
        "each order has its whole total allocated from its purchase's payment",
        "what was refunded of an order is the sum of its refunds, and no more than was allocated",
        "a payment is paid if and only if exactly one capture of its amount was kept",
        "an order stands as its payment does",
        "each open payment is looked after",
        "a hold is held while its payment is open, sold when paid, released when it ended",
        "a share is by who bought it, of a paid thing, for a circle of their own if for one",
        "each share is recorded once, and its end once",
    } <= set(found)


def test_a_lost_ledger_row_is_seen(town: Town) -> None:
    town.bought(town.ana, {town.variant(): 2})
    Capture.objects.update(amount=1)
    assert "the provider's book holds what was kept less what was refunded" in offenders()


def test_the_command_says_ok(town: Town) -> None:
    town.bought(town.ana, {town.variant(): 2})
    out = StringIO()
    call_command("hall_check", stdout=out)
    assert out.getvalue().count(" ok ") == len(queries())


def test_the_command_ends_with_one_and_shows_at_most_five(town: Town) -> None:
    for _ in range(6):
        town.bought(town.ana, {town.variant(): 1})
    Order.objects.update(total=1)
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("hall_check", stdout=out)
    assert end.value.code == 1
    after = out.getvalue().split("6 offenders  an order's total is the sum of its lines\n")[1]
    assert len(after.split(" ok ")[0].strip().splitlines()) == 5


@pytest.mark.django_db
def test_dead_work_is_a_warning_and_no_offender() -> None:
    put(key="k", to="a@example.org", subject="s", text="t")
    Mail.objects.update(dead=clock.now(), error="SMTPException: no")
    assert warnings() == [f"mail #{Mail.objects.get().pk} is dead: SMTPException: no"]
    assert offenders() == {}


@pytest.mark.django_db
def test_all_tables_of_rows_that_matter_are_asked() -> None:
    """Who adds a table decides whether it has an invariant: named here are those that have none, and why is in
    their models."""
    without = {
        "activity_latest", "catalog_import", "catalog_importline", "catalog_option", "catalog_picturefetch",
        "catalog_productpicture", "catalog_revision", "orders_basket", "orders_basketline",
        "notices_choice", "notices_hours", "people_limit", "people_mute", "people_nomail", "people_tally",
        "pools_milestone", "prices_terms", "talk_mention", "talk_postmention",
    }  # fmt: skip
    tables = {name for name in connection.introspection.table_names() if name.split("_")[0] in TABLES}
    text = FILE.read_text()
    asked = tables & set(re.findall(r"\w+", text))
    assert tables - asked - without == set()
