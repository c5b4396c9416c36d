"""Run as a process: `python -m tests.process.make_token ana` makes a token of this person and prints its secret."""

from __future__ import annotations

import sys

import django


def main() -> None:
    django.setup()
    from moothall.people import tokens  # noqa: PLC0415 — Django has to be set up first
    from moothall.people.models import Account  # noqa: PLC0415

    account = Account.objects.get(profile__handle=sys.argv[1])
    print(tokens.make_token(account=account, name="Test", scopes=list(tokens.SCOPES), days=0)[1])


if __name__ == "__main__":
    main()
