"""What can happen to what things cost."""

from django.utils.translation import gettext_lazy as _

from moothall.activity.verbs import PARTIES, Verb

SENDING_SET = Verb("sending.set", _("{actor} set what sending costs"), PARTIES)
TAX_SET = Verb("tax.set", _("{actor} set how its things are taxed"), PARTIES)
VOUCHER_MADE = Verb("voucher.made", _("{actor} made a voucher"), PARTIES)
VOUCHER_ENDED = Verb("voucher.ended", _("{actor} ended a voucher"), PARTIES)
VOUCHER_USED = Verb("voucher.used", _("{actor} used a voucher"), PARTIES)
SENDING_ENDED = Verb("sending.ended", _("{actor} sends to fewer places"), PARTIES)
