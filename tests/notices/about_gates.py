"""How acts at the gate are told."""

from __future__ import annotations

from datetime import timedelta

from moothall.core import clock
from moothall.ideas import actions
from moothall.ideas.gates import Gate, today
from moothall.ideas.models import Idea
from moothall.people.models import Profile
from tests.ideas.gated import FIGURES, judged
from tests.ideas.made import proposed
from tests.notices.cast import put_aside
from tests.town import Town

POT = "Both-hands teapot"


def _one(town: Town) -> Gate:
    """An idea of Ana's at the gate by the voice of Noor, whom nothing of it is told to yet."""
    idea = _proposed(town)
    put_aside()
    return Gate.objects.select_related("idea", "brand").get(idea=idea)


def _proposed(town: Town) -> Idea:
    """On a day of its own: nobody proposes more than five in one."""
    clock.move(clock.now() + timedelta(days=1, minutes=1))
    actions.set_mark(by=town.mira, brand=town.brand, voices=1, days=28)
    idea = proposed(town.ana, brand=town.brand)
    actions.back(by=town.noor, idea=idea, level="pay", price=FIGURES.price)
    return idea


def come_to_the_gate(town: Town) -> dict[str, str]:
    _proposed(town)
    said = f"{POT} is at the gate: it is judged by a public date"
    return {"ana": said, "noor": said, "mira": f"{POT} is at your gate"}


def be_late(town: Town) -> dict[str, str]:
    _one(town)
    clock.move(clock.now() + timedelta(days=40))
    actions.tell_overdue()
    return {"mira": f"{POT} is overdue at your gate, and everybody sees it"}


def say_go(town: Town) -> dict[str, str]:
    gate = _one(town)
    judged(town, gate, "go")
    said = f"Tidewater Kitchen would make {POT}, and says at what price"
    return {"ana": said, "noor": said}


def say_no(town: Town) -> dict[str, str]:
    judged(town, _one(town))
    said = f"Tidewater Kitchen will not make {POT}, and says why and what would change it"
    return {"ana": said, "noor": said}


def say_what_it_needs(town: Town) -> dict[str, str]:
    judged(town, _one(town), "needs")
    said = f"Tidewater Kitchen says what {POT} needs first"
    return {"ana": said, "noor": said}


def take_it_back(town: Town) -> dict[str, str]:
    gate = judged(town, _one(town))
    put_aside()
    actions.undo(by=town.mira, gate=gate, why="We mixed up two suppliers.")
    said = f"Tidewater Kitchen takes its judgement of {POT} back, says why, and judges anew"
    return {"ana": said, "noor": said}


def appeal(town: Town) -> dict[str, str]:
    gate = judged(town, _one(town))
    put_aside()
    actions.appeal(by=town.ana, gate=gate, words="The lid was overlooked.")
    return {"mira": f"Ana Lima appeals against your judgement of {POT}"}


def answer(town: Town) -> dict[str, str]:
    gate = judged(town, _one(town))
    actions.appeal(by=town.ana, gate=gate, words="The lid was overlooked.")
    put_aside()
    actions.answer_appeal(by=town.mira, gate=gate, words="It was.")
    said = f"Tidewater Kitchen answers the appeal about {POT}"
    return {"ana": said, "noor": said}


def say_yes(town: Town) -> dict[str, str]:
    gate = judged(town, _one(town), "go")
    put_aside()
    actions.accept(by=town.ana, gate=gate)
    return {"mira": f"Ana Lima lets you make {POT}", "noor": f"Ana Lima said yes: {POT} is to be made"}


def give_it_to_another(town: Town) -> dict[str, str]:
    """The brand that has not judged yet hears that it left."""
    idea, ola = proposed(town.ana), None
    for by, brand in ((town.mira, town.brand), (ola, town.another_brand())):
        by = by or Profile.objects.get(handle="ola")
        actions.set_mark(by=by, brand=brand, voices=1, days=28)
        if by == town.mira:
            actions.back(by=town.noor, idea=idea, level="pay", price=FIGURES.price)
        actions.take_to_gate(by=by, brand=brand, idea=idea, due=today() + timedelta(days=9))
    first = Gate.objects.select_related("idea", "brand").get(idea=idea, brand=town.brand)
    judged(town, first, "go")
    put_aside()
    actions.accept(by=town.ana, gate=first)
    return {
        "mira": f"Ana Lima lets you make {POT}",
        "noor": f"Ana Lima said yes: {POT} is to be made",
        "ola": f"{POT} left your gate before you judged it",
    }


def argue(town: Town) -> dict[str, str]:
    gate = judged(town, _one(town), "go")
    put_aside()
    actions.argue(by=town.ben, gate=gate, figures=FIGURES, words="A turner would do it for less.")
    return {"mira": f"Ben Cole reckons {POT} with other numbers than yours"}


STORIES = [
    come_to_the_gate, be_late, say_go, say_no, say_what_it_needs, take_it_back, appeal, answer, say_yes, argue,
    give_it_to_another,
]  # fmt: skip
