"""Takes what is sent after a sale, and gives out its papers; the pages themselves stand in pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from moothall.people import viewers
from moothall.people.models import Profile
from moothall.people.queries import desks_of

from . import actions, afterwards, queries
from .models import Invoice, Order, Return, Shipment
from .own import acting, own_purchases


def _desk(request: HttpRequest, handle: str) -> tuple[Profile, Profile]:
    me = viewers.somebody(request)
    return me, get_object_or_404(desks_of(me), handle=handle)


@require_GET
def paper(request: HttpRequest, public: str, paper: str) -> HttpResponse:
    """An invoice or credit note, for who bought it."""
    purchase = get_object_or_404(own_purchases(request), public=public)
    return _pdf(get_object_or_404(Invoice, order__purchase=purchase, public=paper))


@require_GET
def desk_paper(request: HttpRequest, handle: str, paper: str) -> HttpResponse:
    return _pdf(get_object_or_404(afterwards.papers_at(*_desk(request, handle)), public=paper))


def _pdf(paper: Invoice) -> HttpResponse:
    from .paper import draw  # noqa: PLC0415 # what draws takes a fifth of a second to import, and most never draw

    name = get_valid_filename(f"{paper.label}.pdf")
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(draw(paper), content_type="application/pdf", headers=headers)


@require_GET
def papers_csv(request: HttpRequest, handle: str) -> HttpResponseBase:
    """All papers of the brand for its bookkeeper."""
    me, brand = _desk(request, handle)
    rows = afterwards.ledger_of(afterwards.papers_at(me, brand))
    headers = {"Content-Disposition": f'attachment; filename="{handle}-papers.csv"'}
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)


def _return(request: HttpRequest, public: str) -> tuple[Profile, Return]:
    """A return of one's own, and who one is for it."""
    rows = afterwards.returns_in(own_purchases(request)).select_related("order__brand", "order__purchase__buyer")
    back = get_object_or_404(rows, public=public)
    return acting(request, back.order.purchase), back


@require_POST
def take_back_return(request: HttpRequest, public: str) -> HttpResponse:
    by, back = _return(request, public)
    actions.take_back_return(by=by, back=back)
    messages.success(request, _("It stays with you. The brand is told."))
    return redirect(viewers.came_from(request))


@require_POST
def send_return(request: HttpRequest, public: str) -> HttpResponse:
    by, back = _return(request, public)
    sent = {name: request.POST.get(name, "") for name in ("carrier", "tracking")}
    actions.send_return(by=by, back=back, **sent)
    messages.success(request, _("The brand knows that it is on its way."))
    return redirect(viewers.came_from(request))


@require_POST
def buy_again(request: HttpRequest, public: str) -> HttpResponse:
    """What can still be bought goes into the basket; what cannot is said."""
    own = Order.objects.filter(purchase__in=own_purchases(request).order_by())
    order = get_object_or_404(own, public=public)
    viewer = viewers.member(request)
    basket = actions.basket_for(owner=viewer, token="" if viewer else viewers.own_token(request))
    added, said = actions.buy_again(by=viewer, basket=basket, order=order)
    if added:
        words = ngettext(
            "It is in your basket, at today's price.", "They are in your basket, at today's prices.", added
        )
        messages.success(request, words)
    for sentence in said:
        messages.warning(request, sentence)
    return redirect("basket" if added else viewers.came_from(request))


@require_POST
def correct_parcel(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    me, brand = _desk(request, handle)
    rows = Shipment.objects.filter(order__in=queries.orders_at(me, brand).order_by()).select_related("order__brand")
    shipment = get_object_or_404(rows, public=public)
    said = {name: request.POST.get(name, "") for name in ("carrier", "tracking")}
    actions.correct_parcel(by=me, shipment=shipment, **said)
    messages.success(request, _("Corrected. The buyer gets a mail."))
    return redirect(viewers.came_from(request))
