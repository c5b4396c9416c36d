"""The site map."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("", include("moothall.people.urls")),
    path("", include("moothall.catalog.urls")),
    path("", include("moothall.prices.urls")),
    path("", include("moothall.orders.urls")),
    path("", include("moothall.notices.urls")),
    path("", include("moothall.pages.urls")),
]
handler400 = "moothall.pages.errors.bad_request"
handler403 = "moothall.pages.errors.forbidden"
handler404 = "moothall.pages.errors.not_found"
handler500 = "moothall.pages.errors.broken"
