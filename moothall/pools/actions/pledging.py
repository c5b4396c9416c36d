"""To pledge: say how many and at most how much, leave a card with the provider, and take it back until the deadline.

Whoever writes a pledge of an open pool changes the pool's row first: a pledge, a withdrawal and the decision come one
after the other, whatever moment they come at."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.catalog.models import Variant
from moothall.core import clock, text, work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.orders.actions.paying import Contact
from moothall.payments import provider
from moothall.people.actions import the_hall
from moothall.people.models import PERSON, Profile

from .. import queries, verbs
from ..models import Pledge, Pool

log = logging.getLogger(__name__)
MOST_PIECES = 99
LONGEST = timedelta(days=1)  # that a page which keeps a card is open
FIRST_LOOK = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many of a variant, each for no more than `limit` (minor units); `came_with` is the pledge whose link led
    here."""

    variant: Variant
    quantity: int
    limit: int
    came_with: str = ""


@transaction.atomic
def pledge(*, by: Profile, pool: Pool, wanted: Wanted, contact: Contact) -> Pledge:
    """Pledge, or change what one pledged: a card that is kept already stays, else the pledge waits for one and counts
    for nothing yet. Refuses the brand's own team, more than is left, a limit that no price can meet, and a country the
    brand does not send to."""
    if by.sort != PERSON:
        raise NotAllowed(_("Sign in to pledge."))
    if not queries.openable(by).filter(pk=pool.pk).exists():
        raise NotAllowed(_("You cannot pledge here."))
    if queries.is_of_team(by, pool):
        raise NotAllowed(_("It is your own brand's group buy: others have to carry it."))
    said = _checked(by, pool, wanted, contact)
    _wait(pool)
    own = Pledge.objects.filter(pool=pool, person=by, state__in=queries.OWN).first()
    more = wanted.quantity - (own.quantity if own and own.state == Pledge.STANDING else 0)
    if not _with_room(pool, more):
        raise Refusal(_("That is more than is left to pledge for."), field="quantity")
    if own is None:
        mate = Pledge.objects.filter(pool=pool, public=wanted.came_with, state=Pledge.STANDING).exclude(person=by)
        due = clock.now() + FIRST_LOOK
        return Pledge.objects.create(pool=pool, person=by, came_with=mate.first(), due=due, at=clock.now(), **said)
    if own.state == Pledge.STARTED and not own.session:
        said["attempt"] = own.attempt + 1  # other words need another key
    Pledge.objects.filter(pk=own.pk).update(**said)
    if own.state == Pledge.STANDING and more:
        Pool.objects.filter(pk=pool.pk).update(pieces=F("pieces") + more)
    if own.state == Pledge.STANDING:
        record(verbs.CHANGED, by=by, on=own, quantity=wanted.quantity)
    own.refresh_from_db()
    return own


def _checked(by: Profile, pool: Pool, wanted: Wanted, contact: Contact) -> dict[str, Any]:
    """What is kept of it."""
    variant = wanted.variant
    if variant.product_id != pool.product_id or variant.gone:
        raise BadInput(_("Choose which one you want."), field="variant")
    if not 1 <= wanted.quantity <= MOST_PIECES:
        raise BadInput(_("From 1 to 99."), field="quantity")
    stand = queries.stand_of(pool)
    if not stand.lowest.minor <= wanted.limit <= stand.first.minor:
        words = {"low": stand.lowest, "high": stand.first}
        raise BadInput(_("From %(low)s, the lowest price there is, to %(high)s, the highest.") % words, field="limit")
    variant.product = pool.product
    cost = queries.costs(variant, wanted.quantity, wanted.limit, contact.country)
    if cost.refusal:
        raise BadInput(cost.refusal, field="country")
    most = {field.name: field.max_length for field in Pledge._meta.concrete_fields}
    where = {name: text.tidy(words)[: most[name]] for name, words in asdict(contact).items()}
    return {
        "variant": variant,
        "quantity": wanted.quantity,
        "limit": wanted.limit,
        "sending": cost.sending.full,
        "sending_words": cost.words[:100],
        **where,
    }


def _in_time(pool: Pool) -> QuerySet[Pool]:
    return Pool.objects.filter(pk=pool.pk, stage=Pool.OPEN, deadline__gt=clock.in_database())


def _wait(pool: Pool) -> None:
    """Until whoever else writes here is through; refuses what comes too late."""
    if not _in_time(pool).update(pieces=F("pieces")):
        raise Refusal(_("This group buy is over: what was pledged stands as it is."))


def _with_room(pool: Pool, more: int) -> bool:
    return Pool.objects.filter(Q(most=None) | Q(most__gte=F("pieces") + more), pk=pool.pk).exists()


def open_card_page(*, pledge: Pledge) -> str:
    """The provider's page that keeps a card for this pledge; asked for outside any transaction, twice gives the same
    page. Raises ProviderSilent where the provider does not answer: the pledge waits."""
    if pledge.state != Pledge.STARTED:
        raise Refusal(_("Your card is kept already."))
    if pledge.page:
        return pledge.page
    address = f"{settings.ADDRESS}{queries.address(pledge.pool)}"
    ask = provider.Keeping(
        reference=pledge.public,
        email=pledge.email,
        back=f"{address}/card",
        cancel=address,
        key=f"card-{pledge.public}-{pledge.attempt}",
    )
    try:
        kept = provider.keep_card(ask)
    except provider.ProviderRefused as error:
        log.exception("the provider keeps no card for pledge %s", pledge.public)
        said = _("The bank will not keep a card now. Nothing was charged; tell the hall's stewards.")
        raise Refusal(said) from error
    waiting = Pledge.objects.filter(pk=pledge.pk, state=Pledge.STARTED, attempt=pledge.attempt)
    if not waiting.update(session=kept.session, page=kept.page):
        raise Refusal(_("This pledge changed meanwhile. Look at it again."))
    return kept.page


def look_after_card(*, pledge: Pledge) -> Pledge:
    """Ask the provider whether the card is there by now; says how the pledge stands then."""
    if pledge.state == Pledge.STARTED and pledge.session:
        kept = provider.card_kept(pledge.session)
        if kept.done and kept.reference == pledge.public:
            _stand(pledge, kept)
        elif kept.ended:
            _leave(pledge)
    return Pledge.objects.select_related("pool__product__brand", "person").get(pk=pledge.pk)


@transaction.atomic
def _stand(pledge: Pledge, kept: provider.Kept) -> None:
    """It counts from now on; where it came too late, or there is no room left, the card is forgotten again."""
    fresh = _in_time(pledge.pool).filter(Q(most=None) | Q(most__gte=F("pieces")))
    is_open = bool(fresh.update(pieces=F("pieces")))
    row = Pledge.objects.select_related("person").get(pk=pledge.pk)
    card = {"customer": kept.customer, "card": kept.card, "card_brand": kept.brand[:20], "last4": kept.last4[:4]}
    waiting = Pledge.objects.filter(pk=pledge.pk, state=Pledge.STARTED, session=kept.session)
    if not (is_open and _with_room(pledge.pool, row.quantity)):
        if waiting.update(state=Pledge.WITHDRAWN, due=clock.now(), tries=0, **card):
            record(verbs.RELEASED, by=the_hall(), on=row)
        return
    if waiting.update(state=Pledge.STANDING, due=work.NEVER, tries=0, **card):
        Pool.objects.filter(pk=pledge.pool_id).update(pieces=F("pieces") + row.quantity, people=F("people") + 1)
        record(verbs.PLEDGED, by=row.person, on=row, quantity=row.quantity)


def _leave(pledge: Pledge) -> None:
    """No card came: it never counted, and nobody has to be told."""
    Pledge.objects.filter(pk=pledge.pk, state=Pledge.STARTED).update(state=Pledge.WITHDRAWN, due=clock.now(), tries=0)


def look_after_started(row: Pledge) -> None:
    """The poller, should neither the person come back nor anybody tell."""
    pledge = look_after_card(pledge=row)
    age = clock.now() - pledge.at
    if pledge.state == Pledge.STARTED and not pledge.session and age > LONGEST:
        _leave(pledge)
    elif pledge.state == Pledge.STARTED:
        raise work.Later(min(max(age.total_seconds(), settings.PAYMENT_CHECK_SECONDS), 600))


@transaction.atomic
def withdraw(*, by: Profile, pledge: Pledge) -> None:
    """Take a pledge back: nothing is charged, the card is forgotten. Refused from the deadline on, by the database's
    clock. Twice is once."""
    if pledge.person_id != by.pk:
        raise NotAllowed(_("This is not yours to take back."))
    late = not _in_time(pledge.pool).update(pieces=F("pieces"))
    row = Pledge.objects.get(pk=pledge.pk)
    if row.state == Pledge.WITHDRAWN:
        return
    if late or row.state not in (Pledge.STARTED, Pledge.STANDING):
        raise Refusal(_("This group buy is over: what was pledged stands as it is."))
    Pledge.objects.filter(pk=row.pk).update(state=Pledge.WITHDRAWN, due=clock.now(), tries=0)
    if row.state == Pledge.STANDING:
        Pool.objects.filter(pk=pledge.pool_id).update(pieces=F("pieces") - row.quantity, people=F("people") - 1)
        record(verbs.WITHDRAWN, by=by, on=row)
