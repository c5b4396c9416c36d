"""What the till took for pledges, against what the hall says of them."""

from __future__ import annotations

from .hall import HallProcess

OVER = ("paid", "withdrawn", "released", "unmet")


def charged(hall: HallProcess) -> dict[str, list[int]]:
    """What the till took, by the purchase's payment: kept cards' charges name it in their metadata."""
    state = hall.state()
    names = {one["id"]: one["metadata"]["payment"] for one in state["payment_intents"] if "payment" in one["metadata"]}
    found: dict[str, list[int]] = {}
    for one in state["charges"]:
        found.setdefault(names[one["payment_intent"]], []).append(one["amount"] - one["amount_refunded"])
    return found


def each_is_charged_once_or_never(hall: HallProcess) -> None:
    """By person at the till and by pledge here, to the penny; who was charged has one paid order, who was not has
    none."""
    rows = hall.rows(
        "SELECT l.id, l.state, l.quantity * p.price + l.sending, y.public, y.state, COUNT(o.id) FROM pools_pledge l"
        " JOIN pools_pool p ON p.id = l.pool_id LEFT JOIN orders_purchase u ON u.id = l.purchase_id"
        " LEFT JOIN payments_payment y ON y.id = u.payment_id"
        " LEFT JOIN orders_order o ON o.purchase_id = u.id AND o.state = 'paid'"
        " GROUP BY l.id, l.state, l.quantity, p.price, l.sending, y.public, y.state"
    )
    taken = charged(hall)
    assert sorted(public for _pk, state, _amount, public, _paid, _n in rows if state == "paid") == sorted(taken)
    for _pk, state, amount, public, paid, orders in rows:
        assert state in OVER, state
        if state == "paid":
            assert taken[public] == [amount], "once, at the price for all"
            assert (paid, orders) == ("paid", 1)
        else:
            assert public is None
    assert hall.one("SELECT COUNT(*) FROM orders_purchase WHERE id NOT IN (SELECT purchase_id FROM pools_pledge"
                    " WHERE purchase_id IS NOT NULL)") == 0, "a purchase that is no pledge's"  # fmt: skip
    hall.check()
