"""Paints the pictures of the town in processes of their own and hands each over when it is needed."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from moothall.core import pictures
from moothall.core.drawing import PEOPLE, face, picture
from moothall.core.drawing.render import drawn
from moothall.core.models import Picture

from .wares import Look

FACE, SQUARE, WIDE = 320, 800, 1120  # pixels across
BRUSHES = 2


class Painter:
    """Begins with all that was ordered, in that order."""

    def __init__(self, looks: Iterable[Look], faces: Iterable[str]) -> None:
        # Not forked: a child must not take the database's connection with it.
        self.pool = ProcessPoolExecutor(BRUSHES, get_context("spawn"))
        self.faces = {name: self.pool.submit(drawn, face(PEOPLE[name]), FACE) for name in faces}
        self.looks = {look: self.pool.submit(drawn, _svg(look), _width(look)) for look in looks}

    def __enter__(self) -> Painter:
        return self

    def __exit__(self, *_error: object) -> None:
        self.pool.shutdown(cancel_futures=True)

    def face(self, name: str) -> Picture:
        return pictures.keep_drawn(*self.faces[name].result())

    def thing(self, look: Look) -> Picture:
        return pictures.keep_drawn(*self.looks[look].result())


def _svg(look: Look) -> str:
    return picture(look.kind, look.palette, width=look.width, height=look.height, ground=look.ground)


def _width(look: Look) -> int:
    return WIDE if look.width > look.height else SQUARE
