"""Everybody of the town with a token, and what each operation of the API is asked with."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client

from moothall.api import cursors, described, door
from moothall.api.door import Operation
from moothall.catalog.models import Variant
from moothall.core import clock, ids
from moothall.ideas.gates import today
from moothall.people import tokens
from moothall.people.models import Account, Profile
from tests.pages.places import Place, file_of, settle
from tests.town import Town

assert described
OPERATIONS = {one.name: one for one in door.operations}
CONTACT = {
    "email": "ana@example.org",
    "name": "Ana",
    "street": "3 Quay",
    "postcode": "TR26",
    "town": "St Ives",
    "country": "GB",
}
THING = {"title": "Bowl", "variants": [{"price": {"minor": 1200, "currency": "GBP"}, "left": 3}]}
IMPRINT = {
    "legal": "Tidewater Ltd",
    "street": "3 Quay",
    "postcode": "TR26",
    "town": "St Ives",
    "country": "GB",
    "stem": "TW",
}
RATE = {"amount": {"minor": 400, "currency": "GBP"}}
POUNDS = {"minor": 3600, "currency": "GBP"}
SHEET = {"price": POUNDS, "runs": [{"pieces": 5, "unit": {"minor": 900, "currency": "GBP"}}]}
QUESTION = {
    "sort": "options",
    "question": "Wood?",
    "choices": ["Oak", "Ash"],
    "closes": (clock.now() + timedelta(days=7)).isoformat(),
}
BODIES: dict[str, dict[str, Any]] = {
    "ask_of_idea": QUESTION,
    "ask_of_product": QUESTION,
    "reword_poll": QUESTION,
    "add_words_to_poll": {"words": "In daylight"},
    "answer_poll": {"choices": ["{choice}"]},
    "change_me": {"name": "New Name"},
    "open_brand": {"name": "Second Brand", "handle": "second-brand"},
    "draft_idea": {"title": "Left-hand ladle"},
    "keep_draft": {"title": "Left-hand ladle"},
    "revise_idea": {"title": "Ladle", "problem": "Spills", "use": "Soup", "base": 1},
    "back_idea": {"level": "like"},
    "contribute": {"part": "use", "words": "At breakfast too", "base": 1},
    "take_in": {"base": 1},
    "invite_author": {"handle": "noor"},
    "propose_split": {"parts": [{"handle": "ana", "points": 10_000}]},
    "decline_split": {"why": "Half of it is my lid."},
    "pay_out": {"after": 1},
    "ask_merger": {"into": "{bens}"},
    "argue": SHEET | {"words": "A turner would do it for less"},
    "appeal_judgement": {"words": "The lid was overlooked"},
    "ask_improvement": {"title": "A wider rim"},
    "decline_improvement": {"answer": "It is a bowl"},
    "bring_revision": {"words": "It has a rim.", "takes_in": ["{ask}"]},
    "set_mark": {"voices": 9, "days": 14},
    "take_to_gate": {"due": str(today() + timedelta(days=3))},
    "keep_sheet": SHEET,
    "judge": {"state": "no", "reasons": "Steel is dear", "change": "Cheaper steel"},
    "undo_judgement": {"why": "We look again"},
    "answer_appeal": {"words": "It was"},
    "decline_contribution": {"answer": "Two hands are the point"},
    "pledge": {"variant": "{tureen}", "limit": {"minor": 3400, "currency": "GBP"}, "contact": CONTACT},
    "open_pool": {
        "product": "{mug}",
        "rungs": [{"pieces": 3, "price": {"minor": 3000, "currency": "GBP"}}],
        "deadline": (clock.now() + timedelta(days=2)).isoformat(),
    },
    "plan_milestone": {"words": "The glaze is mixed", "due": str(today() + timedelta(days=9))},
    "move_milestone": {"to": str(today() + timedelta(days=9)), "why": "The steel came late."},
    "reach_milestone": {"note": "It pours."},
    "move_promise": {"to": str(today() + timedelta(days=200)), "why": "The kiln cracked."},
    "say": {"words": "It drips"},
    "answer": {"words": "With me it does not"},
    "change_comment": {"words": "It pours"},
    "react": {"sort": "agree"},
    "write_post": {"words": "It drips"},
    "write_in_talk": {"words": "It drips"},
    "change_post": {"words": "It pours"},
    "react_to_post": {"sort": "agree"},
    "report": {"kind": "comment", "thing": "{comment}", "sort": "spam"},
    "appeal": {"words": "They are teapots"},
    "decide": {"do": "hide", "reason": "It sells kettles."},
    "make_circle": {"name": "Choir"},
    "put_into_circles": {"circles": ["{circle}"]},
    "put": {"variant": "{variant}"},
    "set_quantity": {"quantity": 2},
    "place": {"contact": CONTACT},
    "share": {"line": "{untold}", "reach": "public"},
    "ship": {"pieces": [{"line": "{line}", "quantity": 1}]},
    "cancel": {"reason": "Broken"},
    "refund": {"pieces": [{"line": "{line}", "quantity": 1}]},
    "make_product": THING,
    "change_product": THING,
    "count_stock": {"left": 4},
    "change_brand": {"name": "New Name"},
    "invite_to_team": {"role": "agent"},
    "set_country": {"country": "GB"},
    "set_code": {"code": ""},
    "make_zone": {"name": "Beyond", "countries": ["FR"], "rates": [RATE]},
    "change_zone": {"name": "Beyond", "countries": ["FR"], "rates": [RATE]},
    "set_taxes": {"included": True, "rates": [{"country": "GB", "standard": 2000}]},
    "receive_transfer": {"minor": 3800, "reference": "B-1"},
    "send_back": {"reference": "OUT-1"},
    "set_bank": {"holder": "Hall", "account": "12-34-56 12345678"},
    "make_voucher": {"code": "TEN", "percent": 10},
    "ask_return": {"pieces": [{"line": "{tray_line}", "quantity": 1}], "reason": "mind"},
    "send_return": {"carrier": "DHL", "tracking": "12"},
    "agree_to_return": {"answer": "To the office"},
    "decline_return": {"answer": "It was used."},
    "close_return": {"pieces": [{"line": "{tray_line}", "quantity": 1}]},
    "correct_parcel": {"carrier": "DHL", "tracking": "12"},
    "set_imprint": IMPRINT,
    "invite": {"email": "cleo@example.org", "words": "Come"},
    "find_friend": {"email": "ben@example.org"},
    "see_notices": {"until": "{told}"},
    "choose_notices": {"sorts": [{"sort": "people", "page": True, "mail": "daily"}], "zone": "Europe/London"},
    "suspend": {"reason": "Sells what is not theirs."},
}
FILES = {
    "change_my_picture": ("picture", "pot.png"),
    "change_brand_picture": ("picture", "pot.png"),
    "add_picture": ("picture", "pot.png"),
    "draw_idea": ("picture", "pot.png"),
    "show_picture": ("picture", "pot.png"),
    "show_post": ("picture", "pot.png"),
    "begin_import": ("file", "bowls.csv"),
}
# What stands in the braces of an address, unless a row says otherwise.
GOOD = {
    "products/{brand}/{slug}": "products/tidewater/pot",
    "{brand}": "tidewater",
    "{handle}": "ana",
    "{name}": "mail",
    "{slug}": "pot",
    "{position}": "1",
    "{number}": "1",
}


def secret_of(who: Profile, *scopes: str) -> str:
    """A token's secret; with all scopes where none is named."""
    account = Account.objects.get(profile=who)
    return tokens.make_token(account=account, name="Test", scopes=scopes or list(tokens.SCOPES), days=0)[1]


class Till:
    """A program with somebody's token."""

    def __init__(self, who: Profile, *scopes: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {secret_of(who, *scopes)}"})

    def get(self, path: str) -> Any:
        answer = self.client.get(f"/api/v1{path}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def ask(self, method: str, path: str, body: Any = None, *, key: str = "", status: int = 201) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        sent = json.dumps(body) if body is not None else ""
        answer = self.client.generic(method, f"/api/v1{path}", sent, content_type="application/json", headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None


@dataclass
class Callers:
    """The place that the tests of the pages go through, and a token with all scopes for each person of it."""

    place: Place
    secrets: dict[str, str] = field(default_factory=dict)

    def headers(self, role: str) -> dict[str, str]:
        who = self.place.people[role]
        if who is None:
            return {}
        if role not in self.secrets:
            self.secrets[role] = secret_of(who)
        return {"Authorization": f"Bearer {self.secrets[role]}"}

    def path(self, path: str) -> str:
        return "/api/v1" + path.format(**self.place.ids)

    def ask(self, name: str, path: str, role: str = "", **headers: str) -> Any:
        """The operation with a body that is good for it."""
        one = OPERATIONS[name]
        said = (self.headers(role) if role else {}) | ({"Idempotency-Key": ids.secret()} if one.spends else {})
        return call(one, self.path(path), body_of(name, self.place.ids), **said | headers)


def body_of(name: str, known: dict[str, str]) -> Any:
    text = json.dumps(BODIES.get(name, {}))
    for word, value in known.items():
        text = text.replace(f"{{{word}}}", value)
    return json.loads(text)


def call(one: Operation, path: str, body: Any = None, **headers: str) -> Any:
    client = Client(headers=headers)
    if one.safe:
        return client.get(path)
    if one.name in FILES:
        field_name, file = FILES[one.name]
        return client.post(path, {field_name: file_of(file)})
    return client.generic(one.method, path, json.dumps(body) if one.takes else "", content_type="application/json")


def gather(town: Town) -> Callers:
    """With a pot in Ana's basket, and the ids of its variants known."""
    place = settle(town)
    place.ids["told"] = cursors.write(int(place.ids["notice"]))
    pot = Variant.objects.get(public=place.ids["variant"])
    town.basket_of(town.ana, {pot: 1})
    return Callers(place)
