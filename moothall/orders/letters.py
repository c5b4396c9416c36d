"""Mails of what follows a sale: each step of a return is told to the one who waits."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from moothall.activity.actions import reads
from moothall.activity.models import Act
from moothall.core import kinds
from moothall.outbox.actions import write
from moothall.people.models import Member
from moothall.people.queries import account_of

from . import verbs
from .doors import link
from .models import Return, ReturnLine, Shipment


def _back(act: Act) -> tuple[Return, str]:
    """The return, and what is in it on one line."""
    found = Return.objects.select_related("order__brand", "order__purchase__buyer", "refund").get(pk=act.subject_id)
    lines = ReturnLine.objects.filter(back=found).select_related("line").order_by("pk")
    return found, ", ".join(f"{one.quantity} × {one.line.title}" for one in lines)


@reads("mail team: return", verbs.RETURN_ASKED, verbs.RETURN_WITHDRAWN, verbs.RETURN_SENT)
def tell_team(act: Act) -> None:
    back, things = _back(act)
    order = {"id": back.order.public}
    if act.verb == verbs.RETURN_ASKED.name:
        subject = _("Somebody asks to send back: order %(id)s") % order
        said = [things, _("Why: %(reason)s") % {"reason": back.why}, back.words]
        said.append(_("They wait for your answer: say where to send it, or why not."))
    elif act.verb == verbs.RETURN_SENT.name:
        subject = _("On its way back to you: order %(id)s") % order
        said = [things, f"{back.carrier} {back.tracking}".strip()]
        said.append(_("When it is here, say so, and give the money back."))
    else:
        subject = _("It stays with its buyer: order %(id)s") % order
        said = [things, _("They keep it after all. Nothing is left for you to do.")]
    address = kinds.address(Return.kind, back.pk)
    for member in Member.objects.filter(brand=back.order.brand, role__in=("owner", "seller")).select_related("person"):
        account = account_of(member.person)
        if account:
            _write(f"return {act.pk} {member.pk}", account.email, subject, said, address)


@reads(
    "mail buyer: return",
    verbs.RETURN_AGREED,
    verbs.RETURN_DECLINED,
    verbs.RETURN_ARRIVED,
    verbs.RETURN_CLOSED,
)
def tell_buyer(act: Act) -> None:
    back, things = _back(act)
    brand = {"brand": back.order.brand.name}
    if act.verb == verbs.RETURN_AGREED.name:
        subject = _("%(brand)s takes it back") % brand
        said = [things, back.answer, _("When it is on its way, say so on the page of your order.")]
    elif act.verb == verbs.RETURN_DECLINED.name:
        subject = _("%(brand)s does not take it back") % brand
        said = [things, back.answer]
    elif act.verb == verbs.RETURN_ARRIVED.name:
        subject = _("%(brand)s has what you sent back") % brand
        said = [things, _("They look at it now. The money is what comes next.")]
    elif back.refund is None:
        subject = _("Your return to %(brand)s is closed") % brand
        said = [things, back.answer, _("No money was given back for it. Answer them if you see it otherwise.")]
    else:  # the mail of the refund says it all
        return
    _write(f"return {act.pk}", back.order.purchase.email, subject, said, link(back.order.purchase))


@reads("mail buyer: parcel corrected", verbs.PARCEL_CORRECTED)
def tell_corrected(act: Act) -> None:
    """Says how it goes now; of two corrections that were made before this is read, both mails say the last."""
    shipment = Shipment.objects.select_related("order__brand", "order__purchase__buyer").get(pk=act.subject_id)
    purchase = shipment.order.purchase
    way = f"{shipment.carrier} {shipment.tracking}".strip() or _("It goes without a number.")
    said = [_("We were told the wrong number before. This is the right one:"), way, shipment.page]
    subject = _("The right number of your parcel from %(brand)s") % {"brand": shipment.order.brand.name}
    _write(f"corrected {act.pk}", purchase.email, subject, said, link(purchase))


def _write(key: str, to: str, subject: str, said: Sequence[str], address: str) -> None:
    write(key=key, to=to, subject=subject, template="orders/mail/said", said=[one for one in said if one], link=address)
