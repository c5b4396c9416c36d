"""Each verb can be told: it has a name in the past, a sentence, and an audience."""

import re
from importlib import import_module

from moothall.activity.verbs import known
from tests.house.plan import HOUSE, app_of

AUDIENCES = {"public", "subject", "parties"}


for path in HOUSE.glob("*/verbs.py"):
    import_module(f"moothall.{app_of(path)}.verbs")


def test_there_are_verbs() -> None:
    assert known()


def test_names_are_a_thing_and_what_happened_to_it() -> None:
    assert not [
        name for name, verb in known().items() if name != verb.name or not re.fullmatch(r"[a-z]+\.[a-z_]+", name)
    ]


def test_each_has_a_sentence() -> None:
    assert not [name for name, verb in known().items() if not str(verb.sentence).strip()]


def test_each_has_an_audience() -> None:
    assert not [name for name, verb in known().items() if str(verb.audience) not in AUDIENCES]
