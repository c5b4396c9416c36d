"""By what people are known here: what they paid for, what they pledged, who vouches for them; and crowds of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from moothall.orders.models import Order, OrderLine
from moothall.people import queries as people
from moothall.people.models import PERSON, Account, Follow, Member
from moothall.pools.models import Pledge
from moothall.talk.models import Reaction

from .models import Backing, Contribution, Crowd, Idea, Standing
from .queries import Viewer
from .weights import CROWD, vouched

HELD = (Pledge.STANDING, Pledge.ASKED, Pledge.DUE, Pledge.FAILING, Pledge.PAID)


def grounds(ids: Sequence[int]) -> dict[int, str]:
    """By what each of these is known; strangers are left out."""
    found = dict.fromkeys(_pledged(ids), Standing.PLEDGED) | dict.fromkeys(_bought(ids), Standing.BOUGHT)
    others = [one for one in ids if one not in found]
    return found | dict.fromkeys(_vouched_for(others), Standing.VOUCHED)


def _bought(ids: Iterable[int]) -> set[int]:
    """Who paid for something of others and has not got all of it back."""
    kept = OrderLine.objects.filter(order=OuterRef("pk"), amount__gt=0, quantity__gt=F("returned") + F("withheld"))
    own = Member.objects.filter(brand=OuterRef("brand"), person=OuterRef("who"))
    found: set[int] = set()
    for who in ("purchase__buyer", "purchase__buyer__became"):  # as a guest, too: asked as one, no index would do
        rows = Order.objects.filter(Exists(kept), state=Order.PAID, **{f"{who}__in": list(ids)})
        rows = rows.annotate(who=F(who)).filter(~Exists(own))
        found.update(rows.values_list("who", flat=True))
    return found


def _pledged(ids: Iterable[int]) -> set[int]:
    """Who left a card for something and holds to it."""
    rows = Pledge.objects.filter(person__in=list(ids), state__in=HELD)
    return set(rows.values_list("person", flat=True))


def _vouched_for(ids: Sequence[int]) -> set[int]:
    """For whom enough people vouch who bought or pledged themselves, and so begin no ring: by following them, finding
    what they said helpful, taking in what they wrote, or bringing them here. Each shares out what they vouch for."""
    ties: dict[int, set[int]] = defaultdict(set)
    for whom, by in _ties(ids):
        if whom != by:
            ties[whom].add(by)
    sources = {by for found in ties.values() for by in found}
    roots = _bought(sources) | _pledged(sources)
    numbers = _vouch_for(roots)
    return {whom for whom, by in ties.items() if vouched(numbers[one] for one in by & roots)}


def _ties(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Whom, and by whom."""
    follows = Follow.objects.filter(source__in=ids, channel="", follower__sort=PERSON)
    yield from follows.values_list("source", "follower")
    helpful = Reaction.objects.filter(comment__by__in=ids, sort=Reaction.HELPFUL)
    yield from helpful.values_list("comment__by", "person")
    taken = Contribution.objects.filter(by__in=ids, state=Contribution.TAKEN, hidden=None)
    yield from taken.values_list("by", "idea__lead")
    brought = Account.objects.filter(profile__in=ids, brought_by__isnull=False)
    for whom, by in brought.values_list("profile", "brought_by"):
        if by is not None:
            yield whom, by


def _vouch_for(ids: set[int]) -> dict[int, int]:
    """For how many each of these vouches, one who is tied in two ways counted twice."""
    found: dict[int, int] = defaultdict(int)
    follows = Follow.objects.filter(follower__in=ids, channel="", source__sort=PERSON)
    helpful = Reaction.objects.filter(person__in=ids, sort=Reaction.HELPFUL)
    taken = Contribution.objects.filter(idea__lead__in=ids, state=Contribution.TAKEN, hidden=None)
    brought = Account.objects.filter(brought_by__in=ids)
    kinds: tuple[tuple[QuerySet[Any], str, str], ...] = (
        (follows, "follower", "source"),
        (helpful, "person", "comment__by"),
        (taken, "idea__lead", "by"),
        (brought, "brought_by", "profile"),
    )
    for rows, by, whom in kinds:
        for one, number in rows.values_list(by).annotate(Count(whom, distinct=True)).order_by():
            found[one] += number
    return found


def is_known() -> Exists:
    """Of a voice, whether its person is known here."""
    return Exists(Standing.objects.filter(person=OuterRef("person")).exclude(by=""))


# ---- crowds, for stewards


def crowded() -> QuerySet[Idea]:
    """Ideas for which voices wait that came in a crowd no steward has looked at: how many (`crowd`), and since when the
    last (`latest`); the newest crowd first."""
    looked = Crowd.objects.filter(idea=OuterRef("head")).order_by("-pk").values("at")[:1]
    rows = Backing.objects.filter(trust=CROWD).annotate(head=Coalesce("idea__into", "idea"))
    rows = rows.filter(at__gt=Coalesce(Subquery(looked), "idea__at"))
    counted = rows.values("head").annotate(number=Count("pk"), last=Max("at")).order_by()
    mine = counted.filter(head=OuterRef("pk"))  # a row at most
    shown = Idea.objects.filter(stage=Idea.SHAPE, hidden=None, pk__in=rows.values("head"))
    shown = shown.annotate(crowd=mine.values("number")[:1], latest=mine.values("last")[:1])
    return shown.select_related("lead", "lead__portrait", "brand", "picture").order_by("-latest", "-pk")


def looked_at(viewer: Viewer) -> QuerySet[Crowd]:
    """What stewards said of crowds at ideas that the viewer sees, the newest first."""
    shown = Q(idea__stage=Idea.SHAPE, idea__hidden=None) & people.seen(viewer, "idea__lead")
    return Crowd.objects.filter(shown).select_related("idea", "by").order_by("-pk")
