"""What the pages do with what is said: it is kept, whatever is wrong with it, and stands where it belongs."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.people import actions as people
from moothall.talk import actions, panels, queries
from moothall.talk.models import Comment
from tests.pages.places import file_of
from tests.talk.made import idea_of, known, said
from tests.town import Town, signed_in, take_in

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_said_from_the_page_of_the_idea(town: Town) -> None:
    idea = idea_of(town.ana)
    client = signed_in(town.ben)
    assert f'action="/talk/idea/{idea.public}"' in read(client, f"/ideas/{idea.public}")
    answer = client.post(f"/talk/idea/{idea.public}", {"words": "It **drips** @ana", "picture": file_of("pot.png")})
    made = Comment.objects.get()
    assert answer["Location"] == f"/ideas/{idea.public}#c-{made.public}"
    page = read(Client(), f"/ideas/{idea.public}")
    assert '<strong>drips</strong> <a href="/@ana">@ana</a>' in page
    assert "A picture of Ben Cole" in page
    assert "Sign in to say something" in page


@pytest.mark.parametrize(
    "sent", [{"words": "x" * 4001}, {"words": "Kept words", "picture": "no picture"}, {"words": " "}]
)
def test_what_was_typed_is_kept(town: Town, sent: dict[str, Any]) -> None:
    idea = idea_of(town.ana)
    if "picture" in sent:
        sent = sent | {"picture": SimpleUploadedFile("pot.png", b"no picture", "image/png")}
    answer = signed_in(town.ben).post(f"/talk/idea/{idea.public}", sent)
    assert answer.status_code == 422
    assert sent["words"].strip() in answer.content.decode()
    assert not Comment.objects.exists()


def test_answered_and_changed_on_pages_of_their_own(town: Town) -> None:
    idea = idea_of(town.ana)
    made = said(town.ben, idea)
    noor = signed_in(town.noor)
    answer = noor.post(f"/comments/{made.public}", {"words": "With me it does not."})
    under = Comment.objects.get(parent=made)
    assert answer["Location"] == f"/comments/{under.public}#c-{under.public}"
    page = read(signed_in(town.ana), f"/comments/{under.public}")
    assert made.words in page
    assert ">@noor </textarea>" in page.replace("\n", "")
    wrong = noor.post(f"/comments/{under.public}/edit", {"words": "y" * 4001})
    assert wrong.status_code == 422
    assert "y" * 4001 in wrong.content.decode()
    noor.post(f"/comments/{under.public}/edit", {"words": "With me a little."})
    page = read(Client(), f"/ideas/{idea.public}")
    assert "With me a little." in page
    assert "changed" in page


def test_a_picture_is_changed_and_taken_away(town: Town) -> None:
    made, ben = said(town.ben, idea_of(town.ana)), signed_in(town.ben)
    for sent, there in (({"picture": file_of("pot.png")}, True), ({}, True), ({"bare": "on"}, False)):
        ben.post(f"/comments/{made.public}/edit", {"words": made.words} | sent)
        assert (Comment.objects.get().picture is not None) == there


def test_what_was_taken_back_leaves_a_line_only_where_it_was_answered(town: Town) -> None:
    idea = idea_of(town.ana)
    alone, answered = said(town.ben, idea, "Alone"), said(town.ben, idea, "Answered")
    under = actions.answer(by=town.noor, to=answered, words="An answer")
    ben, where = signed_in(town.ben), f"/ideas/{idea.public}"
    for one in (alone, answered):
        ben.post(f"/comments/{one.public}/withdrawal", {"next": where})
    page = read(Client(), where)
    assert page.count("Taken back by its author.") == 1
    assert "An answer" in page
    assert "Alone" not in page
    assert "Answered" not in page
    assert read(ben, where).count("Bring it back") == 2
    actions.withdraw(by=town.noor, comment=under)
    assert "Taken back by its author." not in read(Client(), where)
    ben.post(f"/comments/{answered.public}/withdrawal/end", {"next": where})
    assert "Answered" in read(Client(), where)


def test_pressed_again_a_reaction_is_taken_back(town: Town) -> None:
    idea = idea_of(town.ana)
    made = said(town.ben, idea)
    noor = signed_in(town.noor)
    answer = noor.post(f"/comments/{made.public}/reaction", {"sort": "agree", "next": f"/ideas/{idea.public}"})
    assert answer["Location"] == f"/ideas/{idea.public}#c-{made.public}"
    page = read(noor, f"/ideas/{idea.public}")
    assert f'aria-pressed="true" form="said" formaction="/comments/{made.public}/reaction/end"' in page
    noor.post(f"/comments/{made.public}/reaction/end")
    assert Comment.objects.get().agree == 0


def test_older_comments_are_a_page_further_and_each_has_its_place(town: Town) -> None:
    idea = idea_of(town.ana)
    known(town.ben)
    made = [said(town.ben, idea, f"Word {n:02}") for n in range(queries.PAGE * 2 + 1)]
    page = read(Client(), f"/ideas/{idea.public}")
    assert "Word 40" in page
    assert "Word 20" not in page
    older = f"/talk/idea/{idea.public}?from={made[queries.PAGE].public}"
    assert f'href="{older}"' in page
    page = read(Client(), older)
    assert "Word 20" in page
    assert "Word 01" in page
    assert "Word 21" not in page
    assert f'from={made[0].public}"' in page
    page = read(Client(), f"/comments/{made[3].public}")
    assert "Word 03" in page
    assert f'href="/talk/idea/{idea.public}?from={made[3].public}"' in page
    assert "Nothing more is said here" in read(Client(), f"/talk/idea/{idea.public}?from=nothing")


def test_many_answers_are_shown_page_by_page(town: Town) -> None:
    root = said(town.ben, idea_of(town.ana))
    known(town.noor)
    under = [actions.answer(by=town.noor, to=root, words=f"Answer {n:02}") for n in range(queries.PAGE + 5)]
    talked = panels.talk(None, "idea", root.subject_id, "")
    assert [len(talked.threads[0].answers), talked.threads[0].more] == [queries.FIRST, True]
    assert "More answers" in read(Client(), f"/comments/{root.public}")
    page = read(Client(), f"/comments/{under[-1].public}")
    assert "Answer 24" in page
    assert "Answer 19" not in page
    assert "Answers before" in page


def test_a_label_names_no_brand_that_is_parted_from_the_viewer(town: Town) -> None:
    idea = idea_of(town.ana)
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="agent")
    said(town.ben, idea)
    assert "of Tidewater Kitchen" in read(Client(), f"/ideas/{idea.public}")
    people.block(by=town.noor, whom=town.brand)
    page = read(signed_in(town.noor), f"/ideas/{idea.public}")
    assert "Tidewater" not in page
    assert "of a brand" in page


def test_ten_thousand_comments_are_read_from_the_index(town: Town) -> None:
    """As many questions as for one, and none that looks through them all."""
    idea = idea_of(town.ana)
    first = said(town.ben, idea, "First @ana")
    actions.answer(by=town.noor, to=first, words="Yes")

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as found:
            panels.talk(town.mira, "idea", idea.pk, idea.public)
        return [one["sql"] for one in found]

    few = len(asked())
    about = {"subject_kind": "idea", "subject_id": idea.pk, "by": town.ben}
    Comment.objects.bulk_create(Comment(words=f"{n} @ana", **about) for n in range(10_000))
    last = Comment.objects.order_by("-pk")[0]
    last.answers = last.live = 3000
    last.save()
    Comment.objects.bulk_create(Comment(words=f"A {n}", parent=last, nth=n + 1, **about) for n in range(3000))
    many = asked()
    assert len(many) <= few <= 3
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for sql in many:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                plan = [row[3] for row in cursor.fetchall()]
                assert not [step for step in plan if step.startswith("SCAN talk_")], plan
                assert not [
                    step for step in plan if "TEMP B-TREE" in step and "parent" not in sql.split("ORDER BY")[-1]
                ]
