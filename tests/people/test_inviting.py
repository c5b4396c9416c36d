"""Bringing friends: by link or mail, told to nobody else, and an address may say that it wants no more."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from moothall.core import clock, work
from moothall.core.refusals import NotAllowed, Refusal
from moothall.people import actions, queries
from moothall.people.models import Account, Invitation
from tests.town import PASSWORD, Town, acts, mails, person, signed_in


@pytest.fixture
def proved(town: Town) -> None:
    """Everybody of the town has proved their address."""
    for account in Account.objects.all():
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)


def join_by(link: str, email: str = "cleo@example.org") -> Client:
    """Somebody opens the link, joins, and proves the address."""
    client = Client()
    page = client.get(link).content.decode()
    way = re.search(r'href="(/account/signup/\?next=[^"]+)"', page)
    assert way
    form = client.get(way[1]).content.decode()
    assert f'name="next" value="{link}"' in form
    client.post("/account/signup/", {"email": email, "name": "Cleo", "password1": PASSWORD, "next": link})
    work.do_due()
    code = re.search(r"\b[A-Z0-9]{4}-?[A-Z0-9]{4}\b", mails(email)[-1].text)
    assert code
    answer = client.post("/account/confirm-email/", {"code": code.group()})
    assert answer["Location"] == link
    return client


def test_two_friends_meet_here_without_any_public_search(town: Town) -> None:
    invitation = actions.invite(by=town.ana, words="Come and see")
    link = f"/join/{invitation.public}"
    assert "Come and see" in Client().get(link).content.decode()
    cleo = join_by(link)
    account = Account.objects.get(email="cleo@example.org")
    assert account.brought_by == town.ana
    assert not queries.follows(account.profile, town.ana), "nobody follows before the button is pressed"
    assert "Follow each other" in cleo.get(link).content.decode()
    for _ in range(2):
        cleo.post(f"{link}/meeting")
    assert queries.follows(account.profile, town.ana)
    assert queries.follows(town.ana, account.profile)
    work.do_due()
    assert [mail.subject for mail in mails("ana@example.org")] == ["Cleo came by your invitation"]
    assert queries.came_by(town.ana) == [account.profile]
    assert len(acts("invitation.taken")) == 1
    invitation.refresh_from_db()
    assert invitation.uses == 1


def test_who_did_not_wish_to_follow_back_does_not(town: Town) -> None:
    invitation = actions.invite(by=town.ana, follow_back=False)
    actions.meet(by=town.noor, invitation=invitation)
    assert queries.follows(town.noor, town.ana)
    assert not queries.follows(town.ana, town.noor)


def test_a_mailed_invitation_is_for_one_and_its_address_is_forgotten(town: Town) -> None:
    signed_in(town.ana).post("/you/invitations", {"email": "Cleo@Example.org", "words": "Hello <b>"})
    work.do_due()
    letter = mails("cleo@example.org")[0]
    assert letter.subject.startswith("Ana Lima invites you to")
    assert "Hello <b>" in letter.text
    assert "Hello &lt;b&gt;" in letter.html
    invitation = Invitation.objects.get()
    assert f"/join/{invitation.public}" in letter.text
    join_by(f"/join/{invitation.public}")
    invitation.refresh_from_db()
    assert (invitation.email, invitation.uses, invitation.limit) == ("", 1, 1)
    assert "cleo" not in str([act.data for act in acts("invitation.made")])
    with pytest.raises(Refusal):
        actions.meet(by=town.noor, invitation=invitation)
    assert not queries.follows(town.noor, town.ana)


def test_an_invitation_ends_lapses_and_is_used_up(town: Town) -> None:
    ended, late, full = (actions.invite(by=town.ana) for _ in range(3))
    with pytest.raises(NotAllowed):
        actions.end_invitation(by=town.ben, invitation=ended)
    for _ in range(2):
        actions.end_invitation(by=town.ana, invitation=ended)
    Invitation.objects.filter(pk=full.pk).update(uses=20)
    Invitation.objects.filter(pk=late.pk).update(until=clock.now() - timedelta(days=1))
    for one in (ended, late, full):
        with pytest.raises(Refusal):
            actions.meet(by=town.noor, invitation=one)
    assert Client().get(f"/join/{ended.public}").status_code == 404
    assert "does not hold any more" in Client().get(f"/join/{late.public}").content.decode()
    assert len(acts("invitation.ended")) == 1
    assert not acts("invitation.taken")


def test_a_block_hides_the_invitation_and_sends_none(town: Town) -> None:
    invitation = actions.invite(by=town.ana)
    actions.block(by=town.noor, whom=town.ana)
    assert signed_in(town.noor).get(f"/join/{invitation.public}").status_code == 404
    actions.invite(by=town.ana, email="noor@example.org")
    work.do_due()
    assert not mails("noor@example.org")


def test_one_click_stops_all_further_invitations_to_an_address(town: Town) -> None:
    actions.invite(by=town.ana, email="cleo@example.org")
    work.do_due()
    stop = re.search(r"(/no-mail/\S+)", mails("cleo@example.org")[0].text)
    assert stop
    client = Client()
    assert client.get(stop[1]).status_code == 200
    actions.invite(by=town.noor, email="cleo@example.org")
    work.do_due()
    assert len(mails("cleo@example.org")) == 2, "looking at the page stops nothing"
    for _ in range(2):
        assert "gets no more invitations" in client.post(stop[1], follow=True).content.decode()
    actions.invite(by=town.ben, email="CLEO@example.org")
    work.do_due()
    assert len(mails("cleo@example.org")) == 2
    assert len(acts("invitation.stopped")) == 1
    assert client.post(stop[1][:-2] + "xx").status_code == 404


def test_nobody_is_written_to_more_than_three_times_a_month_by_whomever(town: Town) -> None:
    for by in (town.ana, town.ben, town.noor, town.mira):
        actions.invite(by=by, email="cleo@example.org")
    work.do_due()
    assert len(mails("cleo@example.org")) == 3


def test_invitations_have_a_daily_limit_and_stay_with_the_form(town: Town) -> None:
    for number in range(10):
        actions.invite(by=town.ana, email=f"x{number}@example.org")
    answer = signed_in(town.ana).post("/you/invitations", {"email": "y@example.org", "words": "Hello there"})
    assert answer.status_code == 422
    assert "enough invitations for today" in answer.content.decode()
    assert "Hello there" in answer.content.decode()
    for _ in range(5):
        actions.invite(by=town.ana)
    with pytest.raises(Refusal):
        actions.invite(by=town.ana)
    assert Invitation.objects.count() == 15


def test_the_answer_is_the_same_for_a_members_address(town: Town) -> None:
    pages = []
    for email in ("ben@example.org", "cleo@example.org"):
        client = signed_in(town.ana)
        page = client.post("/you/invitations", {"email": email}, follow=True).content.decode()
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).count(email))
    assert pages == [1, 1]
    with pytest.raises(NotAllowed):
        actions.invite(by=town.brand, email="x@example.org")


# ---- found by address, if both chose it


def findable(*people: object) -> None:
    for one in people:
        actions.let_be_found(account=Account.objects.get(profile=one), findable=True)


def test_friends_find_each_other_only_if_both_chose_it(town: Town, proved: None) -> None:
    ana = Account.objects.get(profile=town.ana)
    with pytest.raises(NotAllowed):
        actions.find_by_address(account=ana, email="ben@example.org")
    findable(town.ana)
    assert actions.find_by_address(account=ana, email="ben@example.org") is None
    findable(town.ben)
    assert actions.find_by_address(account=ana, email=" Ben@Example.org ") == town.ben
    actions.let_be_found(account=Account.objects.get(profile=town.ben), findable=False)
    assert actions.find_by_address(account=ana, email="ben@example.org") is None
    assert len(acts("account.findable")) == 2
    assert len(acts("account.not_findable")) == 1


def test_unknown_unproved_hidden_and_blocked_are_one_answer(town: Town, proved: None) -> None:
    dora = person("Dora", "dora")  # whose address is not proved
    findable(town.ana, town.noor, dora)
    actions.block(by=town.noor, whom=town.ana)
    client, answers = signed_in(town.ana), set()
    for email in ("nobody@example.org", "dora@example.org", "ben@example.org", "noor@example.org"):
        page = client.post("/you/friends/found", {"email": email}).content.decode()
        assert "Nobody is found by this address" in page
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        answers.add(page.replace(email, ""))
    assert len(answers) == 1


def test_twenty_looks_a_day_are_enough(town: Town, proved: None) -> None:
    findable(town.ana, town.ben)
    ana = Account.objects.get(profile=town.ana)
    for _ in range(20):
        assert actions.find_by_address(account=ana, email="ben@example.org")
    with pytest.raises(Refusal):
        actions.find_by_address(account=ana, email="ben@example.org")
    clock.move(clock.now() + timedelta(days=1))
    assert actions.find_by_address(account=ana, email="ben@example.org")
