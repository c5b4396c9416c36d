"""Whom the acts of buying and selling tell. Between buyer and brand it is business: mutes and blocks keep nothing back
of what one bought or has to send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import DESK, ORDERS, SHARES, Letter, tells
from moothall.core import kinds
from moothall.core.kinds import Card
from moothall.people.models import AGENT, OWNER, SELLER, CircleMember, Member, Profile

from . import queries, verbs
from .models import Order, Purchase, Refund, Return, Shipment


def _orders_of(acts: Iterable[Act]) -> dict[int, int]:
    """The order that each act is about, by the act's id."""
    subjects: dict[str, set[int]] = {}
    for act in acts:
        subjects.setdefault(act.subject_kind, set()).add(act.subject_id)
    orders: dict[tuple[str, int], int] = {("order", id): id for id in subjects.get("order", ())}
    for model in (Shipment, Refund, Return):
        rows = model.objects.filter(pk__in=subjects.get(model.kind, ()))
        orders |= {(model.kind, pk): order for pk, order in rows.values_list("pk", "order_id")}
    found = {act.pk: orders.get((act.subject_kind, act.subject_id)) for act in acts}
    return {pk: order for pk, order in found.items() if order}


def _bought(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    """The buyer's page of the purchase."""
    order_of = _orders_of(acts)
    mine = queries.orders_of(viewer).filter(pk__in=set(order_of.values()))
    orders = {order.pk: order for order in mine}
    places = kinds.addresses(Purchase.kind, {order.purchase_id for order in orders.values()})
    cards = {
        pk: Card(now("your order %(id)s") % {"id": one.purchase.public}, places.get(one.purchase_id, "/"))
        for pk, one in orders.items()
    }
    return {act: cards[order] for act, order in order_of.items() if order in cards}


def _paid_in_vain(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    mine = queries.purchases_of(viewer).filter(pk__in={act.subject_id for act in acts})
    publics = dict(mine.values_list("pk", "public"))
    places = kinds.addresses(Purchase.kind, list(publics))
    return {
        act.pk: Card(publics[act.subject_id], places.get(act.subject_id, "/"))
        for act in acts
        if act.subject_id in publics
    }


def _at_the_desk(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    """The order at the desk, for those of the team whom it concerns now."""
    order_of = _orders_of(acts)
    desks = Member.objects.filter(person=viewer, role__in=(OWNER, SELLER, AGENT)).values("brand")
    rows = Order.objects.filter(pk__in=set(order_of.values()), brand__in=desks, state=Order.PAID)
    places = kinds.addresses(Order.kind, [order.pk for order in rows])
    cards = {
        one.pk: Card(now("order %(id)s, %(total)s") % {"id": one.public, "total": one.money}, places.get(one.pk, "/"))
        for one in rows
    }
    return {act: cards[order] for act, order in order_of.items() if order in cards}


def _buyer(purchase: int) -> Iterable[int]:
    """A guest who became somebody since is that somebody; a guest alone has the mails."""
    rows = Purchase.objects.filter(pk=purchase).values_list("buyer_id", "buyer__became_id")
    return [became or buyer for buyer, became in rows]


def _buyer_of_order(act: Act) -> Iterable[int]:
    order = _orders_of([act]).get(act.pk, 0)
    purchase = Order.objects.filter(pk=order).values_list("purchase_id", flat=True).first()
    return _buyer(purchase) if purchase else []


def _sellers(act: Act) -> Iterable[int]:
    brand = Order.objects.filter(pk=_orders_of([act]).get(act.pk, 0)).values("brand")
    return Member.objects.filter(brand__in=brand, role__in=(OWNER, SELLER)).values_list("person_id", flat=True)


_YOU_BOUGHT = _("You bought something")
_YOU_SELL = _("You sell for the brand")

for _verb, _sentence in (
    (verbs.SHIPPED, _("{actor} sent {subject}")),
    (verbs.CANCELLED, _("{actor} cannot send {subject}")),
    (verbs.REFUNDED, _("{actor} gives you money back for {subject}")),
):
    # Each has a mail that an order owes its buyer: readers.py writes it whatever was chosen.
    tells(_verb, "buyer", sort=ORDERS, sentence=_sentence, why=_YOU_BOUGHT, shown=_bought, ties=False, has_mail=True)(
        _buyer_of_order
    )


def _buyer_without_money(act: Act) -> Iterable[int]:
    """Where a return ends with a refund, the refund is what is told."""
    return _buyer_of_order(act) if Return.objects.filter(pk=act.subject_id, refund=None).exists() else []


# Returns: letters.py writes the mail of each step to the one who waits.
for _verb, _sentence in (
    (verbs.RETURN_AGREED, _("{actor} takes back things of {subject}")),
    (verbs.RETURN_DECLINED, _("{actor} does not take back things of {subject}")),
    (verbs.RETURN_ARRIVED, _("{actor} has what you sent back of {subject}")),
    (verbs.RETURN_CLOSED, _("{actor} closed your return of {subject}")),
):
    tells(_verb, "buyer", sort=ORDERS, sentence=_sentence, why=_YOU_BOUGHT, shown=_bought, ties=False, has_mail=True)(
        _buyer_without_money if _verb == verbs.RETURN_CLOSED else _buyer_of_order
    )
for _verb, _sentence in (
    (verbs.RETURN_ASKED, _("Somebody asks to send back things of {subject}")),
    (verbs.RETURN_WITHDRAWN, _("Somebody keeps what was to come back of {subject}")),
    (verbs.RETURN_SENT, _("On its way back to you: things of {subject}")),
):
    tells(
        _verb, "sellers", sort=DESK, sentence=_sentence, why=_YOU_SELL, shown=_at_the_desk, ties=False, has_mail=True
    )(_sellers)


@tells(
    verbs.CAPTURE_RETURNED,
    "buyer",
    sort=ORDERS,
    sentence=_("A payment for {subject} came that was not owed. It goes back to you"),
    why=_YOU_BOUGHT,
    shown=_paid_in_vain,
    ties=False,
)
def who_paid_in_vain(act: Act) -> Iterable[int]:
    return _buyer(act.subject_id)


def _sold(act: Act) -> Letter:
    order = Order.objects.select_related("brand", "purchase").get(pk=act.subject_id)
    subject = now("Sold: order %(id)s, %(total)s") % {"id": order.public, "total": order.money}
    context = {"order": queries.whole(order), "link": kinds.address(Order.kind, order.pk)}
    return Letter(subject, "orders/mail/sold", context)


def _failed(act: Act) -> Letter:
    """A refund that the bank refused is a debt."""
    refund = Refund.objects.select_related("order__brand", "payback").get(pk=act.subject_id)
    subject = now("A refund failed: order %(id)s") % {"id": refund.order.public}
    context = {"refund": refund, "link": kinds.address(Order.kind, refund.order_id)}
    return Letter(subject, "orders/mail/refund_failed", context)


tells(
    verbs.PAID,
    "sellers",
    sort=DESK,
    sentence=_("Sold: {subject}"),
    why=_YOU_SELL,
    shown=_at_the_desk,
    ties=False,
    letter=_sold,
)(_sellers)
tells(
    verbs.REFUND_FAILED,
    "sellers",
    sort=DESK,
    sentence=_("The bank refused a refund: {subject}"),
    why=_YOU_SELL,
    shown=_at_the_desk,
    ties=False,
    letter=_failed,
)(_sellers)


@tells(
    verbs.SHARED,
    "circle",
    sort=SHARES,
    sentence=_("{actor} bought {subject} and tells you"),
    why=_("Shared with people they are close to"),
)
def the_circle(act: Act) -> Iterable[int]:
    """Shares with followers or everybody are for the feed. Of a circle neither name nor members are told."""
    if act.reach != "circle":
        return []
    return CircleMember.objects.filter(circle=act.reach_id).values_list("person_id", flat=True)
