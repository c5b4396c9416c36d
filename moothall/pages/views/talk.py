"""What people say about a thing: all of it, one comment with its answers, and changing one's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from moothall.core import kinds, pictures, text
from moothall.core.kinds import Inside
from moothall.core.models import Picture
from moothall.core.refusals import Refusal
from moothall.people.models import Profile
from moothall.people.viewers import member, somebody, with_query
from moothall.talk import actions, panels, queries
from moothall.talk.forms import CommentForm, EditForm
from moothall.talk.models import Comment

from .cursors import number

NAME = 12  # letters of a comment's name


@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """All that is said about a thing, page by page; and saying something."""
    me = somebody(request) if request.method == "POST" else member(request)
    id, about = _subject(me, kind, name)
    form = CommentForm(request.POST or None, request.FILES or None)
    if me and form.is_bound and form.is_valid():
        try:
            made = actions.say(by=me, kind=kind, id=id, words=form.cleaned_data["words"], picture=_picture(form))
            return redirect(f"{about.address}#c-{made.public}")
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    since = text.tidy(request.GET.get("from", ""))[:NAME]
    found = panels.talk(me, kind, id, name, since=since, form=form)
    context = {"nav": f"{kind}s", "about": about, "talk": found, "is_open": bool(kinds.visible(kind, me, [id]))}
    return render(request, "pages/talk.html", context, status=422 if request.method == "POST" else 200)


def _subject(viewer: Profile | None, kind: str, name: str) -> tuple[int, Inside]:
    id = kinds.named(kind, name) if kinds.may_talk(kind) else None
    if id is None or not kinds.openable(kind, viewer, [id]):
        raise Http404
    return id, kinds.inside(kind, [id])[id]


@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, public: str) -> HttpResponse:
    """One comment where it stands: what it answers, and its answers; and answering it."""
    me = somebody(request) if request.method == "POST" else member(request)
    found = queries.placed(me, public)
    if found is None:
        raise Http404
    about = kinds.inside(found.subject_kind, [found.subject_id])[found.subject_id]
    first = {"words": f"@{found.by.handle} "} if found.parent_id and found.by != me else None
    form = CommentForm(request.POST or None, request.FILES or None, initial=first)
    if me and form.is_bound and form.is_valid():
        try:
            made = actions.answer(by=me, to=found, words=form.cleaned_data["words"], picture=_picture(form))
            return redirect(f"/comments/{made.public}#c-{made.public}")
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    is_open = bool(kinds.visible(found.subject_kind, me, [found.subject_id]))
    context = _thread(request, me, found) | {"about": about, "comment": found, "form": form, "is_open": is_open}
    return render(request, "pages/comment.html", context, status=422 if request.method == "POST" else 200)


def _thread(request: HttpRequest, me: Profile | None, found: Comment) -> dict[str, Any]:
    """The thread with those of its answers among which the comment stands, or which the address asks for."""
    size = queries.PAGE
    begin = number(request.GET.get("after"))
    after = begin if begin is not None and begin < 10**6 else max(0, found.nth - 1) // size * size
    root = queries.root_of(me, found)
    if root is None:
        raise Http404
    thread = panels.threads(me, [root], after=after, most=size)[0]
    return {
        "nav": f"{found.subject_kind}s",
        "thread": thread,
        "newer": with_query(request.path, after=max(0, after - size)) if after else None,
        "older": with_query(request.path, after=after + size) if thread.more else None,
    }


@require_http_methods(["GET", "POST"])
def edit_comment(request: HttpRequest, public: str) -> HttpResponse:
    """Say one's own in other words."""
    me = somebody(request)
    found = get_object_or_404(queries.own(me), public=public, state=Comment.STANDS)
    form = EditForm(request.POST or None, request.FILES or None, initial={"words": found.words})
    if form.is_bound and form.is_valid():
        try:
            picture = _picture(form)
            with transaction.atomic():  # both, or what was typed stays in the form
                actions.edit(by=me, comment=found, words=form.cleaned_data["words"])
                if picture or form.cleaned_data["bare"]:
                    actions.show(by=me, comment=found, picture=picture)
            messages.success(request, _("Changed."))
            return redirect(f"/comments/{found.public}#c-{found.public}")
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    context = {"nav": f"{found.subject_kind}s", "comment": found, "form": form}
    return render(request, "pages/comment_edit.html", context, status=422 if form.is_bound else 200)


def _picture(form: CommentForm) -> Picture | None:
    given = form.cleaned_data["picture"]
    return pictures.keep_sent(given) if given else None
