"""One's account: where it is signed in, its tokens, and which teams ask for one."""

from __future__ import annotations

from moothall.people import queries, tokens
from moothall.people.tokens import READ

from .. import cursors
from ..door import Asked, Room
from ..shapes.account import AskedOut, PasskeyOut, SecurityOut, SignInOut, TokenOut
from ..shapes.people import ProfileOut
from ..shapes.plain import Cursor, Limit, ListOf

room = Room("Account", "How you get in. What is dangerous is done in the pages, after a fresh sign-in.")


@room.get("/me/security", SecurityOut, READ)
def security(request: Asked) -> SecurityOut:
    """How you get in: the second step, recovery codes, passkeys."""
    mine = request.account
    return SecurityOut(
        email=mine.email,
        second_step=queries.asks_second_step(mine),
        codes_left=queries.codes_left(mine),
        passkeys=[PasskeyOut(name=str(one), since=one.created_at) for one in queries.passkeys_of(mine)],
    )


@room.get("/me/sign-ins", ListOf[SignInOut], READ)
def sign_ins(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[SignInOut]:
    """Browsers in which you are signed in, the newest first."""
    rows, more = cursors.by_place(queries.sign_ins_of(request.account), cursor, limit)
    return ListOf[SignInOut](items=[SignInOut.of(one) for one in rows], next=more)


@room.get("/me/tokens", ListOf[TokenOut], READ)
def my_tokens(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[TokenOut]:
    """Your tokens, those that are over too, the newest first."""
    rows, more = cursors.by_number(tokens.tokens_of(request.account), cursor, limit)
    return ListOf[TokenOut](items=[TokenOut.of(one) for one in rows], next=more)


@room.get("/me/teams", ListOf[AskedOut], READ)
def teams(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[AskedOut]:
    """Teams that ask for you, the newest first."""
    rows, more = cursors.by_number(queries.teams_asking(request.me), cursor, limit)
    items = [AskedOut(brand=ProfileOut.of(one.brand), role=one.role, since=one.since) for one in rows]
    return ListOf[AskedOut](items=items, next=more)
