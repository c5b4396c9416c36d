"""The command `moothall`: demo, serve, worker, backup, restore, doctor and more, and Django's own behind `manage`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

METERS = "meters-"  # how the folders begin in which `serve` counts; the number of its process follows
KEEPING = ("backup", "restore", "doctor")
OWN = ("demo", "serve", "worker", "import", "export", "check", "steward", "replay", "reindex", "setup", *KEEPING)


def main() -> None:
    """`moothall check` is the hall's own check (the invariants); Django's is `moothall manage check`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.config.settings")
    words = sys.argv[1:]
    if words[:1] == ["demo"]:
        _demo_settings()
    if words[:1] == ["--version"]:
        print(version())
        return
    if words[:1] == ["manage"]:
        execute_from_command_line(["moothall manage", *words[1:]])
        return
    if not words or words[0] not in OWN:
        print("moothall " + " | ".join(OWN) + " | manage …   (moothall WORD --help says more)")
        raise SystemExit(0 if not words or words[0] in ("help", "--help", "-h") else 2)
    if words[0] in ("demo", "serve"):
        _place_for_meters()
    execute_from_command_line(["moothall", f"hall_{words[0]}", *words[1:]])


def version() -> str:
    """The first heading of CHANGELOG.md that is a version: nothing else names it."""
    changes = (Path(__file__).resolve().parent.parent.parent / "CHANGELOG.md").read_text()
    return next(line.split()[1] for line in changes.splitlines() if line.startswith("## "))


def _place_for_meters() -> None:
    """The web processes count requests together in files; the library looks for their folder when it is loaded."""
    var = Path(os.environ.get("MOOTHALL_VAR", Path(__file__).resolve().parent.parent.parent / "var"))
    place = var / f"{METERS}{os.getpid()}"
    place.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(place)


def _demo_settings() -> None:
    """The demo lies in a folder of its own and is paid at a bank of its own, one port above it, whatever else is set:
    it begins by clearing its folder, and that must never be a real hall's."""
    port = int(os.environ.get("PORT", "8000"))
    beside = Path(__file__).resolve().parent.parent.parent / "var" / "demo"
    place = Path(os.environ.get("MOOTHALL_DEMO", beside)).resolve()
    known = {
        "VAR": str(place),
        "MEDIA": str(place / "media"),
        "DATABASE": f"sqlite:///{place}/moothall.sqlite3",
        "ADDRESS": f"http://127.0.0.1:{port}",
        "STRIPE_API": f"http://127.0.0.1:{port + 1}",
        "STRIPE_PAGE": f"http://127.0.0.1:{port + 1}",
        "STRIPE_KEY": "sk_test_fakepay",
        "STRIPE_WEBHOOK_SECRET": "whsec_fakepay",
    }
    os.environ.update({f"MOOTHALL_{name}": value for name, value in known.items()})
