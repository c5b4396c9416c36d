"""Figures of the whole hall, asked of the database when Prometheus asks for them: the same from every process."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Min, Q
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from moothall.core import clock, hearts, work
from moothall.core.sizes import database_size
from moothall.orders.models import Order
from moothall.outbox.models import Mail


class Gauges(Collector):
    def collect(self) -> Iterator[Metric]:
        yield from _works()
        pulse = hearts.pulse()
        age = (pulse.now - pulse.heard).total_seconds() if pulse.heard else float("inf")
        yield GaugeMetricFamily("moothall_worker_silent_seconds", "Since a worker last gave a sign of life.", value=age)
        waiting = Mail.objects.filter(sent=None, dead=None, due__lt=work.NEVER).count()
        yield GaugeMetricFamily("moothall_mails_waiting", "Mails written and not yet sent.", value=waiting)
        paid = Order.objects.filter(state=Order.PAID).count()
        yield CounterMetricFamily("moothall_orders_paid", "Orders that were paid.", value=paid)
        yield GaugeMetricFamily("moothall_database_bytes", "How large the database is.", value=database_size())


def _works() -> Iterator[Metric]:
    now = clock.now()
    depth = GaugeMetricFamily("moothall_work_due", "Rows of background work that are due.", labels=["work"])
    age = GaugeMetricFamily("moothall_work_oldest_seconds", "For how long the oldest is due.", labels=["work"])
    dead = GaugeMetricFamily("moothall_work_dead", "Rows that were given up.", labels=["work"])
    for one in work.known().values():
        due = Q(due__lte=now, dead=None)
        sums = one.model.objects.aggregate(
            waiting=Count("pk", filter=due), oldest=Min("due", filter=due), dead=Count("pk", filter=~Q(dead=None))
        )
        depth.add_metric([one.name], sums["waiting"])
        age.add_metric([one.name], (now - sums["oldest"]).total_seconds() if sums["oldest"] else 0)
        dead.add_metric([one.name], sums["dead"])
    yield from (depth, age, dead)
