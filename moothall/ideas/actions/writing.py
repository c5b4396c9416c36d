"""From a draft to an idea, and from version to version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import EVERYBODY
from moothall.core import clock, search, text
from moothall.core.hall import hall
from moothall.core.models import Picture
from moothall.core.money import Money
from moothall.core.palettes import palette_for
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.actions import newcomers
from moothall.people.models import PERSON, Profile

from .. import queries, verbs
from ..models import Idea, Version
from .conceiving import look_alike
from .gating import check_unsettled, give_days, hold, reach
from .locking import lock

MOST_DRAFTS = 20
A_DAY, NEW_A_DAY = 5, 3  # ideas that one person proposes in a day; one who is new
LONGEST = {"title": 80, "problem": 2000, "use": 2000, "audience": 200}


@dataclass(frozen=True, slots=True)
class Words:
    """What an idea says: what is wrong today, how one would use the thing, for whom, and what it may cost."""

    title: str = ""
    problem: str = ""
    use: str = ""
    audience: str = ""
    low: Money | None = None
    high: Money | None = None

    def tidied(self) -> Words:
        """As it is kept. Refuses what is too long."""
        said = {part: text.tidy(getattr(self, part), lines=part in ("problem", "use")) for part in LONGEST}
        for part, most in LONGEST.items():
            if len(said[part]) > most:
                raise BadInput(_("%(most)s letters at most.") % {"most": most}, field=part)
        return Words(**said, low=self.low, high=self.high)


@transaction.atomic
def keep_draft(
    *, by: Profile, words: Words, brand: Profile | None = None, idea: Idea | None = None, key: str = ""
) -> Idea:
    """Keep what somebody has typed so far, however little; only they see it. The same `key` again finds the draft it
    made, however often the button is pressed. Refuses more than twenty drafts."""
    may_lead(by, brand)
    _check_brand(by, brand)
    draft = idea or _made_by(by, key)
    if draft is not None:
        own(by, draft)
        draft = lock(draft.pk).get(draft.pk)  # it may have been proposed meanwhile
        if draft is None or not draft.is_draft:
            raise Refusal(_("This was proposed already. Make a new version of it."))
    else:
        check_room(by)
        draft = Idea(lead=by, at=clock.now(), key=key[:40])
        draft.palette = palette_for(draft.public)
    _write(draft, words.tidied())
    draft.brand = brand
    draft.save()
    return draft


def _made_by(by: Profile, key: str) -> Idea | None:
    """What the form of this key made already. Two presses at the same moment: the second waits for the first."""
    if not key:
        return None
    Profile.objects.filter(pk=by.pk).update(since=F("since"))
    return Idea.objects.filter(lead=by, key=key[:40]).first()


@transaction.atomic
def discard(*, by: Profile, idea: Idea) -> None:
    """Throw a draft away. Nobody else ever saw it."""
    own(by, idea)
    if not Idea.objects.filter(pk=idea.pk, stage=Idea.DRAFT).delete()[0]:
        raise Refusal(_("This was proposed already. You can withdraw it."))


@transaction.atomic
def draw(*, by: Profile, idea: Idea, picture: Picture | None) -> None:
    """Show the idea by this picture or sketch, or by none."""
    hold(idea)
    writes(by, idea)
    may_write(by, idea)
    check_unsettled(idea)
    if idea.is_merged:
        raise Refusal(_("It is merged into another idea. Separate them first."))
    if not Idea.objects.filter(pk=idea.pk).exclude(picture=picture).update(picture=picture):
        return
    idea.picture = picture
    look_alike(idea)
    if not idea.is_draft:
        record(verbs.DRAWN, by=by, on=idea)


@transaction.atomic
def propose(*, by: Profile, idea: Idea) -> Idea:
    """Show a draft to everybody, as version 1. Refuses one that lacks something, one that says only what the idea it
    was begun from says, and more than a day's measure."""
    lock(idea.pk)
    idea.refresh_from_db()  # what another tab kept meanwhile is what is proposed
    own(by, idea)
    may_lead(by, idea.brand)
    _check_brand(by, idea.brand)
    _check_whole(idea)
    _check_another(idea)
    _check_measure(by)
    now = clock.now()
    draft = Idea.objects.filter(pk=idea.pk, stage=Idea.DRAFT)
    if draft.update(stage=Idea.SHAPE, number=1, proposed=now):
        idea.stage, idea.number, idea.proposed = Idea.SHAPE, 1, now
        write_version(idea, by=by, note="")
        record(verbs.PROPOSED, by=by, on=idea, reach=EVERYBODY)
        search.touch(Idea.kind, [idea.pk])
    return idea


@transaction.atomic
def revise(*, by: Profile, idea: Idea, words: Words, base: int, note: str = "", picture: Picture | None = None) -> Idea:
    """A new version, shown by another picture if there is one; a picture alone makes no version. Refuses what changes
    nothing, and what is made from an older version than the newest (`base`): what came meanwhile would be lost."""
    standing = hold(idea)
    writes(by, idea)
    may_write(by, idea)
    check_unsettled(idea)
    if not standing:
        raise Refusal(_("Only an idea that stands gets a new version."))
    note = text.tidy(note)
    if len(note) > 200:
        raise BadInput(_("Two hundred letters at most."), field="note")
    before = said_by(idea)
    _write(idea, words.tidied())
    _check_whole(idea)
    same = said_by(idea) == before
    if same and picture is None:
        raise BadInput(_("Nothing is different in it."))
    if picture is not None:
        draw(by=by, idea=idea, picture=picture)
    if not same:
        add_version(idea, by=by, base=base, note=note)
        record(verbs.REVISED, by=by, on=idea, reach=EVERYBODY, number=idea.number)
    return idea


@transaction.atomic
def bring_back(*, by: Profile, idea: Idea) -> None:
    """What the brands could not answer meanwhile they answer by a new day."""
    lock(idea.pk)
    idea.refresh_from_db()
    own(by, idea)
    may_write(by, idea)
    if Idea.objects.filter(pk=idea.pk, stage=Idea.WITHDRAWN).update(stage=Idea.SHAPE):
        idea.stage = Idea.SHAPE
        record(verbs.BROUGHT_BACK, by=by, on=idea)
        give_days(idea)
        reach(idea)
        search.touch(Idea.kind, [idea.pk])


# ---- for the other rooms of this app's actions


def may_write(by: Profile, idea: Idea) -> None:
    """Refuses who is in the team of the brand that may judge it."""
    if by.sort != PERSON:
        raise NotAllowed(_("Only people shape ideas."))
    if queries.is_of_its_brand(by, idea):
        raise NotAllowed(_("You are in the team that judges this idea: you may back it, but write nothing of it."))


def may_lead(by: Profile, brand: Profile | None) -> None:
    """Refuses who is no person, and who is in the team of the brand it is addressed to."""
    if by.sort != PERSON:
        raise NotAllowed(_("Only people have ideas here."))
    if brand is not None and people.role_of(by, brand):
        raise NotAllowed(_("A team judges what others propose to its brand: it proposes nothing to itself."))


def own(by: Profile, idea: Idea) -> None:
    if idea.lead_id != by.pk:
        raise NotAllowed(_("This idea is led by somebody else. You can contribute to it."))


def writes(by: Profile, idea: Idea) -> None:
    """Refuses who does not lead it, alone or with others."""
    if not queries.writes(by, idea):
        raise NotAllowed(_("This idea is led by somebody else. You can contribute to it."))


def check_room(by: Profile) -> None:
    if queries.drafts_of(by).count() >= MOST_DRAFTS:
        raise Refusal(_("Twenty drafts are the most. Propose one, or throw one away."))


def add_version(idea: Idea, *, by: Profile, base: int, note: str) -> None:
    """Keep the idea as it is written now, as the version after `base`. Refuses when there is one already."""
    newer = Idea.objects.filter(pk=idea.pk, stage=Idea.SHAPE, number=base)
    columns = {name: getattr(idea, name) for name in ("title", "problem", "use", "audience", "low", "high")}
    if not newer.update(**columns, number=F("number") + 1):
        raise Refusal(_("There is a newer version by now. Look at it, and say again what you would change."))
    idea.number = base + 1
    write_version(idea, by=by, note=note)
    look_alike(idea)
    search.touch(Idea.kind, [idea.pk])


def write_version(idea: Idea, *, by: Profile, note: str) -> None:
    said = said_by(idea)
    Version.objects.create(
        idea=idea, number=idea.number, by=by, at=clock.now(), note=note, currency=idea.currency, **said
    )


def said_by(idea: Idea) -> dict[str, object]:
    return {name: getattr(idea, name) for name in ("title", "problem", "use", "audience", "low", "high")}


def _write(idea: Idea, words: Words) -> None:
    idea.title, idea.problem, idea.use, idea.audience = words.title, words.problem, words.use, words.audience
    idea.currency = idea.currency or hall().currency
    for name, money in (("low", words.low), ("high", words.high)):
        if money is not None and (money.minor <= 0 or money.currency != idea.currency):
            raise BadInput(_("A price is a number, like 38 or 38.50."), field=name)
        setattr(idea, name, money.minor if money else None)
    if idea.low is not None and idea.high is not None and idea.low > idea.high:
        raise BadInput(_("This is less than the price it starts from."), field="high")


def _check_measure(by: Profile) -> None:
    since = clock.now() - timedelta(days=1)
    number = Idea.objects.filter(lead=by, proposed__gt=since).count()
    if number >= A_DAY:
        raise Refusal(_("Five ideas a day are the most. Your draft waits for you until tomorrow."))
    if number >= NEW_A_DAY and newcomers.is_new(by):
        said = _("You are new here: three ideas a day are the most. Your draft waits for you until tomorrow.")
        raise Refusal(said)


def _check_brand(by: Profile, brand: Profile | None) -> None:
    if brand is not None and (not brand.is_brand or not people.visible_ids(by, [brand.pk])):
        raise BadInput(_("There is no such brand."), field="brand")


def _check_whole(idea: Idea) -> None:
    asked = {
        "title": _("Give it a name."),
        "problem": _("Say what is wrong today."),
        "use": _("Say how one would use it."),
    }
    for part, sentence in asked.items():
        if not getattr(idea, part):
            raise BadInput(sentence, field=part)


def _check_another(idea: Idea) -> None:
    if idea.forked_from_id is None or idea.forked_number is None:
        return
    begun_from = Version.objects.filter(idea=idea.forked_from_id, number=idea.forked_number).first()
    if begun_from and all(getattr(begun_from, name) == value for name, value in said_by(idea).items()):
        raise Refusal(_("It says what the idea says that you began from. Say what is different in yours."))
