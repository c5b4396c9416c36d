"""Run as a process in a hall's surroundings: people who may each back an idea, and an idea with two goes. Prints what a
test needs to know."""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import django


def main() -> None:
    """`voicing NUMBER`: so many people with a token each; Tidewater asks for half as many voices."""
    django.setup()
    print(json.dumps(ideas_of(int(sys.argv[1]))))


def ideas_of(number: int) -> dict[str, object]:
    from moothall.activity.models import Pending  # noqa: PLC0415 — Django has to be set up first
    from moothall.ideas import actions  # noqa: PLC0415
    from moothall.ideas.gates import today  # noqa: PLC0415
    from moothall.orders import actions as orders  # noqa: PLC0415
    from moothall.people import tokens  # noqa: PLC0415
    from moothall.people.models import Account, Circle, Profile  # noqa: PLC0415
    from tests import town as the_town  # noqa: PLC0415
    from tests.ideas import gated  # noqa: PLC0415
    from tests.ideas.made import proposed  # noqa: PLC0415

    names = ("ana", "ben", "mira", "noor", "tidewater", "north-wool")
    ana, ben, mira, noor, tidewater, wool = (Profile.objects.get(handle=name) for name in names)
    town = the_town.Town(ana, ben, mira, noor, tidewater, Circle.objects.get(owner=ana))
    gated.known_voices(town, number)
    orders.issue_due(brand=tidewater)
    owners = {brand: the_town.owner_of(brand) for brand in (tidewater, wool)}
    for brand, owner in owners.items():
        actions.set_mark(by=owner, brand=brand, voices=number // 2, days=28)
    free = proposed(ana)
    people = gated.voices(free, [30] * number)
    gates = []
    for brand, owner in owners.items():
        gate = actions.take_to_gate(by=owner, brand=brand, idea=free, due=today() + timedelta(days=9))
        actions.keep_sheet(by=owner, gate=gate, figures=gated.FIGURES)
        actions.judge(by=owner, gate=gate, state="go", reasons="Good", go=actions.Go(gated.pounds(36), 5))
        gates.append(gate.public)
    waits = proposed(ana, brand=tidewater)
    Pending.objects.all().delete()  # what is told of it is no part of any test
    accounts = [Account.objects.get(profile=one) for one in people]
    return {
        "idea": waits.public,
        "gates": gates,
        "tokens": [tokens.make_token(account=one, name="Test", scopes=["social"], days=0)[1] for one in accounts],
    }


if __name__ == "__main__":
    main()
