"""What can happen to the credit for an idea, and to what it brings."""

from django.utils.translation import gettext_lazy as _

from moothall.activity.verbs import PARTIES, Verb

PROPOSED = Verb("split.proposed", _("{actor} proposes how the royalty of {subject} is shared"), PARTIES)
SIGNED = Verb("split.signed", _("{actor} signed how the royalty of {subject} is shared"), PARTIES)
DECLINED = Verb("split.declined", _("{actor} would share the royalty of {subject} otherwise"), PARTIES)
TAKEN_BACK = Verb("split.taken_back", _("{actor} took the proposed shares of {subject} back"), PARTIES)
STANDS = Verb("split.stands", _("All have signed how the royalty of {subject} is shared"), PARTIES)
PAYEE_SET = Verb("payee.set", _("{actor} said where royalties are to be sent"), PARTIES)
PAYEE_ENDED = Verb("payee.ended", _("{actor} took back where royalties are to be sent"), PARTIES)
PAID_OUT = Verb("payout.made", _("{actor} paid royalties out"), PARTIES)
