"""Takes what is sent after a sale, and gives out its papers; the pages themselves stand in pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import get_valid_filename
from django.views.decorators.http import require_GET

from moothall.people import viewers
from moothall.people.models import Profile
from moothall.people.queries import desks_of

from . import afterwards, queries
from .models import Invoice, Purchase
from .paper import draw


def _own(request: HttpRequest, public: str) -> Purchase:
    """A purchase of the signed-in person, or of the guest this browser is."""
    own = queries.purchases_of(viewers.member(request)) | queries.purchases_of(viewers.guest(request))
    return get_object_or_404(own.select_related("buyer"), public=public)


def _desk(request: HttpRequest, handle: str) -> tuple[Profile, Profile]:
    me = viewers.somebody(request)
    return me, get_object_or_404(desks_of(me), handle=handle)


@require_GET
def paper(request: HttpRequest, public: str, paper: str) -> HttpResponse:
    """An invoice or credit note, for who bought it."""
    purchase = _own(request, public)
    return _pdf(get_object_or_404(Invoice, order__purchase=purchase, public=paper))


@require_GET
def desk_paper(request: HttpRequest, handle: str, paper: str) -> HttpResponse:
    return _pdf(get_object_or_404(afterwards.papers_at(*_desk(request, handle)), public=paper))


def _pdf(paper: Invoice) -> HttpResponse:
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
