"""A hall as honest people fill it, by the actions and day by day: members who came over most of a year, what they buy
and stand behind, and newcomers. The same each time; ABUSE_SEED makes another."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from django.db import transaction

from moothall.catalog.models import Variant
from moothall.core import clock, work
from moothall.core.money import Money
from moothall.ideas import actions, queries, weights
from moothall.ideas.models import Backing, Idea, Standing
from moothall.people import actions as people
from moothall.people.models import Account, Invitation, Profile
from moothall.pools.models import Pool
from tests import town as the_town
from tests.conftest import Till
from tests.ideas.concepts import gathering, pledged
from tests.ideas.made import WORDS, proposed
from tests.town import Town

OPENED = datetime(2027, 1, 4, 9, tzinfo=UTC)
YEAR, NEWCOMING, LAUNCH = 300, 45, 315  # the day that newcomers begin to come, for how many days, and the launch
SEED = int(os.environ.get("ABUSE_SEED", "4"))
LEVELS = ("like",) * 60 + ("follow",) * 25 + ("pay",) * 15


@dataclass
class Size:
    members: int
    ideas: int
    newcomers: int
    voices: int = 5  # of a member, on average


@dataclass
class Hall:
    size: Size
    till: Till
    lot: random.Random = field(default_factory=lambda: random.Random(SEED))
    members: list[Profile] = field(default_factory=list)
    ideas: list[Idea] = field(default_factory=list)
    newcomers: list[Profile] = field(default_factory=list)
    crowded: set[int] = field(default_factory=set)  # newcomers who waited in a crowd after their first week
    plans: list[tuple[float, Callable[[], object]]] = field(default_factory=list)
    links: list[int] = field(default_factory=list)  # of members, the newest last
    number: int = 0

    def build(self) -> None:
        clock.let_go()
        clock.move(OPENED)
        self.town: Town = the_town.make()
        self.thing: Variant = self.town.variant("Salt jar", left=None)
        actions.set_mark(by=self.town.mira, brand=self.town.brand, voices=10_000, days=28)
        self._plan_members()
        self._plan_launch()
        self._plan_newcomers()
        self.play()

    # ---- time

    def plan(self, day: float, do: Callable[[], object]) -> None:
        self.plans.append((day, do))

    def play(self) -> None:
        """All that is planned, in the order of time; each night the daily look, as in any hall."""
        night = 0
        while self.plans:
            self.plans.sort(key=lambda one: one[0])
            day, do = self.plans.pop(0)
            if day > YEAR and int(day) > night:
                night = int(day)
                self.go_to(night)
                self.sleep()
            self.go_to(day)
            do()
        self.go_to(YEAR + NEWCOMING + 1)
        self.sleep()

    def go_to(self, day: float) -> None:
        clock.move(max(OPENED + timedelta(days=day), clock.now()))

    def sleep(self) -> None:
        actions.weigh_all()
        work.do_due()
        old = clock.now() - weights.WAIT
        rows = Backing.objects.filter(trust=weights.CROWD, person__in=self.newcomers, person__since__lt=old)
        self.crowded |= set(rows.values_list("person", flat=True))

    @property
    def day(self) -> float:
        return (clock.now() - OPENED) / timedelta(days=1)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What is done within is as if it had never been, and so is the time it took."""
        then = clock.now()
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        clock.let_go()
        clock.move(then)

    # ---- what people do

    def joined(self, stem: str = "person") -> Profile:
        self.number += 1
        handle = f"{stem}-{self.number}"
        account = Account(email=f"{handle}@example.org", password="!")
        return people.join(account=account, name=handle.capitalize(), handle=handle).profile

    def brought(self, invitation: Invitation, stem: str = "person") -> Profile:
        """By somebody's link: they follow each other from then on."""
        who = self.joined(stem)
        people.bring(account=Account.objects.get(profile=who), invitation=invitation)
        people.meet(by=who, invitation=invitation)
        return who

    def back(self, who: Profile, idea: Idea, level: str = "") -> None:
        level = level or self.lot.choice(LEVELS)
        price = Money(self.lot.randrange(25, 45) * 100, "GBP") if level == "pay" else None
        if who.pk != idea.lead_id:
            actions.back(by=who, idea=idea, level=level, price=price)

    def buy(self, who: Profile) -> None:
        self.town.bought(who, {self.thing: 1})

    def some_idea(self) -> Idea:
        """The earlier ones the likelier, as what is seen more is backed more."""
        parts = [1 / (n + 2) ** 0.8 for n in range(len(self.ideas))]
        return self.lot.choices(self.ideas, parts)[0]

    # ---- members

    def _plan_members(self) -> None:
        for n in range(self.size.members):
            day = 10 * self.lot.random() if n < self.size.ideas else 10 + 250 * self.lot.random()
            self.plan(day, self._come)
        for n in range(self.size.ideas):
            self.plan(11 + 0.01 * n if n < 3 else 12 + 180 * self.lot.random(), self._propose)

    def _come(self) -> None:
        who = self.joined()
        self.members.append(who)
        if self.lot.random() < 0.6:
            self.plan(self.day + 40 * self.lot.random(), lambda: self.buy(who))
        for _voice in range(self.lot.randrange(2 * self.size.voices + 1)):
            day = max(self.day, 14) + (YEAR - self.day) * self.lot.random()
            self.plan(day, lambda: self.back(who, self.some_idea()))
        for other in self.lot.sample(self.members, min(3, len(self.members))):
            if other != who:
                people.follow(by=who, source=other)

    def _propose(self) -> None:
        leads = {idea.lead_id for idea in self.ideas}
        lead = next(one for one in self.members if one.pk not in leads)
        words = replace(WORDS, title=f"Thing {len(self.ideas)} of {lead.name}")
        self.ideas.append(proposed(lead, words, brand=self.town.brand))

    # ---- newcomers, and the launch of one idea

    def _plan_launch(self) -> None:
        """One idea begins to gather pledges; members hear of it, and some bring friends."""
        self.plan(LAUNCH, self._launch)

    def _launch(self) -> None:
        lead = next(one for one in reversed(self.members) if not Idea.objects.filter(lead=one).exists())
        self.pool: Pool = gathering(self.town, self.town.brand, "The launch", lead=lead)
        self.launched = Idea.objects.select_related("lead", "brand", "into").get(concept=self.pool.product_id)
        for one in self.lot.sample(self.members, self.size.members // 8):
            self.plan(LAUNCH + self.lot.random(), partial(self.back, one, self.launched))
        number = self.size.newcomers // 5
        link = people.invite(by=lead)
        for n in range(number):
            day = LAUNCH + 0.1 + 0.9 * self.lot.random()
            if n < number // 5:  # friends of the lead's, all by one link
                self.plan(day, lambda: self._arrive(link, at_launch=True))
            elif n < number // 2:  # friends of members, three or so by each
                self.plan(day, lambda: self._arrive(self._link(), at_launch=True))
            else:
                self.plan(day, lambda: self._arrive(None, at_launch=True))

    def _plan_newcomers(self) -> None:
        for n in range(self.size.newcomers - self.size.newcomers // 5):
            day = YEAR + NEWCOMING * self.lot.random()
            self.plan(day, partial(self._drop_in, n))

    def _drop_in(self, number: int) -> None:
        self._arrive(self._link() if number % 10 < 3 else None)

    def _link(self) -> Invitation:
        """A member's, used by four at most."""
        free = [one for one in Invitation.objects.filter(pk__in=self.links[-8:]).order_by("pk") if one.uses < 4]
        if free:
            return self.lot.choice(free)
        made = people.invite(by=self.lot.choice(self.members))
        self.links.append(made.pk)
        return made

    def _arrive(self, link: Invitation | None, *, at_launch: bool = False) -> None:
        """A third buys something in three weeks, most of them at once; who comes to a launch mostly backs that, and
        some of them pledge within three days; all back an idea or some over the weeks, or none."""
        who = self.brought(link) if link else self.joined()
        self.newcomers.append(who)
        lot, day = self.lot, self.day
        if lot.random() < 0.35:
            self.plan(day + (0.05 if lot.random() < 0.6 else 20 * lot.random()), lambda: self.buy(who))
        if lot.random() < 0.25:
            fan = lot.choice(self.members)
            self.plan(day + 10 * lot.random(), lambda: people.follow(by=fan, source=who))
        if at_launch and lot.random() < 0.7:
            self.plan(day + 0.02, lambda: self.back(who, self.launched))
            if lot.random() < 0.3:
                self.plan(day + 3 * lot.random(), lambda: self.pledge(who))
        for _voice in range(lot.choice((0, 1, 1, 2, 3, 4))):
            later = day + (0.05 if lot.random() < 0.5 else 15 * lot.random())
            self.plan(later, lambda: self.back(who, self.some_idea()))

    def pledge(self, who: Profile) -> None:
        pledged(self.town, self.till, who, self.pool, 30 + self.lot.randrange(15))

    # ---- the order

    def knows(self, who: Profile) -> bool:
        return Standing.objects.filter(person=who).exclude(by="").exists()

    def ask_for_more(self, number: int) -> None:
        """The brand asks for a few voices fewer than any idea would have with so many more: no honest one is there."""
        most = max(Idea.objects.values_list("pays", flat=True)) + number // 2
        actions.set_mark(by=self.town.mira, brand=self.town.brand, voices=most, days=28)

    def place(self, idea: Idea, *, plain: bool = False) -> int:
        """In the list that everybody sees; or were all voices weighed alike."""
        rows = queries.listed(None)
        if plain:
            rows = rows.order_by("-weight", "-id")
        return list(rows.values_list("pk", flat=True)).index(idea.pk)
