"""The bell, the page of notices and the page of choices: looking writes nothing, following a notice marks it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.notices import letters, queries
from moothall.notices.models import DAILY, Choice, Hours, Notice
from moothall.people import actions as people
from moothall.people.models import Profile
from tests.notices.cast import at, read, rows, told
from tests.town import Town, person, signed_in

pytestmark = pytest.mark.django_db


def followed(who: Profile, number: int = 1) -> None:
    for n in range(number):
        people.follow(by=person(f"Friend {n}", f"friend-{n}"), source=who)
    read()


def page(client: Client, address: str = "/you/notices") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def bell(text: str) -> list[str]:
    """What stands on the bell, in the bar above and in the phone's below."""
    return re.findall(r'href="/you/notices"[^>]*>.*?</svg>(?:Notices)?(?:<b>(.*?)</b>)?</a>', text)


def test_the_bell_counts_and_costs_no_query(town: Town) -> None:
    client = signed_in(town.mira)
    page(client, "/market")
    with CaptureQueriesContext(connection) as before:
        assert bell(page(client, "/market")) == ["", ""]
    followed(town.mira, 3)
    with CaptureQueriesContext(connection) as after:
        assert bell(page(client, "/market")) == ["3", "3"]
    assert len(after) == len(before)
    assert bell(page(Client(), "/market")) == []


def test_more_than_ninety_nine_is_many(town: Town) -> None:
    followed(town.mira)
    [one] = rows(town.mira)
    act = one.act
    copies = []
    for _ in range(100):
        act.pk = None
        act.save(force_insert=True)
        copies.append(Notice(who=town.mira, act_id=act.pk, tell=one.tell, sort=one.sort, at=one.at))
    Notice.objects.bulk_create(copies)
    assert bell(page(signed_in(town.mira))) == ["99+", "99+"]


def test_looking_marks_nothing_and_following_marks_one(town: Town) -> None:
    followed(town.mira, 2)
    client = signed_in(town.mira)
    newest = rows(town.mira)[-1]
    for _ in range(2):
        text = page(client)
    assert queries.unseen(town.mira) == 2
    assert text.index("Friend 1 follows you") < text.index("Friend 0 follows you")
    assert "Today" in text
    answer = client.post(f"/you/notices/{newest.pk}/seen")
    assert answer["Location"] == "/@friend-1"
    assert queries.unseen(town.mira) == 1
    assert '<a href="/@friend-1">' in page(client)


def test_all_are_marked_but_what_came_since(town: Town) -> None:
    followed(town.mira, 2)
    client = signed_in(town.mira)
    until = re.search(r'name="until" value="(\d+)"', page(client))
    assert until
    people.follow(by=town.noor, source=town.mira)
    read()
    client.post("/you/notices/seen", {"until": until[1]})
    assert queries.unseen(town.mira) == 1
    assert page(client).count("(not seen)") == 1
    for odd in ("", "x", "-1", "9" * 30, "²"):
        assert client.post("/you/notices/seen", {"until": odd}).status_code == 302
    assert queries.unseen(town.mira) == 1


def test_what_is_gone_is_left_out_and_following_it_says_so(town: Town) -> None:
    followed(town.mira)
    [one] = rows(town.mira)
    Profile.objects.filter(handle="friend-0").update(gone=one.at)
    client = signed_in(town.mira)
    assert "Friend 0" not in page(client)
    answer = client.post(f"/you/notices/{one.pk}/seen", follow=True)
    assert "not to be seen any more" in answer.content.decode()
    assert queries.unseen(town.mira) == 0


def test_pages_by_cursor_are_filled_up_past_what_is_gone(town: Town) -> None:
    followed(town.mira, 45)
    gone = [f"friend-{n}" for n in range(20, 45)]
    Profile.objects.filter(handle__in=gone).update(gone=rows(town.mira)[0].at)
    first = queries.page(town.mira)
    assert [item.text for item in first.items] == [f"Friend {n} follows you" for n in range(19, -1, -1)]
    assert first.older is None
    Profile.objects.filter(handle__in=gone).update(gone=None)
    first = queries.page(town.mira)
    second = queries.page(town.mira, before=first.older)
    third = queries.page(town.mira, before=second.older)
    assert [len(one.items) for one in (first, second, third)] == [20, 20, 5]
    assert third.older is None
    assert f"?before={first.older}" in page(signed_in(town.mira))
    assert "Friend 24 follows you" in page(signed_in(town.mira), f"/you/notices?before={first.older}")


def test_days_are_those_of_ones_own_clock(town: Town) -> None:
    at("2026-01-10 23:30")
    Hours.objects.create(who=town.mira, zone="Asia/Tokyo")
    followed(town.mira)
    assert '<h2 class="h4">Today</h2>' in page(signed_in(town.mira))
    at("2026-01-11 15:30")  # in Tokyo it is the 12th
    assert "Yesterday" in page(signed_in(town.mira))
    at("2026-01-20 12:00")
    assert "Sunday, 11 January" in page(signed_in(town.mira))


FORM = {f"mail_{sort}": "daily" for sort in ("orders", "desk", "people", "shares", "ideas", "talk", "hall")}
FORM |= {"zone": "Europe/Berlin", "digest_hour": "6", "digest_day": "5", "quiet_from": "22:00", "quiet_until": "07:30"}


def test_choices_are_saved_in_one_form_and_shown(town: Town) -> None:
    client = signed_in(town.mira)
    assert client.post("/you/notices/choices", FORM | {"page_people": "on"}).status_code == 302
    wishes = queries.wishes(town.mira)
    assert {wish.mail for wish in wishes.values()} == {DAILY}
    assert [sort for sort, wish in wishes.items() if wish.page] == ["people"]
    hours = queries.hours_of(town.mira)
    assert (hours.zone, hours.digest_hour, hours.digest_day) == ("Europe/Berlin", 6, 5)
    text = page(client, "/you/notices/choices")
    assert 'value="22:00"' in text
    assert '<option value="Europe/Berlin" selected>' in text


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ({"quiet_until": ""}, "need a beginning and an end"),
        ({"quiet_until": "22:00"}, "never end"),
        ({"quiet_from": "25:61"}, "Enter a valid time"),
        ({"zone": "Moon/Base"}, "Choose a zone from the list"),
        ({"zone": "x" * 100}, "at most 64"),
        ({"mail_people": "hourly"}, "Select a valid choice"),
        ({"digest_hour": "24"}, "Select a valid choice"),
        ({"digest_day": "\0"}, "Select a valid choice"),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_kept(town: Town, odd: dict[str, str], said: str) -> None:
    answer = signed_in(town.mira).post("/you/notices/choices", FORM | odd)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert 'role="alert"' in text
    assert "07:30" in text or "quiet_until" in odd
    assert not Choice.objects.exists()


def test_mails_know_where_the_pages_are(town: Town) -> None:
    """They are written on a floor below."""
    assert reverse("notice_choices") == letters.CHOICES
    assert reverse("stop_notices", kwargs={"word": "x"}) == f"{letters.STOP}/x"
    assert reverse("notices") == letters.PAGE
    assert told(town.noor) == []
