"""What machines ask: a load balancer whether this process serves, an uptime watcher whether the worker lives,
Prometheus for figures."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from django.conf import settings
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from moothall.core import hearts, meters

from ..gauges import Gauges

# A proxy writes at least one of these: whoever comes through it comes from elsewhere.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")
HERE = ("127.0.0.1", "[::1]", "localhost")


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503. A worker that is silent is told, and takes no web process out of
    service."""
    try:
        pulse = hearts.pulse()
    except Error:
        connection.close()  # the next one who asks begins with a connection of its own
        return JsonResponse({"ok": False, "database": "does not answer"}, status=503)
    return JsonResponse({"ok": True, "worker": _said(pulse)})


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """200 while a worker gives signs of life, else 503: for whoever wakes a steward."""
    try:
        pulse = hearts.pulse()
    except Error:
        connection.close()
        return JsonResponse({"ok": False, "database": "does not answer"}, status=503)
    return JsonResponse({"ok": not pulse.silent, "worker": _said(pulse)}, status=503 if pulse.silent else 200)


def _said(pulse: hearts.Pulse) -> str:
    if not pulse.silent:
        return "at work"
    return f"no worker for {pulse.minutes} min" if pulse.heard else "no worker"


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """For this machine, or whoever has the token; to anybody else there is nothing here."""
    if not (_has_token(request) or _is_here(request)):
        raise Http404
    registry = meters.counted()
    registry.register(Gauges())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def _is_here(request: HttpRequest) -> bool:
    """Asked from this machine, by its number, and through no proxy that stands on it too."""
    asked_as = str(request.META.get("moothall.asked_as", "")).rsplit(":", 1)[0] if request.META else ""
    if asked_as not in HERE or any(name in request.META for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
