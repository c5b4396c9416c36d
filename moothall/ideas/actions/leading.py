"""Who leads an idea: co-authors by invitation, and the lead handed over."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.models import PERSON, Profile

from .. import queries, verbs
from ..models import Author, Backing, Idea, Merger
from .backing import reckon
from .gating import reach
from .locking import lock, lock_whole
from .merging import part_from, take_back_merger, take_down
from .writing import discard, own

MOST = 10  # who lead an idea with its lead, those invited counted
PAUSE = timedelta(days=7)  # until who said no, or left, is invited again


@transaction.atomic
def invite_author(*, by: Profile, idea: Idea, person: Profile) -> Author:
    """Ask somebody to lead an idea with one. They may then write versions and pictures of it and answer contributions;
    they withdraw, merge and hand over nothing. Twice is once. Refuses the team of the brand that judges it, who said no
    or left within seven days, and more than ten."""
    idea = lock(idea.pk)[idea.pk]
    own(by, idea)
    if not idea.stands:
        raise Refusal(_("Only an idea that stands is led by several."))
    if person.sort != PERSON or not people.visible_ids(by, [person.pk]):
        raise BadInput(_("There is nobody of that name."), field="handle")
    if person.pk == by.pk:
        raise BadInput(_("You lead it already."), field="handle")
    if queries.is_of_its_brand(person, idea):
        raise BadInput(_("They are in the team that judges this idea."), field="handle")
    row = Author.objects.filter(idea=idea, person=person).first()
    if row and row.state != Author.LEFT:
        return row
    if row and row.at > clock.now() - PAUSE:
        raise BadInput(_("They said no, or left, a short while ago. Ask again in a week."), field="handle")
    if queries.authors_of(idea).count() >= MOST:
        raise Refusal(_("Ten are the most who lead an idea together."))
    row = row or Author(idea=idea, person=person)
    row.state, row.invited_by, row.at = Author.INVITED, by, clock.now()
    row.save()
    record(verbs.AUTHOR_INVITED, by=by, on=row, idea=idea.pk)
    return row


@transaction.atomic
def join_authors(*, by: Profile, author: Author) -> None:
    """Say yes. Twice is once."""
    if author.person_id != by.pk:
        raise NotAllowed(_("Somebody else was invited."))
    idea = lock(author.idea_id)[author.idea_id]
    if queries.is_of_its_brand(by, idea):
        raise NotAllowed(_("You are in the team that judges this idea: you may back it, but write nothing of it."))
    if not idea.stands:
        raise Refusal(_("The idea does not stand at present."))
    if _move(author, Author.STANDS, Author.INVITED):
        record(verbs.AUTHOR_JOINED, by=by, on=author, idea=idea.pk)


@transaction.atomic
def leave_authors(*, by: Profile, author: Author) -> None:
    """Say no to an invitation, or leave; the lead takes an invitation back, or parts with somebody. Their words stay in
    every version. Twice is once."""
    _check_party(by, author)
    if _move(author, Author.LEFT, Author.INVITED):
        record(verbs.AUTHOR_DECLINED, by=by, on=author, idea=author.idea_id)
    elif _move(author, Author.LEFT, Author.STANDS):
        record(verbs.AUTHOR_LEFT, by=by, on=author, idea=author.idea_id)


@transaction.atomic
def offer_lead(*, by: Profile, author: Author) -> None:
    """Offer the lead to a co-author; an offer to another is taken back by it. They lead when they accept."""
    idea = lock(author.idea_id)[author.idea_id]
    own(by, idea)
    if not Author.objects.filter(pk=author.pk, state=Author.STANDS).exists():
        raise Refusal(_("Only who leads the idea with you can be offered the lead."))
    Author.objects.filter(idea=idea).exclude(pk=author.pk).update(offered=None)
    now = clock.now()
    if Author.objects.filter(pk=author.pk, state=Author.STANDS, offered=None).update(offered=now):
        author.offered = now
        record(verbs.LEAD_OFFERED, by=by, on=author, idea=idea.pk)


@transaction.atomic
def keep_lead(*, by: Profile, author: Author) -> None:
    """Take the offer back, or say no to it. Twice is once."""
    _check_party(by, author)
    if Author.objects.filter(pk=author.pk, offered__isnull=False).update(offered=None):
        author.offered = None
        record(verbs.LEAD_KEPT, by=by, on=author, idea=author.idea_id)


@transaction.atomic
def take_lead(*, by: Profile, author: Author) -> Idea:
    """Accept the lead: who led it leads it with them from then on. Whoever leads an idea is no voice for it."""
    if author.person_id != by.pk:
        raise NotAllowed(_("The lead was offered to somebody else."))
    head, merged = lock_whole(Idea.objects.get(pk=author.idea_id))
    idea = next(one for one in (head, *merged) if one.pk == author.idea_id)
    if queries.is_of_its_brand(by, idea):
        raise NotAllowed(_("You are in the team that judges this idea: you may back it, but write nothing of it."))
    if not Author.objects.filter(pk=author.pk, offered__isnull=False).exists():
        raise Refusal(_("The lead is not offered to you any more."))
    before = idea.lead
    _hand_over(idea, author)
    kept = {"state": Author.STANDS, "at": clock.now(), "invited_by": by, "offered": None}
    Author.objects.update_or_create(idea=idea, person=before, defaults=kept)
    return idea


@transaction.atomic
def pass_on(*, by: Profile) -> None:
    """What becomes of the ideas of somebody whose account ends: whoever ends it calls this first. Each passes to the
    co-author who stood by it longest and is in no team that judges it, or is withdrawn; drafts go."""
    shared = Author.objects.filter(person=by).exclude(state=Author.LEFT)
    mine = Idea.objects.filter(lead=by)
    kin = Q(into__lead=by) | Q(pk__in=mine.values("into")) | Q(into__in=mine.values("into"))
    touched = Idea.objects.filter(Q(lead=by) | kin | Q(pk__in=shared.values("idea")))
    lock(*touched.values_list("pk", flat=True))  # all at once: taken idea by idea, two of these could wait in a ring
    for author in shared.order_by("pk"):
        leave_authors(by=by, author=author)
    for pk in list(mine.order_by("pk").values_list("pk", flat=True)):
        idea = Idea.objects.get(pk=pk)  # as it is now: parting one from another changed both
        if idea.is_draft:
            discard(by=by, idea=idea)
            continue
        for asked in Merger.objects.filter(idea=idea, state=Merger.ASKED):
            take_back_merger(by=by, merger=asked)
        standing = Author.objects.filter(idea=idea, state=Author.STANDS, person__gone=None)
        heirs = standing.select_related("person").order_by("at", "pk")
        heir = next((one for one in heirs if not queries.is_of_its_brand(one.person, idea)), None)
        head, merged = lock_whole(idea)
        if heir:
            _hand_over(next(one for one in (head, *merged) if one.pk == idea.pk), heir)
            continue
        if idea.is_merged:
            part_from(by, idea, head)
        for one in merged if head.pk == idea.pk else ():
            part_from(by, one, head)
        take_down(by, Idea.objects.get(pk=idea.pk))


def _hand_over(idea: Idea, author: Author) -> None:
    """Needs the lock of the idea and of what it is merged with."""
    person = author.person
    Author.objects.filter(pk=author.pk).update(state=Author.LEFT, at=clock.now(), offered=None)
    Author.objects.filter(idea=idea).update(offered=None)
    mine = Backing.objects.filter(idea=idea, person=person)
    if mine.exists():
        mine.delete()
        record(verbs.UNBACKED, by=person, on=idea)
    idea.lead = person
    idea.key = ""
    idea.save(update_fields=["lead", "key"])
    reckon(idea)
    head = Idea.objects.get(pk=idea.into.pk) if idea.into else idea
    if head is not idea:
        reckon(head)
    record(verbs.LEAD_PASSED, by=person, on=idea)
    reach(head)


def _check_party(by: Profile, author: Author) -> None:
    """Refuses who is neither the co-author nor the lead; takes the idea's lock."""
    if by.pk not in (author.person_id, lock(author.idea_id)[author.idea_id].lead_id):
        raise NotAllowed(_("Only they themselves or the lead can do this."))


def _move(author: Author, to: str, *since: str) -> bool:
    rows = Author.objects.filter(pk=author.pk, state__in=since)
    if not rows.update(state=to, at=clock.now(), offered=None):
        return False
    author.refresh_from_db()
    return True
