"""One's own pages: profile, orders, circles, privacy, security."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from moothall.catalog import queries as catalog
from moothall.core.refusals import Refusal
from moothall.orders import queries as orders_
from moothall.people import actions, queries
from moothall.people.forms import BrandForm, CircleForm
from moothall.people.viewers import somebody, with_query

from ..faces import face_form, save_face
from .cursors import number

SIZE = 20


@require_http_methods(["GET", "POST"])
def you(request: HttpRequest) -> HttpResponse:
    """How others see one, and the words to change it."""
    me = somebody(request)
    form = face_form(request, me)
    if request.method == "POST" and save_face(request, me, me, form):
        return redirect("you")
    context = {"nav": "you", "mine": "you", "form": form, "me": me, "asked": list(queries.teams_asking(me)[:20])}
    return render(request, "pages/you.html", context, status=422 if form.is_bound else 200)


@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    me = somebody(request)
    before = number(request.GET.get("before"))
    rows = orders_.orders_of(me)
    page = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    wholes = orders_.wholes(page[:SIZE])
    products = {line.variant.product for one in wholes for line in one.things if line.variant}
    context = {
        "nav": "you",
        "mine": "orders",
        "wholes": wholes,
        "shown": {one.product.pk: one for one in catalog.listed(products)},
        "older": with_query(request.path, before=page[SIZE - 1].pk) if len(page) > SIZE else None,
    }
    return render(request, "pages/orders.html", context)


@require_http_methods(["GET", "POST"])
def circles(request: HttpRequest) -> HttpResponse:
    me = somebody(request)
    form = CircleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.make_circle(by=me, name=form.cleaned_data["name"])
            return redirect("circles")
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
    mine = list(queries.circles_of(me))
    members = queries.members_of(mine)
    context = {
        "nav": "you",
        "mine": "circles",
        "form": form,
        "circles": [(circle, members[circle.pk]) for circle in mine],
        "known": queries.followed_people(me),
    }
    return render(request, "pages/circles.html", context, status=422 if form.is_bound else 200)


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What others can see of one: shares that stand, who is blocked, who is muted."""
    me = somebody(request)
    shares = list(orders_.standing_shares_of(me)[:100])
    context = {
        "nav": "you",
        "mine": "privacy",
        "shares": shares,
        "shown": {one.product.pk: one for one in catalog.listed({share.product for share in shares})},
        "blocks": list(queries.blocks_of(me)),
        "mutes": list(queries.mutes_of(me)),
    }
    return render(request, "pages/privacy.html", context)


@require_http_methods(["GET", "POST"])
def new_brand(request: HttpRequest) -> HttpResponse:
    form = BrandForm(request.POST or None)
    me = somebody(request)
    if request.method == "POST" and form.is_valid():
        try:
            brand = actions.open_brand(by=me, **form.cleaned_data)
            return redirect("desk", handle=brand.handle)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
    return render(request, "pages/new_brand.html", {"nav": "you", "form": form}, status=422 if form.is_bound else 200)
