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
from moothall.core.money import LARGEST
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.orders.actions.paying import Contact
from moothall.payments import provider
from moothall.payments.hearing import hears_of_cards
from moothall.people.actions import the_hall
from moothall.people.models import PERSON, Profile

from .. import queries, verbs
from ..models import Pledge, Pool, Tier

log = logging.getLogger(__name__)
MOST_OF_ONE = 99  # pieces in one pledge
PAGE_OPEN = timedelta(days=1)  # the longest that a page which keeps a card is
FIRST_LOOK = timedelta(seconds=20)
LAST_LOOK = timedelta(seconds=10)  # before the end


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
    for nothing yet; one that was asked says yes so. While the pool gathers, any price may be a limit. Refuses the
    brand's own team, more than is left, a limit that no price can meet, and a country the brand does not send to."""
    if by.sort != PERSON:
        raise NotAllowed(_("Sign in to pledge."))
    if not queries.may_pledge(by, pool):
        raise NotAllowed(_("You cannot pledge here."))
    if queries.is_of_team(by, pool):
        raise NotAllowed(_("It is your own brand's group buy: others have to carry it."))
    _wait(pool)
    pool.refresh_from_db()  # it may have opened while one waited: at a price by now
    said = _checked(pool, wanted, contact)
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
    was_asked = own.state == Pledge.ASKED
    if was_asked:
        said["state"] = Pledge.STANDING
    if not Pledge.objects.filter(pk=own.pk, state=own.state).update(**said):
        raise Refusal(_("This pledge changed meanwhile. Look at it again."))
    if was_asked or own.state == Pledge.STANDING:
        Pool.objects.filter(pk=pool.pk).update(pieces=F("pieces") + more, people=F("people") + int(was_asked))
        record(verbs.CHANGED, by=by, on=own, quantity=wanted.quantity)
    own.refresh_from_db()
    return own


def _checked(pool: Pool, wanted: Wanted, contact: Contact) -> dict[str, Any]:
    """What is kept of it."""
    variant = wanted.variant
    if variant.product_id != pool.product_id or variant.gone:
        raise BadInput(_("Choose which one you want."), field="variant")
    if not 1 <= wanted.quantity <= MOST_OF_ONE:
        raise BadInput(_("From 1 to 99."), field="quantity")
    told: dict[str, Any] = {} if pool.is_gathering else _told(pool, wanted, contact.country)
    if pool.is_gathering and not 0 < wanted.limit < LARGEST:
        raise BadInput(_("Say what you would pay at most, like 38 or 38.50."), field="limit")
    most = {field.name: field.max_length for field in Pledge._meta.concrete_fields}
    where = {name: text.tidy(words)[: most[name]] for name, words in asdict(contact).items()}
    return {
        "variant": variant,
        "quantity": wanted.quantity,
        "limit": wanted.limit,
        **told,
        **where,
    }


def _told(pool: Pool, wanted: Wanted, country: str) -> dict[str, Any]:
    """What sending and taxing it costs, as it is told now. Refuses a limit that no price can meet, and what is
    not sent there."""
    stand = queries.stand_of(pool)
    if stand.price and not stand.price.minor <= wanted.limit < LARGEST:
        raise BadInput(_("It costs %(price)s: that, or more.") % {"price": stand.price}, field="limit")
    if not stand.price and not stand.lowest.minor <= wanted.limit <= stand.first.minor:
        words = {"low": stand.lowest, "high": stand.first}
        raise BadInput(_("From %(low)s, the lowest price there is, to %(high)s, the highest.") % words, field="limit")
    wanted.variant.product = pool.product
    price = stand.price.minor if stand.price else wanted.limit
    cost = queries.costs(wanted.variant, wanted.quantity, price, country)
    if cost.refusal:
        raise BadInput(cost.refusal, field="country")
    return queries.told(cost, wanted.variant, country)


def _in_time(pool: Pool) -> QuerySet[Pool]:
    open = Q(stage=Pool.OPEN, deadline__gt=clock.in_database())
    return Pool.objects.filter(open | Q(stage=Pool.GATHERING), pk=pool.pk)


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
    """Ask the provider whether the card is there by now; says how the pledge stands then. Raises ProviderSilent where
    it does not answer."""
    try:
        return _look(pledge)
    except provider.ProviderRefused as error:
        log.exception("the provider says nothing of the card for pledge %s", pledge.public)
        said = _("The bank knows nothing of this card. Nothing was charged; tell the hall's stewards.")
        raise Refusal(said) from error


@hears_of_cards
def hear_card(session: str) -> None:
    """The provider says that something happened to a page which keeps a card: the worker looks at once. Of a page that
    is nobody's nothing is changed."""
    Pledge.objects.filter(session=session, state=Pledge.STARTED).update(**work.anew(clock.now()))


def _look(pledge: Pledge) -> Pledge:
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
        if waiting.update(state=Pledge.WITHDRAWN, **work.anew(clock.now()), **card):
            record(verbs.RELEASED, by=the_hall(), on=row)
        return
    if _is_below(pledge.pool_id, row):
        if waiting.update(state=Pledge.ASKED, **work.anew(work.NEVER), **card):
            record(verbs.ASKED, by=the_hall(), on=row)
        return
    if waiting.update(state=Pledge.STANDING, **work.anew(work.NEVER), **card):
        Pool.objects.filter(pk=pledge.pool_id).update(pieces=F("pieces") + row.quantity, people=F("people") + 1)
        record(verbs.PLEDGED, by=row.person, on=row, quantity=row.quantity)


def _is_below(pool: int, pledge: Pledge) -> bool:
    """Begun while the pool gathered, and a price named before its card came that is above its limit."""
    return Tier.objects.filter(pool=pool, pool__concept=True, price__gt=pledge.limit).exists()


def _leave(pledge: Pledge) -> None:
    """No card came: it never counted, and nobody has to be told."""
    Pledge.objects.filter(pk=pledge.pk, state=Pledge.STARTED).update(state=Pledge.WITHDRAWN, **work.anew(clock.now()))


def look_after_started(row: Pledge) -> None:
    """The poller, should neither the person come back nor anybody tell."""
    pledge = _look(row)
    age = clock.now() - pledge.at
    if pledge.state == Pledge.STARTED and not pledge.session and age > PAGE_OPEN:
        _leave(pledge)
    elif pledge.state == Pledge.STARTED:
        raise work.Later(_pause(pledge, age.total_seconds()))


def _pause(pledge: Pledge, age: float) -> float:
    """Seconds until the next look: longer each time, but once more shortly before the end, as a card that is there by
    then counts."""
    wait = min(max(age, settings.PAYMENT_CHECK_SECONDS), 600)
    deadline = pledge.pool.deadline
    if pledge.pool.stage != Pool.OPEN or deadline is None:
        return wait
    last = (deadline - LAST_LOOK - clock.now()).total_seconds()
    return min(wait, last) if last > 1 else wait


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
    if late or row.state not in (Pledge.STARTED, Pledge.STANDING, Pledge.ASKED):
        raise Refusal(_("This group buy is over: what was pledged stands as it is."))
    Pledge.objects.filter(pk=row.pk).update(state=Pledge.WITHDRAWN, **work.anew(clock.now()))
    if row.state == Pledge.STANDING:
        Pool.objects.filter(pk=pledge.pool_id).update(pieces=F("pieces") - row.quantity, people=F("people") - 1)
    if row.state != Pledge.STARTED:
        record(verbs.WITHDRAWN, by=by, on=row)
