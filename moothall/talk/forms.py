"""What people fill in to say something."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core.forms import Lines

from .actions import LONGEST


class CommentForm(forms.Form):
    words = Lines(
        label=_("What you say"),
        help_text=_("Call people by @name. Lines with - make a list, **stars** make strong."),
        max_length=LONGEST,
        rows=3,
    )
    picture = forms.FileField(label=_("Picture"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))


class EditForm(CommentForm):
    bare = forms.BooleanField(label=_("Take its picture away"), required=False)
