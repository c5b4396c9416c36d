"""A small town in which everything exists once: each thing that somebody may see, and each person who may not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from io import BytesIO

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from moothall.activity.models import Act
from moothall.activity.tells import PEOPLE
from moothall.catalog import actions as catalog
from moothall.catalog.models import Product, ProductPicture
from moothall.core import clock, hearts, kinds
from moothall.core.models import Picture
from moothall.core.work import NEVER
from moothall.credit import actions as credit
from moothall.credit.models import Royalty
from moothall.ideas import actions as ideas
from moothall.ideas.gates import Gate
from moothall.ideas.models import Idea
from moothall.improvements import actions as improvements
from moothall.moderation import actions as moderation
from moothall.notices.actions import tell
from moothall.notices.models import Notice
from moothall.notices.stopping import word_for
from moothall.orders import actions as orders
from moothall.orders.actions.transfers import Account as BankAccount
from moothall.orders.models import Purchase, Return, Shipment
from moothall.outbox.models import Mail
from moothall.pages.stops import stops
from moothall.payments.models import Payback
from moothall.people import actions as people
from moothall.people import keys, tokens
from moothall.people.models import AGENT, MAKER, MARKETER, SELLER, Account, Profile
from moothall.pools.models import Pledge, Pool
from moothall.prices import actions as prices
from moothall.talk import actions as talk
from tests.credit import ground as credited
from tests.ideas.concepts import concepts_of
from tests.ideas.gated import FIGURES, judged, voices
from tests.ideas.made import WORDS, contributed, led_by_two, proposed
from tests.improvements.made import asked, brought
from tests.polls.made import answered, polled
from tests.pools.ground import begun, pool_of
from tests.town import NOBODY, Town, lines_of, person, sends, signed_in, take_in, variants_of

CSV = b"Handle,Title,Variant Price\r\nbowl,Bowl,12\r\n"


@dataclass
class Place:
    """The town, who goes through it, and the names of its things as addresses have them."""

    town: Town
    people: dict[str, Profile | None]
    ids: dict[str, str] = field(default_factory=dict)
    _cookies: dict[str, str] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser in which the person has just signed in, whatever was done in another."""
        client = Client()
        client.cookies.load(self.cookies(role))
        return client

    def cookies(self, role: str) -> str:
        who = self.people[role]
        if who and role not in self._cookies:
            self._cookies[role] = signed_in(who).cookies.output(attrs=[], header="", sep=";").strip()
        return self._cookies.get(role, "")


def settle(town: Town) -> Place:
    """Ana is the member whose things they are; Bob is parted from her and from the brand."""
    place = Place(town, _people(town))
    pot, cup = (town.variant(title, price="38") for title in ("Pot", "Cup"))
    town.product("Secret jug", published=False)
    order = town.bought(town.ana, {pot: 2, cup: 1})
    told, untold = lines_of(order)
    zone = sends(town.brand, "0")
    prices.make_voucher(by=town.mira, brand=town.brand, offer=prices.Offer("POTS", percent=10))
    share = orders.share(by=town.ana, line=told, reach="public", words="Good pot")
    refund = orders.refund(by=town.mira, order=order, pieces={told.pk: 1})
    orders.set_imprint(by=town.mira, brand=town.brand, name=town.name())
    paper = orders.issue_due(brand=town.brand)[0]
    back, agreed = _returns(town)
    Payback.objects.update(state=Payback.FAILED, due=NEVER)
    promised, payback = _transfers(town, place)
    waiting = town.placed(town.ana, {pot: 1})
    tell(Act.objects.get(verb="follow.begun", actor=town.ben))
    run = catalog.begin_import(by=town.mira, brand=town.brand, name="products.csv", body=CSV)
    mail = Mail.objects.create(key="dead", to="x@example.org", subject="Dead", text="", dead=clock.now())
    _picture(town, place)
    people.invite_to_team(by=town.mira, brand=town.brand, person=town.ana, role=AGENT)
    invitation = people.invite(by=town.ana, email="dora@example.org", words="Come and see")
    account = Account.objects.get(profile=town.ana)
    passkey = Authenticator.objects.create(
        user=account, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone", "credential": {}}
    )
    people.let_be_found(account=account, findable=True)
    place.ids |= _ideas(town) | _pools(town) | _improvements(town)
    place.ids |= _talk(town, place)
    place.ids |= _credit(town, place)
    place.ids |= _polls(town, place, pot.product)
    place.ids |= _moderation(town, place) | {
        "invitation": invitation.public,
        "stop": stops.sign(invitation.public),
        "passkey": str(passkey.pk),
        "sign_in": "bcdfghjkmn",
        "variant": pot.public,
        "order": order.public,
        "line": told.public,
        "untold": untold.public,
        "purchase": order.purchase.public,
        "waiting": waiting.public,
        "promised": promised.public,
        "payback": payback.public,
        "refund": refund.public,
        "share": share.public,
        "circle": town.family.public,
        "run": run.public,
        "paper": paper.public,
        "tray": back.order.purchase.public,
        "tray_order": back.order.public,
        "tray_line": lines_of(back.order)[0].public,
        "parcel": Shipment.objects.get().public,
        "back": back.public,
        "agreed": agreed.public,
        "zone": zone.public,
        "mail": str(mail.pk),
        "notice": str(Notice.objects.get(who=town.ana, act__verb="follow.begun").pk),
        "hush": word_for(town.ana, [PEOPLE]),
        "token": tokens.make_token(account=account, name="Till", scopes=["read"], days=30)[0].public,
    }
    return place


def _transfers(town: Town, place: Place) -> tuple[Purchase, Payback]:
    """One that is awaited, and another that was not as asked and has to be sent back."""
    steward = place.people["steward"]
    assert steward
    orders.set_bank(by=steward, account=BankAccount("The Hall", "GB29NWBK60161331926819"))
    made = []
    for title in ("Dish", "Ladle"):
        basket = town.basket_of(town.ana, {town.variant(title): 1})
        made.append(
            orders.place_order(
                by=town.ana, basket=basket, contact=town.contact(), telling=NOBODY, key=title, method="transfer"
            )
        )
    orders.receive_transfer(by=steward, payment=made[1].payment, amount=1, reference="WRONG-1")
    return made[0], Payback.objects.get(amount=1)


def _returns(town: Town) -> list[Return]:
    """One that waits for its answer, and one that may be sent; a piece more may still come back."""
    order = town.bought(town.ana, {town.variant("Tray"): 3})
    tray = lines_of(order)[0]
    orders.ship(by=town.mira, order=order, pieces={tray.pk: 3})
    backs = [orders.ask_return(by=town.ana, order=order, pieces={tray.pk: 1}, reason="mind") for _n in range(2)]
    orders.agree_to_return(by=town.mira, back=backs[1], answer="To the office")
    return backs


def _people(town: Town) -> dict[str, Profile | None]:
    found: dict[str, Profile | None] = {"guest": None, "member": town.ana, "stranger": town.noor}
    found["blocked"] = bob = person("Bob Parted", "bob")
    found["owner"] = town.mira
    for role in (MAKER, SELLER, AGENT, MARKETER):
        found[role] = one = person(f"Team {role}", f"the-{role}")
        take_in(by=town.mira, brand=town.brand, person=one, role=role)
    found["other"] = ola = person("Ola Nord", "ola")
    people.open_brand(by=ola, name="North Wool", handle="north-wool")
    found["steward"] = person("Stella Ward", "stella")
    people.make_steward(account=Account.objects.get(profile=found["steward"]))
    shut = Account.objects.get(profile=person("Sid Shut", "shut"))
    keys.suspend(by=found["steward"], account=shut, reason="Sold what was not theirs.")
    hearts.beat("machine 1", clock.now())  # a worker is here
    # As if they had joined through the door.
    for account in Account.objects.all():
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    people.block(by=town.ana, whom=bob)
    people.block(by=bob, whom=town.brand)
    return found


def _ideas(town: Town) -> dict[str, str]:
    """An idea of Ana's for the brand, with a contribution of Ben's, who leads it with her and would merge one into it;
    one withdrawn, one merged, a draft; a contribution of Ana's, an idea she is asked to lead and one whose lead she is
    offered."""
    idea, gone = (proposed(town.ana, brand=town.brand) for _n in range(2))
    ideas.withdraw(by=town.ana, idea=gone)
    draft = ideas.keep_draft(by=town.ana, words=replace(WORDS, title="Half a thought"))
    contribution = contributed(town.ben, idea)
    bens = proposed(town.ben)
    own = contributed(town.ana, bens)
    invited = ideas.invite_author(by=town.ben, idea=bens, person=town.ana)
    offered = led_by_two(town.ben, town.ana)
    ideas.offer_lead(by=town.ben, author=offered)
    asked = ideas.ask_merger(by=town.ben, idea=proposed(town.ben), into=idea)
    merged = proposed(town.ana)
    ideas.ask_merger(by=town.ana, idea=merged, into=proposed(town.ana))
    return {
        "bens": bens.public,
        "invited": invited.public,
        "led": offered.idea.public,
        "offered": offered.public,
        "author": led_by_two(town.ana, town.ben, idea).public,
        "merger": asked.public,
        "merged": merged.public,
        "idea": idea.public,
        "withdrawn": gone.public,
        "draft": draft.public,
        "bens_idea": bens.public,
        "contribution": contribution.public,
        "own_contribution": own.public,
    } | _gates(town)


def _gates(town: Town) -> dict[str, str]:
    """An idea of Ana's that got a go, with an argument of hers; one of Ben's at the gate; one of his for all."""
    ideas.set_mark(by=town.mira, brand=town.brand, voices=1, days=28)
    ruled, waits = (proposed(lead, brand=town.brand) for lead in (town.ana, town.ben))
    free = proposed(town.ben)
    for idea in (ruled, waits, free):
        voices(idea, (40,))
    gate = judged(town, Gate.objects.select_related("idea", "brand").get(idea=ruled), "go")
    argued = ideas.argue(by=town.ana, gate=gate, figures=FIGURES, words="A turner would do it for less.")
    return {
        "gate": gate.public,
        "open_gate": Gate.objects.get(idea=waits).public,
        "own_sheet": argued.public,
        "free_idea": free.public,
    }


def _pools(town: Town) -> dict[str, str]:
    """A group buy that is open, with a pledge of Ana's that has no card yet, and one whose card was refused."""
    pool, over = (pool_of(town, town.product(title, left=None)) for title in ("Tureen", "Teapot"))
    started, failing = begun(town, town.ana, pool), begun(town, town.ana, over, 3)
    Pledge.objects.filter(pk=failing.pk).update(state=Pledge.FAILING, due=NEVER)
    won = {"stage": Pool.WON, "price": 3400, "decided": clock.now(), "pieces": 3, "people": 1, "due": NEVER}
    Pool.objects.filter(pk=over.pk).update(**won)
    return concepts_of(town) | {
        "pool": pool.public,
        "pledge": started.public,
        "failing": failing.public,
        "tureen": started.variant.public,
        "mug": town.product("Mug", left=None).slug,
    }


def _improvements(town: Town) -> dict[str, str]:
    """What Ana asks of a bowl, and one thing that she took back; what Ben asks, and one thing that was declined; and a
    revision of a cup that can be undone."""
    bowl, cup = town.product("Bowl", left=None), town.product("Cup", left=None)
    own, back = (asked(town.ana, bowl, title) for title in ("A foot", "A spout"))
    bens, declined = (asked(town.ben, bowl, title) for title in ("A rim", "A lid"))
    improvements.take_back(by=town.ana, improvement=back)
    improvements.decline(by=town.mira, improvement=declined, answer="It is a bowl.")
    brought(town.mira, cup)
    return {
        "ask": own.public,
        "back_ask": back.public,
        "declined_ask": declined.public,
        "bens_ask": bens.public,
        "bowl": bowl.slug,
        "revised": cup.slug,
    }


def _credit(town: Town, place: Place) -> dict[str, str]:
    """A split of Ben's idea that Ana is asked to sign, and one of hers that waits for Ben; a thing that was an idea,
    paid out once and owed again."""
    steward = place.people["steward"]
    assert steward
    rows = Idea.objects.select_related("lead", "brand")
    own, bens = (rows.get(public=place.ids[name]) for name in ("idea", "bens_idea"))
    halves = credited.parts((town.ana, 5000), (town.ben, 5000))
    asked = credit.propose_split(by=town.ben, idea=bens, parts=halves)
    waits = credit.propose_split(by=town.ana, idea=own, parts=halves)
    idea, thing = credited.made(town, rate=1000, price="60")
    credited.signed(town, idea, (town.ana, 9000), (town.ben, 1000))
    credit.set_payee(by=town.ana, holder="Ana Lima", iban=credited.IBANS[0])
    buyer = person("Pia Moon", "pia")  # who is nobody's test
    for paid in (True, False):
        credit.note_sales(order=town.bought(buyer, {thing: 1}).pk)
        credit.post_royalty(royalty=Royalty.objects.latest("pk"))
        if paid:
            credit.pay_out(by=steward, after=0)
    return {"split": asked.public, "own_split": waits.public, "made_idea": idea.public}


def _talk(town: Town, place: Place) -> dict[str, str]:
    """Ana's own comment on Ben's idea, with a stranger's answer; one of hers that she took back; one of Ben's under
    her idea."""
    ids = {name: kinds.named("idea", place.ids[name]) for name in ("idea", "bens_idea")}
    own, back = (talk.say(by=town.ana, kind="idea", id=ids["bens_idea"], words=words) for words in ("Own", "Back"))  # type: ignore[arg-type]
    talk.withdraw(by=town.ana, comment=back)
    return {
        "comment": talk.say(by=town.ben, kind="idea", id=ids["idea"], words="It drips").public,  # type: ignore[arg-type]
        "own_comment": own.public,
        "back_comment": back.public,
        "answer": talk.answer(by=town.noor, to=own, words="So it is").public,
    } | _posts(town)


def _posts(town: Town) -> dict[str, str]:
    """Ben's in the brand's Talk; Ana's own, and one that she took back."""
    own, back = (talk.post(by=town.ana, words=words) for words in ("Own", "Back"))
    talk.withdraw_post(by=town.ana, post=back)
    said = talk.post(by=town.ben, channel=town.brand, words="Does it drip?")
    return {"post": said.public, "own_post": own.public, "back_post": back.public}


def _polls(town: Town, place: Place, pot: Product) -> dict[str, str]:
    """A question about Ana's idea that Ben answered, one that nobody did, and one about the brand's pot."""
    idea = Idea.objects.get(public=place.ids["idea"])
    poll, fresh = polled(town.ana, idea), polled(town.ana, idea, question="Nobody answered?")
    answered(poll, town.ben, 0)
    return {
        "poll": poll.public,
        "fresh_poll": fresh.public,
        "pot_poll": polled(town.mira, pot).public,
        "choice": poll.choices.get(position=1).public,
    }


def _moderation(town: Town, place: Place) -> dict[str, str]:
    """A stranger's comment that was reported, one of Ana's that was removed, and an idea of hers that was."""
    steward = place.people["steward"]
    assert steward
    idea = proposed(town.ana, replace(WORDS, title="Kettles for sale"))
    bens = kinds.named("idea", place.ids["bens_idea"])
    words = talk.say(by=town.ana, kind="idea", id=bens, words="Buy my kettles")  # type: ignore[arg-type]
    other = talk.say(by=town.noor, kind="idea", id=bens, words="Buy mine")  # type: ignore[arg-type]
    removed, gone, waiting = (
        moderation.report(by=town.ben, kind=kind, id=id, sort="spam").case
        for kind, id in (("comment", words.pk), ("idea", idea.pk), ("comment", other.pk))
    )
    for case in (removed, gone):
        moderation.hide(by=steward, case=case, reason="It sells kettles.")
    return {"case": removed.public, "removed_idea": idea.public, "open_case": waiting.public}


def _picture(town: Town, place: Place) -> None:
    picture = Picture.objects.create(hash="ab" * 16, width=160, height=160, widths=[160])
    default_storage.save(picture.file(160), ContentFile(png()))
    pot = variants_of(town.product("Pictured"))[0].product
    ProductPicture.objects.create(product=pot, picture=picture, position=1)
    place.ids["picture"] = picture.file(160)


def png(color: str = "#804020") -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 8), color).save(file, "PNG")
    return file.getvalue()


def file_of(name: str) -> SimpleUploadedFile:
    """What a desk may send: a picture, or products."""
    return SimpleUploadedFile(name, CSV if name.endswith(".csv") else png())
