"""What is sent about pools and pledges; the pages themselves stand in pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("pledges/<slug:public>/end", views.withdraw, name="withdraw_pledge"),
    path("pledges/<slug:public>/card", views.give_card, name="give_card"),
    path("pledges/<slug:public>/money", views.take_back_money, name="take_back_money"),
    path("pledges/<slug:public>/payment", views.pay, name="pay_pledge"),
    path("desk/<slug:handle>/pools/<slug:public>/end", views.cancel, name="cancel_pool"),
]
