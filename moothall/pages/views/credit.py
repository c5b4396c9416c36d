"""Upstairs and at the till: who shaped an idea with what share, what that brought, and paying it out."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from moothall.core.refusals import NotAllowed, Refusal
from moothall.credit import actions, queries, statements
from moothall.credit.forms import SPARE, DeclineForm, PayeeForm, SplitForm
from moothall.credit.queries import Whole
from moothall.credit.record import Record, record_of, suggested
from moothall.credit.shares import MOST
from moothall.ideas import queries as ideas
from moothall.ideas.models import Idea
from moothall.orders import afterwards
from moothall.payments.bank import grouped
from moothall.people import queries as people
from moothall.people.models import PERSON, Profile
from moothall.people.viewers import fresh_account, member, somebody, with_query

from .cursors import number
from .doors import stewards_only

SIZE = 30
ROW = re.compile(r"(handle|share|why)_(\d{1,2})")


@require_http_methods(["GET", "POST"])
def credit(request: HttpRequest, public: str) -> HttpResponse:
    """Who shaped it, how its royalty is shared, and the forms of who leads it and of who is asked to sign. Sent to
    itself: to propose shares, or to say no to them; a refused form keeps what was typed."""
    viewer = member(request) if request.method == "GET" else somebody(request)
    found = get_object_or_404(queries.ideas(viewer), public=public)
    wholes, record = queries.splits_of(found), record_of(found)
    proposed = next((one for one in wholes if one.split.is_proposed), None)
    form = decline = None
    if request.method == "POST":
        assert viewer is not None
        if request.POST.get("do") == "decline":
            decline = _declined(request, viewer, proposed)
        else:
            form = _proposed(request, viewer, found)
        if decline is None and form is None:
            return redirect("idea_credit", public=public)
    refused = any(one is not None and one.is_bound for one in (form, decline))
    context = _shown(viewer, found, wholes, record) | {
        "form": form or _fresh_form(request, viewer, found, wholes, record),
        "decline": decline or DeclineForm(),
    }
    return render(request, "pages/idea_credit.html", context, status=422 if refused else 200)


def _declined(request: HttpRequest, viewer: Profile, proposed: Whole | None) -> DeclineForm | None:
    """None where it is done; else the form with what was refused."""
    if proposed is None or proposed.of(viewer) is None:
        raise Refusal(_("This is not proposed any more. Look at how it stands now."))
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            actions.decline(by=viewer, split=proposed.split, why=form.cleaned_data["why"])
            messages.success(request, _("Said. Who leads the idea can propose anew."))
            return None
        except Refusal as refusal:
            form.refuse(refusal)
    return form


def _proposed(request: HttpRequest, viewer: Profile, idea: Idea) -> SplitForm | None:
    """None where it is done; else the form with what was refused, or with more rows to fill in."""
    if idea.lead_id != viewer.pk:
        raise NotAllowed(_("Only who leads the idea can do this."))
    filled = [int(found[2]) for name, value in request.POST.items() if value and (found := ROW.fullmatch(name))]
    rows = max(filled, default=1)
    if request.POST.get("do") == "more":
        return SplitForm(initial=request.POST.dict(), rows=rows + 2 * SPARE)
    form = SplitForm(request.POST, rows=rows + SPARE)
    if form.is_valid():
        said = form.said()
        known = {
            one.handle: one
            for one in people.visible_to(viewer).filter(sort=PERSON, handle__in=[row[1] for row in said])
        }
        for row, handle, _points, _why in said:
            if handle not in known:
                form.add_error(f"handle_{row}", _("There is nobody of that name."))
        if not form.errors:
            shares = [actions.Share(known[handle], points, why) for _row, handle, points, why in said]
            return _kept(request, viewer, idea, form, shares)
    return form


def _kept(
    request: HttpRequest, viewer: Profile, idea: Idea, form: SplitForm, shares: list[actions.Share]
) -> SplitForm | None:
    try:
        made = actions.propose_split(by=viewer, idea=idea, parts=shares, note=form.cleaned_data["note"])
    except Refusal as refusal:
        form.refuse(refusal)
        return form
    stands = made.stands
    messages.success(request, _("It stands.") if stands else _("Proposed. All whom it names are asked to sign."))
    return None


def _fresh_form(
    request: HttpRequest, viewer: Profile | None, idea: Idea, wholes: list[Whole], record: Record
) -> SplitForm | None:
    """As the record suggests, or as the split whose number is asked for; nothing for who does not lead it."""
    if viewer is None or viewer.pk != idea.lead_id:
        return None
    asked = number(request.GET.get("from"))
    former = next((one for one in wholes if asked and one.split.number == asked), None)
    if former:
        parts = [(str(part.person.handle), part.points, part.why) for part in former.parts]
    else:
        parts = [(str(one.person.handle), one.points, one.why) for one in suggested(viewer, idea, record)]
    return SplitForm(initial=SplitForm.initial_of(parts), rows=len(parts) + SPARE)


def _shown(viewer: Profile | None, idea: Idea, wholes: list[Whole], record: Record) -> dict[str, Any]:
    standing = next((one for one in wholes if one.split.stands), None)
    proposed = next((one for one in wholes if one.split.is_proposed), None)
    ids = {one.person for one in record.shapers} | {part.person_id for one in wholes for part in one.parts}
    ids |= {pk for one in wholes for pk in (one.split.by_id, one.split.declined_by_id) if pk}
    leads = viewer is not None and viewer.pk == idea.lead_id
    concerned = leads or any(one.of(viewer) for one in wholes)
    return {
        "nav": "ideas",
        "idea": idea,
        "known": ideas.known(viewer, ids),
        "shapers": sorted(record.shapers, key=lambda one: (not one.first, not one.leads, -one.versions, one.person)),
        "versions": record.versions,
        "standing": standing,
        "proposed": proposed,
        "former": [one for one in wholes if one is not standing and one is not proposed],
        "changed": standing is not None and standing.split.record != record.fingerprint,
        "outdated": proposed is not None and proposed.split.record != record.fingerprint,
        "mine": proposed.of(viewer) if proposed else None,
        "leads": leads,
        "may_propose": leads and (idea.stands or idea.concept_id is not None),
        "rate": queries.rates([idea.pk]).get(idea.pk),
        "waits": concerned and standing is None and queries.has_waiting(idea),
        "most": MOST,
    }


# ---- one's own


@require_GET
def royalties(request: HttpRequest) -> HttpResponse:
    """What one's share of ideas brought, each entry with its reason, and where it is sent."""
    me = somebody(request)
    before = number(request.GET.get("before"))
    rows = statements.entries_of(me)
    page = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    payee = queries.payee_of(me)
    context = {
        "nav": "you",
        "mine": "royalties",
        "lines": statements.lines_of(page[:SIZE]),
        "words": statements.reason_words,
        "sums": statements.sums_of(me),
        "asked": list(queries.asked_to_sign(me)[:SIZE]),
        "payee": payee,
        "iban": grouped(payee.iban) if payee else "",
        "smallest": statements.smallest,
        "older": with_query(request.path, before=page[SIZE - 1].pk) if len(page) > SIZE else None,
    }
    return render(request, "pages/royalties.html", context)


@require_http_methods(["GET", "POST"])
def payee(request: HttpRequest) -> HttpResponse:
    """Where one's royalties are sent; for who just signed in, as whoever finds an open browser would send them home."""
    me = fresh_account(request).profile
    kept = queries.payee_of(me)
    initial = {"holder": kept.holder, "iban": grouped(kept.iban)} if kept else {"holder": me.name}
    form = PayeeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.set_payee(by=me, **form.cleaned_data)
            messages.success(request, _("Kept. The next payout goes there."))
            return redirect("my_royalties")
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"nav": "you", "mine": "royalties", "form": form, "payee": kept}
    return render(request, "pages/payee.html", context, status=422 if form.is_bound else 200)


# ---- a brand's desk


@require_GET
def desk_royalties(request: HttpRequest, handle: str) -> HttpResponse:
    """What things that were somebody's idea brought those who shaped them, product by product."""
    me = somebody(request)
    rows = afterwards.count_waiting(people.desks_of(me).select_related("portrait"))
    brand = get_object_or_404(rows, handle=handle)
    context = {"nav": "desk", "tab": "royalties", "brand": brand, "sold": statements.of_brand(brand)}
    return render(request, "pages/desk_royalties.html", context)


# ---- the hall


@require_http_methods(["GET", "POST"])
def steward_royalties(request: HttpRequest) -> HttpResponse:
    """Who is owed how much, and paying it out. Sent to itself; it carries the number of the last payout."""
    stewards_only(request)
    me = somebody(request)
    if request.method == "POST":
        after = request.POST.get("after", "")
        if not re.fullmatch(r"\d{1,9}", after):
            raise Http404
        made = actions.pay_out(by=me, after=int(after))
        count = queries.lines_of(made).count()
        said = ngettext("Payout %(n)s holds one line.", "Payout %(n)s holds %(num)s lines.", count)
        messages.success(request, said % {"n": made.number, "num": count})
        return redirect("steward_royalties")
    owed = statements.owed()
    ready = [one for one in owed if one.is_ready]
    payouts = list(queries.payouts()[:SIZE])
    lines = queries.lines_of_all(payouts)
    context = {
        "tab": "royalties",
        "ready": ready,
        "sums": statements.sums(ready),
        "nowhere": [one for one in owed if one.payee is None and not one.is_small],
        "small": [one for one in owed if one.is_small],
        "grouped": grouped,
        "payouts": [(one, lines[one.pk]) for one in payouts],
        "last": queries.last_payout(),
    }
    return render(request, "pages/steward_royalties.html", context)
