"""What people fill in to say something."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core.forms import Lines

from .actions import LONGEST
from .actions.posts import LONGEST_ALT


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


class PostForm(CommentForm):
    alt = forms.CharField(
        label=_("What the picture shows"),
        help_text=_("For who cannot see it."),
        max_length=LONGEST_ALT,
        required=False,
    )


class PostEditForm(PostForm):
    bare = forms.BooleanField(label=_("Take its picture away"), required=False)
