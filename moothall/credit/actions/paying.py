"""Where royalties are sent, and sending them: a payout takes all that is owed, has an account, and is worth sending."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, text
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ledger import actions as ledger
from moothall.payments import bank
from moothall.people.keys import may_keep
from moothall.people.models import PERSON, Profile

from .. import queries, verbs
from ..models import ROYALTIES, Payee, Payout, PayoutLine
from ..statements import owed

LONGEST_HOLDER = 70


@transaction.atomic
def set_payee(*, by: Profile, holder: str, iban: str) -> Payee:
    """Have one's royalties sent to this account from the next payout on. Refuses what is no IBAN. Saying the same again
    records nothing."""
    if by.sort != PERSON:
        raise NotAllowed(_("Royalties are people's."))
    holder, number = text.tidy(holder), bank.plain(text.tidy(iban))
    if not holder or len(holder) > LONGEST_HOLDER:
        raise BadInput(_("Say whose account it is, in seventy letters at most."), field="holder")
    if not bank.looks_like_iban(number):
        raise BadInput(_("An IBAN begins with two letters and two digits, like GB29 NWBK 6016."), field="iban")
    if not bank.is_iban(number):
        raise BadInput(_("This IBAN has a slip in it: its check digits do not fit. Look at it again."), field="iban")
    said = {"holder": holder, "iban": number}
    row, made = Payee.objects.get_or_create(person=by, defaults=said | {"at": clock.now()})
    changed = not made and Payee.objects.filter(pk=row.pk).exclude(**said).update(**said, at=clock.now())
    if made or changed:
        record(verbs.PAYEE_SET, by=by, on=row)
    row.refresh_from_db()
    return row


@transaction.atomic
def end_payee(*, by: Profile) -> None:
    """Forget the account; what was sent there already stays in those payouts. Twice is once."""
    row = Payee.objects.filter(person=by).first()
    if row:
        record(verbs.PAYEE_ENDED, by=by, on=row)
        row.delete()


@transaction.atomic
def pay_out(*, by: Profile, after: int) -> Payout:
    """Pay all that is owed to people with an account, from the smallest amount that is sent. `after` is the number of
    the payout that the steward saw as the last: pressed twice, also at once, it is the one payout after that. Refuses a
    list that is out of date, and where nothing is to be sent. What is below zero after a refund is carried over."""
    may_keep(by)
    if after < 0 or after > queries.last_payout():
        raise BadInput(_("Look at the list again: it has changed."), field="after")
    made = Payout.objects.filter(number=after + 1).first()
    if made:
        return made
    try:
        with transaction.atomic():
            payout = Payout.objects.create(number=after + 1, by=by, at=clock.now())
    except IntegrityError:  # another steward, at this moment
        return Payout.objects.get(number=after + 1)
    due = [one for one in owed() if one.is_ready]
    if not due:
        raise Refusal(_("There is nothing to be sent."))
    for one in due:
        assert one.payee is not None
        line = PayoutLine.objects.create(
            payout=payout,
            person=one.person,
            holder=one.payee.holder,
            iban=one.payee.iban,
            amount=one.money.minor,
            currency=one.money.currency,
        )
        ledger.move(
            key=line.key,
            source=ledger.book(None, ledger.BANK, line.currency),
            to=ledger.book(one.person, ROYALTIES, line.currency),
            amount=line.amount,
        )
    record(verbs.PAID_OUT, by=by, on=payout, number=payout.number, lines=len(due))
    return payout
