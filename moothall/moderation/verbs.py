"""What can happen to what is reported."""

from django.utils.translation import gettext_lazy as _

from moothall.activity.verbs import PARTIES, PUBLIC, Verb

REPORTED = Verb("report.made", _("{actor} reported {subject}"), PARTIES)
KEPT = Verb("thing.kept", _("A steward found nothing wrong with {subject}"), PARTIES)
HIDDEN = Verb("thing.hidden", _("{actor} removed {subject}"), PUBLIC)
RESTORED = Verb("thing.restored", _("{actor} restored {subject}"), PUBLIC)
APPEALED = Verb("appeal.made", _("{actor} appeals about {subject}"), PARTIES)
UPHELD = Verb("appeal.declined", _("{actor} looked at {subject} again, and it stays removed"), PUBLIC)
