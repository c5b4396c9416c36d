"""Run as a process in a hall's surroundings: a pool with pledges whose cards the till keeps, by the hall's own actions.
Prints what a test needs to know."""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import django


def main() -> None:
    """`pledging NUMBER SECONDS`: so many people pledge in a pool that ends so long after the last of them."""
    django.setup()
    print(json.dumps(pool_of(int(sys.argv[1]), float(sys.argv[2]))))


def pool_of(number: int, seconds: float) -> dict[str, object]:
    import requests  # noqa: PLC0415 — Django has to be set up first
    from django.conf import settings  # noqa: PLC0415

    from moothall.activity.models import Pending  # noqa: PLC0415
    from moothall.catalog.models import Variant  # noqa: PLC0415
    from moothall.core import clock  # noqa: PLC0415
    from moothall.orders.actions.paying import Contact  # noqa: PLC0415
    from moothall.people.models import Profile  # noqa: PLC0415
    from moothall.pools import actions  # noqa: PLC0415
    from moothall.pools.ladder import Rung  # noqa: PLC0415
    from moothall.pools.models import Pool  # noqa: PLC0415
    from tests import town as the_town  # noqa: PLC0415

    mira = Profile.objects.get(handle="mira")
    spoon = Variant.objects.select_related("product__brand").get(product__title="Spoon")
    offer = actions.Offer([Rung(2, 450), Rung(max(number // 2, 3), 400)], clock.now() + timedelta(hours=2))
    pool = actions.open_pool(by=mira, product=spoon.product, offer=offer)
    people = [the_town.person(f"Guest {n}", f"guest{n}") for n in range(number)]
    for n, one in enumerate(people):
        contact = Contact(f"guest{n}@example.org", f"Guest {n}", "1 Pier", "TR26 1AA", "St Ives", "GB")
        wanted = actions.Wanted(spoon, 1 + n % 3, 450)
        pledge = actions.pledge(by=one, pool=pool, wanted=wanted, contact=contact)
        session = actions.open_card_page(pledge=pledge).rsplit("/", 1)[1]
        paid = {"session": session, "card": "4242424242424242"}
        assert requests.post(f"{settings.STRIPE_API}/_card", json=paid, timeout=20).json()["outcome"] == "paid"
        pledge.refresh_from_db()
        assert actions.look_after_card(pledge=pledge).state == "standing"
    Pending.objects.all().delete()  # their mails are no part of any test
    ends = clock.now() + timedelta(seconds=seconds)
    Pool.objects.filter(pk=pool.pk).update(deadline=ends, due=ends)
    return {
        "pool": pool.public,
        "sessions": [the_town.signed_in(one).cookies["session"].value for one in people[:20]],
    }


if __name__ == "__main__":
    main()
