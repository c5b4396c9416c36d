"""From an idea to a pool: its lead gathers pledges on a concept of it, and a go that the lead says yes to opens it at a
price."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.catalog.actions import concepts
from moothall.core.money import Money
from moothall.core.refusals import BadInput, Refusal
from moothall.people.models import Profile
from moothall.pools import actions as pools
from moothall.pools.actions import Terms
from moothall.pools.models import Pool

from ..gates import JOINING, MAKING, WEIGHT, Gate
from ..models import Idea
from .conceiving import born_of, concept_of, face_of
from .gating import is_settled
from .locking import lock
from .writing import may_write, own


@transaction.atomic
def begin_gathering(*, by: Profile, idea: Idea) -> Pool:
    """The lead lets people pledge for what the idea would become, at any price, bound to nothing until a brand names
    one. Twice is once. Refuses an idea that does not stand, one without a price band, and one that was judged for
    good."""
    own(by, idea)
    may_write(by, idea)
    idea = lock(idea.pk)[idea.pk]
    if not idea.stands:
        raise Refusal(_("Only an idea that stands gathers pledges."))
    if idea.low is None and idea.high is None:
        raise BadInput(_("Say first what it may cost: make a version with a price from or up to."), field="low")
    if is_settled(idea):
        raise Refusal(_("You said yes to a brand already: it gathers nothing more."))
    if _is_refused(idea):
        raise Refusal(_("The brand it is addressed to will not make it: nobody would take what is gathered."))
    return pools.gather(by=by, product=concept_of(idea))


@transaction.atomic
def end_gathering(*, by: Profile, idea: Idea) -> None:
    """The lead lets all go who pledged: nobody is charged, and they are told. Twice is once."""
    own(by, idea)
    idea = lock(idea.pk)[idea.pk]
    release(by, idea)


# ---- for the other rooms of this app's actions


def release(by: Profile, idea: Idea, brand: Profile | None = None) -> None:
    """Let go what was gathered for it, if anything was."""
    if idea.concept_id is not None:
        pools.end_gathering(by=by, product_id=idea.concept_id, brand=brand)


def check_merging(idea: Idea) -> None:
    """Refuses one that people pledged for: their pledges are for this thing, and for no other."""
    if idea.concept_id is None:
        return
    pool = Pool.objects.filter(product=idea.concept_id).order_by("-pk").first()
    if pool is not None and pool.stage == Pool.GATHERING and pool.people:
        raise Refusal(_("People pledged for it. End the gathering first."))
    if pool is not None and pool.stage in (Pool.OPEN, Pool.WON):
        raise Refusal(_("It is being made: it stays as it is."))


def check_withdrawal(idea: Idea) -> None:
    making = Pool.objects.filter(product=idea.concept_id, stage__in=(Pool.OPEN, Pool.WON))
    if idea.concept_id is not None and making.exists():
        raise Refusal(_("You said yes, and people pledge or paid for it: it cannot be withdrawn."))


def open_pool(*, by: Profile, gate: Gate, idea: Idea) -> Pool:
    """The go that the lead says yes to becomes a group buy of the brand's, with all that was gathered. Needs the lock
    of the idea."""
    price = Money(gate.price or 0, gate.currency)
    concept = concept_of(idea)
    pools.wait_for_pledges(concept)
    product = concepts.take_over(
        product=concept,
        brand=gate.brand,
        price=price,
        grams=gate.grams or WEIGHT,
        face=face_of(idea),
        born=born_of(idea),
    )
    terms = Terms(price.minor, gate.run or 1, gate.days or JOINING, gate.weeks or MAKING)
    return pools.open_at(by=by, product=product, terms=terms)


def _is_refused(idea: Idea) -> bool:
    """Whether the brand it is addressed to said no, and did not begin to judge it anew."""
    if idea.brand_id is None:
        return False
    last = Gate.objects.filter(idea=idea, brand=idea.brand_id).order_by("-number").first()
    return last is not None and last.state == Gate.NO and last.undone is None
