"""From ideas to things in the town: one that gathers, one that people may still join, one that is being made, and one
that was made and stands on the shelf."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from moothall.core.money import parse
from moothall.ideas import actions as ideas
from moothall.ideas.actions import Figures, Go
from moothall.ideas.gates import Gate, today
from moothall.ideas.models import Idea
from moothall.orders import actions as orders
from moothall.orders.models import Order, OrderLine
from moothall.pools import actions as pools
from moothall.pools.models import Milestone, Pool
from moothall.pools.queries import variants_of

from .cast import BY_HANDLE
from .desk import send
from .ties import BRAND_BY_HANDLE
from .upstairs import Thought, propose
from .wares import CURRENCY, Look

if TYPE_CHECKING:
    from .stage import Stage

Do = Callable[["Stage"], None]


@dataclass(frozen=True, slots=True)
class Course:
    """What becomes of a thought. `pledges` as "ana=50": for so much at most; the days are counted back from now. It is
    joined for a week after the yes; each step as "The mould is cut|5" is planned for five days after that week."""

    thought: Thought
    pledges: str
    brand: str = ""
    by: str = ""  # who judges for it
    reasons: str = ""
    price: str = ""
    run: int = 0
    unit: str = ""
    yes: int = 0
    steps: tuple[str, ...] = ()
    reached: tuple[str, ...] = ()  # what is said of each that is done
    moved: tuple[str, int, str] | None = None  # which, by how many days, why
    out: int = 0

    @property
    def lead(self) -> str:
        return self.thought.who


def _words(title: str, problem: str, use: str, audience: str, low: str, high: str) -> ideas.Words:
    return ideas.Words(title, problem, use, audience, parse(low, CURRENCY), parse(high, CURRENCY))


COURSES = (
    Course(
        Thought(
            33,
            "adaeze",
            _words(
                "Porch lamp that finds the keyhole",
                "I come home at four in the morning and scratch the door like a cat.",
                "It hangs beside the lock and throws one small warm patch, where the key goes, and none into the "
                "bedroom above.",
                "Who comes home when others sleep",
                "35",
                "60",
            ),
            Look("lamp", "moss", 4),
        ),
        "ana=50 ben=46 jun=55 beatriz=48 gus=46 harjit=40",
        brand="lantern-works",
        by="ingrid",
        reasons="It is half of our desk lamp and a better hood. Five of you carry the first run; we turn the hood.",
        price="46",
        run=4,
        unit="21",
        yes=26,
        steps=("The hood is turned|3", "A lamp hangs at Adaeze's door|6"),
        reached=("Ash, three coats of oil. It is smaller than we drew it.", "She found the keyhole. The cat did too."),
        out=9,
    ),
    Course(
        Thought(
            24,
            "marta",
            _words(
                "Shelf that folds for the stairs",
                "A shelf that fits the room does not fit the stairs, and I carry both.",
                "Four boards on two hinges. It goes up the stairs as a parcel and stands in the room as a shelf.",
                "Who lives above the first floor",
                "50",
                "80",
            ),
            Look("shelf", "mint", 3),
        ),
        "ana=70 pia=64 ruth=68 tariq=64 wei=75 salma=55",
        brand="lantern-works",
        by="ingrid",
        reasons="Brass hinges we have. The boards are from the same ash as the stool.",
        price="64",
        run=4,
        unit="30",
        yes=16,
        steps=("The hinges are here|3", "The first shelf is carried up|8", "All are packed|20"),
        reached=("From the founder at the ferry. They close without a sound.",),
        moved=("The first shelf is carried up", 6, "The ash came wet. We let it lie for a week."),
    ),
    Course(
        Thought(
            13,
            "mei",
            _words(
                "Raincoat for a porch of one",
                "At the bus stop there is room for four, and I am the fifth.",
                "A brim over the back that drips behind the heels, and pockets one reaches sitting down.",
                "The fifth at every bus stop",
                "55",
                "85",
            ),
            Look("raincoat", "lime", 2),
        ),
        "ana=75 ben=70 clara=68 jun=72 kenji=60",
        brand="wold",
        by="zofia",
        reasons="The brim is a seam more than our Barrow coat. The pockets we should have had long ago.",
        price="68",
        run=6,
        unit="31",
        yes=6,
    ),
    Course(
        Thought(
            8,
            "chidi",
            _words(
                "Kettle that pours slowly",
                "A kettle that boils for eight pours for eight, and my cup is one.",
                "A spout that thins at the lip: one cup in ten seconds, and no lake on the table.",
                "Who makes tea for one",
                "30",
                "55",
            ),
            Look("kettle", "butter", 5),
            brand="tidewater",
        ),
        "edith=40 gus=45 nia=38",
    ),
)


def concepts(evening: Callable[[int], datetime], now: datetime) -> Iterator[tuple[datetime, Do]]:
    for course in COURSES:
        begun = evening(course.thought.day)
        yield begun, partial(propose, thought=course.thought)
        yield begun + timedelta(hours=20), partial(gather, course=course)
        for number, pledge_ in enumerate(course.pledges.split()):
            yield begun + timedelta(hours=24 + 5 * number), partial(pledge, course=course, said=pledge_)
        if course.brand:
            yield from _made(course, evening(course.yes), now)


def _made(course: Course, yes: datetime, now: datetime) -> Iterator[tuple[datetime, Do]]:
    yield yes - timedelta(days=3), partial(take, course=course)
    yield yes - timedelta(days=1), partial(go, course=course)
    yield yes, partial(accept, course=course)
    ends = yes + timedelta(days=7)
    if ends > now:
        return
    yield ends + timedelta(minutes=1), _rest
    planned = ends + timedelta(hours=14)
    for number, step in enumerate(course.steps):
        yield planned + timedelta(minutes=3 * number), partial(plan, course=course, step=step)
    for number, note in enumerate(course.reached):
        yield planned + timedelta(days=2 + 3 * number), partial(reach, course=course, number=number, note=note)
    if course.moved:
        yield planned + timedelta(days=4), partial(move, course=course)
    if course.out:
        yield now - timedelta(days=course.out + 1), partial(send_all, course=course)
        yield now - timedelta(days=course.out), partial(bring_out, course=course)


def _rest(stage: Stage) -> None:
    stage.rest()


def gather(stage: Stage, *, course: Course) -> None:
    ideas.begin_gathering(by=stage.people[course.lead], idea=_idea(stage, course))


def pledge(stage: Stage, *, course: Course, said: str) -> None:
    """With a card that the till keeps."""
    handle, _gap, price = said.partition("=")
    pool = _pool(stage, course)
    wanted = pools.Wanted(variants_of(pool)[0], 1, parse(price, CURRENCY).minor)
    made = pools.pledge(by=stage.people[handle], pool=pool, wanted=wanted, contact=BY_HANDLE[handle].contact)
    page = pools.open_card_page(pledge=made)
    stage.till.pay(page.rsplit("/", 1)[1])
    made.refresh_from_db()
    pools.look_after_card(pledge=made)


def take(stage: Stage, *, course: Course) -> None:
    brand, due = stage.brands[course.brand], today() + timedelta(days=12)
    ideas.take_to_gate(by=stage.people[course.by], brand=brand, idea=_idea(stage, course), due=due)


def go(stage: Stage, *, course: Course) -> None:
    by, gate, price = stage.people[course.by], _gate(stage, course), parse(course.price, CURRENCY)
    runs = [(course.run, parse(course.unit, CURRENCY))]
    figures = Figures(price=price, runs=runs, fixed=parse("40", CURRENCY), tax=2000, royalty=500)
    ideas.keep_sheet(by=by, gate=gate, figures=figures)
    said = Go(price, course.run, days=7, weeks=8, grams=900)
    ideas.judge(by=by, gate=gate, state=Gate.GO, reasons=course.reasons, go=said)


def accept(stage: Stage, *, course: Course) -> None:
    ideas.accept(by=stage.people[course.lead], gate=_gate(stage, course))


def plan(stage: Stage, *, course: Course, step: str) -> None:
    words, _gap, days = step.partition("|")
    due = today() + timedelta(days=int(days))
    pools.plan_milestone(by=stage.people[course.by], pool=_pool(stage, course), words=words, due=due)


def reach(stage: Stage, *, course: Course, number: int, note: str) -> None:
    step = _steps(stage, course)[number]
    pools.reach_milestone(by=stage.people[course.by], milestone=step, note=note)


def move(stage: Stage, *, course: Course) -> None:
    assert course.moved
    words, days, why = course.moved
    step = next(one for one in _steps(stage, course) if one.words == words)
    to = step.due + timedelta(days=days)
    pools.move_milestone(by=stage.people[course.by], milestone=step, to=to, why=why)


def send_all(stage: Stage, *, course: Course) -> None:
    """To all who pledged and paid, by whoever sells for the brand."""
    brand = BRAND_BY_HANDLE[course.brand]
    by = stage.people[brand.seller]
    lines = OrderLine.objects.filter(origin_kind="pledge", variant__product=_idea(stage, course).concept_id)
    for order in Order.objects.filter(pk__in=lines.values("order")).select_related("brand").order_by("pk"):
        orders.pack(by=by, order=order)
        pieces = dict(lines.filter(order=order).values_list("pk", "quantity"))
        send(order, brand, by, pieces)


def bring_out(stage: Stage, *, course: Course) -> None:
    by = stage.people[BRAND_BY_HANDLE[course.brand].seller]
    pools.bring_out(by=by, pool=_pool(stage, course))


def _idea(stage: Stage, course: Course) -> Idea:
    """Nobody of them has proposed two."""
    return Idea.objects.select_related("lead", "brand").get(lead=stage.people[course.lead], stage=Idea.SHAPE)


def _gate(stage: Stage, course: Course) -> Gate:
    return Gate.objects.select_related("idea", "brand").get(idea=_idea(stage, course))


def _pool(stage: Stage, course: Course) -> Pool:
    rows = Pool.objects.select_related("product__brand")
    return rows.get(product=_idea(stage, course).concept_id)


def _steps(stage: Stage, course: Course) -> list[Milestone]:
    """As they were planned."""
    rows = Milestone.objects.filter(pool=_pool(stage, course)).select_related("pool__product__brand")
    return list(rows.order_by("pk"))
