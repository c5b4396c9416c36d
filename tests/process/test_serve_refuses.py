"""The doors of a demo stand open on this machine only, and in no other hall."""

from __future__ import annotations

import httpx

from .conftest import Opened


def test_a_demo_is_not_served_to_others(a_hall: Opened) -> None:
    hall = a_hall("till")
    hall.rows("UPDATE core_hall SET demo = true")
    for host in ("0.0.0.0", "::", "192.0.2.1"):
        done = hall.run("moothall", "serve", "--host", host, "--port", str(hall.ports["web"]), within=20)
        assert done.returncode != 0, host
        assert "This hall is a demo" in done.stderr, host


def test_doors_of_the_demo(a_hall: Opened) -> None:
    paths = ("/mailbox", "/mailbox/1", "/cast")
    hall = a_hall("web")
    assert [httpx.get(hall.address + path).status_code for path in paths] == [404] * 3
    assert httpx.post(f"{hall.address}/cast").status_code in (403, 404)

    hall.kill("web")
    hall.rows("UPDATE core_hall SET demo = true")
    hall.open("web")
    assert [httpx.get(hall.address + path).status_code for path in (paths[0], paths[2])] == [200] * 2
    elsewhere = httpx.get(f"{hall.address}/mailbox", headers={"Host": "hall.example"})
    assert elsewhere.status_code == 400
