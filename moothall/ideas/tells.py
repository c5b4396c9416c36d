"""Whom the acts about ideas tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import IDEAS, tells
from moothall.core import kinds
from moothall.core.kinds import Card
from moothall.people.models import Profile

from . import gate_tells, poll_tells, verbs
from .models import Author, Contribution, Idea, Merger
from .voices import following

__all__ = ["gate_tells", "poll_tells"]  # beside what is told here


def _where(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    """The contribution on its idea's page, called as the idea is."""
    cards = kinds.cards(Contribution.kind, viewer, {act.subject_id for act in acts})
    return {act.pk: cards[act.subject_id] for act in acts if act.subject_id in cards}


def _the_idea(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    """The idea itself, of acts about who leads it: also for who no longer does."""
    return _of(viewer, dict(Author.objects.filter(pk__in=_subjects(acts)).values_list("pk", "idea_id")), acts)


def _into(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    """What the idea was merged into."""
    return _of(viewer, dict(Merger.objects.filter(pk__in=_subjects(acts)).values_list("pk", "into_id")), acts)


def _subjects(acts: Sequence[Act]) -> set[int]:
    return {act.subject_id for act in acts}


def _of(viewer: Profile, ideas: dict[int, int], acts: Sequence[Act]) -> Mapping[int, Card]:
    cards = kinds.cards(Idea.kind, viewer, ideas.values())
    return {act.pk: cards[ideas[act.subject_id]] for act in acts if ideas.get(act.subject_id) in cards}


@tells(
    verbs.CONTRIBUTED,
    "the lead",
    sort=IDEAS,
    sentence=_("{actor} would say a part of {subject} in other words"),
    why=_("You lead the idea"),
    shown=_where,
)
def the_lead(act: Act) -> Iterable[int]:
    waiting = Contribution.objects.filter(pk=act.subject_id, state=Contribution.OPEN)
    authors = Author.objects.filter(idea__in=waiting.values("idea"), state=Author.STANDS)
    return [*waiting.values_list("idea__lead_id", flat=True), *authors.values_list("person_id", flat=True)]


@tells(
    verbs.TAKEN,
    "who contributed",
    sort=IDEAS,
    sentence=_("{actor} took your words into {subject}"),
    why=_("You contributed to the idea"),
    shown=_where,
)
def whose_words_were_taken(act: Act) -> Iterable[int]:
    return _author(act)


@tells(
    verbs.DECLINED,
    "who contributed",
    sort=IDEAS,
    sentence=_("{actor} leaves {subject} as it is, and says why"),
    why=_("You contributed to the idea"),
    shown=_where,
)
def whose_words_were_declined(act: Act) -> Iterable[int]:
    return _author(act)


def _author(act: Act) -> Iterable[int]:
    return Contribution.objects.filter(pk=act.subject_id).values_list("by_id", flat=True)


@tells(
    verbs.REVISED,
    "who follows it",
    sort=IDEAS,
    sentence=_("{subject} has a new version"),
    why=_("You follow the idea, or would pay for it"),
)
def who_follows_it(act: Act) -> Iterable[int]:
    standing = Idea.objects.filter(stage=Idea.SHAPE, pk=act.subject_id).first()
    return following(standing).values_list("person_id", flat=True) if standing else ()


@tells(
    verbs.PROPOSED,
    "whose it was begun from",
    sort=IDEAS,
    sentence=_("{actor} began {subject} from an idea of yours"),
    why=_("You lead the idea it was begun from"),
)
def whose_it_was_begun_from(act: Act) -> Iterable[int]:
    return Idea.objects.filter(forked_from__isnull=False, pk=act.subject_id).values_list(
        "forked_from__lead_id", flat=True
    )


# ---- who leads it


@tells(
    verbs.AUTHOR_INVITED,
    "who is asked",
    sort=IDEAS,
    sentence=_("{actor} asks you to lead {subject} with them"),
    why=_("You were asked to lead an idea"),
)
def who_is_asked(act: Act) -> Iterable[int]:
    asked = Author.objects.filter(pk=act.subject_id, state=Author.INVITED)
    return asked.values_list("person_id", flat=True)


@tells(
    verbs.AUTHOR_JOINED,
    "the lead",
    sort=IDEAS,
    sentence=_("{actor} leads {subject} with you now"),
    why=_("You lead the idea"),
)
def whom_they_lead_with(act: Act) -> Iterable[int]:
    return Author.objects.filter(pk=act.subject_id).values_list("idea__lead_id", flat=True)


@tells(
    verbs.AUTHOR_DECLINED,
    "the lead",
    sort=IDEAS,
    sentence=_("{actor} would rather not lead {subject} with you"),
    why=_("You lead the idea"),
    shown=_the_idea,
)
def who_asked_them(act: Act) -> Iterable[int]:
    return Author.objects.filter(pk=act.subject_id).values_list("idea__lead_id", flat=True)


@tells(
    verbs.AUTHOR_LEFT,
    "the other one",
    sort=IDEAS,
    sentence=_("You no longer lead {subject} together"),
    why=_("You led an idea together"),
    shown=_the_idea,
)
def whom_they_led_with(act: Act) -> Iterable[int]:
    pairs = Author.objects.filter(pk=act.subject_id).values_list("person_id", "idea__lead_id")
    return [id for pair in pairs for id in pair]


@tells(
    verbs.LEAD_OFFERED,
    "to whom",
    sort=IDEAS,
    sentence=_("{actor} offers you the lead of {subject}"),
    why=_("You lead the idea with them"),
)
def to_whom_it_is_offered(act: Act) -> Iterable[int]:
    offered = Author.objects.filter(pk=act.subject_id, offered__isnull=False)
    return offered.values_list("person_id", flat=True)


@tells(
    verbs.LEAD_PASSED,
    "who leads it with them",
    sort=IDEAS,
    sentence=_("{actor} leads {subject} now"),
    why=_("You lead the idea with them"),
)
def who_leads_it_with_them(act: Act) -> Iterable[int]:
    return Author.objects.filter(idea=act.subject_id, state=Author.STANDS).values_list("person_id", flat=True)


# ---- merged ideas


@tells(
    verbs.MERGER_ASKED,
    "the lead",
    sort=IDEAS,
    sentence=_("{actor} would merge an idea of theirs into {subject}"),
    why=_("You lead the idea"),
)
def whose_idea_it_is(act: Act) -> Iterable[int]:
    return Merger.objects.filter(pk=act.subject_id, state=Merger.ASKED).values_list("into__lead_id", flat=True)


@tells(
    verbs.MERGED,
    "who asked",
    sort=IDEAS,
    sentence=_("{actor} merged your idea into {subject}"),
    why=_("You lead the idea that was merged"),
)
def whose_idea_was_merged(act: Act) -> Iterable[int]:
    return Merger.objects.filter(pk=act.subject_id).values_list("idea__lead_id", flat=True)


@tells(
    verbs.MERGED,
    "who follows it",
    sort=IDEAS,
    sentence=_("An idea that you follow goes on in {subject}"),
    why=_("You follow the idea, or would pay for it"),
    shown=_into,
)
def who_follows_the_merged(act: Act) -> Iterable[int]:
    merged = Merger.objects.filter(pk=act.subject_id, state=Merger.STANDS).select_related("idea", "into").first()
    if merged is None:
        return ()
    count = following(merged.into).values("person")  # of the other one they may have said less since
    return following(merged.idea).filter(person__in=count).values_list("person_id", flat=True)


@tells(
    verbs.MERGER_DECLINED,
    "who asked",
    sort=IDEAS,
    sentence=_("{actor} would rather not merge your idea into {subject}"),
    why=_("You asked whether to merge two ideas"),
)
def who_asked_to_merge(act: Act) -> Iterable[int]:
    return Merger.objects.filter(pk=act.subject_id).values_list("idea__lead_id", flat=True)


@tells(
    verbs.UNMERGED,
    "the leads",
    sort=IDEAS,
    sentence=_("{actor} separated an idea from {subject}"),
    why=_("You lead one of two ideas that were one"),
)
def the_leads(act: Act) -> Iterable[int]:
    pairs = Merger.objects.filter(pk=act.subject_id).values_list("idea__lead_id", "into__lead_id")
    return [id for pair in pairs for id in pair]
