"""What a process reads when it starts, and what it leaves until it is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LATER = ("moothall.api.door", "fpdf")  # together they take longer than all the rest
READS = f"""
import sys, django
django.setup()
from django.urls import resolve, reverse
resolve(reverse("market"))
print([name for name in {LATER} if name in sys.modules])
resolve("/api/v1/market/products")
print([name for name in {LATER} if name in sys.modules][:1])
"""


def test_the_api_is_read_by_who_asks_for_it(tmp_path: Path) -> None:
    own = {
        "DJANGO_SETTINGS_MODULE": "moothall.config.settings",
        "MOOTHALL_SECRET": "of this test",
        "MOOTHALL_VAR": str(tmp_path),
        "MOOTHALL_DATABASE": f"sqlite:///{tmp_path}/none.sqlite3",
    }
    done = subprocess.run(
        [sys.executable, "-c", READS], env=os.environ | own, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == ["[]", "['moothall.api.door']"], done.stdout + done.stderr
