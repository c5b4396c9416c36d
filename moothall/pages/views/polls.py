"""Polls: those on an idea or a product, asking one, one of them with its results, and changing one's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from moothall.core import kinds
from moothall.core.hall import hall
from moothall.core.refusals import NotAllowed, Refusal
from moothall.people.models import Profile
from moothall.people.viewers import member, somebody, with_query
from moothall.polls import actions, panels, queries
from moothall.polls.forms import SORTS, AnswerForm, QuestionForm, WordsForm
from moothall.polls.models import OPTIONS
from moothall.polls.panels import Stand

from ..curves import asked_at
from .cursors import number

NAV = {"idea": "ideas", "product": "market"}


@require_http_methods(["GET", "POST"])
def idea_polls(request: HttpRequest, public: str) -> HttpResponse:
    return _on(request, "idea", public)


@require_http_methods(["GET", "POST"])
def product_polls(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    return _on(request, "product", f"{handle}/{slug}")


def _on(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """The questions on a thing, the newest first; and for who leads it the form of a new one, of the sort that the
    address asks for."""
    me = somebody(request) if request.method == "POST" else member(request)
    id = kinds.named(kind, name)
    card = kinds.cards(kind, me, [id]).get(id) if id is not None else None
    if id is None or card is None:
        raise Http404
    may_ask = queries.may_ask(me, kind, id)
    sort = str((request.POST if request.method == "POST" else request.GET).get("sort", ""))
    sort = sort if sort in SORTS else OPTIONS if request.method == "POST" else ""
    given = request.POST if request.method == "POST" else None
    if given is not None and not may_ask:
        raise NotAllowed(_("Only who leads it can ask about it here."))
    form = QuestionForm(given, sort=sort, currency=hall().currency) if sort and may_ask else None
    if me and form and form.is_bound and form.is_valid():
        try:
            made = actions.ask(by=me, kind=kind, id=id, asked=form.asked())
            return redirect(queries.address(made))
        except Refusal as refusal:
            form.refuse(refusal)
    before = number(request.GET.get("before"))
    rows = queries.on(me, kind, id)
    page = list((rows.filter(pk__lt=before) if before else rows)[: queries.PAGE + 1])
    context = {
        "nav": NAV.get(kind, ""),
        "card": card,
        "here": f"{card.address}/polls",
        "polls": page[: queries.PAGE],
        "older": with_query(request.path, before=page[queries.PAGE - 1].pk) if len(page) > queries.PAGE else None,
        "sorts": SORTS,
        "sort": sort,
        "may_ask": may_ask,
        "form": form,
    }
    return render(request, "pages/polls.html", context, status=422 if given is not None else 200)


@require_http_methods(["GET", "POST"])
def poll(request: HttpRequest, public: str) -> HttpResponse:
    """The question, one's answer to it, and what came of it. Sent to itself: an answer, or more words of who asks."""
    me = somebody(request) if request.method == "POST" else member(request)
    stand = _stand(me, public)
    words = WordsForm(request.POST if request.POST.get("do") == "words" else None)
    if me and words.is_bound and words.is_valid():
        try:
            actions.add_words(by=me, poll=stand.poll, words=words.cleaned_data["words"])
            return redirect(queries.address(stand.poll))
        except Refusal as refusal:
            if not stand.leads:
                raise
            words.refuse(refusal)
    form = None
    if me and not words.is_bound:
        given = request.POST if request.method == "POST" else None
        form = AnswerForm(given, poll=stand.poll, choices=stand.choices, person=me, mine=stand.mine)
        if given is not None and _answered(request, me, stand, form):
            return redirect(queries.address(stand.poll))
    prices = stand.results.prices if stand.results else None
    context = {
        "nav": NAV.get(stand.poll.subject_kind, ""),
        "stand": stand,
        "poll": stand.poll,
        "form": form if stand.may_answer and _asks_form(request, stand) else None,
        "words": words if stand.leads and stand.poll.is_open else None,
        "curve": asked_at(prices, stand.poll.currency) if prices else None,
    }
    return render(request, "pages/poll.html", context, status=422 if request.method == "POST" else 200)


def _stand(viewer: Profile | None, public: str) -> Stand:
    found = panels.stand(viewer, public)
    if found is None:
        raise Http404
    return found


def _asks_form(request: HttpRequest, stand: Stand) -> bool:
    """Who answered already sees their answer, and its form when they ask to change it."""
    return not stand.mine or request.method == "POST" or request.GET.get("do") == "change"


def _answered(request: HttpRequest, me: Profile, stand: Stand, form: AnswerForm) -> bool:
    """Whether the answer was taken; else the form says why not, or what nobody could mend is refused."""
    if not stand.may_answer:
        actions.answer(by=me, poll=stand.poll, said=actions.Said())  # says why not
    if not form.is_valid():
        return False
    try:
        actions.answer(by=me, poll=stand.poll, said=form.said())
    except Refusal as refusal:
        if refusal.field is None:
            raise
        form.refuse(refusal)
        return False
    messages.success(request, _("Your answer counts. You can change it while the question is open."))
    return True


@require_http_methods(["GET", "POST"])
def edit_poll(request: HttpRequest, public: str) -> HttpResponse:
    """Ask it otherwise, until somebody answered."""
    me = somebody(request)
    stand = _stand(me, public)
    if not stand.leads:
        raise Http404
    found = stand.poll
    initial: dict[str, Any] = QuestionForm.initial_of(found, stand.choices)
    given = request.POST if request.method == "POST" else None
    form = QuestionForm(given, sort=found.sort, currency=found.currency, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.reword(by=me, poll=found, asked=form.asked())
            messages.success(request, _("Changed."))
            return redirect(queries.address(found))
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"nav": NAV.get(found.subject_kind, ""), "stand": stand, "poll": found, "form": form}
    return render(request, "pages/poll_edit.html", context, status=422 if form.is_bound else 200)
