"""The ways in: a mailed code, an app's code as the second step, recovery codes; and how often one may try."""

from __future__ import annotations

import html
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone

from moothall.core import work
from moothall.people import queries
from moothall.people.models import Account, Limit, SignIn
from tests.town import PASSWORD, Town, acts, mails, signed_in


@pytest.fixture
def ana(town: Town) -> Account:
    account = Account.objects.get(profile=town.ana)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


def code_of(secret: str, ahead: int = 0) -> str:
    """What an app with this secret shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def page_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def set_up(client: Client) -> tuple[str, list[str]]:
    """The secret of the app and the recovery codes."""
    page = page_of(client.get("/you/security/app"))
    secret, sealed = re.search(r"<code>(\w+)</code>", page), re.search(r'name="sealed" value="([^"]+)"', page)
    assert secret
    assert sealed
    answer = client.post("/you/security/app", {"sealed": sealed[1], "code": code_of(secret[1])})
    return secret[1], re.findall(r"<li><code>(\d+)</code>", page_of(answer))


def by_password() -> Client:
    client = Client()
    client.post("/account/login/", {"login": "ana@example.org", "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/you").status_code == 200


def mailed_code(client: Client) -> str:
    client.post("/account/login/code/", {"email": "ana@example.org"})
    found = re.search(r"\b[A-Z0-9]{4}-?[A-Z0-9]{4}\b", mails("ana@example.org")[-1].text)
    assert found
    return found.group()


def test_a_mailed_code_opens_the_door_once(ana: Account) -> None:
    client = Client()
    code = mailed_code(client)
    assert not is_in(client)
    assert not is_in(Client())
    client.post("/account/login/code/confirm/", {"code": code})
    assert is_in(client)
    client.post("/account/logout/")
    client.post("/account/login/code/confirm/", {"code": code})
    assert not is_in(client)


def test_three_wrong_codes_void_the_right_one(ana: Account) -> None:
    client = Client()
    code = mailed_code(client)
    for _ in range(3):
        client.post("/account/login/code/confirm/", {"code": "ZZZZ-ZZZZ"})
    client.post("/account/login/code/confirm/", {"code": code})
    assert not is_in(client)


@pytest.mark.parametrize(
    ("address", "more"),
    [
        ("/account/login/code/", {}),
        ("/account/password/reset/", {}),
        ("/account/signup/", {"name": "Somebody", "password1": PASSWORD}),
    ],
)
def test_the_answer_does_not_tell_who_is_here(ana: Account, address: str, more: dict[str, str]) -> None:
    seen = []
    for email in ("ana@example.org", "nobody@example.org"):
        client = Client()
        answer = client.post(address, {"email": email} | more)
        page = client.get(answer["Location"])
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode()).replace(email, "X")
        seen.append((answer.status_code, answer["Location"], page.status_code, text))
        assert len(mails(email)) == 1, "and either gets one mail"
    assert seen[0] == seen[1]


def test_an_app_is_asked_for_after_the_password_and_after_the_mailed_code(ana: Account) -> None:
    secret, _codes = set_up(signed_in(ana.profile))
    by_mail = Client()
    by_mail.post("/account/login/code/confirm/", {"code": mailed_code(by_mail)})
    for client in (by_mail, by_password()):
        assert not is_in(client), "the first step alone opens nothing"
        assert "One more step" in page_of(client.get("/account/second-step"))
        client.post("/account/second-step", {"code": "000000"})
        assert not is_in(client)
    client.post("/account/second-step", {"code": code_of(secret, 1)})
    assert is_in(client)


def test_a_code_is_good_for_one_use(ana: Account) -> None:
    secret, _codes = set_up(signed_in(ana.profile))
    code = code_of(secret, 1)
    first, second = by_password(), by_password()
    first.post("/account/second-step", {"code": code})
    second.post("/account/second-step", {"code": code})
    assert is_in(first)
    assert not is_in(second)


def test_ten_recovery_codes_are_shown_once_and_each_lets_in_once(ana: Account) -> None:
    client = signed_in(ana.profile)
    _secret, codes = set_up(client)
    assert len(set(codes)) == 10
    for address in ("/you/security", "/you/security/codes"):
        assert not any(code in page_of(client.get(address)) for code in codes)
    for expected in (True, False):
        other = by_password()
        other.post("/account/second-step", {"code": codes[0]})
        assert is_in(other) == expected
    assert queries.codes_left(ana) == 9
    fresh = re.findall(r"<li><code>(\d+)</code>", page_of(client.post("/you/security/codes")))
    assert not set(fresh) & set(codes)
    other = by_password()
    other.post("/account/second-step", {"code": codes[1]})
    assert not is_in(other), "new codes void the old"
    assert len(acts("account.codes_made")) == 1


def test_looking_at_the_page_keeps_nothing_and_a_wrong_code_turns_nothing_on(ana: Account) -> None:
    client = signed_in(ana.profile)
    page = page_of(client.get("/you/security/app"))
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)
    assert sealed
    answer = client.post("/you/security/app", {"sealed": sealed[1], "code": "000000"})
    assert answer.status_code == 422
    assert sealed[1].split(":")[0] in page_of(answer), "the same secret, so that what was scanned holds"
    assert not Authenticator.objects.exists()


def test_nobody_sets_up_a_secret_that_another_account_was_shown(ana: Account, town: Town) -> None:
    page = page_of(signed_in(town.noor).get("/you/security/app"))
    secret, sealed = re.search(r"<code>(\w+)</code>", page), re.search(r'name="sealed" value="([^"]+)"', page)
    assert secret
    assert sealed
    client = signed_in(ana.profile)
    client.post("/you/security/app", {"sealed": sealed[1], "code": code_of(secret[1])})
    assert not Authenticator.objects.exists()


def test_the_second_step_is_turned_off_by_its_owner_and_told(ana: Account) -> None:
    client = signed_in(ana.profile)
    set_up(client)
    client.post("/you/security/app/end")
    assert not Authenticator.objects.exists()
    assert is_in(by_password())
    work.do_due()
    subjects = [mail.subject for mail in mails("ana@example.org")]
    assert "A second step was turned on" in subjects
    assert "The second step was turned off" in subjects


def test_a_passkey_alone_asks_nothing_of_who_comes_by_the_password(ana: Account) -> None:
    Authenticator.objects.create(user=ana, type="webauthn", data={"name": "Phone", "credential": {}})
    assert is_in(by_password())


@pytest.mark.parametrize("odd", ["", "x", "[]", "{}", '{"id":1}', '{"response":{}}', "null", '{"rawId":"\\u0000"}'])
def test_odd_answers_of_a_passkey_are_refused_in_words(ana: Account, odd: str) -> None:
    guest, client = Client(), signed_in(ana.profile)
    guest.post("/account/passkey/challenge", {"for": "sign-in"})
    client.post("/account/passkey/challenge", {"for": "add"})
    assert guest.post("/account/passkey", {"credential": odd}).status_code == 302
    assert not is_in(guest)
    assert client.post("/you/security/passkeys/new", {"credential": odd, "name": "P"}).status_code == 422
    assert client.post("/account/again/passkey", {"credential": odd}).status_code == 302
    set_up(client)
    half = by_password()
    half.post("/account/passkey/challenge", {"for": "second"})
    assert half.post("/account/second-step", {"credential": odd}).status_code in (200, 302)
    assert not is_in(half)


def test_wrong_passwords_are_counted_for_all_processes_together(ana: Account) -> None:
    for _ in range(5):
        Client().post("/account/login/", {"login": "ana@example.org", "password": "wrong"})
    assert Limit.objects.exists(), "in a table, not in the memory of a process"
    assert not is_in(by_password())
    Limit.objects.all().delete()
    assert is_in(by_password())


def test_wrong_codes_of_the_second_step_are_counted(ana: Account) -> None:
    secret, _codes = set_up(signed_in(ana.profile))
    client = by_password()
    for _ in range(6):
        client.post("/account/second-step", {"code": "000000"})
    client.post("/account/second-step", {"code": code_of(secret, 1)})
    assert not is_in(client)


def test_what_is_counted_tells_no_address_and_goes_when_its_time_is_over(ana: Account) -> None:
    login = {"login": "ana@example.org", "password": "wrong"}
    Client().post("/account/login/", login, REMOTE_ADDR="203.0.113.9")
    assert all(re.fullmatch("[0-9a-f]{64}", row.cache_key) for row in Limit.objects.all())
    Limit.objects.update(expires=timezone.now() - timedelta(minutes=1))
    SignIn.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(minutes=1))
    old = set(Limit.objects.values_list("pk", flat=True))
    assert is_in(by_password())
    assert not old & set(Limit.objects.filter(expires__lt=timezone.now()).values_list("pk", flat=True))
    assert not SignIn.objects.filter(session_key="old").exists()
