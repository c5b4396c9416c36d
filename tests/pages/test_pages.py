"""Each page: one heading, kept by nobody, under the policy; what it says while nothing is there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from moothall.catalog.actions.importing import LARGEST_FILE
from moothall.core.hall import hall
from moothall.people import actions as people
from moothall.people.viewers import came_from
from tests import town as the_town
from tests.kept import Kept, kept
from tests.pages.places import Place, settle
from tests.pages.test_permissions import ROLES, ROWS
from tests.town import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# What answers with something else than a page.
NO_PAGES = (
    *("health", "health_worker", "metrics", "picture", "export", "manifest", "service_worker", "complete"),
    *("paper", "desk_paper", "papers_csv", "gate_figures"),
    *("royalties_csv", "payout_file"),
)
POLICY = {
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "connect-src 'self'",
}


def settled() -> Place:
    found = settle(the_town.make())
    found.town.basket_of(found.town.ana, {found.town.variant("Jar"): 1})
    return found


made = kept(settled)


@pytest.fixture
def place(made: Kept[Place], monkeypatch: pytest.MonkeyPatch, settings: Any) -> Place:
    """In a demo on this machine, so that its doors are pages too."""
    monkeypatch.setattr(hall(), "demo", True)
    return made.fresh(settings)


def opened(place: Place) -> list[tuple[str, Any]]:
    """The answer of each address to the first who may open it, and to a guest."""
    found = []
    for name, address, get, _post in ROWS:
        first = get.index("o") if "o" in get else 0
        for role in {"guest", ROLES[first], "member" if get[1] == "o" else "guest"}:
            there = address.format(**place.ids)
            found.append((name, place.client(role).get(there)))
    return found


def test_each_page_is_a_page(place: Place) -> None:
    shown = [(name, answer) for name, answer in opened(place) if answer.status_code == 200 and name not in NO_PAGES]
    assert {name for name, _get in _gettable()} - {name for name, _answer in shown} == LEADS_ON
    for name, answer in shown:
        page = answer.content.decode()
        assert len(re.findall(r"<h1\b", page)) == 1, name
        assert len(re.findall(r"<main\b", page)) == 1, name
        assert re.search(r"<title>[^<]*\S[^<]*</title>", page), name
        assert '<html lang="en">' in page, name
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|javascript:", page), (
            f"{name} has a script or style inside"
        )


def _gettable() -> set[tuple[str, str]]:
    return {(name, get) for name, _address, get, _post in ROWS if set(get) != {"-"} and name not in NO_PAGES}


# Without a sign-up, sign-in or reset that is under way these lead elsewhere; so does one's way back from the bank.
LEADS_ON = {
    "account_complete_password_reset",
    "account_confirm_login_code",
    "account_confirm_password_reset_code",
    "account_email_verification_sent",
    "account_set_password",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "card_kept",
    "come_back",
    "door",  # not there without the key of a mail
}


def test_each_answer_is_private_and_under_the_policy(place: Place) -> None:
    answers = [*opened(place), ("nothing", Client().get("/nothing")), ("method", Client().get("/basket/lines"))]
    for name, answer in answers:
        if name == "picture":
            continue
        kept = {word.strip() for word in answer["Cache-Control"].split(",")}
        assert {"private", "no-store"} <= kept, name
        policy = {one.strip() for one in answer["Content-Security-Policy"].split(";")}
        assert policy >= POLICY, name
        assert "unsafe" not in answer["Content-Security-Policy"], name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer["X-Frame-Options"] == "DENY", name
        assert answer["Referrer-Policy"] == "same-origin", name


def test_a_picture_may_be_kept_for_good(place: Place) -> None:
    answer = Client().get("/media/" + place.ids["picture"])
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer
    assert "Content-Security-Policy" in answer


@pytest.mark.parametrize(
    "name", ["imports/x.csv", "pictures/../secret", "pictures/ab/../../secret", "pictures/ab/x.svg"]
)
def test_nothing_but_pictures_is_served_from_what_is_kept(place: Place, name: str) -> None:
    assert Client().get(f"/media/{name}").status_code == 404


EMPTY = {
    "/": "Nobody has said anything yet",
    "/market": "",
    "/brands": "",
    "/search": "Type what it is",
    "/search?q=lamp": "Nothing here has these words",
    "/basket": "",
    "/you/orders": "",
    "/you/circles": "",
    "/you/royalties": "No royalties yet",
    "/you/privacy": "",
    "/you/notices": "Nothing to tell you yet",
    "/you/notices/choices": "",
    "/@newcomer": "",
    "/desk/first-shop": "No orders yet",
    "/desk/first-shop?show=waiting": "Nothing waits",
    "/desk/first-shop/royalties": "Nothing yet",
    "/desk/first-shop/products": "",
    "/desk/first-shop/imports": "",
    "/desk/first-shop/papers": "nobody has said whom it names",
    "/@first-shop": "The shelves are empty",
}


@pytest.mark.parametrize("address", EMPTY)
def test_a_newcomer_is_told_what_is_not_there_yet(db: None, address: str) -> None:
    """In a hall in which nobody else is."""
    me = person("New Comer", "newcomer")
    people.open_brand(by=me, name="First Shop", handle="first-shop")
    answer = signed_in(me).get(address)
    assert answer.status_code == 200
    assert EMPTY[address] in answer.content.decode()


@pytest.mark.parametrize("address", ["/", "/hall", "/market", "/brands", "/basket"])
def test_an_empty_hall_is_open_to_guests(db: None, address: str) -> None:
    assert Client().get(address).status_code == 200


ODD = ["-1", "0", "9" * 18, "9" * 40, "x", "%00", "%F0%9F%8F%BA", "'", "<b>", ""]


@pytest.mark.parametrize(
    "name", ["before", "page", "after", "q", "type", "brand", "price", "show", "still", "only", "every"]
)
def test_whatever_stands_behind_the_question_mark_breaks_nothing(place: Place, name: str) -> None:
    run, client, mine = place.ids["run"], place.client("owner"), place.client("steward")
    addresses = ["/", "/market", "/search", "/search/complete", "/@ana", "/@tidewater", "/you/orders", "/you/notices"]
    addresses += ["/desk/tidewater", "/desk/tidewater/products"]
    for value in ODD:
        asked = f"?{name}={value}"
        for address in [*addresses, f"/desk/tidewater/imports/{run}", "/mailbox"]:
            answer = client.get(address + asked)
            assert answer.status_code == 200, address + asked
            assert "<b>" not in re.sub(r"<b>\d+</b>", "", answer.content.decode()) or value != "<b>"
        assert mine.get("/steward" + asked).status_code == 200
        assert mine.get("/steward/mail" + asked).status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "evil",
        "\t//evil.example",
    ],
)
def test_nobody_is_led_out_of_the_hall(place: Place, elsewhere: str) -> None:
    """By what is sent along, nor by where one says to come from."""
    client = signed_in(place.town.noor)
    sent = client.post("/@mira/mute", {"next": elsewhere})
    came = client.post("/@mira/mute/end", headers={"referer": elsewhere})
    refused = client.post("/basket/lines", {"next": elsewhere})
    assert {sent["Location"], came["Location"], refused["Location"]} == {"/"}
    first = Client().post("/@mira/mute", {"next": elsewhere})
    assert first["Location"] == "/account/login/?next=/"
    entered = Client().post(
        "/account/login/", {"login": "noor@example.org", "password": "slow green kettle", "next": elsewhere}
    )
    assert "evil" not in entered.get("Location", "")
    assert "alert" not in entered.get("Location", "")


def test_from_https_nobody_is_led_to_http(rf: Any) -> None:
    plainly = {"next": "http://testserver/you"}
    assert came_from(rf.post("/", plainly, secure=True)) == "/"
    assert came_from(rf.post("/", plainly)) == "http://testserver/you"


def test_more_than_the_largest_file_is_not_read() -> None:
    """It is refused by what it says of itself, before anything goes to the disk."""
    answer = Client().post(
        "/account/login/", b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(LARGEST_FILE * 2)
    )
    assert answer.status_code == 413
    for odd in ("9" * 40, "-1", "x"):
        answer = Client().post("/basket/lines", b"", content_type="text/plain", CONTENT_LENGTH=odd)
        assert answer.status_code < 500
