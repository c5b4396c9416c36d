"""The way to fakepay's doors: its clock, its webhooks, and a card for a shopper of the town."""

from __future__ import annotations

from datetime import datetime

import httpx

CARD = "4242424242424242"


class Till:
    """The payment provider of the demo, asked to live in the time of the town."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, timeout=10)

    def open(self) -> None:
        """Keep its webhooks back: while the town plays, nobody is there to hear them."""
        self._ask("_faults", {"webhooks": "off"})

    def stand_at(self, moment: datetime) -> None:
        self._ask("_clock", {"now": moment.timestamp()})

    def pay(self, session: str) -> None:
        """What a shopper does on the hosted page."""
        self._ask("_card", {"session": session, "card": CARD})

    def let_go(self) -> None:
        self._ask("_clock", {"now": None})
        self._ask("_faults", {"webhooks": "normal"})
        self.client.close()

    def _ask(self, door: str, wanted: dict[str, object]) -> None:
        self.client.post(f"/{door}", json=wanted).raise_for_status()
