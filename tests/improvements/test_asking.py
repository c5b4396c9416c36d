"""Asking for a change of a product: recorded, counted, limited, taken back; never by the team of the brand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from moothall.config.invariants import offenders
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.improvements import actions, queries
from moothall.improvements.actions import asking
from moothall.improvements.models import Improvement, Voice
from moothall.moderation import actions as moderation
from moothall.people import actions as people
from moothall.people.models import Account, Profile
from tests.improvements.made import asked, brought, fresh, known
from tests.town import Town, acts, person

pytestmark = pytest.mark.django_db


def test_what_is_asked_stands_in_ones_name_with_one_voice(town: Town) -> None:
    pot = town.product()
    made = asked(town.ana, pot, words="It falls off when I pour.")
    assert (made.number, made.asks, made.state) == (1, 1, "open")
    assert [voice.person for voice in Voice.objects.filter(improvement=made)] == [town.ana]
    assert [act.subject_id for act in acts("improvement.asked")] == [made.pk]
    assert acts("improvement.asked")[0].data == {"product": pot.pk, "number": 1}


def test_asked_on_the_revision_there_is(town: Town) -> None:
    pot = town.product()
    brought(town.mira, pot)
    assert asked(town.ana, pot).number == 2


def test_the_same_again_is_the_first(town: Town) -> None:
    pot = town.product()
    assert asked(town.ana, pot) == asked(town.ana, pot)
    assert len(acts("improvement.asked")) == 1


def test_a_voice_counts_once_and_goes_with_who_leaves(town: Town) -> None:
    made = asked(town.ana, town.product())
    for _twice in range(2):
        actions.join(by=town.ben, improvement=fresh(made))
    assert fresh(made).asks == 2
    for _twice in range(2):
        actions.leave(by=town.ben, improvement=fresh(made))
    assert fresh(made).asks == 1
    assert len(acts("improvement.joined")) == len(acts("improvement.left")) == 1
    assert offenders() == {}


def test_who_asked_first_takes_back_and_asks_again(town: Town) -> None:
    made = asked(town.ana, town.product())
    actions.join(by=town.ben, improvement=made)
    with pytest.raises(Refusal, match="take it back instead"):
        actions.leave(by=town.ana, improvement=made)
    with pytest.raises(NotAllowed):
        actions.take_back(by=town.ben, improvement=made)
    for _twice in range(2):
        actions.take_back(by=town.ana, improvement=made)
    assert queries.visible_ids(town.ben, [made.pk]) == set()
    assert list(queries.openable(town.ben).filter(pk=made.pk)) == []
    assert list(queries.openable(town.ana).filter(pk=made.pk)) == [made]
    with pytest.raises(NotAllowed):
        actions.join(by=town.noor, improvement=made)
    actions.ask_again(by=town.ana, improvement=made)
    assert (fresh(made).state, fresh(made).asks) == ("open", 2)
    assert len(acts("improvement.taken_back")) == len(acts("improvement.asked_again")) == 1


def test_what_was_answered_is_not_taken_back_joined_or_left(town: Town) -> None:
    pot = town.product()
    made = asked(town.ana, pot)
    actions.join(by=town.ben, improvement=made)
    brought(town.mira, pot, made)
    deeds: list[tuple[Callable[..., None], Profile]] = [
        (actions.take_back, town.ana),
        (actions.join, town.noor),
        (actions.leave, town.ben),
    ]
    for deed, by in deeds:
        with pytest.raises(Refusal, match="answered already"):
            deed(by=by, improvement=fresh(made))
    assert fresh(made).asks == 2


@pytest.mark.parametrize(
    ("title", "words", "field"),
    [("", "", "title"), ("x" * 81, "", "title"), ("\u200b", "", "title"), ("A lid", "x" * 2001, "words")],
)
def test_what_does_not_fit_is_refused_beside_its_field(town: Town, title: str, words: str, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        asked(town.ana, town.product(), title, words)
    assert refused.value.field == field
    assert not Improvement.objects.exists()


def test_words_are_tidied_before_they_are_kept(town: Town) -> None:
    made = asked(town.ana, town.product(), " A \x00lid\nthat stays ", "One.\r\n\r\n\r\nTwo.\u202e")
    assert (made.title, made.words) == ("A lid that stays", "One.\n\nTwo.")


def test_newcomers_put_one_address_in_and_ask_three_times_a_day(town: Town) -> None:
    pots = [town.product(f"Pot {n}") for n in range(4)]
    with pytest.raises(BadInput, match="1 links"):
        asked(town.ana, pots[0], words="https://one.example https://two.example")
    for pot in pots[:3]:
        asked(town.ana, pot)
    with pytest.raises(Refusal, match="new here"):
        asked(town.ana, pots[3])
    known(town.ana)
    asked(town.ana, pots[3])


def test_five_of_one_person_wait_at_a_product(town: Town) -> None:
    known(town.ana)
    pot = town.product()
    made = [asked(town.ana, pot, f"Change {n}") for n in range(asking.MOST_OPEN)]
    with pytest.raises(Refusal, match="Five of yours"):
        asked(town.ana, pot, "One more")
    actions.take_back(by=town.ana, improvement=made[0])
    asked(town.ana, pot, "One more")


def test_what_one_may_not_see_one_asks_nothing_of(town: Town) -> None:
    draft, pot = town.product("Jug", published=False), town.product()
    made = asked(town.ana, pot)
    with pytest.raises(NotAllowed):
        asked(town.ana, draft)
    people.block(by=town.ana, whom=town.noor)
    with pytest.raises(NotAllowed):
        actions.join(by=town.noor, improvement=made)
    people.block(by=town.ben, whom=town.brand)
    with pytest.raises(NotAllowed):
        asked(town.ben, pot)


def test_like_ones_are_found_by_the_words_of_their_titles(town: Town) -> None:
    known(town.ana)
    pot, other = town.product(), town.product("Jug")
    lid = asked(town.ana, pot, "A lid that stays on")
    asked(town.ana, pot, "Lids of a louder red")
    asked(town.ana, pot, "A longer handle")
    asked(town.ana, other, "A lid")
    found = [one.title for one in queries.like(town.ben, pot, "The lid stays shut")]
    assert found == [lid.title, "Lids of a louder red"]
    assert queries.like(town.ben, pot, "of the and") == []


def test_removed_nobody_sees_or_joins_it_and_restored_it_is_as_before(town: Town) -> None:
    stella = person("Stella Ward", "stella")
    people.make_steward(account=Account.objects.get(profile=stella))
    pot = town.product()
    made = asked(town.ana, pot)
    known(town.ben)
    case = moderation.report(by=town.ben, kind="improvement", id=made.pk, sort="spam").case
    moderation.hide(by=stella, case=case, reason="It sells something.")
    assert list(queries.asked_of(pot, town.ana)) == list(queries.at_desk(town.mira, town.brand)) == []
    with pytest.raises(NotAllowed):
        actions.join(by=town.ben, improvement=fresh(made))
    with pytest.raises(Refusal):
        brought(town.mira, pot, made)
    assert offenders() == {}
    moderation.appeal(by=town.ana, case=case, words="It does not.")
    case.refresh_from_db()
    other = person("Otto Ward", "otto")
    people.make_steward(account=Account.objects.get(profile=other))
    moderation.restore(by=other, case=case, answer="It does not.")
    assert [one.pk for one in queries.asked_of(pot, town.ben)] == [made.pk]
    assert offenders() == {}
