"""Takes what is sent about credit, and gives its files; the pages themselves stand in pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.people.viewers import account, fresh_account, somebody

from . import actions, queries, statements
from .models import Split


@require_POST
def sign(request: HttpRequest, public: str) -> HttpResponse:
    me, found = somebody(request), _split(request, public)
    actions.sign(by=me, split=found)
    messages.success(request, _("Signed. You are told when all have."))
    return redirect(queries.address(found.idea))


@require_POST
def take_back(request: HttpRequest, public: str) -> HttpResponse:
    me, found = somebody(request), _split(request, public)
    actions.take_back(by=me, split=found)
    return redirect(queries.address(found.idea))


def _split(request: HttpRequest, public: str) -> Split:
    return get_object_or_404(queries.splits(somebody(request)), public=public)


@require_POST
def end_payee(request: HttpRequest) -> HttpResponse:
    actions.end_payee(by=fresh_account(request).profile)
    messages.success(request, _("The account is forgotten."))
    return redirect("/you/royalties")


@require_GET
def statement(request: HttpRequest) -> HttpResponseBase:
    return _file(statements.statement_csv(somebody(request)), "royalties.csv")


@require_GET
def payout_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """For stewards: what the bank is to send."""
    if not account(request).is_steward:
        raise Http404
    found = get_object_or_404(queries.payouts(), number=number)
    return _file(statements.payout_csv(found), f"payout-{found.number}.csv")


def _file(rows: object, name: str) -> StreamingHttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=disposition)  # type: ignore[arg-type]
