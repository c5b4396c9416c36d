"""What can happen to what one is told."""

from django.utils.translation import gettext_lazy as _

from moothall.activity.verbs import PARTIES, Verb

CHOSEN = Verb("notices.chosen", _("{actor} chose what to hear of"), PARTIES)
STOPPED = Verb("notices.stopped", _("{actor} stopped a sort of mail"), PARTIES)
