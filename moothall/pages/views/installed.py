"""The hall as a program on a phone or a desk: its manifest, its service worker, and the page for no connection."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

from moothall.core.hall import hall

KEPT = (
    "moothall.css",
    "moothall.js",
    "icons.svg",
    "favicon.svg",
    "fonts/bricolage.woff2",
    "fonts/instrument-sans.woff2",
)
ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-whole.png", "512x512", "maskable"),
)


@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    name = hall().name
    icons = [
        {"src": static(file), "sizes": sizes, "type": "image/png", "purpose": purpose} for file, sizes, purpose in ICONS
    ]
    said = {
        "id": "/",
        "name": name,
        "short_name": name if len(name) <= 12 else name.split()[0][:12],
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#fffefa",
        "theme_color": "#fffefa",
        "icons": icons,
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """Another text as soon as a file that it keeps is another: browsers then take the new one."""
    shell = [static(name) for name in KEPT]
    said = sha256(" ".join([*shell, hall().name]).encode()).hexdigest()[:12]
    context = {"name": f"shell-{said}", "offline": reverse("offline"), "shell": shell}
    text = render_to_string("pages/service-worker.js", context)
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """Shown from what was kept; fetched without cookies, so that it is nobody's."""
    return render(request, "pages/offline.html", {"nav": ""})
