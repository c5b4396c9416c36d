"""Run as a process: makes tables and scene by the hall's own actions, and prints what a test needs to know."""

from __future__ import annotations

import json
import os

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 — Django has to be set up first

    call_command("migrate", verbosity=0, interactive=False)
    print(json.dumps(scene()))


def scene() -> dict[str, object]:
    """The town, a steward, shelves with few and with many pieces, and scarce ones for each round of a race."""
    from moothall.activity.models import Pending  # noqa: PLC0415
    from moothall.orders import actions as orders  # noqa: PLC0415
    from moothall.people import actions as people  # noqa: PLC0415
    from moothall.people.models import Account, Profile  # noqa: PLC0415
    from tests import town as the_town  # noqa: PLC0415

    town = the_town.make()
    other = town.another_brand()
    steward = the_town.person("Stella Ward", "stella")
    people.make_steward(account=Account.objects.get(profile=steward))
    the_town.sends(other, "4")
    orders.set_imprint(by=town.mira, brand=town.brand, name=town.name())
    shelves = {
        "pot": town.product("Pot", left=10),
        "spoon": town.product("Spoon", price="5", left=100_000),
        "scarf": town.product("Scarf", price="30", left=100_000, brand=other),
        "twine": town.product("Twine", price="3", left=None),
        "bowl": town.product("Bowl", price="21", left=8, sizes=("Small", "Large")),
    }
    town.voucher("LAST", limit=1)
    for round in range(int(os.environ.get("RACE_ROUNDS", "3"))):
        town.voucher(f"THREE-{round}", limit=3)
        town.voucher(f"ONCE-{round}", each=1)
        shelves |= {f"{name}-{round}": town.product(f"{name} {round}", left=10) for name in ("lid", "jug", "mug")}
    who: dict[str, Profile] = {name: getattr(town, name) for name in ("ana", "ben", "mira", "noor")} | {
        "stella": steward
    }
    Pending.objects.all().delete()  # what the making of the scene would tell is no part of any test
    return {
        "sessions": {name: the_town.signed_in(one).cookies["session"].value for name, one in who.items()},
        "pages": {name: f"/@{one.brand.handle}/{one.slug}" for name, one in shelves.items()},
        "variants": {name: the_town.variants_of(one)[0].pk for name, one in shelves.items()},
        "circle": town.family.public,
    }


if __name__ == "__main__":
    main()
