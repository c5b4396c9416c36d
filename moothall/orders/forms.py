"""What a buyer fills in: where to, and who may know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.core import text
from moothall.core.countries import countries
from moothall.core.forms import Lines
from moothall.core.refusals import BadInput
from moothall.payments.models import Payment
from moothall.people.models import Circle

from .actions.invoices import Name
from .actions.paying import Contact, Telling
from .models import OrderLine, Return


class CountryForm(forms.Form):
    """Where to, before there is an address: it decides what sending costs."""

    country = forms.ChoiceField(label=_("Send to"), choices=countries)


class CodeForm(forms.Form):
    """A voucher; empty takes it out."""

    code = forms.CharField(label=_("Voucher"), max_length=30, required=False)


def pieces_typed(typed: Mapping[str, str], lines: Iterable[OrderLine]) -> dict[int, int]:
    """The numbers typed for each line, by the line's id; what was left empty is left out."""
    found = {line.pk: str(typed.get(f"pieces-{line.public}", "")).strip() for line in lines}
    if any(number and not (number.isascii() and number.isdigit() and len(number) < 5) for number in found.values()):
        raise BadInput(gettext("How many? Give a whole number."), field="pieces")
    return {pk: int(number) for pk, number in found.items() if number}


class ShareForm(forms.Form):
    """Who may know. Nobody is chosen for anybody: `may_be_nobody` adds it as the first choice."""

    who = forms.ChoiceField(label=_("Who may know"), widget=forms.RadioSelect)
    words = Lines(label=_("Your words"), max_length=400, required=False, rows=2)

    def __init__(self, *args: Any, circles: Sequence[Circle], may_be_nobody: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circles = {circle.public: circle for circle in circles}
        nobody = [("", _("Nobody"))] if may_be_nobody else []
        named = [(f"circle-{circle.public}", circle.name) for circle in circles]
        choices = [*nobody, *named, ("followers", _("People who follow me")), ("public", _("Everybody"))]
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices, who.required = choices, not may_be_nobody
        who.error_messages["required"] = str(_("Choose who may know."))

    def telling(self) -> Telling:
        who = self.cleaned_data["who"]
        circle = self.circles.get(who.removeprefix("circle-")) if who.startswith("circle-") else None
        return Telling("circle" if circle else who, circle, text.tidy(self.cleaned_data["words"], lines=True))


class ContactForm(forms.Form):
    """Where to. Kept wide: a name or a street is what somebody says it is."""

    email = forms.EmailField(
        label=_("Mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    name = forms.CharField(label=_("Name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    street = forms.CharField(
        label=_("Street and number"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
    postcode = forms.CharField(
        label=_("Postcode"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "postal-code"})
    )
    town = forms.CharField(
        label=_("Town"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=countries, widget=forms.Select(attrs={"autocomplete": "country"})
    )
    note = Lines(
        label=_("Anything the brands should know?"),
        max_length=500,
        required=False,
        rows=2,
    )

    def contact(self) -> Contact:
        given = self.cleaned_data
        tidied = {name: text.tidy(given[name]) for name in ("name", "street", "postcode", "town")}
        return Contact(email=given["email"].lower(), country=given["country"], **tidied)


class MethodForm(forms.Form):
    """By card, or by bank transfer where the hall has an account. Nobody has to choose: it is the card."""

    method = forms.ChoiceField(
        label=_("How you pay"),
        choices=((Payment.CARD, _("Card")), (Payment.TRANSFER, _("Bank transfer"))),
        required=False,
        error_messages={"invalid_choice": _("Choose how you pay.")},
    )

    def chosen(self) -> str:
        return self.cleaned_data["method"] or Payment.CARD


class ImprintForm(forms.Form):
    """Whom a brand's papers name."""

    legal = forms.CharField(
        label=_("Name before the law"), max_length=100, help_text=_("Your own name, or that of the company.")
    )
    street = forms.CharField(label=_("Street and number"), max_length=200)
    postcode = forms.CharField(label=_("Postcode"), max_length=20)
    town = forms.CharField(label=_("Town"), max_length=100)
    country = forms.ChoiceField(label=_("Country"), choices=countries, initial="GB")
    tax_number = forms.CharField(
        label=_("Tax number"), max_length=20, required=False, help_text=_("If you have one. Like GB 123 4567 89.")
    )
    stem = forms.CharField(
        label=_("What numbers begin with"), max_length=8, help_text=_("TW makes TW-00001, TW-00002 and so on.")
    )
    return_days = forms.IntegerField(
        label=_("Days in which things may come back"),
        min_value=0,
        max_value=365,
        initial=30,
        help_text=_("Counted from the day the parcel leaves."),
    )
    small_print = Lines(
        label=_("Small print"),
        max_length=400,
        required=False,
        rows=2,
        help_text=_("At the foot of each invoice: a register number, or what the law wants said."),
    )

    def name(self) -> Name:
        return Name(**self.cleaned_data)


class ReturnForm(forms.Form):
    """Why something is sent back."""

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=Return.REASONS.items,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why.")},
    )
    words = Lines(
        label=_("More about it"),
        max_length=400,
        required=False,
        rows=3,
        help_text=_("What the brand should know. Four hundred letters at most."),
    )
