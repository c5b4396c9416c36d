"""What can happen when people buy."""

from django.utils.translation import gettext_lazy as _

from moothall.activity.verbs import PARTIES, SUBJECT, Verb

PLACED = Verb("purchase.placed", _("{actor} went to pay"), PARTIES)
PAID = Verb("order.paid", _("{actor} paid an order"), PARTIES)
LAPSED = Verb("purchase.lapsed", _("{actor} did not pay in time"), PARTIES)
CAPTURE_RETURNED = Verb("capture.returned", _("{actor} gets money back that was not owed"), PARTIES)
PACKED = Verb("order.packed", _("{actor} packs an order"), PARTIES)
SHIPPED = Verb("order.shipped", _("{actor} shipped an order"), PARTIES)
PARCEL_CORRECTED = Verb("parcel.corrected", _("{actor} corrected how a parcel goes"), PARTIES)
CANCELLED = Verb("order.cancelled", _("{actor} cancelled an order"), PARTIES)
REFUNDED = Verb("order.refunded", _("{actor} refunds an order"), PARTIES)
REFUND_PAID = Verb("refund.paid", _("a refund of {actor} reached the bank"), PARTIES)
REFUND_RETRIED = Verb("refund.retried", _("{actor} tries a refund again"), PARTIES)
REFUND_FAILED = Verb("refund.failed", _("a refund of {actor} failed at the bank"), PARTIES)
BY_CARD = Verb("purchase.by_card", _("{actor} pays by card instead of by transfer"), PARTIES)
TRANSFER_REMINDED = Verb("transfer.reminded", _("a transfer of {actor} has not arrived yet"), PARTIES)
TRANSFER_ARRIVED = Verb("transfer.arrived", _("{actor} noted that a transfer arrived"), PARTIES)
TRANSFER_RETURNED = Verb("transfer.returned", _("{actor} sent a transfer back"), PARTIES)
BANK_SET = Verb("bank.set", _("{actor} said which account buyers send money to"), PARTIES)
BANK_ENDED = Verb("bank.ended", _("{actor} takes no bank transfers any more"), PARTIES)
SHARED = Verb("share.made", _("{actor} bought {subject}"), SUBJECT)
WITHDRAWN = Verb("share.withdrawn", _("{actor} took a share back"), PARTIES)
IMPRINT_SET = Verb("imprint.set", _("{actor} said whom the papers name"), PARTIES)
RETURN_ASKED = Verb("return.asked", _("{actor} asks to send something back"), PARTIES)
RETURN_AGREED = Verb("return.agreed", _("{actor} agrees to a return"), PARTIES)
RETURN_DECLINED = Verb("return.declined", _("{actor} declines a return"), PARTIES)
RETURN_WITHDRAWN = Verb("return.withdrawn", _("{actor} keeps what was to go back"), PARTIES)
RETURN_SENT = Verb("return.sent", _("{actor} sent something back"), PARTIES)
RETURN_ARRIVED = Verb("return.arrived", _("{actor} has a return that arrived"), PARTIES)
RETURN_CLOSED = Verb("return.closed", _("{actor} closed a return"), PARTIES)
