"""What the tests of credit begin with: an idea that a brand makes, who shaped it, and its sales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from moothall.catalog.actions import concepts
from moothall.catalog.models import Variant
from moothall.core import work
from moothall.core.money import Money
from moothall.credit import actions
from moothall.credit.actions import Share
from moothall.credit.models import ROYALTIES, Split
from moothall.ideas import actions as ideas
from moothall.ideas.actions import Go
from moothall.ideas.actions.conceiving import born_of, concept_of, face_of
from moothall.ideas.gates import Gate
from moothall.ideas.models import Idea
from moothall.ledger.actions import book
from moothall.ledger.queries import balance
from moothall.orders import actions as orders
from moothall.orders.models import Order
from moothall.people import actions as people
from moothall.people.models import Account, Profile
from tests.ideas.gated import FIGURES, pounds, voices
from tests.ideas.made import proposed
from tests.town import Town, lines_of, money, owner_of, person, variants_of


def accepted(town: Town, idea: Idea, rate: int = 500, price: Money | None = None) -> Gate:
    """The brand that it is for would make it, with a royalty of so many hundredths of a percent, and its lead said
    yes."""
    brand = idea.brand or town.brand
    by = owner_of(brand)
    ideas.set_mark(by=by, brand=brand, voices=1, days=28)
    voices(idea, (40,))
    gate = Gate.objects.select_related("idea", "idea__lead", "brand").get(idea=idea)
    ideas.keep_sheet(by=by, gate=gate, figures=replace(FIGURES, fee=0, tax=0, royalty=rate))
    ideas.judge(by=by, gate=gate, state="go", reasons="We would.", go=Go(price or pounds(36), 5))
    return ideas.accept(by=idea.lead, gate=gate)


def brought_out(town: Town, idea: Idea) -> Variant:
    """The thing that it became, on its brand's shelf; how its group buy ends is no matter here."""
    idea = Idea.objects.select_related("lead", "brand").get(pk=idea.pk)
    product = concept_of(idea)
    concepts.bring_out(by=owner_of(product.brand), product=product)
    return variants_of(product)[0]


def made_of_none(town: Town, idea: Idea) -> Variant:
    """On the shelf without any sheet that was accepted."""
    face, born = face_of(idea), born_of(idea)
    concepts.take_over(product=concept_of(idea), brand=town.brand, price=pounds(36), grams=500, face=face, born=born)
    return brought_out(town, idea)


def made(town: Town, rate: int = 500, price: str = "38") -> tuple[Idea, Variant]:
    """An idea of Ana's for the brand, and the thing it became."""
    idea = proposed(town.ana, brand=town.brand)
    accepted(town, idea, rate, money(price))
    thing = brought_out(town, idea)
    return Idea.objects.select_related("lead", "brand").get(pk=idea.pk), thing


def contributors(town: Town) -> list[Profile]:
    return [town.ana, town.ben, town.noor]


def parts(*pairs: tuple[Profile, int]) -> list[Share]:
    return [Share(person, points, "Shaped it") for person, points in pairs]


def signed(town: Town, idea: Idea, *pairs: tuple[Profile, int]) -> Split:
    """A split that all have signed."""
    split = actions.propose_split(by=idea.lead, idea=idea, parts=parts(*pairs))
    for one, _points in pairs:
        actions.sign(by=one, split=split)
    return Split.objects.select_related("idea", "idea__lead").get(pk=split.pk)


def sold(town: Town, variant: Variant, pieces: int = 1, buyer: Profile | None = None) -> Order:
    """Bought, paid, and noted by whoever works in the background."""
    order = town.bought(buyer or town.noor, {variant: pieces})
    work.do_due()
    return order


def refund(town: Town, order: Order, pieces: int) -> None:
    line = next(one for one in lines_of(order) if one.variant_id)
    orders.refund(by=town.mira, order=order, pieces={line.pk: pieces})


def owed_to(who: Profile, currency: str = "GBP") -> int:
    """Minor units that stand in somebody's book."""
    return -balance(book(who, ROYALTIES, currency))


def all_owed(*people: Profile) -> list[int]:
    return [owed_to(one) for one in people]


def steward() -> Profile:
    stella = Profile.objects.filter(handle="stella").first() or person("Stella Ward", "stella")
    people.make_steward(account=Account.objects.get(profile=stella))
    return stella


IBANS: Sequence[str] = (
    "GB29NWBK60161331926819",
    "DE89370400440532013000",
    "FR1420041010050500013M02606",
    "GB33BUKB20201555555555",
)
