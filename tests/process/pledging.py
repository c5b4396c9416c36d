"""Run as a process in a hall's surroundings: pools with pledges whose cards the till keeps. Prints what a test needs to
know."""

from __future__ import annotations

import json
import sys

import django


def main() -> None:
    """`pledging NUMBER SECONDS [MOST]`: so many people pledge in a pool that ends so long after the last of them. With
    `MOST` there is room for so many pieces, everybody wants one, and their cards are yet to be given.
    `pledging NUMBER SECONDS concept`: a quarter as many pledge for a concept besides, which ends at the same moment;
    of each four one said less than it costs, and of each eight one of those two takes it all the same."""
    django.setup()
    number, seconds, more = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
    if more == ["concept"]:
        print(json.dumps(two_pools(number, seconds)))
    else:
        print(json.dumps(pool_of(number, seconds, int(more[0]) if more else None)))


def pool_of(number: int, seconds: float, most: int | None) -> dict[str, object]:
    from moothall.pools.ladder import Rung  # noqa: PLC0415 — Django has to be set up first
    from tests import town as the_town  # noqa: PLC0415

    from . import pooling  # noqa: PLC0415

    rungs = [Rung(2, 450)] if most else [Rung(2, 450), Rung(max(number // 2, 3), 400)]
    pool, spoon = pooling.on_spoons(rungs, most)
    begun = [pooling.begin(pool, spoon, pooling.Wish(n, 1 if most else 1 + n % 3, 450)) for n in range(number)]
    if not most:
        for pledge, card in begun:
            pooling.stand(pledge, card)
    pooling.tell_nobody()
    pooling.ends(seconds, pool)
    first = [pooling.guest(n) for n in range(min(number, 20))]
    return {
        "pool": pool.public,
        "cards": [card for _pledge, card in begun],
        "sessions": [the_town.signed_in(one).cookies["session"].value for one in first],
    }


def two_pools(number: int, seconds: float) -> dict[str, object]:
    from moothall.ideas import actions as ideas  # noqa: PLC0415 — Django has to be set up first
    from moothall.pools.ladder import Rung  # noqa: PLC0415

    from . import pooling  # noqa: PLC0415

    fewer = max(number // 4, 8)
    wishes = [pooling.Wish(n, 1 + n % 2, 3000 if n % 4 == 3 else 4000) for n in range(fewer)]
    concept, variant, gate = pooling.on_concept(wishes)
    ideas.accept(by=gate.idea.lead, gate=gate)
    for wish in wishes[7::8]:
        pooling.say(concept, variant, pooling.Wish(wish.n, wish.quantity, 3600))
    pool, spoon = pooling.on_spoons([Rung(2, 450), Rung(max(number // 2, 3), 400)])
    pooling.fill(pool, spoon, (pooling.Wish(n, 1 + n % 3, 450) for n in range(number)))
    pooling.tell_nobody()
    pooling.ends(seconds, pool, concept)
    unmet = len(wishes[3::4]) - len(wishes[7::8])
    return {"paid": number + fewer - unmet, "unmet": unmet}


if __name__ == "__main__":
    main()
