"""A steward shuts an account and opens it again: with a reason, on record, and the person is told."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from moothall.config.invariants import offenders
from moothall.core import work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import actions as people
from moothall.people import keys
from moothall.people.models import Account, Profile, Suspension
from tests.town import PASSWORD, Town, acts, mails, person, signed_in

pytestmark = pytest.mark.django_db


def account_of(who: Profile) -> Account:
    return Account.objects.select_related("profile").get(profile=who)


@pytest.fixture
def edith(town: Town) -> Profile:
    found = person("Edith Hallam", "edith")
    people.make_steward(account=account_of(found))
    return found


def test_every_session_ends_and_nobody_signs_in(town: Town, edith: Profile) -> None:
    EmailAddress.objects.create(user=account_of(town.ana), email="ana@example.org", verified=True, primary=True)
    phone = signed_in(town.ana)
    keys.suspend(by=edith, account=account_of(town.ana), reason="Sold what was not theirs.")
    assert phone.get("/you").status_code == 302
    answer = phone.post("/account/login/", {"login": "ana@example.org", "password": PASSWORD})
    assert phone.get("/you").status_code == 302, answer
    assert signed_in(town.ben).get("/@ana").status_code == 200


def test_it_is_recorded_and_told_with_its_reason(town: Town, edith: Profile) -> None:
    made = keys.suspend(by=edith, account=account_of(town.ana), reason="Sold what was not theirs.")
    [act] = acts("account.suspended")
    assert (act.actor_id, act.subject_id, act.audience) == (edith.pk, town.ana.pk, "parties")
    assert act.data == {"suspension": made.pk}
    work.do_due()
    [letter] = mails("ana@example.org")
    assert "Sold what was not theirs." in letter.text
    assert "Sold what was not theirs." in letter.html
    assert offenders() == {}


def test_opened_again_the_person_signs_in_anew(town: Town, edith: Profile) -> None:
    old = signed_in(town.ana)
    keys.suspend(by=edith, account=account_of(town.ana), reason="A mistake")
    keys.restore(by=edith, account=account_of(town.ana))
    assert old.get("/you").status_code == 302
    assert signed_in(town.ana).get("/you").status_code == 200
    assert len(acts("account.restored")) == 1
    work.do_due()
    assert [letter.key.split()[0] for letter in mails("ana@example.org")] == ["suspended", "restored"]
    keys.suspend(by=edith, account=account_of(town.ana), reason="No mistake")
    assert Suspension.objects.count() == 2
    assert offenders() == {}


def test_only_stewards_do_it(town: Town, edith: Profile) -> None:
    for who in (town.ben, town.mira, town.ana):
        with pytest.raises(NotAllowed):
            keys.suspend(by=who, account=account_of(town.ana), reason="I do not like her")
    keys.suspend(by=edith, account=account_of(town.noor), reason="Spam")
    with pytest.raises(NotAllowed):
        keys.restore(by=town.noor, account=account_of(town.noor))
    assert account_of(town.ana).is_active
    assert not account_of(town.noor).is_active


def test_not_oneself_no_steward_not_twice_not_without_reason(town: Town, edith: Profile) -> None:
    people.make_steward(account=account_of(town.mira))
    ana = account_of(town.ana)
    for whom in (edith, town.mira):
        with pytest.raises(Refusal):
            keys.suspend(by=edith, account=account_of(whom), reason="Why not")
    for reason in ("", "  \n", "x" * 501):
        with pytest.raises(BadInput):
            keys.suspend(by=edith, account=ana, reason=reason)
    with pytest.raises(Refusal):
        keys.restore(by=edith, account=ana)
    keys.suspend(by=edith, account=ana, reason="Once")
    with pytest.raises(Refusal):
        keys.suspend(by=edith, account=ana, reason="Twice")
    assert len(acts("account.suspended")) == Suspension.objects.count() == 1


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(town: Town, edith: Profile) -> None:
    client = signed_in(edith)
    answer = client.post("/steward/people/ana/suspension", {"reason": "y" * 501})
    assert answer.status_code == 200
    assert "y" * 501 in answer.content.decode()
    client.post("/steward/people/ana/suspension", {"reason": "Spam"})
    page = client.get("/steward/people/ana").content.decode()
    assert "Open it again" in page
    assert "Spam" in page
    assert "suspended" in client.get("/steward?q=ana").content.decode()


def test_the_keys_are_taken_back(town: Town, edith: Profile) -> None:
    keys.end_steward(account=account_of(edith))
    keys.end_steward(account=account_of(edith))
    assert signed_in(edith).get("/steward").status_code == 404
    assert len(acts("steward.ended")) == 1
