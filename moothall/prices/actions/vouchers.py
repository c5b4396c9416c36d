"""Vouchers: made and ended at a desk; taken, kept and released with what is paid, as stock is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, hot, ids, text
from moothall.core.hall import hall
from moothall.core.money import Money
from moothall.core.refusals import BadInput, Refusal
from moothall.people.models import Profile

from .. import verbs
from ..models import Voucher, VoucherCount, VoucherUse
from ..queries import counted_as, mail_print, used_up
from .sending import may_write

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,28}[A-Z0-9]")
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Offer:
    """A voucher as somebody writes it down: so many percent, or an amount. Without a code one is made up; `each` is how
    often one person may use it."""

    code: str = ""
    words: str = ""
    percent: int | None = None
    amount: Money | None = None
    minimum: Money | None = None
    begins: datetime | None = None
    ends: datetime | None = None
    limit: int | None = None
    each: int | None = None


@transaction.atomic
def make_voucher(*, by: Profile, brand: Profile, offer: Offer) -> Voucher:
    """A new code. Refuses one that is known in the hall, and what is neither a percentage nor an amount."""
    may_write(by, brand)
    code = text.tidy(offer.code).upper() or ids.short()[:8].upper()
    begins = offer.begins or clock.now()
    _check(offer, code, begins)
    voucher = Voucher(
        brand=brand,
        code=code,
        words=text.tidy(offer.words)[:100],
        percent=offer.percent,
        amount=offer.amount.minor if offer.amount else None,
        minimum=offer.minimum.minor if offer.minimum else 0,
        currency=hall().currency,
        begins=begins,
        ends=offer.ends,
        limit=offer.limit,
        each=offer.each,
        made=clock.now(),
    )
    try:
        with transaction.atomic():
            voucher.save()
    except IntegrityError as error:
        raise BadInput(_("There is a voucher of this name already."), field="code") from error
    record(verbs.VOUCHER_MADE, by=by, on=voucher, brand=brand)
    return voucher


@transaction.atomic
def end_voucher(*, by: Profile, voucher: Voucher) -> None:
    """It counts no more, save for who is paying with it already. Twice is once."""
    may_write(by, voucher.brand)
    if Voucher.objects.filter(pk=voucher.pk, ended=None).update(ended=clock.now()):
        record(verbs.VOUCHER_ENDED, by=by, on=voucher, brand=voucher.brand)


@transaction.atomic
def take(*, voucher: Voucher, owner_kind: str, owner_id: int, buyer: Profile, email: str, amount: int) -> VoucherUse:
    """Hold one use for an owner who takes so much off (minor units), or refuse and take nothing (the caller's
    transaction rolls back). A person is counted by who they are and by their mail address, guest or not."""
    now = clock.now()
    standing = Voucher.objects.filter(pk=voucher.pk, ended=None, begins__lte=now)
    standing = standing.filter(Q(ends=None) | Q(ends__gt=now))
    if not standing.filter(Q(limit=None) | Q(used__lt=F("limit"))).update(used=F("used") + 1):
        raise Refusal(used_up(voucher), field="code")
    use = VoucherUse(
        voucher=voucher,
        owner_kind=owner_kind,
        owner_id=owner_id,
        buyer_id=buyer.became_id or buyer.pk,
        mail=mail_print(email),
        amount=amount,
        at=now,
    )
    use.save()
    if voucher.each is not None:
        for who in counted_as(use):
            VoucherCount.objects.bulk_create([VoucherCount(voucher=voucher, who=who)], ignore_conflicts=True)
            own = VoucherCount.objects.filter(voucher=voucher, who=who, used__lt=voucher.each)
            if not own.update(used=F("used") + 1):
                said = _("You have used the voucher %(code)s as often as one may.") % {"code": voucher.code}
                raise Refusal(said, field="code")
    return use


@transaction.atomic
def keep(*, owner_kind: str, owner_id: int) -> None:
    """What was held for this owner is used."""
    for use in _end(owner_kind, owner_id, VoucherUse.USED):
        record(verbs.VOUCHER_USED, by=use.buyer, on=use.voucher, amount=use.amount)


@transaction.atomic
def release(*, owner_kind: str, owner_id: int) -> None:
    """What was held for this owner can be used by others again."""
    for use in _end(owner_kind, owner_id, VoucherUse.RELEASED):
        Voucher.objects.filter(pk=use.voucher_id).update(used=F("used") - 1)
        if use.voucher.each is not None:
            for who in counted_as(use):
                VoucherCount.objects.filter(voucher=use.voucher, who=who).update(used=F("used") - 1)


def _end(owner_kind: str, owner_id: int, state: str) -> list[VoucherUse]:
    """End each use that is still held, once."""
    rows = _held(owner_kind, owner_id)
    return [row for row in rows if VoucherUse.objects.filter(pk=row.pk, state=VoucherUse.HELD).update(state=state)]


@hot.read
def _held(owner_kind: str, owner: int) -> QuerySet[VoucherUse]:
    held = VoucherUse.objects.filter(owner_kind=owner_kind, owner_id=owner, state=VoucherUse.HELD)
    return held.select_related("voucher", "buyer").order_by("voucher_id")


def _check(offer: Offer, code: str, begins: datetime) -> None:
    if not _CODE.fullmatch(code):
        raise BadInput(_("A code is 3 to 30 letters without accents, digits and hyphens."), field="code")
    if (offer.percent is None) == (offer.amount is None):
        raise BadInput(_("Give it a percentage or an amount, one of both."), field="percent")
    if offer.percent is not None and not 0 < offer.percent <= 100:
        raise BadInput(_("From 1 to 100 percent."), field="percent")
    for name, money in (("amount", offer.amount), ("minimum", offer.minimum)):
        if money is not None and (money.minor < 0 or money.currency != hall().currency):
            raise BadInput(_("A price is a number, like 38 or 38.50."), field=name)
    if offer.amount is not None and not offer.amount:
        raise BadInput(_("Take something off."), field="amount")
    if offer.ends is not None and offer.ends <= begins:
        raise BadInput(_("It would be over before it begins."), field="ends")
    for name, number in (("limit", offer.limit), ("each", offer.each)):
        if number is not None and not 0 < number <= MOST:
            raise BadInput(_("From 1 to a million, or nothing."), field=name)
