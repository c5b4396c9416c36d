"""The soak leaves nothing out: each planted bug and each figure of a test is in one of its parts."""

from __future__ import annotations

import importlib.util
import re
import sys
from types import ModuleType

from tests.house.plan import ROOT


def soak() -> ModuleType:
    spec = importlib.util.spec_from_file_location("soak", ROOT / "scripts" / "soak.py")
    assert spec
    assert spec.loader
    found = sys.modules["soak"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_each_planted_bug_is_in_one_part() -> None:
    parts, bugs = soak().PARTS, soak().BUGS
    planted = [bug for part in parts.values() if part.tests for on in ("sqlite", "postgresql") for bug in part.bugs(on)]
    assert sorted(planted) == sorted(path.stem for path in bugs)


def test_each_figure_is_in_the_part_that_reads_it() -> None:
    read = re.compile(r'environ\.get\("([A-Z_]+)", "\d+"\)')
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        place = str(path.relative_to(ROOT))
        figures = set(read.findall(path.read_text(encoding="utf-8")))
        holding = [part for part in soak().PARTS.values() if part.tests and place.startswith(part.tests)]
        assert not figures or figures <= set().union(*(part.figures for part in holding)), place


def test_each_test_that_a_part_names_is_there() -> None:
    assert not [test for part in soak().PARTS.values() for test in part.tests if not (ROOT / test).exists()]
