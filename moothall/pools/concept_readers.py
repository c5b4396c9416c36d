"""The mails that are owed on the way from a concept to a thing, whatever somebody chose for notices."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from moothall.activity.actions import reads
from moothall.activity.models import Act
from moothall.core.money import Money
from moothall.outbox.actions import write

from . import queries, verbs
from .concept_tells import CHARGED, standing_before
from .models import Milestone, Pledge, Pool


@reads("mail pledgers: opened at a price", verbs.OPENED)
def tell_opened(act: Act) -> None:
    """To those who pledged while it gathered and whose limit is high enough."""
    pool = _pool(act)
    if not pool.concept:
        return
    for pledge in standing_before(act):
        words = _words(pool) | {
            "sending": Money(pledge.sending, pool.currency) if pledge.sending else _("nothing"),
            "limit": Money(pledge.limit, pool.currency),
        }
        said = [
            _("%(brand)s makes %(title)s at %(price)s, if %(least)s pieces come together by %(ends)s.") % words,
            _("Your pledge stands: you said %(limit)s at most. Sending it to you costs %(sending)s.") % words,
            _("Nothing is charged now. Until %(ends)s you can change it or take it back on its page.") % words,
            _("It is delivered by %(promised)s.") % words,
        ]
        _write(pledge, pool, f"opened {act.pk} {pledge.public}", _("It has a price: %(title)s") % words, said)


@reads("mail pledger: asked", verbs.ASKED)
def tell_asked(act: Act) -> None:
    pledge = _pledge(act)
    words = _words(pledge.pool) | {"limit": pledge.most}
    said = [
        _("%(title)s costs %(price)s. You said %(limit)s at most, so your pledge does not count now.") % words,
        _("If you take it at %(price)s, say so on its page by %(ends)s. Your card need not be given again.") % words,
        _("If you say nothing, your pledge is let go then, and nothing is charged."),
    ]
    key = f"pledge asked {pledge.public} {act.pk}"
    _write(pledge, pledge.pool, key, _("Do you take it at %(price)s? %(title)s") % words, said)


@reads("mail pledgers: gathering ended", verbs.GATHERING_ENDED)
def tell_gathering_ended(act: Act) -> None:
    pool = _pool(act)
    words = {"title": pool.product.title}
    said = [_("What was gathered for %(title)s is let go. Nobody is charged, and your card is forgotten.") % words]
    if act.brand_id is not None:
        said.insert(0, _("%(brand)s will not make it, and says why on its page.") % {"brand": pool.product.brand.name})
    for pledge in Pledge.objects.filter(pool=pool, state=Pledge.RELEASED).order_by("pk"):
        key = f"gathering ended {act.pk} {pledge.public}"
        _write(pledge, pool, key, _("Nothing is charged: %(title)s") % words, said)


@reads("mail pledgers: milestones", verbs.REACHED, verbs.MOVED)
def tell_milestone(act: Act) -> None:
    step = Milestone.objects.select_related("pool__product__brand").get(pk=act.subject_id)
    pool = step.pool
    words = {"title": pool.product.title, "step": step.words, "day": date_format(step.due, "j F Y")}
    if act.verb == verbs.REACHED.name:
        subject, said = _("Done: %(step)s (%(title)s)") % words, [_("Done: %(step)s.") % words, step.note]
    else:
        subject = _("Moved: %(step)s (%(title)s)") % words
        said = [_("“%(step)s” is planned for %(day)s now.") % words, step.why]
    for pledge in Pledge.objects.filter(pool=pool, state__in=CHARGED).order_by("pk"):
        _write(pledge, pool, f"milestone {act.pk} {pledge.public}", subject, said)


@reads("mail pledgers: later", verbs.DELAYED)
def tell_delayed(act: Act) -> None:
    pool = _pool(act)
    words = _words(pool)
    said = [
        _("%(brand)s promises %(title)s by %(promised)s now, and not by %(before)s.") % words,
        pool.moved_why,
        _("You may wait, or have your money back at once, on its page. If you wait, you need do nothing."),
    ]
    for pledge in Pledge.objects.filter(pool=pool, state=Pledge.PAID, offered=pool.moved).order_by("pk"):
        _write(pledge, pool, f"later {act.pk} {pledge.public}", _("It comes later: %(title)s") % words, said)


@reads("mail pledger: late", verbs.LATE)
def tell_late(act: Act) -> None:
    pledge = _pledge(act)
    words = _words(pledge.pool)
    said = [
        _("%(title)s was promised by %(promised)s, and not all of yours was sent by then.") % words,
        _("You may have your money back, or wait. Say so on its page; if you wait, you need do nothing."),
    ]
    key = f"pledge late {pledge.public}"
    _write(pledge, pledge.pool, key, _("It is late: %(title)s") % words, said)


def _words(pool: Pool) -> dict[str, object]:
    found = {
        "title": pool.product.title,
        "brand": pool.product.brand.name,
        "least": pool.minimum,
        "price": Money(pool.product.lowest, pool.currency),
    }
    days = {"promised": pool.promised, "before": pool.first_promised}
    found |= {name: date_format(day, "j F Y") for name, day in days.items() if day}
    return found | ({"ends": date_format(localtime(pool.deadline), "j F Y H:i")} if pool.deadline else {})


def _pool(act: Act) -> Pool:
    return Pool.objects.select_related("product__brand").get(pk=act.subject_id)


def _pledge(act: Act) -> Pledge:
    return Pledge.objects.select_related("pool__product__brand").get(pk=act.subject_id)


def _write(pledge: Pledge, pool: Pool, key: str, subject: str, said: Iterable[str]) -> None:
    words = [one for one in said if one]
    write(key=key, to=pledge.email, subject=subject, template="pools/mail/said", said=words, link=queries.address(pool))
