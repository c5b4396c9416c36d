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


def call_by_name_in_a_post(town: Town) -> dict[str, str]:
    actions.post(by=town.noor, words="Who has a kiln, @ben?\n\nMine is cold.")
    return {"ben": "Noor Aziz calls you by name: Who has a kiln, @ben? Mine is cold."}


def call_by_name_in_a_post_later(town: Town) -> dict[str, str]:
    made = actions.post(by=town.noor, words="Who has a kiln, @ben?")
    put_aside()
    actions.edit_post(by=town.noor, post=made, words="Who has a kiln, @ben or @ana?")
    return {"ana": "Noor Aziz calls you by name: Who has a kiln, @ben or @ana?"}


def post_in_the_talk_of_a_brand(town: Town) -> dict[str, str]:
    """The team is told, but not of what one of them says there."""
    actions.post(by=town.mira, channel=town.brand, words="We fire on Thursday.")
    actions.post(by=town.noor, channel=town.brand, words="May one come?")
    return {"mira": "Noor Aziz says something in your Talk: May one come?"}


def comment_on_a_post(town: Town) -> dict[str, str]:
    made = actions.post(by=town.ben, words="Who has a kiln?")
    put_aside()
    actions.say(by=town.noor, kind="post", id=made.pk, words="I have.")
    return {"ben": "Noor Aziz says something about Who has a kiln?"}


STORIES = [
    *(comment, answer, call_by_name, call_by_name_later),
    *(call_by_name_in_a_post, call_by_name_in_a_post_later, post_in_the_talk_of_a_brand, comment_on_a_post),
]
