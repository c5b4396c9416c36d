"""What people and stewards fill in about what is wrong with something."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core.forms import Lines

from .actions import LONGEST_REASON, LONGEST_WORDS
from .models import Report

SORTS = {
    Report.SPAM: _("It is spam, or only sells something"),
    Report.ABUSE: _("It hurts or threatens somebody"),
    Report.UNLAWFUL: _("It is against the law"),
    Report.PRIVATE: _("It tells what is somebody's own: an address, a number, a face"),
    Report.OTHER: _("Something else"),
}


class ReportForm(forms.Form):
    sort = forms.ChoiceField(label=_("What is wrong"), choices=list(SORTS.items()), widget=forms.RadioSelect)
    words = Lines(
        label=_("In your words"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("Only stewards read it. Nobody else learns that it was you."),
        rows=4,
    )


class AppealForm(forms.Form):
    words = Lines(
        label=_("Why it ought to stand"),
        max_length=LONGEST_WORDS,
        help_text=_("Only stewards read it. You appeal once."),
        rows=4,
    )


class KeepForm(forms.Form):
    reason = forms.CharField(label=_("Why it stays"), required=False, max_length=LONGEST_REASON)


class HideForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is removed"), max_length=LONGEST_REASON, help_text=_("One sentence, for everybody to read.")
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"), max_length=LONGEST_REASON, help_text=_("One sentence, for everybody to read.")
    )
