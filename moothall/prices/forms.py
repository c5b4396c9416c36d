"""How a desk writes down what it asks for sending, its taxes and its vouchers."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moothall.catalog.forms import PriceField
from moothall.core.countries import countries
from moothall.core.money import percent
from moothall.core.refusals import Refusal

from .actions import Offer, Plan, Row
from .queries import Sends, Taxed

BLANK_ROWS = 2


def whole_number(label: Any, most: int) -> forms.IntegerField:
    """A number from 1, or nothing."""
    return forms.IntegerField(
        label=label, min_value=1, max_value=most, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )


class RateForm(forms.Form):
    """A price for sending up to a weight. A row without a price is no row."""

    up_to_grams = whole_number(_("Up to so many grams"), 1_000_000)
    amount = PriceField(label=_("Price"), required=False)
    free_from = PriceField(label=_("Free from"), required=False)
    words = forms.CharField(label=_("How it comes"), max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        typed = any(given.get(name) not in (None, "") for name in ("up_to_grams", "free_from", "words"))
        if typed and given.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Give it a price, or empty the row."))
        if given.get("free_from") is not None and not given["free_from"]:
            self.add_error("free_from", _("Then let its price be 0."))
        return given

    def row(self) -> Row:
        given = self.cleaned_data
        return Row(given["amount"], given["up_to_grams"], given["free_from"], given["words"])


Rates = forms.formset_factory(RateForm, extra=BLANK_ROWS, max_num=20, absolute_max=25)


class ZoneForm(forms.Form):
    """A zone with its countries and its rows of rates (`rates`)."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("At home, Europe, the world: as you call it."))
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        choices=countries,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none, and it is everywhere else."),
    )

    def __init__(self, data: Any = None, *, currency: str, sends: Sends | None = None) -> None:
        known = {"name": sends.zone.name, "countries": sends.countries} if sends else None
        super().__init__(data, initial=known)
        self.rates = Rates(data, initial=_rows(sends), prefix="rate", error_messages=_sentences())
        for row in self.rates.forms:
            for name in ("amount", "free_from"):
                field = row.fields[name]
                assert isinstance(field, PriceField)
                field.currency = currency

    def is_valid(self) -> bool:
        return super().is_valid() & self.rates.is_valid()

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)

    def plan(self) -> Plan:
        rows = [row.row() for row in self.rates.forms if row.cleaned_data.get("amount") is not None]
        return Plan(self.cleaned_data["name"], self.cleaned_data["countries"], rows)


def _rows(sends: Sends | None) -> list[dict[str, Any]]:
    if sends is None:
        return []
    return [
        {
            "up_to_grams": rate.up_to_grams,
            "amount": rate.money.plain,
            "free_from": rate.free.plain if rate.free else "",
            "words": rate.words,
        }
        for rate in sends.rates
    ]


def _sentences() -> dict[str, str]:
    """What is said where the rows did not come as this form sends them."""
    return {
        "missing_management_form": str(_("This came back in pieces. Load the page again and send it once more.")),
        "too_many_forms": str(_("Give it one price at least, and twenty at most.")),
    }


class PercentField(forms.CharField):
    """Typed as 20, 5.5 or 7,75; cleaned to hundredths of a percent, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=6, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value).replace(",", ".")
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", text):
            raise forms.ValidationError(_("A percentage is a number, like 20 or 5.5."))
        whole, _point, part = text.partition(".")
        found = int(whole) * 100 + int(part.ljust(2, "0") or 0)
        if found > 10_000:
            raise forms.ValidationError(_("A tax is from 0 to 100 percent."))
        return found


class TaxForm(forms.Form):
    """The rates of one country. A row without a country is no row."""

    country = forms.ChoiceField(label=_("Country"), choices=lambda: [("", "–"), *countries()], required=False)
    standard = PercentField(label=_("Standard"))
    reduced = PercentField(label=_("Reduced"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        rates = [given.get("standard"), given.get("reduced")]
        if any(rate is not None for rate in rates) and not given.get("country") and "country" not in self.errors:
            self.add_error("country", _("Choose a country, or empty the row."))
        if given.get("country") and given.get("standard") is None and "standard" not in self.errors:
            self.add_error("standard", _("Give it a rate; 0 is one too."))
        return given


Taxes = forms.formset_factory(TaxForm, extra=BLANK_ROWS, max_num=60, absolute_max=70)


class TaxesForm(forms.Form):
    """Whether prices hold their tax, and the rows of rates (`rates`)."""

    included = forms.ChoiceField(
        label=_("Your prices are"),
        choices=[("with", _("with tax")), ("without", _("without tax: it is added at the checkout"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, included: bool, taxed: list[Taxed]) -> None:
        super().__init__(data, initial={"included": "with" if included else "without"})
        rows = [
            {"country": one.country, "standard": percent(one.standard), "reduced": percent(one.reduced)}
            for one in taxed
        ]
        self.rates = Taxes(data, initial=rows, prefix="tax", error_messages=_sentences())

    def is_valid(self) -> bool:
        return super().is_valid() & self.rates.is_valid()

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(None, refusal.sentence)

    def taxed(self) -> list[Taxed]:
        rows = [row.cleaned_data for row in self.rates.forms if row.cleaned_data.get("country")]
        return [Taxed(row["country"], row["standard"], row["reduced"]) for row in rows]


class VoucherForm(forms.Form):
    """A new voucher: so many percent, or an amount."""

    code = forms.CharField(
        label=_("Code"), max_length=30, required=False, help_text=_("SPRING-10, say. Empty, and we make one up.")
    )
    words = forms.CharField(label=_("What it is for"), max_length=100, required=False, help_text=_("Only you read it."))
    percent = whole_number(_("Percent off"), 100)
    amount = PriceField(label=_("Or an amount off"), required=False)
    minimum = PriceField(label=_("Counts from"), required=False, help_text=_("So much of your things in the basket."))
    begins = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    limit = whole_number(_("How often in all"), 1_000_000)
    each = whole_number(_("How often for each person"), 1_000_000)

    def __init__(self, data: Any = None, *, currency: str) -> None:
        super().__init__(data)
        for name in ("amount", "minimum"):
            field = self.fields[name]
            assert isinstance(field, PriceField)
            field.currency = currency

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("begins", "ends"):
            day = given.get(name)
            if day and not 2000 <= day.year < 3000:  # the day after, in any time zone, must be a day too
                self.add_error(name, _("Choose an earlier day.") if day.year >= 3000 else _("Choose a later day."))
        return given

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)

    def offer(self) -> Offer:
        given = dict(self.cleaned_data)
        given["begins"] = _midnight(given["begins"])
        given["ends"] = _midnight(given["ends"] and given["ends"] + timedelta(days=1))  # the last day counts
        return Offer(**given)


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
