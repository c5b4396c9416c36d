"""Where the way from an idea to a thing begins: people, a brand that judges what thirty would pay for, and a crowd."""

from __future__ import annotations

from typing import Any

from moothall.ideas import actions as ideas
from moothall.people.models import Profile
from tests import town as the_town

CROWD = 27


def before_the_idea() -> dict[str, Any]:
    town = the_town.make()
    brand = town.another_brand()
    the_town.sends(brand, "4", "Post, two days")
    ideas.set_mark(by=the_town.owner_of(brand), brand=brand, voices=30, days=28)
    crowd = [the_town.person(f"Guest {number}", f"guest{number}").handle for number in range(CROWD)]
    the_town.person("Dana Reed", "dana")
    cast = ("mira", "ana", "ben", "noor", "dana", "ola", *crowd)
    return {"sessions": {name: _session(str(name)) for name in cast}, "crowd": crowd}


def _session(handle: str) -> str:
    return str(the_town.signed_in(Profile.objects.get(handle=handle)).cookies["session"].value)
