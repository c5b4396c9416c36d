"""Run as a process: makes so many paid orders, whose readers have not read them yet."""

from __future__ import annotations

import sys

import django


def main() -> None:
    django.setup()
    from moothall.catalog.models import Variant  # noqa: PLC0415 — Django has to be set up first
    from moothall.orders import actions as orders  # noqa: PLC0415
    from moothall.orders.actions.paying import Contact, Telling  # noqa: PLC0415
    from moothall.people.models import Profile  # noqa: PLC0415
    from tests.town import said  # noqa: PLC0415

    ana = Profile.objects.get(handle="ana")
    spoon = Variant.objects.select_related("product").get(product__slug="spoon")
    contact = Contact("ana@example.org", "Ana Lima", "3 Quay", "TR26 1LP", "St Ives", "GB")
    for n in range(int(sys.argv[1])):
        basket = orders.basket_for(owner=ana, token="")
        orders.put(basket=basket, variant=spoon)
        purchase = orders.place_order(by=ana, basket=basket, contact=contact, telling=Telling(), key=f"heap-{n}")
        orders.settle(payment=purchase.payment, state=said(purchase, paid=True))


if __name__ == "__main__":
    main()
