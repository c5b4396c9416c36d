"""What people of the town say on their own pages and in the Talk of the brands, and what others answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from moothall.catalog.models import Product
from moothall.talk import actions as talk
from moothall.talk.models import Post

if TYPE_CHECKING:
    from .stage import Stage


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, on a day counted back from today; in whose Talk; with the picture of which product; what
    others answered, each a day's hour, who and the words; and how others found it, as "ben:agree jun:helpful"."""

    day: int
    at: str
    who: str
    words: str
    channel: str = ""
    pictured: str = ""
    shows: str = ""
    answers: tuple[tuple[str, str, str], ...] = ()
    found: str = ""


SAID = (
    Said(
        24, "07:15", "harjit",
        "Found on the number 4 this morning: one left glove, green, hand-knitted, smells of coal tar soap. It is on "
        "the shelf behind my seat until somebody cries.",
        answers=(("09:05", "gus", "Mine. Do not wash it."), ("12:40", "harjit", "I would not dare.")),
        found="salma:helpful ana:agree gus:helpful",
    ),
    Said(
        19, "16:30", "mira",
        "We open the kiln on **Saturday at ten**, and whoever comes may watch. What cracked goes into the box by the "
        "door for nothing:\n\n- eleven saucers\n- a jug with a view to the other side\n- the blue bowl that Yuki is "
        "not ready to talk about",
        channel="tidewater",
        answers=(
            ("17:10", "beatriz", "Two of the saucers are mine. I know exactly which."),
            ("18:20", "hanna", "Bring newspaper. We are out."),
            ("20:45", "ana", "I am ready to talk about the blue bowl."),
        ),
        found="beatriz:helpful ana:agree ben:agree",
    ),
    Said(
        17, "20:05", "ben",
        "Does the dark glaze go through a dishwasher every day? I ask for a school kitchen, and for me.",
        channel="tidewater",
        answers=(
            ("21:30", "femi", "Every day, at 60 degrees. Not with scouring tablets, they take the shine in a year."),
            ("22:00", "ben", "Then the school shall hear of the tablets."),
        ),
        found="ana:helpful adaeze:agree",
    ),
    Said(
        15, "18:50", "salma",
        "The library has a table free on Thursday evenings, a big one, with good light. Who wants to mend things in "
        "company? @jun, I am looking at you and at the radio in the reading room.",
        answers=(
            ("19:20", "jun", "I come, with the small iron. The radio only wants a belt."),
            ("19:55", "wei", "I could bring clocks."),
            ("20:10", "salma", "Not ones that tick."),
        ),
        found="jun:helpful wei:helpful ines:agree zofia:agree",
    ),
    Said(
        13, "10:40", "tomek",
        "The turned feet of the stool are ash again from this week on. The oak was handsome and split in two "
        "houses out of forty, and both of you wrote so kindly that I would rather not do it a third time.",
        channel="lantern-works",
        answers=(("13:15", "ingrid", "I said ash. I only mention it."),),
        found="ben:helpful ingrid:agree",
    ),
    Said(
        11, "19:25", "adaeze",
        "Twins at four in the morning, everybody well, and a cup of tea that was still warm when I came home. It is "
        "the cosy. I did not believe it either.",
        found="ana:agree salma:agree beatriz:agree gus:agree ingrid:helpful",
    ),
    Said(
        9, "08:30", "olwen",
        "We walked the whole Barrow ridge in the new jacket, in rain, so that you need not. Notes for the next one: "
        "the left pocket is still too high for anybody under six feet. **Tell us where yours should be**, in hand's "
        "breadths from the hem.",
        channel="wold",
        answers=(
            ("10:10", "harjit", "Two and a half. I have small hands and large sandwiches."),
            ("11:35", "zofia", "I cut three versions tomorrow. Come and put your hands in them."),
        ),
        found="harjit:helpful zofia:helpful kofi:agree",
    ),
    Said(
        7, "12:15", "yuki",
        "Test tile forty-two. I know that I said so of forty-one.",
        pictured="both-hands-teapot",
        shows="A teapot with a spout on either side",
        answers=(("12:50", "mira", "You did. It is, though."), ("18:05", "ana", "What is it called?")),
        found="mira:agree ana:agree hanna:helpful",
    ),
    Said(
        5, "17:45", "jun",
        "Is there a lamp of yours that takes a bulb one can buy in any shop? The one upstairs has been dark since "
        "Sunday, and I am a person who mends things.",
        channel="lantern-works",
        answers=(("18:30", "leila", "All but the bicycle lamp. Bring it by, @jun: the collar comes off by hand."),),
        found="leila:helpful",
    ),
    Said(
        4, "21:10", "ana",
        "Supper for nine on Friday, and I own seven plates. Who lends me two? They come back with cake on them.",
        answers=(
            ("21:15", "ben", "You own nine. Two are at ours since Easter."),
            ("21:20", "ana", "Then I need a cake."),
        ),
        found="ben:agree beatriz:helpful",
    ),
    Said(
        2, "09:20", "gus",
        "Leeks by the gate of plot 12, as many as you can carry. The honesty tin is a joke, there is no honesty in "
        "leeks.",
        found="ana:helpful adaeze:helpful harjit:agree",
    ),
    Said(
        1, "18:00", "hanna",
        "Parcels of today left at five. If yours says tomorrow, it means tomorrow: I carried it to the van myself.",
        channel="tidewater",
        found="femi:agree",
    ),
)  # fmt: skip


def posting(moment: Callable[[int, str], datetime]) -> Iterator[tuple[datetime, Callable[[Stage], None]]]:
    for said in SAID:
        yield moment(said.day, said.at), partial(post, said=said)
        for at, who, words in said.answers:
            yield moment(said.day, at), partial(answer, said=said, who=who, words=words)
        for number, found in enumerate(said.found.split()):
            yield moment(said.day - 1, f"2{number % 3}:3{number // 3}"), partial(find, said=said, found=found)


def post(stage: Stage, said: Said) -> None:
    channel = stage.brands[said.channel] if said.channel else None
    front = Product.objects.get(slug=said.pictured).front if said.pictured else None
    picture = front.picture if front else None
    talk.post(by=stage.people[said.who], words=said.words, channel=channel, picture=picture, alt=said.shows)


def answer(stage: Stage, said: Said, who: str, words: str) -> None:
    talk.say(by=stage.people[who], kind=Post.kind, id=_post(stage, said).pk, words=words)


def find(stage: Stage, said: Said, found: str) -> None:
    who, _gap, sort = found.partition(":")
    talk.react_to_post(by=stage.people[who], post=_post(stage, said), sort=sort)


def _post(stage: Stage, said: Said) -> Post:
    return Post.objects.get(by=stage.people[said.who], words=said.words)
