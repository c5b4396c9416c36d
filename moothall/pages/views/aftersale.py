"""After a sale: a brand's papers, and things that go back, as buyer and brand see them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.orders import actions, afterwards
from moothall.orders import queries as orders_
from moothall.orders.actions.invoices import Name
from moothall.orders.forms import ImprintForm, ReturnForm, pieces_typed
from moothall.orders.models import Imprint, OrderLine, Return
from moothall.orders.own import acting, own_purchases
from moothall.orders.records import RETURN_DAYS
from moothall.people import queries as people
from moothall.people.models import Profile
from moothall.people.viewers import somebody, with_query

from .cursors import number

SIZE = 30


def _desk(request: HttpRequest, handle: str) -> tuple[Profile, Profile]:
    me = somebody(request)
    rows = afterwards.count_waiting(people.desks_of(me).select_related("portrait"))
    return me, get_object_or_404(rows, handle=handle)


@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, handle: str) -> HttpResponse:
    """Invoices and credit notes of the brand, and whom they name."""
    me, brand = _desk(request, handle)
    imprint = afterwards.imprint_of(brand)
    form = ImprintForm(request.POST if request.method == "POST" else None, initial=_initial(imprint, brand))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_imprint(by=me, brand=brand, name=form.name())
            messages.success(request, _("Kept. Papers name you so from now on."))
            return redirect("desk_papers", handle=handle)
        except BadInput as refusal:
            form.add_error(refusal.field, refusal.sentence)
    before = number(request.GET.get("before"))
    rows = afterwards.papers_at(me, brand).defer("data").order_by("-pk")
    page = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    context = {
        "nav": "desk",
        "tab": "papers",
        "brand": brand,
        "form": form,
        "imprint": imprint,
        "papers": page[:SIZE],
        "due": afterwards.papers_due(brand),
        "may_own": people.may_own(me, brand),
        "older": with_query(request.path, before=page[SIZE - 1].pk) if len(page) > SIZE else None,
    }
    return render(request, "pages/desk_papers.html", context, status=422 if form.is_bound else 200)


def _initial(imprint: Imprint | None, brand: Profile) -> dict[str, object]:
    if imprint is None:
        return {"stem": "".join(word[0] for word in (brand.handle or "").split("-")).upper()[:8]}
    return {name: getattr(imprint, name) for name in Name.__dataclass_fields__}


# ---- what goes back


@require_http_methods(["GET", "POST"])
def ask_return(request: HttpRequest, public: str, order: str) -> HttpResponse:
    """The buyer chooses what goes back, and says why."""
    purchase = get_object_or_404(own_purchases(request), public=public)
    found = get_object_or_404(orders_.orders_in(purchase), public=order)
    whole = orders_.whole(found)
    days = afterwards.return_days([found.brand_id]).get(found.brand_id)
    form, sentence = ReturnForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST":
        try:
            pieces = pieces_typed(request.POST, whole.things)
            if form.is_valid():
                actions.ask_return(by=acting(request, purchase), order=found, pieces=pieces, **form.cleaned_data)
                messages.success(request, _("Asked. You get a mail as soon as the brand answers."))
                return redirect("purchase", public=public)
        except NotAllowed:
            raise
        except Refusal as refusal:
            sentence = refusal.sentence
    context = {
        "nav": "you",
        "purchase": purchase,
        "order": found,
        "whole": whole,
        "most": afterwards.may_come_back(whole, days),
        "days": RETURN_DAYS if days is None else days,
        "form": form,
        "sentence": sentence,
        "typed": request.POST,
    }
    return render(request, "pages/ask_return.html", context, status=422 if form.is_bound else 200)


@require_GET
def desk_returns(request: HttpRequest, handle: str) -> HttpResponse:
    """What is asked to come back, is on its way, or is here; all or only what waits for the team."""
    me, brand = _desk(request, handle)
    before, all_of_them = number(request.GET.get("before")), request.GET.get("show") == "all"
    rows = afterwards.returns_at(me, brand)
    if not all_of_them:
        rows = rows.filter(state__in=Return.OPEN)
    page = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    show = "all" if all_of_them else ""
    context = {
        "nav": "desk",
        "tab": "returns",
        "brand": brand,
        "backs": afterwards.backs(page[:SIZE]),
        "all": all_of_them,
        "older": with_query(request.path, before=page[SIZE - 1].pk, show=show) if len(page) > SIZE else None,
    }
    return render(request, "pages/desk_returns.html", context)


@require_http_methods(["GET", "POST"])
def desk_return(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    """One return: answer it, say that it is here, give the money back. A refused form comes back as it was typed."""
    me, brand = _desk(request, handle)
    back = get_object_or_404(afterwards.returns_at(me, brand), public=public)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _do(me, back, request)
            return redirect("desk_return", handle=handle, public=public)
        except NotAllowed:
            raise
        except Refusal as said:
            refusal = said
            back.refresh_from_db(fields=["state", "answer"])
    lines = list(OrderLine.objects.filter(order=back.order).order_by("pk"))
    found = afterwards.backs([back])[0]
    inside = {one.line_id: one.quantity for one in found.lines}
    context = {
        "nav": "desk",
        "tab": "returns",
        "brand": brand,
        "back": found,
        "pieces_of": [(line, min(inside[line.pk], line.kept)) for line in lines if line.pk in inside],
        "sending": [line for line in lines if not line.variant_id and line.amount and line.to_return],
        "may_sell": people.may_sell(me, brand),
        "wrong": {(refusal.field or ""): refusal.sentence} if refusal else {},
        "typed": request.POST,
    }
    return render(request, "pages/desk_return.html", context, status=refusal.status if refusal else 200)


def _do(me: Profile, back: Return, request: HttpRequest) -> None:
    """The step whose button was pressed."""
    step, answer = request.POST.get("step"), request.POST.get("answer", "")
    if step == "agree":
        actions.agree_to_return(by=me, back=back, answer=answer)
        messages.success(request, _("Agreed. The buyer gets a mail with your words."))
    elif step == "decline":
        actions.decline_return(by=me, back=back, answer=answer)
        messages.success(request, _("Declined. The buyer gets a mail with your words."))
    elif step == "arrive":
        actions.receive_return(by=me, back=back)
        messages.success(request, _("It is here. The buyer gets a mail."))
    elif step == "close":
        pieces = pieces_typed(request.POST, OrderLine.objects.filter(order=back.order))
        restock = request.POST.get("restock") == "yes"
        made = actions.close_return(by=me, back=back, pieces=pieces, answer=answer, restock=restock)
        said = _("%(amount)s goes back to the buyer.") % {"amount": made.money} if made else _("Closed.")
        messages.success(request, said)
    else:
        raise BadInput(_("Choose what to do."))
