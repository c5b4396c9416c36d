"""The whole way, in real browsers, with and without scripts: Mira proposes, Ana says a part of it better, thirty people
pledge while it gathers, a brand's go costs more than four of them said, it comes about, each who stayed pays once, its
makers share what it brings, it is made and sent, and who has it is asked for, and told of, the next revision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.process.charged import each_is_charged_once_or_never
from tests.process.crowd import by_turns
from tests.process.hall import HallProcess, until
from tests.process.mould import Mould
from tests.process.shopper import Shopper, form_in, sentence_in

from .conftest import Visit
from .mould import Stage
from .test_journey import comes_to
from .visitor import GOOD, Visitor

pytestmark = pytest.mark.browser
DESK = "/desk/north-wool"
TITLE = "Ladle for the left"
BETTER = "From the left, and from the right at noon."
NEW = "A hook holds it at the rim of the pot."
PRICE, LOW = "36", "30"
HOME = {"name": "Somebody", "street": "3 Quay", "postcode": "TR26 1LP", "town": "St Ives"}


@pytest.fixture(scope="module")
def stage(tables: Mould, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage.of(tmp_path_factory, tables, "before_the_idea", "scene_thing")


@pytest.fixture
def hall(stage: Stage, tmp_path: Path) -> Iterator[HallProcess]:
    hall = stage.hall(tmp_path / "hall")
    hall.open()
    yield hall
    hall.close()


@pytest.mark.parametrize(
    "scripts", [pytest.param(True, marks=pytest.mark.once), False], ids=["with-scripts", "without"]
)
def test_from_an_idea_to_its_second_revision(hall: HallProcess, visit: Visit, scripts: bool) -> None:
    mira, ana, ben, noor, dana, ola = (
        visit(hall, who, java_script_enabled=scripts) for who in ("mira", "ana", "ben", "noor", "dana", "ola")
    )
    guest = visit(hall, java_script_enabled=scripts)
    idea = proposes(mira)
    says_it_better(ana, idea)
    takes_it_in(mira, idea)
    stands_behind_it(ben, idea)
    pool = gathers(mira, idea)
    for who, limit in ((ben, "45"), (dana, "44"), (noor, LOW)):
        pledges(who, idea, limit)
    low = the_crowd_pledges(hall, pool)
    public = idea.rsplit("/", 1)[1]
    until(lambda: hall.one("SELECT pays FROM ideas_idea WHERE public = ?", public) == 30, "not thirty voices")
    gate = says_go(ola, idea)
    says_yes(mira, gate)
    takes_it_at_its_price(noor, pool)
    some_of_the_others_do(hall, pool, low)
    ends(hall)
    each_is_charged_once_or_never(hall)
    pays_once(dana, pool)
    share_it(mira, ana, idea)
    plans_and_ticks_off(ola, pool)
    is_told_of_it(dana, pool)
    sends_all(ola, hall)
    brings_out(ola)
    thing = finds_it(guest, idea)
    stands_in_the_books(ana, hall)
    asks_for_a_change(dana, thing)
    brings_revision_2(ola)
    is_told_before_paying(dana, thing)
    hall.check()


# ---- shaped


def proposes(mira: Visitor) -> str:
    mira.go("/ideas/new")
    mira.fill(title=TITLE, problem="It drips.", use="From the left.", low="25", high="45")
    mira.press("Propose it", exact=True)
    expect(mira.page.get_by_role("navigation", name="The way of this idea")).to_contain_text("gathering")
    return mira.path


def says_it_better(ana: Visitor, idea: str) -> None:
    ana.go(idea)
    ana.page.locator("section[aria-labelledby=p-use]").get_by_role("link", name="Say it better").click()
    expect(ana.page.locator("main [name=part]")).to_have_value("use")
    ana.fill(words=BETTER, why="My mother is right-handed.")
    ana.press("Send it")
    expect(ana.page.get_by_role("status")).to_be_visible()
    ana.go(idea)
    expect(ana.page.locator("section[aria-labelledby=contributions]")).to_contain_text("Waits for an answer")


def takes_it_in(mira: Visitor, idea: str) -> None:
    """Version 2 is Ana's, by name."""
    mira.go(idea)
    mira.follow("Waits for an answer")
    expect(mira.page.locator("main")).to_contain_text("My mother is right-handed.")
    mira.press("Make version 2 of it")
    expect(mira.page.locator("section[aria-labelledby=p-use]")).to_contain_text(BETTER)
    second = mira.page.locator("section[aria-labelledby=versions] li").first
    expect(second).to_contain_text("Version 2")
    expect(second).to_contain_text("Ana Lima")
    expect(mira.page.locator("section[aria-labelledby=shapers]").get_by_role("link", name="Ana Lima")).to_be_visible()


def stands_behind_it(ben: Visitor, idea: str) -> None:
    ben.go(idea)
    ben.page.locator("section[aria-labelledby=voice] [name=price]").fill("40")
    ben.press("Say so")
    expect(ben.page.locator("section[aria-labelledby=voice]")).to_contain_text("You: I would pay. £40")
    expect(ben.page.locator("main")).to_contain_text("half of them £40 or more")


# ---- gathered


def gathers(mira: Visitor, idea: str) -> str:
    mira.go(idea)
    mira.press("Begin to gather")
    expect(mira.page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(mira.page.locator("main")).to_contain_text("Nobody has pledged yet")
    return mira.path


def pledges(who: Visitor, idea: str, limit: str) -> None:
    who.go(idea)
    who.follow("Pledge", exact=True)
    who.fill(limit=limit, **HOME)
    who.press("Keep my card")
    expect(who.page.get_by_role("heading", level=1)).to_contain_text("Keep a card")
    who.fill(number=GOOD, expiry="12/39", cvc="123")
    who.press("Keep this card")
    expect(who.page.get_by_role("status")).to_contain_text("You are in")
    expect(who.page.get_by_role("region", name="Your pledge")).to_contain_text("4242")


def the_crowd_pledges(hall: HallProcess, pool: str) -> list[str]:
    """By the same pages, without a browser; the three who would pay less than it will cost."""
    crowd: list[str] = hall.scene["crowd"]

    def pledge(name: str) -> None:
        shopper = Shopper(hall, name)
        limit = LOW if name in crowd[:3] else "42"
        there = shopper.post(shopper.form(pool, pool), limit=limit, email=f"{name}@example.org", **HOME)
        back = shopper.get(shopper.pay(there.headers["location"]))
        assert "You are in" in sentence_in(back), name

    by_turns(pledge, crowd)
    assert hall.rows("SELECT pieces, people FROM pools_pool") == [(30, 30)]
    return crowd[:3]


# ---- judged


def says_go(ola: Visitor, idea: str) -> str:
    ola.go(f"{DESK}/gates/take/{idea.rsplit('/', 1)[1]}")
    ola.press("Take it to our gate")
    ola.follow(TITLE)
    ola.page.get_by_role("link", name="As everybody sees it").wait_for()
    ola.fill(pieces_1="28", unit_1="12", royalty="5")
    ola.page.locator("form[aria-labelledby=the-sheet] [name=price]").fill(PRICE)
    ola.press("Keep it", exact=True)
    expect(ola.page.get_by_role("region", name="What people pledged")).to_contain_text("£44")
    ola.page.locator("input[name=state][value=go]").check()
    judging = ola.page.locator("form[aria-labelledby=judge]")
    for name, words in {"reasons": "Good steel.", "price": PRICE, "run": "28", "days": "14", "weeks": "8"}.items():
        judging.locator(f"[name={name}]").fill(words)
    ola.press("Publish the judgement")
    expect(ola.page.get_by_role("status")).to_contain_text("Judged")
    ola.follow("As everybody sees it")
    return ola.path


def says_yes(mira: Visitor, gate: str) -> None:
    mira.go(gate)
    mira.page.locator("summary", has_text="Yes, let North Wool make it").click()
    mira.press("Yes", exact=True)
    expect(mira.page.get_by_role("status")).to_contain_text("It is open")
    expect(mira.page.locator("main")).to_contain_text("26 of 28 pieces")


# ---- asked again, and decided


def takes_it_at_its_price(noor: Visitor, pool: str) -> None:
    noor.go("/you/notices")
    comes_to(noor, noor.page.locator("main").get_by_text("It costs more than you said. Do you take it?"))
    noor.go(pool)
    expect(noor.page.get_by_role("region", name="Your pledge")).to_contain_text(f"you said £{LOW} at most")
    noor.press(f"Yes, I take it at £{PRICE}")
    expect(noor.page.get_by_role("status")).to_contain_text("Your card stays")
    expect(noor.page.get_by_role("region", name="Your pledge")).to_contain_text("you are in")


def some_of_the_others_do(hall: HallProcess, pool: str, low: list[str]) -> None:
    """One says yes, one goes, one says nothing."""
    yes, no, _silent = (Shopper(hall, name) for name in low)
    said = yes.post(yes.form(pool, pool), limit=PRICE)
    assert "Your card stays" in sentence_in(yes.get(said.headers["location"]))
    own = hall.one("SELECT l.public FROM pools_pledge l JOIN people_profile p ON p.id = l.person_id"
                   " WHERE p.handle = ?", low[1])  # fmt: skip
    assert no.post(form_in(no.get(pool), f"/pledges/{own}/end")).status_code == 302
    states = "SELECT state, COUNT(*) FROM pools_pledge GROUP BY state"
    assert dict(hall.rows(states)) == {"standing": 28, "withdrawn": 1, "asked": 1}


def ends(hall: HallProcess) -> None:
    now = (datetime.now(UTC) - timedelta(seconds=1)).strftime("%Y-%m-%d %H:%M:%S.%f+00:00")
    hall.rows("UPDATE pools_pool SET deadline = ?, due = ? WHERE stage = 'open'", now, now)
    until(lambda: bool(hall.one("SELECT COUNT(*) FROM pools_pool WHERE wound_up IS NOT NULL")), "not wound up")
    states = "SELECT state, COUNT(*) FROM pools_pledge GROUP BY state"
    assert dict(hall.rows(states)) == {"paid": 28, "withdrawn": 1, "unmet": 1}


def pays_once(dana: Visitor, pool: str) -> None:
    dana.go(pool)
    expect(dana.page.locator("main")).to_contain_text(f"It came about: £{PRICE} each for all.")
    dana.follow("See your order")
    expect(dana.page.locator("main")).to_contain_text("£40")
    expect(dana.page.locator("main")).to_contain_text("North Wool makes it")
    expect(dana.page.get_by_role("link", name="How far it is")).to_have_attribute("href", pool)
    dana.go("/you/orders")
    expect(dana.page.locator("main h2 a")).to_have_count(1)


# ---- shared, made, sent


def share_it(mira: Visitor, ana: Visitor, idea: str) -> None:
    mira.go(idea)
    expect(mira.page.get_by_role("link", name="Make a new version")).to_have_count(0)
    mira.follow("Credit and shares")
    expect(mira.page.locator("main")).to_contain_text("Of each sale 5 % go to those who shaped it")
    expect(mira.page.locator("#propose [name=handle_2]")).to_have_value("ana")
    mira.page.locator("#propose [name=share_1]").fill("70")
    mira.press("Propose them")
    expect(mira.page.locator("#propose [role=alert]").first).to_contain_text("5 % is missing")
    mira.page.locator("#propose [name=share_2]").fill("30")
    mira.press("Propose them")
    expect(mira.page.get_by_role("status")).to_contain_text("Proposed")
    ana.go("/you/royalties")
    ana.follow(TITLE)
    expect(ana.page.locator("main")).to_contain_text("You would get 30 %")
    ana.press("Sign it")
    expect(ana.page.locator("section[aria-labelledby=standing]")).to_contain_text("30 %")


def plans_and_ticks_off(ola: Visitor, pool: str) -> None:
    ola.go(f"{DESK}/pools")
    ola.follow(TITLE)
    ola.follow("Milestones, and bringing it out")
    ola.fill(words="The mould is cut")
    ola.press("Plan it")
    expect(ola.page.locator("main [role=alert]")).to_be_visible()
    expect(ola.page.locator("main [name=words]")).to_have_value("The mould is cut")
    ola.page.locator("main [name=due]").first.fill((datetime.now(UTC) + timedelta(days=9)).strftime("%Y-%m-%d"))
    ola.press("Plan it")
    expect(ola.page.get_by_role("status")).to_contain_text("Planned")
    ola.page.locator("summary", has_text="It is done").click()
    ola.fill(note="It pours.")
    ola.press("Tick it off")
    expect(ola.page.get_by_role("status")).to_contain_text("Ticked off")


def is_told_of_it(dana: Visitor, pool: str) -> None:
    told = dana.page.locator("main").get_by_text("A milestone is reached")
    dana.go("/you/notices")
    comes_to(dana, told)
    dana.go(pool)
    expect(dana.page.get_by_role("region", name="How far it is")).to_contain_text("It pours.")


def sends_all(ola: Visitor, hall: HallProcess) -> None:
    first, *others = [public for (public,) in hall.rows("SELECT public FROM orders_order ORDER BY id")]
    ola.go(f"{DESK}/orders/{first}")
    ola.page.get_by_role("region", name="Send it").get_by_role("button", name="Sent").click()
    expect(ola.page.get_by_role("status")).to_contain_text("Sent")

    def send(public: str) -> None:
        shopper, page = Shopper(hall, "ola"), f"{DESK}/orders/{public}"
        assert shopper.post(shopper.form(page, f"{page}/shipments")).status_code == 302

    by_turns(send, others)
    assert hall.one("SELECT SUM(quantity - shipped) FROM orders_orderline WHERE variant_id IS NOT NULL") == 0


def brings_out(ola: Visitor) -> None:
    ola.go(f"{DESK}/pools")
    ola.follow(TITLE)
    ola.follow("Milestones, and bringing it out")
    ola.page.locator("summary", has_text="Bring it out").click()
    ola.press("Bring it out", exact=True)
    expect(ola.page.get_by_role("status")).to_contain_text("It is out")


def finds_it(guest: Visitor, idea: str) -> str:
    guest.go(idea)
    expect(guest.page.get_by_role("navigation", name="The way of this idea")).to_contain_text("made")
    guest.follow("See the thing")
    expect(guest.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(guest.page.locator("main")).to_contain_text("version 2, shaped by 2 people")
    thing = guest.path
    guest.follow("Born of this idea")
    assert guest.path == idea
    return thing


def stands_in_the_books(ana: Visitor, hall: HallProcess) -> None:
    """5 % of 28 times £36, each shared to the penny: £1.26 and 54p."""
    until(lambda: not hall.one("SELECT COUNT(*) FROM credit_royalty WHERE posted IS NULL"), "royalties wait")
    books = hall.rows(
        "SELECT p.handle, SUM(e.amount) FROM ledger_entry e JOIN ledger_book b ON b.id = e.book_id"
        " JOIN people_profile p ON p.id = b.owner_id WHERE b.name = 'royalties' GROUP BY p.handle"
    )
    assert {handle: -int(amount) for handle, amount in books} == {"mira": 28 * 126, "ana": 28 * 54}
    ana.go("/you/royalties")
    expect(ana.page.locator("main dl.facts")).to_contain_text("£15.12")


# ---- asked for again


def asks_for_a_change(dana: Visitor, thing: str) -> None:
    dana.go("/you/orders")
    expect(dana.page.locator("main")).to_contain_text("on its way")
    dana.go(thing)
    dana.follow("Ask for a change")
    dana.page.locator("#ask [name=title]").fill("A hook at the end")
    dana.press("Ask for it", exact=True)
    expect(dana.page.get_by_role("heading", level=1)).to_have_text("A hook at the end")


def brings_revision_2(ola: Visitor) -> None:
    ola.go(f"{DESK}/improvements")
    ola.follow("A hook at the end")
    ola.follow("Bring a revision")
    ola.page.get_by_label("A hook at the end").check()
    ola.page.locator("main [name=words]").fill(NEW)
    ola.press("Bring it")
    expect(ola.page.get_by_role("status")).to_contain_text("Revision 2 is here")


def is_told_before_paying(dana: Visitor, thing: str) -> None:
    dana.go(thing)
    dana.press("Buy", exact=True)
    for page in ("/basket", "/checkout"):
        main = dana.page.locator("main")
        expect(main).to_contain_text("You have revision 1.")
        expect(main).to_contain_text(NEW)
        expect(main).to_contain_text("A hook at the end")
        assert dana.path == page
        if page == "/basket":
            dana.follow("Go on to pay")
