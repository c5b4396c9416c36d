"""Mails tell buyer and team of each step, once, in plain words."""

import pytest

from moothall.activity.actions import replay
from moothall.core import work
from moothall.core.hall import hall
from moothall.orders import actions
from moothall.orders.models import Order
from moothall.people import actions as people
from tests.town import Town, lines_of, mails, said, take_in


@pytest.fixture(autouse=True)
def _kept_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The readers write; what is written is not sent on, nor is the till asked for refunds."""
    only = {"acts": work.known()["acts"]}
    monkeypatch.setattr(work, "_known", only)


def subjects(to: str) -> list[str]:
    return [mail.subject for mail in mails(to)]


ANA, MIRA = "ana@example.org", "mira@example.org"


def bought(town: Town) -> Order:
    order = town.bought(town.ana, {town.variant("Salt & pepper <pots>", sizes=("S",)): 3})
    work.do_due()
    return order


def test_paid_is_told_to_the_buyer_once_for_all_brands(town: Town) -> None:
    wool = town.another_brand()
    purchase = town.placed(town.ana, {town.variant(): 2, town.variant("Scarf", price="20", brand=wool): 1})
    work.do_due()
    assert not mails()
    for _ in range(2):
        actions.settle(payment=purchase.payment, state=said(purchase, paid=True))
        work.do_due()
    assert subjects(ANA) == [f"Thank you: your order {purchase.public}"]
    [mail] = mails(ANA)
    for face in (mail.text, mail.html):
        for word in (
            "Tidewater Kitchen",
            "North Wool",
            "2 × Lidded pot",
            "£76",
            "£20",
            "3 Quay",
            "St Ives",
            hall().name,
        ):
            assert word in face
        assert "private until you share it" in face
    assert len(subjects(MIRA)) == len(subjects("ola@example.org")) == 1
    assert "Scarf" not in mails(MIRA)[0].text
    assert "£20" not in mails(MIRA)[0].html


def test_owners_and_sellers_hear_of_a_sale_and_no_other_role(town: Town) -> None:
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="seller")
    take_in(by=town.mira, brand=town.brand, person=town.noor, role="maker")
    order = bought(town)
    sold = f"Sold: order {order.public}, £114"
    assert subjects(MIRA).count(sold) == 1
    assert subjects("ben@example.org") == [sold]
    assert subjects("noor@example.org") == []
    assert any("for Ana Lima in St Ives" in mail.text for mail in mails(MIRA))


def test_plain_text_is_plain_and_html_is_escaped(town: Town) -> None:
    bought(town)
    for mail in (*mails(ANA), *mails(MIRA)):
        assert "Salt & pepper <pots>" in mail.text
        assert "<pots>" not in mail.html
        assert "Salt &amp; pepper &lt;pots&gt;" in mail.html


def test_shipped_in_parts(town: Town) -> None:
    order = bought(town)
    line = lines_of(order)[0]
    actions.ship(by=town.mira, order=order, pieces={line.pk: 1}, carrier="Royal Mail", tracking="RM123")
    work.do_due()
    actions.ship(by=town.mira, order=order, pieces={line.pk: 2})
    work.do_due()
    part, rest = mails(ANA)[1:]
    assert (part.subject, rest.subject) == ("Part of your order is on its way", "Your order is on its way")
    assert "Royal Mail, number RM123" in part.text
    assert "The rest follows" in part.text
    assert "number" not in rest.text
    assert "The rest follows" not in rest.html


def test_refunds_and_cancellations(town: Town) -> None:
    order = bought(town)
    actions.refund(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1}, reason="Chipped")
    actions.cancel(by=town.mira, order=order, reason="The kiln broke")
    work.do_due()
    assert sorted(subjects(ANA)[1:]) == [
        "Tidewater Kitchen cannot send your order",
        "£38 goes back to you",
        "£76 goes back to you",
    ]
    texts = " ".join(mail.text for mail in mails(ANA))
    assert "Chipped" in texts
    assert "The kiln broke" in texts


def test_read_again_nothing_is_sent_twice(town: Town) -> None:
    order = bought(town)
    actions.cancel(by=town.mira, order=order, reason="The kiln broke")
    work.do_due()
    before = len(mails())
    for reader in ("mail buyer: paid", "mail buyer: refunded", "mail buyer: cancelled"):
        assert replay(reader) == 1
    assert replay("notices") >= 3
    work.do_due()
    assert len(mails()) == before == 4


def test_a_guest_gets_the_mail_at_the_address_given(town: Town) -> None:
    town.bought(people.make_guest(name="Gus"), {town.variant(): 1})
    work.do_due()
    assert len(subjects("gus@example.org")) == 1
