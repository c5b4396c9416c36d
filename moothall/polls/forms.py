"""What is filled in to ask a question, and to answer one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.core import clock
from moothall.core.forms import Lines
from moothall.core.money import Money, parse
from moothall.core.refusals import Refusal
from moothall.people.models import Profile

from .actions import (
    FEWEST_CHOICES,
    FEWEST_PRICES,
    LONGEST,
    LONGEST_CHOICE,
    LONGEST_QUESTION,
    LONGEST_WORDS,
    MOST_CHOICES,
    MOST_PRICES,
    Question,
    Said,
)
from .models import AFTER, ALWAYS, OPTIONS, OVER, PRICE, RANKED, Choice, Pick, Poll

SORTS = {
    OPTIONS: _("Choose"),
    RANKED: _("Rank"),
    PRICE: _("Price"),
}
SHOWN = {
    ALWAYS: _("Always"),
    AFTER: _("After one's own answer"),
    OVER: _("When it is over"),
}
YES, NO = "yes", "no"


class PollForm(forms.Form):
    """A form that says a refusal beside its field."""

    first = ""  # the field of a refusal of all choices

    def refuse(self, refusal: Refusal) -> None:
        field = self.first if refusal.field in ("choices", "prices") else refusal.field
        self.add_error(field if field in self.fields else None, refusal.sentence)


class QuestionForm(PollForm):
    """A new question of one sort, or one that nobody answered yet."""

    question = forms.CharField(label=_("Your question"), max_length=LONGEST_QUESTION)
    words = Lines(
        label=_("More about it"),
        max_length=LONGEST_WORDS,
        required=False,
        rows=3,
    )
    several = forms.BooleanField(label=_("One may choose several"), required=False)
    days = forms.IntegerField(
        label=_("Open for so many days"),
        min_value=1,
        max_value=LONGEST.days,
        initial=14,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Ninety at most. You may close it earlier; what was answered counts."),
    )
    shown = forms.ChoiceField(
        label=_("The results are shown"), choices=list(SHOWN.items()), initial=AFTER, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, sort: str, currency: str, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.sort, self.currency = sort, currency
        if sort != OPTIONS:
            del self.fields["several"]
        most, fewest = (MOST_PRICES, FEWEST_PRICES) if sort == PRICE else (MOST_CHOICES, FEWEST_CHOICES)
        self.rows = [f"choice_{number}" for number in range(1, most + 1)]
        self.first = self.rows[0]
        for number, name in enumerate(self.rows, 1):
            said = {"number": number}
            label = _("Price %(number)s") % said if sort == PRICE else _("Choice %(number)s") % said
            attrs = {"inputmode": "decimal"} if sort == PRICE else {}
            self.fields[name] = forms.CharField(
                label=label,
                max_length=14 if sort == PRICE else LONGEST_CHOICE,
                required=number <= fewest,
                widget=forms.TextInput(attrs=attrs),
            )

    @property
    def lines(self) -> list[Any]:
        return [self[name] for name in self.rows]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.sort == PRICE:
            for name in self.rows:
                try:
                    given[name] = parse(given[name], self.currency) if given.get(name) else None
                except Refusal as refusal:
                    self.add_error(name, refusal.sentence)
            self._rising(given)
        return given

    def _rising(self, given: dict[str, Any]) -> None:
        before = 0
        for name in self.rows:
            price = given.get(name)
            if isinstance(price, Money) and name not in self.errors:
                if price.minor <= before:
                    self.add_error(name, gettext("The lowest price first, each higher than the one before."))
                before = price.minor

    def asked(self) -> Question:
        said = self.cleaned_data
        rows = [said[name] for name in self.rows if said.get(name)]
        return Question(
            sort=self.sort,
            question=said["question"],
            closes=clock.now() + timedelta(days=said["days"]),
            choices=rows if self.sort != PRICE else (),
            prices=rows if self.sort == PRICE else (),
            words=said["words"],
            several=said.get("several", False),
            shown=said["shown"],
        )

    def refuse(self, refusal: Refusal) -> None:
        super().refuse(Refusal(refusal.sentence, field="days") if refusal.field == "closes" else refusal)

    @staticmethod
    def initial_of(poll: Poll, choices: Sequence[Choice]) -> dict[str, Any]:
        """`days` is as many as are left of it, one at least."""
        left = poll.closes - clock.now()
        plain = [one.words if one.price is None else Money(one.price, poll.currency).plain for one in choices]
        return {
            "question": poll.question,
            "words": poll.words,
            "several": poll.several,
            "shown": poll.shown,
            "days": max(1, -(-int(left.total_seconds()) // 86_400)),
        } | {f"choice_{number}": said for number, said in enumerate(plain, 1)}


class WordsForm(PollForm):
    words = Lines(label=_("Say more"), max_length=LONGEST_WORDS, rows=3)


class AnswerForm(PollForm):
    """One's answer: a choice or several, a choice for each place, or yes and no for each price."""

    def __init__(
        self, data: Any = None, *, poll: Poll, choices: Sequence[Choice], person: Profile, mine: Sequence[Pick] = ()
    ) -> None:
        super().__init__(data)
        self.poll = poll
        self.choices = list(in_order_for(person, poll, choices)) if poll.sort == PRICE else list(choices)
        named = [(one.public, one.said(poll.currency)) for one in choices]
        if poll.sort == OPTIONS:
            self._options(named, mine)
        elif poll.sort == RANKED:
            self._places(named, mine)
        else:
            self._prices(mine)
        self.first = next(iter(self.fields))

    def _options(self, named: list[tuple[str, str]], mine: Sequence[Pick]) -> None:
        said = [one.choice.public for one in mine]
        sort = forms.MultipleChoiceField if self.poll.several else forms.ChoiceField
        widget = forms.CheckboxSelectMultiple if self.poll.several else forms.RadioSelect
        label = _("Choose as many as you like") if self.poll.several else _("Choose one")
        wrong = {"required": _("Choose one."), "invalid_choice": CHANGED}
        self.fields["choice"] = sort(
            label=label,
            choices=named,
            widget=widget,
            error_messages=wrong,
            initial=said if self.poll.several else next(iter(said), None),
        )

    def _places(self, named: list[tuple[str, str]], mine: Sequence[Pick]) -> None:
        said = [one.choice.public for one in mine]
        for place in range(1, len(named) + 1):
            self.fields[f"place_{place}"] = forms.ChoiceField(
                label=_("Place %(number)s") % {"number": place},
                choices=[("", "–"), *named],
                required=place == 1,
                error_messages={"required": _("Say what you put first."), "invalid_choice": CHANGED},
                initial=said[place - 1] if place <= len(said) else "",
            )

    def _prices(self, mine: Sequence[Pick]) -> None:
        said = {one.choice_id: YES if one.yes else NO for one in mine}
        for one in self.choices:
            self.fields[f"price_{one.public}"] = forms.ChoiceField(
                label=_("Would you buy it at %(price)s?") % {"price": one.said(self.poll.currency)},
                choices=[(YES, _("Yes")), (NO, _("No"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Say yes or no.")},
                initial=said.get(one.pk),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.poll.sort == RANKED:
            self._clean_places(given)
        if self.poll.sort == PRICE and any(name.startswith("price_") and name not in self.fields for name in self.data):
            raise forms.ValidationError(CHANGED)
        return given

    def _clean_places(self, given: dict[str, Any]) -> None:
        """Each choice once, and no place left out."""
        before: set[str] = set()
        lacks = ""
        for name in self.fields:
            said = given.get(name, "")
            if not said:
                lacks = lacks or (name if name not in self.errors else "")
                continue
            if said in before:
                self.add_error(name, gettext("It has a better place already."))
            if lacks and lacks not in self.errors:
                self.add_error(lacks, gettext("Fill this place before the next ones."))
            before.add(said)

    def said(self) -> Said:
        given = self.cleaned_data
        if self.poll.sort == PRICE:
            return Said(prices={one.public: given[f"price_{one.public}"] == YES for one in self.choices})
        if self.poll.sort == RANKED:
            return Said(choices=[given[name] for name in self.fields if given[name]])
        return Said(choices=given["choice"] if self.poll.several else [given["choice"]])


CHANGED = _("The question was changed meanwhile. Read it again, then answer.")


def in_order_for(person: Profile, poll: Poll, choices: Sequence[Choice]) -> list[Choice]:
    """Prices as they are put before a person: in an order that differs from one to the next, as the first price one
    reads colours the others, and is the same each time."""

    def place(one: Choice) -> bytes:
        return sha256(f"{poll.public} {person.public} {one.position}".encode()).digest()

    return sorted(choices, key=place)
