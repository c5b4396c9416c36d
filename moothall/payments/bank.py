"""What a bank account is called, checked and drawn: no tables, no network."""

from __future__ import annotations

import re

from moothall.core.money import Money, precision

TRANSFER = "transfer-"  # before the bank's own reference, so that it is never taken for a provider's
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_BIC = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")


def plain(account: str) -> str:
    """An IBAN in capitals without spaces; what is none, as it is."""
    tight = re.sub(r"[\s.-]", "", account).upper()
    return tight if looks_like_iban(tight) else account


def looks_like_iban(account: str) -> bool:
    """Two letters and two digits begin nothing else that banks go by."""
    return re.match(r"[A-Z]{2}\d{2}", account) is not None


def is_iban(account: str) -> bool:
    """ISO 13616: the first four signs moved to the end, letters as 10 to 35, the number leaves 1 by 97 (ISO 7064)."""
    if not _IBAN.fullmatch(account):
        return False
    return int("".join(str(int(sign, 36)) for sign in account[4:] + account[:4])) % 97 == 1


def is_bic(bic: str) -> bool:
    """ISO 9362: bank, country and place, and a branch or none."""
    return _BIC.fullmatch(bic) is not None


def grouped(account: str) -> str:
    """An IBAN in fours, as it stands on paper."""
    return " ".join(re.findall(".{1,4}", account)) if is_iban(account) else account


def intent_of(reference: str) -> str:
    return TRANSFER + reference


def reference_in(intent: str) -> str:
    return intent.removeprefix(TRANSFER) if intent.startswith(TRANSFER) else ""


def girocode(*, holder: str, account: str, bic: str, money: Money, reference: str) -> str:
    """What a banking app reads from a code: EPC069-12, version 002, UTF-8. Nothing where it has no such form: it is for
    euros and IBANs only."""
    if money.currency != "EUR" or not is_iban(account) or not 0 < money.minor < 10 ** (9 + precision("EUR")):
        return ""
    amount = f"EUR{money.decimal:.2f}"
    return "\n".join(("BCD", "002", "1", "SCT", bic, holder[:70], account, amount, "", "", reference[:140]))
