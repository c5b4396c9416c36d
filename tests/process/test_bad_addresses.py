"""Odd characters in every address, query and field, sent by everybody there is: nothing ever breaks.

In a short run a sixth of all, another sixth for each person and thing, and others on PostgreSQL than on SQLite; for
long (ODD_EVERY=1) all of them."""

from __future__ import annotations

import http.client
import os
from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

import pytest

from .attack import ENDS_SESSIONS, ODD, QUERY, Attacker, addresses, kind_of, odd_paths
from .conftest import Opened
from .crowd import by_turns
from .hall import HallProcess
from .mould import POSTGRES
from .shopper import Shopper

WHO = ["", "ana", "mira", "stella"]
EVERY = int(os.environ.get("ODD_EVERY") or "6")
Thing = TypeVar("Thing")


@pytest.fixture
def hall(a_hall: Opened) -> HallProcess:
    """With a paid order and a waiting one, so that all pages have something to show."""
    hall = a_hall("web", "till", processes=2)
    ana = Shopper(hall, "ana")
    ana.buy("spoon", 2)
    ana.put("scarf")
    ana.post(ana.checkout())
    ana.put("twine")
    return hall


@pytest.mark.parametrize("name", WHO, ids=lambda name: name or "guest")
def test_addresses(hall: HallProcess, name: str) -> None:
    """Every address, with a GET and with a POST; and every word that an address may have after its question mark."""
    one = attacker(hall, name)
    paths = some(odd_paths(), name)
    by_turns(lambda odd: one.ask(odd[0], odd[1]), paths)
    by_turns(lambda odd: one.ask(odd[0], odd[1], f"csrfmiddlewaretoken={one.token}"), paths)
    for what, odd in ODD.items():
        query = "&".join(f"{word}={''.join(f'%{byte:02x}' for byte in odd[:1000])}" for word in QUERY)
        for address, good in some(addresses(), name + what):
            one.ask(f"{address.format(*good)}?{query}", f"query: {what}")
    assert not one.broke, "\n".join(one.broke[:40]) + hall.log()[-4000:]


@pytest.mark.parametrize("name", WHO, ids=lambda name: name or "guest")
def test_fields(hall: HallProcess, name: str) -> None:
    """Every field of every form that this person comes by."""
    one = attacker(hall, name)
    forms = one.walk(["/", "/market", "/basket", "/checkout", hall.scene["pages"]["bowl"]])
    forms.sort(key=lambda form: any(word in form.action for word in ENDS_SESSIONS))
    for form in forms:
        for field in {kind_of(name): name for name, _value in form.fields}.values():
            for what, odd in some(list(ODD.items()), form.action + field):
                one.send(form, field, what, odd)
    assert len(forms) > 4, forms
    assert not one.broke, "\n".join(one.broke[:40]) + hall.log()[-4000:]


def test_odd_hosts_and_bodies(hall: HallProcess) -> None:
    one = attacker(hall, "ana")
    for body in ("\0", "%", "%ff=%ff", "a" * 3_000_000, "&" * 5000):
        for path in ("/basket/lines", "/checkout", "/hooks/stripe", "/account/login/"):
            one.ask(path, "body", body)
    for host in ("hall.example", "", "a b", "[::1", "127.0.0.1:x", "\xff"):
        assert host_answers(hall, host) < 500, host
    assert one.ask("/", "afterwards")[0] == 200
    assert not one.broke, "\n".join(one.broke[:40]) + hall.log()[-4000:]


def host_answers(hall: HallProcess, host: str) -> int:
    """The status for an odd Host; 400 where the server closes the door at once."""
    door = http.client.HTTPConnection("127.0.0.1", hall.ports["web"], timeout=20)
    try:
        door.putrequest("GET", "/", skip_host=True)
        door.putheader("Host", host.encode("latin-1"))
        door.endheaders()
        return door.getresponse().status
    except http.client.HTTPException:
        return 400
    finally:
        door.close()


def some(things: Sequence[Thing], of: str) -> Sequence[Thing]:
    """Every sixth of them, or all; which sixth, the words say, and the database."""
    return things[(crc32(of.encode()) + EVERY // 2 * POSTGRES) % EVERY :: EVERY]


def attacker(hall: HallProcess, name: str) -> Attacker:
    return Attacker(hall, hall.scene["sessions"][name] if name else "")
