"""What somebody fills in about what they want to hear of, where, and when not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from babel.dates import get_day_names
from django import forms
from django.utils.translation import gettext_lazy as _

from . import hours as clocks
from .models import Hours
from .sorts import MAIL_WORDS, SORTS, Sort, Wish


def _days() -> list[tuple[str, str]]:
    return [(str(number), name.capitalize()) for number, name in get_day_names("wide", locale="en").items()]


def _by_part(zones: tuple[str, ...]) -> list[tuple[str, Any]]:
    """The zones of each part of the world together, so that a list of four hundred can be looked through."""
    found: dict[str, list[tuple[str, str]]] = {}
    for zone in zones:
        part, _slash, town = zone.partition("/")
        found.setdefault(part, []).append((zone, town.replace("_", " ") or zone))
    return list(found.items())


class ChoicesForm(forms.Form):
    """For each sort whether it stands in the page and when it is mailed; quiet hours; when digests come."""

    quiet_from = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    zone = forms.CharField(label=_("Your clock"), max_length=64, help_text=_("The town whose clock you live by."))
    digest_hour = forms.TypedChoiceField(
        label=_("Digests come at"), coerce=int, choices=[(str(hour), f"{hour:02}:00") for hour in range(24)]
    )
    digest_day = forms.TypedChoiceField(label=_("The weekly one on"), coerce=int, choices=_days)

    def __init__(self, given: Any = None, *, wishes: dict[str, Wish], hours: Hours) -> None:
        known: dict[str, Any] = {
            "zone": hours.zone,
            "quiet_from": hours.quiet_from,
            "quiet_until": hours.quiet_until,
            "digest_hour": hours.digest_hour,
            "digest_day": hours.digest_day,
        }
        for name, wish in wishes.items():
            known |= {f"page_{name}": wish.page, f"mail_{name}": wish.mail}
        super().__init__(given, initial=known)
        zones = clocks.zones()
        chosen = zones if hours.zone in zones else (hours.zone, *zones)
        self.fields["zone"].widget = forms.Select(choices=_by_part(chosen))
        for name, sort in SORTS.items():
            self.fields[f"page_{name}"] = forms.BooleanField(label=_("In the page"), required=False)
            self.fields[f"mail_{name}"] = forms.ChoiceField(label=str(sort.title), choices=list(MAIL_WORDS.items()))

    def rows(self) -> Iterator[tuple[Sort, Any, Any]]:
        """Each sort with its two fields."""
        for name, sort in SORTS.items():
            yield sort, self[f"page_{name}"], self[f"mail_{name}"]

    def wishes(self) -> dict[str, Wish]:
        given = self.cleaned_data
        return {name: Wish(given[f"page_{name}"], given[f"mail_{name}"]) for name in SORTS}
