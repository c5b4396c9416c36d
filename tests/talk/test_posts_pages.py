"""Posts on pages: written where one is, kept when they are refused, and as dear to show however many there are."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.catalog import actions as catalog
from moothall.catalog.models import Product
from moothall.core import search
from moothall.moderation import actions as moderation
from moothall.people import actions as people
from moothall.people.models import SHOP
from moothall.talk import actions, posted
from moothall.talk.models import Post
from tests.moderation.made import steward
from tests.pages.places import file_of
from tests.talk.made import known
from tests.talk.test_pages import read
from tests.town import Town, signed_in, take_in

pytestmark = pytest.mark.django_db
TALK = "/@tidewater/talk"


def test_written_at_home_and_on_ones_own_page(town: Town) -> None:
    ben = signed_in(town.ben)
    for page in ("/@ben", "/posts/new"):
        assert 'action="/posts/new"' in read(ben, page)
    assert 'href="/posts/new"' in read(ben, "/")
    assert 'action="/posts/new"' not in read(signed_in(town.ana), "/@ben")
    answer = ben.post(
        "/posts/new", {"words": "Who has a **kiln**, @ana?", "picture": file_of("pot.png"), "alt": "A pot"}
    )
    made = Post.objects.get()
    assert answer["Location"] == f"/posts/{made.public}"
    for page in (f"/posts/{made.public}", "/@ben"):
        shown = read(Client(), page)
        assert '<strong>kiln</strong>, <a href="/@ana">@ana</a>?' in shown
        assert 'alt="A pot"' in shown
    assert "Sign in to say something" in read(Client(), f"/posts/{made.public}")


def test_written_in_the_talk_of_a_brand(town: Town) -> None:
    assert "Nobody has said anything yet" in read(Client(), TALK)
    assert f'href="{TALK}"' in read(Client(), "/@tidewater")
    answer = signed_in(town.mira).post(TALK, {"words": "We fire on Thursday."})
    made = Post.objects.get()
    assert answer["Location"] == f"{TALK}#p-{made.public}"
    signed_in(town.ben).post(TALK, {"words": "May one come?"})
    page = read(Client(), TALK)
    assert page.index("May one come?") < page.index("We fire on Thursday.")
    assert "of Tidewater Kitchen" in page
    assert "in the Talk" not in page, "one is there"
    assert "The Talk of Tidewater Kitchen" in read(Client(), "/@ben")


@pytest.mark.parametrize("page", ["/posts/new", TALK])
@pytest.mark.parametrize(
    "sent", [{"words": "x" * 4001}, {"words": " "}, {"words": "Kept words", "picture": "no picture", "alt": "Kept alt"}]
)
def test_what_was_typed_is_kept(town: Town, page: str, sent: dict[str, Any]) -> None:
    if "picture" in sent:
        sent = sent | {"picture": SimpleUploadedFile("pot.png", b"no picture", "image/png")}
    answer = signed_in(town.ben).post(page, sent)
    assert answer.status_code == 422
    assert sent["words"].strip() in answer.content.decode()
    assert sent.get("alt", "") in answer.content.decode()
    assert not Post.objects.exists()


def test_changed_and_taken_back_and_brought_back(town: Town) -> None:
    ben, made = signed_in(town.ben), actions.post(by=town.ben, words="Before")
    page = f"/posts/{made.public}"
    wrong = ben.post(f"{page}/edit", {"words": "y" * 4001})
    assert wrong.status_code == 422
    assert "y" * 4001 in wrong.content.decode()
    for sent, alt in (
        ({"picture": file_of("pot.png"), "alt": "A pot"}, "A pot"),
        ({"alt": "Two"}, "Two"),
        ({"bare": "on", "alt": "Two"}, ""),
    ):
        assert ben.post(f"{page}/edit", {"words": "After"} | sent)["Location"] == page
        found = Post.objects.get()
        assert (found.words, found.alt, bool(found.picture)) == ("After", alt, bool(alt))
    assert "changed" in read(Client(), page)
    assert ben.post(f"{page}/withdrawal")["Location"] == page
    assert Client().get(page).status_code == signed_in(town.ana).get(page).status_code == 404
    assert "Bring it back" in read(ben, page)
    ben.post(f"{page}/withdrawal/end")
    assert "After" in read(Client(), page)


def test_of_a_removed_one_its_page_says_why(town: Town) -> None:
    made = actions.post(by=town.ben, words="Buy my kettles", channel=town.brand)
    case = moderation.report(by=town.noor, kind="post", id=made.pk, sort="spam").case
    moderation.hide(by=steward(), case=case, reason="It sells them.")
    answer = Client().get(f"/posts/{made.public}")
    assert answer.status_code == 410
    page = answer.content.decode()
    assert "Removed by a steward: It sells them." in page
    for said in ("kettles", "Ben Cole", 'id="say"'):
        assert said not in page
    assert "kettles" not in read(Client(), TALK)


def test_said_reacted_to_and_reported_from_its_page(town: Town) -> None:
    made, ana = actions.post(by=town.ben, words="Who has a kiln?"), signed_in(town.ana)
    page = f"/posts/{made.public}"
    ana.post(f"/talk/post/{made.public}", {"words": "I have."})
    ana.post(f"{page}/reaction", {"sort": "agree", "next": page})
    shown = read(ana, page)
    assert "I have." in shown
    assert f'aria-pressed="true" formaction="{page}/reaction/end"' in shown
    assert f"/report/post/{made.public}" in shown
    assert "1 comment" in read(ana, "/@ben")
    ana.post(f"{page}/reaction/end")
    assert Post.objects.get().agree == 0


def test_a_label_names_no_brand_that_is_parted_from_the_viewer(town: Town) -> None:
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="agent")
    made = actions.post(by=town.ben, words="Who has a kiln?")
    people.block(by=town.noor, whom=town.brand)
    for page in (f"/posts/{made.public}", "/@ben"):
        assert "Tidewater" in read(Client(), page)
        assert "Tidewater" not in read(signed_in(town.noor), page)


def test_older_posts_are_a_page_further(town: Town) -> None:
    known(town.ben)
    made = [actions.post(by=town.ben, words=f"Word {n:02}", channel=town.brand) for n in range(posted.PAGE + 3)]
    page = read(Client(), TALK)
    assert ("Word 22" in page, "Word 02" in page) == (True, False)
    older = f"{TALK}?from={made[2].public}"
    assert f'href="{older}"' in page
    page = read(Client(), older)
    assert ("Word 02" in page, "Word 00" in page, "Word 03" in page) == (True, True, False)
    assert f'href="{TALK}"' in page
    assert "Nothing more is said here" in read(Client(), f"{TALK}?from=nothing")


def test_searched_beside_what_people_comment(town: Town) -> None:
    actions.post(by=town.ben, words="A sinistral spout")
    list(search.rebuild())
    assert "A sinistral spout" in read(Client(), "/search?only=talk&q=sinistral")
    people.block(by=town.noor, whom=town.ben)
    assert "A sinistral spout" not in read(signed_in(town.noor), "/search?only=talk&q=sinistral")


def test_no_thing_takes_the_address_of_the_talk(town: Town) -> None:
    assert town.product("Talk").slug == "talk-2"
    run = catalog.begin_import(
        by=town.mira, brand=town.brand, name="a.csv", body=b"Handle,Title,Variant Price\ntalk,Talk,3\n"
    )
    assert not Product.objects.filter(slug="talk").exists(), run


def test_as_many_questions_for_twenty_as_for_one(town: Town) -> None:
    people.follow(by=town.ana, source=town.mira)
    people.follow(by=town.ana, source=town.brand, channel=SHOP)
    known(town.mira, town.ben, town.noor)
    pages = ("/", TALK, "/@mira")
    counts: list[dict[str, int]] = []
    ana = signed_in(town.ana)
    for rows in (range(1), range(1, 20)):
        for number in rows:
            made = actions.post(by=town.mira, words=f"Number {number}, @ben", channel=town.brand)
            said = actions.say(by=town.ben, kind="post", id=made.pk, words=f"Yes {number}")
            actions.answer(by=town.noor, to=said, words=f"No {number}")
        counts.append({page: asked(ana, page) for page in pages})
    assert not [page for page in pages if counts[1][page] > counts[0][page]], counts
    assert max(counts[1].values()) <= 15, counts


def asked(client: Client, page: str) -> int:
    read(client, page)
    with CaptureQueriesContext(connection) as found:
        read(client, page)
    return len(found)


def test_posts_are_read_from_the_index(town: Town) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("its plans are read on SQLite")
    made = actions.post(by=town.ben, words="First @ana", channel=town.brand)
    Post.objects.bulk_create(Post(by=town.ben, words=f"{n}", channel=town.brand) for n in range(3000))
    with CaptureQueriesContext(connection) as found:
        for rows in (posted.inside_channel(town.ana, town.brand), posted.of(town.ana, town.ben)):
            shown, older = posted.page(rows)
            assert (len(posted.posted(town.ana, shown)), bool(older)) == (posted.PAGE, True)
        posted.page(posted.inside_channel(town.ana, town.brand), made.public)
    with connection.cursor() as cursor:
        for one in found:
            cursor.execute(f"EXPLAIN QUERY PLAN {one['sql']}")
            plan = [row[3] for row in cursor.fetchall()]
            assert not [step for step in plan if step.startswith("SCAN talk_") or "TEMP B-TREE FOR ORDER" in step], plan
