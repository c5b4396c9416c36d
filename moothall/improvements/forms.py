"""What people fill in about improvements, and a brand that answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core.forms import Lines
from moothall.core.refusals import Refusal

from .actions import Asked
from .models import Improvement


class Refusable(forms.Form):
    def refuse(self, refusal: Refusal) -> None:
        """Beside its field, or above all of them."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)


class ImprovementForm(Refusable):
    """A change that somebody asks for."""

    title = forms.CharField(
        label=_("What should change"), max_length=80, help_text=_("In a few plain words, like: a lid that stays on.")
    )
    words = Lines(
        label=_("Why, and how you would use it"),
        max_length=2000,
        required=False,
        rows=4,
    )

    def asked(self) -> Asked:
        return Asked(self.cleaned_data["title"], self.cleaned_data["words"])


class AnswerForm(Refusable):
    """Why a change is not made."""

    answer = forms.CharField(label=_("Why not"), max_length=400)


class BringForm(Refusable):
    """The next revision: what is new in it, and what of it people had asked for."""

    words = Lines(
        label=_("What is new in it"),
        max_length=2000,
        rows=5,
        help_text=_("Whoever has an earlier one reads this before they pay again."),
    )
    taken = forms.MultipleChoiceField(
        label=_("What it takes in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Some of it was answered or taken back meanwhile. Look at it again."),
            "invalid_list": _("Some of it was answered or taken back meanwhile. Look at it again."),
        },
    )

    def __init__(self, *args: Any, waiting: Sequence[Improvement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {one.public: one for one in waiting}
        taken = self.fields["taken"]
        assert isinstance(taken, forms.MultipleChoiceField)
        taken.choices = [(one.public, one.title) for one in waiting]

    def chosen(self) -> list[Improvement]:
        return [self.waiting[public] for public in self.cleaned_data["taken"]]

    @property
    def ticked(self) -> set[str]:
        """What is ticked in it as it stands: also where it was refused."""
        return set(self["taken"].value() or ())
