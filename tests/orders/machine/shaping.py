"""The machine upstairs: ideas are proposed, said better, backed, led by others, merged and separated."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from moothall.ideas import actions
from moothall.ideas.models import Author, Backing, Contribution, Idea, Merger
from moothall.people.models import Profile
from tests.ideas.made import WORDS, proposed
from tests.town import money

from .ground import CHOICE, PERSON, Ground

PRICE = st.sampled_from(["30", "36", "40"])
LEVEL = st.sampled_from(["like", "follow", "pay", "pay"])


class Shaping(Ground):
    said = 0

    def other(self, right: Profile, choice: int) -> Profile:
        """Mostly who may; now and then somebody else."""
        return self.person(choice) if choice % 7 == 6 else right

    def idea(self, choice: int) -> Idea | None:
        found: Idea | None = self.one(Idea.objects.select_related("lead", "brand", "into"), choice)
        return found

    def new_words(self) -> str:
        self.said += 1
        return f"Said so, number {self.said}."

    # ---- writing

    @rule(who=PERSON, to=st.integers(0, 2))
    def propose(self, who: int, to: int) -> None:
        brand = [self.town.brand, self.wool, None][to]
        self.may(lambda: proposed(self.person(who), replace(WORDS, use=self.new_words()), brand=brand))

    @rule(who=PERSON, number=st.integers(1, 3), choice=CHOICE)
    def begin_from_it(self, who: int, number: int, choice: int) -> None:
        idea = self.idea(choice)
        if idea:
            self.may(lambda: actions.fork(by=self.person(who), idea=idea, number=number))

    @rule(choice=CHOICE, by=CHOICE, ends=st.booleans())
    def go_on_with_a_draft(self, choice: int, by: int, ends: bool) -> None:
        draft = self.one(Idea.objects.filter(stage=Idea.DRAFT).select_related("lead", "brand"), choice)
        if draft is None:
            return
        who = self.other(draft.lead, by)
        words = replace(WORDS, use=self.new_words())

        def do() -> None:
            if ends:
                actions.discard(by=who, idea=draft)
            else:
                kept = actions.keep_draft(by=who, words=words, brand=draft.brand, idea=draft)
                actions.propose(by=who, idea=kept)

        self.may(do)

    @rule(choice=CHOICE, by=CHOICE, back=st.integers(0, 1))
    def revise(self, choice: int, by: int, back: int) -> None:
        idea = self.idea(choice)
        if idea:
            words = replace(WORDS, use=self.new_words())
            who = self.other(idea.lead, by)
            self.may(lambda: actions.revise(by=who, idea=idea, words=words, base=idea.number - back))

    @rule(choice=CHOICE, by=CHOICE, again=st.booleans())
    def withdraw_or_bring_back(self, choice: int, by: int, again: bool) -> None:
        idea = self.idea(choice)
        if idea:
            do = actions.bring_back if again else actions.withdraw
            self.may(lambda: do(by=self.other(idea.lead, by), idea=idea))

    # ---- contributions

    @rule(choice=CHOICE, who=PERSON)
    def contribute(self, choice: int, who: int) -> None:
        idea = self.idea(choice)
        if idea:
            by, said, base = self.person(who), self.new_words(), idea.number
            self.may(lambda: actions.contribute(by=by, idea=idea, part="use", words=said, why="", base=base))

    @rule(choice=CHOICE, by=CHOICE, how=st.sampled_from(["take in", "take in", "decline", "take back"]))
    def answer_a_contribution(self, choice: int, by: int, how: str) -> None:
        one = self.one(Contribution.objects.select_related("idea__lead", "by"), choice)
        if one is None:
            return
        if how == "take back":
            self.may(lambda: actions.take_back(by=self.other(one.by, by), contribution=one))
        elif how == "decline":
            self.may(lambda: actions.decline(by=self.other(one.idea.lead, by), contribution=one, answer="No"))
        else:
            base = one.idea.number
            self.may(lambda: actions.take_in(by=self.other(one.idea.lead, by), contribution=one, base=base))

    # ---- voices

    @rule(choice=CHOICE, who=PERSON, level=LEVEL, price=PRICE)
    def stand_behind(self, choice: int, who: int, level: str, price: str) -> None:
        idea = self.idea(choice)
        if idea:
            at = money(price) if level == "pay" else None
            self.may(lambda: actions.back(by=self.person(who), idea=idea, level=level, price=at))

    @rule(choice=CHOICE, who=PERSON)
    def stand_behind_no_more(self, choice: int, who: int) -> None:
        idea = self.idea(choice)
        if idea:
            self.may(lambda: actions.unback(by=self.person(who), idea=idea))

    @invariant()
    def voices_are_what_a_plain_count_says(self) -> None:
        """The strongest of what each said of an idea and of those merged into it, unless they said anew since."""
        said = list(Backing.objects.values_list("idea", "person", "level", "at", "pk"))
        own = {(idea, person): at for idea, person, _level, at, _pk in said}
        ideas = {one.pk: one for one in Idea.objects.all()}
        for head in ideas.values():
            best: dict[int, tuple[int, str]] = {}
            for pk, person, level, _at, _row in said:
                idea = ideas[pk]
                mine, merged = idea == head, idea.into_id == head.pk
                if not (mine or merged) or (person == head.lead_id and head.joined):
                    continue
                anew = own.get((head.pk, person))
                if merged and anew is not None and idea.merged is not None and anew >= idea.merged:
                    continue
                strength = Backing.WEIGHTS[level], level
                best[person] = max(best.get(person, (0, "")), strength)
            found = [level for _weight, level in best.values()]
            assert (head.likes, head.follows, head.pays) == tuple(map(found.count, ("like", "follow", "pay"))), head.pk

    # ---- who leads

    @rule(choice=CHOICE, by=CHOICE, who=PERSON)
    def ask_to_lead(self, choice: int, by: int, who: int) -> None:
        idea = self.idea(choice)
        if idea:
            by_ = self.other(idea.lead, by)
            self.may(lambda: actions.invite_author(by=by_, idea=idea, person=self.person(who)))

    @rule(choice=CHOICE, by=CHOICE, how=st.sampled_from(["join", "join", "leave", "offer", "keep", "take"]))
    def change_who_leads(self, choice: int, by: int, how: str) -> None:
        author = self.one(Author.objects.select_related("idea__lead", "person"), choice)
        if author is None:
            return
        lead, they = self.other(author.idea.lead, by), self.other(author.person, by)
        if how == "offer":
            self.may(lambda: actions.offer_lead(by=lead, author=author))
        elif how == "take":
            self.may(lambda: actions.take_lead(by=they, author=author))
        elif how == "join":
            self.may(lambda: actions.join_authors(by=they, author=author))
        elif how == "leave":
            self.may(lambda: actions.leave_authors(by=they, author=author))
        else:
            self.may(lambda: actions.keep_lead(by=they, author=author))

    @rule(who=st.integers(0, 40))
    def leave_all_behind(self, who: int) -> None:
        """As before an account ends."""
        if who < 3:
            self.may(lambda: actions.pass_on(by=self.person(who)))

    # ---- merging

    @rule(choice=CHOICE, by=CHOICE, other=CHOICE)
    def ask_to_merge(self, choice: int, by: int, other: int) -> None:
        idea, into = self.idea(choice), self.idea(other)
        if idea and into:
            self.may(lambda: actions.ask_merger(by=self.other(idea.lead, by), idea=idea, into=into))

    @rule(choice=CHOICE, by=CHOICE, how=st.sampled_from(["yes", "yes", "yes", "no", "back"]))
    def answer_a_merger(self, choice: int, by: int, how: str) -> None:
        asked = self.one(Merger.objects.select_related("idea__lead", "into__lead"), choice)
        if asked is None:
            return
        into, idea = self.other(asked.into.lead, by), self.other(asked.idea.lead, by)
        if how == "yes":
            self.may(lambda: actions.accept_merger(by=into, merger=asked))
        elif how == "no":
            self.may(lambda: actions.decline_merger(by=into, merger=asked))
        else:
            self.may(lambda: actions.take_back_merger(by=idea, merger=asked))

    @rule(choice=CHOICE, by=CHOICE, whose=st.booleans())
    def separate(self, choice: int, by: int, whose: bool) -> None:
        stands = self.one(Merger.objects.filter(state=Merger.STANDS).select_related("idea__lead", "into__lead"), choice)
        if stands:
            who = self.other(stands.idea.lead if whose else stands.into.lead, by)
            self.may(lambda: actions.unmerge(by=who, merger=stands))
