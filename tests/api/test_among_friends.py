"""Invitations, being found, notices and what one wants of them, by tokens alone."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from moothall.activity.models import Act
from moothall.core import search
from moothall.notices.actions import tell
from moothall.notices.models import Notice
from moothall.people import actions as people
from moothall.people.models import Account, Profile
from tests.api.callers import Till
from tests.town import Town, acts, person

pytestmark = pytest.mark.django_db


def told_of(town: Town, who: Profile) -> None:
    """Ana is told that this person follows her."""
    people.follow(by=who, source=town.ana)
    tell(Act.objects.get(verb="follow.begun", actor=who, subject_id=town.ana.pk))


def test_friends_meet_by_a_link(town: Town) -> None:
    ana, noor = Till(town.ana), Till(town.noor)
    made = ana.ask("POST", "/invitations", {"words": "Come and see"})
    assert (made["email"], made["limit"], made["link"].endswith(f"/join/{made['id']}")) == ("", 20, True)
    seen = noor.get(f"/invitations/{made['id']}")
    assert (seen["by"]["handle"], seen["words"]) == ("ana", "Come and see")
    assert (seen["holds"], seen["own"], seen["follows"]) == (True, False, False)
    for _twice in range(2):
        assert noor.ask("POST", f"/invitations/{made['id']}/meeting", status=200)["handle"] == "ana"
    assert noor.get("/profiles/ana")["follows"]
    assert ana.get("/profiles/noor")["follows"]
    assert [one["handle"] for one in ana.get("/me/brought")["items"]] == ["noor"]
    assert ana.get("/invitations")["items"][0]["uses"] == 1
    ana.ask("DELETE", f"/invitations/{made['id']}", status=204)
    assert ana.get("/invitations")["items"] == []
    noor.ask("POST", f"/invitations/{made['id']}/meeting", status=200)  # they have met
    Till(town.mira).ask("POST", f"/invitations/{made['id']}/meeting", status=409)


def test_a_mail_to_a_friend_goes_to_nobody_else(town: Town) -> None:
    ana = Till(town.ana)
    made = ana.ask("POST", "/invitations", {"email": "Dora@example.org"})
    assert (made["email"], made["limit"]) == ("dora@example.org", 1)
    wrong = ana.ask("POST", "/invitations", {"email": "nobody"}, status=422)
    assert wrong["errors"][0]["field"] == "email"
    assert "email" not in Till(town.noor).get(f"/invitations/{made['id']}")


def test_people_are_found_by_address_only_if_both_chose_it(town: Town) -> None:
    ana, body = Till(town.ana), {"email": "noor@example.org"}
    for who in (town.ana, town.noor):
        account = Account.objects.get(profile=who)
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    ana.ask("POST", "/friends/found", body, status=403)
    ana.ask("PUT", "/me/findable", status=204)
    assert ana.get("/me")["findable"]
    hidden = ana.ask("POST", "/friends/found", body, status=200)
    nobody = ana.ask("POST", "/friends/found", {"email": "no@example.org"}, status=200)
    assert hidden == nobody == {"person": None}
    Till(town.noor).ask("PUT", "/me/findable", status=204)
    assert ana.ask("POST", "/friends/found", body, status=200)["person"]["handle"] == "noor"
    Till(town.noor).ask("DELETE", "/me/findable", status=204)
    assert ana.ask("POST", "/friends/found", body, status=200) == nobody
    assert [len(acts(verb)) for verb in ("account.findable", "account.not_findable")] == [2, 1]


def test_notices_are_seen_one_by_one_or_up_to_what_was_there(town: Town) -> None:
    ana = Till(town.ana)
    for who in (town.ben, town.noor):
        told_of(town, who)
    page = ana.get("/notices")
    assert [one["text"] for one in page["items"]] == ["Noor Aziz follows you", "Ben Cole follows you"]
    assert (page["unseen"], page["items"][0]["actor"]["handle"], page["items"][0]["seen"]) == (2, "noor", None)
    assert not Notice.objects.exclude(seen=None).exists()  # looking marks nothing
    for _twice in range(2):
        ana.ask("PUT", f"/notices/{page['items'][1]['id']}/seen", status=204)
    assert ana.get("/notices")["unseen"] == 1
    told_of(town, town.mira)
    ana.ask("PUT", "/notices/seen", {"until": page["until"]}, status=204)
    after = ana.get("/notices")
    assert (after["unseen"], [bool(one["seen"]) for one in after["items"]]) == (1, [False, True, True])
    Till(town.noor).ask("PUT", f"/notices/{after['items'][0]['id']}/seen", status=404)
    assert ana.ask("PUT", "/notices/seen", {"until": "x"}, status=422)["errors"][0]["field"] == "until"
    assert ana.get("/notices")["unseen"] == 1


def test_who_chooses_keeps_what_was_not_named(town: Town) -> None:
    ana = Till(town.ana)
    before = {one["sort"]: (one["page"], one["mail"]) for one in ana.get("/notices/choices")["sorts"]}
    wish = {"sort": "people", "page": False, "mail": "never"}
    when = {"zone": "Europe/London", "quiet_from": "22:00", "quiet_until": "07:30", "digest_hour": 9, "digest_day": 4}
    said = ana.ask("PUT", "/notices/choices", {"sorts": [wish], **when}, status=200)
    assert {name: said[name] for name in when} == when
    after = {one["sort"]: (one["page"], one["mail"]) for one in said["sorts"]}
    assert after == before | {"people": (False, "never")}
    told_of(town, town.noor)
    assert ana.get("/notices")["items"] == []
    half = ana.ask("PUT", "/notices/choices", {"zone": "UTC", "quiet_from": "22:00"}, status=422)
    assert half["errors"][0]["field"] == "quiet_until"
    nowhere = ana.ask("PUT", "/notices/choices", {"zone": "Europe/Atlantis"}, status=422)
    assert nowhere["errors"][0]["field"] == "zone"
    assert ana.get("/notices/choices") == said


@pytest.mark.parametrize("clock", ["24:00", "7:30", "10:00Z", "10:00:01", "22:00\n"])
def test_an_odd_clock_is_refused(town: Town, clock: str) -> None:
    body = {"zone": "UTC", "quiet_from": clock, "quiet_until": "07:00"}
    refused = Till(town.ana).ask("PUT", "/notices/choices", body, status=422)
    assert refused["errors"][0]["field"] == "quiet_from"


def test_what_is_found_is_what_one_may_see(town: Town) -> None:
    town.product("Green kettle")
    town.product("Secret kettle", published=False)
    person("Kettle Smith", "kettle-smith")
    list(search.rebuild())
    ben = Till(town.ben, "read")
    found = ben.get("/search?q=kettel")
    assert [one["title"] for one in found["things"]] == ["Green kettle"]
    assert [one["handle"] for one in found["profiles"]] == ["kettle-smith"]
    assert found["instead"] == ben.get("/products/facets?q=kettel")["instead"] == {"kettel": "kettle"}
    assert ben.get("/search/completion?q=gre")["words"] == ["green"]
    smith = Profile.objects.get(handle="kettle-smith")
    people.block(by=smith, whom=town.ben)
    assert ben.get("/search?q=smith")["profiles"] == ben.get("/profiles?q=smith")["items"] == []
