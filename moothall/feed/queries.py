"""Home: the newest acts of those one follows, each with the reason why it is here. Nothing is copied for it when
somebody acts."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, Expression, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext as _

from moothall.activity.actions import sentence
from moothall.activity.models import Act, Latest
from moothall.activity.verbs import known as verbs
from moothall.core import hot, kinds
from moothall.people.models import Block, CircleMember, Follow, Mute, Profile

PAGE = 20
TO_MANY = ("public", "followers")
BEYOND = 2**62  # newer than any act
Head = tuple[int, str, str, int, int | None]  # source, channel, reach and its id, and the newest act of these
# What a page tells of an act, and of who did it.
TOLD = (
    *("at", "verb", "subject_kind", "subject_id", "reach", "channel", "actor", "hand"),
    *("actor__name", "actor__handle", "actor__words", "actor__palette", "actor__sort"),
    *("actor__portrait__hash", "actor__portrait__widths"),
)
ROUNDS = 10  # of acts that may not be seen any more, before the rest is left to the next page


@dataclass(frozen=True, slots=True)
class Item:
    act: Act
    card: kinds.Card
    why: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some items, newest first; `older` is the cursor of the next page, or None at the end."""

    items: list[Item]
    older: int | None


def home(viewer: Profile, *, before: int | None = None) -> Page:
    """A page of the viewer's home: acts older than the cursor `before` of all that the viewer holds, less what may
    not be seen.

    The newest acts of all pairs (source, reach) are among the acts of as many pairs, those whose newest act is newest;
    and none of them is older than the newest act of the last of these pairs."""
    return _page(viewer, lambda cursor: _acts(_heads(viewer.pk, cursor), cursor), before)


def _page(viewer: Profile | None, ask: Callable[[int | None], list[Act]], before: int | None) -> Page:
    """As many of the acts asked for as fill a page. `ask` gives one more than a page holds, or what is left."""
    items: list[Item] = []
    for _round in range(ROUNDS):
        acts = ask(before)
        items += _seen(viewer, acts)
        if len(acts) <= PAGE or len(items) > PAGE:
            return Page(_once(items[:PAGE]), _older(items))
        before = acts[-1].pk
    return Page(_once(items[:PAGE]), before)


def _older(items: list[Item]) -> int | None:
    """Where the next page begins: not with what is told again of the last one here."""
    if len(items) <= PAGE:
        return None
    last, following = items[PAGE - 1 : PAGE + 1]
    return (last if len(_once([last, following])) == 2 else following).act.pk


def _heads(viewer: int, before: int | None) -> list[Head]:
    """Of what the viewer holds, the pairs whose newest act (before the cursor) is newest."""
    return sorted(_newest_of_each(viewer, before), key=lambda pair: pair[4] or 0, reverse=True)[: PAGE + 1]


@hot.read
def _newest_of_each(viewer: int, before: int | None) -> tuple[QuerySet[Latest, Any], ...]:
    """Of the followed, of followed channels, and of circles the viewer is in, each answered from the index by source:
    with an OR between them a database would look through all pairs there are."""
    follows = Follow.objects.filter(follower=viewer)
    followed = Q(reach__in=TO_MANY, reach_id=0, channel="", source_id__in=follows.filter(channel="").values("source"))
    channels = follows.exclude(channel="")
    this_channel = channels.filter(source=OuterRef("source_id"), channel=OuterRef("channel"))
    of_channels = Q(Exists(this_channel), reach__in=TO_MANY, source_id__in=channels.values("source"))
    circles = CircleMember.objects.filter(person=viewer)
    this_circle = circles.filter(circle=OuterRef("reach_id"), circle__owner=OuterRef("source_id"))
    theirs = circles.values("circle__owner")
    of_circles = Q(Exists(this_circle), reach="circle", channel="", source_id__in=theirs)
    return tuple(_newest_pairs(held, viewer, before) for held in (followed, of_channels, of_circles))


def _newest_pairs(held: Q, viewer: int, before: int | None) -> QuerySet[Latest, Any]:
    parted = Q(source_id__in=Mute.objects.filter(by=viewer).values("whom"))
    parted |= Q(source_id__in=Block.objects.filter(by=viewer).values("whom"))
    parted |= Q(source_id__in=Block.objects.filter(whom=viewer).values("by"))
    pairs = Latest.objects.filter(held).exclude(parted).annotate(head=_newest(before))
    newest = pairs.order_by(F("head").desc(nulls_last=True))
    return newest.values_list("source_id", "channel", "reach", "reach_id", "head")[: PAGE + 1]


def _newest(before: int | None) -> Expression | F:
    """A pair's newest act before the cursor: its latest, or where that is newer, by one step into the index of acts."""
    if before is None:
        return F("act_id")
    pair = {name: OuterRef(name) for name in ("channel", "reach", "reach_id")}
    older = Act.objects.filter(actor=OuterRef("source_id"), **pair, pk__lt=before).order_by("-pk")
    return Case(
        When(act_id__lt=before, then=F("act_id")),
        default=Subquery(older.values("pk")[:1]),
        output_field=BigIntegerField(),
    )


def _acts(heads: Sequence[Head], before: int | None) -> list[Act]:
    held = [head for head in heads if head[4] is not None]
    if not held:
        return []
    end = BEYOND if before is None else before
    oldest = held[-1][4] if len(held) > PAGE else 0
    newest = heapq.nlargest(PAGE + 1, _of_pair([(*pair[:4], oldest, end) for pair in held]))
    return sorted(_told(newest), key=lambda act: -act.pk)


@hot.each
def _of_pair(source: int, channel: str, reach: str, reach_id: int, oldest: int, end: int) -> QuerySet[Act, int]:
    acts = Act.objects.filter(actor=source, channel=channel, reach=reach, reach_id=reach_id)
    return acts.filter(pk__gte=oldest, pk__lt=end).order_by("-pk").values_list("pk", flat=True)[: PAGE + 1]


@hot.read
def _told(ids: Sequence[int]) -> QuerySet[Act]:
    return Act.objects.filter(pk__in=ids).select_related("actor", "actor__portrait").only(*TOLD)


def _seen(viewer: Profile | None, acts: Sequence[Act]) -> list[Item]:
    """Cards of the subjects, by kind; an act whose subject may not be seen now is left out."""
    by_kind: dict[str, list[int]] = {}
    for act in acts:
        by_kind.setdefault(act.subject_kind, []).append(act.subject_id)
    cards = {kind: kinds.cards(kind, viewer, ids) for kind, ids in by_kind.items()}
    return [
        Item(act, card, _why(act), str(sentence(act.verb)))
        for act in acts
        if (card := cards[act.subject_kind].get(act.subject_id))
    ]


def _once(items: list[Item]) -> list[Item]:
    """What somebody says for a brand comes from both: who follows both sees it once, of who said it. A page that is
    shorter for it asks nothing more."""
    told = {(act.verb, act.subject_kind, act.subject_id, act.actor_id) for act in (item.act for item in items)}
    return [item for item in items if _told_by_hand(item.act) not in told]


def _told_by_hand(act: Act) -> tuple[str, str, int, int | None]:
    verb = verbs().get(act.verb)
    return (verb.again if verb else "", act.subject_kind, act.subject_id, act.hand_id)


def _why(act: Act) -> str:
    name: dict[str, Any] = {"name": act.actor.name}
    if act.reach == "circle":
        return _("%(name)s shared this with people they are close to") % name
    if act.channel:
        return _("You follow the shop of %(name)s") % name
    return _("You follow %(name)s") % name


def acts_of(viewer: Profile | None, profile: Profile, *, before: int | None = None) -> Page:
    """A profile's own page of acts: what is public, and what reaches the viewer. It leads to an older page only where
    the viewer sees something there: else how many there are would tell what may not be told."""
    told = Act.objects.filter(_reaching(viewer, profile), actor=profile).exclude(reach="")
    reaching = told.exclude(subject_kind=Profile.kind, subject_id=profile.pk)  # who they are stands above it
    acts = reaching.select_related("actor", "actor__portrait").order_by("-pk")
    page = _page(viewer, lambda cursor: list((acts.filter(pk__lt=cursor) if cursor else acts)[: PAGE + 1]), before)
    # On somebody's own page there is no question why they are here, and not everybody who looks follows them.
    return Page([replace(item, why="") for item in page.items], page.older)


def _reaching(viewer: Profile | None, profile: Profile) -> Q:
    if viewer == profile:
        return ~Q(reach="")
    if viewer is None:
        return Q(reach="public")
    followed = Exists(Follow.objects.filter(follower=viewer, source=profile))
    circled = Exists(CircleMember.objects.filter(person=viewer, circle=OuterRef("reach_id")))
    return Q(reach="public") | Q(reach="followers") & Q(followed) | Q(reach="circle") & Q(circled)
