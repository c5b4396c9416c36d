"""How a desk writes a product down: its words, up to three options, and a row for each variant."""

from __future__ import annotations

from html import unescape
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from moothall.core.forms import Lines
from moothall.core.money import Money, parse
from moothall.core.refusals import Refusal

from .actions import Kind, Words
from .models import REDUCED, STANDARD, ZERO
from .queries import Shown

BLANK_ROWS = 3


class PriceField(forms.CharField):
    """Typed as 38 or 38.50; cleaned to Money of the form's currency."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=14, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)
        self.currency = ""

    def clean(self, value: Any) -> Money | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse(text, self.currency)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class KindForm(forms.Form):
    """One variant. A row without a price is no row."""

    public = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput)
    value1 = forms.CharField(label=_("First option"), max_length=100, required=False)
    value2 = forms.CharField(label=_("Second option"), max_length=100, required=False)
    value3 = forms.CharField(label=_("Third option"), max_length=100, required=False)
    price = PriceField(label=_("Price"), required=False)
    compare_at = PriceField(label=_("Price before"), required=False)
    sku = forms.CharField(label=_("Your number"), max_length=100, required=False)
    grams = forms.IntegerField(
        label=_("Weight in grams"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    left_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    left = forms.IntegerField(
        label=_("In stock"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        typed = any(
            given.get(name) not in (None, "")
            for name in ("value1", "value2", "value3", "sku", "compare_at", "grams", "left")
        )
        if typed and given.get("price") is None and "price" not in self.errors:
            self.add_error("price", _("Give it a price, or empty the row."))
        return given

    def kind(self, options: int) -> Kind:
        given = self.cleaned_data
        return Kind(
            price=given["price"],
            values=tuple(given[f"value{n}"] for n in range(1, options + 1)),
            compare_at=given["compare_at"],
            sku=given["sku"],
            left=given["left"],
            grams=given["grams"] or 0,
            counted=given["left"] != given["left_seen"],
            public=given["public"],
        )


Kinds = forms.formset_factory(KindForm, extra=BLANK_ROWS, max_num=100, absolute_max=110)


class ProductForm(forms.Form):
    """A product with its rows of variants (`kinds`)."""

    title = forms.CharField(label=_("Title"), max_length=140)
    body = Lines(
        label=_("What it is"),
        max_length=20_000,
        required=False,
        help_text=_("An empty line begins a new paragraph. Simple HTML is kept."),
        rows=8,
    )
    type = forms.CharField(label=_("Type"), max_length=100, required=False, help_text=_("Lamps, Mugs, …"))
    tags = forms.CharField(label=_("Tags"), max_length=500, required=False, help_text=_("Words with commas between."))
    tax = forms.ChoiceField(
        label=_("Tax"),
        choices=[(STANDARD, _("Standard")), (REDUCED, _("Reduced")), (ZERO, _("None"))],
        initial=STANDARD,
        required=False,
        help_text=_("Books and bread, say, are often taxed less. The rates stand under Shop."),
    )
    option1 = forms.CharField(label=_("First option"), max_length=60, required=False, help_text=_("Size, say."))
    option2 = forms.CharField(label=_("Second option"), max_length=60, required=False)
    option3 = forms.CharField(label=_("Third option"), max_length=60, required=False)

    def __init__(self, data: Any = None, *, currency: str, shown: Shown | None = None) -> None:
        super().__init__(data, initial=_words(shown) if shown else None)
        rows = [_row(shown, n) for n in range(len(shown.variants))] if shown else []
        self.kinds = Kinds(data, initial=rows, prefix="kind", error_messages=_sentences())
        for row in self.kinds.forms:
            for name in ("price", "compare_at"):
                field = row.fields[name]
                assert isinstance(field, PriceField)
                field.currency = currency

    def is_valid(self) -> bool:
        return super().is_valid() & self.kinds.is_valid()

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)

    def words(self) -> Words:
        given = self.cleaned_data
        options = tuple(name for n in (1, 2, 3) if (name := given[f"option{n}"]))
        rows = [row for row in self.kinds.forms if row.cleaned_data.get("price") is not None]
        return Words(
            title=given["title"],
            body=_paragraphs(given["body"]),
            type=given["type"],
            tags=given["tags"],
            tax=given["tax"],
            options=options,
            kinds=[row.kind(len(options)) for row in rows],
        )


def _sentences() -> dict[str, str]:
    """What is said where the rows did not come as this form sends them."""
    return {
        "missing_management_form": str(_("This came back in pieces. Load the page again and send it once more.")),
        "too_many_forms": str(_("A product has 1 to 100 variants.")),
    }


def _paragraphs(text: str) -> str:
    """Plain words become paragraphs; what has tags stays as it is."""
    if "<" in text:
        return text
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part)


def _plainly(html: str) -> str:
    """What is nothing but paragraphs is edited as plain words, as it was typed."""
    parts = html.removeprefix("<p>").removesuffix("</p>").split("</p><p>")
    return html if any("<" in part for part in parts) else unescape("\n\n".join(parts))


def _words(shown: Shown) -> dict[str, Any]:
    product = shown.product
    known = {"title": product.title, "body": _plainly(product.body), "type": product.type, "tags": product.tags}
    known["tax"] = product.tax
    return known | {f"option{option.position}": option.name for option in shown.options}


def _row(shown: Shown, n: int) -> dict[str, Any]:
    row = shown.variants[n]
    return {
        "public": row.public,
        "value1": row.option1,
        "value2": row.option2,
        "value3": row.option3,
        "price": row.cost.plain,
        "compare_at": row.was.plain if row.was else "",
        "sku": row.sku,
        "grams": row.grams or None,
        "left": row.available if row.tracked else None,
        "left_seen": row.available if row.tracked else None,
    }
