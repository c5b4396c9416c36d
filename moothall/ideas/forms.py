"""What people fill in about ideas."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.catalog.forms import PriceField
from moothall.core import text
from moothall.core.forms import Lines
from moothall.people.models import Profile

from .actions import Words
from .models import Backing, Concept, Idea

PARTS = {"title": _("Name"), "problem": _("The problem"), "use": _("The use"), "audience": _("For whom")}
LEVELS = {Backing.LIKE: _("I like it"), Backing.FOLLOW: _("I follow it"), Backing.PAY: _("I would pay")}


def _long(label: Any, hint: Any, rows: int = 5) -> Lines:
    return Lines(label=label, help_text=hint, max_length=2000, required=False, rows=rows)


WHOLE = ("title", "problem", "use")


class IdeaForm(forms.Form):
    """An idea's words; a draft that is only kept may lack any of them."""

    title = forms.CharField(label=PARTS["title"], max_length=80, help_text=_("What it is, in a few plain words."))
    problem = _long(PARTS["problem"], _("What is wrong today, and for whom. A story says more than a slogan."))
    use = _long(PARTS["use"], _("How one would use it: when, where, how often."))
    audience = forms.CharField(label=PARTS["audience"], max_length=200, required=False)
    low = PriceField(label=_("It may cost from"), required=False)
    high = PriceField(label=_("to"), required=False)
    brand = forms.ChoiceField(label=_("Addressed to"), required=False)
    picture = forms.FileField(
        label=_("Picture or sketch"),
        required=False,
        help_text=_("A photo of a drawing is fine. It is drawn anew without anything hidden in it."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    def __init__(
        self, *args: Any, currency: str, brands: dict[str, Profile], whole: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.brands = brands
        for name in WHOLE:
            self.fields[name].required = whole
        for name in ("low", "high"):
            self.fields[name].currency = currency  # type: ignore[attr-defined]
        addressed = self.fields["brand"]
        assert isinstance(addressed, forms.ChoiceField)
        addressed.choices = [("", _("Everybody who makes things here")), *((h, b.name) for h, b in brands.items())]

    def words(self) -> Words:
        said = self.cleaned_data
        plain = {part: said[part] for part in PARTS}
        return Words(**plain, low=said["low"], high=said["high"])

    def brand_chosen(self) -> Profile | None:
        return self.brands.get(self.cleaned_data["brand"])

    @staticmethod
    def initial_of(idea: Idea) -> dict[str, Any]:
        return said_by(idea) | {"brand": idea.brand.handle if idea.brand else ""}


def said_by(concept: Concept) -> dict[str, str]:
    """What it says, as it is typed into the form."""
    prices = {"low": concept.lowest, "high": concept.highest}
    said = {part: str(getattr(concept, part)) for part in PARTS}
    return said | {name: price.plain if price else "" for name, price in prices.items()}


def _base() -> forms.IntegerField:
    """The number of the version that was looked at. A form that lost it, or never had it, looks again."""
    return forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=1_000_000)


class RevisionForm(IdeaForm):
    """A new version: whom an idea is addressed to stays."""

    base = _base()
    note = forms.CharField(
        label=_("What changed"), max_length=200, required=False, help_text=_("One line, for those who follow it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["brand"]

    def rebase(self, base: Concept, newest: Concept, number: int) -> None:
        """Go on from the newest version: what was typed stays, what was left as it stood in `base` is as it stands
        now."""
        before, now = said_by(base), said_by(newest)
        sent = dict(self.data.items())
        for name in before:
            if sent.get(name, "").replace("\r\n", "\n").strip() == before[name].strip():
                sent[name] = now[name]
        sent["base"] = str(number)
        self.data = sent


class BackingForm(forms.Form):
    level = forms.ChoiceField(choices=list(LEVELS.items()))
    price = PriceField(label=_("I would pay"), required=False)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["price"].currency = currency  # type: ignore[attr-defined]


class ContributionForm(forms.Form):
    part = forms.ChoiceField(label=_("Which part"), choices=list(PARTS.items()))
    words = Lines(label=_("How you would say it"), max_length=2000, rows=5)
    why = forms.CharField(label=_("Why"), max_length=400, required=False)
    base = _base()


class TakeInForm(forms.Form):
    words = Lines(label=_("As it will stand"), max_length=2000, rows=4)
    base = _base()

    def rebase(self, number: int) -> None:
        """Go on from the newest version, with what was typed."""
        sent = dict(self.data.items())
        sent["base"] = str(number)
        self.data = sent


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Why not"), max_length=400)

    def clean_answer(self) -> str:
        return text.tidy(str(self.cleaned_data["answer"]))


class AuthorForm(forms.Form):
    """Who is to lead an idea with its lead."""

    handle = forms.CharField(label=_("Who"), max_length=31, help_text=_("Their handle, like @ana."))

    def clean_handle(self) -> str:
        return text.tidy(str(self.cleaned_data["handle"])).removeprefix("@").lower()


class MergerForm(forms.Form):
    """Which idea one's own is to be merged into: its address, or the end of it."""

    into = forms.CharField(
        label=_("Into which idea"), max_length=200, help_text=_("Its address: open it and copy what stands above.")
    )

    def clean_into(self) -> str:
        return text.tidy(str(self.cleaned_data["into"])).rstrip("/").rpartition("/")[2][:10]
