"""The hall's front for strangers, home for members, and the few doors that stand beside."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth import login
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from moothall.catalog import queries as catalog
from moothall.catalog.fresh import fresh
from moothall.core import pictures, text
from moothall.core.hall import hall
from moothall.feed import queries as feed
from moothall.orders import queries as orders
from moothall.outbox.models import Mail
from moothall.people import queries as people
from moothall.people.models import Account
from moothall.people.viewers import account, member

from ..baskets import carry_over
from ..samples import samples
from .cursors import number

YEAR = 31_536_000


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """Home for who is signed in, the hall for who is not."""
    viewer = member(request)
    if viewer is None:
        return hall_page(request)
    page = feed.home(viewer, before=number(request.GET.get("before")))
    context = {
        "nav": "home",
        "page": page,
        "meet": people.to_meet(viewer),
        "fresh": catalog.listed(fresh(account(request))),
    }
    return render(request, "pages/home.html", context)


@require_GET
def hall_page(request: HttpRequest) -> HttpResponse:
    """What this place is, to somebody who has never been here."""
    viewer = member(request)
    found = catalog.listed(catalog.newest(viewer)[:13])  # four steps, and nine that fill every width of the grid
    shares = (
        orders.shares_visible_to(viewer)
        .filter(reach="public")
        .select_related("by", "by__portrait", "product__brand")
        .order_by("-id")
    )
    faces = people.people(viewer).exclude(portrait=None).order_by("pk")
    context = {
        "nav": "home",
        "products": found,
        "brands": list(people.brands(viewer).order_by("pk")[:6]),
        "faces": list(faces[:24]),
        "voices": list(shares.exclude(words="")[:3]),
    }
    return render(request, "pages/hall.html", context)


@require_GET
def parts(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/ui.html", samples())


@require_GET
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture by its content: it never changes, so it may be kept by whoever got it. That of what was removed
    or taken back is shown to stewards only, unless something else shows it too."""
    if not default_storage.exists(name):
        raise Http404
    how_long = f"public, max-age={YEAR}, immutable"
    if pictures.is_kept_back(Path(name).stem.partition("-")[0]):
        if not getattr(request.user, "is_steward", False):
            raise Http404
        how_long = "private, no-store"
    kept = {"Cache-Control": how_long, "X-Content-Type-Options": "nosniff"}
    return FileResponse(default_storage.open(name), content_type=f"image/{name[-4:]}", headers=kept)


# ---- doors of the demo: shut everywhere else


def _demo_only() -> None:
    if not (hall().demo and settings.LOOPBACK):
        raise Http404


@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every mail the demo would have sent."""
    _demo_only()
    before = number(request.GET.get("before"))
    letters = Mail.objects.order_by("-id")
    letters = letters.filter(pk__lt=before) if before else letters
    page = list(letters[:31])
    older = page[29].pk if len(page) > 30 else None
    return render(request, "pages/mailbox.html", {"letters": page[:30], "older": older})


@require_GET
def letter(request: HttpRequest, number: int) -> HttpResponse:
    _demo_only()
    mail = get_object_or_404(Mail, pk=min(number, 2**60))
    return render(request, "pages/letter.html", {"mail": mail})


@require_http_methods(["GET", "POST"])
def cast(request: HttpRequest) -> HttpResponse:
    """As whom one may walk through the demo town."""
    _demo_only()
    if request.method == "POST":
        handle = text.tidy(request.POST.get("handle", ""))[:30]
        account = get_object_or_404(Account, profile__handle=handle, is_active=True)
        login(request, account)
        carry_over(request, account.profile)
        return redirect("home")
    return render(request, "pages/cast.html", {"cast": people.demo_cast()})
