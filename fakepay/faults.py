"""What is to go wrong, as a test asks for it; kept in memory only, so that a restart is a fresh and faultless till."""

import fnmatch
import threading
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from fakepay.wire import Refusal

WEBHOOKS = ("normal", "off", "late", "shuffle", "repeat")
API = ("500", "429", "timeout_after", "500_after", "cut_body")
REFUNDS = ("normal", "pending", "fail")
LONGEST_S = 600.0
MOST_TIMES = 1_000_000


@dataclass
class ApiFault:
    """The next `times` requests to `path` (may hold *) go wrong as `mode` says; `delay_s` is how long a hang lasts."""

    path: str
    mode: str
    method: str = "POST"
    times: int = 1
    delay_s: float = 30.0


@dataclass
class Plan:
    """The faults in force. `refunds: fail` makes a refund pending and, `refund_delay_s` later, failed."""

    webhooks: str = "normal"
    repeat: int = 2
    delay_s: float = 0.5
    refunds: str = "normal"
    refund_delay_s: float = 0.5
    page_delay_s: float = 2.0
    api: list[ApiFault] = field(default_factory=list)


class Faults:
    """Holds the plan for all threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._plan = Plan()

    def now(self) -> Plan:
        with self._turn:
            return Plan(**{**vars(self._plan), "api": list(self._plan.api)})

    def shown(self) -> dict[str, Any]:
        with self._turn:
            return asdict(self._plan)

    def change(self, asked: dict[str, Any]) -> None:
        """Sets what is named and leaves the rest; {"reset": true} first takes all faults back."""
        asked = dict(asked)
        reset = asked.pop("reset", False)
        with self._turn:
            known = Plan() if reset else self._plan
            self._plan = Plan(**{**vars(known), **{name: _checked(name, value) for name, value in asked.items()}})

    def take(self, method: str, path: str) -> ApiFault | None:
        """The fault that this request meets, counted down; two requests never share one."""
        with self._turn:
            for fault in self._plan.api:
                if fault.times > 0 and fault.method == method and fnmatch.fnmatchcase(path, fault.path):
                    fault.times -= 1
                    return fault
        return None


def _checked(name: str, value: Any) -> Any:
    if name in ("webhooks", "refunds"):
        return _choice(name, value, WEBHOOKS if name == "webhooks" else REFUNDS)
    if name == "repeat":
        return int(_number(name, value, 100))
    if name in ("delay_s", "refund_delay_s", "page_delay_s"):
        return _number(name, value, LONGEST_S)
    if name == "api" and isinstance(value, list):
        return [_api_fault(entry) for entry in value]
    raise Refusal(f"There is no fault named {name} of this form.", param=name)


def _api_fault(entry: Any) -> ApiFault:
    known = {one.name for one in fields(ApiFault)}
    if not isinstance(entry, dict) or not set(entry) <= known or not isinstance(entry.get("path"), str):
        raise Refusal(f"A fault of the API is an object with {', '.join(sorted(known))}.", param="api")
    return ApiFault(
        path=entry["path"],
        mode=_choice("mode", str(entry.get("mode")), API),
        method=_choice("method", entry.get("method", "POST"), ("GET", "POST")),
        times=int(_number("times", entry.get("times", 1), MOST_TIMES)),
        delay_s=_number("delay_s", entry.get("delay_s", 30.0), LONGEST_S),
    )


def _choice(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise Refusal(f"{name} is one of {', '.join(allowed)}.", param=name)
    return str(value)


def _number(name: str, value: Any, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise Refusal(f"{name} is a number from 0 to {most:g}.", param=name)
    return float(value)
