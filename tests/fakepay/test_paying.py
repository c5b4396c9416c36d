"""The hosted page as a shopper without JavaScript meets it."""

import http.client
import re
import time
from typing import Any

import pytest
import requests

GOOD, DECLINED, STEP, LOST = "4242 4242 4242 4242", "4000000000000002", "4000-0000-0000-3220", "4000000000000119"


def test_the_page_shows_what_is_paid_and_guards_itself(till: Any) -> None:
    price = {"currency": "eur", "unit_amount": 123456, "product_data": {"name": "<b>Pot & lid</b>"}}
    session = till.open(line_items=[{"price_data": price, "quantity": 1}])
    page = requests.get(session.url, timeout=5)
    assert page.status_code == 200
    assert "€1,234.56" in page.text
    assert "&lt;b&gt;Pot &amp; lid&lt;/b&gt;" in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self' http://127.0.0.1:9" in policy
    assert not re.search(r"<script|style=|\son\w+=", page.text)
    assert 'href="http://127.0.0.1:9/basket"' in page.text
    assert requests.get(f"{till.base}/style.css", timeout=5).headers["Content-Type"].startswith("text/css")


def test_a_good_card_pays_and_leads_back(till: Any) -> None:
    session = till.open()
    answer = till.submit(session, GOOD)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"http://127.0.0.1:9/thanks?session={session.id}"
    assert till.session(session.id).payment_status == "paid"
    assert "This is paid" in requests.get(f"{till.base}/pay/{session.id}", timeout=5).text
    assert b"4242424242424242" not in till.db.read_bytes()


def test_a_declined_card_leaves_the_session_open(till: Any) -> None:
    session = till.open()
    answer = till.submit(session, DECLINED)
    assert answer.status_code == 402
    assert "This card was declined. Please try another card." in answer.text
    assert 'aria-describedby="number-wrong"' in answer.text
    assert 'value="04/39"' in answer.text
    assert DECLINED not in re.sub(r'<section class="note".*', "", answer.text, flags=re.DOTALL)
    declined = till.session(session.id)
    assert declined.status == "open"
    intent = till.client.v1.payment_intents.retrieve(declined.payment_intent)
    assert (intent.status, intent.amount_received, intent.latest_charge) == ("requires_payment_method", 0, None)
    assert intent.last_payment_error.code == "card_declined"
    assert till.submit(session, GOOD).status_code == 303
    assert till.session(session.id).payment_intent == intent.id


def test_a_second_step_is_confirmed_or_failed(till: Any) -> None:
    session = till.open()
    confirm = f"{till.base}/pay/{session.id}/confirm"
    answer = till.submit(session, STEP)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/pay/{session.id}/confirm")
    intent = till.session(session.id).payment_intent
    assert till.client.v1.payment_intents.retrieve(intent).status == "requires_action"
    assert "Confirm this payment" in requests.get(confirm, timeout=5).text
    failed = requests.post(confirm, data={"step": "fail"}, timeout=5)
    assert failed.status_code == 402
    assert "nothing was charged" in failed.text
    # Without an attempt that waits for it, there is nothing to confirm.
    assert requests.post(confirm, data={"step": "confirm"}, allow_redirects=False, timeout=5).status_code == 303
    assert till.state()["charges"] == []
    till.submit(session, STEP)
    done = requests.post(confirm, data={"step": "confirm"}, allow_redirects=False, timeout=5)
    assert done.headers["Location"].startswith("http://127.0.0.1:9/thanks")
    assert till.session(session.id).payment_status == "paid"


def test_a_lost_answer_charges_all_the_same(till: Any, ear: Any, soon: Any) -> None:
    till.faults(page_delay_s=0.4)
    session, begun = till.open(), time.monotonic()
    answer = till.submit(session, LOST)
    assert answer.status_code == 504
    assert time.monotonic() - begun >= 0.4
    assert till.session(session.id).payment_status == "paid"
    soon(lambda: "checkout.session.completed" in ear.types())


def test_pressing_pay_twenty_times_charges_once(till: Any, at_once: Any) -> None:
    session = till.open()
    answers = at_once(20, lambda: till.submit(session, GOOD))
    assert {answer.status_code for answer in answers} == {303}
    state = till.state()
    assert len(state["charges"]) == len(state["payment_intents"]) == 1
    assert [event["type"] for event in state["events"]].count("payment_intent.succeeded") == 1


def test_twenty_drivers_at_once_charge_once(till: Any, at_once: Any) -> None:
    session = till.open()
    outcomes = at_once(20, lambda: till.card(session, GOOD)["outcome"])
    assert sorted(outcomes) == ["already"] * 19 + ["paid"]
    assert len(till.state()["charges"]) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"number": ""}, "Please enter a card number."),
        ({"number": "4242 4242 4242 4241"}, "This is not a card number."),
        ({"number": "٤٢٤٢" * 4}, "This is not a card number."),
        ({"number": "5555 5555 5555 4444"}, "Please do not use a real card."),
        ({"expiry": "13/39"}, "Please write month and year"),
        ({"expiry": "01/20"}, "This card has expired."),
        ({"expiry": "\x00"}, "Please write month and year"),
        ({"cvc": "12"}, "The security code has 3 or 4 digits."),
        ({"cvc": "<script>"}, "The security code has 3 or 4 digits."),
    ],
)
def test_bad_input_is_answered_with_a_sentence(counter: Any, fields: dict[str, str], sentence: str) -> None:
    session = counter.open()
    answer = counter.submit(session, **{"number": GOOD, **fields})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert counter.state()["payment_intents"] == []


def test_a_test_card_is_filled_in_without_javascript(till: Any) -> None:
    answer = till.submit(till.open(), "", fill="4000000000003220", expiry="05/35", cvc="")
    assert 'value="4000 0000 0000 3220"' in answer.text
    assert 'value="05/35"' in answer.text


def test_strange_requests_are_answered(till: Any) -> None:
    assert requests.get(f"{till.base}/pay/cs_test_none", timeout=5).status_code == 404
    assert requests.get(f"{till.base}/nowhere", timeout=5).status_code == 404
    session = till.open()
    assert requests.post(session.url, data=b"\xff\xfe=%", timeout=5).status_code in (400, 422)
    assert requests.get(session.url, headers={"Host": "evil.example"}, timeout=5).status_code == 421


def test_one_connection_serves_one_request_after_another(till: Any) -> None:
    session, base = till.open(), till.base.removeprefix("http://")
    door = http.client.HTTPConnection(base, timeout=5)
    for method, path, status in (
        ("POST", "/v1/checkout/sessions", 401),
        ("HEAD", f"/pay/{session.id}", 200),
        ("GET", f"/pay/{session.id}", 200),
        ("POST", "/v1/nowhere", 401),
        ("GET", "/style.css", 200),
    ):
        door.request(method, path, body=b"a=b" if method == "POST" else None)
        answer = door.getresponse()
        answer.read()
        assert (answer.status, answer.will_close) == (status, False)
    door.request("POST", "/v1/refunds", body=iter([b"a", b"b"]), encode_chunked=True)
    assert door.getresponse().status == 411
    door.close()
