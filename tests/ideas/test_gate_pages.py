"""The pages of the gate: what is typed is kept, what is judged is public, and anybody can reckon it again."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from moothall.core import clock
from moothall.ideas import actions
from moothall.ideas.gates import Gate, Mark, Sheet, today
from tests.ideas.gated import FIGURES, at_gate, judged, pounds, voices
from tests.ideas.made import proposed
from tests.town import Town, signed_in

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).with_name("reckon_gate.py")
TYPED = {
    "do": "sheet", "price": "36", "fixed": "20", "shipping": "3", "fee": "1.5", "fee_each": "0.20", "tax": "20",
    "royalty": "5", "pieces_1": "2", "unit_1": "20", "pieces_2": "5", "unit_2": "12",
}  # fmt: skip


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_ideas_page_says_how_far_it_is(town: Town) -> None:
    actions.set_mark(by=town.mira, brand=town.brand, voices=3, days=28)
    idea = proposed(town.ana, brand=town.brand)
    there = f"/ideas/{idea.public}"
    voices(idea, (30, 36))
    assert "2 of 3 who would pay" in page(Client(), there)
    voices(idea, (40,), start=2)
    assert "judges it by" in page(Client(), there)
    clock.move(clock.now() + timedelta(days=29))
    assert "and has not" in page(Client(), there)
    gate = Gate.objects.get()
    assert "This is overdue" in page(Client(), f"/gates/{gate.public}")
    assert "One judgement is overdue" in page(Client(), "/judgements/tidewater")
    judged(town, gate)
    assert "will not make it" in page(Client(), there)
    assert "Steel is dear." in page(Client(), there)
    assert "overdue" not in page(Client(), "/judgements/tidewater")


def test_an_idea_for_all_may_be_taken_by_any_brand(town: Town) -> None:
    idea = proposed(town.ana)
    assert "any brand may take it" in page(Client(), f"/ideas/{idea.public}")
    actions.set_mark(by=town.mira, brand=town.brand, voices=1, days=28)
    voices(idea, (30,))
    client, there = signed_in(town.mira), f"/desk/tidewater/gates/take/{idea.public}"
    assert there in page(client, "/desk/tidewater/gates")
    wrong = client.post(there, {"due": str(today())})
    assert wrong.status_code == 422
    assert f'value="{today()}"' in wrong.content.decode(), "what was typed is kept"
    assert client.post(there, {"due": str(today() + timedelta(days=9))}).status_code == 302
    assert Gate.objects.get().due == today() + timedelta(days=9)


def test_the_desk_keeps_a_sheet_says_what_it_means_and_judges(town: Town) -> None:
    gate = at_gate(town)
    client, there = signed_in(town.mira), f"/desk/tidewater/gates/{gate.public}"
    assert gate.public in page(client, "/desk/tidewater/gates")
    wrong = client.post(there, TYPED | {"unit_2": "", "price": "a lot"})
    assert wrong.status_code == 422
    assert 'value="a lot"' in wrong.content.decode()
    assert not Sheet.objects.exists()
    rising = client.post(there, TYPED | {"unit_2": "21"})
    assert "never more" in rising.content.decode()
    assert client.post(there, TYPED).status_code == 302
    shown = page(client, there)
    assert "pieces break even" in shown
    assert 'value="1.5"' in shown
    said = {"do": "judge", "state": "go", "reasons": "Good.", "change": "", "price": "36", "run": ""}
    lacks = client.post(there, said)
    assert lacks.status_code == 422
    assert "Good." in lacks.content.decode()
    assert client.post(there, said | {"run": "5"}).status_code == 302
    assert Gate.objects.get().state == Gate.GO
    public = page(Client(), f"/gates/{gate.public}")
    for words in ("would make it at £36, from 5 pieces", "Each, when 2 are made", "<svg", "As a table"):
        assert words in public


def test_the_mark_is_set_at_the_desk(town: Town) -> None:
    client = signed_in(town.mira)
    assert client.post("/desk/tidewater/gates", {"voices": "0", "days": "5"}).status_code == 422
    assert client.post("/desk/tidewater/gates", {"voices": "7", "days": "5"}).status_code == 302
    assert (Mark.objects.get().voices, Mark.objects.get().days) == (7, 5)
    assert "From 7 voices that would pay, within 5 days" in page(Client(), "/judgements/tidewater")


def test_an_appeal_is_public_and_answered_at_the_desk(town: Town) -> None:
    gate = judged(town, at_gate(town))
    there, desk = f"/gates/{gate.public}", f"/desk/tidewater/gates/{gate.public}"
    ana, mira = signed_in(town.ana), signed_in(town.mira)
    assert ana.post(there, {"do": "appeal", "words": " "}).status_code == 422
    assert ana.post(there, {"do": "appeal", "words": "The lid was overlooked."}).status_code == 302
    assert "The lid was overlooked." in page(Client(), there)
    assert gate.public in page(mira, "/desk/tidewater/gates")
    assert mira.post(desk, {"do": "answer", "words": "It was."}).status_code == 302
    assert "It was." in page(Client(), there)
    assert mira.post(desk, {"do": "undo", "why": "We look again."}).status_code == 302
    assert "We look again." in page(Client(), there)
    assert Gate.objects.count() == 2


def test_what_was_needed_and_yes_are_said_by_the_lead(town: Town) -> None:
    gate = judged(town, at_gate(town), "needs")
    ana = signed_in(town.ana)
    assert "It is done: judge anew" in page(ana, f"/gates/{gate.public}")
    assert "It is done: judge anew" not in page(signed_in(town.ben), f"/gates/{gate.public}")
    again = ana.post(f"/gates/{gate.public}", {"do": "again"})
    second = Gate.objects.get(number=2)
    assert again["Location"] == f"/gates/{second.public}"
    judged(town, second, "go")
    assert "let Tidewater Kitchen make it" in page(ana, f"/gates/{second.public}")
    ana.post(f"/gates/{second.public}", {"do": "accept"})
    assert Gate.objects.get(number=2).accepted
    assert "to be made" in page(Client(), f"/ideas/{gate.idea.public}")


def test_a_copy_begins_with_the_brands_numbers_and_is_published(town: Town) -> None:
    gate = judged(town, at_gate(town), "go")
    client, there = signed_in(town.noor), f"/gates/{gate.public}/argue"
    assert 'value="1.5"' in page(client, there)
    typed = {name: value for name, value in TYPED.items() if name != "do"} | {"unit_2": "9"}
    wordless = client.post(there, typed)
    assert wordless.status_code == 422
    assert 'value="9"' in wordless.content.decode()
    assert client.post(there, typed | {"words": "I know a turner."}).status_code == 302
    made = Sheet.objects.get(own=False)
    assert "I know a turner." in page(Client(), f"/gates/{gate.public}")
    assert "Take it back" in page(client, f"/sheets/{made.public}")
    assert "Take it back" not in page(signed_in(town.ben), f"/sheets/{made.public}")
    copied = page(signed_in(town.ben), f"{there}?from={made.public}")
    assert 'value="9.00"' in copied, "and so is an argument"
    assert client.post(f"/sheets/{made.public}/end").status_code == 302
    assert Client().get(f"/sheets/{made.public}").status_code == 404


def test_anybody_reckons_it_again_from_the_file_and_finds_the_same(town: Town, tmp_path: Path) -> None:
    """By a script that knows nothing of this program: the curve, what breaks even, the worst case, the ranges."""
    gate = judged(town, at_gate(town, (30, 31, 33, 33, 36, 36, 36, 38, 40, 40, 42, 50)), "go")
    odd: list[dict[str, Any]] = [
        {"runs": [(1, pounds(1)), (7, pounds(1))], "fixed": pounds(40), "tax": 777, "royalty": 333, "fee": 149},
        {"runs": [(900, pounds(20))], "price": pounds(19)},
        {"runs": [(5, pounds(2)), (50, pounds(1))], "price": pounds(41), "fixed": None, "fee_each": None},
    ]
    for by, other in zip((town.noor, town.ben, town.ana), odd, strict=True):
        actions.argue(by=by, gate=gate, figures=replace(FIGURES, **other), words="Otherwise")
    answer = Client().get(f"/gates/{gate.public}/figures.json")
    file = tmp_path / "gate.json"
    file.write_bytes(answer.content)
    told = json.loads(answer.content)
    done = subprocess.run([sys.executable, "-I", str(SCRIPT), str(file)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert len(told["sheets"]) == 4
    assert found["curve"] == told["curve"]
    assert found["sheets"] == {one["sheet"]: one["comes_to"] for one in told["sheets"]}
    assert any(one["comes_to"]["ranges"] for one in told["sheets"])
    assert any(one["comes_to"]["break_even"] is None for one in told["sheets"])
    assert "Noor" not in answer.content.decode(), "nobody's name stands in it"
