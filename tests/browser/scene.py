"""What the browser finds: made by the hall's own actions, in a process of its own that Django has set up."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import transaction
from django.template.loader import render_to_string
from PIL import Image

from moothall.catalog import actions as catalog
from moothall.catalog.models import Import, Product, Variant
from moothall.core import clock, hall, pictures, work
from moothall.credit import actions as credit
from moothall.ideas import actions as ideas
from moothall.ideas.gates import Sheet
from moothall.ideas.models import Idea
from moothall.improvements import actions as improvements
from moothall.moderation import actions as moderation
from moothall.orders import actions as orders
from moothall.orders.actions.paying import Telling
from moothall.orders.actions.paying_back import answered
from moothall.orders.models import Order, Refund
from moothall.outbox.models import Mail
from moothall.pages.stops import stops
from moothall.payments.models import Payback
from moothall.payments.provider import Returned
from moothall.people import actions as people
from moothall.people.models import AGENT, SHOP, Account, Profile
from moothall.talk import actions as talk
from tests import town as the_town
from tests.credit import ground as credited
from tests.ideas import gated, made
from tests.ideas.concepts import concepts_of
from tests.ideas.made import contributed, proposed
from tests.improvements.made import asked, brought
from tests.polls import made as polled
from tests.pools.ground import begun, pool_of
from tests.town import Town, take_in

ODD = Path(__file__).parents[1] / "catalog" / "shopify-odd.csv"
LONG = "Tablecloth-of-unbleached-linen-with-a-hem-sewn-by-hand-and-a-very-long-name"
WORDS = "It pours without a drop.\nAnd it is quiet.\nhttps://example.org/" + "a-long-address-" * 8


def make(scene: Callable[[], dict[str, Any]]) -> None:
    """The tables, the scene in them, and as the last line what a test needs to know of it. A demo, so that its
    mailbox can be read."""
    call_command("migrate", verbosity=0, interactive=False)
    hall.change(demo=True, name="Wendham Hall")
    print(json.dumps(scene()))


def empty() -> dict[str, Any]:
    return {}


def full() -> dict[str, Any]:
    """People of every role, an order in every state, products and imports in all their kinds."""
    town = the_town.make()
    _more_people(town)
    shelves = _shelves(town)
    variants = {name: the_town.variants_of(product)[0] for name, product in shelves.items()}
    found = _orders(town, variants) | _ideas(town) | _pools(town) | _improvements(town, shelves["pot"])
    _long_shelves_and_much_talk(town)
    found |= {"import": _imported(town, ODD.read_bytes()), "odd": _imported(town, b"What is this?\n1\n")}
    lost = _bad_luck(found)
    _work_until_quiet()
    found["import-running"] = catalog.begin_import(
        by=town.mira, brand=town.brand, name="again.csv", body=ODD.read_bytes()
    ).public
    mail = Mail.objects.order_by("pk")[0]
    mail.dead, mail.error = clock.now(), "The post office was closed"
    mail.save(update_fields=["dead", "error"])
    _baskets(town, variants)
    people.invite_to_team(by=town.mira, brand=town.brand, person=town.noor, role=AGENT)
    invitation = people.invite(by=town.ana, email="dora@example.org", words="Come and see")
    people.invite(by=town.ana, words="long" * 60)
    people.let_be_found(account=Account.objects.get(profile=town.ana), findable=True)
    for account in Account.objects.all():
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    cast = ("ana", "ben", "mira", "noor", "stella", "gus")
    return found | {
        "sessions": {name: _session(name) for name in cast},
        "pages": {name: f"/@tidewater/{product.slug}" for name, product in shelves.items()},
        "letter": mail.pk,
        "dead": [f"mail #{mail.pk} is dead: {mail.error}", f"payback {lost.public} failed: {lost.said}"],
        "invitation": invitation.public,
        "stop": stops.sign(invitation.public),
        "broken": render_to_string("pages/broken.html", {"number": "3f9ac02b71", "away": False}),
    }


def _session(handle: str) -> str:
    """Signed in tomorrow, so that it is a fresh sign-in for as long as the tests take."""
    return str(the_town.signed_in(Profile.objects.get(handle=handle), ago=-86_400).cookies["session"].value)


def _more_people(town: Town) -> None:
    """A steward, somebody in the team who may not sell, a long name without a space, somebody blocked and muted."""
    people.make_steward(account=Account.objects.get(profile=the_town.person("Stella Ward", "stella")))
    gus = the_town.person("Gus Hale", "gus")
    take_in(by=town.mira, brand=town.brand, person=gus, role=AGENT)
    long = the_town.person("Wolfeschlegelsteinhausenbergerdorffs Maximilian", "wolfeschlegelsteinhausenberger")
    for who in (town.ben, long):
        people.follow(by=town.ana, source=who)
    people.follow(by=town.ben, source=town.brand, channel=SHOP)
    people.mute(by=town.ana, whom=the_town.person("Max Loud", "max"))
    people.block(by=town.ana, whom=the_town.person("Bea Away", "bea"))
    people.make_circle(by=town.ana, name="Choir")
    the_town.sends(town.brand, "3.50", "Post, two days")
    town.voucher(words="On the shop's own page", limit=20, each=2)


def _shelves(town: Town) -> dict[str, Product]:
    shelves = {
        "pot": town.product("Lidded pot"),
        "cloth": town.product(LONG, price="123456.78"),
        "bowl": town.product("Bowl", price="21", left=4, sizes=("Small", "Large")),
        "many": town.product("Ribbon", price="2", sizes=tuple(f"{number} cm" for number in range(1, 15))),
        "gone": town.product("Sold out jug", left=0),
        "draft": town.product("Not yet a lamp", published=False),
    }
    for number, name in enumerate(("pot", "bowl", "draft")):
        for shade in (60, 160):
            picture = pictures.keep(_png(shade + number, 90 + 40 * number))
            catalog.add_picture(by=town.mira, product=shelves[name], picture=picture, alt=f"A {name}, seen at {shade}")
    return shelves


def _png(red: int, green: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (480, 360), (red, green, 120)).save(file, "PNG")
    return file.getvalue()


def _orders(town: Town, variants: dict[str, Variant]) -> dict[str, Any]:
    """The purchases' public ids by what became of them, each as its buyer finds it and at the desk."""
    pot, cloth, spoon = variants["pot"], variants["cloth"], town.variant("Spoon", price="5")
    family = Telling("circle", town.family, WORDS)
    awaiting = town.placed(town.ana, {pot: 1}, key="awaiting")
    lapsed = town.placed(town.ana, {pot: 1}, key="lapsed")
    orders.settle(payment=lapsed.payment, state=the_town.said(lapsed, ended=True))
    late = town.placed(town.ana, {pot: 1}, key="late")
    orders.settle(payment=late.payment, state=the_town.said(late, ended=True))
    orders.settle(payment=late.payment, state=the_town.said(late, paid=True, ended=True))
    states = {
        "shared": town.bought(town.ana, {pot: 2, cloth: 1}, telling=family),
        "packed": town.bought(town.ana, {spoon: 1}, telling=Telling("public", None, "Stirs.")),
        "partly": town.bought(town.ana, {pot: 1, spoon: 3}),
        "shipped": town.bought(town.ana, {cloth: 1}),
        "cancelled": town.bought(town.ana, {spoon: 2}),
        "refunded": town.bought(town.ana, {spoon: 2}),
        "failed": town.bought(town.ana, {spoon: 2}),
    }
    mira = town.mira
    orders.pack(by=mira, order=states["packed"])
    orders.ship(by=mira, order=states["partly"], pieces=_all(states["partly"], first=True), tracking="RM 123 456 GB")
    orders.ship(by=mira, order=states["shipped"], pieces=_all(states["shipped"]), carrier="Post")
    orders.cancel(by=mira, order=states["cancelled"], reason="The kiln broke.")
    orders.refund(by=mira, order=states["refunded"], pieces=_all(states["refunded"]), reason="A crack.")
    orders.refund(by=mira, order=states["failed"], pieces=_all(states["failed"]))
    bought = {name: order.purchase.public for name, order in states.items()}
    bought |= {"awaiting": awaiting.public, "lapsed": lapsed.public, "late": late.public}
    return {"orders": bought, "desk": {name: order.public for name, order in states.items()}}


def _long_shelves_and_much_talk(town: Town) -> None:
    """As much as a page may hold, told to everybody."""
    towels = [town.variant(f"Tea towel number {number}", price="9.50") for number in range(30)]
    told = Telling("public", None, "Dries a whole supper for eight, and looks as if it had done nothing all day.")
    town.bought(town.ana, dict.fromkeys(towels[:22], 1), telling=told)


def _pools(town: Town) -> dict[str, Any]:
    """A group buy that is open, in which Ana pledged and has yet to leave her card."""
    pool = pool_of(town, town.product("Tureen", left=None), words="Fired in one go.")
    begun(town, town.ana, pool)
    return {"pool": pool.public} | concepts_of(town)


def _improvements(town: Town, pot: Product) -> dict[str, Any]:
    """What Ana asked for is in revision 2; one is declined, one open with a long name, one taken back."""
    taken, opened, back = (asked(town.ana, pot, title, WORDS) for title in ("A lid that stays on", LONG, "A spout"))
    declined = asked(town.noor, pot, "A louder red")
    improvements.join(by=town.noor, improvement=taken)
    improvements.decline(by=town.mira, improvement=declined, answer=WORDS[:400])
    improvements.take_back(by=town.ana, improvement=back)
    brought(town.mira, pot, taken, words=WORDS)
    return {"asks": {"taken": taken.public, "open": opened.public, "declined": declined.public, "back": back.public}}


def _ideas(town: Town) -> dict[str, Any]:
    """One in two versions with a contribution in each state, one that is very long, and a draft."""
    idea = proposed(town.ana, brand=town.brand)
    taken, open, late = (contributed(by, idea, words=f"{by.name} at noon") for by in (town.noor, town.ben, town.noor))
    declined = contributed(town.noor, idea, part="title", words="Teapot")
    ideas.take_in(by=town.ana, contribution=taken, base=1)
    ideas.decline(by=town.ana, contribution=declined, answer="Two hands are the point.")
    ideas.take_back(by=town.noor, contribution=late)
    ideas.back(by=town.ben, idea=idea, level="pay", price=the_town.money("38"))
    long = "Onehundredandtwentysevenletterswithoutabreak" * 40
    proposed(town.noor, replace(made.WORDS, title=long[:80], problem=long[:2000], use="A long story. " * 120))
    draft = ideas.keep_draft(by=town.ana, words=replace(made.WORDS, title="Half a thought"))
    _shares(town, idea)
    made.led_by_two(town.ana, town.noor, idea)
    ideas.invite_author(by=town.ana, idea=idea, person=town.ben)
    asked = ideas.ask_merger(by=town.ben, idea=proposed(town.ben), into=idea)
    merged = proposed(town.ana, replace(made.WORDS, title="Pot for two hands"))
    ideas.ask_merger(by=town.ana, idea=merged, into=proposed(town.ana))
    more = {"asked": asked.public, "asking": asked.idea.public, "merged": merged.public}
    said = talk.say(by=town.ben, kind="idea", id=idea.pk, words=f"**{WORDS}**", picture=pictures.keep(_png(60, 90)))
    under = talk.answer(by=town.mira, to=said, words="- at noon\n- at night\n\n> @ana does it pour?")
    talk.react(by=town.noor, comment=said, sort="helpful")
    talk.withdraw(by=town.noor, comment=talk.say(by=town.noor, kind="idea", id=idea.pk, words="Never mind"))
    sold, waits = (talk.say(by=town.noor, kind="idea", id=idea.pk, words=f"{long} {n}"[:4000]) for n in range(2))
    case, waiting = (
        moderation.report(by=town.ben, kind="comment", id=one.pk, sort="other", words=long[:1000]).case
        for one in (sold, waits)
    )
    stella = Profile.objects.get(handle="stella")
    moderation.hide(by=stella, case=case, reason="It sells kettles, and says nothing of what stands above it.")
    talked = {"comment": said.public, "answer": under.public, "case": case.public, "open_case": waiting.public}
    names = {"idea": idea.public, "draft": draft.public, "waits": open.public, "declined": declined.public}
    return {"ideas": names | more | talked | _gates(town) | _polls(town, idea), "posts": _posts(town)}


def _posts(town: Town) -> dict[str, str]:
    """In a brand's Talk, by its team and by others, one of them removed; Ana's own, and one that she took back."""
    post = talk.post(by=town.ben, channel=town.brand, words=WORDS, picture=pictures.keep(_png(90, 60)), alt="A shelf")
    talk.say(by=town.noor, kind="post", id=post.pk, words="> @ben does it pour?")
    talk.react_to_post(by=town.ana, post=post, sort="helpful")
    own = talk.post(by=town.ana, words=f"**{WORDS}**")
    back = talk.post(by=town.ana, words="Never mind")
    talk.withdraw_post(by=town.ana, post=back)
    gone = talk.post(by=town.noor, channel=town.brand, words="Onehundredandtwentysevenletterswithoutabreak" * 9)
    talk.post(by=town.mira, channel=town.brand, words="We fire on Thursday, @ana.")
    fallen = moderation.report(by=town.ben, kind="post", id=gone.pk, sort="spam").case
    moderation.hide(by=Profile.objects.get(handle="stella"), case=fallen, reason="It is one word.")
    return {"post": post.public, "own": own.public, "back": back.public, "gone": gone.public}


def _polls(town: Town, idea: Idea) -> dict[str, str]:
    """A question of each sort that is answered, and one that is not."""
    fresh = polled.polled(town.ana, idea, question="Which handle would you have, left, right or both?")
    ranked, price = (polled.polled(town.ana, idea, sort, shown="always") for sort in ("ranked", "price"))
    options = polled.polled(town.ana, idea, shown="always", several=True, choices=("Onehundredandtwentyseven" * 3, "b"))
    for number, who in enumerate(polled.crowd(6)):
        polled.answered(options, who, 0)
        polled.answered(ranked, who, number % 3, (number + 1) % 3)
        polled.answered(price, who, number < 6, number < 4, number < 1)
    return {"fresh": fresh.public, "ranked": ranked.public, "price": price.public, "options": options.public}


def _shares(town: Town, idea: Idea) -> None:
    """How its royalty is shared: declined, standing, and proposed anew with long words."""
    long = "Onehundredandtwentysevenletterswithoutabreak" * 10
    halves = credited.parts((town.ana, 5000), (town.noor, 5000))
    split = credit.propose_split(by=town.ana, idea=idea, parts=halves, note=long[:400])
    credit.decline(by=town.noor, split=split, why=long[:400])
    credited.signed(town, idea, (town.ana, 6667), (town.noor, 3333))
    shares = [credit.Share(one, 5000, long[:200]) for one in (town.ana, town.ben)]
    credit.propose_split(by=town.ana, idea=idea, parts=shares)
    credit.set_payee(by=town.ana, holder="Ana Lima", iban=credited.IBANS[0])


def _gates(town: Town) -> dict[str, str]:
    """One with a go, argued with and appealed against; one that waits; an idea of Ben's that may be taken."""
    ideas.set_mark(by=town.mira, brand=town.brand, voices=3, days=28)
    gate = gated.judged(town, gated.at_gate(town, title="Slow ladle"), "go")
    ideas.argue(by=town.ben, gate=gate, figures=gated.FIGURES, words="A turner in Leicester would do it for less.")
    ideas.appeal(by=town.ana, gate=gate, words="The lid was overlooked. " * 20)
    argued = Sheet.objects.get(gate=gate, own=False)
    waits = gated.at_gate(town, title="Folding colander")
    free = proposed(town.ben, replace(made.WORDS, title="Quiet whisk"))
    gated.voices(free, (30, 36, 40))
    return {"gate": gate.public, "open": waits.public, "sheet": argued.public, "free": free.public}


def _baskets(town: Town, variants: dict[str, Variant]) -> None:
    """Two as they should be, and one with a thing of which too few are left by now."""
    for who in (town.ana, town.mira):
        town.basket_of(who, {variants["pot"]: 1, variants["bowl"]: 2})
    scarce = town.variant("Scarce vase", left=5)
    town.basket_of(town.ben, {scarce: 4, variants["cloth"]: 1})
    with transaction.atomic():
        catalog.count(variant=scarce, left=2)


def _all(order: Order, *, first: bool = False) -> dict[int, int]:
    lines = [line for line in the_town.lines_of(order) if line.variant_id]
    return {line.pk: line.quantity for line in (lines[:1] if first else lines)}


def _imported(town: Town, body: bytes) -> str:
    run = catalog.begin_import(by=town.mira, brand=town.brand, name="products.csv", body=body)
    while Import.objects.get(pk=run.pk).ended is None:
        assert work.do_some(work.known()["imports"])
    return run.public


def _work_until_quiet() -> None:
    """What readers make of it all, mails above all. Nothing goes out: no till, no pictures of others."""
    while any(work.do_some(work.known()[name]) for name in ("acts", "search")):
        pass


def _bad_luck(found: dict[str, Any]) -> Payback:
    """One refund arrived; one did not, and is given."""
    for name, state in (("refunded", Payback.DONE), ("failed", Payback.FAILED)):
        refund = Refund.objects.get(order__public=found["desk"][name])
        said = "The card was closed" if state == Payback.FAILED else ""
        answered(refund.payback, Returned(f"re_{name}", state, said))
    lost: Payback = Payback.objects.get(pk=refund.payback_id)
    return lost
