"""Five weeks of Wendham in the order of time: the plan of who does what when, counted back from now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial

from . import (
    asked,
    back,
    bank,
    concepts,
    credit,
    desk,
    fair,
    gates,
    lantern,
    papers,
    polls,
    posts,
    press,
    tidewater,
    together,
    upstairs,
    voices,
    wold,
)
from .bought import (
    ALL_BACK,
    BOUGHT,
    CANCELLED,
    IN_TWO,
    KEPT,
    LAPSED,
    LEFT,
    OPEN,
    PACKED,
    PAID,
    PART_BACK,
    PARTLY,
    SENT,
    TRANSFER,
    Buy,
)
from .cast import BY_HANDLE, PEOPLE
from .hearing import HEARING, LOOKED
from .papertrade import BOUGHT_TOO, KEPT_TOO, TALK_TOO
from .stage import Stage
from .talk import TALK
from .ties import (
    ASKED,
    BLOCKS,
    BRAND_BY_HANDLE,
    BRANDS,
    CIRCLES,
    FINDABLE,
    FOLLOWS,
    INVITED,
    LATER,
    MUTES,
    SIGN_INS,
    TOKENS,
)
from .wares import Ware

Do = Callable[[Stage], None]
WARES: dict[str, tuple[Ware, ...]] = {
    "tidewater": tidewater.WARES,
    "lantern-works": lantern.WARES,
    "wold": wold.WARES,
    "nine-point": press.WARES,
}


NO_LONGER_TODAY = 15  # o'clock: what comes later is packed in the morning


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    do: Do


class Calendar:
    """Moments by days counted back from now."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(UTC)

    def at(self, day: int, clock: str) -> datetime:
        """The day that many days ago at "10:12"; or "-12": twelve minutes ago."""
        if clock.startswith("-"):
            return self.now + timedelta(minutes=int(clock))
        return datetime.combine(self.now.date() - timedelta(days=day), time.fromisoformat(clock), UTC)


def plan(now: datetime) -> list[Event]:
    """All that happens, the earliest first; the same for the same moment."""
    calendar = Calendar(now)
    parts = (
        *(_arriving, _tying, _publishing, _buying, _talking, _thinking, _voicing, _pooling, _asking),
        *(_posting, _parting, _calling, _hearing),
    )
    events = [event for part in parts for event in part(calendar)]
    return sorted(events, key=lambda event: event.at)


def _arriving(calendar: Calendar) -> Iterator[Event]:
    """People join in the mornings, brands open in the afternoon, teams come together a day later."""
    for number, person in enumerate(PEOPLE):
        minute = timedelta(minutes=number % 5 * 7)
        yield Event(calendar.at(person.day, "07:00") + minute, partial(Stage.join, person=person))
    for number, brand in enumerate(BRANDS):
        minutes = timedelta(minutes=number * 25)
        yield Event(calendar.at(brand.day, "14:00") + minutes, partial(Stage.open_brand, brand=brand))
        yield Event(calendar.at(brand.day - 5, "21:00") + minutes, partial(papers.say_name, brand=brand))
        for handle in brand.team:
            do = partial(Stage.join_team, brand=brand, handle=handle)
            yield Event(calendar.at(brand.day - 1, "08:00") + minutes, do)


def _tying(calendar: Calendar) -> Iterator[Event]:
    """Whoever comes is followed the same evening, and put into circles."""
    for handle, sources in (*FOLLOWS.items(), *LATER.items()):
        for source in sources.split():
            evening = calendar.at(_met(handle, source), "17:02")
            yield Event(evening, partial(Stage.follow, handle=handle, source=source))
    for (owner, name), handles in CIRCLES.items():
        made = calendar.at(BY_HANDLE[owner].day, "17:20")
        yield Event(made, partial(Stage.make_circle, owner=owner, name=name))
        for handle in handles.split():
            evening = calendar.at(_met(owner, handle), "17:25")
            yield Event(evening, partial(Stage.join_circle, owner=owner, name=name, handle=handle))


def _met(one: str, other: str) -> int:
    """The first day on which both are here."""
    return min(BY_HANDLE[one].day, (BRAND_BY_HANDLE.get(other) or BY_HANDLE[other]).day)


def _publishing(calendar: Calendar) -> Iterator[Event]:
    for hour, brand in enumerate(BRANDS):
        for number, ware in enumerate(WARES[brand.handle]):
            minutes = timedelta(hours=hour, minutes=number % 6 * 9)
            if ware.day is None:
                yield Event(calendar.at(2, "15:00") + minutes, partial(Stage.make, brand=brand, ware=ware))
            else:
                yield Event(calendar.at(ware.day, "09:00") + minutes, partial(Stage.publish, brand=brand, ware=ware))


def _buying(calendar: Calendar) -> Iterator[Event]:
    yield Event(calendar.at(30, "08:00"), bank.open_account)
    for buy in (*BOUGHT, *BOUGHT_TOO):
        placed = calendar.at(buy.day, buy.at)
        yield Event(placed, partial(Stage.go_to_pay, buy=buy))
        yield from _course(buy, placed)
    for handle, things in (*KEPT, *KEPT_TOO):
        yield Event(calendar.at(1, "21:00"), partial(Stage.keep, handle=handle, things=things))


def _course(buy: Buy, placed: datetime) -> list[Event]:
    """What follows on a checkout: paid in two minutes, packed in the same daylight, sent the next afternoon."""
    tomorrow = placed.replace(hour=9) + timedelta(days=1)
    morning = tomorrow if placed.hour >= NO_LONGER_TODAY else placed + timedelta(hours=2)
    pay = partial(bank.arrive if buy.method == TRANSFER else Stage.pay, buy=buy)
    paid = Event(placed + timedelta(minutes=2), pay)
    packed = Event(morning, partial(desk.pack, buy=buy))
    first = Event(morning + timedelta(hours=1), partial(desk.ship_first, buy=buy))
    sent = Event(tomorrow + timedelta(hours=6), partial(desk.ship, buy=buy))
    courses = {
        OPEN: [],
        LEFT: [Event(placed + timedelta(minutes=4), partial(Stage.leave, buy=buy))],
        LAPSED: [Event(placed + timedelta(minutes=33), Stage.rest)],
        PAID: [paid],
        PACKED: [paid, packed],
        PARTLY: [paid, packed, first],
        SENT: [paid, packed, sent],
        IN_TWO: [paid, packed, first, sent],
        PART_BACK: [paid, packed, sent, Event(tomorrow + timedelta(days=4), partial(desk.give_one_back, buy=buy))],
        ALL_BACK: [paid, packed, sent, Event(tomorrow + timedelta(days=5), partial(desk.give_all_back, buy=buy))],
        CANCELLED: [paid, Event(tomorrow, partial(desk.cancel, buy=buy))],
    }
    return courses[buy.fate] + [Event(at, do) for at, do in back.course(buy, sent.at)]


def _talking(calendar: Calendar) -> Iterator[Event]:
    for said in (*TALK, *TALK_TOO):
        yield Event(calendar.at(said.day, said.at), partial(Stage.say, said=said))
        if said.back is not None:
            yield Event(calendar.at(said.back, "20:30"), partial(Stage.take_back, said=said))


def _thinking(calendar: Calendar) -> Iterator[Event]:
    """Upstairs: on evenings, and over the days that follow."""
    for at, do in upstairs.thinking(lambda day: calendar.at(day, "18:10")):
        yield Event(min(at, calendar.now - timedelta(minutes=3)), do)
    for at, do in fair.visiting(lambda day: calendar.at(day, "15:20")):
        yield Event(at, do)
    for at, do in gates.judging(lambda day: calendar.at(day, "20:05")):
        yield Event(at, do)
    for at, do in credit.sharing(lambda day: calendar.at(day, "21:15")):
        yield Event(min(at, calendar.now - timedelta(minutes=1)), do)
    for at, do in polls.polling(lambda day: calendar.at(day, "18:30")):
        yield Event(min(at, calendar.now - timedelta(minutes=4)), do)


def _pooling(calendar: Calendar) -> Iterator[Event]:
    for at, do in together.together(lambda day: calendar.at(day, "19:20"), calendar.now):
        yield Event(at, do)
    for at, do in concepts.concepts(lambda day: calendar.at(day, "20:40"), calendar.now):
        yield Event(min(at, calendar.now - timedelta(minutes=4)), do)


def _asking(calendar: Calendar) -> Iterator[Event]:
    for at, do in asked.asking(calendar.at, calendar.now):
        yield Event(at, do)


def _voicing(calendar: Calendar) -> Iterator[Event]:
    for at, do in voices.voicing(calendar.at):
        yield Event(min(at, calendar.now - timedelta(minutes=2)), do)


def _posting(calendar: Calendar) -> Iterator[Event]:
    for at, do in posts.posting(calendar.at):
        yield Event(min(at, calendar.now - timedelta(minutes=2)), do)


def _parting(calendar: Calendar) -> Iterator[Event]:
    for handle, name, scopes in TOKENS:
        yield Event(calendar.at(8, "19:40"), partial(Stage.make_token, handle=handle, name=name, scopes=scopes))
    for by, whom in MUTES:
        yield Event(calendar.at(6, "22:00"), partial(Stage.mute, by=by, whom=whom))
    for by, whom in BLOCKS:
        yield Event(calendar.at(5, "22:00"), partial(Stage.block, by=by, whom=whom))


def _hearing(calendar: Calendar) -> Iterator[Event]:
    """They choose when they have been here for a day, and looked last three days ago."""
    for handle in HEARING:
        yield Event(calendar.at(BY_HANDLE[handle].day - 1, "18:00"), partial(Stage.choose, handle=handle))
    for handle in LOOKED:
        yield Event(calendar.at(3, "12:30"), partial(Stage.look, handle=handle))


def _calling(calendar: Calendar) -> Iterator[Event]:
    """Invitations that are out, a team that asks, who may be found by address, browsers signed in."""
    for handle in FINDABLE.split():
        yield Event(calendar.at(4, "20:00"), partial(Stage.be_found, handle=handle))
    for handle, email, words in INVITED:
        yield Event(calendar.at(3, "19:30"), partial(Stage.invite, handle=handle, email=email, words=words))
    for brand, handle, role in ASKED:
        yield Event(calendar.at(1, "16:00"), partial(Stage.ask, brand=brand, handle=handle, role=role))
    for handle, browsers in SIGN_INS.items():
        for browser, day in browsers:
            yield Event(calendar.at(day, "18:40"), partial(Stage.sign_in, handle=handle, browser=browser))
