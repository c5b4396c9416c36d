"""The gate of an idea: its judgement with the sheet and the curve, arguments, the desk where a brand judges."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core import text
from moothall.core.refusals import Refusal
from moothall.ideas import actions, judged, opened, queries
from moothall.ideas.exported import figures_of
from moothall.ideas.forms import PARTS
from moothall.ideas.gate_forms import (
    AppealAnswerForm,
    AppealForm,
    ArgueForm,
    GateForm,
    JudgeForm,
    MarkForm,
    SheetForm,
    TakeForm,
    UndoForm,
)
from moothall.ideas.gates import Gate, Sheet, today
from moothall.ideas.models import Idea
from moothall.moderation.queries import removal_of
from moothall.people import queries as people
from moothall.people.models import Profile
from moothall.people.viewers import member, somebody, with_query
from moothall.polls.queries import price_question

from ..curves import drawn
from .cursors import number, page_of

SIZE = 24


def _gate(viewer: Profile | None, public: str) -> Gate:
    return get_object_or_404(
        judged.gates(viewer).select_related("idea__lead__portrait", "brand__portrait"), public=public
    )


def _sent(request: HttpRequest, do: str) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("do") == do else None


def _done(form: GateForm, act: Callable[[], object]) -> bool:
    """Whether what was filled in was taken; else the form says why not."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True


@require_http_methods(["GET", "POST"])
def gate(request: HttpRequest, public: str) -> HttpResponse:
    """What a brand judged or has to, on what; its lead appeals, says yes, or that what was needed is done."""
    viewer = somebody(request) if request.method == "POST" else member(request)
    found = _gate(viewer, public)
    form = AppealForm(_sent(request, "appeal"))
    if viewer and request.POST.get("do") == "again":
        return redirect(judged.address(actions.come_again(by=viewer, gate=found)))
    if viewer and request.POST.get("do") == "accept":
        actions.accept(by=viewer, gate=found)
        messages.success(request, _("It is open: people may join now, and everybody who pledged is told."))
        return redirect(queries.address(found.idea))
    if viewer and _done(form, lambda: actions.appeal(by=viewer, gate=found, words=form.cleaned_data["words"])):
        return redirect(judged.address(found))
    heard, own, argued = judged.whole(viewer, found)
    others = list(judged.gates(viewer).filter(idea=found.idea_id).exclude(pk=found.pk).order_by("-id"))
    context = {
        "nav": "ideas",
        "gate": found,
        "idea": found.idea,
        "own": own,
        "argued": argued,
        "curve": drawn(heard, own, found.currency),
        "asked": sum(count for _price, count in heard),
        "gathered": judged.gathered(found),
        "priced": price_question(viewer, Idea.kind, found.idea_id) if found.idea.stands else None,
        "others": others,
        "is_newest": not any(one.brand_id == found.brand_id and one.number > found.number for one in others),
        "again": judged.again(found) if found.state == Gate.NO else None,
        "known": queries.known(viewer, [found.appealed_by_id]) if found.appealed else {},
        "is_settled": found.accepted is not None or any(one.accepted for one in others),
        "is_lead": viewer == found.idea.lead,
        "role": people.role_of(viewer, found.brand),
        "form": form,
    }
    return render(request, "pages/gate.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def figures(request: HttpRequest, public: str) -> HttpResponse:
    """All that is needed to reckon it again, as JSON."""
    viewer = member(request)
    answer = JsonResponse(figures_of(viewer, _gate(viewer, public)), json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="gate-{public}.json"'
    return answer


@require_GET
def sheet(request: HttpRequest, public: str) -> HttpResponse:
    """One sheet, and what it comes to."""
    viewer = member(request)
    found = get_object_or_404(judged.sheets_seen(viewer), public=public)
    heard = judged.demand(found.gate)
    shown = judged.reckoned(found, heard)
    context = {
        "nav": "ideas",
        "gate": found.gate,
        "idea": found.gate.idea,
        "own": shown,
        "case": removal_of(found.kind, found.pk) if found.hidden else None,
        "curve": drawn(heard, shown, found.currency),
        "asked": sum(count for _price, count in heard),
        "is_mine": viewer == found.by and not found.own,
    }
    return render(request, "pages/sheet.html", context)


@require_POST
def end_argument(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    found = get_object_or_404(Sheet.objects.select_related("gate"), public=public, by=me, own=False)
    actions.end_argument(by=me, sheet=found)
    messages.success(request, _("It is gone."))
    return redirect(judged.address(found.gate))


@require_http_methods(["GET", "POST"])
def argue(request: HttpRequest, public: str) -> HttpResponse:
    """A sheet copied, with other numbers."""
    me = somebody(request)
    found = _gate(me, public)
    sheets = judged.sheets_seen(me).filter(gate=found)
    named = text.tidy(request.GET.get("from", ""))[:10]
    copied = sheets.filter(public=named).first() or sheets.filter(own=True).first()
    initial = SheetForm.initial_of(copied, judged.runs_of([copied])[copied.pk]) if copied else None
    form = ArgueForm(request.POST if request.method == "POST" else None, currency=found.currency, initial=initial)

    def act() -> None:
        actions.argue(by=me, gate=found, figures=form.figures(), words=form.cleaned_data["words"])

    if _done(form, act):
        messages.success(request, _("It stands beside the brand's sheet, in your name."))
        return redirect(judged.address(found))
    context = {"nav": "ideas", "gate": found, "idea": found.idea, "form": form, "copied": copied}
    return render(request, "pages/argue.html", context, status=422 if form.is_bound else 200)


@require_GET
def judgements(request: HttpRequest, handle: str) -> HttpResponse:
    """All that a brand judged or has to, and what is overdue: public."""
    viewer = member(request)
    brand = get_object_or_404(people.brands(viewer), handle=handle)
    before = number(request.GET.get("before"))
    rows = judged.judgements(viewer, brand)
    page = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    context = {
        "nav": "ideas",
        "brand": brand,
        "gates": page[:SIZE],
        "overdue": judged.overdue(rows).count(),
        "mark": judged.mark_of(brand),
        "older": with_query(request.path, before=page[SIZE - 1].pk) if len(page) > SIZE else None,
    }
    return render(request, "pages/judgements.html", context)


# ---- the desk


def _desk(request: HttpRequest, handle: str) -> tuple[Profile, Profile]:
    me = somebody(request)
    return me, get_object_or_404(people.desks_of(me).select_related("portrait"), handle=handle)


@require_http_methods(["GET", "POST"])
def desk_gates(request: HttpRequest, handle: str) -> HttpResponse:
    """What waits to be judged, what may be taken, and the brand's mark."""
    me, brand = _desk(request, handle)
    mark = judged.mark_of(brand)
    form = MarkForm(
        request.POST if request.method == "POST" else None, initial={"voices": mark.voices, "days": mark.days}
    )
    if _done(form, lambda: actions.set_mark(by=me, brand=brand, **form.cleaned_data)):
        messages.success(request, _("Kept. What has as many voices already is at your gate now."))
        return redirect("desk_gates", handle=handle)
    rows, at = judged.of_desk(brand), page_of(request.GET.get("page"))
    part = slice((at - 1) * SIZE, at * SIZE + 1)
    waiting, free = list(judged.waiting(rows)[part]), list(judged.free_for(me, brand)[part])
    more = max(len(waiting), len(free)) > SIZE
    context = {
        "nav": "desk",
        "tab": "gates",
        "brand": brand,
        "waiting": waiting[:SIZE],
        "done": [] if at > 1 else list(rows.exclude(decided=None).order_by("-decided", "-pk")[:SIZE]),
        "free": free[:SIZE],
        "newer": with_query(request.path, page=at - 1) if at > 1 else None,
        "older": with_query(request.path, page=at + 1) if more else None,
        "pays": judged.paying(free),
        "form": form,
        "may_judge": judged.may_judge(me, brand),
    }
    return render(request, "pages/desk_gates.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def take_gate(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    """Declare that one judges an idea addressed to all, by a day."""
    me, brand = _desk(request, handle)
    idea = get_object_or_404(queries.visible_to(me).select_related("lead", "brand"), public=public)
    days = judged.mark_of(brand).days
    form = TakeForm(request.POST if request.method == "POST" else None, initial={"due": today() + timedelta(days=days)})
    if _done(form, lambda: actions.take_to_gate(by=me, brand=brand, idea=idea, due=form.cleaned_data["due"])):
        messages.success(request, _("It is at your gate. Those who stand behind it are told."))
        return redirect("desk_gates", handle=handle)
    context = {
        "nav": "desk",
        "tab": "gates",
        "brand": brand,
        "idea": idea,
        "support": opened.support_of(idea),
        "form": form,
        "may_judge": judged.may_judge(me, brand),
    }
    return render(request, "pages/desk_take.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def desk_gate(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    """The sheet and what it comes to, the judgement, and what is said about it."""
    me, brand = _desk(request, handle)
    found = get_object_or_404(judged.of_desk(brand).select_related("idea__brand"), public=public)
    own = judged.own_sheet(found)
    basis = own or judged.last_sheet(found)
    initial = SheetForm.initial_of(basis, judged.runs_of([basis])[basis.pk]) if basis else None
    filled = SheetForm(_sent(request, "sheet"), currency=found.currency, initial=initial)
    price = {"price": basis.money("price").plain} if basis else None
    judging = JudgeForm(_sent(request, "judge"), currency=found.currency, initial=price)
    undoing, answer = UndoForm(_sent(request, "undo")), AppealAnswerForm(_sent(request, "answer"))
    there = redirect("desk_gate", handle=handle, public=public)
    if _done(filled, lambda: actions.keep_sheet(by=me, gate=found, figures=filled.figures())):
        messages.success(request, _("Kept. Beside it stands what it comes to."))
        return there
    if _done(judging, lambda: actions.judge(by=me, gate=found, **judging.said())):
        messages.success(request, _("Judged. It is public now, and those who stand behind it are told."))
        return there
    if _done(undoing, lambda: actions.undo(by=me, gate=found, why=undoing.cleaned_data["why"])):
        messages.success(request, _("Taken back. The idea is at your gate again."))
        return redirect("desk_gates", handle=handle)
    if _done(answer, lambda: actions.answer_appeal(by=me, gate=found, words=answer.cleaned_data["words"])):
        return there
    heard = judged.demand(found)
    shown = judged.reckoned(own, heard) if own else None
    leads = queries.writes(me, found.idea)
    context = {
        "nav": "desk",
        "tab": "gates",
        "brand": brand,
        "gate": found,
        "idea": found.idea,
        "own": shown,
        "curve": drawn(heard, shown, found.currency),
        "asked": sum(count for _price, count in heard),
        "gathered": judged.gathered(found),
        "filled": filled,
        "judging": judging,
        "undoing": undoing,
        "answer": answer,
        "may_judge": judged.may_judge(me, brand) and not leads,
        "leads": leads,
        "parts": PARTS,
        "opens": judged.gates(me).filter(pk=found.pk).exists(),
        "known": queries.known(me, [found.appealed_by_id]) if found.appealed else {},
    }
    return render(request, "pages/desk_gate.html", context, status=422 if request.method == "POST" else 200)
