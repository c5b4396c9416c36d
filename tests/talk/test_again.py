"""What is sent twice, changed, taken back or removed: nothing is lost of it, and nothing stays where it should not."""

from __future__ import annotations

import os
import time
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from moothall.activity.models import Act
from moothall.config.keeping import tidy
from moothall.core import clock, pictures, search, work
from moothall.core.models import Picture
from moothall.core.refusals import Refusal
from moothall.ideas import actions as ideas
from moothall.moderation import actions as moderation
from moothall.people import actions as people
from moothall.people.models import Profile
from moothall.talk import actions, queries
from moothall.talk.models import Comment
from tests.moderation.made import reported, steward
from tests.pages.places import png
from tests.talk.made import idea_of, said
from tests.town import Town, acts, signed_in

pytestmark = pytest.mark.django_db


def picture(color: str = "#804020") -> Picture:
    return pictures.keep(png(color))


def aged(*names: str) -> None:
    before = time.time() - tidy.FILE_AGE - 60
    for name in names:
        os.utime(default_storage.path(name), (before, before))


# ---- sent twice


def test_the_same_words_to_somebody_else_are_another_answer(town: Town) -> None:
    root = said(town.ben, idea_of(town.ana))
    one, two = (actions.answer(by=who, to=root, words="It pours.") for who in (town.noor, town.mira))
    first = actions.answer(by=town.ana, to=one, words="Thank you.")
    second = actions.answer(by=town.ana, to=two, words="Thank you.")
    assert first != second
    assert [act.data["to"] for act in acts("comment.made")][-2:] == [town.noor.pk, town.mira.pk]
    assert actions.answer(by=town.ana, to=two, words="Thank you.") == second
    assert actions.answer(by=town.ana, to=root, words="Thank you.") not in (first, second)


def test_the_same_words_with_another_picture_are_another_comment(town: Town) -> None:
    idea = idea_of(town.ana)
    bare = said(town.ben, idea, "Here")
    one = said(town.ben, idea, "Here", picture=picture())
    assert one != bare
    assert said(town.ben, idea, "Here", picture=picture()) == one
    assert said(town.ben, idea, "Here", picture=picture("#204080")) != one
    number = Comment.objects.count()
    Comment.objects.filter(pk=bare.pk).delete()
    said(town.ben, idea, "Here")
    assert Comment.objects.count() == number - 1, "a program says it first, shows its picture, and asks again"


def test_the_last_comment_of_the_day_sent_twice_is_one(town: Town) -> None:
    idea = idea_of(town.ana)
    made = [said(town.ben, idea, f"Number {n}") for n in range(actions.NEW_A_DAY)]
    assert said(town.ben, idea, made[-1].words) == made[-1]
    with pytest.raises(Refusal, match="You are new here"):
        said(town.ben, idea, "One more")


# ---- changed


def test_another_picture_is_a_change_like_any_other(town: Town) -> None:
    made = said(town.ben, idea_of(town.ana))
    actions.show(by=town.ben, comment=made, picture=picture())
    assert made.edited
    assert made.picture == picture()
    assert [act.data["named"] for act in acts("comment.edited")] == [[]]
    actions.show(by=town.ben, comment=made, picture=picture())
    assert len(acts("comment.edited")) == 1, "the same again is none"
    for n in range(actions.EDITS_A_DAY - 1):
        actions.edit(by=town.ben, comment=made, words=f"It pours {n}.")
    with pytest.raises(Refusal, match="a day"):
        actions.show(by=town.ben, comment=made, picture=None)
    clock.move(clock.now() + timedelta(days=1))
    actions.withdraw(by=town.ben, comment=made)
    with pytest.raises(Refusal, match="does not stand"):
        actions.show(by=town.ben, comment=made, picture=None)
    assert Comment.objects.get().picture == picture()


def test_words_and_picture_are_changed_both_or_neither(town: Town) -> None:
    made = said(town.ben, idea_of(town.ana), "Before", picture=picture())
    for n in range(actions.EDITS_A_DAY - 1):
        actions.edit(by=town.ben, comment=made, words=f"Before {n}")
    before = Comment.objects.values().get()
    answer = signed_in(town.ben).post(f"/comments/{made.public}/edit", {"words": "After", "bare": "on"})
    assert answer.status_code == 422
    assert ">After</textarea>" in answer.content.decode().replace("\n", "")
    assert Comment.objects.values().get() == before


# ---- taken back


def test_brought_back_only_until_its_words_may_be_forgotten(town: Town) -> None:
    """Also where it was read in time and the worker forgot its words since."""
    made = said(town.ben, idea_of(town.ana))
    actions.withdraw(by=town.ben, comment=made)
    clock.move(clock.now() + queries.UNDO)
    made.withdrawn = clock.now()  # as it was read before, on a slow machine
    with pytest.raises(Refusal, match="more than a day"):
        actions.bring_back(by=town.ben, comment=made)
    assert Comment.objects.get().state == Comment.WITHDRAWN
    assert not acts("comment.brought_back")


def test_found_again_when_its_idea_comes_back(town: Town) -> None:
    idea = idea_of(town.ana)
    made = said(town.ben, idea, "A spout for sinistral people")

    def found() -> list[int]:
        while work.do_some(work.known()["search"]):
            pass
        return list(search.find(None, "sinistral", ["comment"], limit=5).ids["comment"])

    assert found() == [made.pk]
    ideas.withdraw(by=town.ana, idea=idea)
    search.touch(Comment.kind, [made.pk])
    assert found() == []
    ideas.bring_back(by=town.ana, idea=idea)
    assert found() == [made.pk]


def test_an_answer_to_what_just_fell_is_not_lost(town: Town) -> None:
    made = said(town.ben, idea_of(town.ana))
    under = actions.answer(by=town.mira, to=made, words="Yes")
    page, noor = f"/comments/{made.public}", signed_in(town.noor)
    actions.withdraw(by=town.ben, comment=made)
    answer = noor.post(page, {"words": "What I took an hour to write"})
    assert answer.status_code == 422
    said_again = answer.content.decode()
    assert "What I took an hour to write" in said_again
    assert "You cannot answer this." in said_again
    for who in ("Ben Cole", "@ben"):
        assert who not in said_again, "who took it back is not named, in the title neither"
    assert 'id="say"' not in noor.get(page).content.decode()
    assert Comment.objects.count() == 2
    assert under.parent_id == made.pk


# ---- pictures


def shown(client: Client, one: Picture) -> int:
    return client.get(one.address(160)).status_code


def test_the_picture_of_what_was_removed_or_taken_back_is_not_shown(town: Town) -> None:
    stella, one = steward(), picture()
    idea = idea_of(town.ana)
    made, other = said(town.ben, idea, "Here", picture=one), said(town.noor, idea, "There", picture=one)
    assert shown(Client(), one) == 200
    case = reported(town.noor, made)
    moderation.hide(by=stella, case=case, reason="A face")
    assert shown(Client(), one) == 200, "another comment shows it"
    actions.withdraw(by=town.noor, comment=other)
    for who in (Client(), signed_in(town.ben), signed_in(town.noor)):
        assert shown(who, one) == 404
    answer = signed_in(stella).get(one.address(160))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    moderation.restore(by=stella, case=case, answer="It is a pot.")
    assert shown(Client(), one) == 200
    moderation.hide(by=stella, case=reported(town.noor, made), reason="A face")
    people.change_picture(by=town.mira, profile=town.mira, picture=one)
    assert shown(Client(), one) == 200, "somebody else shows it too"


def test_the_picture_of_a_removed_idea_is_not_shown(town: Town) -> None:
    stella, one = steward(), picture()
    idea = idea_of(town.ana)
    ideas.draw(by=town.ana, idea=idea, picture=one)
    assert shown(Client(), one) == 200
    case = reported(town.noor, idea)
    moderation.hide(by=stella, case=case, reason="A face")
    assert shown(signed_in(town.ana), one) == 404
    assert shown(signed_in(stella), one) == 200
    moderation.restore(by=stella, case=case, answer="It is a pot.")
    assert shown(Client(), one) == 200


def test_the_picture_of_what_is_forgotten_goes_from_the_disk(town: Town) -> None:
    idea = idea_of(town.ana)
    kept, forgotten, changed = (picture(color) for color in ("#804020", "#208040", "#204080"))
    said(town.noor, idea, picture=kept)
    made, other = said(town.ben, idea, "One", picture=forgotten), said(town.ben, idea, "Two", picture=changed)
    actions.withdraw(by=town.ben, comment=made)
    actions.show(by=town.ben, comment=other, picture=None)
    tidy.orphaned_files()
    assert Picture.objects.count() == 3, "a day is left to whoever just sent it"
    files = [name for one in (kept, forgotten, changed) for name in one.files]
    clock.move(clock.now() + queries.UNDO)
    tidy.old_rows()
    aged(*files)
    tidy.orphaned_files()
    assert list(Picture.objects.all()) == [kept]
    assert [name for name in files if default_storage.exists(name)] == kept.files


def test_a_picture_that_nothing_names_stays_when_it_is_sent_again(town: Town) -> None:
    one = picture()
    aged(*one.files)
    assert picture() == one
    tidy.orphaned_files()
    assert Picture.objects.get() == one


def test_every_column_that_names_a_picture_is_known() -> None:
    named = {(model._meta.label, column) for model, column in pictures.naming()}
    assert {
        ("talk.Comment", "picture"),
        ("ideas.Idea", "picture"),
        ("people.Profile", "portrait"),
        ("catalog.ProductPicture", "picture"),
    } <= named
    assert ("core.Encoding", "picture") not in named


def test_nobody_is_called_twice_by_a_changed_picture(town: Town) -> None:
    made = said(town.ben, idea_of(town.ana), "@mira look")
    actions.show(by=town.ben, comment=made, picture=picture())
    assert [Profile.objects.get(pk=pk).handle for act in Act.objects.all() for pk in act.data.get("named", ())] == [
        "mira"
    ]
