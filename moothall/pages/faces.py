"""The form by which a person or a brand changes its public face: the same on both pages."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from moothall.core import pictures
from moothall.core.refusals import Refusal
from moothall.people import actions
from moothall.people.forms import ProfileForm
from moothall.people.models import Profile


def face_form(request: HttpRequest, profile: Profile) -> ProfileForm:
    known = {"name": profile.name, "handle": profile.handle, "words": profile.words}
    if request.method == "POST":
        return ProfileForm(request.POST, request.FILES, initial=known)
    return ProfileForm(initial=known)


def save_face(request: HttpRequest, by: Profile, profile: Profile, form: ProfileForm) -> bool:
    """Change it as the form says, or put the refusal into the form."""
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        actions.may_change(by, profile)  # before a picture is drawn and kept for somebody who may not
        picture = pictures.keep_sent(given["picture"]) if given["picture"] else None
        with transaction.atomic():
            if picture:
                actions.change_picture(by=by, profile=profile, picture=picture)
            actions.change_profile(
                by=by, profile=profile, name=given["name"], words=given["words"], handle=given["handle"]
            )
    except Refusal as refusal:
        profile.refresh_from_db()
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return False
    messages.success(request, _("Changed."))
    return True
