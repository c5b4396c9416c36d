"""Home: the newest acts of those one follows, each with the reason why it is here. Nothing is copied for it when
somebody acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from moothall.activity.actions import sentence
from moothall.activity.models import Act, Latest
from moothall.core import kinds
from moothall.people.models import Block, CircleMember, Follow, Mute, Profile

PAGE = 20
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

    The twenty newest acts of all pairs (source, reach) are among the acts of the twenty pairs whose latest act is
    newest;
    where there is a cursor, those whose latest act is newer than it may hold older ones too, and are asked as well."""
    pairs = _pairs(viewer)
    return _page(viewer, lambda cursor: _acts(pairs, cursor), before)


def _page(viewer: Profile | None, ask: Callable[[int | None], list[Act]], before: int | None) -> Page:
    """As many of the acts asked for as fill a page. `ask` gives one more than a page holds, or what is left."""
    items: list[Item] = []
    for _round in range(ROUNDS):
        acts = ask(before)
        items += _seen(viewer, acts)
        if len(acts) <= PAGE or len(items) > PAGE:
            return Page(items[:PAGE], items[PAGE - 1].act.pk if len(items) > PAGE else None)
        before = acts[-1].pk
    return Page(items[:PAGE], before)


def _pairs(viewer: Profile) -> list[Latest]:
    """What the viewer holds: public and followers' acts of the followed, and acts for circles the viewer is in."""
    follows = Follow.objects.filter(follower=viewer, source=OuterRef("source_id"), channel=OuterRef("channel"))
    circled = CircleMember.objects.filter(person=viewer, circle=OuterRef("reach_id"))
    parted = Q(source_id__in=Mute.objects.filter(by=viewer).values("whom"))
    parted |= Q(source_id__in=Block.objects.filter(by=viewer).values("whom"))
    parted |= Q(source_id__in=Block.objects.filter(whom=viewer).values("by"))
    held = Q(reach__in=("public", "followers")) & Exists(follows) | Q(reach="circle") & Exists(circled)
    return list(Latest.objects.filter(held).exclude(parted).order_by("-act_id"))


def _acts(pairs: Sequence[Latest], before: int | None) -> list[Act]:
    newer = [pair for pair in pairs if before is not None and pair.act_id >= before]
    older = [pair for pair in pairs if before is None or pair.act_id < before]
    asked = newer + older[: PAGE + 1]
    if not asked:
        return []
    wanted = Q()
    for (channel, reach, reach_id), sources in _grouped(asked).items():
        wanted |= Q(actor__in=sources, channel=channel, reach=reach, reach_id=reach_id)
    acts = Act.objects.filter(wanted)
    if before is not None:
        acts = acts.filter(pk__lt=before)
    return list(acts.select_related("actor", "actor__portrait").order_by("-pk")[: PAGE + 1])


def _grouped(pairs: Sequence[Latest]) -> dict[tuple[str, str, int], list[int]]:
    found: dict[tuple[str, str, int], list[int]] = {}
    for pair in pairs:
        found.setdefault((pair.channel, pair.reach, pair.reach_id), []).append(pair.source_id)
    return found


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
