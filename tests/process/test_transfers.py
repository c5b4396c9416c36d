"""What many stewards say of the same transfer at the same moment is said once; and who lets go while it arrives has
either paid, or gets it back."""

from __future__ import annotations

import os

import pytest

from .conftest import Opened
from .crowd import at_once
from .hall import HallProcess
from .shopper import Form, Shopper, public_in

ROUNDS = int(os.environ.get("RACE_ROUNDS", "3"))
PRESSES = 20

pytestmark = pytest.mark.race


def opened(a_hall: Opened) -> HallProcess:
    """A hall that takes transfers."""
    hall = a_hall("web", "till", processes=2, threads=8)
    stella = Shopper(hall, "stella")
    form = stella.form("/steward/bank", "/steward/bank")
    assert stella.post(form, holder="The Hall", account="GB29NWBK60161331926819").status_code == 302
    return hall


def promised(shopper: Shopper) -> str:
    """A purchase of two spoons that waits for a transfer; its public id."""
    shopper.put("spoon", 2)
    answer = shopper.post(shopper.checkout(), method="transfer")
    return public_in(shopper.get(answer.headers["location"]))


def arrival(hall: HallProcess, public: str, reference: str) -> tuple[Shopper, Form]:
    stella = Shopper(hall, "stella")
    address = f"/steward/transfers/{public}"
    form = stella.form(address, address)
    form.fields["reference"] = reference
    return stella, form


def count(hall: HallProcess, table: str, where: str) -> int:
    return int(hall.one(f"SELECT COUNT(*) FROM {table} WHERE {where}"))


def test_twenty_stewards_note_the_same_arrival(a_hall: Opened) -> None:
    hall = opened(a_hall)
    for round in range(ROUNDS):
        public = promised(Shopper(hall))
        stella, form = arrival(hall, public, f"B-{round}")
        answers = at_once(lambda _one, stella=stella, form=form: stella.post(form).status_code, range(PRESSES))
        assert answers == [302] * PRESSES
        assert count(hall, "payments_capture", "method = 'transfer'") == round + 1
        assert count(hall, "activity_act", "verb = 'transfer.arrived'") == round + 1
        assert not count(hall, "payments_payback", "1 = 1")
        assert hall.one("SELECT state FROM payments_payment ORDER BY id DESC LIMIT 1") == "paid"
    hall.check()


def test_it_arrives_while_the_buyer_lets_go(a_hall: Opened) -> None:
    hall = opened(a_hall)
    for round in range(ROUNDS):
        shopper = Shopper(hall)
        public = promised(shopper)
        end = shopper.form(f"/orders/{public}", f"/orders/{public}/end")
        stella, form = arrival(hall, public, f"B-{round}")

        def press(
            n: int, shopper: Shopper = shopper, stella: Shopper = stella, end: Form = end, form: Form = form
        ) -> int:
            return (stella.post(form) if n % 2 else shopper.post(end)).status_code

        assert set(at_once(press, range(PRESSES))) == {302}
        state = hall.one("SELECT state FROM payments_payment ORDER BY id DESC LIMIT 1")
        use = hall.one("SELECT use FROM payments_capture ORDER BY id DESC LIMIT 1")
        assert (state, use) in {("paid", "kept"), ("ended", "returned")}
    assert count(hall, "payments_capture", "1 = 1") == ROUNDS
    hall.check()


def test_it_is_sent_back_once(a_hall: Opened) -> None:
    hall = opened(a_hall)
    public = promised(Shopper(hall))
    stella, form = arrival(hall, public, "B-1")
    assert stella.post(form, amount="1").status_code == 302
    address = f"/steward/paybacks/{hall.one('SELECT public FROM payments_payback')}"
    form = stella.form(address, address)
    answers = at_once(
        lambda n: stella.web.post(address, data=form.fields | {"reference": f"OUT-{n}"}).status_code, range(PRESSES)
    )
    assert answers == [302] * PRESSES
    assert count(hall, "activity_act", "verb = 'transfer.returned'") == 1
    assert count(hall, "payments_payback", "state = 'done'") == 1
    hall.check()
