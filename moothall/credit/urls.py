"""What is sent about credit, and its files; the pages themselves stand in pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("splits/<slug:public>/signature", views.sign, name="sign_split"),
    path("splits/<slug:public>/end", views.take_back, name="take_back_split"),
    path("you/royalties.csv", views.statement, name="royalties_csv"),
    path("you/royalties/account/end", views.end_payee, name="end_payee"),
    path("steward/royalties/<int:number>.csv", views.payout_file, name="payout_file"),
]
