"""The machine among people: who follows, mutes and blocks whom, and who is in whose team."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from moothall.people import actions as people
from moothall.people.models import Profile

from .ground import CHOICE, PERSON, Ground

ROLE = st.sampled_from([*people.ROLES, "king"])


class Ties(Ground):
    def anybody(self, choice: int) -> Profile:
        return self.brands[choice % 2] if choice % 6 > 3 else self.person(choice % 6)

    @rule(who=PERSON, whom=CHOICE)
    def follow(self, who: int, whom: int) -> None:
        self.may(lambda: people.follow(by=self.person(who), source=self.anybody(whom)))

    @rule(who=PERSON, whom=CHOICE)
    def unfollow(self, who: int, whom: int) -> None:
        self.may(lambda: people.unfollow(by=self.person(who), source=self.anybody(whom)))

    @rule(who=PERSON, whom=CHOICE, ends=st.booleans())
    def mute(self, who: int, whom: int, ends: bool) -> None:
        by, of = self.person(who), self.anybody(whom)
        self.may(lambda: people.unmute(by=by, whom=of) if ends else people.mute(by=by, whom=of))

    @rule(who=PERSON, whom=CHOICE)
    def block(self, who: int, whom: int) -> None:
        self.may(lambda: people.block(by=self.person(who), whom=self.anybody(whom)))

    @rule(who=PERSON, whom=CHOICE)
    def unblock(self, who: int, whom: int) -> None:
        self.may(lambda: people.unblock(by=self.person(who), whom=self.anybody(whom)))

    # ---- teams

    @rule(brand=st.integers(0, 1), by=CHOICE, who=PERSON, role=ROLE)
    def ask_into_the_team(self, brand: int, by: int, who: int, role: str) -> None:
        of = self.brands[brand]
        self.may(lambda: people.invite_to_team(by=self.owner(of, by), brand=of, person=self.person(who), role=role))

    @rule(brand=st.integers(0, 1), who=PERSON, wishes=st.booleans())
    def answer_the_team(self, brand: int, who: int, wishes: bool) -> None:
        do = people.join_team if wishes else people.decline_team
        self.may(lambda: do(by=self.person(who), brand=self.brands[brand]))

    @rule(brand=st.integers(0, 1), by=CHOICE, who=PERSON)
    def ask_no_more(self, brand: int, by: int, who: int) -> None:
        of = self.brands[brand]
        self.may(lambda: people.take_back_team_invitation(by=self.owner(of, by), brand=of, person=self.person(who)))

    @rule(brand=st.integers(0, 1), by=CHOICE, who=PERSON, role=ROLE)
    def give_a_role(self, brand: int, by: int, who: int, role: str) -> None:
        of = self.brands[brand]
        self.may(lambda: people.change_role(by=self.owner(of, by), brand=of, person=self.person(who), role=role))

    @rule(brand=st.integers(0, 1), who=PERSON)
    def leave_the_team(self, brand: int, who: int) -> None:
        person = self.person(who)
        self.may(lambda: people.leave_team(by=person, brand=self.brands[brand], person=person))
