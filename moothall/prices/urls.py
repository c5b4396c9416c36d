"""What a brand's desk sends about its prices."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/<slug:handle>/zones/<slug:public>/end", views.remove_zone, name="remove_zone"),
    path("desk/<slug:handle>/vouchers/<slug:code>/end", views.end_voucher, name="end_voucher"),
]
