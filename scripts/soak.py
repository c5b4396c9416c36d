"""Runs the parts of the soak one after the other; what came of them goes into build/soak.json (see scripts/soak)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULT, SAID = ROOT / "build" / "soak.json", ROOT / "build" / "soak"
BUGS = sorted((ROOT / "tests" / "bugs").glob("*.patch"))


@dataclass(frozen=True)
class Part:
    """Tests with their figures, which the environment may change; `hands` processes run them side by side. What no test
    does, `command` does."""

    tests: tuple[str, ...] = ()
    figures: dict[str, str] = field(default_factory=dict)
    hands: int = 1
    command: str = "scripts/test"

    def bugs(self, on: str) -> list[str]:
        """The planted bugs that these tests are to see on this database."""
        return [
            path.stem
            for path in BUGS
            if _word("on", path, "sqlite") == on and _word("breaks", path).startswith(self.tests)
        ]


def process(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/process/test_{name}.py" for name in names)


PARTS = {
    "money": Part(
        ("tests/prices/test_parts.py", "tests/prices/test_costs.py", "tests/orders/test_money.py"),
        {"MONEY_CASES": "5000"},
        hands=2,
    ),
    "machine": Part(("tests/orders/test_machine.py",), {"MACHINE_RUNS": "5000", "MACHINE_STEPS": "100"}),
    "races": Part(
        process(
            *("last_pieces", "pay_once", "vouchers", "transfers", "tabs", "returns", "search", "limits", "api"),
            *("notices", "ideas", "improvements", "talk", "credit"),
        ),
        {"RACE_ROUNDS": "30"},
    ),
    "workers": Part(process("workers", "heart", "meters"), {"ORDERS": "1000"}),
    "papers": Part(process("papers"), {"PAPERS": "200"}),
    "webhooks": Part(process("webhooks"), {"SHUFFLES": "200"}),
    "crash": Part((*process("crash"), "tests/catalog/test_import_crash.py"), {"CHECKOUTS": "1000", "KILLS": "50"}),
    "pools": Part((*process("pool_crash"), "tests/pools"), {"PLEDGES": "500", "POOL_KILLS": "20"}),
    "concepts": Part((*process("gathering"), "tests/ideas/test_way.py")),
    "bank": Part(process("provider_faults")),
    "database": Part(process("database_away"), {"RESTARTS": "10"}),
    "restore": Part(process("restore"), {"BACKUP_BUYERS": "8", "BACKUP_SIZE": "5"}),
    "schema": Part(("tests/api/test_schema.py",), {"SCHEMA_CASES": "200"}),
    "doors": Part(process("bad_addresses", "serve_refuses"), {"ODD_EVERY": "1"}),
    "words": Part(
        ("tests/browser/test_hostile_words.py", "tests/browser/test_guest_checkout.py", "tests/pages/test_canaries.py"),
        {"HOSTILE_PAGES": "1000"},
    ),
    "files": Part(process("hostile_files", "closed_addresses", "kept_pages")),
    "api": Part(("tests/api/test_after_buying.py", "tests/api/test_among_friends.py")),
    "ideas": Part(("tests/ideas/test_merging.py",), {"MERGE_CASES": "1000"}),
    "abuse": Part(
        ("tests/abuse", "tests/ideas/test_weighing.py"),
        {
            "ABUSE_MEMBERS": "160",
            "ABUSE_IDEAS": "40",
            "ABUSE_NEWCOMERS": "500",
            "ABUSE_ACCOUNTS": "50",
            "ABUSE_LIKES": "1000",
            "ABUSE_TARGETS": "3",
        },
    ),
    "asked": Part(("tests/improvements/test_sequences.py",), {"ASK_CASES": "1000"}),
    "credit": Part(("tests/credit",), {"SHARE_CASES": "1000", "CREDIT_CASES": "1000"}),
    "polls": Part((*process("polls"), "tests/polls")),
    "told": Part(("tests/notices", "tests/core"), hands=2),
    "removed": Part(("tests/moderation", "tests/talk")),
    "load": Part(figures={"MINUTES": "30", "RATE": "50"}, command="scripts/load"),
}


def main() -> None:
    names = sys.argv[1:] or list(PARTS)
    if unknown := [name for name in names if name not in PARTS]:
        sys.exit(f"There is no part {', '.join(unknown)}. There are: {', '.join(PARTS)}")
    SAID.mkdir(parents=True, exist_ok=True)
    rows = [run(name, on) for name in names for on in ("sqlite", "postgresql") if os.environ.get("SOAK_ON", on) == on]
    show(rows)
    sys.exit(any(row["result"] != "green" for row in rows))


def run(name: str, on: str) -> dict[str, Any]:
    """The part with its figures, then with each of its bugs planted, at small figures."""
    part = PARTS[name]
    figures = {key: os.environ.get(key, value) for key, value in part.figures.items()}
    if name == "load" and on == "postgresql":
        figures |= {"DURABLE": "1", "RATE": os.environ.get("RATE", "100")}
    print(f"── {name} on {on}  {' '.join(f'{key}={value}' for key, value in figures.items())}", flush=True)
    begun = time.monotonic()
    words = [*part.tests, "-n", str(part.hands), "--hypothesis-profile", "lot"] if part.tests else []
    code = do(part.command, words, on, figures, SAID / f"{name}-{on}.txt")
    row = {
        "part": name,
        "on": on,
        "figures": {key: value for key, value in figures.items() if key != "DURABLE"},
        "seconds": round(time.monotonic() - begun),
        "result": "green" if code == 0 else "RED",
        "tests": last_line(SAID / f"{name}-{on}.txt"),
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "commit": commit(),
        "cores": os.cpu_count(),
        "load_average": round(os.getloadavg()[2], 1),
        **planted(name, part, on),
    }
    if row["bugs_not_seen"]:
        row["result"] = "RED"
    keep(row)
    print(f"   {row['result']} after {row['seconds']} s: {row['tests']}", flush=True)
    return row


def planted(name: str, part: Part, on: str) -> dict[str, Any]:
    bugs = part.bugs(on) if part.tests else []
    if not bugs:
        return {"bugs": 0, "bugs_not_seen": []}
    small = dict.fromkeys(part.figures, "")  # what is planted shows in a short run
    place = SAID / f"{name}-{on}-bugs.txt"
    do("scripts/bugs", bugs, on, small, place)
    said = place.read_text(errors="replace")
    return {"bugs": len(bugs), "bugs_not_seen": [bug for bug in bugs if f"{bug:30} red" not in said]}


def do(command: str, words: list[str], on: str, figures: dict[str, str], place: Path) -> int:
    """In a PostgreSQL cluster of its own, or in SQLite's files. An empty figure is as if it had not been given."""
    environment = {key: value for key, value in (os.environ | figures).items() if figures.get(key, "-")}
    environment.pop("MOOTHALL_DATABASE", None)
    if on == "postgresql":
        environment["WITH"] = command
        command = "scripts/test-pg"
    with place.open("w") as said:
        return subprocess.run(
            [command, *words], cwd=ROOT, env=environment, stdout=said, stderr=said, check=False
        ).returncode


def keep(row: dict[str, Any]) -> None:
    known = json.loads(RESULT.read_text()) if RESULT.exists() else []
    others = [one for one in known if (one["part"], one["on"]) != (row["part"], row["on"])]
    RESULT.write_text(json.dumps([*others, row], indent=2) + "\n")


def show(rows: list[dict[str, Any]]) -> None:
    print(f"\n{'part':10} {'on':11} {'seconds':>7}  {'result':7} {'bugs seen':10} figures")
    for row in rows:
        seen = f"{row['bugs'] - len(row['bugs_not_seen'])} of {row['bugs']}"
        figures = " ".join(f"{key}={value}" for key, value in row["figures"].items())
        print(f"{row['part']:10} {row['on']:11} {row['seconds']:7}  {row['result']:7} {seen:10} {figures}")
        for bug in row["bugs_not_seen"]:
            print(f"{'':32}not seen: {bug}")
    print(f"── {RESULT.relative_to(ROOT)}")


def last_line(place: Path) -> str:
    lines = [line for line in place.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1][:120] if lines else ""


def commit() -> str:
    said = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return said.stdout.strip()


def _word(what: str, path: Path, otherwise: str = "") -> str:
    lines = path.read_text().splitlines()
    return next((line.removeprefix(f"# {what}: ") for line in lines if line.startswith(f"# {what}: ")), otherwise)


if __name__ == "__main__":
    main()
