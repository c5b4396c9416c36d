"""What pools do when others have acted: a paid order may be what somebody pledged. And the mails that a pledge owes its
person, whatever they chose for notices."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from moothall.activity.actions import reads
from moothall.activity.models import Act
from moothall.core.money import Money
from moothall.orders.models import Order
from moothall.orders.verbs import PAID
from moothall.outbox.actions import write, write_alike

from . import queries, verbs
from .actions.charging import mark_paid
from .models import Pledge, Pool


@reads("pledges", PAID)
def note_paid(act: Act) -> None:
    """However it was paid and whoever learned of it."""
    order = Order.objects.select_related("purchase").get(pk=act.subject_id)
    mark_paid(purchase=order.purchase)


@reads("mail pledger: pledged", verbs.PLEDGED)
def tell_pledged(act: Act) -> None:
    pledge = _pledge(act)
    pool = pledge.pool
    if pool.is_gathering:
        _tell_gathered(pledge)
        return
    words = {
        "n": pledge.quantity,
        "title": pool.product.title,
        "price": pledge.most,
        "sending": Money(pledge.sending, pool.currency) if pledge.sending else _("nothing"),
        "day": _day(pool),
        "promised": date_format(pool.promised, "j F Y") if pool.promised else "",
        "last4": pledge.last4,
    }
    said = [
        _("You pledged %(n)s × %(title)s, for %(price)s each at most. Sending costs %(sending)s.") % words,
        _("Nothing is charged now. The group buy is decided on %(day)s.") % words,
        *([_("It is delivered by %(promised)s.") % words] if pool.promised else []),
        _("If it comes about, the card ending in %(last4)s is charged once, at the price for all.") % words,
        _("Until then you can change it or take it back on its page."),
    ]
    _write(pledge, f"pledged {pledge.public}", _("You pledged: %(title)s") % words, said)


def _tell_gathered(pledge: Pledge) -> None:
    words = {
        "n": pledge.quantity,
        "title": pledge.pool.product.title,
        "price": pledge.most,
        "last4": pledge.last4,
    }
    said = [
        _("You pledged %(n)s × %(title)s, for %(price)s each at most. It is an idea yet: no brand has named a price.")
        % words,
        _("When one does, you are told what it costs and what sending it costs, and may take your pledge back.")
        % words,
        _("The card ending in %(last4)s is charged only if it comes about then, and never more than you said.") % words,
        _("Until then you can change it or take it back on its page."),
    ]
    _write(pledge, f"pledged {pledge.public}", _("You pledged: %(title)s") % words, said)


@reads("mail pledger: failed", verbs.FAILED)
def tell_failed(act: Act) -> None:
    pledge = _pledge(act)
    ends = date_format(localtime(pledge.grace_ends), "j F Y H:i")
    words = {"title": pledge.pool.product.title, "last4": pledge.last4, "ends": ends, "price": pledge.pool.money}
    said = [
        _("The group buy of %(title)s came about at %(price)s each, and your card ending in %(last4)s was refused.")
        % words,
        _("Nothing was charged. Your pieces are kept for you until %(ends)s: pay by another card on the page below.")
        % words,
    ]
    _write(pledge, f"pledge failed {pledge.public}", _("Your card was refused: %(title)s") % words, said)


@reads("mail pledger: dropped", verbs.DROPPED)
def tell_dropped(act: Act) -> None:
    pledge = _pledge(act)
    words = {"title": pledge.pool.product.title}
    said = [
        _("What you pledged for %(title)s could not be charged in time. Nothing was charged, and nothing will be.")
        % words
    ]
    _write(pledge, f"pledge dropped {pledge.public}", _("Your pledge ended: %(title)s") % words, said)


@reads("mail pledger: released", verbs.RELEASED)
def tell_released(act: Act) -> None:
    """One pledge alone was let go: the price stayed above its limit, the stock was too small, its card came late, or
    its person is of the team by now."""
    pledge = _pledge(act)
    words = {"title": pledge.pool.product.title, "brand": pledge.pool.product.brand.name}
    why = {
        verbs.NOT_SENT_THERE: _("%(brand)s sends nothing to your country.") % words,
        verbs.OWN_TEAM: _("You are in the team of %(brand)s: others have to carry what it makes.") % words,
        verbs.NOT_ANSWERED: _("It cost more than you had said, and you did not say that you take it."),
    }
    unsaid = _("Your card came too late, the price for all stayed above your limit, or there were too few pieces.")
    said = [
        _("Your pledge for %(title)s was let go, and nothing is charged.") % words,
        why.get(act.data.get("why", ""), unsaid),
    ]
    _write(pledge, f"pledge released {pledge.public}", _("Nothing is charged: %(title)s") % words, said)


@reads("mail pledgers: decided", verbs.WON, verbs.LOST, verbs.CANCELLED, verbs.ENDED)
def tell_decided(act: Act) -> None:
    """Everybody who was in it, by mail: it is about their money. What is charged has the order's own mail besides."""
    pool = Pool.objects.select_related("product__brand").get(pk=act.subject_id)
    words = {"title": pool.product.title, "brand": pool.product.brand.name, "price": pool.money, "n": pool.pieces}
    if act.verb == verbs.WON.name:
        subject = _("It came about: %(title)s for %(price)s") % words
        said = [_("Together %(n)s pieces: it is %(price)s each for all. Your card is charged now, once.") % words]
        states: Iterable[str] = queries.COUNTED
    elif act.verb == verbs.ENDED.name:
        subject = _("It came to nothing after all: %(title)s") % words
        said = [_("Too few cards could be charged. All that was paid goes back the way it came.")]
        states = (Pledge.RETURNING, Pledge.RETURNED)
    else:
        subject = _("Nothing is charged: %(title)s") % words
        lost = _("Too few pledged for %(title)s in time. Nobody is charged, and your card is forgotten.")
        off = _("%(brand)s called the group buy of %(title)s off. Nobody is charged, and your card is forgotten.")
        said = [(lost if act.verb == verbs.LOST.name else off) % words]
        states = (Pledge.RELEASED,)
    rows = Pledge.objects.filter(pool=pool, state__in=states).order_by("pk").values_list("public", "email")
    to = {f"pool {act.pk} {public}": email for public, email in rows}
    write_alike(to=to, subject=subject, template="pools/mail/said", said=said, link=queries.address(pool))


def _pledge(act: Act) -> Pledge:
    return Pledge.objects.select_related("pool__product__brand").get(pk=act.subject_id)


def _day(pool: Pool) -> str:
    return date_format(localtime(pool.ends), "j F Y H:i")


def _write(pledge: Pledge, key: str, subject: str, said: list[str]) -> None:
    link = queries.address(pledge.pool)
    write(key=key, to=pledge.email, subject=subject, template="pools/mail/said", said=said, link=link)
