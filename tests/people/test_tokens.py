"""Tokens: made, shown once, found by their secret, ended; nothing but a hash is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from moothall.core import clock, work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import tokens
from moothall.people.models import Account, Token
from tests.town import Town, acts, mails, signed_in

pytestmark = pytest.mark.django_db


def account(town: Town, name: str = "ana") -> Account:
    return Account.objects.get(profile=getattr(town, name))


def test_a_token_is_made_recorded_and_mailed(town: Town) -> None:
    made, secret = tokens.make_token(account=account(town), name=" Till ", scopes=["buy", "read"], days=30)
    assert (made.name, made.words) == ("Till", ["read", "buy"])
    assert secret.startswith("moot_")
    assert len(secret) > 40
    assert made.ends
    assert timedelta(days=29) < made.ends - clock.now() <= timedelta(days=30)
    (act,) = acts("token.made")
    assert (act.actor, act.subject_id, act.data) == (town.ana, made.pk, {})
    work.do_due()
    (mail,) = [mail for mail in mails("ana@example.org") if "token" in mail.subject]
    assert "Till" in mail.subject
    assert secret not in mail.text + mail.html
    assert "/you/tokens" in mail.text


def test_its_secret_is_kept_nowhere(town: Town) -> None:
    _made, secret = tokens.make_token(account=account(town), name="Till", scopes=["read"], days=0)
    row = Token.objects.values().get()
    assert secret not in str(row)
    assert secret.removeprefix("moot_") not in str(row)


def test_it_is_found_by_its_secret_in_one_query(town: Town, django_assert_num_queries: object) -> None:
    made, secret = tokens.make_token(account=account(town), name="Till", scopes=["read"], days=0)
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = tokens.find_token(secret)
        assert found == made
        assert found.account.profile.portrait is None
    for wrong in ("", "moot_", secret[:-1], secret + "x", secret.removeprefix("moot_"), "moot_é", "moot_" + "x" * 500):
        assert tokens.find_token(wrong) is None


def test_what_is_over_ended_or_suspended_is_not_found(town: Town) -> None:
    mine = account(town)
    over, ended, shut = (tokens.make_token(account=mine, name="Till", scopes=["read"], days=30) for _n in range(3))
    Token.objects.filter(pk=over[0].pk).update(ends=clock.now())
    tokens.end_token(account=mine, token=ended[0])
    assert tokens.find_token(over[1]) is None
    assert tokens.find_token(ended[1]) is None
    assert tokens.find_token(shut[1])
    Account.objects.update(is_active=False)
    assert tokens.find_token(shut[1]) is None


def test_ending_is_recorded_once_and_for_its_owner_only(town: Town) -> None:
    made, secret = tokens.make_token(account=account(town), name="Till", scopes=["read"], days=0)
    with pytest.raises(NotAllowed):
        tokens.end_token(account=account(town, "noor"), token=made)
    assert tokens.find_token(secret)
    for _twice in range(2):
        tokens.end_token(account=account(town), token=made)
    assert len(acts("token.ended")) == 1


@pytest.mark.parametrize(
    ("field", "like"),
    [("name", {"name": " \u200b"}), ("scopes", {"scopes": []}), ("scopes", {"scopes": ["all"]}), ("days", {"days": 7})],
)
def test_odd_ones_are_refused(town: Town, field: str, like: dict[str, object]) -> None:
    given = {"name": "Till", "scopes": ["read"], "days": 30} | like
    with pytest.raises(BadInput) as refused:
        tokens.make_token(account=account(town), **given)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not Token.objects.exists()


def test_twenty_stand_at_most(town: Town) -> None:
    mine = account(town)
    made = [tokens.make_token(account=mine, name="Till", scopes=["read"], days=0)[0] for _n in range(20)]
    with pytest.raises(Refusal):
        tokens.make_token(account=mine, name="Till", scopes=["read"], days=0)
    tokens.end_token(account=mine, token=made[0])
    tokens.make_token(account=mine, name="Till", scopes=["read"], days=0)


def test_its_use_is_noted_once_a_day(town: Town, django_assert_num_queries: object) -> None:
    _made, secret = tokens.make_token(account=account(town), name="Till", scopes=["read"], days=0)
    found = tokens.find_token(secret)
    assert found
    assert found.used is None
    tokens.note_use(found)
    again = tokens.find_token(secret)
    assert again
    assert again.used == clock.now().date()
    with django_assert_num_queries(0):  # type: ignore[operator]
        tokens.note_use(again)


def test_the_page_shows_it_once(town: Town) -> None:
    client = signed_in(town.ana)
    shown = client.post("/you/tokens", {"name": "Till at the fair", "scopes": ["read", "buy"], "days": "90"})
    page = shown.content.decode()
    secret = page.split("<code>")[1].split("</code>")[0]
    assert tokens.find_token(secret)
    assert "no-store" in shown["Cache-Control"]
    later = client.get("/you/tokens").content.decode()
    assert "Till at the fair" in later
    assert secret not in later
    public = Token.objects.get().public
    assert client.post(f"/you/tokens/{public}/end").status_code == 302
    assert tokens.find_token(secret) is None


def test_a_refused_form_keeps_what_was_typed(town: Town) -> None:
    answer = signed_in(town.ana).post("/you/tokens", {"name": "Till at the fair", "days": "90"})
    assert answer.status_code == 422
    assert "Till at the fair" in answer.content.decode()
    assert not Token.objects.exists()
