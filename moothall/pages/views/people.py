"""The page of a person or a brand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from moothall.catalog import queries as catalog
from moothall.feed import queries as feed
from moothall.orders import queries as orders
from moothall.people import queries as people
from moothall.people.models import SHOP, Circle, Profile
from moothall.people.viewers import member, with_query
from moothall.talk.forms import PostForm

from .cursors import number, page_of

SIZE = 24


@require_GET
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    found = get_object_or_404(people.visible_to(member(request)).select_related("portrait"), handle=handle)
    return _brand(request, found) if found.is_brand else _person(request, found)


def _person(request: HttpRequest, person: Profile) -> HttpResponse:
    viewer = member(request)
    circles = list(people.circles_of(viewer)) if viewer and viewer != person else []
    ticked = {circle.pk for circle, members in _members(circles) if person in members}
    page = feed.acts_of(viewer, person, before=number(request.GET.get("before")))
    context = {
        "person": person,
        "page": page,
        "follows": people.follows(viewer, person),
        "followers": people.followers(person),
        "circles": circles,
        "ticked": ticked,
        "muted": people.is_muted(viewer, person),
        "form": PostForm() if viewer == person else None,
        "older": with_query(request.path, before=page.older),
    }
    return render(request, "pages/person.html", context)


def _members(circles: list[Circle]) -> list[tuple[Circle, list[Profile]]]:
    found = people.members_of(circles)
    return [(circle, found[circle.pk]) for circle in circles]


def _brand(request: HttpRequest, brand: Profile) -> HttpResponse:
    """The brand's Shop: one of its four channels. Its Talk stands in posts.py; the others are yet to come."""
    viewer = member(request)
    page = page_of(request.GET.get("page"))
    rows = list(catalog.newest(viewer, brand=brand)[(page - 1) * SIZE : page * SIZE + 1])
    shown = catalog.listed(rows[:SIZE])
    friends = orders.friends_who_have(viewer, [one.product.pk for one in shown])
    context = {
        "nav": "brands",
        "brand": brand,
        "team": people.faces_of(viewer, brand),
        "shown": shown,
        "cards": [one.card(friends.get(one.product.pk, [])) for one in shown],
        "follows": people.follows(viewer, brand, SHOP),
        "followers": people.followers(brand, SHOP),
        "muted": people.is_muted(viewer, brand),
        "newer": with_query(request.path, page=page - 1) if page > 1 else None,
        "older": with_query(request.path, page=page + 1) if len(rows) > SIZE else None,
    }
    return render(request, "pages/brand.html", context)
