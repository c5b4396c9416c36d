"""What people say: who may, what is kept, what is counted, what is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.activity.models import Act
from moothall.core import clock, search, work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ideas import actions as ideas
from moothall.ideas.models import Idea
from moothall.people import actions as people
from moothall.talk import actions, queries
from moothall.talk.models import Comment, Mention, Reaction
from tests.talk.made import idea_of, known, said
from tests.town import Town, acts, person, take_in

pytestmark = pytest.mark.django_db


def test_said_once_and_recorded(town: Town) -> None:
    idea = idea_of(town.ana)
    made = said(town.ben, idea, "  It drips.\n\n\n\nOn the left.  ")
    assert (made.words, made.state, made.parent_id) == ("It drips.\n\nOn the left.", Comment.STANDS, None)
    act = acts("comment.made")[0]
    assert (act.audience, act.reach, act.subject_id) == ("subject", "", made.pk)
    assert said(town.ben, idea, "It drips.\n\nOn the left.") == made, "pressed twice is once"
    assert len(acts("comment.made")) == 1


def test_the_same_words_later_are_another_comment(town: Town) -> None:
    idea = idea_of(town.ana)
    said(town.ben, idea, "Yes")
    clock.move(clock.now() + actions.AGAIN + timedelta(seconds=1))
    said(town.ben, idea, "Yes")
    assert Comment.objects.count() == 2


@pytest.mark.parametrize("words", ["", " \n ", "x" * 4001, "\u200b"])
def test_what_is_empty_or_too_long_is_refused_beside_its_field(town: Town, words: str) -> None:
    idea = idea_of(town.ana)
    with pytest.raises(BadInput) as refused:
        said(town.ben, idea, words)
    assert refused.value.field == "words"
    assert not Comment.objects.exists()


def test_who_does_not_see_it_says_nothing(town: Town) -> None:
    idea = idea_of(town.ana)
    made = said(town.ben, idea)
    people.block(by=town.ana, whom=town.noor)
    people.block(by=town.ben, whom=town.mira)
    with pytest.raises(NotAllowed):
        said(town.noor, idea)
    with pytest.raises(NotAllowed):
        actions.answer(by=town.mira, to=made, words="Hello")
    with pytest.raises(NotAllowed):
        actions.react(by=town.mira, comment=made, sort="agree")
    with pytest.raises(NotAllowed):
        said(town.brand, idea)
    ideas.withdraw(by=town.ana, idea=idea)
    with pytest.raises(NotAllowed):
        said(town.ben, idea, "Once more")
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("kind", ["product", "profile", "comment", "contribution", "nothing", "token"])
def test_only_what_says_so_is_commented_on(town: Town, kind: str) -> None:
    town.product()
    with pytest.raises(NotAllowed):
        actions.say(by=town.ben, kind=kind, id=1, words="Hello")


def test_an_answer_to_an_answer_goes_to_what_that_one_answers(town: Town) -> None:
    root = said(town.ben, idea_of(town.ana))
    one = actions.answer(by=town.noor, to=root, words="With me too.")
    two = actions.answer(by=town.ana, to=one, words="Which hand?")
    root.refresh_from_db()
    assert [(one.parent_id, one.nth), (two.parent_id, two.nth)] == [(root.pk, 1), (root.pk, 2)]
    assert (root.answers, root.live) == (2, 2)


def test_who_is_in_a_team_speaks_as_of_it(town: Town) -> None:
    """On equal ground: a labelled person, also on the idea that their brand may judge."""
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="agent")
    idea = idea_of(town.ana, town.brand)
    assert said(town.ben, idea).brand == town.brand
    assert said(town.noor, idea).brand is None
    other = town.another_brand()
    assert said(town.mira, idea_of(town.noor, other)).brand == town.brand
    people.leave_team(by=town.ben, brand=town.brand, person=town.ben)
    assert said(town.ben, idea, "As myself").brand is None
    assert Comment.objects.filter(by=town.ben, brand=town.brand).count() == 1, "what was said before stays labelled"


def test_changed_words_say_so(town: Town) -> None:
    made = said(town.ben, idea_of(town.ana))
    with pytest.raises(NotAllowed):
        actions.edit(by=town.ana, comment=made, words="Mine")
    actions.edit(by=town.ben, comment=made, words=made.words)
    assert not Comment.objects.exclude(edited=None).exists()
    actions.edit(by=town.ben, comment=made, words="It pours.")
    made.refresh_from_db()
    assert made.words == "It pours."
    assert made.edited
    assert len(acts("comment.edited")) == 1


def test_taken_back_and_brought_back_within_a_day(town: Town) -> None:
    root = said(town.ben, idea_of(town.ana))
    made = actions.answer(by=town.noor, to=root, words="Never mind")
    with pytest.raises(NotAllowed):
        actions.withdraw(by=town.ben, comment=made)
    for _twice in range(2):
        actions.withdraw(by=town.noor, comment=made)
    assert len(acts("comment.withdrawn")) == 1
    assert Comment.objects.get(pk=root.pk).live == 0
    assert queries.visible_ids(town.ben, [made.pk]) == set()
    for _twice in range(2):
        actions.bring_back(by=town.noor, comment=made)
    assert (made.state, Comment.objects.get(pk=root.pk).live) == (Comment.STANDS, 1)
    actions.withdraw(by=town.noor, comment=made)
    clock.move(clock.now() + queries.UNDO)
    with pytest.raises(Refusal, match="more than a day"):
        actions.bring_back(by=town.noor, comment=made)


def test_the_words_of_what_was_taken_back_are_forgotten_after_a_day(town: Town) -> None:
    made, other = said(town.ben, idea_of(town.ana)), said(town.noor, idea_of(town.mira))
    actions.withdraw(by=town.ben, comment=made)
    assert actions.forget_withdrawn() == 0
    clock.move(clock.now() + queries.UNDO)
    assert actions.forget_withdrawn() == 1
    assert actions.forget_withdrawn() == 0
    assert Comment.objects.get(pk=made.pk).words == ""
    assert Comment.objects.get(pk=other.pk).words == other.words


def test_one_reaction_a_person_the_last_one(town: Town) -> None:
    made = said(town.ben, idea_of(town.ana))
    for sort in ("helpful", "agree", "agree", "disagree"):
        actions.react(by=town.noor, comment=made, sort=sort)
    actions.react(by=town.ana, comment=made, sort="disagree")
    made.refresh_from_db()
    assert (made.helpful, made.agree, made.disagree) == (0, 0, 2)
    assert len(acts("comment.reacted")) == 4
    for _twice in range(2):
        actions.unreact(by=town.noor, comment=made)
    made.refresh_from_db()
    assert made.disagree == Reaction.objects.count() == 1
    with pytest.raises(Refusal, match="It is yours"):
        actions.react(by=town.ben, comment=made, sort="agree")
    with pytest.raises(BadInput):
        actions.react(by=town.noor, comment=made, sort="love")


STEPS = st.lists(
    st.tuples(st.sampled_from(["ana", "noor", "mira"]), st.sampled_from([*Reaction.SORTS, "none"])), max_size=8
)


@given(steps=STEPS)
def test_what_is_counted_is_what_is_there(town: Town, steps: list[tuple[str, str]]) -> None:
    Reaction.objects.all().delete()
    Comment.objects.all().delete()
    idea = Idea.objects.first() or idea_of(town.ana)
    made = Comment.objects.create(by=town.ben, subject_kind="idea", subject_id=idea.pk, words="Yes")
    for who, sort in steps:
        by = getattr(town, who)
        actions.unreact(by=by, comment=made) if sort == "none" else actions.react(by=by, comment=made, sort=sort)
    made.refresh_from_db()
    for sort in Reaction.SORTS:
        assert getattr(made, sort) == Reaction.objects.filter(comment=made, sort=sort).count()


# ---- a day's measure


def test_who_is_new_says_less(town: Town) -> None:
    idea = idea_of(town.ana)
    for n in range(actions.NEW_A_DAY):
        said(town.ben, idea, f"Number {n}")
    with pytest.raises(Refusal, match="You are new here"):
        said(town.ben, idea, "One more")
    known(town.ben)
    for n in range(actions.NEW_A_DAY, actions.A_DAY):
        said(town.ben, idea, f"Number {n}")
    with pytest.raises(Refusal, match="100 of these a day"):
        said(town.ben, idea, "One more")
    clock.move(clock.now() + timedelta(days=1))
    said(town.ben, idea, "A day later")


def test_who_is_new_sends_two_links(town: Town) -> None:
    idea = idea_of(town.ana)
    words = "https://a.example http://b.example HTTPS://c.example"
    with pytest.raises(BadInput, match="2 links"):
        said(town.ben, idea, words)
    made = said(town.ben, idea, "https://a.example http://b.example")
    with pytest.raises(BadInput, match="2 links"):
        actions.edit(by=town.ben, comment=made, words=words)
    known(town.ben)
    actions.edit(by=town.ben, comment=made, words=words)
    with pytest.raises(BadInput, match="20 links"):
        said(town.ben, idea, "https://a.example " * 21)


# ---- who sees it


def test_blocked_people_and_answers_to_them_are_not_there(town: Town) -> None:
    idea = idea_of(town.ana)
    root = said(town.ben, idea)
    under = actions.answer(by=town.mira, to=root, words="So it does.")
    own = actions.answer(by=town.ben, to=said(town.mira, idea, "And mine"), words="Yours too")
    people.block(by=town.noor, whom=town.ben)
    assert queries.visible_ids(town.noor, [root.pk, under.pk, own.pk]) == set()
    assert queries.visible_ids(town.ben, [root.pk, under.pk, own.pk]) == {root.pk, under.pk, own.pk}
    assert [one.by for one in queries.roots(town.noor, "idea", idea.pk)] == [town.mira]
    assert set(queries.cards(None, [root.pk, under.pk])) == {root.pk, under.pk}
    assert queries.cards(town.noor, [root.pk, under.pk]) == {}


def test_a_comment_goes_with_its_idea(town: Town) -> None:
    idea = idea_of(town.ana)
    made = said(town.ben, idea)
    assert queries.visible_to(None, made.public) == made
    ideas.withdraw(by=town.ana, idea=idea)
    assert queries.visible_to(None, made.public) is None
    assert queries.placed(town.ben, made.public) is None


def test_found_by_its_words_until_it_is_taken_back(town: Town) -> None:
    made = said(town.ben, idea_of(town.ana), "A spout for sinistral people")

    def found() -> list[int]:
        while work.do_some(work.known()["search"]):
            pass
        return list(search.find(None, "sinistral", ["comment"], limit=5).ids["comment"])

    assert found() == [made.pk]
    actions.withdraw(by=town.ben, comment=made)
    assert found() == []


# ---- who is called by name


def test_ten_people_are_called_by_name_and_no_more_by_changing_it(town: Town) -> None:
    crowd = [person(f"Person {n}", f"person-{n}") for n in range(15)]
    made = said(town.ben, idea_of(town.ana), "@ana " + " ".join(f"@{one.handle}" for one in crowd[:5]))
    assert Mention.objects.count() == 6
    actions.edit(by=town.ben, comment=made, words=" ".join(f"@{one.handle}" for one in crowd))
    assert Mention.objects.count() == actions.MOST_NAMED
    assert len(Act.objects.get(verb="comment.edited").data["named"]) == 4
    actions.edit(by=town.ben, comment=made, words="@noor")
    assert Mention.objects.count() == actions.MOST_NAMED


def test_nobody_is_called_who_is_not_seen(town: Town) -> None:
    people.block(by=town.noor, whom=town.ben)
    said(town.ben, idea_of(town.ana), "@noor @nobody-here @ben @mira ana@example.org https://x.example/@ana")
    assert [one.person for one in Mention.objects.all()] == [town.mira]
