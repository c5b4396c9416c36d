"""What is filled in about credit: shares by name, why not, and where royalties are sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core import text
from moothall.core.forms import Lines
from moothall.core.money import percent
from moothall.core.refusals import Refusal
from moothall.prices.forms import PercentField

from .actions.splitting import missing_words
from .shares import MOST

SPARE = 2  # rows that are offered empty


class PointsField(PercentField):
    """A share from 0.01 to 100 percent, cleaned to points of ten thousand; nothing is None."""

    def clean(self, value: Any) -> int | None:
        try:
            return super().clean(str(value or "").strip().removesuffix("%").rstrip())
        except forms.ValidationError as refused:
            raise forms.ValidationError(_("A share is a number up to 100, like 25 or 33.33.")) from refused


class SplitForm(forms.Form):
    """Who gets which share. A row without a name and a share is no row."""

    note = Lines(
        label=_("A word to those who sign"),
        max_length=400,
        required=False,
        rows=2,
        help_text=_("Everybody can read it, and the shares."),
    )

    def __init__(self, *args: Any, rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(1, min(max(rows, 1), MOST) + 1)
        for n in self.numbers:
            words = {"number": n}
            self.fields[f"handle_{n}"] = forms.CharField(
                label=_("Who, %(number)s") % words, max_length=31, required=False
            )
            self.fields[f"share_{n}"] = PointsField(label=_("Share in percent, %(number)s") % words)
            self.fields[f"why_{n}"] = forms.CharField(
                label=_("What for, %(number)s") % words, max_length=200, required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for n in self.numbers:
            given[f"handle_{n}"] = text.tidy(str(given.get(f"handle_{n}", ""))).removeprefix("@").lower()
            names = {f"handle_{n}", f"share_{n}"}
            if names & self.errors.keys():
                continue
            share = given.get(f"share_{n}")
            if given[f"handle_{n}"] and share is None:
                self.add_error(f"share_{n}", _("Give them a share, or empty the row."))
            elif share is not None and not given[f"handle_{n}"]:
                self.add_error(f"handle_{n}", _("Say who, or empty the row."))
        if not self.errors and (missing := missing_words(sum(points for _n, _who, points, _why in self.said(given)))):
            self.add_error(None, missing)
        return given

    def said(self, given: dict[str, Any] | None = None) -> list[tuple[int, str, int, str]]:
        """Row, handle, points and reason of each row that is one."""
        kept = self.cleaned_data if given is None else given
        rows = ((n, kept[f"handle_{n}"], kept.get(f"share_{n}"), kept.get(f"why_{n}", "")) for n in self.numbers)
        return [(n, handle, points, why) for n, handle, points, why in rows if handle and points is not None]

    def refuse(self, refusal: Refusal) -> None:
        """Beside its field: `parts.0.person` is the first row that is one."""
        place = (refusal.field or "").split(".")
        field = refusal.field
        if len(place) == 3:
            row = self.said()[int(place[1])][0]
            field = {"person": "handle", "points": "share", "why": "why"}[place[2]] + f"_{row}"
        self.add_error(field if field in self.fields else None, refusal.sentence)

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [(self[f"handle_{n}"], self[f"share_{n}"], self[f"why_{n}"]) for n in self.numbers]

    @property
    def sum(self) -> str:
        """What the rows come to, as a percentage."""
        points = []
        for _handle, share, _why in self.rows:
            try:
                points.append(PointsField().clean(share.value() or "") or 0)
            except forms.ValidationError:
                continue
        return percent(sum(points)) or "0"

    @staticmethod
    def initial_of(parts: Iterable[tuple[str, int, str]]) -> dict[str, Any]:
        """Of handle, points and reason."""
        found: dict[str, Any] = {}
        for n, (handle, points, why) in enumerate(list(parts)[:MOST], 1):
            found |= {f"handle_{n}": handle, f"share_{n}": percent(points), f"why_{n}": why}
        return found


class DeclineForm(forms.Form):
    why = Lines(
        label=_("Why you would share it otherwise"),
        max_length=400,
        rows=3,
        help_text=_("Everybody whom it names reads this, and who leads the idea can propose anew."),
    )

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)


class PayeeForm(forms.Form):
    holder = forms.CharField(label=_("Whose account it is"), max_length=70, help_text=_("The name the bank knows."))
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Spaces do not matter. Only you and those who pay it out see it."),
    )

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)
