"""Run as a process: Ana chose a digest, so many people follow her, and of none of it has she been told yet."""

from __future__ import annotations

import sys

import django


def main() -> None:
    django.setup()
    from moothall.notices import actions as notices  # noqa: PLC0415 — Django has to be set up first
    from moothall.notices.sorts import Wish  # noqa: PLC0415
    from moothall.people import actions as people  # noqa: PLC0415
    from moothall.people.models import Profile  # noqa: PLC0415
    from tests.town import person  # noqa: PLC0415

    ana = Profile.objects.get(handle="ana")
    notices.choose(by=ana, wishes={"people": Wish(True, "weekly")}, zone="UTC")
    for n in range(int(sys.argv[1])):
        people.follow(by=person(f"Friend {n}", f"friend-{n}"), source=ana)


if __name__ == "__main__":
    main()
