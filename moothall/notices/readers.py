"""What notices do when others have acted: tell it, and no longer tell what was taken back."""

from __future__ import annotations

from moothall.activity import tells
from moothall.activity.actions import reads
from moothall.activity.models import Act
from moothall.moderation import verbs as moderation
from moothall.moderation.queries import cases
from moothall.orders import verbs as orders
from moothall.people import verbs as people
from moothall.polls import verbs as polls
from moothall.talk import verbs as talk

from . import actions


@reads("notices", *tells.verbs())
def tell(act: Act) -> None:
    actions.tell(act)


@reads("notices: taken back", orders.WITHDRAWN, talk.WITHDRAWN, polls.WITHDRAWN)
def take_back(act: Act) -> None:
    actions.take_back(kind=act.subject_kind, id=act.subject_id)


@reads("notices: removed", moderation.HIDDEN)
def set_aside(act: Act) -> None:
    for case in cases().filter(pk=act.subject_id):
        actions.set_aside(kind=case.subject_kind, id=case.subject_id)


@reads("notices: parted", people.BLOCKED, people.MUTED)
def part(act: Act) -> None:
    """Who mutes hears no more of the other; of two who are parted, neither of either."""
    actions.part(who=act.actor_id, actor=act.subject_id, before=act)
    if act.verb == people.BLOCKED.name:
        actions.part(who=act.subject_id, actor=act.actor_id, before=act)


@reads("notices: unfollowed", people.UNFOLLOWED)
def unfollow(act: Act) -> None:
    actions.undo(verb=people.FOLLOWED, by=act)
