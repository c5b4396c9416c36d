"""Reads what a shop asks of a new checkout session and refuses what cannot be charged."""

import re
from typing import Any

from fakepay import money
from fakepay.keeping import WantedCard, WantedCharge
from fakepay.params import Fields
from fakepay.till import Wanted
from fakepay.wire import Refusal

MOST_LINES = 100
# Accepted since Stripe knows them, without any effect here.
IGNORED = (
    "adaptive_pricing", "allow_promotion_codes", "automatic_tax", "billing_address_collection", "customer_creation",
    "custom_text", "invoice_creation", "locale", "payment_method_types", "phone_number_collection", "submit_type",
    "ui_mode",
)  # fmt: skip


def wanted_card(fields: Fields) -> WantedCard:
    """A session that keeps a card and charges nothing."""
    fields.only(
        "mode", "success_url", "cancel_url", "client_reference_id", "metadata", "setup_intent_data", "customer_email",
        "expires_at", "currency", *IGNORED,
    )  # fmt: skip
    if fields.text("customer_creation") != "always":
        raise Refusal("This till keeps a card for a customer of its own only.", param="customer_creation")
    fields.needed("success_url", most=5000)
    setup = fields.part("setup_intent_data")
    setup.only("metadata", "description")
    return WantedCard(
        success_url=fields.url("success_url") or "",
        cancel_url=fields.url("cancel_url"),
        client_reference_id=fields.text("client_reference_id", most=200),
        customer_email=_email(fields),
        metadata=fields.metadata(),
        setup_metadata=setup.metadata(),
        expires_at=fields.whole("expires_at", least=0, most=10**12),
    )


def wanted_charge(fields: Fields) -> WantedCharge:
    """A charge of a kept card, confirmed at once while its owner is not there."""
    fields.only(
        "amount", "currency", "customer", "payment_method", "off_session", "confirm", "metadata", "description",
        "payment_method_types",
    )  # fmt: skip
    for name in ("off_session", "confirm"):
        if fields.needed(name) != "true":
            raise Refusal("This till charges kept cards at once, off session, and in no other way.", param=name)
    currency = fields.needed("currency").lower()
    if currency not in money.CURRENCIES:
        raise Refusal(f"Invalid currency: {currency}.", param="currency")
    fields.needed("amount")
    return WantedCharge(
        amount=fields.whole("amount", least=1, most=money.MOST) or 0,
        currency=currency,
        customer=fields.needed("customer"),
        method=fields.needed("payment_method"),
        metadata=fields.metadata(),
    )


def wanted_session(fields: Fields) -> Wanted:
    fields.only(
        "mode", "line_items", "success_url", "cancel_url", "client_reference_id", "metadata", "payment_intent_data",
        "customer_email", "expires_at", *IGNORED,
    )  # fmt: skip
    if fields.needed("mode") != "payment":
        raise Refusal("Invalid mode: this till only knows payment and setup.", param="mode")
    lines, currency = _lines(fields)
    amount = sum(line["amount"] for line in lines)
    if not 1 <= amount <= money.MOST:
        size = "small" if amount < 1 else "large"
        raise Refusal(f"The total amount is too {size}.", code=f"amount_too_{size}", param="line_items")
    fields.needed("success_url", most=5000)
    intent = fields.part("payment_intent_data")
    intent.only("metadata", "description", "statement_descriptor", "statement_descriptor_suffix", "capture_method")
    if intent.text("capture_method") not in (None, "automatic", "automatic_async"):
        raise Refusal("This till captures at once.", param="payment_intent_data[capture_method]")
    return Wanted(
        amount=amount,
        currency=currency,
        lines=lines,
        success_url=fields.url("success_url") or "",
        cancel_url=fields.url("cancel_url"),
        client_reference_id=fields.text("client_reference_id", most=200),
        customer_email=_email(fields),
        metadata=fields.metadata(),
        intent_metadata=intent.metadata(),
        expires_at=fields.whole("expires_at", least=0, most=10**12),
    )


def _lines(fields: Fields) -> tuple[list[dict[str, Any]], str]:
    rows = fields.rows("line_items")
    if not rows:
        raise Refusal("Missing required param: line_items.", code="parameter_missing", param="line_items")
    if len(rows) > MOST_LINES:
        raise Refusal(f"At most {MOST_LINES} line items are allowed.", param="line_items")
    lines = [_line(row) for row in rows]
    currencies = {line.pop("currency") for line in lines}
    if len(currencies) > 1:
        raise Refusal("All line items must have the same currency.", param="line_items")
    return lines, str(currencies.pop())


def _line(row: Fields) -> dict[str, Any]:
    row.only("price_data", "quantity")
    price = row.part("price_data")
    price.only("currency", "unit_amount", "product_data", "tax_behavior")
    product = price.part("product_data")
    product.only("name", "description", "images", "metadata", "tax_code")
    currency = price.needed("currency").lower()
    if currency not in money.CURRENCIES:
        raise Refusal(f"Invalid currency: {currency}.", param=price.name_of("currency"))
    price.needed("unit_amount")
    unit = price.whole("unit_amount", least=0, most=money.MOST) or 0
    row.needed("quantity")
    quantity = row.whole("quantity", least=1, most=999_999) or 1
    name = product.needed("name", most=250)
    return {"name": name, "quantity": quantity, "unit": unit, "amount": unit * quantity, "currency": currency}


def _email(fields: Fields) -> str | None:
    email = fields.text("customer_email", most=254)
    if email is not None and not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", email):
        raise Refusal(f"Invalid email address: {email}", code="email_invalid", param="customer_email")
    return email
