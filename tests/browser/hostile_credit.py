"""Payloads where credit is shared: notes, what a share is for, why not, and whose account it is."""

from __future__ import annotations

from itertools import cycle

from moothall.catalog.models import Variant
from moothall.credit import actions as credit
from moothall.credit.actions import Share
from moothall.credit.models import Royalty
from moothall.people.models import Profile
from tests.credit import ground
from tests.ideas.made import proposed
from tests.town import Town

from .payloads import EVERYWHERE, chunks


def fill(the: Town) -> None:
    """One idea whose shares are declined again and again, and one that is made, sold and paid out to twenty."""
    whys = cycle(chunks(200))
    notes, answers = chunks(400), chunks(400)[1:] + chunks(400)[:1]
    idea = proposed(the.ana)
    for n in range(max(len(notes), (len(chunks(200)) + 1) // 2)):
        shares = [Share(the.ana, 5000, next(whys)), Share(the.noor, 5000, next(whys))]
        split = credit.propose_split(by=the.ana, idea=idea, parts=shares, note=notes[n % len(notes)])
        credit.decline(by=the.noor, split=split, why=answers[n % len(answers)])
    for n, holder in enumerate(chunks(70)):
        by = Profile.objects.get(handle=f"person-{n}")
        credit.set_payee(by=by, holder=holder, iban=ground.IBANS[n % len(ground.IBANS)])
    credit.set_payee(by=the.ana, holder=EVERYWHERE[:70], iban=ground.IBANS[0])
    _paid_out(the)


def _paid_out(the: Town) -> None:
    made, thing = ground.made(the, rate=1000, price="2000")
    named = [the.ana, *(Profile.objects.get(handle=f"person-{n}") for n in range(19))]
    ground.signed(the, made, *((one, 500) for one in named))
    for royalty in _sold(the, thing), _sold(the, thing):
        credit.post_royalty(royalty=royalty)
    credit.pay_out(by=Profile.objects.get(handle="stella"), after=0)
    credit.post_royalty(royalty=_sold(the, thing))


def _sold(the: Town, thing: Variant) -> Royalty:
    credit.note_sales(order=the.bought(the.ben, {thing: 1}).pk)
    found: Royalty = Royalty.objects.latest("pk")
    return found
