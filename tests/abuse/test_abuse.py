"""False accounts at the order of ideas, in a hall as honest people fill it; and those honest people (docs/TRUST.md)."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from moothall.config.invariants import offenders
from moothall.ideas import queries, weights
from moothall.ideas.models import Backing, Idea, Standing
from tests.conftest import Till

from .attacks import ATTACKS, likes, measured
from .hall import Hall, Size

pytestmark = pytest.mark.django_db
MEMBERS = int(os.environ.get("ABUSE_MEMBERS", "24"))
IDEAS = int(os.environ.get("ABUSE_IDEAS", "10"))
NEWCOMERS = int(os.environ.get("ABUSE_NEWCOMERS", "25"))
ACCOUNTS = int(os.environ.get("ABUSE_ACCOUNTS", "25"))
LIKES = int(os.environ.get("ABUSE_LIKES", "50"))
TARGETS = int(os.environ.get("ABUSE_TARGETS", "1"))
RESULT = os.environ.get("ABUSE_RESULT", "")


def test_false_accounts_move_no_idea_by_a_place_and_newcomers_are_heard(fakepay: Till) -> None:
    hall = Hall(Size(MEMBERS, IDEAS, NEWCOMERS), fakepay)
    hall.build()
    newcomers = told_of(hall)
    hall.ask_for_more(ACCOUNTS)
    listed = list(queries.listed(None))
    targets = [listed[len(listed) * (2 * n + 1) // (2 * TARGETS)] for n in range(TARGETS)]
    rows = [measured(hall, name, targets, LIKES if attack is likes else ACCOUNTS) for name, attack in ATTACKS.items()]
    keep({"rows": [asdict(row) for row in rows], "newcomers": newcomers})
    assert not offenders()
    for row in rows:
        assert abs(row.moved) < 1 < row.moved_undefended, row
        assert not row.gates_opened, row
    assert newcomers["held"] < newcomers["newcomers"] / 100, newcomers


def told_of(hall: Hall) -> dict[str, Any]:
    """What became of the honest newcomers. Held is who, after their first week, ever found a voice waiting."""
    people = hall.newcomers
    backing = Backing.objects.filter(person__in=people)
    launched = Idea.objects.get(pk=hall.launched.pk)
    held = len(hall.crowded)
    return {
        "newcomers": len(people),
        "held": held,
        "held_percent": round(100 * held / len(people), 2),
        "with_a_voice": backing.values("person").distinct().count(),
        "voices": backing.count(),
        "voices_by_trust": {
            trust: backing.filter(trust=trust).count()
            for trust in (weights.KNOWN, weights.STRANGER, weights.NEW, weights.CROWD)
        },
        "known": Standing.objects.filter(person__in=people).exclude(by="").count(),
        "launch": {
            "voices": launched.likes + launched.follows + launched.pays,
            "place": hall.place(launched),
            "place_undefended": hall.place(launched, plain=True),
        },
    }


def keep(found: dict[str, Any]) -> None:
    if RESULT:
        place = Path(RESULT)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(found, indent=2) + "\n")
    print(json.dumps(found, indent=2))
