"""How acts about improvements are told."""

from __future__ import annotations

from moothall.improvements import actions
from tests.improvements.made import asked, brought
from tests.notices.cast import put_aside
from tests.town import Town


def ask_for_a_change(town: Town) -> dict[str, str]:
    asked(town.noor, town.product())
    return {"mira": "Noor Aziz asks for a change: A lid that stays on"}


def change_what_was_asked(town: Town) -> dict[str, str]:
    pot = town.product()
    lid, foot = asked(town.noor, pot), asked(town.ben, pot, "A foot")
    actions.join(by=town.ana, improvement=lid)
    put_aside()
    brought(town.mira, pot, lid)
    assert foot.is_open
    words = "You asked, it changed: Lidded pot has a new revision"
    return {"noor": words, "ana": words}


def decline_a_change(town: Town) -> dict[str, str]:
    lid = asked(town.noor, town.product())
    actions.join(by=town.ana, improvement=lid)
    put_aside()
    actions.decline(by=town.mira, improvement=lid, answer="It would not close.")
    words = "Tidewater Kitchen leaves it as it is, and says why: A lid that stays on"
    return {"noor": words, "ana": words}


def think_again_about_a_change(town: Town) -> dict[str, str]:
    lid = asked(town.noor, town.product())
    actions.decline(by=town.mira, improvement=lid, answer="It would not close.")
    put_aside()
    actions.reopen(by=town.mira, improvement=lid)
    return {"noor": "Tidewater Kitchen thinks again about A lid that stays on"}


STORIES = [ask_for_a_change, change_what_was_asked, decline_a_change, think_again_about_a_change]
