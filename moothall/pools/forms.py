"""What is filled in to open a pool, and to pledge in one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.catalog.forms import PriceField
from moothall.catalog.models import Variant
from moothall.core import text
from moothall.core.forms import Lines
from moothall.core.refusals import Refusal
from moothall.orders.forms import ContactForm

from .actions import Offer, Wanted
from .ladder import Rung
from .models import Pledge, Pool

RUNGS = 4  # lines of the form


class PledgeForm(ContactForm):
    """How many, for how much at most, and where to."""

    variant = forms.ChoiceField(label=_("Which one"), error_messages={"required": _("Choose which one you want.")})
    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=99, initial=1)
    limit = PriceField(
        label=_("At most for each"),
        help_text=_("You pay the price for all, never more than this. If it stays above, you are not charged."),
    )

    def __init__(self, data: Any = None, *, pool: Pool, variants: Sequence[Variant], initial: dict[str, Any]) -> None:
        first = {"variant": variants[0].public} if variants else {}
        super().__init__(data, initial=first | initial)
        del self.fields["note"]
        self.variants = {one.public: one for one in variants}
        which, limit = self.fields["variant"], self.fields["limit"]
        assert isinstance(which, forms.ChoiceField)
        assert isinstance(limit, PriceField)
        which.choices = [(one.public, one.label or pool.product.title) for one in variants]
        limit.currency = pool.currency
        if pool.is_gathering:
            limit.help_text = _("No brand has named a price yet. When one does, it is never more than this.")
        elif pool.concept:
            limit.help_text = _("What it costs, or more: you pay what it costs, as everybody does.")
        if len(variants) == 1:
            which.widget = forms.HiddenInput()

    def wanted(self, came_with: str) -> Wanted:
        said = self.cleaned_data
        return Wanted(self.variants[said["variant"]], said["quantity"], said["limit"].minor, text.tidy(came_with)[:10])

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)

    @staticmethod
    def said_in(pledge: Pledge) -> dict[str, Any]:
        names = ("quantity", "email", "name", "street", "postcode", "town", "country")
        said = {name: getattr(pledge, name) for name in names}
        return said | {"variant": pledge.variant.public, "limit": pledge.most.plain}


class OfferForm(forms.Form):
    """A new pool: what it is on, its prices by the pieces reached, and when it ends."""

    product = forms.ChoiceField(label=_("What is bought together"))
    deadline = forms.DateTimeField(
        label=_("Ends"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Until then everybody may pledge, change it and take it back."),
    )
    most = forms.IntegerField(
        label=_("Pieces at most"), min_value=1, max_value=1_000_000, required=False, help_text=_("Empty: no end to it.")
    )
    grace_days = forms.IntegerField(
        label=_("Days for those whose card is refused"), min_value=1, max_value=14, initial=3
    )
    words = Lines(label=_("Your words"), max_length=400, required=False, rows=3)

    def __init__(self, data: Any = None, *, products: Sequence[tuple[str, str]], currency: str, **like: Any) -> None:
        super().__init__(data, **like)
        what = self.fields["product"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = list(products)
        for n in range(1, RUNGS + 1):
            words = {"n": n}
            pieces = forms.IntegerField(
                label=_("Pieces, line %(n)s") % words, min_value=1, max_value=1_000_000, required=n == 1
            )
            price = PriceField(label=_("Price for all, line %(n)s") % words, required=n == 1)
            price.currency = currency
            self.fields |= {f"pieces{n}": pieces, f"price{n}": price}

    @property
    def rungs(self) -> list[tuple[Any, Any]]:
        """The fields of each line."""
        return [(self[f"pieces{n}"], self[f"price{n}"]) for n in range(1, RUNGS + 1)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for n in range(2, RUNGS + 1):
            pieces, price = given.get(f"pieces{n}"), given.get(f"price{n}")
            if (pieces is None) != (price is None) and not {f"pieces{n}", f"price{n}"} & set(self.errors):
                lacking = f"pieces{n}" if pieces is None else f"price{n}"
                self.add_error(lacking, gettext("Give both the pieces and the price, or neither."))
        return given

    def refuse(self, refusal: Refusal) -> None:
        field = "pieces1" if refusal.field == "rungs" else refusal.field
        self.add_error(field if field in self.fields else None, refusal.sentence)

    def offer(self) -> Offer:
        said = self.cleaned_data
        lines = [(said.get(f"pieces{n}"), said.get(f"price{n}")) for n in range(1, RUNGS + 1)]
        rungs = [Rung(pieces, price.minor) for pieces, price in lines if pieces is not None and price is not None]
        return Offer(rungs, said["deadline"], said["most"], said["words"], said["grace_days"])


class StepForm(forms.Form):
    """A form of the desk's page of making, which says a refusal beside its field."""

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)


class MilestoneForm(StepForm):
    words = forms.CharField(label=_("What is done then"), max_length=140)
    due = forms.DateField(label=_("By"), widget=forms.DateInput(attrs={"type": "date"}))


class ReachedForm(StepForm):
    note = Lines(
        label=_("How it went"),
        max_length=400,
        rows=2,
        help_text=_("All who paid read it."),
    )


class MovedForm(StepForm):
    """Another day, for a milestone or for what was promised."""

    to = forms.DateField(label=_("The new day"), widget=forms.DateInput(attrs={"type": "date"}))
    why = Lines(label=_("Why"), max_length=400, rows=2, help_text=_("All who paid read it."))
