"""Returns: asked for in time, never more than was sent, answered with words, closed by money or by words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from moothall.config.invariants import offenders
from moothall.core import clock, work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.orders import actions, afterwards, queries
from moothall.orders.models import Order, Refund, Return
from moothall.people import actions as people
from tests.town import Town, acts, lines_of, mails, signed_in, take_in

ANA, MIRA = "ana@example.org", "mira@example.org"


@pytest.fixture(autouse=True)
def _kept_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The readers write; what is written is not sent on, nor is the till asked for refunds."""
    monkeypatch.setattr(work, "_known", {"acts": work.known()["acts"]})


@pytest.fixture
def order(town: Town) -> Order:
    """Three pots, all sent."""
    order = town.bought(town.ana, {town.variant(price="38"): 3})
    actions.ship(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 3})
    work.do_due()
    return order


def asked(town: Town, order: Order, number: int = 1, **other: Any) -> Return:
    like = {"by": town.ana, "reason": "fit", "words": "Too wide for the hook"}
    return actions.ask_return(order=order, pieces={lines_of(order)[0].pk: number}, **{**like, **other})


def now(back: Return) -> Return:
    return Return.objects.select_related("order__purchase", "order__brand").get(pk=back.pk)


def left(order: Order) -> int:
    """How many pots may still be asked back, as a page says it."""
    return sum(afterwards.may_come_back(queries.whole(order), None).values())


def test_from_asking_to_the_money(town: Town, order: Order) -> None:
    back = asked(town, order, 2)
    assert (back.state, lines_of(order)[0].asked, left(order)) == ("asked", 2, 1)
    actions.agree_to_return(by=town.mira, back=back, answer="To the office,\nQuay Lane")
    actions.send_return(by=town.ana, back=now(back), carrier="Royal Mail", tracking="AB 12")
    actions.receive_return(by=town.mira, back=now(back))
    before = lines_of(order)[0].variant.available
    made = actions.close_return(by=town.mira, back=now(back), pieces={lines_of(order)[0].pk: 2}, restock=True)
    assert made is not None
    assert (made.amount, made.reason) == (7600, "Came back: It does not fit")
    pot = lines_of(order)[0]
    assert (pot.asked, pot.returned, pot.withheld, pot.kept) == (0, 2, 0, 1)
    assert pot.variant.available == before + 2
    assert (now(back).state, now(back).refund_id) == ("closed", made.pk)
    for verb in ("asked", "agreed", "sent", "arrived", "closed"):
        [act] = acts(f"return.{verb}")
        assert (act.subject_id, act.data) == (back.pk, {"order": order.pk})
    assert offenders() == {}


def test_each_step_is_told_to_the_one_who_waits(town: Town, order: Order) -> None:
    known = {ANA: len(mails(ANA)), MIRA: len(mails(MIRA))}

    def new(who: str) -> list[str]:
        work.do_due()
        found = mails(who)[known[who] :]
        known[who] += len(found)
        return [f"{mail.subject} {mail.text}" for mail in found]

    back = asked(town, order)
    [told] = new(MIRA)
    for words in ("asks to send back", "1 × Lidded pot", "It does not fit", "Too wide for the hook",
                  f"/desk/tidewater/returns/{back.public}"):  # fmt: skip
        assert words in told
    actions.agree_to_return(by=town.mira, back=back, answer="To <Quay> Lane")
    [told] = new(ANA)
    assert "takes it back" in told
    assert "To <Quay> Lane" in told
    assert "&lt;Quay&gt;" in mails(ANA)[-1].html
    actions.send_return(by=town.ana, back=now(back), carrier="Evri", tracking="H1")
    assert "Evri H1" in new(MIRA)[0]
    actions.receive_return(by=town.mira, back=now(back))
    assert "has what you sent back" in new(ANA)[0]
    actions.close_return(by=town.mira, back=now(back), pieces={lines_of(order)[0].pk: 1})
    assert [told.split(" ")[0] for told in new(ANA)] == ["£38"]
    assert new(MIRA) == []


def test_declined_or_kept_the_pieces_may_be_asked_for_again(town: Town, order: Order) -> None:
    actions.decline_return(by=town.mira, back=asked(town, order, 3), answer="It was cut to your measure")
    assert left(order) == 3
    again = asked(town, order, 3)
    actions.take_back_return(by=town.ana, back=again)
    actions.take_back_return(by=town.ana, back=now(again))
    assert len(acts("return.withdrawn")) == 1
    assert left(order) == 3
    work.do_due()
    assert "It was cut to your measure" in mails(ANA)[-1].text
    assert offenders() == {}


def test_closed_without_money_needs_words(town: Town, order: Order) -> None:
    back = asked(town, order)
    actions.agree_to_return(by=town.mira, back=back, answer="To us")
    with pytest.raises(BadInput) as refusal:
        actions.close_return(by=town.mira, back=now(back), pieces={})
    assert refusal.value.field == "answer"
    assert actions.close_return(by=town.mira, back=now(back), pieces={}, answer="It came in pieces") is None
    assert (now(back).state, left(order), Refund.objects.count()) == ("closed", 3, 0)
    work.do_due()
    assert "No money was given back" in mails(ANA)[-1].text
    assert offenders() == {}


def test_never_more_than_was_sent_and_is_not_in_another_return(town: Town) -> None:
    order = town.bought(town.ana, {town.variant(): 4})
    pot = lines_of(order)[0]
    with pytest.raises(Refusal):
        asked(town, order)
    actions.ship(by=town.mira, order=order, pieces={pot.pk: 2})
    asked(town, order)
    with pytest.raises(Refusal):
        asked(town, order, 2)
    asked(town, order)
    with pytest.raises(Refusal):
        asked(town, order)
    assert (Return.objects.count(), lines_of(order)[0].asked) == (2, 2)
    assert offenders() == {}


def test_what_came_back_does_not_keep_the_rest_from_being_sent(town: Town) -> None:
    """Two of three are sent and one of them comes back: the third is still to be sent."""
    order = town.bought(town.ana, {town.variant(): 3})
    pot = lines_of(order)[0]
    actions.ship(by=town.mira, order=order, pieces={pot.pk: 2})
    back = asked(town, order)
    actions.agree_to_return(by=town.mira, back=back, answer="To us")
    actions.close_return(by=town.mira, back=now(back), pieces={pot.pk: 1})
    pot = lines_of(order)[0]
    assert (pot.to_ship, pot.returned, pot.withheld, pot.kept) == (1, 1, 0, 1)
    assert left(order) == 1
    assert offenders() == {}


def test_pieces_paid_back_otherwise_cannot_be_asked_for(town: Town, order: Order) -> None:
    pot = lines_of(order)[0]
    actions.refund(by=town.mira, order=order, pieces={pot.pk: 2})
    assert left(order) == 1
    with pytest.raises(Refusal):
        asked(town, order, 2)
    back = asked(town, order)
    actions.agree_to_return(by=town.mira, back=back, answer="To us")
    actions.refund(by=town.mira, order=order, pieces={pot.pk: 1})
    with pytest.raises(Refusal):
        actions.close_return(by=town.mira, back=now(back), pieces={pot.pk: 1})
    assert now(back).state == "agreed"
    actions.close_return(by=town.mira, back=now(back), pieces={}, answer="You have the money already")
    assert offenders() == {}


def test_only_so_long_after_sending(town: Town) -> None:
    actions.set_imprint(by=town.mira, brand=town.brand, name=town.name(return_days=14))
    order = town.bought(town.ana, {town.variant(): 2})
    pot = lines_of(order)[0]
    actions.ship(by=town.mira, order=order, pieces={pot.pk: 1})
    clock.move(clock.now() + timedelta(days=10))
    actions.ship(by=town.mira, order=order, pieces={pot.pk: 1})
    clock.move(clock.now() + timedelta(days=5))
    with pytest.raises(Refusal):
        asked(town, order, 2)
    asked(town, order, 1)
    with pytest.raises(Refusal):
        asked(town, order, 1)
    clock.move(clock.now() + timedelta(days=15))
    assert afterwards.may_come_back(queries.whole(order), 14) == {}


def test_what_goes_back_at_closing_was_in_the_return(town: Town, order: Order) -> None:
    back = asked(town, order)
    actions.agree_to_return(by=town.mira, back=back, answer="To us")
    with pytest.raises(Refusal):
        actions.close_return(by=town.mira, back=now(back), pieces={lines_of(order)[0].pk: 2})
    other = town.bought(town.ana, {town.variant("Cup"): 1})
    with pytest.raises(BadInput):
        actions.close_return(by=town.mira, back=now(back), pieces={lines_of(other)[0].pk: 1})
    assert (now(back).state, Refund.objects.count()) == ("agreed", 0)


def test_no_step_is_taken_twice_or_out_of_turn(town: Town, order: Order) -> None:
    back = asked(town, order)
    pot = lines_of(order)[0].pk
    for do in (
        lambda: actions.send_return(by=town.ana, back=back),
        lambda: actions.receive_return(by=town.mira, back=back),
        lambda: actions.close_return(by=town.mira, back=back, pieces={pot: 1}),
    ):
        with pytest.raises(Refusal):
            do()
    actions.agree_to_return(by=town.mira, back=back, answer="To us")
    for again in (actions.agree_to_return, actions.decline_return):
        with pytest.raises(Refusal):
            again(by=town.mira, back=back, answer="No")
    actions.send_return(by=town.ana, back=back)
    with pytest.raises(Refusal):
        actions.take_back_return(by=town.ana, back=back)
    actions.close_return(by=town.mira, back=back, pieces={pot: 1})
    with pytest.raises(Refusal):
        actions.close_return(by=town.mira, back=back, pieces={pot: 1})
    assert Refund.objects.count() == 1
    assert offenders() == {}


def test_strangers_and_agents_are_refused(town: Town, order: Order) -> None:
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="agent")
    with pytest.raises(NotAllowed):
        asked(town, order, by=town.noor)
    back = asked(town, order)
    for who in (town.noor, town.ben, town.ana):
        for do in (actions.agree_to_return, actions.decline_return):
            with pytest.raises(NotAllowed):
                do(by=who, back=back, answer="Yes")
        with pytest.raises(NotAllowed):
            actions.receive_return(by=who, back=back)
        with pytest.raises(NotAllowed):
            actions.close_return(by=who, back=back, pieces={}, answer="x")
    for who in (town.noor, town.mira):
        with pytest.raises(NotAllowed):
            actions.take_back_return(by=who, back=back)
        with pytest.raises(NotAllowed):
            actions.send_return(by=who, back=back)
    assert now(back).state == "asked"


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"reason": "?"}, "reason"),
        ({"words": "x" * 401}, "words"),
        ({"number": 0}, "pieces"),
        ({"number": -1}, "pieces"),
    ],
)
def test_what_cannot_be_asked(town: Town, order: Order, other: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refusal:
        asked(town, order, **other)
    assert refusal.value.field == field
    assert not Return.objects.exists()


STEPS = some.lists(
    some.tuples(
        some.sampled_from(["ask", "agree", "decline", "keep", "send", "arrive", "close", "refund", "ship"]),
        some.integers(0, 3),
        some.integers(1, 3),
    ),
    max_size=14,
)


@given(STEPS)
def test_whatever_is_done_in_whatever_order_the_books_agree(town: Town, steps: list[tuple[str, int, int]]) -> None:
    order = town.bought(town.ana, {town.variant(price="7"): 4})
    pot = lines_of(order)[0].pk
    backs: list[Return] = []
    for step, which, number in steps:
        back = now(backs[which % len(backs)]) if backs else None
        try:
            if step == "ask":
                backs.append(asked(town, order, number))
            elif step == "ship":
                actions.ship(by=town.mira, order=order, pieces={pot: number})
            elif step == "refund":
                actions.refund(by=town.mira, order=order, pieces={pot: number})
            elif back is None:
                continue
            elif step == "close":
                actions.close_return(by=town.mira, back=back, pieces={pot: number})
            elif step in ("agree", "decline"):
                do = actions.agree_to_return if step == "agree" else actions.decline_return
                do(by=town.mira, back=back, answer="So be it")
            elif step == "arrive":
                actions.receive_return(by=town.mira, back=back)
            else:
                (actions.take_back_return if step == "keep" else actions.send_return)(by=town.ana, back=back)
        except Refusal:
            pass
        line = lines_of(order)[0]
        assert 0 <= line.kept <= line.shipped
        assert left(order) == max(0, line.kept - line.asked)
    assert offenders() == {}


# ---- on pages


def test_the_buyer_asks_from_the_order_page_and_what_was_typed_is_kept(town: Town, order: Order) -> None:
    client, line = signed_in(town.ana), lines_of(order)[0]
    address = f"/orders/{order.purchase.public}/returns/{order.public}"
    assert address in client.get(f"/orders/{order.purchase.public}").content.decode()
    typed = {f"pieces-{line.public}": "9", "reason": "damaged", "words": "Both <handles>"}
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There are not that many that can go back." in page
    assert 'value="9"' in page
    assert "Both &lt;handles&gt;" in page
    assert client.post(address, typed | {f"pieces-{line.public}": "2"}).status_code == 302
    page = client.get(f"/orders/{order.purchase.public}").content.decode()
    assert "2 × Lidded pot" in page
    assert f"/returns/{Return.objects.get().public}/end" in page


def test_odd_numbers_are_refused_with_words(town: Town, order: Order) -> None:
    client, line = signed_in(town.ana), lines_of(order)[0]
    address = f"/orders/{order.purchase.public}/returns/{order.public}"
    for odd in ("-1", "x", "1.5", "99999", "٣", "\x00", "0", ""):
        answer = client.post(address, {f"pieces-{line.public}": odd, "reason": "fit"})
        assert answer.status_code == 422, odd
    assert not Return.objects.exists()


def test_a_guest_sends_back_too(town: Town) -> None:
    guest = people.make_guest(name="Gil Guest")
    order = town.bought(guest, {town.variant(): 1})
    line = lines_of(order)[0]
    actions.ship(by=town.mira, order=order, pieces={line.pk: 1})
    client = Client()
    session = client.session
    session["guest"] = guest.public
    session.save()
    client.cookies["session"] = session.session_key
    address = f"/orders/{order.purchase.public}/returns/{order.public}"
    assert client.post(address, {f"pieces-{line.public}": "1", "reason": "other"}).status_code == 302
    back = Return.objects.get()
    assert (back.by, back.state) == (guest, "asked")
    actions.agree_to_return(by=town.mira, back=now(back), answer="To us")
    assert client.post(f"/returns/{back.public}/parcel", {"carrier": "DHL", "tracking": "1 2"}).status_code == 302
    assert now(back).state == "sent"
    page = client.get(f"/orders/{order.purchase.public}").content.decode()
    assert "tracking-id=12" in page
    assert 'rel="noreferrer noopener"' in page
    assert Client().post(f"/returns/{back.public}/end").status_code == 404


def test_the_desk_sees_what_waits_and_keeps_what_was_typed(town: Town, order: Order) -> None:
    back = asked(town, order, 2)
    client = signed_in(town.mira)
    assert "Returns (1)" in client.get("/desk/tidewater").content.decode()
    assert back.public in client.get("/desk/tidewater/returns").content.decode()
    address = f"/desk/tidewater/returns/{back.public}"
    answer = client.post(address, {"step": "decline", "answer": " "})
    assert answer.status_code == 422
    assert "Say why; the buyer reads it." in answer.content.decode()
    assert client.post(address, {"step": "agree", "answer": "To us"}).status_code == 302
    assert "Returns (" not in client.get("/desk/tidewater").content.decode()
    line = lines_of(order)[0].public
    typed = {"step": "close", f"pieces-{line}": "3", "answer": "Thank you kindly", "restock": "yes"}
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("There are not that many in this return.", "Thank you kindly", 'value="3"'):
        assert words in page
    assert client.post(address, typed | {f"pieces-{line}": "2"}).status_code == 302
    assert Refund.objects.get().amount == 7600
    assert client.post(address, {"step": "nonsense"}).status_code == 422


def test_forms_of_the_desk_keep_what_was_typed(town: Town) -> None:
    order = town.bought(town.ana, {town.variant(): 2})
    line, client = lines_of(order)[0].public, signed_in(town.mira)
    address = f"/desk/tidewater/orders/{order.public}"
    answer = client.post(f"{address}/shipments", {f"pieces-{line}": "3", "carrier": "Evri", "tracking": "H1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("There are not that many left to send.", 'value="3"', 'value="Evri"', 'value="H1"'):
        assert words in page
    answer = client.post(f"{address}/refunds", {f"pieces-{line}": "x", "reason": "So it is", "restock": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("How many? Give a whole number.", 'value="x"', 'value="So it is"', 'value="1" checked'):
        assert words in page
    assert not Refund.objects.exists()
