"""What a page asks stays as dear when the hall grows."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.plan import place, sources, tree_of


def test_what_may_be_seen_is_a_condition_and_no_list() -> None:
    """`brand__in=visible_to(viewer)` gathers all that the viewer may see before it looks for one: ten milliseconds with
    twenty thousand products. `seen(viewer, "brand")` is the same as a condition on the joined row."""
    gathered = [f"{place(path)}:{line}" for path in sources("moothall") for line in _gathering(path)]
    assert not gathered


def _gathering(path: Path) -> Iterator[int]:
    calls = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))
    for word in (word for call in calls for word in call.keywords):
        if word.arg and word.arg.endswith("__in") and "visible_to(" in ast.unparse(word.value):
            yield word.value.lineno


def test_a_list_would_be_seen(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("Follow.objects.filter(source__in=people.visible_to(viewer).values('pk'))\n")
    assert list(_gathering(bad)) == [1]
