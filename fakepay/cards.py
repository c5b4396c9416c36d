"""Reads what was typed into the card fields; the number lives only as long as the request."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

NO_MONEY, NEEDS_OWNER = "4000000000000341", "4000002760003184"  # kept, and refused when charged later
TEST_CARDS = (
    ("4242 4242 4242 4242", "is accepted"),
    ("4000 0000 0000 3220", "asks to confirm"),
    ("4000 0000 0000 0002", "is declined"),
    ("4000 0000 0000 0119", "pays, then silence"),
)
KEPT_CARDS = (
    ("4242 4242 4242 4242", "is charged later"),
    ("4000 0000 0000 0341", "is declined later"),
    ("4000 0027 6000 3184", "wants its owner later"),
    ("4000 0000 0000 0119", "pays later, then silence"),
    ("4000 0000 0000 0002", "is declined now"),
)


@dataclass(frozen=True)
class Typed:
    """The fields as typed, and for each wrong one a sentence."""

    number: str = ""
    expiry: str = ""
    cvc: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)

    def digits(self) -> str:
        return re.sub(r"[\s-]", "", self.number)


def read(form: Mapping[str, str]) -> Typed:
    number, expiry, cvc = (form.get(name, "").strip()[:40] for name in ("number", "expiry", "cvc"))
    typed = Typed(number, expiry, cvc)
    checks = {"number": _number_wrong(typed.digits()), "expiry": _expiry_wrong(expiry), "cvc": _cvc_wrong(cvc)}
    return Typed(number, expiry, cvc, {name: sentence for name, sentence in checks.items() if sentence})


def filled(form: Mapping[str, str]) -> Typed:
    """The form with a test card put in, for the buttons of the note; what else was typed stays."""
    wished = re.sub(r"\D", "", form.get("fill", ""))
    number = next((spaced for spaced, _ in TEST_CARDS + KEPT_CARDS if spaced.replace(" ", "") == wished), "")
    soon = f"12/{(datetime.now(UTC).year + 3) % 100:02d}"
    return Typed(number, form.get("expiry", "").strip()[:40] or soon, form.get("cvc", "").strip()[:40] or "123")


def _number_wrong(digits: str) -> str:
    if not digits:
        return "Please enter a card number."
    if not re.fullmatch(r"[0-9]{12,19}", digits) or not _sums_up(digits):
        return "This is not a card number. Please check each digit."
    return ""


def _sums_up(digits: str) -> bool:
    """Luhn's check: every second digit from the right counts twice."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _expiry_wrong(expiry: str) -> str:
    if not expiry:
        return "Please enter the month and year, such as 04/29."
    match = re.fullmatch(r"(0?[1-9]|1[0-2])\s*[/. -]\s*(20)?([0-9]{2})|(0[1-9]|1[0-2])([0-9]{2})", expiry)
    if match is None:
        return "Please write month and year as on the card, such as 04/29."
    month, year = int(match[1] or match[4]), 2000 + int(match[3] or match[5])
    now = datetime.now(UTC)
    return "This card has expired. Please use another." if (year, month) < (now.year, now.month) else ""


def _cvc_wrong(cvc: str) -> str:
    if not cvc:
        return "Please enter the security code."
    return "" if re.fullmatch(r"[0-9]{3,4}", cvc) else "The security code has 3 or 4 digits."
