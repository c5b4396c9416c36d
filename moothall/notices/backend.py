"""Who signs in, with the count that stands on the bell: counted in the query that every page asks anyway."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from moothall.people.backend import OneQueryBackend
from moothall.people.models import Account

from .models import Notice


class BellBackend(OneQueryBackend):
    """`unseen` is the number of notices on the person's page that they have not seen."""

    def asked(self) -> QuerySet[Account]:
        mine = Notice.objects.filter(who=OuterRef("profile"), on_page=True, seen=None).order_by()
        counted = mine.values("who").annotate(number=Count("pk")).values("number")
        return super().asked().annotate(unseen=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
