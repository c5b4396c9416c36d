"""Posts: who may say what and where, who hears of it, who sees it, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from moothall.config.invariants import offenders
from moothall.core import clock, kinds, search, work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.feed import queries as feed
from moothall.moderation import actions as moderation
from moothall.people import actions as people
from moothall.people.models import SHOP, Profile
from moothall.talk import actions, posted, queries
from moothall.talk.models import Comment, Post, PostMention, PostReaction
from tests.moderation.made import steward
from tests.talk.made import known
from tests.talk.test_again import picture
from tests.town import Town, acts, take_in

pytestmark = pytest.mark.django_db


def say(by: Profile, words: str = "Who has a kiln?", channel: Profile | None = None) -> Post:
    return actions.post(by=by, words=words, channel=channel)


def home(viewer: Profile) -> list[tuple[str, str]]:
    return [(item.act.actor.name, item.card.thing.post.words) for item in feed.home(viewer).items if _is_post(item)]


def _is_post(item: feed.Item) -> bool:
    return item.act.subject_kind == Post.kind


# ---- saying it


def test_said_once_and_recorded(town: Town) -> None:
    made = say(town.ben, "  Who has a kiln?\n\n\n\nMine is cold.  ")
    assert (made.words, made.state, made.channel, made.brand) == (
        "Who has a kiln?\n\nMine is cold.",
        "stands",
        None,
        None,
    )
    [act] = acts("post.made")
    assert (act.actor, act.audience, act.reach, act.subject_id) == (town.ben, "public", "public", made.pk)
    assert say(town.ben, made.words) == made, "pressed twice is once"
    assert say(town.ben, made.words, town.brand) != made, "in another place it is another"
    assert len(acts("post.made")) == 2
    clock.move(clock.now() + actions.AGAIN + timedelta(seconds=1))
    assert say(town.ben, made.words) != made


@pytest.mark.parametrize("words", ["", " \n ", "x" * 4001, "\u200b"])
def test_what_is_empty_or_too_long_is_refused_beside_its_field(town: Town, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        say(town.ben, words)
    assert refused.value.field == "words"
    with pytest.raises(BadInput, match="2 links"):
        say(town.ben, "https://a.example http://b.example https://c.example")
    with pytest.raises(BadInput) as refused:
        actions.post(by=town.ben, words="Here", picture=picture(), alt="x" * 301)
    assert refused.value.field == "alt"
    assert not Post.objects.exists()


def test_nobody_speaks_in_the_talk_of_whom_they_do_not_see(town: Town) -> None:
    people.block(by=town.noor, whom=town.brand)
    for by, channel in ((town.noor, town.brand), (town.ben, town.ana), (town.brand, None), (town.brand, town.brand)):
        with pytest.raises(NotAllowed):
            say(by, channel=channel)
    assert not Post.objects.exists()


def test_newcomers_say_ten_things_a_day(town: Town) -> None:
    made = [say(town.ben, f"Number {n}") for n in range(actions.NEW_A_DAY)]
    with pytest.raises(Refusal, match="You are new here"):
        say(town.ben, "One more")
    assert say(town.ben, made[-1].words) == made[-1], "sent twice is once, also the last one"
    known(town.ben)
    say(town.ben, "One more")


def test_a_picture_says_what_it_shows(town: Town) -> None:
    made = actions.post(by=town.ben, words="Here", picture=picture(), alt=" A pot ")
    assert (made.alt, made.picture) == ("A pot", picture())
    assert actions.post(by=town.ben, words="Bare", alt="A pot").alt == "", "without a picture it shows nothing"
    actions.show_post(by=town.ben, post=made, picture=picture(), alt="A blue pot")
    actions.show_post(by=town.ben, post=made, picture=picture(), alt="A blue pot")
    assert (made.alt, len(acts("post.edited"))) == ("A blue pot", 1)
    actions.show_post(by=town.ben, post=made, picture=None, alt="A blue pot")
    assert (made.alt, made.picture) == ("", None)


# ---- who speaks, and who hears of it


def test_who_speaks_of_a_team_is_labelled_as_in_comments(town: Town) -> None:
    other = people.open_brand(by=town.noor, name="Wold", handle="wold")
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="agent")
    assert say(town.ben).brand == town.brand
    assert say(town.ben, channel=other).brand == town.brand
    take_in(by=town.noor, brand=other, person=town.ben, role="agent")
    assert say(town.ben, "Here too", channel=other).brand == other
    assert say(town.ana, channel=other).brand is None
    assert not offenders()


def test_followers_hear_of_it_and_those_of_the_brand_where_its_team_speaks(town: Town) -> None:
    for who in (town.ana, town.noor):
        people.follow(by=who, source=town.brand, channel=SHOP)
    people.follow(by=town.noor, source=town.mira)
    say(town.mira, "News", town.brand)
    say(town.ben, "Asked", town.brand)
    say(town.mira, "At home")
    assert home(town.ana) == [("Tidewater Kitchen", "News")]
    assert home(town.noor) == [("Mira Sand", "At home"), ("Mira Sand", "News")], "once, of who said it"
    assert home(town.ben) == []
    [told] = acts("post.told")
    assert (told.actor, told.hand, told.channel) == (town.brand, town.mira, SHOP)


def test_home_tells_it_once_whichever_page_ends_between(town: Town) -> None:
    known(town.mira)
    people.follow(by=town.noor, source=town.brand, channel=SHOP)
    people.follow(by=town.noor, source=town.mira)
    for number in range(feed.PAGE * 2 + 3):
        say(town.mira, f"Number {number}", town.brand)
    found, before = list[str](), None
    while True:
        page = feed.home(town.noor, before=before)
        found += [item.card.thing.post.words for item in page.items if _is_post(item)]
        before = page.older
        if before is None:
            break
    assert found == [f"Number {number}" for number in reversed(range(feed.PAGE * 2 + 3))]


def test_ten_are_called_by_name_once(town: Town) -> None:
    made = say(town.ben, "@ana @mira @nobody-here")
    assert acts("post.made")[0].data["named"] == [town.ana.pk, town.mira.pk]
    actions.edit_post(by=town.ben, post=made, words="@ana @noor")
    assert acts("post.edited")[0].data["named"] == [town.noor.pk]
    assert PostMention.objects.count() == 3


# ---- who sees it


def test_who_is_parted_from_its_author_or_its_brand_sees_none_of_it(town: Town) -> None:
    own, there = say(town.ben), say(town.ben, "Does it drip?", town.brand)
    both = {own.pk, there.pk}
    people.block(by=town.noor, whom=town.ben)
    people.block(by=town.ana, whom=town.brand)
    assert posted.visible_ids(None, both) == both
    assert posted.visible_ids(town.noor, both) == set()
    assert posted.visible_ids(town.ana, both) == {own.pk}
    assert posted.cards(town.noor, both) == {}
    assert posted.visible_to(town.ana, there.public) is posted.placed(town.ana, there.public) is None
    with pytest.raises(NotAllowed):
        actions.say(by=town.ana, kind="post", id=there.pk, words="Yes")
    with pytest.raises(NotAllowed):
        actions.react_to_post(by=town.noor, post=own, sort="agree")


def test_comments_are_counted_as_the_viewer_sees_them(town: Town) -> None:
    made, other = say(town.ben), say(town.ben, "Another")
    root = actions.say(by=town.noor, kind="post", id=made.pk, words="I have.")
    actions.answer(by=town.mira, to=root, words="So have I.")
    actions.withdraw(by=town.ana, comment=actions.say(by=town.ana, kind="post", id=made.pk, words="Never mind"))
    people.block(by=town.ana, whom=town.mira)
    for viewer, number in ((None, 2), (town.ben, 2), (town.ana, 1)):
        assert queries.counts(viewer, "post", [made.pk, other.pk]) == {made.pk: number}


def test_found_by_its_words_until_it_is_taken_back(town: Town) -> None:
    made = say(town.ben, "A spout for sinistral people")

    def found() -> list[int]:
        while work.do_some(work.known()["search"]):
            pass
        return list(search.find(None, "sinistral", ["post"], limit=5).ids["post"])

    assert found() == [made.pk]
    actions.edit_post(by=town.ben, post=made, words="A spout")
    assert found() == []
    actions.edit_post(by=town.ben, post=made, words="A sinistral spout")
    assert found() == [made.pk]
    actions.withdraw_post(by=town.ben, post=made)
    assert found() == []


# ---- what becomes of it


def test_changed_by_its_author_only(town: Town) -> None:
    made = say(town.ben)
    actions.edit_post(by=town.ben, post=made, words="Who has a wheel?")
    assert (made.words, bool(made.edited)) == ("Who has a wheel?", True)
    before = Post.objects.values().get()
    with pytest.raises(NotAllowed):
        actions.edit_post(by=town.ana, post=made, words="Nobody")
    with pytest.raises(NotAllowed):
        actions.show_post(by=town.ana, post=made, picture=picture())
    for deed in (actions.withdraw_post, actions.bring_back_post):
        with pytest.raises(NotAllowed):
            deed(by=town.ana, post=made)
    assert Post.objects.values().get() == before


def test_taken_back_with_what_was_said_of_it_and_brought_back_for_a_day(town: Town) -> None:
    people.follow(by=town.ana, source=town.ben)
    made = actions.post(by=town.ben, words="Here", picture=picture(), alt="A pot")
    under = actions.say(by=town.noor, kind="post", id=made.pk, words="Where?")
    for _twice in range(2):
        actions.withdraw_post(by=town.ben, post=made)
    assert len(acts("post.withdrawn")) == 1
    assert queries.visible_to(None, under.public) is None
    assert (home(town.ana), posted.placed(town.ana, made.public)) == ([], None)
    assert posted.placed(town.ben, made.public) == made
    actions.bring_back_post(by=town.ben, post=made)
    assert queries.visible_to(None, under.public) == under
    assert home(town.ana) == [("Ben Cole", "Here")]
    actions.withdraw_post(by=town.ben, post=made)
    clock.move(clock.now() + queries.UNDO)
    assert actions.forget_withdrawn() == 1
    with pytest.raises(Refusal, match="more than a day"):
        actions.bring_back_post(by=town.ben, post=made)
    assert Post.objects.values_list("words", "alt", "picture").get() == ("", "", None)
    assert posted.placed(town.ben, made.public) is None


def test_reactions_are_counted_once_a_person(town: Town) -> None:
    made = say(town.ben)
    with pytest.raises(Refusal, match="It is yours"):
        actions.react_to_post(by=town.ben, post=made, sort="agree")
    with pytest.raises(BadInput):
        actions.react_to_post(by=town.ana, post=made, sort="love")
    for sort in ("agree", "agree", "disagree"):
        actions.react_to_post(by=town.ana, post=made, sort=sort)
    actions.react_to_post(by=town.noor, post=made, sort="helpful")
    made.refresh_from_db()
    assert (made.helpful, made.agree, made.disagree, len(acts("post.reacted"))) == (1, 0, 1, 3)
    assert not offenders()
    for _twice in range(2):
        actions.unreact_to_post(by=town.ana, post=made)
    assert (Post.objects.get().disagree, PostReaction.objects.count(), len(acts("post.unreacted"))) == (0, 1, 1)


def test_removed_appealed_and_restored(town: Town) -> None:
    people.follow(by=town.ana, source=town.ben)
    made = actions.post(by=town.ben, words="Buy my kettles", picture=picture())
    actions.say(by=town.noor, kind="post", id=made.pk, words="No")
    case = moderation.report(by=town.noor, kind="post", id=made.pk, sort="spam").case
    moderation.hide(by=steward(), case=case, reason="It sells kettles.")
    other = steward("Otto", "otto")
    found = posted.placed(town.ana, made.public)
    assert found is not None
    assert (found.state, found.reason) == (Post.HIDDEN, "It sells kettles.")
    assert (home(town.ana), posted.visible_to(town.ben, made.public)) == ([], None)
    assert kinds.openable("comment", None, [Comment.objects.get().pk]) == set()
    with pytest.raises(Refusal, match="does not stand"):
        actions.edit_post(by=town.ben, post=made, words="Buy my pots")
    assert not offenders()
    moderation.appeal(by=town.ben, case=case, words="They are teapots.")
    moderation.restore(by=other, case=case, answer="They are.")
    assert home(town.ana) == [("Ben Cole", "Buy my kettles")]
    assert not offenders()
