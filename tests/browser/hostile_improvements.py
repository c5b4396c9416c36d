"""Payloads in what is asked of a thing, in why it is declined, and in what is new of its revisions."""

from __future__ import annotations

from itertools import cycle

from moothall.catalog.models import Product
from moothall.improvements import actions as improvements
from moothall.people.models import Profile
from tests.town import Town

from .payloads import chunks


def fill(the: Town, product: Product) -> None:
    """Each short text is a title, with the longer ones as its words; they are declined, taken in, or wait."""
    words, answers, titles = cycle(chunks(2000)), cycle(chunks(400)), chunks(80)
    rounds = max(len(titles), len(chunks(2000)), 3 * len(chunks(400)))
    made = []
    for n in range(rounds):
        by = Profile.objects.get(handle=f"person-{n % 40}")
        asked = improvements.Asked(titles[n % len(titles)], next(words))
        one = improvements.ask(by=by, product=product, asked=asked)
        made.append(one)
        if n % 3 == 1:
            improvements.decline(by=the.mira, improvement=one, answer=next(answers))
    for n, new in enumerate(chunks(2000)):
        taken = [made[3 * n]] if 3 * n < len(made) else []
        improvements.bring_revision(by=the.mira, product=product, words=new, taken=taken)
