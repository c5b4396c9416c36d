"""The outbox: decided once in a transaction, sent afterwards, tried again until it is gone."""

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail as sent
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from moothall.core import clock, hall, work
from moothall.outbox.actions import put, write
from moothall.outbox.models import Mail
from tests.town import Town

pytestmark = pytest.mark.django_db


def letter(key: str = "paid abc", **other: str) -> None:
    put(
        **{"key": key, "to": "ana@example.org", "subject": "Thank you", "text": "Words", "html": "<p>Words</p>"} | other
    )


@pytest.fixture
def demo_hall() -> Iterator[None]:
    hall.change(demo=True)
    yield
    hall.hall.cache_clear()


def test_a_mail_is_written_then_sent_once() -> None:
    letter()
    assert not sent.outbox
    work.do_due()
    work.do_due()
    [one] = sent.outbox
    assert (one.to, one.subject, one.body) == (["ana@example.org"], "Thank you", "Words")
    assert one.alternatives[0][:2] == ("<p>Words</p>", "text/html")
    row = Mail.objects.get()
    assert row.sent is not None
    assert (row.due, row.dead) == (work.NEVER, None)


def test_the_same_key_is_one_mail() -> None:
    letter()
    letter(text="Other words")
    assert Mail.objects.get().text == "Words"


def test_it_goes_with_its_transaction() -> None:
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_a_subject_is_one_line_and_all_is_cut() -> None:
    letter(subject="Hi\r\nBcc: all@example.org" + "x" * 300, text="t" * 30_000, html="h" * 70_000)
    row = Mail.objects.get()
    assert "\n" not in row.subject
    assert "\r" not in row.subject
    assert (len(row.subject), len(row.text), len(row.html)) == (200, 20_000, 60_000)
    work.do_due()
    assert sent.outbox[0].extra_headers["Message-ID"] == "<paid.abc@127.0.0.1>"


def test_a_server_that_is_away_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: object, messages: object) -> int:
        raise smtplib.SMTPServerDisconnected("gone")

    letter()
    clock.move(clock.now())
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", away)
        work.do_due()
    row = Mail.objects.get()
    assert (row.sent, row.tries, row.error) == (None, 1, "SMTPServerDisconnected: gone")
    work.do_due()
    assert not sent.outbox
    clock.move(clock.now() + timedelta(seconds=2))
    work.do_due()
    assert len(sent.outbox) == 1


def test_one_bad_address_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = EmailBackend.send_messages

    def choosy(self: EmailBackend, messages: list[object]) -> int:
        if messages[0].to == ["bad@example.org"]:  # type: ignore[attr-defined]
            raise smtplib.SMTPRecipientsRefused({})
        return kept(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", choosy)
    letter("one", to="bad@example.org")
    letter("two")
    work.do_due()
    assert [one.to for one in sent.outbox] == [["ana@example.org"]]
    assert Mail.objects.get(key="one").tries == 1


@pytest.mark.usefixtures("demo_hall")
def test_in_a_demo_nothing_leaves_and_all_is_marked_sent() -> None:
    letter()
    work.do_due()
    assert not sent.outbox
    assert Mail.objects.get().sent is not None


def test_written_from_a_template_both_faces_say_the_same(town: Town) -> None:
    order = town.bought(town.ana, {town.variant(): 1})
    refund = SimpleNamespace(order=order, money="£1", payback=SimpleNamespace(said="Tom & Co <3"))
    write(key="k", to="a@example.org", subject="S", template="orders/mail/refund_failed", refund=refund, link="/x")
    row = Mail.objects.get()
    assert "Tom & Co <3" in row.text
    assert "Tom &amp; Co &lt;3" in row.html
    assert "http://127.0.0.1:8000/x" in row.text
