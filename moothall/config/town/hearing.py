"""What people of the town chose to hear of, and when they last looked at their notices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time

from moothall.notices.sorts import SORTS, Wish

PLACE = "Europe/London"


@dataclass(frozen=True, slots=True)
class Hearing:
    """Mails by sort where they differ from what holds for everybody; quiet hours; when the digest comes."""

    mails: dict[str, str] = field(default_factory=dict)
    quiet: tuple[time, time] | None = None
    digest_hour: int = 8

    @property
    def wishes(self) -> dict[str, Wish]:
        return {name: Wish(True, self.mails.get(name, sort.default.mail)) for name, sort in SORTS.items()}


NIGHT = time(22), time(7)
# By handle; the others chose nothing.
HEARING = {
    "ana": Hearing({"people": "daily"}, NIGHT),
    "ben": Hearing({"shares": "at_once", "people": "never"}),
    "mira": Hearing({"people": "daily"}, (time(20, 30), time(6, 30)), 7),
    "tomek": Hearing({"desk": "daily"}, NIGHT, 6),
    "edith": Hearing({"people": "weekly", "shares": "weekly"}, NIGHT, 18),
}
LOOKED = "ana ben mira tomek edith olwen beatriz chidi salma greta gus agnes magda".split()
