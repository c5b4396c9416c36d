"""What somebody is told, as far as they may see it now; and what they chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from moothall.activity import tells
from moothall.activity.models import Act
from moothall.activity.tells import Tell
from moothall.core.kinds import Card
from moothall.people import queries as people
from moothall.people.models import Block, Mute, Profile

from . import hours as clocks
from .models import Choice, Hours, Notice
from .sorts import SORTS, Sort, Wish

PAGE = 20
ROUNDS = 10  # of notices that may not be seen any more, before the rest is left to the next page


@dataclass(frozen=True, slots=True)
class Item:
    """A notice as it is shown: what happened, why it is here, and where it leads."""

    notice: Notice
    tell: Tell
    card: Card

    @property
    def act(self) -> Act:
        return self.notice.act

    @property
    def sort(self) -> Sort:
        return SORTS[self.notice.sort]

    @property
    def text(self) -> str:
        """The sentence with both names in it. Names are put in last: a name may look like anything."""
        parts = str(self.tell.sentence).replace("{actor}", "\0a\0").replace("{subject}", "\0s\0").split("\0")
        names = {"a": self.act.actor.name, "s": self.card.title}
        return "".join(part if n % 2 == 0 else names[part] for n, part in enumerate(parts))


@dataclass(frozen=True, slots=True)
class Page:
    """Some items, newest first; `older` is the cursor of the next page, or None. `newest` is the newest notice looked
    at, whether it could be shown or not."""

    items: list[Item]
    older: int | None
    newest: int | None


def notices_of(who: Profile) -> QuerySet[Notice]:
    return Notice.objects.filter(who=who, on_page=True).select_related("act__actor__portrait").order_by("-id")


def unseen(who: Profile) -> int:
    """The count on the bell. It counts what was told and not seen; of that a page may show less, when a thing cannot
    be seen any more and nobody recorded that it went."""
    return Notice.objects.filter(who=who, on_page=True, seen=None).count()


def page(who: Profile, *, before: int | None = None) -> Page:
    """A page of what somebody is told; what they may not see now is left out, and the page filled up."""
    items: list[Item] = []
    newest: int | None = None
    for _round in range(ROUNDS):
        rows = notices_of(who)
        found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
        newest = newest or (found[0].pk if found else None)
        items += visible(who, found)
        if len(found) <= PAGE or len(items) > PAGE:
            return Page(items[:PAGE], items[PAGE - 1].notice.pk if len(items) > PAGE else None, newest)
        before = found[-1].pk
    return Page(items[:PAGE], before, newest)


def visible(who: Profile, notices: Sequence[Notice]) -> list[Item]:
    """Those of the notices that may be shown to this person now, in the same order. Notices bring act and actor."""
    known = [(notice, tell) for notice in notices if (tell := tells.known().get(notice.tell))]
    actors = {notice.act.actor_id for notice, tell in known if tell.ties}
    heard = people.visible_ids(who, actors) if actors else set()
    heard -= set(Mute.objects.filter(by=who, whom__in=heard).values_list("whom_id", flat=True)) if heard else set()
    acts: dict[str, list[Act]] = {}
    for notice, tell in known:
        if not tell.ties or notice.act.actor_id in heard:
            acts.setdefault(tell.name, []).append(notice.act)
    cards: dict[str, Mapping[int, Card]] = {name: tells.known()[name].shown(who, of) for name, of in acts.items()}
    return [
        Item(notice, tell, card)
        for notice, tell in known
        if (card := cards.get(tell.name, {}).get(notice.act_id)) and notice.sort in SORTS
    ]


def parted(actor: Profile, among: Iterable[int]) -> set[int]:
    """Those among these who mute the actor, or are parted from them by a block."""
    ids = set(among)
    blocks = Block.objects.filter(Q(by=actor, whom__in=ids) | Q(whom=actor, by__in=ids)).values_list("by", "whom")
    mutes = Mute.objects.filter(whom=actor, by__in=ids).values_list("by_id", flat=True)
    return {id for pair in blocks for id in pair} & ids | set(mutes)


def wishes_of(among: Iterable[int]) -> dict[tuple[int, str], Wish]:
    """What these people chose, by person and sort; who chose nothing is not in it."""
    rows = Choice.objects.filter(who__in=set(among))
    return {(row.who_id, row.sort): Wish(row.page, row.mail) for row in rows}


def wishes(who: Profile) -> dict[str, Wish]:
    """What holds for somebody now, for each sort."""
    chosen = wishes_of([who.pk])
    return {name: chosen.get((who.pk, name), sort.default) for name, sort in SORTS.items()}


def hours_of(who: Profile) -> Hours:
    return Hours.objects.filter(who=who).first() or clocks.default()


def subject_of(items: Sequence[Item]) -> str:
    """What a mail with these is called."""
    if len(items) == 1:
        return items[0].text
    return _("%(count)s things to tell you") % {"count": len(items)}


def bell() -> BaseExpression:
    """The number on the bell of an account's person, to be brought along with the account."""
    mine = Notice.objects.filter(who=OuterRef("profile"), on_page=True, seen=None).order_by()
    counted = mine.values("who").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
