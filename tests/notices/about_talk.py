"""How acts about comments are told."""

from __future__ import annotations

from moothall.talk import actions
from tests.notices.cast import put_aside
from tests.talk.made import idea_of, said
from tests.town import Town


def comment(town: Town) -> dict[str, str]:
    idea = idea_of(town.ana)
    put_aside()
    said(town.noor, idea)
    return {"ana": "Noor Aziz says something about Both-hands teapot"}


def answer(town: Town) -> dict[str, str]:
    """Who began and who was answered, and whose idea it is, each once."""
    root = said(town.ben, idea_of(town.ana))
    under = actions.answer(by=town.noor, to=root, words="Does it?")
    put_aside()
    actions.answer(by=town.mira, to=under, words="It does.")
    answered = "Mira Sand answered you about Both-hands teapot"
    return {"ben": answered, "noor": answered, "ana": "Mira Sand says something about Both-hands teapot"}


def call_by_name(town: Town) -> dict[str, str]:
    idea = idea_of(town.ana)
    put_aside()
    said(town.noor, idea, "What do you say, @ben and @ana?")
    called = "Noor Aziz calls you by name, about Both-hands teapot"
    return {"ben": called, "ana": called}


def call_by_name_later(town: Town) -> dict[str, str]:
    made = said(town.noor, idea_of(town.mira), "@ben?")
    put_aside()
    actions.edit(by=town.noor, comment=made, words="@ben? @ana?")
    return {"ana": "Noor Aziz calls you by name, about Both-hands teapot"}


STORIES = [comment, answer, call_by_name, call_by_name_later]
