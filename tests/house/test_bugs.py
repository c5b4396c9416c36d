"""Each planted bug still fits the code that it breaks, and says which test is to see it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.plan import ROOT

BUGS = sorted((ROOT / "tests" / "bugs").glob("*.patch"))


@pytest.mark.skipif(not shutil.which("git"), reason="git says whether a patch fits")
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.stem)
def test_it_fits(bug: Path) -> None:
    words = ["git", "apply", "--check", "-C1", str(bug)]
    fits = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert fits.returncode == 0, fits.stderr


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.stem)
def test_the_test_that_is_to_see_it_exists(bug: Path) -> None:
    named = re.search(r"^# breaks: (\S+?)::(\w+)", bug.read_text(), re.MULTILINE)
    assert named, "say which test it breaks"
    assert f"def {named[2]}(" in (ROOT / named[1]).read_text()
