"""What people say that is about no one thing: a brand's Talk, one post with what is said of it, writing and changing
one's own."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from moothall.core import pictures, text
from moothall.core.models import Picture
from moothall.core.refusals import Refusal
from moothall.people import queries as people
from moothall.people.models import BRAND, SHOP, Profile
from moothall.people.viewers import member, somebody, with_query
from moothall.talk import actions, panels, posted
from moothall.talk.forms import PostEditForm, PostForm
from moothall.talk.models import Post

NAME = 12  # letters of a post's name


@require_http_methods(["GET", "POST"])
def brand_talk(request: HttpRequest, handle: str) -> HttpResponse:
    """A brand's Talk channel, page by page; and saying something there."""
    me = somebody(request) if request.method == "POST" else member(request)
    seen = people.visible_to(me).filter(sort=BRAND).select_related("portrait")
    brand = get_object_or_404(seen, handle=handle)
    form = PostForm(request.POST or None, request.FILES or None)
    made = _made(me, form, brand)
    if made:
        return redirect(f"{request.path}#p-{made.public}")
    since = text.tidy(request.GET.get("from", ""))[:NAME]
    rows, older = posted.page(posted.inside_channel(me, brand), since)
    context = {
        "nav": "brands",
        "brand": brand,
        "team": people.faces_of(me, brand),
        "follows": people.follows(me, brand, SHOP),
        "followers": people.followers(brand, SHOP),
        "muted": people.is_muted(me, brand),
        "form": form,
        "posts": posted.posted(me, rows),
        "since": since,
        "newest": request.path if since else None,
        "older": with_query(request.path, **{"from": older}) if older else None,
    }
    return render(request, "pages/brand_talk.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def new_post(request: HttpRequest) -> HttpResponse:
    """Say something on one's own page."""
    me = somebody(request)
    form = PostForm(request.POST or None, request.FILES or None)
    made = _made(me, form)
    if made:
        return redirect("post", public=made.public)
    return render(request, "pages/post_new.html", {"nav": "home", "form": form}, status=422 if form.is_bound else 200)


def _made(me: Profile | None, form: PostForm, channel: Profile | None = None) -> Post | None:
    """What was said, or nothing, with the reason in the form."""
    if me is None or not form.is_bound or not form.is_valid():
        return None
    told = form.cleaned_data
    try:
        return actions.post(by=me, words=told["words"], channel=channel, picture=_picture(form), alt=told["alt"])
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return None


@require_GET
def post(request: HttpRequest, public: str) -> HttpResponse:
    """One post and what is said of it; where it does not stand any more, why."""
    me = member(request)
    found = posted.placed(me, public)
    if found is None:
        raise Http404
    context = {
        "post": found,
        "one": posted.posted(me, [found])[0],
        "title": posted.title(found),
        "talk": panels.talk(me, Post.kind, found.pk, found.public) if found.stands else None,
    }
    return render(request, "pages/post.html", context, status=410 if found.state == Post.HIDDEN else 200)


@require_http_methods(["GET", "POST"])
def edit_post(request: HttpRequest, public: str) -> HttpResponse:
    """Say one's own in other words, or show another picture."""
    me = somebody(request)
    found = get_object_or_404(posted.own(me), public=public, state=Post.STANDS)
    form = PostEditForm(request.POST or None, request.FILES or None, initial={"words": found.words, "alt": found.alt})
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            picture = _picture(form) or (None if told["bare"] else found.picture)
            with transaction.atomic():  # both, or what was typed stays in the form
                actions.edit_post(by=me, post=found, words=told["words"])
                actions.show_post(by=me, post=found, picture=picture, alt=told["alt"])
            messages.success(request, _("Changed."))
            return redirect("post", public=found.public)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    return render(request, "pages/post_edit.html", {"post": found, "form": form}, status=422 if form.is_bound else 200)


def _picture(form: PostForm) -> Picture | None:
    given = form.cleaned_data["picture"]
    return pictures.keep_sent(given) if given else None
