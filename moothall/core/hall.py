"""The hall's own row, asked once a process: it changes only by the command, before pages are served."""

from functools import cache

from .models import Hall


@cache
def hall() -> Hall:
    return Hall.objects.get()


def change(**columns: object) -> Hall:
    """Write the row anew and forget what was asked before."""
    Hall.objects.update(**columns)
    hall.cache_clear()
    return hall()
