"""Rooms stay small: functions of at most 60 lines, files of at most 400."""

import ast

from tests.house.plan import place, sources, tree_of

OURS = sources("moothall", "fakepay")


def test_files_have_at_most_400_lines() -> None:
    assert not [place(path) for path in OURS if len(path.read_text(encoding="utf-8").splitlines()) > 400]


def test_functions_have_at_most_60_lines() -> None:
    long = [
        f"{place(path)}:{node.lineno} {node.name}"
        for path in OURS
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines(node) > 60
    ]
    assert not long


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1
