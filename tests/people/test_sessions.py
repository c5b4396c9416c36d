"""What a browser holds of a session is a name, nothing that can be read."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.core import clock, work
from moothall.outbox.models import Mail
from moothall.people.browsers import browser_words
from moothall.people.models import Account, SignIn
from moothall.people.sessions import SessionStore
from tests.town import PASSWORD, Town, acts, mails, signed_in

pytestmark = pytest.mark.django_db


def test_no_cookie_tells_the_code_that_was_mailed(town: Town) -> None:
    client = Client()
    client.post("/account/password/reset/", {"email": "ana@example.org"})
    work.do_due()
    code = re.search(r"\b[A-Z0-9]{4}-?[A-Z0-9]{4}\b", Mail.objects.latest("pk").text)
    assert code
    assert code.group() not in "".join(morsel.value for morsel in client.cookies.values())
    session = client.cookies["session"].value
    assert re.fullmatch(r"[a-z0-9]{32}", session)


def test_signing_out_everywhere_ends_every_session(town: Town) -> None:
    phone, laptop = signed_in(town.ana), signed_in(town.ana)
    assert laptop.get("/you").status_code == 200
    phone.post("/you/sessions/end")
    assert laptop.get("/you").status_code == 302
    assert phone.get("/you").status_code == 302


LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
    "Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def ana(town: Town) -> Account:
    """Ana's account, its address proved."""
    account = Account.objects.get(profile=town.ana)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


def by_password(agent: str = LINUX, client: Client | None = None) -> Client:
    client = client or Client()
    client.post("/account/login/", {"login": "ana@example.org", "password": PASSWORD}, headers={"user-agent": agent})
    return client


def test_a_browser_is_listed_by_what_it_calls_itself_and_ended_at_its_next_request(ana: Account) -> None:
    laptop, phone = by_password(LINUX), by_password(IPHONE)
    page = laptop.get("/you/security").content.decode()
    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    assert page.count("</svg>this one<") == 1
    other = SignIn.objects.get(browser="Safari on iPhone")
    laptop.post(f"/you/sessions/{other.public}/end")
    assert phone.get("/you").status_code == 302
    assert laptop.get("/you").status_code == 200
    assert [act.data for act in acts("account.session_ended")] == [{"count": 1}]


def test_nobody_ends_a_session_of_somebody_else(ana: Account, town: Town) -> None:
    mine = by_password()
    public = SignIn.objects.get(account=ana).public
    signed_in(town.noor).post(f"/you/sessions/{public}/end")
    assert mine.get("/you").status_code == 200


def test_signing_out_everywhere_else_leaves_this_one(ana: Account) -> None:
    here, there, third = by_password(), by_password(), by_password()
    here.post("/you/sessions/others/end")
    assert [one.get("/you").status_code for one in (here, there, third)] == [200, 302, 302]


def test_everything_of_a_session_that_says_where_somebody_is_stays_out(ana: Account) -> None:
    client = Client()
    client.post(
        "/account/login/", {"login": "ana@example.org", "password": PASSWORD}, headers={"user-agent": "x" * 5000},
        REMOTE_ADDR="203.0.113.9",
    )  # fmt: skip
    row = SignIn.objects.get(account=ana)
    assert row.browser == "a browser"
    assert "203.0.113.9" not in str(SessionStore().decode(row.session_data))


def test_the_day_is_noted_by_what_is_done_never_by_what_is_read(ana: Account) -> None:
    client = by_password()
    clock.move(clock.now() + timedelta(days=2))
    with CaptureQueriesContext(connection) as read:
        client.get("/you/security")
    assert not [one["sql"] for one in read if one["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
    before = SignIn.objects.get(account=ana)
    client.post("/@ben/follow")
    after = SignIn.objects.get(account=ana)
    assert (after.seen - before.seen).days == 2
    assert (after.begun, after.public) == (before.begun, before.public)
    with CaptureQueriesContext(connection) as done:
        client.post("/@ben/follow/end")
    assert not [one["sql"] for one in done if one["sql"].startswith("UPDATE") and "signin" in one["sql"]]


def test_a_new_browser_is_told_by_mail_and_a_known_one_is_not(ana: Account) -> None:
    client = by_password()
    assert [mail.subject for mail in mails("ana@example.org")] == ["New sign-in: Firefox on Linux"]
    client.post("/account/logout/")
    by_password(client=client)
    assert len(mails("ana@example.org")) == 1
    by_password(IPHONE)
    assert len(mails("ana@example.org")) == 2
    assert len(acts("account.signed_in")) == 2
    assert "ana" not in client.cookies["known"].value


def test_a_new_password_signs_out_all_others_and_is_told(ana: Account) -> None:
    here, there = by_password(), by_password()
    new = "another slow kettle"
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert [one.get("/you").status_code for one in (here, there)] == [200, 302]
    assert SignIn.objects.filter(account=ana).count() == 1
    work.do_due()
    assert mails("ana@example.org")[-1].subject == "Your password was changed"


def test_a_changed_mail_address_is_told_to_the_old_one(ana: Account) -> None:
    EmailAddress.objects.create(user=ana, email="new@example.org", verified=True, primary=False)
    client = by_password()
    client.post("/account/email/", {"email": "new@example.org", "action_primary": "1"})
    ana.refresh_from_db()
    assert ana.email == "new@example.org"
    assert mails("ana@example.org")[-1].subject == "Your mail address was changed"
    assert not mails("new@example.org")


CHANGES = [
    ("/you/sessions/others/end", {}),
    ("/you/sessions/bcdfghjkmn/end", {}),
    ("/you/security/app", {"code": "1"}),
    ("/you/security/app/end", {}),
    ("/you/security/codes", {}),
    ("/you/security/passkeys/new", {"credential": "{}"}),
    ("/account/email/", {"email": "new@example.org", "action_add": "1"}),
]


@pytest.mark.parametrize(("address", "body"), CHANGES)
def test_who_signed_in_long_ago_says_again_who_they_are(ana: Account, address: str, body: dict[str, str]) -> None:
    client = signed_in(ana.profile, ago=601)
    assert client.post(address, body)["Location"].startswith("/account/reauthenticate/?next=")
    assert not signed_in(ana.profile, ago=590).post(address, body).get("Location", "").startswith("/account/reauth")


def test_what_was_asked_is_done_once_one_said_again_who_one_is(ana: Account) -> None:
    there = by_password()
    client = signed_in(ana.profile, ago=3600)
    way = client.post("/you/sessions/others/end")["Location"]
    wrong = client.post(way, {"password": "not it at all"})
    assert wrong.status_code == 200
    assert there.get("/you").status_code == 200
    client.post(way, {"password": PASSWORD, "next": "/you/sessions/others/end"})
    assert there.get("/you").status_code == 302
    assert client.get("/you").status_code == 200


def test_the_words_of_browsers() -> None:
    edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"
    chrome = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
    said = [browser_words(agent) for agent in (LINUX, IPHONE, edge, chrome, "curl/8.5", "")]
    words = ["Firefox on Linux", "Safari on iPhone", "Edge on Windows", "Chrome on Android", "a browser", "a browser"]
    assert said == words
