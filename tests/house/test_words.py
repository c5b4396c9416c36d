"""The words of the house: no empty names, nothing left for later, no place of one machine."""

import ast
import re

from tests.house.plan import place, sources, texts, tree_of

# A word alone may be a thing of the house (a Service that a brand offers); after another word it says nothing.
EMPTY = re.compile(r"\w(Manager|Service|Handler|Helper|Util|Utils|Processor|Data|Info)$")
EMPTY_FILES = {"common", "helper", "helpers", "misc", "util", "utils"}
LATER = re.compile(r"\b(TO[D]O|FIXM[E]|XX[X])\b")
ONE_MACHINE = re.compile(r"(?<![\w.])/(work|roo[t])/|\.\./share[d](?!/data\b)|\bshare[d]/(design|hooks)\b")
DATA_PLACE = re.compile(r"\.\./share[d]/data\b")
TEXTS = [(place(path), text) for path, text in texts()]


def test_names_say_something() -> None:
    files = sources("moothall", "fakepay", "tests")
    classes = [(path, node) for path in files for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)]
    assert not [place(path) for path in files if path.stem in EMPTY_FILES]
    assert not [f"{place(path)}:{node.lineno} {node.name}" for path, node in classes if _is_empty(node)]


def _is_empty(node: ast.ClassDef) -> bool:
    # Django's managers and the standard library's handlers have their names from there.
    word = EMPTY.search(node.name)
    return bool(word) and not any(word[1] in ast.unparse(base) for base in node.bases)


def test_an_empty_name_is_seen() -> None:
    both = ast.parse("class OrderManager: ...\nclass OrderManager(models.Manager): ...").body
    assert [_is_empty(node) for node in both if isinstance(node, ast.ClassDef)] == [True, False]


def test_nothing_is_left_for_later() -> None:
    assert not [name for name, text in TEXTS if "vendor" not in name and LATER.search(text)]


def test_no_place_of_one_machine() -> None:
    assert not [name for name, text in TEXTS if ONE_MACHINE.search(text)]


def test_the_place_of_test_data_is_named_with_its_setting() -> None:
    assert not [name for name, text in TEXTS if DATA_PLACE.search(text) and "MOOTHALL_DATA" not in text]
