"""What a brand's desk sends about its products."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/<slug:handle>/products/<slug:slug>/publication", views.publish, name="publish"),
    path("desk/<slug:handle>/products/<slug:slug>/publication/end", views.withdraw, name="withdraw"),
    path("desk/<slug:handle>/products/<slug:slug>/pictures", views.add_picture, name="add_picture"),
    path(
        "desk/<slug:handle>/products/<slug:slug>/pictures/<int:position>/end",
        views.remove_picture,
        name="remove_picture",
    ),
    path("desk/<slug:handle>/imports/new", views.begin_import, name="begin_import"),
    path("desk/<slug:handle>/products.csv", views.export, name="export"),
]
