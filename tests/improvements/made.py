"""What the tests of improvements begin with."""

from __future__ import annotations

from datetime import timedelta

from moothall.catalog.models import Product, Revision
from moothall.core import clock
from moothall.improvements import actions
from moothall.improvements.models import Improvement
from moothall.people.actions import newcomers
from moothall.people.models import Profile


def known(*people: Profile) -> None:
    """They have been here for a while."""
    since = clock.now() - newcomers.NEW - timedelta(hours=1)
    Profile.objects.filter(pk__in=[one.pk for one in people]).update(since=since)
    for one in people:
        one.since = since


def asked(by: Profile, product: Product, title: str = "A lid that stays on", words: str = "") -> Improvement:
    return actions.ask(by=by, product=product, asked=actions.Asked(title, words))


def brought(by: Profile, product: Product, *taken: Improvement, words: str = "The lid has a lip.") -> Revision:
    return actions.bring_revision(by=by, product=product, words=words, taken=taken)


def fresh(one: Improvement) -> Improvement:
    return Improvement.objects.select_related("product__brand", "by").get(pk=one.pk)
