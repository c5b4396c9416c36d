"""What people fill in about themselves and each other."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp.internal.auth import validate_totp_code
from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core import text
from moothall.core.forms import Lines
from moothall.core.refusals import Refusal

from .actions import ROLES, check_handle


class SignupForm(forms.Form):
    """Asked beside mail address and password when somebody joins; allauth mixes it into its own."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("What others see."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    handle = forms.CharField(
        label=_("Handle"),
        max_length=30,
        required=False,
        help_text=_("Your address here, like ana-lima. Leave it empty and we make one of your name."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def clean_handle(self) -> str:
        handle = self.cleaned_data["handle"].strip().lower()
        if handle:
            try:
                check_handle(handle)
            except Refusal as refusal:
                raise forms.ValidationError(refusal.sentence) from refusal
        return str(handle)

    def signup(self, request: Any, user: Any) -> None:
        """allauth asks for it; the account is opened by the adapter."""


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    handle = forms.CharField(
        label=_("Handle"),
        max_length=30,
        help_text=_("Your address here. The old one leads to the new one; three changes a month."),
    )
    words = Lines(
        label=_("About you"),
        max_length=400,
        required=False,
        help_text=_("Four hundred letters at most."),
        rows=4,
    )
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF. It is drawn anew without anything hidden in it."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )


class CircleForm(forms.Form):
    name = forms.CharField(label=_("Name of the circle"), max_length=40, help_text=_("Only you see it, like Family."))


class HandleForm(forms.Form):
    handle = forms.CharField(
        label=_("Handle"), max_length=31, widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false"})
    )

    def clean_handle(self) -> str:
        return text.tidy(self.cleaned_data["handle"]).lstrip("@").lower()


class TeamForm(HandleForm):
    role = forms.ChoiceField(label=_("Role"), choices=[(role, _(role)) for role in ROLES])


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=[(role, _(role)) for role in ROLES])


class InviteForm(forms.Form):
    """An invitation by link, or to one address."""

    email = forms.EmailField(
        label=_("Their mail address"),
        max_length=254,
        required=False,
        help_text=_("Leave it empty for a link to share. We use the address for this one mail and forget it."),
    )
    words = Lines(label=_("A few words"), max_length=400, required=False, rows=3)
    follow_back = forms.BooleanField(label=_("When they follow you, follow them too"), required=False, initial=True)


class SeekForm(forms.Form):
    email = forms.EmailField(label=_("Your friend’s mail address"), max_length=254)


class AppForm(forms.Form):
    """The first code of a new app, which proves that it has the secret."""

    code = forms.CharField(
        label=_("The code it shows"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secret = secret

    def clean_code(self) -> str:
        code = text.tidy(self.cleaned_data["code"]).replace(" ", "")
        if not validate_totp_code(self.secret, code):
            raise forms.ValidationError(_("This code does not fit. Take the one the app shows now."))
        return code


class PasskeyForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=40)


class BrandForm(forms.Form):
    name = forms.CharField(label=_("Name of the brand"), max_length=60)
    handle = forms.CharField(label=_("Handle"), max_length=30, help_text=_("Its address here, like tidewater-kitchen."))
    words = Lines(label=_("What it makes"), max_length=400, required=False, rows=3)
