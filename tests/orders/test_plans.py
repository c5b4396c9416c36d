"""What is asked about one buyer is found by an index, however large the hall is and however much was bought."""

from __future__ import annotations

import pytest
from django.db import connection

from moothall.orders import queries
from tests.town import Town


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL plans by what the tables hold, and here it is little"
)
def test_a_buyers_purchases_are_never_looked_for_among_everybodys(town: Town) -> None:
    for rows in (queries.purchases_of(town.ana), queries.unpaid(town.ana)):
        plan = rows.explain()
        assert "SEARCH orders_purchase" in plan
        assert "SCAN" not in plan, plan
    assert "payment_of_payer" in queries.unpaid(town.ana).explain()
