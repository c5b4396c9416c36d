"""What is filled in at the gate: a brand's mark, a sheet, a judgement, and what is said about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.catalog.actions.products import HEAVIEST
from moothall.catalog.forms import PriceField
from moothall.core.forms import Lines
from moothall.core.money import Money, percent
from moothall.core.refusals import Refusal
from moothall.prices.forms import PercentField

from .actions import Figures, Go
from .actions.judging import MOST_PIECES, MOST_RUNS
from .gates import JOINING, LONGEST_DAYS, MAKING, MOST_VOICES, WEIGHT, Gate, Run, Sheet

STATES = {
    Gate.GO: _("Go: we would make it"),
    Gate.NO: _("No: we will not make it"),
    Gate.NEEDS: _("Needs this first"),
}
ROWS = range(1, MOST_RUNS + 1)


class GateForm(forms.Form):
    """A form that says a refusal beside its field."""

    def refuse(self, refusal: Refusal) -> None:
        field = {"runs": "pieces_1"}.get(refusal.field or "", refusal.field)
        self.add_error(field if field in self.fields else None, refusal.sentence)


def _number(label: Any, most: int, **more: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=1, max_value=most, widget=widget, **more)


def _words(label: Any, most: int, hint: Any = "", rows: int = 4, required: bool = True) -> Lines:
    return Lines(label=label, max_length=most, help_text=hint, rows=rows, required=required)


class MarkForm(GateForm):
    voices = _number(
        _("Voices that would pay"),
        MOST_VOICES,
        help_text=_("As many persons have to say what they would pay. Likes never bring an idea to your gate."),
    )
    days = _number(_("Days to judge"), LONGEST_DAYS, help_text=_("The day is public, and so is it when it has passed."))


class TakeForm(GateForm):
    due = forms.DateField(
        label=_("We judge it by"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Everybody sees this day, and whether you kept it."),
    )


class ShareField(PercentField):
    """A percentage from 0 to 100, cleaned to hundredths of a percent; nothing is 0."""

    def clean(self, value: Any) -> int:
        try:
            return super().clean(value) or 0
        except forms.ValidationError as refused:
            sentence = _("A percentage is a number from 0 to 100, like 20 or 5.5.")
            raise forms.ValidationError(sentence) from refused


class SheetForm(GateForm):
    """What a thing costs, at up to five run sizes."""

    price = PriceField(label=_("Price in the shop"), help_text=_("What somebody pays, tax and sending included."))
    fixed = PriceField(
        label=_("Once, before the first piece"), required=False, help_text=_("Moulds, samples, tests, drawings.")
    )
    shipping = PriceField(label=_("Packing and sending each"), required=False)
    fee = ShareField(label=_("Fee of the price, in percent"))
    fee_each = PriceField(label=_("Fee each besides"), required=False)
    tax = ShareField(label=_("Tax in the price, in percent"))
    royalty = ShareField(
        label=_("Royalty, in percent"), help_text=_("For those who shaped it, of the price without its tax.")
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in ROWS:
            words = {"number": row}
            self.fields[f"pieces_{row}"] = _number(_("Pieces, run %(number)s") % words, MOST_PIECES, required=False)
            unit = PriceField(label=_("Cost of each, run %(number)s") % words, required=False)
            self.fields[f"unit_{row}"] = unit
        for field in self.fields.values():
            if isinstance(field, PriceField):
                field.currency = currency

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for row in ROWS:
            pieces, unit = f"pieces_{row}", f"unit_{row}"
            if {pieces, unit} & self.errors.keys():
                continue
            if (given.get(pieces) is None) != (given.get(unit) is None):
                lacks = pieces if given.get(pieces) is None else unit
                self.add_error(lacks, _("A run has a number of pieces and what each of them costs."))
        return given

    def figures(self) -> Figures:
        said = self.cleaned_data
        rows = ((said[f"pieces_{row}"], said[f"unit_{row}"]) for row in ROWS)
        names = ("price", "fixed", "shipping", "fee", "fee_each", "tax", "royalty")
        return Figures(
            runs=[(pieces, unit) for pieces, unit in rows if pieces is not None], **{name: said[name] for name in names}
        )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"pieces_{row}"], self[f"unit_{row}"]) for row in ROWS]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in ("fixed", "shipping", "fee", "fee_each", "tax", "royalty")]

    @staticmethod
    def initial_of(sheet: Sheet, runs: Sequence[Run]) -> dict[str, Any]:
        amounts = {name: sheet.money(name).plain for name in ("price", "fixed", "shipping", "fee_each")}
        rates = {name: percent(getattr(sheet, name)) for name in ("fee", "tax", "royalty")}
        pieces = {f"pieces_{row}": run.pieces for row, run in zip(ROWS, runs, strict=False)}
        units = {f"unit_{row}": Money(run.unit, sheet.currency).plain for row, run in zip(ROWS, runs, strict=False)}
        return amounts | rates | pieces | units


class ArgueForm(SheetForm):
    words = forms.CharField(
        label=_("What you see otherwise"),
        max_length=400,
        help_text=_("A sentence for those who read your numbers beside the brand's."),
    )


class JudgeForm(GateForm):
    state = forms.ChoiceField(label=_("Your judgement"), choices=list(STATES.items()), widget=forms.RadioSelect)
    reasons = _words(_("Reasons"), 2000, _("Everybody reads them. Those who would pay are told at once."))
    change = _words(
        _("What would change it, or what it needs"),
        2000,
        _("With a no or with what it needs first: concrete enough for somebody to do it."),
        required=False,
    )
    price = PriceField(label=_("With a go: the price"), required=False)
    run = _number(_("With a go: how many have to be sold at least"), MOST_PIECES, required=False)
    days = _number(
        _("With a go: days to join"),
        90,
        initial=JOINING,
        required=False,
        help_text=_("From 7 to 90, from the lead's yes on."),
    )
    weeks = _number(
        _("With a go: weeks to deliver"),
        104,
        initial=MAKING,
        required=False,
        help_text=_("From the end of joining. On the day after, whoever paid may have the money back."),
    )
    grams = _number(
        _("With a go: what one weighs, in grams"),
        HEAVIEST,
        initial=WEIGHT,
        required=False,
        help_text=_("Packed: sending it is reckoned by this."),
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["price"].currency = currency  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """As `actions.judge` takes it."""
        given = self.cleaned_data
        go = Go(
            given["price"],
            given["run"] or 0,
            given["days"] or JOINING,
            given["weeks"] or MAKING,
            given["grams"] or WEIGHT,
        )
        words = {name: given[name] for name in ("state", "reasons", "change")}
        return words | {"go": go if given["state"] == Gate.GO else None}


class AppealForm(GateForm):
    words = _words(_("What was overlooked"), 2000)


class AppealAnswerForm(GateForm):
    words = _words(
        _("Your answer"), 2000, _("Everybody reads it. To judge otherwise, take the judgement back besides.")
    )


class UndoForm(GateForm):
    why = forms.CharField(label=_("Why"), max_length=400, help_text=_("Everybody reads it."))
