"""Run as a process: does an act in children that die before its first statement, before its second, and so on,
and each time does it once more in a process that lives. Prints how many died."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

import django

MOST = 120


def main() -> None:
    """`steps place|open|settle|let go|refund|decide|charge`"""
    django.setup()
    from tests.process.stepping import ACTS  # noqa: PLC0415 — Django has to be set up first

    begin, act = ACTS[sys.argv[1]]
    deaths = 0
    for step in range(MOST):
        thing = begin(step)
        died = in_a_child(lambda: act(thing), step)  # noqa: B023
        deaths += died
        act(thing)
        if not died:
            break
    print(json.dumps({"deaths": deaths}))


def in_a_child(act: Callable[[], Any], step: int) -> bool:
    """Whether the child was killed before statement number `step`; False says that it came to its end before."""
    from django.db import connection  # noqa: PLC0415

    connection.close()  # a connection must not be in two processes
    sys.stdout.flush()
    child = os.fork()
    if not child:
        _die_at(step, act)
    _pid, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (9, 0), f"the child failed by itself at step {step}"
    return code == 9


def _die_at(step: int, act: Callable[[], Any]) -> None:
    from django.db import connection  # noqa: PLC0415

    done = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal done
        if done == step:
            os._exit(9)  # nothing is rolled back, closed or flushed: as by kill -9
        done += 1
        return execute(sql, params, many, context)

    connection.ensure_connection()
    try:
        with connection.execute_wrapper(count):
            act()
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
