"""Search over all that the hall has, and what somebody may be about to type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.catalog import queries as catalog
from moothall.catalog.models import Product
from moothall.core import kinds, text
from moothall.core import search as index
from moothall.core.kinds import Card
from moothall.ideas import queries as ideas
from moothall.ideas.models import Idea
from moothall.people.models import Profile
from moothall.people.viewers import member, with_query
from moothall.talk.models import Comment, Post

from .cursors import page_of

LONGEST = 80  # letters of a question
FIRST = 8  # of each group; all things stand on the market, all people and brands on pages of their own
SIZE = 24
COMPLETED = 5
SAID = (Post.kind, Comment.kind)
ALL = (Product.kind, Idea.kind, Profile.kind)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What holds the words, in groups; or, with `only`, all people and brands that do, or what people say."""
    viewer = member(request)
    asked = text.tidy(request.GET.get("q", ""))[:LONGEST]
    if request.GET.get("only") == "talk":
        return _said(request, viewer, asked)
    is_whole = request.GET.get("only") == "people"
    number = page_of(request.GET.get("page"))
    if is_whole:
        found = index.find(viewer, asked, [Profile.kind], limit=SIZE, offset=(number - 1) * SIZE)
    else:
        found = index.find(viewer, asked, ALL, limit=SIZE)
    ids = found.ids.get(Product.kind, [])
    things = catalog.listed(catalog.in_order(viewer, ids[:FIRST]))
    faces = _cards(Profile.kind, viewer, found.ids[Profile.kind])

    def at(page: object) -> str:
        return with_query(request.path, q=asked, only="people", page=page)

    context = {
        "nav": "search",
        "asked": asked,
        "things": [one.card() for one in things],
        "ideas": ideas.in_order(viewer, found.ids.get(Idea.kind, [])[:FIRST]),
        "brands": [card.thing for card in faces if card.thing.is_brand],
        "people": [card.thing for card in faces if not card.thing.is_brand],
        "instead": found.instead,
        "more_things": with_query(reverse("market"), q=asked) if len(ids) > FIRST else None,
        "more_faces": at("") if found.more[Profile.kind] and not is_whole else None,
        "newer": at(number - 1 if number > 2 else "") if is_whole and number > 1 else None,
        "older": at(number + 1) if is_whole and found.more[Profile.kind] else None,
        "is_whole": is_whole,
        "in_talk": with_query(request.path, q=asked, only="talk") if asked and not is_whole else None,
        "newest": [] if found else [one.card() for one in catalog.listed(catalog.newest(viewer)[:4])],
    }
    return render(request, "pages/search.html", context)


def _said(request: HttpRequest, viewer: Profile | None, asked: str) -> HttpResponse:
    """What people said with these words: a page of posts, and one of comments."""
    number = page_of(request.GET.get("page"))
    found = index.find(viewer, asked, SAID, limit=SIZE, offset=(number - 1) * SIZE)

    def at(page: object) -> str:
        return with_query(request.path, q=asked, only="talk", page=page)

    context = {
        "nav": "search",
        "asked": asked,
        "instead": found.instead,
        "posts": _cards(Post.kind, viewer, found.ids[Post.kind]),
        "cards": _cards(Comment.kind, viewer, found.ids[Comment.kind]),
        "all": with_query(request.path, q=asked),
        "newer": at(number - 1 if number > 2 else "") if number > 1 else None,
        "older": at(number + 1) if any(found.more[kind] for kind in SAID) else None,
    }
    return render(request, "pages/search_talk.html", context)


@require_GET
def complete(request: HttpRequest) -> JsonResponse:
    """Words and things for what is typed so far, as the script of the search box takes them."""
    viewer = member(request)
    asked = text.tidy(request.GET.get("q", ""))[:LONGEST]
    done = index.complete(viewer, asked, ALL, limit=COMPLETED)
    words = [{"text": word, "note": "", "address": with_query(reverse("search"), q=word)} for word in done.words]
    cards = [card for kind, ids in done.found.ids.items() for card in _cards(kind, viewer, ids)]
    return JsonResponse({"options": words + [_option(card) for card in cards]})


def _cards(kind: str, viewer: Profile | None, ids: Sequence[int]) -> list[Card]:
    found: Mapping[int, Card] = kinds.cards(kind, viewer, ids) if ids else {}
    return [found[id] for id in ids if id in found]


def _option(card: Card) -> dict[str, str]:
    if isinstance(card.thing, Profile):
        return {"text": card.title, "note": _("Brand") if card.thing.is_brand else _("Person"), "address": card.address}
    note = _("Idea") if isinstance(card.thing, Idea) else card.thing.brand.name
    return {"text": card.title, "note": note, "address": card.address}
