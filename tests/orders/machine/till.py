"""A till in memory, for the machine alone: a real one would cost seconds a run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from moothall.payments.provider import Ask, CardRefused, Charge, Keeping, Kept, ProviderSilent, Returned, State


@dataclass
class MemoryTill:
    """What the hall asks of a provider, by the same keys; `silent`, it does what is asked and does not answer."""

    sessions: dict[str, State]
    keys: dict[str, str]
    refunds: dict[str, Returned]
    cards: dict[str, Kept] = field(default_factory=dict)  # by the session that keeps them
    empty: set[str] = field(default_factory=set)  # cards that are refused when they are charged
    charges: dict[str, Charge] = field(default_factory=dict)  # to kept cards, by their names
    silent: bool = False
    refuses: bool = False

    def open_session(self, ask: Ask) -> State:
        name = self.keys.setdefault(ask.key, f"cs_{len(self.keys)}")
        fresh = State(name, ask.reference, False, False, "", ask.amount, ask.currency, f"https://till.example/{name}")
        return self._answer(self.sessions.setdefault(name, fresh))

    def look(self, session: str) -> State:
        return self._answer(self.sessions[session])

    def end_session(self, session: str) -> State | None:
        if session in self.cards:
            if not self.cards[session].done:
                self.cards[session] = replace(self.cards[session], ended=True)
            return self._answer(None)
        if not self.sessions[session].paid:
            self.sessions[session] = replace(self.sessions[session], ended=True)
        return self._answer(self.sessions[session])

    def give_back(self, *, intent: str, amount: int, key: str) -> Returned:
        state = "failed" if self.refuses else "done"
        return self._answer(self.refunds.setdefault(key, Returned(f"re_{key}", state, "no" if self.refuses else "")))

    def look_back(self, provider_id: str) -> Returned:
        return self._answer(next(one for one in self.refunds.values() if one.provider_id == provider_id))

    # ---- kept cards

    def keep_card(self, ask: Keeping) -> Kept:
        name = self.keys.setdefault(ask.key, f"cs_keep_{len(self.keys)}")
        fresh = Kept(name, ask.reference, False, False, f"https://till.example/{name}")
        return self._answer(self.cards.setdefault(name, fresh))

    def card_kept(self, session: str) -> Kept:
        return self._answer(self.cards[session])

    def give_card(self, session: str, is_empty: bool) -> None:
        kept = self.cards[session]
        if not (kept.done or kept.ended):
            card = f"pm_{session}"
            self.cards[session] = replace(
                kept, done=True, customer=f"cus_{session}", card=card, brand="visa", last4="4242"
            )
            self.empty |= {card} if is_empty else set()

    def charge_kept(self, charge: Charge) -> State:
        if charge.card in self.empty or self.forgotten(charge.customer):
            raise CardRefused("no money")
        name = self.keys.setdefault(charge.key, f"pi_kept_{len(self.keys)}")
        self.charges.setdefault(name, charge)
        fresh = State(name, charge.reference, True, False, name, charge.amount, charge.currency, "")
        return self._answer(self.sessions.setdefault(name, fresh))

    def charges_of(self, customer: str, reference: str) -> list[State]:
        found = [name for name, one in self.charges.items() if (one.customer, one.reference) == (customer, reference)]
        return self._answer([self.sessions[name] for name in found])

    def forget_card(self, customer: str) -> None:
        self.keys[f"forgotten {customer}"] = "yes"
        self._answer(None)

    def forgotten(self, customer: str) -> bool:
        return f"forgotten {customer}" in self.keys

    def _answer(self, answer: Any) -> Any:
        if self.silent:
            raise ProviderSilent("silent")
        return answer

    def pay(self, session: str) -> None:
        state = self.sessions[session]
        if not (state.paid or state.ended):
            self.sessions[session] = replace(state, paid=True, intent=f"pi_{session}")
