"""What a person fills in to make a token."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .tokens import READ, SCOPES


class TokenForm(forms.Form):
    name = forms.CharField(label=_("What it is for"), max_length=60, help_text=_("Till at the fair, say."))
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=list(SCOPES.items()),
        initial=[READ],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("How long it is good for"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("A year")), (0, _("Until you end it"))],
        coerce=int,
        initial=90,
    )
