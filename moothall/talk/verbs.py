"""What can happen to posts and comments."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from moothall.activity.verbs import PARTIES, PUBLIC, SUBJECT, Verb

MADE = Verb("comment.made", _("{actor} says something about {subject}"), SUBJECT)
EDITED = Verb("comment.edited", _("{actor} changed a comment on {subject}"), PARTIES)
WITHDRAWN = Verb("comment.withdrawn", _("{actor} took a comment back"), PARTIES)
BROUGHT_BACK = Verb("comment.brought_back", _("{actor} brought a comment back"), PARTIES)
REACTED = Verb("comment.reacted", _("{actor} reacted to a comment on {subject}"), PARTIES)
UNREACTED = Verb("comment.unreacted", _("{actor} took a reaction back"), PARTIES)

POSTED = Verb("post.made", _("{actor} says something"), PUBLIC)
TOLD = Verb("post.told", _("{actor} has news"), PUBLIC, again="post.made")  # to those who follow the brand
POST_EDITED = Verb("post.edited", _("{actor} changed a post"), PARTIES)
POST_WITHDRAWN = Verb("post.withdrawn", _("{actor} took a post back"), PARTIES)
POST_BROUGHT_BACK = Verb("post.brought_back", _("{actor} brought a post back"), PARTIES)
POST_REACTED = Verb("post.reacted", _("{actor} reacted to a post"), PARTIES)
POST_UNREACTED = Verb("post.unreacted", _("{actor} took a reaction to a post back"), PARTIES)


@dataclass(frozen=True, slots=True)
class Fates:
    """What becomes of something that was said."""

    edited: Verb
    withdrawn: Verb
    brought_back: Verb
    reacted: Verb
    unreacted: Verb


OF = {
    "comment": Fates(EDITED, WITHDRAWN, BROUGHT_BACK, REACTED, UNREACTED),
    "post": Fates(POST_EDITED, POST_WITHDRAWN, POST_BROUGHT_BACK, POST_REACTED, POST_UNREACTED),
}
