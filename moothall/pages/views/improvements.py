"""What people ask to be changed of a product, what became of it, and the desk that answers and brings revisions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from moothall.catalog import queries as catalog
from moothall.catalog.models import Product
from moothall.catalog.revisions import revisions_of
from moothall.core.refusals import Refusal
from moothall.improvements import actions, queries
from moothall.improvements.forms import AnswerForm, BringForm, ImprovementForm
from moothall.improvements.models import Improvement
from moothall.orders import afterwards
from moothall.people import queries as people
from moothall.people.models import Profile
from moothall.people.viewers import member, somebody, with_query

from .cursors import number as number_of
from .cursors import page_of

SIZE = queries.SIZE
LATEST = 12  # revisions on a page
WAITING = 200  # open ones that a revision is made from
SHOWN = (Improvement.OPEN, Improvement.TAKEN, Improvement.DECLINED)


@require_http_methods(["GET", "POST"])
def improvements(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """What is asked of a product, what most ask for first, and its revisions. Sent to itself: ask for a change; those
    that are like it are shown once before."""
    viewer = somebody(request) if request.method == "POST" else member(request)
    rows = catalog.on_page(viewer, draft_too=True)
    product = get_object_or_404(rows, brand__handle=handle, slug=slug)
    form = ImprovementForm(request.POST if request.method == "POST" else None)
    like: list[Improvement] = []
    if viewer and form.is_bound and form.is_valid():
        try:
            like = [] if request.POST.get("seen") else queries.like(viewer, product, form.cleaned_data["title"])
            if not like:
                made = actions.ask(by=viewer, product=product, asked=form.asked())
                messages.success(request, _("It stands here in your name. You hear what becomes of it."))
                return redirect(queries.address(made))
        except Refusal as refusal:
            form.refuse(refusal)
    in_team, _answers = queries.of_team(viewer, product.brand)
    context = {
        **_listed(request, product, viewer),
        **_history(request, product, viewer),
        "nav": "market",
        "product": product,
        "brand": product.brand,
        "form": form,
        "like": like,
        "in_team": in_team,
    }
    return render(request, "pages/improvements.html", context, status=422 if form.is_bound else 200)


def _listed(request: HttpRequest, product: Product, viewer: Profile | None) -> dict[str, object]:
    show = request.GET.get("show", "")
    show = show if show in SHOWN else Improvement.OPEN
    number = page_of(request.GET.get("page"))
    start = (number - 1) * SIZE
    rows = list(queries.asked_of(product, viewer, show)[start : start + SIZE + 1])
    kept = {"show": "" if show == Improvement.OPEN else show}
    return {
        "show": show,
        "numbers": queries.numbers(product, viewer),
        "asked": rows[:SIZE],
        "newer": with_query(request.path, **kept, page=number - 1 if number > 2 else "") if number > 1 else None,
        "older": with_query(request.path, **kept, page=number + 1) if len(rows) > SIZE else None,
    }


def _history(request: HttpRequest, product: Product, viewer: Profile | None) -> dict[str, object]:
    """Its revisions, the newest first, each with what it rests on."""
    before = number_of(request.GET.get("before"))
    rows = revisions_of(product)
    page = list((rows.filter(number__lt=min(before, 10_000)) if before else rows)[: LATEST + 1])
    more = len(page) > LATEST
    return {
        "decisions": queries.decisions(page[:LATEST], viewer),
        "later": request.path if before else None,
        "earlier": with_query(request.path, before=page[LATEST - 1].number) + "#revisions" if more else None,
    }


@require_http_methods(["GET", "POST"])
def improvement(request: HttpRequest, public: str) -> HttpResponse:
    """One change that people ask for, who they are, and what became of it. The brand declines it here."""
    viewer = somebody(request) if request.method == "POST" else member(request)
    found = get_object_or_404(queries.openable(viewer), public=public)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if viewer and form.is_bound and form.is_valid():
        try:
            actions.decline(by=viewer, improvement=found, answer=form.cleaned_data["answer"])
            return redirect(queries.address(found))
        except Refusal as refusal:
            form.refuse(refusal)
    in_team, answers = queries.of_team(viewer, found.product.brand)
    context = {
        "nav": "market",
        "one": found,
        "product": found.product,
        "brand": found.product.brand,
        "voices": queries.voices_of(found, viewer),
        "mine": queries.asks_for(viewer, found),
        "in_team": in_team,
        "answers": answers,
        "form": form,
    }
    return render(request, "pages/improvement.html", context, status=422 if form.is_bound else 200)


@require_GET
def decisions(request: HttpRequest, handle: str) -> HttpResponse:
    """A brand's revisions, what each rests on, and how many of them rest on what people asked for."""
    viewer = member(request)
    brand = get_object_or_404(people.brands(viewer), handle=handle)
    number = page_of(request.GET.get("page"))
    start = (number - 1) * SIZE
    rows = list(queries.later_revisions(brand, viewer)[start : start + SIZE + 1])
    context = {
        "nav": "brands",
        "brand": brand,
        "share": queries.share_of(brand),
        "decisions": queries.decisions(rows[:SIZE], viewer),
        "newer": with_query(request.path, page=number - 1 if number > 2 else "") if number > 1 else None,
        "older": with_query(request.path, page=number + 1) if len(rows) > SIZE else None,
    }
    return render(request, "pages/decisions.html", context)


# ---- the desk


def _desk(request: HttpRequest, handle: str) -> tuple[Profile, Profile]:
    me = somebody(request)
    desks = afterwards.count_waiting(people.desks_of(me).select_related("portrait"))
    return me, get_object_or_404(desks, handle=handle)


@require_GET
def desk_improvements(request: HttpRequest, handle: str) -> HttpResponse:
    """What is asked of all of a brand's products, what most ask for first."""
    me, brand = _desk(request, handle)
    show = request.GET.get("show", "")
    show = show if show in SHOWN else Improvement.OPEN
    number = page_of(request.GET.get("page"))
    start = (number - 1) * SIZE
    rows = list(queries.at_desk(me, brand).filter(state=show)[start : start + SIZE + 1])
    kept = {"show": "" if show == Improvement.OPEN else show}
    context = {
        "nav": "desk",
        "tab": "improvements",
        "brand": brand,
        "show": show,
        "asked": rows[:SIZE],
        "share": queries.share_of(brand),
        "answers": people.may_make(me, brand),
        "newer": with_query(request.path, **kept, page=number - 1 if number > 2 else "") if number > 1 else None,
        "older": with_query(request.path, **kept, page=number + 1) if len(rows) > SIZE else None,
    }
    return render(request, "pages/desk_improvements.html", context)


@require_http_methods(["GET", "POST"])
def desk_revision(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """A product's revisions; the next one, with what it takes in of what was asked for."""
    me, brand = _desk(request, handle)
    product = get_object_or_404(catalog.of_desk(me, brand).select_related("brand"), slug=slug)
    asked = queries.at_desk(me, brand).filter(product=product, state=Improvement.OPEN)[:WAITING]
    form = BringForm(request.POST if request.method == "POST" else None, waiting=list(asked))
    if form.is_bound and form.is_valid():
        try:
            words = form.cleaned_data["words"]
            made = actions.bring_revision(by=me, product=product, words=words, taken=form.chosen())
            messages.success(request, _("Revision %(number)s is here.") % {"number": made.number})
            return redirect("desk_revision", handle=handle, slug=slug)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {
        **_history(request, product, me),
        "nav": "desk",
        "tab": "improvements",
        "brand": brand,
        "product": product,
        "form": form,
        "answers": people.may_make(me, brand),
        "may_undo": queries.may_take_back(product),
    }
    return render(request, "pages/desk_revision.html", context, status=422 if form.is_bound else 200)
