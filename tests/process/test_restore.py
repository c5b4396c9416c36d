"""A backup is taken while people buy and upload, and brought back into an empty place: nothing that it names is
missing, the books are right, and people sign in."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image

from tests.town import PASSWORD

from .conftest import Opened
from .hall import HallProcess, until
from .mould import POSTGRES
from .shopper import Shopper, form_in

SHELF = ("pot", "spoon", "twine", "bowl", *(f"{name}-{n}" for name in ("lid", "jug", "mug") for n in range(3)))
FILLER = 40_000_000 * int(os.environ.get("BACKUP_SIZE", "1"))  # bytes that cannot be packed: meanwhile people go on
BUYERS = int(os.environ.get("BACKUP_BUYERS", "2"))
# Of these rows none is ever deleted: what was there before a backup began is in it.
KEPT = (
    "orders_purchase", "orders_order", "orders_orderline", "orders_allocation", "orders_invoice", "payments_payment",
    "payments_capture", "ledger_entry", "ledger_posting", "catalog_hold", "activity_act", "core_picture",
)  # fmt: skip


@pytest.fixture
def lived_in(a_hall: Opened) -> HallProcess:
    """A hall with orders, pictures, and somebody who can sign in."""
    hall = a_hall(processes=2)
    ana = hall.one("SELECT id FROM people_account WHERE email = 'ana@example.org'")
    yes = "TRUE" if POSTGRES else "1"
    columns = '(user_id, email, verified, "primary")'
    hall.rows(f"INSERT INTO account_emailaddress {columns} VALUES (?, 'ana@example.org', {yes}, {yes})", ana)
    for name in ("spoon", "scarf", "twine"):
        Shopper(hall).buy(name)
    upload(Shopper(hall, "mira"), 0)
    return hall


def test_taken_while_people_buy_and_brought_back_into_an_empty_place(lived_in: HallProcess, a_hall: Opened) -> None:
    file = lived_in.place / "hall.tar.gz"
    filler = lived_in.place / "media" / "zz-filler"
    filler.parent.mkdir(exist_ok=True)
    filler.write_bytes(os.urandom(FILLER))
    with reading(lived_in), crowd(lived_in) as made:
        Shopper(lived_in).buy("spoon")
        before, counted = dict(made), count(lived_in)
        acknowledged = paid(lived_in)
        told = lived_in.run("moothall", "backup", str(file))
        meanwhile = {name: number - before[name] for name, number in made.items()}
    assert told.returncode == 0, told.stderr
    assert min(meanwhile.values()), f"somebody did nothing while it was taken: {meanwhile}"
    assert file.stat().st_mode & 0o077 == 0
    lived_in.check()

    place = a_hall("till", empty=True)
    back = place.run("moothall", "restore", str(file))
    assert back.returncode == 0, back.stdout + back.stderr
    assert "Every invariant holds." in back.stdout
    assert acknowledged <= paid(place), "an order that was paid before the backup began is not in it"
    restored, after = count(place), count(lived_in)
    assert not {name for name in KEPT if not counted[name] <= restored[name] <= after[name]}, (counted, restored, after)
    place.open("web", "worker")
    opened = pictures_open(place)
    assert opened >= 1
    assert headline_after_sign_in(place) == "Ana Lima"
    Shopper(place).buy("spoon")
    place.check()


@contextmanager
def reading(hall: HallProcess) -> Iterator[None]:
    """Somebody reads the books all the while: on SQLite, what is written from now on stays in the journal beside the
    file, which a copy of the file alone would lack."""
    if POSTGRES:
        yield
        return
    with closing(sqlite3.connect(hall.database.removeprefix("sqlite:///"))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM orders_order").fetchone()
        yield


def test_what_is_not_whole_is_refused_and_changes_nothing(lived_in: HallProcess, a_hall: Opened) -> None:
    file, place = lived_in.place / "hall.tar.gz", a_hall("till", empty=True)
    assert lived_in.run("moothall", "backup", str(file)).returncode == 0
    body = file.read_bytes()
    for name, wrong in {
        "torn": body[: len(body) // 2],
        "turned": changed(file, "database"),
        "poorer": changed(file, "media/"),
        "another": b"no backup at all",
        "leading out": leading_out(),
    }.items():
        bad = lived_in.place / f"{name}.tar.gz"
        bad.write_bytes(wrong)
        told = place.run("moothall", "restore", str(bad))
        assert told.returncode == 1, name
        assert "Traceback" not in told.stderr, told.stderr
        assert not (lived_in.place.parent / "out").exists()
    assert is_empty(place)
    assert place.run("moothall", "restore", str(file)).returncode == 0


def test_a_hall_with_people_in_it_is_replaced_only_by_force(lived_in: HallProcess) -> None:
    file = lived_in.place / "hall.tar.gz"
    assert lived_in.run("moothall", "backup", str(file), "--with-secret").returncode == 0
    before = paid(lived_in)
    later = Shopper(lived_in).buy("spoon")
    told = lived_in.run("moothall", "restore", str(file))
    assert (told.returncode, "--force" in told.stderr) == (1, True)
    assert later in paid(lived_in)
    told = lived_in.run("moothall", "restore", str(file), "--force")
    assert told.returncode == 0, told.stderr
    assert paid(lived_in) == before
    assert (lived_in.place / "secret").stat().st_mode & 0o077 == 0
    assert (lived_in.place / "secret").read_text() == lived_in.environment["MOOTHALL_SECRET"]
    lived_in.check()


def test_only_the_newest_of_its_own_are_kept(a_hall: Opened) -> None:
    hall = a_hall("till")
    folder = hall.place / "kept"
    folder.mkdir()
    (folder / "of-mine.tar.gz").write_text("not the hall's")
    for day in range(1, 5):
        (folder / f"moothall-2026010{day}T000000Z.tar.gz").write_text("old")
    told = hall.run("moothall", "backup", str(folder), "--keep", "2")
    assert told.returncode == 0, told.stderr
    names = sorted(path.name for path in folder.iterdir())
    assert names[:2] == ["moothall-20260104T000000Z.tar.gz", names[1]]
    assert len(names) == 3
    assert "of-mine.tar.gz" in names


@pytest.mark.skipif(not POSTGRES, reason="SQLite needs no program")
def test_without_the_right_pg_dump_it_says_what_is_missing(a_hall: Opened, tmp_path: Path) -> None:
    hall = a_hall("till")
    hall.environment["PATH"] = str(tmp_path)
    told = hall.run("moothall", "backup", str(tmp_path / "x.tar.gz"))
    assert "Install PostgreSQL's client programs" in told.stderr
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.1'\n")
    old.chmod(0o755)
    told = hall.run("moothall", "backup", str(tmp_path / "x.tar.gz"))
    assert "is older than the server" in told.stderr
    assert not (tmp_path / "x.tar.gz").exists()


# ---- people, meanwhile


@contextmanager
def crowd(hall: HallProcess) -> Iterator[dict[str, int]]:
    """People who buy and a maker who uploads until the block ends."""
    stop, made = threading.Event(), {"bought": 0, "uploaded": 0}
    trouble: list[BaseException] = []

    def go_on(name: str, do: Any) -> None:
        try:
            while not stop.is_set():
                do()
                made[name] += 1
        except BaseException as error:
            trouble.append(error)

    mira = Shopper(hall, "mira")
    doing: list[tuple[str, Any]] = [("uploaded", lambda: upload(mira, made["uploaded"] + 1))]
    doing += [("bought", lambda: Shopper(hall).buy("spoon"))] * BUYERS
    threads = [threading.Thread(target=go_on, args=one) for one in doing]
    for one in threads:
        one.start()
    try:
        until(lambda: min(made.values()) > 0, "nobody begins")
        yield made
    finally:
        stop.set()
        for one in threads:
            one.join(60)
    assert not trouble, trouble


def upload(mira: Shopper, number: int) -> None:
    """A picture nobody has seen before, at the desk."""
    drawn = io.BytesIO()
    Image.effect_noise((40, 40), 50 + number % 50).convert("RGB").save(drawn, "PNG")
    page = f"/desk/tidewater/products/{SHELF[number % len(SHELF)]}"
    form = form_in(mira.get(page), f"{page}/pictures")
    files = {"picture": (f"{number}.png", drawn.getvalue(), "image/png")}
    answer = mira.web.post(form.action, data=form.fields, files=files)
    assert answer.status_code == 302, answer.text[:500]


# ---- what is found there


def paid(hall: HallProcess) -> set[str]:
    rows = hall.rows(
        "SELECT u.public FROM orders_order o JOIN orders_purchase u ON u.id = o.purchase_id WHERE o.state = 'paid'"
    )
    return {public for (public,) in rows}


def count(hall: HallProcess) -> dict[str, int]:
    return {name: hall.one(f"SELECT COUNT(*) FROM {name}") for name in KEPT}


def pictures_open(hall: HallProcess) -> int:
    """Every file of every picture is served; says how many pictures there are."""
    rows = hall.rows("SELECT hash, widths FROM core_picture")
    guest = Shopper(hall)
    for hash, widths in rows:
        for width in widths if isinstance(widths, list) else json.loads(widths):
            answer = guest.web.get(f"/media/pictures/{hash[:2]}/{hash}-{width}.webp")
            assert answer.status_code == 200, f"the picture {hash} is named by a row and is not there"
    return len(rows)


def headline_after_sign_in(hall: HallProcess) -> str:
    ana = Shopper(hall)
    form = ana.form("/account/login/", "/account/login/")
    answer = ana.post(form, login="ana@example.org", password=PASSWORD)
    assert answer.status_code == 302, answer.text
    page: Any = html.fromstring(ana.get("/you").text)
    return str(page.findtext(".//h1")).strip()


def is_empty(hall: HallProcess) -> bool:
    if POSTGRES:
        return hall.one("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'public'") == 0
    return hall.one("SELECT COUNT(*) FROM sqlite_master") == 0


def changed(file: Path, start: str) -> bytes:
    """The same archive with one byte of one part turned."""
    out = io.BytesIO()
    with tarfile.open(file) as old, tarfile.open(fileobj=out, mode="w:gz") as new:
        turned = False
        for entry in old:
            source = old.extractfile(entry)
            assert source is not None
            body = bytearray(source.read())
            if entry.name.startswith(start) and not turned:
                body[len(body) // 2] ^= 1
                turned = True
            new.addfile(entry, io.BytesIO(bytes(body)))
        assert turned
    return out.getvalue()


def leading_out() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        entry = tarfile.TarInfo("media/../../../out")
        entry.size = 1
        tar.addfile(entry, io.BytesIO(b"x"))
    return out.getvalue()
