"""After a sale: a brand's papers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from moothall.core.refusals import BadInput
from moothall.orders import actions, afterwards
from moothall.orders.actions.invoices import Name
from moothall.orders.forms import ImprintForm
from moothall.orders.models import Imprint
from moothall.people import queries as people
from moothall.people.models import Profile
from moothall.people.viewers import somebody, with_query

from .cursors import number

SIZE = 30


def _desk(request: HttpRequest, handle: str) -> tuple[Profile, Profile]:
    me = somebody(request)
    return me, get_object_or_404(people.desks_of(me).select_related("portrait"), handle=handle)


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
