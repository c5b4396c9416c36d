"""Reporting, deciding, appealing. The only writers of this app's tables.

A brand's team can do none of it to what is addressed to their brand: only stewards decide, and one who is of that team
only with a public reason, of which the log says so."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, kinds, text
from moothall.core.kinds import Inside
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people.actions import newcomers
from moothall.people.keys import may_keep
from moothall.people.models import PERSON, Profile

from . import queries, verbs
from .models import Case, Report

A_DAY, NEW_A_DAY = 20, 5  # reports of one person; of one who is new
LONGEST_REASON = 300
LONGEST_WORDS = 1000


@transaction.atomic
def report(*, by: Profile, kind: str, id: int, sort: str, words: str = "") -> Report:
    """Tell the stewards what is wrong with a thing that one may open. Twice is once, until it is decided. Refuses one's
    own, and *other* without words."""
    if by.sort != PERSON or not queries.may_report(kind) or not kinds.openable(kind, by, [id]):
        raise NotAllowed(_("You cannot report this."))
    words = _said(sort, words)
    thing = kinds.inside(kind, [id])[id]
    if thing.owner == by.pk:
        raise Refusal(_("It is yours: you can take it back."))
    if by.pk in thing.others:
        raise Refusal(_("It is yours too: talk to those with whom you make it."))
    try:
        newcomers.take(by, "report", new=NEW_A_DAY, known=A_DAY)
    except Refusal:  # the last one of today, sent twice
        before = Report.objects.filter(by=by, case__subject_kind=kind, case__subject_id=id, case__state=Case.OPEN)
        if not before:
            raise
        return before[0]
    case = _open_case(kind, id, thing.owner)
    if case.owner_id == by.pk:  # they owned it when somebody else reported it
        raise Refusal(_("It was yours when it was reported: a steward looks at it already."))
    made, new = Report.objects.get_or_create(
        case=case, by=by, defaults={"sort": sort, "words": words, "at": clock.now()}
    )
    if new:
        _move(case, Case.OPEN, Case.OPEN, reports=F("reports") + 1)
        case.refresh_from_db(fields=["reports"])
        record(verbs.REPORTED, by=by, on=case, sort=sort, first=case.reports == 1)
    return made


def _said(sort: str, words: str) -> str:
    if sort not in Report.SORTS:
        raise BadInput(_("Choose what is wrong with it."), field="sort")
    words = text.tidy(words, lines=True)
    if len(words) > LONGEST_WORDS:
        raise BadInput(_("A thousand letters at most."), field="words")
    if sort == Report.OTHER and not words:
        raise BadInput(_("Say what is wrong with it."), field="words")
    return words


def _open_case(kind: str, id: int, owner: int) -> Case:
    try:
        return Case.objects.get_or_create(
            subject_kind=kind, subject_id=id, state=Case.OPEN, defaults={"owner_id": owner, "at": clock.now()}
        )[0]
    except IntegrityError as error:  # removed since it was looked at
        raise Refusal(_("It was removed meanwhile.")) from error


@transaction.atomic
def keep(*, by: Profile, case: Case, reason: str = "") -> None:
    """Find nothing wrong with it: it stays. Who is of the team of the brand that it concerns says why in public."""
    brand, _thing = _may_decide(by, case)
    reason = _reason(reason, "reason", needed=brand is not None)
    _move(case, Case.OPEN, Case.KEPT, decided=clock.now(), decided_by=by, brand=brand, reason=reason)
    record(verbs.KEPT, by=by, on=case)


@transaction.atomic
def hide(*, by: Profile, case: Case, reason: str) -> None:
    """Remove the thing, for a reason that everybody may read; whose it is now may appeal. Refuses what cannot be
    removed, or is gone already."""
    brand, thing = _may_decide(by, case)
    reason = _reason(reason, "reason", needed=True)
    kind = kinds.known().get(case.subject_kind)
    if kind is None or kind.hide is None:
        raise Refusal(_("This cannot be removed here: it is only noted for you."))
    owner = thing.owner if thing else case.owner_id
    if Report.objects.filter(case=case, by=owner).exists():  # who came to own it since they reported it
        owner = case.owner_id
    decided = {"decided": clock.now(), "decided_by": by, "brand": brand, "reason": reason, "owner": owner}
    _move(case, Case.OPEN, Case.HIDDEN, **decided)
    if not kind.hide(case.subject_id, reason):
        raise Refusal(_("It does not stand any more: whoever made it took it back. There is nothing to remove."))
    record(verbs.HIDDEN, by=by, on=case)


@transaction.atomic
def appeal(*, by: Profile, case: Case, words: str) -> None:
    """Say once why it ought to stand. Refuses whose thing it is not, and a second time."""
    if case.owner_id != by.pk:
        raise NotAllowed(_("This is somebody else's."))
    words = text.tidy(words, lines=True)
    if not words:
        raise BadInput(_("Say why it ought to stand."), field="words")
    if len(words) > LONGEST_WORDS:
        raise BadInput(_("A thousand letters at most."), field="words")
    if case.state in (Case.APPEALED, Case.UPHELD):
        raise Refusal(_("You appealed already. One appeal is heard."))
    _move(case, Case.HIDDEN, Case.APPEALED, appealed=clock.now(), appeal=words)
    record(verbs.APPEALED, by=by, on=case)


@transaction.atomic
def uphold(*, by: Profile, case: Case, answer: str) -> None:
    """Answer the appeal: it stays removed. Another steward does that than who removed it, where there is another."""
    brand, thing = _may_decide(by, case)
    if case.decided_by_id == by.pk and queries.others_than(by, case, thing):
        raise Refusal(_("You removed it: another steward looks at the appeal. You can restore it."))
    _answer(by, case, brand, Case.APPEALED, Case.UPHELD, answer)
    record(verbs.UPHELD, by=by, on=case)


@transaction.atomic
def restore(*, by: Profile, case: Case, answer: str) -> None:
    """Bring it back, and say why in public; after an appeal, or because a steward finds the removal wrong. What an
    appeal was answered before stays beside it."""
    brand, _thing = _may_decide(by, case)
    if not case.is_removed:
        raise Refusal(_("It is not removed."))
    if case.state == Case.UPHELD:
        why = _reason(answer, "answer", needed=True)
        again = {"restored": clock.now(), "restored_by": by, "restored_brand": brand, "restored_why": why}
        _move(case, Case.UPHELD, Case.RESTORED, **again)
    else:
        _answer(by, case, brand, case.state, Case.RESTORED, answer)
    kind = kinds.known().get(case.subject_kind)
    if kind and kind.unhide:
        kind.unhide(case.subject_id)
    record(verbs.RESTORED, by=by, on=case)


def _may_decide(by: Profile, case: Case) -> tuple[Profile | None, Inside | None]:
    """Refuses whoever is no steward, and whose thing it is. Gives a brand that it concerns, if they are of its team;
    and the thing."""
    may_keep(by)
    thing = queries.inside_of([case]).get(case.pk)
    if by.pk in queries.whose(case, thing):
        raise NotAllowed(_("It is yours: another steward decides."))
    return queries.brand_of(by, thing), thing


def _answer(by: Profile, case: Case, brand: Profile | None, before: str, after: str, answer: str) -> None:
    answer = _reason(answer, "answer", needed=True)
    _move(case, before, after, answered=clock.now(), answered_by=by, answer_brand=brand, answer=answer)


def _reason(reason: str, field: str, *, needed: bool) -> str:
    reason = text.tidy(reason)
    if needed and not reason:
        raise BadInput(_("Say why, in a sentence that everybody may read."), field=field)
    if len(reason) > LONGEST_REASON:
        raise BadInput(_("Three hundred letters at most."), field=field)
    return reason


def _move(case: Case, before: str, after: str, **more: object) -> None:
    """From one state to another; of two who decide at the same moment the second is told."""
    if not Case.objects.filter(pk=case.pk, state=before).update(state=after, **more):
        raise Refusal(_("Somebody decided this meanwhile. Look at it again."))
    case.refresh_from_db()
