"""Questions to everybody about an idea or a product: choices, an order, prices."""

from __future__ import annotations

from django.http import Http404

from moothall.core import kinds
from moothall.people.models import Profile
from moothall.people.tokens import DESK, SOCIAL
from moothall.polls import actions, panels, queries
from moothall.polls.models import Poll

from .. import cursors
from ..door import Asked, Room
from ..shapes.plain import Cursor, Limit, ListOf
from ..shapes.polls import PollAnswerIn, PollOut, PollWholeOut, QuestionIn, WordsIn

room = Room("Questions", "Who leads an idea or makes a product asks, everybody answers. Nobody is told who said what.")


@room.get("/ideas/{idea}/polls", ListOf[PollOut])
def idea_polls(request: Asked, idea: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[PollOut]:
    """Questions about an idea, the newest first."""
    return _on(request, "idea", idea, cursor, limit)


@room.get("/products/{brand}/{slug}/polls", ListOf[PollOut])
def product_polls(request: Asked, brand: str, slug: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[PollOut]:
    """Questions about a product, the newest first."""
    return _on(request, "product", f"{brand}/{slug}", cursor, limit)


def _on(request: Asked, kind: str, name: str, cursor: str, limit: int) -> ListOf[PollOut]:
    found = queries.on(request.viewer, kind, _thing(request.viewer, kind, name)).prefetch_related("choices")
    rows, more = cursors.by_number(found, cursor, limit)
    items = [PollOut.of(one, sorted(one.choices.all(), key=lambda choice: choice.position)) for one in rows]
    return ListOf[PollOut](items=items, next=more)


@room.post("/ideas/{idea}/polls", PollWholeOut, SOCIAL, status=201)
def ask_of_idea(request: Asked, idea: str, body: QuestionIn) -> PollWholeOut:
    """Ask everybody about an idea that you lead. The same question again is the same while it is open."""
    return _asked(request, "idea", idea, body)


@room.post("/products/{brand}/{slug}/polls", PollWholeOut, DESK, status=201)
def ask_of_product(request: Asked, brand: str, slug: str, body: QuestionIn) -> PollWholeOut:
    """Ask everybody about a product of a brand that you own or make for, in its name."""
    return _asked(request, "product", f"{brand}/{slug}", body)


def _asked(request: Asked, kind: str, name: str, body: QuestionIn) -> PollWholeOut:
    made = actions.ask(by=request.me, kind=kind, id=_thing(request.me, kind, name), asked=body.asked())
    return _whole(request.me, made.public)


@room.get("/polls/{poll}", PollWholeOut)
def poll(request: Asked, poll: str) -> PollWholeOut:
    """One question, your answer, and its results when it is time for them."""
    return _whole(request.viewer, poll)


@room.put("/polls/{poll}", PollWholeOut, SOCIAL)
def reword_poll(request: Asked, poll: str, body: QuestionIn) -> PollWholeOut:
    """Ask it otherwise, until somebody answered."""
    actions.reword(by=request.me, poll=_seen(request.me, poll), asked=body.asked())
    return _whole(request.me, poll)


@room.delete("/polls/{poll}", None, SOCIAL)
def withdraw_poll(request: Asked, poll: str) -> None:
    """Take a question back that nobody answered."""
    actions.withdraw(by=request.me, poll=_seen(request.me, poll))


@room.post("/polls/{poll}/words", PollWholeOut, SOCIAL)
def add_words_to_poll(request: Asked, poll: str, body: WordsIn) -> PollWholeOut:
    """Say more to it, below what stands there."""
    actions.add_words(by=request.me, poll=_seen(request.me, poll), words=body.words)
    return _whole(request.me, poll)


@room.post("/polls/{poll}/end", PollWholeOut, SOCIAL)
def close_poll(request: Asked, poll: str) -> PollWholeOut:
    """Close it before its time; what was answered counts."""
    actions.close(by=request.me, poll=_seen(request.me, poll))
    return _whole(request.me, poll)


@room.put("/polls/{poll}/answer", PollWholeOut, SOCIAL)
def answer_poll(request: Asked, poll: str, body: PollAnswerIn) -> PollWholeOut:
    """Answer it, or answer it otherwise; you count once."""
    actions.answer(by=request.me, poll=_seen(request.me, poll), said=body.said())
    return _whole(request.me, poll)


@room.delete("/polls/{poll}/answer", PollWholeOut, SOCIAL)
def take_back_answer(request: Asked, poll: str) -> PollWholeOut:
    """Take your answer back while it is open."""
    actions.take_back(by=request.me, poll=_seen(request.me, poll))
    return _whole(request.me, poll)


def _thing(viewer: Profile | None, kind: str, name: str) -> int:
    id = kinds.named(kind, name)
    if id is None or not kinds.visible(kind, viewer, [id]):
        raise Http404
    return id


def _seen(viewer: Profile | None, public: str) -> Poll:
    found = queries.opened(viewer, public)
    if found is None:
        raise Http404
    return found.poll


def _whole(viewer: Profile | None, public: str) -> PollWholeOut:
    found = panels.stand(viewer, public)
    if found is None:
        raise Http404
    return PollWholeOut.whole(found)
