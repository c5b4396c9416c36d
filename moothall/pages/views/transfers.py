"""Paying by bank transfer: how a buyer is told to, and what a steward reads from the bank and sends back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core import clock, text
from moothall.core.money import parse
from moothall.core.qr import qr
from moothall.core.refusals import BadInput, Refusal
from moothall.orders import actions, queries, transfers
from moothall.orders.actions.transfers import LONGEST_REFERENCE, Account
from moothall.orders.models import Purchase
from moothall.orders.own import acting, own_purchases
from moothall.payments import provider
from moothall.payments.models import Capture
from moothall.people.viewers import somebody, with_query

from .cursors import number
from .doors import stewards_only

SIZE = 30


class ArrivalForm(forms.Form):
    amount = forms.CharField(
        label=gettext_lazy("How much arrived"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    reference = forms.CharField(
        label=gettext_lazy("The bank's own reference"),
        max_length=LONGEST_REFERENCE,
        help_text=gettext_lazy("The number the bank gave this transfer. The same one twice is noted once."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    day = forms.DateField(
        label=gettext_lazy("On which day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class SentForm(forms.Form):
    reference = forms.CharField(
        label=gettext_lazy("The bank's own reference"),
        max_length=LONGEST_REFERENCE,
        help_text=gettext_lazy("The number the bank gave what you sent."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class BankForm(forms.Form):
    holder = forms.CharField(label=gettext_lazy("Whose account"), max_length=70)
    account = forms.CharField(
        label=gettext_lazy("Account"),
        max_length=60,
        help_text=gettext_lazy("An IBAN, or a sort code and number as banks there write it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    bic = forms.CharField(
        label=gettext_lazy("BIC"), max_length=16, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(label=gettext_lazy("Name of the bank"), max_length=70, required=False)
    days = forms.IntegerField(
        label=gettext_lazy("Days to pay"),
        min_value=1,
        max_value=30,
        initial=7,
        help_text=gettext_lazy("So long things are kept for who pays by transfer. A transfer takes up to three."),
    )


# ---- buyers


def how_to_pay(purchase: Purchase) -> dict[str, Any]:
    """What the purchase's page shows of a transfer: nothing for what is paid otherwise."""
    told = transfers.told(purchase)
    drawn = qr(told.code, _("The transfer as a code for your banking app")) if told and told.code else None
    return {"told": told, "qr": drawn}


@require_POST
def pay_by_card(request: HttpRequest, public: str) -> HttpResponse:
    """Go to the provider's page instead of sending the money."""
    purchase = get_object_or_404(own_purchases(request), public=public)
    actions.pay_by_card(by=acting(request, purchase), purchase=purchase)
    try:
        return redirect(actions.open_page(purchase=purchase))
    except (provider.ProviderSilent, Refusal):
        return redirect("purchase", public=public)


# ---- what is awaited


def _head(tab: str) -> dict[str, Any]:
    """What stands above each of these pages."""
    counts = {"awaited": transfers.awaited().count(), "back": transfers.to_send_back().count()}
    return {"tab": "transfers", "part": tab, "counts": counts, "bank": queries.bank_of_the_hall()}


@require_GET
def awaited(request: HttpRequest) -> HttpResponse:
    """What is awaited, or what fits the words."""
    stewards_only(request)
    words, before = text.tidy(request.GET.get("q", ""))[:80], number(request.GET.get("before"))
    rows = transfers.found(words) if words else transfers.awaited()
    page = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    older = with_query(request.path, q=words, before=page[SIZE - 1].pk) if len(page) > SIZE else None
    context = {**_head("awaited"), "purchases": page[:SIZE], "q": words, "older": older}
    return render(request, "pages/steward_transfers.html", context)


@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, public: str) -> HttpResponse:
    """One purchase and what came for it. Sent to itself: what arrived."""
    stewards_only(request)
    found = get_object_or_404(transfers.of_reference(public))
    given = request.POST if request.method == "POST" else None
    today = timezone.localtime(clock.now(), timezone.get_default_timezone()).date()
    form = ArrivalForm(given, initial={"amount": found.payment.money.plain, "day": today})
    if given is not None and form.is_valid():
        try:
            messages.success(request, _arrived(request, found, form.cleaned_data))
            return redirect("steward_transfer", public=public)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
    context = {
        **_head("awaited"),
        "purchase": found,
        "payment": found.payment,
        "arrivals": list(transfers.arrivals(found.payment)),
        "form": form,
        "today": today,
    }
    return render(request, "pages/steward_transfer.html", context, status=422 if form.is_bound else 200)


def _arrived(request: HttpRequest, found: Purchase, given: dict[str, Any]) -> str:
    try:
        amount = parse(given["amount"], found.payment.currency)
    except BadInput as refusal:
        raise BadInput(refusal.sentence, field="amount") from refusal
    capture, is_news = actions.receive_transfer(
        by=somebody(request),
        payment=found.payment,
        amount=amount.minor,
        reference=given["reference"],
        day=given["day"],
    )
    if not is_news:
        return _("That was noted already. Nothing is counted twice.")
    if capture.use == Capture.KEPT:
        return _("Noted. The order is paid, and its brands know.")
    return _("Noted. It does not fit what is awaited, so it has to be sent back.")


# ---- what has to be sent back


@require_GET
def paybacks(request: HttpRequest) -> HttpResponse:
    """What has to be sent back, and what was."""
    stewards_only(request)
    after = number(request.GET.get("after")) or 0
    page = list(transfers.to_send_back().filter(pk__gt=after)[: SIZE + 1])
    more = with_query(request.path, after=page[SIZE - 1].pk) if len(page) > SIZE else None
    context = {
        **_head("back"),
        "due": transfers.backs(page[:SIZE]),
        "sent": transfers.backs(transfers.sent_back()[:SIZE]),
        "more": more,
    }
    return render(request, "pages/steward_paybacks.html", context)


@require_http_methods(["GET", "POST"])
def payback(request: HttpRequest, public: str) -> HttpResponse:
    """Money that goes back. Sent to itself: that it was sent."""
    stewards_only(request)
    row = get_object_or_404(transfers.of_payback(public))
    form = SentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.send_back(by=somebody(request), payback=row, reference=form.cleaned_data["reference"])
            messages.success(request, _("Noted. The buyer is told that it is on its way."))
            return redirect("steward_paybacks")
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
    context = {**_head("back"), "back": transfers.backs([row])[0], "form": form}
    return render(request, "pages/steward_payback.html", context, status=422 if form.is_bound else 200)


# ---- the account


@require_http_methods(["GET", "POST"])
def bank(request: HttpRequest) -> HttpResponse:
    """Where buyers send money to."""
    stewards_only(request)
    head = _head("bank")
    row = head["bank"]
    initial = {name: getattr(row, name) for name in Account.__dataclass_fields__} if row else {}
    form = BankForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.set_bank(by=somebody(request), account=Account(**form.cleaned_data))
            messages.success(request, _("Kept. Buyers may pay by bank transfer."))
            return redirect("steward_bank")
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
    context = {**head, "form": form}
    return render(request, "pages/steward_bank.html", context, status=422 if form.is_bound else 200)


@require_POST
def end_bank(request: HttpRequest) -> HttpResponse:
    stewards_only(request)
    actions.end_bank(by=somebody(request))
    messages.success(request, _("No new transfers are taken. Those that are awaited can still arrive."))
    return redirect("steward_bank")
