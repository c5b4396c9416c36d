"""The way to the gate: a brand's mark, reaching it, being taken there, and coming anew."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people.actions import the_hall
from moothall.people.models import Member, Profile

from .. import judged, queries, verbs
from ..gates import LONGEST_DAYS, MOST_VOICES, Gate, Mark, today
from ..models import Author, Idea, Version


@transaction.atomic
def set_mark(*, by: Profile, brand: Profile, voices: int, days: int) -> Mark:
    """So many voices that would pay bring an idea to the brand's gate, and it judges in so many days. What has as many
    already comes there at once."""
    check_judge(by, brand)
    if not 1 <= voices <= MOST_VOICES:
        raise BadInput(_("From one voice to ten thousand."), field="voices")
    if not 1 <= days <= LONGEST_DAYS:
        raise BadInput(_("From one day to %(most)s.") % {"most": LONGEST_DAYS}, field="days")
    before = judged.mark_of(brand)
    if before.pk and (before.voices, before.days) == (voices, days):
        return before
    mark, _new = Mark.objects.update_or_create(brand=brand, defaults={"voices": voices, "days": days})
    record(verbs.MARK_SET, by=by, brand=brand, on=mark, voices=voices, days=days)
    for idea in judged.reached().filter(brand=brand):
        reach(idea)
    return mark


def bring_to_gates() -> int:
    """Bring what has the voices and is at no gate: where a voice came while its brand lowered the mark, neither saw the
    other. How many were brought."""
    brought = 0
    for idea in judged.reached():
        with transaction.atomic():
            brought += reach(idea) is not None
    return brought


def reach(idea: Idea) -> Gate | None:
    """Bring an idea to the gate of the brand it is addressed to, if as many would pay as that brand asks for (crowds of
    strangers are not heard) and it has neither judged it nor begun to. To be called in the transaction that changed
    either."""
    if idea.brand is None or not idea.stands:
        return None
    mark = judged.mark_of(idea.brand)
    if idea.heard < mark.voices:
        return None
    if not hold(idea) or _has_gate(idea, idea.brand) or is_settled(idea):
        return None
    return _tell(_open(idea, idea.brand, today() + timedelta(days=mark.days)))


@transaction.atomic
def take_to_gate(*, by: Profile, brand: Profile, idea: Idea, due: date) -> Gate:
    """A brand declares that it judges an idea addressed to all by a day. It judges nothing that its team leads or
    shaped, and nothing that fewer would pay for than its mark asks for: then their prices are public."""
    check_judge(by, brand)
    if not queries.visible_ids(by, [idea.pk]):
        raise NotAllowed(_("You cannot judge this."))
    if not today() < due <= today() + timedelta(days=LONGEST_DAYS):
        sentence = _("Choose a day after today, %(most)s days ahead at most.")
        raise BadInput(sentence % {"most": LONGEST_DAYS}, field="due")
    if not hold(idea):
        raise Refusal(_("This idea was withdrawn."))
    idea = Idea.objects.get(pk=idea.pk)
    if idea.brand_id is not None:
        raise Refusal(_("This is addressed to one brand: it judges when as many would pay as it asks for."))
    team = Member.objects.filter(brand=brand).values("person")
    shaped = Q(person=idea.lead_id) | Q(person__in=Version.objects.filter(idea=idea).values("by"))
    led = Q(person__in=Author.objects.filter(idea=idea, state=Author.STANDS).values("person"))
    if team.filter(shaped | led).exists():
        raise Refusal(_("Somebody of your team shaped this idea: others have to judge it."))
    check_unsettled(idea)
    if _has_gate(idea, brand):
        raise Refusal(_("It is at your gate, or was judged there."))
    asked = judged.mark_of(brand).voices
    if idea.heard < asked:
        sentence = _("You ask for %(asked)s who would pay, and %(pays)s would. Lower your mark first, if you mean it.")
        raise Refusal(sentence % {"asked": asked, "pays": idea.heard})
    return _tell(_open(idea, brand, due))


@transaction.atomic
def come_again(*, by: Profile, gate: Gate) -> Gate:
    """The lead says that what a brand needed is done, or that after its no enough more would pay: it judges anew, by a
    new day."""
    standing = hold(gate.idea)
    gate.refresh_from_db()
    if gate.idea.lead_id != by.pk:
        raise NotAllowed(_("Only who leads the idea can say that."))
    if not standing:
        raise Refusal(_("Bring the idea back first."))
    if gate.state not in (Gate.NEEDS, Gate.NO) or gate.undone or not is_newest(gate):
        raise Refusal(_("Nothing is asked of you here."))
    check_unsettled(gate.idea)
    if gate.state == Gate.NO and not (again := judged.again(gate)).is_enough:
        sentence = _("After a no it comes again when %(asked)s would pay, from %(day)s on.")
        raise Refusal(sentence % {"asked": again.asked, "day": date_format(again.day, "j F Y")})
    return _tell(reopen(gate))


def reopen(gate: Gate) -> Gate:
    """The next time that the same brand judges the same idea, by a day as its mark says. Whoever asks records why."""
    return _open(gate.idea, gate.brand, _due(gate.brand))


def leave_gates(by: Profile, idea: Idea) -> None:
    """Nobody judges what was withdrawn, merged, or promised to another. Needs the idea's lock."""
    for gate in Gate.objects.filter(idea=idea, state=Gate.OPEN).order_by("pk"):
        gate.state, gate.left = Gate.WITHDRAWN, clock.now()
        gate.save(update_fields=["state", "left"])
        record(verbs.LEFT_GATE, by=by, on=gate, idea=idea.pk)


def come_back(idea: Idea, since: datetime) -> None:
    """What left its gates since then is judged there after all, by new days. Needs the idea's lock."""
    rows = Gate.objects.filter(idea=idea, state=Gate.WITHDRAWN, left__gte=since).select_related("idea", "brand")
    for gate in rows.order_by("pk"):
        if not _has_gate(idea, gate.brand):
            _tell(reopen(gate))
    reach(idea)


def give_days(idea: Idea) -> None:
    """What was due while nobody could do it is due anew, as the mark of each brand says."""
    rows = Gate.objects.filter(idea=idea).select_related("brand")
    for gate in rows.filter(state=Gate.OPEN, due__lt=today()):
        Gate.objects.filter(pk=gate.pk, state=Gate.OPEN).update(due=_due(gate.brand), late=None)
    waits = Gate.objects.filter(idea=idea, appealed__isnull=False, answered=None, undone=None)
    for gate in waits.filter(answer_due__lt=today()).select_related("brand"):
        Gate.objects.filter(pk=gate.pk, answered=None).update(answer_due=_due(gate.brand))


def tell_overdue() -> int:
    """Say once of each gate whose day is over that it is overdue. How many were told of."""
    told = 0
    over = Gate.objects.filter(state=Gate.OPEN, due__lt=today(), late=None, idea__hidden=None).order_by("pk")
    for pk in over.values_list("pk", flat=True):
        with transaction.atomic():
            late = Gate.objects.filter(pk=pk, state=Gate.OPEN, late=None)
            if late.update(late=clock.now()):
                record(verbs.OVERDUE, by=the_hall(), on=Gate.objects.get(pk=pk))
                told += 1
    return told


# ---- for the other rooms of this app's actions


def check_judge(by: Profile, brand: Profile) -> None:
    if not judged.may_judge(by, brand):
        raise NotAllowed(_("Only owners and makers of the brand can do this."))


def hold(idea: Idea) -> bool:
    """Whoever backs, withdraws or judges this idea at the same moment waits here; then, whether it still stands."""
    return Idea.objects.filter(pk=idea.pk, stage=Idea.SHAPE, hidden=None).update(weight=F("weight")) == 1


def is_settled(idea: Idea) -> bool:
    """Whether its lead said yes to a go."""
    return Gate.objects.filter(idea=idea.pk, accepted__isnull=False).exists()


def check_unsettled(idea: Idea) -> None:
    if is_settled(idea):
        raise Refusal(_("The lead said yes to a brand: the idea stands as it was judged, for good."))


def is_newest(gate: Gate) -> bool:
    """Whether the brand has not begun to judge the idea again since."""
    return not Gate.objects.filter(idea=gate.idea_id, brand=gate.brand_id, number__gt=gate.number).exists()


def _has_gate(idea: Idea, brand: Profile) -> bool:
    """One that is open, or whose judgement stands."""
    gates = Gate.objects.filter(idea=idea, brand=brand).exclude(state=Gate.WITHDRAWN)
    return gates.filter(undone=None).exists()


def _due(brand: Profile) -> date:
    return today() + timedelta(days=judged.mark_of(brand).days)


def _open(idea: Idea, brand: Profile, due: date) -> Gate:
    last = Gate.objects.filter(idea=idea, brand=brand).aggregate(last=Max("number"))["last"] or 0
    return Gate.objects.create(
        idea=idea, brand=brand, number=last + 1, opened=clock.now(), due=due, currency=idea.currency
    )


def _tell(gate: Gate) -> Gate:
    """In the hall's name: whose voice was the last that was missing is nobody's business."""
    record(verbs.AT_GATE, by=the_hall(), on=gate, idea=gate.idea_id, to=gate.brand_id, number=gate.number)
    return gate
