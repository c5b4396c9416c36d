"""Mails of notices: at once or as a digest, never in quiet hours, nothing twice or empty; stopped by one click."""

from __future__ import annotations

import pytest
from django.core import mail as sent
from django.test import Client

from moothall.core import clock, work
from moothall.core.refusals import BadInput, NotAllowed
from moothall.notices import actions, queries
from moothall.notices.models import AT_ONCE, DAILY, NEVER, WEEKLY, Choice, Letter, Notice
from moothall.notices.sorts import SORTS, Wish
from moothall.notices.stopping import word_for
from moothall.orders import actions as orders
from moothall.outbox.models import Mail
from moothall.people import actions as people
from moothall.people.models import Account, Profile
from tests.notices.cast import at, chosen, post, quiet, read, rows
from tests.town import Town, acts, lines_of, mails, person, signed_in

pytestmark = pytest.mark.django_db
MIRA = "mira@example.org"
FOLLOWERS = iter(range(10_000))


def followed(who: Profile) -> Profile:
    """Somebody new follows them, and it is read."""
    n = next(FOLLOWERS)
    new = person(f"Friend {n}", f"friend-{n}")
    people.follow(by=new, source=who)
    read()
    return new


def subjects(to: str = MIRA) -> list[str]:
    return [mail.subject for mail in mails(to)]


# ---- quiet hours


def test_nothing_is_mailed_in_quiet_hours_and_then_all_in_one(town: Town) -> None:
    at("2026-12-01 21:00")
    quiet(town.mira)
    at("2026-12-01 21:59")
    first = followed(town.mira)
    assert subjects() == [f"{first.name} follows you"]
    for moment in ("2026-12-01 22:00", "2026-12-02 03:00", "2026-12-02 06:59"):
        at(moment)
        followed(town.mira), post()
    assert len(subjects()) == 1
    at("2026-12-02 07:00")
    post()
    assert subjects()[1:] == ["3 things to tell you"]
    assert mails(MIRA)[1].text.count("follows you") == 3
    assert not Letter.objects.exists()
    at("2026-12-02 07:01")
    last = followed(town.mira)
    assert subjects()[2:] == [f"{last.name} follows you"]


def test_one_that_waited_alone_has_its_own_words(town: Town) -> None:
    at("2026-12-01 23:00")
    quiet(town.mira)
    order = town.bought(town.ana, {town.variant(): 2})
    read(), post()
    assert subjects() == []
    at("2026-12-02 07:00")
    post()
    assert subjects() == [f"Sold: order {order.public}, £76"]
    assert "2 × Lidded pot" in mails(MIRA)[0].text


def test_what_an_order_owes_its_buyer_comes_all_the_same(town: Town) -> None:
    at("2026-12-01 23:00")
    quiet(town.ana)
    order = town.bought(town.ana, {town.variant(): 2})
    orders.ship(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 2})
    read(), post()
    assert len(subjects("ana@example.org")) == 2
    assert not Letter.objects.filter(notice__who=town.ana).exists()


@pytest.mark.parametrize("night", ["2026-03-28 23:00 2026-03-29 05:59 2026-03-29 06:00",
                                   "2026-10-24 23:00 2026-10-25 06:59 2026-10-25 07:00"])  # fmt: skip
def test_in_the_nights_of_changed_clocks_too(town: Town, night: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = night.split()
    begin, before, end = (" ".join(words[n : n + 2]) for n in (0, 2, 4))
    at(begin)
    quiet(town.mira)
    followed(town.mira)
    at(before)
    post()
    assert subjects() == []
    at(end)
    post()
    assert len(subjects()) == 1


def test_a_worker_that_comes_late_waits_again(town: Town) -> None:
    """Nobody worked for a day: what was due in the evening is not brought in the night."""
    at("2026-12-01 12:00")
    quiet(town.mira, mail=DAILY, digest_hour=20)
    followed(town.mira)
    at("2026-12-02 02:00")
    post()
    assert subjects() == []
    assert Letter.objects.get(notice__who=town.mira).due == at("2026-12-02 02:00").replace(hour=7)
    at("2026-12-02 07:00")
    post()
    assert len(subjects()) == 1


# ---- digests


def test_a_digest_comes_once_a_day_by_sort_and_an_empty_one_never(town: Town) -> None:
    at("2026-12-01 12:00")
    chosen(town.ben, DAILY)
    followed(town.ben), followed(town.ben)
    line = lines_of(town.bought(town.ana, {town.variant(): 1}))[0]
    orders.share(by=town.ana, line=line, reach="circle", circle=town.family)
    read(), post()
    assert subjects("ben@example.org") == []
    at("2026-12-02 08:00")
    post(), post()
    assert subjects("ben@example.org") == ["3 things to tell you"]
    [mail] = mails("ben@example.org")
    assert mail.text.index("People") < mail.text.index("follows you") < mail.text.index("Shares")
    assert "Ana Lima bought Lidded pot and tells you" in mail.html
    for day in (3, 4, 5):
        at(f"2026-12-0{day} 08:00")
        post()
    assert len(subjects("ben@example.org")) == 1


def test_what_was_seen_before_is_left_out(town: Town) -> None:
    at("2026-12-01 12:00")
    chosen(town.mira, DAILY)
    first, second = followed(town.mira), followed(town.mira)
    actions.see(by=town.mira, notice=rows(town.mira)[0])
    at("2026-12-02 08:00")
    post()
    assert subjects() == [f"{second.name} follows you"]
    assert first.name not in mails(MIRA)[0].text
    followed(town.mira)
    actions.see_all(by=town.mira, until=rows(town.mira)[-1].pk)
    at("2026-12-03 08:00")
    post()
    assert len(subjects()) == 1
    assert not Letter.objects.exists()


def test_what_is_only_mailed_is_not_marked_with_the_page(town: Town) -> None:
    at("2026-12-01 12:00")
    chosen(town.mira, DAILY, page=False)
    followed(town.mira)
    assert actions.see_all(by=town.mira, until=10**9) == 0
    at("2026-12-02 08:00")
    post()
    assert len(subjects()) == 1


def test_what_cannot_be_seen_any_more_is_left_out(town: Town) -> None:
    at("2026-12-01 12:00")
    chosen(town.ben, DAILY)
    line = lines_of(town.bought(town.ana, {town.variant(): 1}))[0]
    share = orders.share(by=town.ana, line=line, reach="circle", circle=town.family)
    read()
    orders.withdraw_share(by=town.ana, share=share)
    at("2026-12-02 08:00")
    post()
    assert subjects("ben@example.org") == []


def test_weekly_on_the_chosen_day(town: Town) -> None:
    at("2026-12-01 12:00")  # a Tuesday
    chosen(town.mira, WEEKLY, digest_hour=18, digest_day=4)
    followed(town.mira)
    at("2026-12-04 17:59")
    post()
    assert subjects() == []
    at("2026-12-04 18:00")
    post()
    assert len(subjects()) == 1


def test_who_cannot_sign_in_is_not_mailed(town: Town) -> None:
    chosen(town.mira)
    Account.objects.filter(profile=town.mira).update(is_active=False)
    followed(town.mira)
    assert subjects() == []


def test_defaults_hold_until_somebody_chooses(town: Town) -> None:
    followed(town.mira)
    assert (subjects(), queries.unseen(town.mira)) == ([], 1)
    assert queries.wishes(town.mira)["people"] == SORTS["people"].default == Wish(True, WEEKLY)
    assert Letter.objects.get().ripe > clock.now()


# ---- choosing


def test_choosing_sets_anew_what_waits(town: Town) -> None:
    at("2026-12-01 12:00")
    chosen(town.mira, WEEKLY)
    followed(town.mira)
    chosen(town.mira, DAILY, digest_hour=15)
    at("2026-12-01 15:00")
    post()
    assert len(subjects()) == 1
    followed(town.mira)
    chosen(town.mira, NEVER)
    assert not Letter.objects.exists()


def test_choosing_is_recorded_without_words(town: Town) -> None:
    chosen(town.mira, DAILY)
    [act] = acts("notices.chosen")
    assert (act.actor, act.data) == (town.mira, dict.fromkeys(SORTS, DAILY))
    assert act.audience == "parties"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"zone": "Moon/Base"}, "zone"),
        ({"begin": "22:00", "end": "22:00"}, "quiet_until"),
        ({"quiet_until": None}, "quiet_until"),
        ({"quiet_from": None}, "quiet_from"),
        ({"digest_hour": 24}, "digest_hour"),
        ({"digest_day": 7}, "digest_hour"),
        ({"mail": "hourly"}, None),
    ],
)
def test_odd_choices_are_refused_and_change_nothing(town: Town, given: dict[str, str], field: str | None) -> None:
    with pytest.raises(BadInput) as refusal:
        quiet(town.mira, **given)
    assert refusal.value.field == field
    assert not Choice.objects.exists()
    assert not acts("notices.chosen")


def test_brands_and_others_choose_nothing_here(town: Town) -> None:
    with pytest.raises(NotAllowed):
        chosen(town.brand)
    followed(town.mira)
    with pytest.raises(NotAllowed):
        actions.see(by=town.ben, notice=rows(town.mira)[0])
    assert actions.see_all(by=town.ben, until=10**9) == 0
    assert queries.unseen(town.mira) == 1


# ---- stopping (RFC 8058)


def stop_link(mail: Mail) -> str:
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail.headers["List-Unsubscribe"]
    assert link.startswith("<http://127.0.0.1:8000/")
    assert link.endswith(">")
    return str(link[1:-1].removeprefix("http://127.0.0.1:8000"))


def test_one_click_stops_the_sort_and_no_other(town: Town) -> None:
    chosen(town.mira)
    followed(town.mira)
    link = stop_link(mails(MIRA)[0])
    stranger = Client(enforce_csrf_checks=True)
    assert "Stop these mails" in stranger.get(link).content.decode()
    assert queries.wishes(town.mira)["people"].mail == AT_ONCE, "opening the page stops nothing"
    for _twice in range(2):
        answer = stranger.post(link, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.content) == (200, b"Stopped.")
    wishes = queries.wishes(town.mira)
    assert {sort for sort, wish in wishes.items() if wish.mail == NEVER} == {"people"}
    assert wishes["people"].page
    [act] = acts("notices.stopped")
    assert (act.actor, act.data) == (town.mira, {"sorts": ["people"]})
    assert "Stopped" in stranger.get(link).content.decode()
    followed(town.mira)
    assert len(subjects()) == 1
    assert queries.unseen(town.mira) == 2


def test_the_page_behind_it_has_a_button(town: Town) -> None:
    link = f"/notices/stop/{word_for(town.mira, ['people'])}"
    answer = signed_in(town.noor).post(link, {"List-Unsubscribe": "One-Click", "page": "1"}, follow=True)
    assert answer.status_code == 200
    assert "No more mails of this sort are sent" in answer.content.decode()
    assert queries.wishes(town.noor)["people"].mail == WEEKLY, "it is the mail's owner who is left in peace"


def test_stopping_holds_for_what_waits(town: Town) -> None:
    at("2026-12-01 12:00")
    chosen(town.mira, DAILY)
    followed(town.mira)
    actions.stop(by=town.mira, sorts=["people"])
    at("2026-12-02 08:00")
    post()
    assert subjects() == []


def test_a_digest_stops_all_its_sorts_at_once_or_each(town: Town) -> None:
    at("2026-12-01 12:00")
    chosen(town.ben, DAILY)
    followed(town.ben)
    line = lines_of(town.bought(town.ana, {town.variant(): 1}))[0]
    orders.share(by=town.ana, line=line, reach="circle", circle=town.family)
    read()
    at("2026-12-02 08:00")
    post()
    [mail] = mails("ben@example.org")
    each = [f"/notices/stop/{word_for(town.ben, [sort])}" for sort in ("people", "shares")]
    assert all(link in mail.text and link in mail.html for link in [*each, "/you/notices/choices"])
    Client().post(each[0], {"List-Unsubscribe": "One-Click"})
    assert queries.wishes(town.ben)["shares"].mail == DAILY
    Client().post(stop_link(mail), {"List-Unsubscribe": "One-Click"})
    assert queries.wishes(town.ben)["shares"].mail == NEVER


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "no"}, {"page": "1"}])
def test_a_post_without_the_word_of_the_standard_is_refused(town: Town, body: dict[str, str]) -> None:
    link = f"/notices/stop/{word_for(town.mira, ['people'])}"
    Client().post(link, body)
    assert queries.wishes(town.mira)["people"].mail == WEEKLY


@pytest.mark.parametrize("odd", ["x", "..", "a.people.b", "%00", "é.people.x"])
def test_another_word_stops_nothing(town: Town, odd: str) -> None:
    whole = word_for(town.mira, ["people"])
    forged = whole.replace("people", "shares")
    other = whole.replace(town.mira.public, town.ana.public)
    for word in (odd, forged, other, whole[:-1]):
        assert Client().post(f"/notices/stop/{word}", {"List-Unsubscribe": "One-Click"}).status_code == 404
    assert not Choice.objects.exists()


def test_the_links_in_mails_lead_to_pages(town: Town) -> None:
    chosen(town.mira)
    followed(town.mira)
    client = signed_in(town.mira)
    [mail] = mails(MIRA)
    links = [word.removeprefix("http://127.0.0.1:8000") for word in mail.text.split() if word.startswith("http://")]
    assert len(links) == 3
    assert [client.get(link).status_code for link in links] == [200, 200, 200]


def test_it_leaves_with_both_faces_and_its_headers(town: Town) -> None:
    chosen(town.mira)
    new = person("Salt & pepper <b>", "salt")
    people.follow(by=new, source=town.mira)
    read()
    while work.do_some(work.known()["mail"]):
        pass
    [one] = [mail for mail in sent.outbox if mail.to == [MIRA]]
    assert one.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Salt & pepper <b> follows you" in one.body
    assert "Salt &amp; pepper &lt;b&gt; follows you" in one.alternatives[0][0]
    assert one.message()["List-Unsubscribe"]


def test_a_header_of_two_lines_is_refused(town: Town) -> None:
    from moothall.outbox.actions import put  # noqa: PLC0415

    with pytest.raises(ValueError, match="one line"):
        put(key="k", to=MIRA, subject="s", text="t", headers={"X": "a\r\nBcc: all@example.org"})


def test_letters_are_written_once_however_often_they_are_begun(town: Town) -> None:
    """A worker that died after the deed: its rows are claimed again."""
    at("2026-12-01 12:00")
    chosen(town.mira, DAILY)
    followed(town.mira), followed(town.mira)
    waiting = list(Letter.objects.filter(notice__who=town.mira))
    at("2026-12-02 08:00")
    for letter in [*waiting, *waiting]:
        actions.mail_what_waits(letter)
    assert subjects() == ["2 things to tell you"]
    assert Notice.objects.filter(who=town.mira).exclude(mailed=None).count() == 2
