"""What is sent about buying: to the basket, by buyers, by a brand's desk, and by the payment provider."""

from django.urls import path

from . import views

urlpatterns = [
    path("hooks/stripe", views.webhook, name="webhook"),
    path("basket/lines", views.put, name="put"),
    path("basket/lines/<slug:variant>", views.set_quantity, name="set_quantity"),
    path("orders/<slug:public>/end", views.abandon, name="abandon"),
    path("orders/<slug:public>/shares", views.share, name="share"),
    path("shares/<slug:public>/end", views.withdraw_share, name="withdraw_share"),
    path("desk/<slug:handle>/orders/<slug:public>/packing", views.pack, name="pack"),
    path("desk/<slug:handle>/orders/<slug:public>/shipments", views.ship, name="ship"),
    path("desk/<slug:handle>/orders/<slug:public>/cancellation", views.cancel, name="cancel"),
    path("desk/<slug:handle>/orders/<slug:public>/refunds", views.refund, name="refund"),
    path("desk/<slug:handle>/refunds/<slug:public>/retry", views.retry_refund, name="retry_refund"),
]
