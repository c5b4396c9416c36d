"""The machine at the gates: what a brand judges, and what a lead says to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from moothall.core import clock
from moothall.ideas import actions
from moothall.ideas.gates import Gate, Sheet, today
from tests.ideas.gated import FIGURES, pounds

from .ground import CHOICE, PERSON
from .shaping import Shaping

ROYALTY = st.sampled_from([0, 500, 3333])


class Gates(Shaping):
    def gate(self, choice: int) -> Gate | None:
        found: Gate | None = self.one(Gate.objects.select_related("idea__lead", "idea__brand", "brand"), choice)
        return found

    @rule(brand=st.integers(0, 1), by=CHOICE, voices=st.integers(1, 3))
    def set_a_mark(self, brand: int, by: int, voices: int) -> None:
        of = self.brands[brand]
        self.may(lambda: actions.set_mark(by=self.owner(of, by), brand=of, voices=voices, days=7))

    @rule(brand=st.integers(0, 1), by=CHOICE, choice=CHOICE)
    def take_to_a_gate(self, brand: int, by: int, choice: int) -> None:
        of, idea = self.brands[brand], self.idea(choice)
        if idea:
            due = today() + timedelta(days=9)
            self.may(lambda: actions.take_to_gate(by=self.owner(of, by), brand=of, idea=idea, due=due))

    @rule(choice=CHOICE, by=CHOICE, royalty=ROYALTY)
    def fill_in_a_sheet(self, choice: int, by: int, royalty: int) -> None:
        gate = self.gate(choice)
        if gate:
            who, figures = self.owner(gate.brand, by), replace(FIGURES, royalty=royalty)
            self.may(lambda: actions.keep_sheet(by=who, gate=gate, figures=figures))

    @rule(
        choice=CHOICE,
        by=CHOICE,
        state=st.sampled_from(["go", "go", "go", "no", "needs"]),
        price=st.sampled_from([24, 36]),
        run=st.integers(1, 3),
    )
    def judge(self, choice: int, by: int, state: str, price: int, run: int) -> None:
        gate = self.gate(choice)
        if gate:
            who, go = self.owner(gate.brand, by), actions.Go(pounds(price), run, days=7, weeks=2)
            self.may(lambda: actions.judge(by=who, gate=gate, state=state, reasons="So.", change="Less.", go=go))

    @rule(choice=CHOICE, by=CHOICE)
    def take_a_judgement_back(self, choice: int, by: int) -> None:
        gate = self.gate(choice)
        if gate:
            self.may(lambda: actions.undo(by=self.owner(gate.brand, by), gate=gate, why="A slip."))

    @rule(choice=CHOICE, by=CHOICE)
    def say_yes(self, choice: int, by: int) -> None:
        gate = self.gate(choice)
        if gate:
            self.may(lambda: actions.accept(by=self.other(gate.idea.lead, by), gate=gate))

    @rule(choice=CHOICE, by=CHOICE)
    def come_to_the_gate_again(self, choice: int, by: int) -> None:
        gate = self.gate(choice)
        if gate:
            self.may(lambda: actions.come_again(by=self.other(gate.idea.lead, by), gate=gate))

    @rule(choice=CHOICE, by=CHOICE, answers=st.booleans())
    def appeal_or_answer(self, choice: int, by: int, answers: bool) -> None:
        gate = self.gate(choice)
        if gate and answers:
            self.may(lambda: actions.answer_appeal(by=self.owner(gate.brand, by), gate=gate, words="No."))
        elif gate:
            self.may(lambda: actions.appeal(by=self.other(gate.idea.lead, by), gate=gate, words="Look again."))

    @rule(choice=CHOICE, who=PERSON, ends=st.booleans())
    def argue(self, choice: int, who: int, ends: bool) -> None:
        gate, by = self.gate(choice), self.person(who)
        if gate and ends:
            sheet = self.one(Sheet.objects.filter(own=False).select_related("by"), choice)
            if sheet:
                self.may(lambda: actions.end_argument(by=self.other(sheet.by, choice), sheet=sheet))
        elif gate:
            self.may(lambda: actions.argue(by=by, gate=gate, figures=FIGURES, words="Cheaper."))

    @rule(days=st.sampled_from([1, 8, 30]))
    def wait_for_days(self, days: int) -> None:
        """And what is done once a day."""
        clock.move(clock.now() + timedelta(days=days))
        actions.weigh_all()
        actions.tell_overdue()
        actions.bring_to_gates()
