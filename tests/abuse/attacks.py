"""Attacks on the order of ideas: what false accounts do, each from the same day of the same hall."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from moothall.core import clock
from moothall.ideas import actions, weights
from moothall.ideas.gates import Gate
from moothall.ideas.models import Backing, Idea
from moothall.people import actions as people
from moothall.people.models import Profile
from moothall.talk import actions as talk
from tests.ideas.made import WORDS, contributed

from .hall import Hall

LATER = (0.0, 8.0, 40.0)  # days after the attack on which places are looked at
NAMES = {
    weights.CROWD: "many strangers at once: they wait until somebody here knows them",
    weights.NEW: "the first week: a stranger's voice weighs nothing yet",
    weights.STRANGER: "a stranger's voice weighs a quarter",
    weights.KNOWN: "nothing: they are known here",
}
Attack = Callable[[Hall, Idea, int], list[Profile]]


@dataclass
class Row:
    """What an attack came to, at the target where it moved most: places of rank, up; those that the defence let it move
    and those it would have moved were all voices alike."""

    attack: str
    moved: int
    moved_undefended: int
    held_by: str
    accounts: int
    targets: int
    gates_opened: int


def at_once(hall: Hall, target: Idea, number: int) -> list[Profile]:
    """All made within an hour; each would pay."""
    found = []
    for _n in range(number):
        wait(hall, minutes=1)
        found.append(hall.joined("false"))
        hall.back(found[-1], target, "pay")
    return found


def ring(hall: Hall, target: Idea, number: int) -> list[Profile]:
    """Sixty days old, each follows ten others and finds helpful what these say, and one takes in what some write; then
    all would pay within three days."""
    found = [hall.joined("ring") for _n in range(number)]
    own = actions.propose(
        by=found[0], idea=actions.keep_draft(by=found[0], words=replace(WORDS, title="What the ring has"))
    )
    said = [talk.say(by=one, kind="idea", id=own.pk, words=f"It is good, says {one.name}.") for one in found]
    for n, one in enumerate(found):
        for step in range(1, min(11, number)):
            people.follow(by=one, source=found[(n + step) % number])
            talk.react(by=one, comment=said[(n + step) % number], sort="helpful")
    for n, one in enumerate(found[1:6], 1):
        contribution = contributed(one, own, words=f"At breakfast, says {n}.", base=n)
        own = Idea.objects.get(pk=own.pk)
        actions.take_in(by=found[0], contribution=contribution, base=own.number)
        own.refresh_from_db()
    hall.go_to(hall.day + 60)
    hall.sleep()
    for one in found:
        wait(hall, minutes=3 * 24 * 60 // number)
        hall.back(one, target, "pay")
    return found


def one_inviter(hall: Hall, target: Idea, number: int) -> list[Profile]:
    """A member who bought here, and stands behind the idea, brings all of them in two days and follows each back."""
    inviter = backed_by_one(hall, target)
    links = [people.invite(by=inviter) for _n in range(-(-number // 20))]
    found = []
    for n in range(number):
        wait(hall, minutes=2 * 24 * 60 // number)
        found.append(hall.brought(links[n // 20], "burst"))
        hall.back(found[-1], target, "pay")
    return found


def backed_by_one(hall: Hall, target: Idea) -> Profile:
    """Somebody who is known here, and would pay."""
    one = next(one for one in hall.members if hall.knows(one) and one.pk != target.lead_id)
    hall.back(one, target, "pay")
    return one


def likes(hall: Hall, target: Idea, number: int) -> list[Profile]:
    """A month old, and none of them pledges or names a price."""
    found = [hall.joined("fan") for _n in range(number)]
    hall.go_to(hall.day + 30)
    for one in found:
        wait(hall, minutes=5 * 24 * 60 // len(found))
        hall.back(one, target, "like")
    return found


def drops(hall: Hall, target: Idea, number: int) -> list[Profile]:
    """One new account a day, which would pay when it is ten days old: drop by drop."""
    found: list[Profile] = []
    for n in range(number + 10):
        hall.go_to(hall.day + 1)
        if n < number:
            found.append(hall.joined("drop"))
        if n >= 10:
            hall.back(found[n - 10], target, "pay")
    return found


ATTACKS: dict[str, Attack] = {
    "fifty false accounts at once": at_once,
    "a ring of old accounts that vouch for each other": ring,
    "a burst brought by one inviter who is known": one_inviter,
    "a thousand likes without a pledge": likes,
    "one false account a day": drops,
}


def measured(hall: Hall, name: str, targets: list[Idea], number: int) -> Row:
    """The worst of all targets and days. Each is compared with the same hall on the same day without the attack."""
    attack = ATTACKS[name]
    moved: list[int] = []
    undefended: list[int] = []
    taken: Counter[str] = Counter()
    gates = 0
    for target in targets:
        with hall.undone():
            before = Gate.objects.count()
            accounts = attack(hall, target, number)
            end = hall.day
            hall.sleep()
            taken.update(Backing.objects.filter(person__in=accounts, idea=target).values_list("trust", flat=True))
            attacked = places(hall, target, end)
            gates += Gate.objects.count() - before
        with hall.undone():
            if attack is one_inviter:
                backed_by_one(hall, target)
            calm = places(hall, target, end)
        pairs = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(attacked, calm, strict=True)]
        moved.append(max((one for one, _plain in pairs), key=abs))
        undefended.append(max(plain for _one, plain in pairs))
    held = NAMES[taken.most_common(1)[0][0]]
    return Row(name, max(moved, key=abs), min(undefended), held, number, len(targets), gates)


def places(hall: Hall, target: Idea, end: float) -> list[tuple[int, int]]:
    """On the days after the attack: in the order that people see, and were all voices alike."""
    found = []
    for later in LATER:
        hall.go_to(end + later)
        hall.sleep()
        found.append((hall.place(target), hall.place(target, plain=True)))
    return found


def wait(hall: Hall, minutes: float) -> None:
    clock.move(clock.now() + timedelta(minutes=minutes))
