"""A till in memory, for the machine alone: a real one would cost seconds a run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from moothall.payments.provider import Ask, ProviderSilent, Returned, State


@dataclass
class MemoryTill:
    """What the hall asks of a provider, by the same keys; `silent`, it does what is asked and does not answer."""

    sessions: dict[str, State]
    keys: dict[str, str]
    refunds: dict[str, Returned]
    silent: bool = False
    refuses: bool = False

    def open_session(self, ask: Ask) -> State:
        name = self.keys.setdefault(ask.key, f"cs_{len(self.keys)}")
        fresh = State(name, ask.reference, False, False, "", ask.amount, ask.currency, f"https://till.example/{name}")
        return self._answer(self.sessions.setdefault(name, fresh))

    def look(self, session: str) -> State:
        return self._answer(self.sessions[session])

    def end_session(self, session: str) -> State:
        if not self.sessions[session].paid:
            self.sessions[session] = replace(self.sessions[session], ended=True)
        return self._answer(self.sessions[session])

    def give_back(self, *, intent: str, amount: int, key: str) -> Returned:
        state = "failed" if self.refuses else "done"
        return self._answer(self.refunds.setdefault(key, Returned(f"re_{key}", state, "no" if self.refuses else "")))

    def look_back(self, provider_id: str) -> Returned:
        return self._answer(next(one for one in self.refunds.values() if one.provider_id == provider_id))

    def _answer(self, answer: Any) -> Any:
        if self.silent:
            raise ProviderSilent("silent")
        return answer

    def pay(self, session: str) -> None:
        state = self.sessions[session]
        if not (state.paid or state.ended):
            self.sessions[session] = replace(state, paid=True, intent=f"pi_{session}")
