"""What can happen to comments."""

from django.utils.translation import gettext_lazy as _

from moothall.activity.verbs import PARTIES, SUBJECT, Verb

MADE = Verb("comment.made", _("{actor} says something about {subject}"), SUBJECT)
EDITED = Verb("comment.edited", _("{actor} changed a comment on {subject}"), PARTIES)
WITHDRAWN = Verb("comment.withdrawn", _("{actor} took a comment back"), PARTIES)
BROUGHT_BACK = Verb("comment.brought_back", _("{actor} brought a comment back"), PARTIES)
REACTED = Verb("comment.reacted", _("{actor} reacted to a comment on {subject}"), PARTIES)
UNREACTED = Verb("comment.unreacted", _("{actor} took a reaction back"), PARTIES)
