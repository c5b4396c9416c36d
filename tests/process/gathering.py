"""Run as a process in a hall's surroundings: an idea that gathers pledges whose cards the till keeps, with a go that
waits for its lead's yes. Prints what a test needs to know."""

from __future__ import annotations

import json
import sys

import django


def main() -> None:
    """`gathering NUMBER`: so many people pledge £40 at most each; the go is £36 for two."""
    django.setup()
    print(json.dumps(gathering_of(int(sys.argv[1]))))


def gathering_of(number: int) -> dict[str, object]:
    from moothall.pools.models import Pledge  # noqa: PLC0415 — Django has to be set up first

    from . import pooling  # noqa: PLC0415

    pool, variant, gate = pooling.on_concept(pooling.Wish(n, 1, 4000) for n in range(number))
    pooling.tell_nobody()
    return {
        "pool": pool.public,
        "gate": gate.public,
        "variant": variant.public,
        "lead": secret_of("ana"),
        "secrets": [secret_of(f"guest{n}") for n in range(number)],
        "pledges": list(Pledge.objects.filter(pool=pool).order_by("pk").values_list("public", flat=True)),
    }


def secret_of(handle: str) -> str:
    """A token that may do all that a token may."""
    from moothall.people import tokens  # noqa: PLC0415
    from moothall.people.models import Account  # noqa: PLC0415

    account = Account.objects.get(profile__handle=handle)
    return str(tokens.make_token(account=account, name="Test", scopes=list(tokens.SCOPES), days=0)[1])


if __name__ == "__main__":
    main()
