"""What the pages of moderation show, to whom, and never what was removed."""

from __future__ import annotations

import pytest
from django.test import Client

from moothall.moderation import actions
from moothall.moderation.models import Case, Report
from tests.moderation.made import reported, steward
from tests.talk.made import idea_of, said
from tests.town import Town, signed_in

pytestmark = pytest.mark.django_db
WHY = "It sells kettles."


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return str(answer.content.decode())


def test_reported_decided_appealed_and_restored_by_hand(town: Town) -> None:
    stella = signed_in(steward())
    idea = idea_of(town.ana)
    made = said(town.ben, idea, "Buy my kettles")
    noor, ben, guest = signed_in(town.noor), signed_in(town.ben), Client()
    assert f"/report/comment/{made.public}" in read(noor, f"/ideas/{idea.public}")
    wrong = noor.post(f"/report/comment/{made.public}", {"sort": "other", "words": ""})
    assert wrong.status_code == 422
    noor.post(f"/report/comment/{made.public}", {"sort": "spam", "words": "Kettles again"})
    case = Case.objects.get()
    assert "waits for a steward" in read(noor, "/you/reports")
    assert "Buy my kettles" in read(stella, "/steward/reports")
    assert "Kettles again" in read(stella, f"/steward/reports/{case.public}")
    assert guest.get(f"/moderation/{case.public}").status_code == 404
    refused = stella.post(f"/steward/reports/{case.public}", {"do": "hide", "reason": ""})
    assert refused.status_code == 422
    stella.post(f"/steward/reports/{case.public}", {"do": "hide", "reason": WHY})
    page = read(guest, f"/ideas/{idea.public}")
    assert f"Removed by a steward: {WHY}" in page
    assert "Buy my" not in page
    for address in ("/moderation", f"/moderation/{case.public}"):
        assert WHY in read(guest, address)
        assert "Buy my" not in read(guest, address)
    assert "Buy my kettles" in read(ben, f"/moderation/{case.public}")
    ben.post(f"/moderation/{case.public}", {"words": "They are teapots"})
    assert "They are teapots" not in read(noor, f"/moderation/{case.public}")
    assert "They are teapots" in read(stella, f"/steward/reports/{case.public}")
    stella.post(f"/steward/reports/{case.public}", {"do": "restore", "answer": "So they are."})
    assert "Buy my kettles" in read(guest, f"/ideas/{idea.public}")
    assert "So they are." in read(guest, "/moderation")
    assert Report.objects.get().case.state == Case.RESTORED


def test_the_page_of_a_removed_idea_says_why_and_nothing_else(town: Town) -> None:
    idea = idea_of(town.ana)
    actions.hide(by=steward(), case=reported(town.noor, idea), reason=WHY)
    page = read(Client(), f"/ideas/{idea.public}", 410)
    assert WHY in page
    assert idea.title not in page
    assert idea.problem not in page
    own = read(signed_in(town.ana), f"/ideas/{idea.public}")
    assert WHY in own
    assert idea.title in own
    assert "appeal" in own


def test_who_removed_it_alone_is_said_openly(town: Town) -> None:
    stella = steward()
    case = reported(town.noor, said(town.ben, idea_of(town.ana)))
    actions.hide(by=stella, case=case, reason=WHY)
    actions.appeal(by=town.ben, case=case, words="No")
    assert "You are the only steward" in read(signed_in(stella), f"/steward/reports/{case.public}")
    actions.uphold(by=stella, case=case, answer="It does.")
    assert "the same steward" in read(Client(), "/moderation")
