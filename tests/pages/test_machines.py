"""What machines ask: whether the hall serves, and for figures, which are nobody else's business."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from moothall.core import clock, hearts
from moothall.outbox.actions import put
from moothall.outbox.models import Mail
from tests.town import Town, signed_in

pytestmark = pytest.mark.django_db
HERE = {"headers": {"host": "127.0.0.1:8000"}}


def test_health_is_503_when_the_database_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> Any:
        raise OperationalError("gone")

    monkeypatch.setattr(hearts, "pulse", away)
    monkeypatch.setattr("moothall.pages.views.machines.connection.close", lambda: None)
    for address in ("/health", "/health/worker"):
        answer = Client().get(address)
        assert answer.status_code == 503
        assert answer.json()["ok"] is False


def test_health_is_asked_by_number_whatever_the_hall_is_called(settings: Any) -> None:
    """A load balancer knows the machine, not the name of the hall; every other page wants the name."""
    settings.ALLOWED_HOSTS = ["hall.example.org"]
    assert Client(headers={"host": "10.0.0.7:8000"}).get("/health").status_code == 200
    assert Client(headers={"host": "10.0.0.7:8000"}).get("/market").status_code == 400


def test_figures_are_told_on_this_machine_and_nowhere_else(town: Town) -> None:
    assert Client(**HERE).get("/metrics").status_code == 200
    stranger = Client(**HERE, REMOTE_ADDR="203.0.113.7")
    assert stranger.get("/metrics").status_code == 404
    for name in ("x-forwarded-for", "x-forwarded-proto", "forwarded", "x-real-ip", "via"):
        through = Client(headers={"host": "127.0.0.1:8000", name: "127.0.0.1"})
        assert through.get("/metrics").status_code == 404, f"a proxy on this machine that writes {name}"
    assert Client(headers={"host": "testserver"}).get("/metrics").status_code == 404, "asked by the hall's name"
    assert signed_in(town.ana).get("/metrics").status_code == 404


def test_figures_are_told_to_whoever_has_the_token(settings: Any) -> None:
    def asked(token: str) -> int:
        client = Client(headers={"authorization": token}, REMOTE_ADDR="203.0.113.7")
        return client.get("/metrics").status_code

    assert asked("Bearer ") == asked("Bearer sesame") == asked("") == 404
    settings.METRICS_TOKEN = "sesame"
    assert asked("Bearer sesame") == 200
    assert asked("Bearer sésame") == asked("Bearer ") == asked("Bearer sesam") == 404


def test_figures_say_how_the_hall_is_and_name_nobody(town: Town) -> None:
    town.bought(town.ana, {town.variant(): 1})
    put(key="lost", to="lost@example.org", subject="s", text="t")
    Mail.objects.filter(key="lost").update(dead=clock.now())
    hearts.beat("machine 1", clock.now())
    client = Client(**HERE)
    client.get("/@ana?q=canary")
    client.get("/canary")
    told = client.get("/metrics").content.decode()
    for line in (
        'moothall_requests_total{method="GET",page="profile",status="2xx"}',
        'moothall_requests_total{method="GET",page="nowhere",status="4xx"}',
        'moothall_request_seconds_bucket{le="0.1",page="profile"}',
        'moothall_work_due{work="acts"}',
        'moothall_work_oldest_seconds{work="mail"}',
        'moothall_work_dead{work="mail"} 1.0',
        "moothall_orders_paid_total 1.0",
        "moothall_mails_waiting",
        "moothall_worker_silent_seconds",
        "moothall_database_bytes",
    ):
        assert line in told, line
    assert not [word for word in ("canary", "ana@", "Ana", "lost@", "/@") if word in told]
