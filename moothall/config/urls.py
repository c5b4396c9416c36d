"""The site map."""

from typing import Any

from django.urls import URLResolver, include, path
from django.urls.resolvers import RoutePattern
from django.utils.module_loading import import_string

from moothall.api.problems import KINDS
from moothall.pages.urls import first
from moothall.pages.views.api import api as api_page
from moothall.pages.views.api import api_room


class Later(URLResolver):
    """Addresses that are read by the first request for one of them, and that nobody builds by name: to read the API's
    operations takes longer than all the rest of the hall, and a worker has no use for them."""

    def _populate(self) -> None:
        pass


def document() -> dict[str, Any]:
    found: dict[str, Any] = import_string("moothall.api.described.document")()
    return found


urlpatterns = [
    path("", include("moothall.people.urls")),  # ahead of `first`: what one does to a person is no product's name
    path("", include(first)),
    path("account/", include("allauth.account.urls")),
    # Pages and API know each other only here.
    path("api", api_page, {"describe": document, "problems": KINDS}, name="api"),
    path("api/rooms/<slug:room>", api_room, {"describe": document}, name="api_room"),
    Later(RoutePattern("api/"), "moothall.api.urls", app_name="api", namespace="api"),
    path("", include("moothall.catalog.urls")),
    path("", include("moothall.talk.urls")),
    path("", include("moothall.polls.urls")),
    path("", include("moothall.prices.urls")),
    path("", include("moothall.orders.urls")),
    path("", include("moothall.pools.urls")),
    path("", include("moothall.ideas.urls")),
    path("", include("moothall.improvements.urls")),
    path("", include("moothall.credit.urls")),
    path("", include("moothall.notices.urls")),
    path("", include("moothall.pages.urls")),
]
handler400 = "moothall.pages.errors.bad_request"
handler403 = "moothall.pages.errors.forbidden"
handler404 = "moothall.pages.errors.not_found"
handler500 = "moothall.pages.errors.broken"
