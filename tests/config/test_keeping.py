"""What the hall does daily: checks itself and tells its stewards, removes what nothing needs, examines itself."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from moothall.catalog import actions as catalog
from moothall.config.keeping import tidy
from moothall.core import checks, checkup, clock, daily, hearts, work
from moothall.core.hall import hall
from moothall.core.models import Daily, Heart
from moothall.core.pictures import keep
from moothall.orders.models import Order
from moothall.outbox.actions import put
from moothall.outbox.models import Mail
from moothall.people.actions import change_picture, make_steward
from moothall.people.models import Account, SignIn
from tests.conftest import Till
from tests.pages.places import file_of
from tests.town import Town, mails, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mira(town: Town) -> Any:
    """Mira as a steward, in her browser."""
    make_steward(account=Account.objects.get(profile=town.mira))
    return signed_in(town.mira)


def test_offenders_stand_before_the_steward_and_in_a_mail(town: Town, mira: Any) -> None:
    town.bought(town.ana, {town.variant(): 2})
    assert daily.run("check").well
    assert not [one for one in mails() if one.key.startswith("trouble")]
    Order.objects.update(total=1)
    assert not daily.run("check").well
    daily.run("check")
    [letter] = [one for one in mails() if one.key.startswith("trouble check")]
    assert letter.to == "mira@example.org"
    assert "an order's total is the sum of its lines" in letter.text
    assert "/steward/health" in letter.text
    page = mira.get("/steward/health").content.decode()
    assert "an order&#39;s total is the sum of its lines" in page


def test_a_steward_runs_it_now(mira: Any) -> None:
    page = mira.get("/steward/health").content.decode()
    assert "Run check now" in page
    assert "Run backup now" not in page, "no folder was named"
    mira.post("/steward/health/check/run")
    assert "disabled" in mira.get("/steward/health").content.decode()
    assert work.do_slow() >= 1
    assert Daily.objects.get(name="check").well


# ---- what is removed


def test_mails_go_a_week_after_they_were_sent(town: Town) -> None:
    clock.move(clock.now())
    for key in ("old", "young", "waiting", "noted", "dead"):
        put(key=key, to="a@example.org", subject="s", text="t")
    long_ago = clock.now() - timedelta(days=8)
    Mail.objects.update(written=long_ago)
    Mail.objects.filter(key="old").update(sent=long_ago, due=work.NEVER)
    Mail.objects.filter(key="young").update(sent=clock.now() - timedelta(days=6), due=work.NEVER)
    Mail.objects.filter(key="noted").update(due=work.NEVER)
    Mail.objects.filter(key="dead").update(dead=long_ago)
    tidy.old_rows()
    assert set(Mail.objects.values_list("key", flat=True)) == {"young", "waiting", "dead"}


def test_in_a_demo_the_mailbox_stays_full(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    put(key="old", to="a@example.org", subject="s", text="t")
    Mail.objects.update(sent=clock.now() - timedelta(days=30))
    monkeypatch.setattr(hall(), "demo", True)
    tidy.old_rows()
    assert Mail.objects.exists()


def test_sessions_that_are_over_go(town: Town) -> None:
    signed_in(town.ana)
    signed_in(town.ben)
    first = SignIn.objects.order_by("pk")[0]
    SignIn.objects.filter(pk=first.pk).update(expire_date=clock.now() - timedelta(seconds=1))
    tidy.old_sessions()
    assert SignIn.objects.count() == 1


def test_files_that_belong_to_nothing_go_after_a_day(town: Town) -> None:
    picture = keep(file_of("pot.png").read())
    change_picture(by=town.mira, profile=town.mira, picture=picture)
    run = catalog.begin_import(by=town.mira, brand=town.brand, name="x.csv", body=b"Handle,Title\nbowl,Bowl\n")
    lost = [
        default_storage.save("pictures/ab/abababab-160.webp", ContentFile(b"x")),
        default_storage.save("imports/lost.csv", ContentFile(b"x")),
    ]
    fresh = default_storage.save("pictures/cd/cdcdcdcd-160.webp", ContentFile(b"x"))
    named = [picture.file(width) for width in picture.widths] + [run.file]
    age(*lost, *named)
    assert tidy.orphaned_files() == "2 files belonged to nothing."
    assert not [name for name in lost if default_storage.exists(name)]
    assert [name for name in [*named, fresh] if not default_storage.exists(name)] == []


def test_a_file_left_over_is_fresh_again_once_it_is_uploaded(town: Town) -> None:
    picture = keep(file_of("pot.png").read())
    names = [picture.file(width) for width in picture.widths]
    picture.delete()
    age(*names)
    body = file_of("pot.png").read()
    keep(body).delete()  # as if the row were not committed yet
    assert tidy.orphaned_files() == "0 files belonged to nothing."
    assert all(default_storage.exists(name) for name in names)


def age(*names: str) -> None:
    before = time.time() - tidy.FILE_AGE - 60
    for name in names:
        os.utime(default_storage.path(name), (before, before))


# ---- the doctor


def examined(*words: str) -> tuple[str, int]:
    """What the command said, and how it ended."""
    out = StringIO()
    try:
        call_command("hall_doctor", *words, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(str(end.code))
    return out.getvalue(), 0


def test_a_hall_that_is_well_ends_with_nothing(town: Town, fakepay: Till, settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    hearts.beat("machine 1", clock.now())
    daily.run("check")
    daily.note("backup", daily.Outcome(), began=clock.now())
    told, end = examined()
    assert "answers and takes the key." in told
    # The tests' own PostgreSQL does not wait for the disk, and is rightly told so.
    hasty = told.count("fsync, synchronous_commit, full_page_writes is off")
    assert told.count("WRONG") == hasty == end


def test_whatever_is_wrong_is_said_with_what_to_do(town: Town, fakepay: Till, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x" * 50)
    (tmp_path / "secret").chmod(0o644)
    settings.VAR, settings.STRIPE_KEY = tmp_path, "sk_of_another"
    put(key="k", to="a@example.org", subject="s", text="t")
    Mail.objects.update(dead=clock.now())
    Heart.objects.create(name="machine 1", at=clock.now() - timedelta(minutes=9))
    daily.note("backup", daily.Outcome(), began=clock.now())
    Daily.objects.filter(name="backup").update(ended=clock.now() - timedelta(days=3))
    told, end = examined()
    assert end == 1
    for sentence in (
        f"chmod 600 {tmp_path}/secret",
        "refuses the hall",
        "mail: 1",
        "No worker for 9 minutes.",
        "moothall worker",
        "The last one is 72 hours old.",
        "never checked",
    ):
        assert sentence in told, sentence


def test_a_mail_server_that_is_away_is_seen_and_nothing_is_sent(settings: Any, mailoutbox: list[Any]) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    told, end = examined()
    assert "127.0.0.1:1 does not answer as a mail server should" in told
    assert end == 1
    assert not mailoutbox


def test_a_mail_is_sent_only_where_asked_for(mailoutbox: list[Any]) -> None:
    examined("--mail", "me@example.org")
    [letter] = mailoutbox
    assert letter.to == ["me@example.org"]


def test_a_check_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall() -> Any:
        raise RuntimeError("cable")

    monkeypatch.setattr(checkup, "_known", {"odd": checkup.Check("odd", fall, True)})
    [one] = checkup.findings()
    assert (one.state, one.said) == ("wrong", "RuntimeError: cable")


def test_a_full_disk_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 900_000_000, "total": 100_000_000_000})
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda place: usage)
    assert checkup.WRONG in {one.state for one in checks.disk_has_room()}


def test_the_kind_of_a_file_system_is_that_of_the_nearest_mount() -> None:
    assert checks.file_system(Path("/proc/self")) == "proc"


# ---- the steward's mail page


def test_a_mail_given_up_is_tried_again_from_the_mail_page(mira: Any) -> None:
    put(key="paid x", to="lost@example.org", subject="A secret subject", text="t")
    Mail.objects.update(dead=clock.now(), error="SMTPException: no")
    page = mira.get("/steward/mail").content.decode()
    assert "lost@example.org" in page
    assert "SMTPException: no" in page
    assert "A secret subject" not in page
    answer = mira.post(f"/steward/work/mail/{Mail.objects.get().pk}/retry", {"next": "/steward/mail"})
    assert answer["Location"] == "/steward/mail"
    assert Mail.objects.get().dead is None


def test_a_steward_sends_oneself_a_mail(mira: Any, mailoutbox: list[Any]) -> None:
    work.do_due()
    mailoutbox.clear()
    mira.post("/steward/mail/trial")
    work.do_due()
    [letter] = mailoutbox
    assert letter.to == ["mira@example.org"]
