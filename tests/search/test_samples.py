"""Two shops that others made, imported as they are, answer their shoppers as well as the town answers its own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.db import connection

from moothall.catalog import actions as catalog
from moothall.catalog.models import Product
from moothall.core import work
from tests.town import Town, owner_of

from .judging import judge, others_first
from .questions import APPAREL, HOME, Hoped

pytestmark = pytest.mark.django_db
SHOPS = {"apparel": APPAREL, "home-and-garden": HOME}


@pytest.fixture(params=SHOPS)
def shop(request: pytest.FixtureRequest, town: Town) -> tuple[str, Mapping[str, Hoped]]:
    place = os.environ.get("MOOTHALL_DATA")
    file = Path(place or ".") / f"shopify-{request.param}.csv"
    if not place or not file.exists():
        pytest.skip("MOOTHALL_DATA names no folder with Shopify's sample exports")
    catalog.begin_import(by=owner_of(town.brand), brand=town.brand, name=file.name, body=file.read_bytes())
    for _slice in range(9):
        work.do_due()
    names = {handle for hoped in SHOPS[request.param].values() for handle in hoped}
    drafts = list(Product.objects.filter(brand=town.brand, state="draft"))
    for product in drafts:
        catalog.publish(by=owner_of(town.brand), product=product)
    work.do_due()
    assert names <= set(Product.objects.filter(state="published").values_list("slug", flat=True))
    return request.param, SHOPS[request.param]


def test_a_shop_that_moved_in_answers_its_shoppers(shop: tuple[str, Mapping[str, Hoped]]) -> None:
    assert judge(*shop) >= 0.85
    assert len(others_first(*shop, connection.vendor)) <= 1
