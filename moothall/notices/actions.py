"""Telling people what concerns them, once each; mailing what waits; seeing, choosing, stopping, forgetting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from moothall.activity import tells
from moothall.activity.actions import is_replaying, record
from moothall.activity.models import Act
from moothall.activity.tells import Tell
from moothall.activity.verbs import Verb
from moothall.core import clock, work
from moothall.core.refusals import BadInput, NotAllowed
from moothall.people.models import PERSON, Account, Profile

from . import hours as clocks
from . import letters, queries, verbs
from .models import MAILS, NEVER, Choice, Hours, Letter, Notice
from .sorts import SORTS, Wish

KEPT = timedelta(days=180)
AT_A_TIME = 1_000


# ---- telling


@transaction.atomic
def tell(act: Act) -> list[Notice]:
    """Tell an act to each person whom it concerns and who may see it, once, in the page and by mail as they chose.

    Who did it is not told, nor who mutes the actor or is parted from them. Read again, nobody is told again, and
    nothing is mailed. Says what is new."""
    if act.at < clock.now() - KEPT:
        return []
    told = _whom(act)
    people = {one.pk: one for one in Profile.objects.filter(pk__in=told, sort=PERSON, gone=None).order_by("pk")}
    parted = queries.parted(act.actor, people)
    chosen, hours = queries.wishes_of(people), {row.who_id: row for row in Hours.objects.filter(who__in=people)}
    made = []
    for pk, person in people.items():
        one = told[pk]
        wish = chosen.get((pk, one.sort), SORTS[one.sort].default)
        mail = NEVER if one.has_mail or is_replaying() else wish.mail
        if not (wish.page or mail != NEVER) or (one.ties and pk in parted) or act.pk not in one.shown(person, [act]):
            continue
        notice, is_new = Notice.objects.get_or_create(
            who=person,
            act=act,
            defaults={"tell": one.name, "sort": one.sort, "at": act.at, "on_page": wish.page},
        )
        if is_new:
            made.append(notice)
            if mail != NEVER:
                _post(notice, clocks.ripe(hours.get(pk) or clocks.default(), mail, clock.now()))
    return made


def _whom(act: Act) -> dict[int, Tell]:
    """Each once: where somebody is told for two reasons, the first stands."""
    found: dict[int, Tell] = {}
    for one in tells.of(act.verb):
        doers = set() if one.doers else {act.actor_id, act.hand_id}
        for who in one.whom(act):
            if who not in doers:
                found.setdefault(who, one)
    return found


def _post(notice: Notice, ripe: datetime) -> None:
    """Mail it now, if now is the time, else let it wait for its letter."""
    if ripe > clock.now():
        Letter.objects.create(notice=notice, ripe=ripe, due=ripe)
    else:
        _mail(notice.who, [notice])


def _mail(who: Profile, notices: Sequence[Notice]) -> None:
    account = Account.objects.filter(profile=who, is_active=True).first()
    items = queries.visible(who, notices)
    if account and items:
        letters.send(who=who, to=account.email, items=items)
        Notice.objects.filter(pk__in=[item.notice.pk for item in items]).update(mailed=clock.now())


# ---- mailing what waits


@transaction.atomic
def mail_what_waits(letter: Letter) -> None:
    """Write one mail with all that is ripe for the same person, save what they have seen or stopped meanwhile; with
    nothing left, none. A worker that comes late waits for the end of quiet hours again."""
    notice = Notice.objects.filter(pk=letter.notice_id).select_related("who").first()
    if notice is None:
        return
    who, now = notice.who, clock.now()
    end = clocks.quiet_end(queries.hours_of(who), now)
    if end:
        raise work.Later((end - now).total_seconds())
    # Of two workers with letters of one person the second waits here, and finds nothing left.
    rows = Letter.objects.select_for_update(of=("self",)).filter(notice__who=who, ripe__lte=now).order_by("pk")
    waiting = [row.pk for row in rows]
    wishes = queries.wishes(who)
    unseen = Notice.objects.filter(
        pk__in=Letter.objects.filter(pk__in=waiting).values("notice"),
        seen=None,
        mailed=None,
        sort__in=[sort for sort, wish in wishes.items() if wish.mail != NEVER],
    )
    _mail(who, list(unseen.select_related("act__actor__portrait").order_by("pk")))
    Letter.objects.filter(pk__in=waiting).delete()


work.enrol("letters", Letter, lease=60)(mail_what_waits)


# ---- seeing


def see(*, by: Profile, notice: Notice) -> None:
    """Mark one as seen. Twice is once."""
    if notice.who_id != by.pk:
        raise NotAllowed(_("This was told to somebody else."))
    Notice.objects.filter(pk=notice.pk, seen=None).update(seen=clock.now())


def see_all(*, by: Profile, until: int) -> int:
    """Mark all on the page as seen that were told up to this one (by its id): what came since was not there, and what
    is only mailed never is. Says how many."""
    return Notice.objects.filter(who=by, on_page=True, seen=None, pk__lte=until).update(seen=clock.now())


# ---- choosing


@transaction.atomic
def choose(
    *,
    by: Profile,
    wishes: Mapping[str, Wish],
    zone: str,
    quiet_from: time | None = None,
    quiet_until: time | None = None,
    digest_hour: int = clocks.DIGEST_HOUR,
    digest_day: int = clocks.DIGEST_DAY,
) -> None:
    """What somebody wants to hear of, for each sort named, and when not to be disturbed; what waits is set anew.
    Refuses half of quiet hours, and such that never end."""
    if by.sort != PERSON:
        raise NotAllowed(_("Only people have notices."))
    if any(sort not in SORTS or wish.mail not in MAILS for sort, wish in wishes.items()):
        raise BadInput(_("There is no such choice."))
    if zone not in (*clocks.zones(), queries.hours_of(by).zone):
        raise BadInput(_("Choose a zone from the list."), field="zone")
    if (quiet_from is None) != (quiet_until is None):
        missing = "quiet_from" if quiet_from is None else "quiet_until"
        raise BadInput(_("Quiet hours need a beginning and an end."), field=missing)
    if quiet_from is not None and quiet_from == quiet_until:
        raise BadInput(_("Quiet hours that never end would keep every mail. Choose another end."), field="quiet_until")
    if not (0 <= digest_hour <= 23 and 0 <= digest_day <= 6):
        raise BadInput(_("There is no such hour or day."), field="digest_hour")
    when: dict[str, Any] = {"zone": zone, "quiet_from": quiet_from, "quiet_until": quiet_until}
    when |= {"digest_hour": digest_hour, "digest_day": digest_day}
    hours, _made = Hours.objects.update_or_create(who=by, defaults=when)
    for sort, wish in sorted(wishes.items()):
        Choice.objects.update_or_create(who=by, sort=sort, defaults={"page": wish.page, "mail": wish.mail})
    _set_anew(by, hours)
    mails: dict[str, Any] = {sort: wish.mail for sort, wish in wishes.items()}
    record(verbs.CHOSEN, by=by, on=by, **mails)


@transaction.atomic
def stop(*, by: Profile, sorts: Iterable[str]) -> None:
    """No more mails of these sorts, also of what waits; the page stays as it is. Twice is once."""
    now = queries.wishes(by)
    to_stop = sorted(sort for sort in set(sorts) if now[sort].mail != NEVER)
    for sort in to_stop:
        Choice.objects.update_or_create(who=by, sort=sort, defaults={"page": now[sort].page, "mail": NEVER})
    Letter.objects.filter(notice__who=by, notice__sort__in=to_stop).delete()
    if to_stop:
        record(verbs.STOPPED, by=by, on=by, sorts=to_stop)


def _set_anew(by: Profile, hours: Hours) -> None:
    """Letters that wait go when they would go now; of what is not to be mailed any more, none."""
    wishes = queries.wishes(by)
    for sort, wish in wishes.items():
        waiting = Letter.objects.filter(notice__who=by, notice__sort=sort)
        if wish.mail == NEVER:
            waiting.delete()
            continue
        ripe = clocks.ripe(hours, wish.mail, clock.now())
        Letter.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(ripe=ripe, due=ripe)


# ---- ending


@transaction.atomic
def take_back(*, kind: str, id: int) -> None:
    """What can no longer be seen by anybody is told to nobody."""
    _forget(Notice.objects.filter(act__subject_kind=kind, act__subject_id=id))


def set_aside(*, kind: str, id: int) -> None:
    """What was removed counts as seen, and is mailed to nobody any more; should it be restored, it stands there."""
    Notice.objects.filter(act__subject_kind=kind, act__subject_id=id, seen=None).update(seen=clock.now())


@transaction.atomic
def part(*, who: int, actor: int, before: Act) -> None:
    """What somebody was told of another before this act and has not seen, they are not told any more."""
    ties = [tell.name for tell in tells.known().values() if tell.ties]
    _forget(Notice.objects.filter(who=who, act__actor=actor, act__lt=before.pk, seen=None, tell__in=ties))


@transaction.atomic
def undo(*, verb: Verb, by: Act) -> None:
    """An act that another undid before it was seen: whoever follows, unfollows and follows is told of once."""
    same = Notice.objects.filter(act__subject_kind=by.subject_kind, act__subject_id=by.subject_id)
    _forget(same.filter(act__actor=by.actor_id, act__verb=verb.name, act__lt=by.pk, seen=None))


@transaction.atomic
def forget_old() -> int:
    """Let go of notices older than 180 days; says how many. For work that is done once a day."""
    return _forget(Notice.objects.filter(at__lt=clock.now() - KEPT))


def _forget(notices: QuerySet[Notice]) -> int:
    gone = 0
    while ids := list(notices.order_by("pk").values_list("pk", flat=True)[:AT_A_TIME]):
        Letter.objects.filter(notice__in=ids).delete()
        gone += Notice.objects.filter(pk__in=ids).delete()[0]
    return gone
