"""What is sent about buying: to the basket, by buyers, by a brand's desk, and by the payment provider."""

from django.urls import path

from . import aftersale, views

urlpatterns = [
    path("hooks/stripe", views.webhook, name="webhook"),
    path("basket/lines", views.put, name="put"),
    path("basket/lines/<slug:variant>", views.set_quantity, name="set_quantity"),
    path("orders/<slug:public>/end", views.abandon, name="abandon"),
    path("orders/<slug:public>/shares", views.share, name="share"),
    path("shares/<slug:public>/end", views.withdraw_share, name="withdraw_share"),
    path("desk/<slug:handle>/orders/<slug:public>/packing", views.pack, name="pack"),
    path("desk/<slug:handle>/orders/<slug:public>/cancellation", views.cancel, name="cancel"),
    path("desk/<slug:handle>/refunds/<slug:public>/retry", views.retry_refund, name="retry_refund"),
    path("orders/<slug:public>/papers/<slug:paper>.pdf", aftersale.paper, name="paper"),
    path("returns/<slug:public>/end", aftersale.take_back_return, name="take_back_return"),
    path("returns/<slug:public>/parcel", aftersale.send_return, name="send_return"),
    path("orders/<slug:public>/again", aftersale.buy_again, name="buy_again"),
    path("desk/<slug:handle>/parcels/<slug:public>", aftersale.correct_parcel, name="correct_parcel"),
    path("desk/<slug:handle>/papers.csv", aftersale.papers_csv, name="papers_csv"),
    path("desk/<slug:handle>/papers/<slug:paper>.pdf", aftersale.desk_paper, name="desk_paper"),
]
