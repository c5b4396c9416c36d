"""What a buyer fills in: where to, and who may know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core import text
from moothall.core.countries import countries
from moothall.people.models import Circle

from .actions.paying import Contact, Telling


class CountryForm(forms.Form):
    """Where to, before there is an address: it decides what sending costs."""

    country = forms.ChoiceField(label=_("Send to"), choices=countries)


class CodeForm(forms.Form):
    """A voucher; empty takes it out."""

    code = forms.CharField(label=_("Voucher"), max_length=30, required=False)


class ShareForm(forms.Form):
    """Who may know. Nobody is chosen for anybody: `may_be_nobody` adds it as the first choice."""

    who = forms.ChoiceField(label=_("Who may know"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Your words"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

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

    def contact(self) -> Contact:
        given = self.cleaned_data
        tidied = {name: text.tidy(given[name]) for name in ("name", "street", "postcode", "town")}
        return Contact(email=given["email"].lower(), country=given["country"], **tidied)
