"""Telling others what one bought, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import Reach
from moothall.core import clock, text
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people.models import PERSON, Circle, Profile

from .. import queries, verbs
from ..models import Order, OrderLine, Purchase, Share

PUBLIC, FOLLOWERS, CIRCLE = "public", "followers", "circle"


@transaction.atomic
def share(*, by: Profile, line: OrderLine, reach: str, circle: Circle | None = None, words: str = "") -> Share:
    """Tell everybody, followers or one circle that one has this. Refuses another's purchase, an unpaid one, and a
    line shared already."""
    if by.sort != PERSON or not queries.is_own(by, line.order.purchase):
        raise NotAllowed(_("Only who bought it can share it."))
    if line.order.state != Order.PAID or line.variant is None:
        raise Refusal(_("There is nothing to share before it is paid."))
    words = check_telling(by=by, reach=reach, circle=circle, words=words)
    if Share.objects.filter(line=line, withdrawn=None).exists():
        raise Refusal(_("You shared this already. Take it back first."))
    made = Share.objects.create(
        by=by, line=line, product=line.variant.product, words=words, reach=reach, circle=circle, at=clock.now()
    )
    record(verbs.SHARED, by=by, on=made, reach=Reach(reach, circle.pk if circle else 0))
    return made


def check_telling(*, by: Profile, reach: str, circle: Circle | None, words: str) -> str:
    """The words as they are kept. Refuses an unknown reach, a circle that is not one's own, and too many words."""
    if reach not in (PUBLIC, FOLLOWERS, CIRCLE):
        raise BadInput(_("Choose who may know."), field="reach")
    if (circle is not None) != (reach == CIRCLE) or (circle and (circle.owner_id != by.pk or circle.ended)):
        raise BadInput(_("Choose one of your circles."), field="reach")
    words = text.tidy(words, lines=True)
    if len(words) > 400:
        raise BadInput(_("Four hundred letters at most."), field="words")
    return words


@transaction.atomic
def withdraw_share(*, by: Profile, share: Share) -> None:
    """Take a share back: it is gone everywhere at once. Twice is once."""
    if share.by_id != by.pk:
        raise NotAllowed(_("This is not yours to take back."))
    if Share.objects.filter(pk=share.pk, withdrawn=None).update(withdrawn=clock.now(), words=""):
        record(verbs.WITHDRAWN, by=by, on=share)


def share_what_was_chosen(purchase: Purchase, lines: Iterable[OrderLine]) -> None:
    """The choice made at checkout waited for the payment: now each thing is shared as chosen."""
    chosen = purchase.share_reach
    if not chosen or purchase.buyer.sort != PERSON or (chosen == CIRCLE and not _stands(purchase.share_circle)):
        return
    for line in lines:
        if line.variant_id:
            fresh = OrderLine.objects.select_related("order__purchase", "variant__product").get(pk=line.pk)
            share(by=purchase.buyer, line=fresh, reach=chosen, circle=purchase.share_circle, words=purchase.share_words)


def _stands(circle: Circle | None) -> bool:
    return circle is not None and circle.ended is None
