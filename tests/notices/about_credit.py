"""How acts about credit are told."""

from __future__ import annotations

from moothall.credit import actions, queries
from moothall.credit.models import Royalty, Split
from tests.credit import ground
from tests.ideas.made import proposed
from tests.notices.cast import put_aside
from tests.town import Town

POT = "Both-hands teapot"


def _asked(town: Town) -> Split:
    """Shares of an idea of Ana's that Ben and Noor have yet to sign."""
    shares = ground.parts((town.ana, 5000), (town.ben, 3000), (town.noor, 2000))
    return actions.propose_split(by=town.ana, idea=proposed(town.ana), parts=shares)


def ask_to_sign(town: Town) -> dict[str, str]:
    _asked(town)
    said = f"Ana Lima asks you to sign your share of {POT}"
    return {"ben": said, "noor": said}


def decline_shares(town: Town) -> dict[str, str]:
    split = _asked(town)
    put_aside()
    actions.decline(by=town.ben, split=split, why="Half of it is my lid.")
    said = f"Ben Cole would share the royalty of {POT} otherwise, and says why"
    return {"ana": said, "noor": said}


def sign_as_the_last(town: Town) -> dict[str, str]:
    split = _asked(town)
    actions.sign(by=town.ben, split=split)
    put_aside()
    actions.sign(by=town.noor, split=split)
    said = f"All have signed how the royalty of {POT} is shared"
    return {"ana": said, "ben": said}


def pay_out(town: Town) -> dict[str, str]:
    idea, thing = ground.made(town, rate=1000, price="100")
    ground.signed(town, idea, (town.ana, 10_000))
    actions.set_payee(by=town.ana, holder="Ana Lima", iban=ground.IBANS[0])
    actions.note_sales(order=town.bought(town.noor, {thing: 1}).pk)
    actions.post_royalty(royalty=Royalty.objects.latest("pk"))
    stella = ground.steward()
    put_aside()
    actions.pay_out(by=stella, after=queries.last_payout())
    return {"ana": "£10 of royalties is on its way to you"}


STORIES = [ask_to_sign, decline_shares, sign_as_the_last, pay_out]
