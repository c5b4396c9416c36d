"""Doors for tests and demos, on loopback only: set faults and the clock, pay without a form, read everything."""

from typing import Any

from fakepay import clock, objects, till
from fakepay.faults import Faults
from fakepay.pages import Pages
from fakepay.store import Store
from fakepay.till import Outcome
from fakepay.wire import Answer, Refusal, Request, refused, told

LAST = 10**10  # some three hundred years
STATUS = {"declined": 402, "refused": 422, "expired": 410, "lost": 504}


class Doors:
    """Answers /_faults, /_clock, /_card and /_state."""

    def __init__(self, store: Store, faults: Faults, pages: Pages, base: str) -> None:
        self.store, self.faults, self.pages, self.base = store, faults, pages, base

    def answer(self, request: Request) -> Answer:
        try:
            if request.path == "/_faults":
                if request.method == "POST":
                    self.faults.change(request.json())
                return told(self.faults.shown())
            if request.path == "/_clock" and request.method == "POST":
                return _set_clock(request.json())
            if request.path == "/_card" and request.method == "POST":
                return self._card(request.json())
            if request.path == "/_state" and request.method == "GET":
                return told(self._state())
            raise Refusal("There is no such door.", status=404)
        except Refusal as refusal:
            return refused(refusal)

    def _card(self, asked: dict[str, Any]) -> Answer:
        """{"session", "card"} pays; {"session", "step": "confirm" | "fail"} answers the card's bank."""
        session, card, step = asked.get("session"), asked.get("card"), asked.get("step")
        if not isinstance(session, str):
            raise Refusal("Missing session.", param="session")
        if isinstance(card, str):
            outcome = self.pages.attempt(session, card.replace(" ", ""))
        elif step in ("confirm", "fail"):
            outcome = self.pages.step(session, step == "confirm")
        else:
            raise Refusal("Give a card, or a step: confirm or fail.", param="card")
        return self._told(outcome, session)

    def _told(self, outcome: Outcome, session: str) -> Answer:
        status = STATUS.get(outcome.kind, 200)
        answer = told({"session": session, "outcome": outcome.kind, "message": outcome.message}, status)
        if outcome.kind != "lost":
            return answer
        return Answer(answer.status, answer.body, delay_s=self.faults.now().page_delay_s)

    def _state(self) -> dict[str, Any]:
        """All there is, oldest first."""
        with self.store.transaction() as db:
            till.close_overdue(db)
            setups = db.execute("SELECT * FROM setups ORDER BY seq").fetchall()
            customers = db.execute("SELECT * FROM customers WHERE deleted IS NULL ORDER BY seq").fetchall()
            sessions = db.execute("SELECT * FROM session_rows ORDER BY seq").fetchall()
            intents = db.execute("SELECT * FROM intent_rows ORDER BY seq").fetchall()
            charges = db.execute("SELECT * FROM charge_rows ORDER BY seq").fetchall()
            refunds = db.execute("SELECT * FROM refunds ORDER BY seq").fetchall()
            events = db.execute("SELECT * FROM events ORDER BY seq").fetchall()
        return {
            "sessions": [objects.session(row, self.base) for row in sessions],
            "setups": [objects.setup(row, self.base) for row in setups],
            "customers": [objects.customer(row) for row in customers],
            "payment_intents": [objects.intent(row) for row in intents],
            "charges": [objects.charge(row) for row in charges],
            "refunds": [objects.refund(row) for row in refunds],
            "events": [
                {"id": row["id"], "type": row["type"], "tries": row["tries"], "delivered": row["delivered"] is not None}
                for row in events
            ],
        }


def _set_clock(asked: dict[str, Any]) -> Answer:
    """{"now": seconds since 1970} stands there until told otherwise; {"now": null} lets the clock go."""
    moment = asked.get("now", "missing")
    is_number = isinstance(moment, int | float) and not isinstance(moment, bool)
    if moment is not None and not (is_number and 0 <= moment <= LAST):
        raise Refusal("now is a number of seconds since 1970, or null.", param="now")
    clock.stand(moment)
    return told({"now": clock.now()})
