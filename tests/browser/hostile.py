"""A town that wishes nobody well: every text that a person, a brand or a steward can write holds the payloads.

It is made by the actions alone, as much as each takes; what the bank and the machine say of themselves is written over
the rows, as nobody here can make them say it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, models
from django.test import override_settings

from moothall.activity.models import Pending
from moothall.catalog import actions as catalog
from moothall.catalog.models import Import, PictureFetch, Product, ProductPicture
from moothall.core import clock, hall, ids, pictures, work
from moothall.core.countries import CODES
from moothall.core.text import tidy
from moothall.credit.models import Split
from moothall.ideas import actions as ideas
from moothall.ideas.gates import Gate
from moothall.ideas.models import Idea
from moothall.improvements.models import Improvement
from moothall.moderation import actions as moderation
from moothall.orders import actions as orders
from moothall.orders.actions.paying import Contact, Telling
from moothall.orders.actions.transfers import Account as BankAccount
from moothall.orders.models import Order, Purchase, Return
from moothall.outbox.models import Mail
from moothall.payments.models import Payback, Payment
from moothall.people import actions as people
from moothall.people import keys, tokens
from moothall.people.models import Account, Invitation, Profile
from moothall.pools import actions as pools
from moothall.pools.ladder import Rung
from moothall.pools.models import Pool
from moothall.prices import actions as prices
from moothall.talk import actions as talk
from moothall.talk.models import Comment, Post
from tests import town as the_town
from tests.town import Town

from . import hostile_concepts, hostile_credit, hostile_gates, hostile_improvements, hostile_polls
from .payloads import EVERYWHERE, PAYLOADS, chunks, held_in
from .scene import _png, _session, _work_until_quiet

CAST = ("ana", "ben", "mira", "noor", "stella", "person-1")
MOST = len(chunks(60))
OF_A_VERB = 8  # acts of a verb that are told


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])  # nobody signs in by one
def town() -> dict[str, Any]:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug here
    the = the_town.make()
    _people(the)
    _brands(the)
    shelves = _shelves(the)
    _selling(the)
    _purchases(the, shelves)
    _transfers(the, shelves)
    _desk(the, shelves)
    _returns(the, shelves)
    _imports(the)
    _ideas(the)
    _pools(the, shelves)
    _talk(the)
    hostile_gates.fill(the)
    hostile_concepts.fill(the)
    hostile_improvements.fill(the, shelves[5])
    hostile_credit.fill(the)
    hostile_polls.fill(the)
    hall.change(name=f"{EVERYWHERE} {chunks(34)[0]}"[:60], place=EVERYWHERE)
    _some_of_it_is_told()
    _work_until_quiet()
    _said_by_others()
    for one in Account.objects.all():
        EmailAddress.objects.create(user=one, email=one.email, verified=True, primary=True)
    return {
        "sessions": {handle: _session(handle) for handle in CAST},
        "token": tokens.make_token(account=account("ana"), name="Till", scopes=["read", "desk"], days=30)[1],
        "invitation": Invitation.objects.filter(ended=None, email="")[0].public,
        "slug": shelves[5].slug,
        "idea": Idea.objects.order_by("pk")[0].public,
        "asked": Improvement.objects.order_by("pk")[0].public,
        "shared": Split.objects.filter(state=Split.DECLINED).latest("pk").idea.public,
        "spoken": Post.objects.filter(by=the.ben).latest("pk").public,
        "said": Comment.objects.filter(by=the.ana).latest("pk").public,
        "won": Pool.objects.filter(stage=Pool.WON).latest("pk").public,
        "gate": Gate.objects.filter(state=Gate.NO).order_by("pk")[0].public,
        "html": list(Mail.objects.exclude(html="").order_by("pk").values_list("html", flat=True)),
        "held": {f"{one._meta.label}.{field.name}": sorted(held(one, field)) for one, field in text_fields()},
    }


def text_fields() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every column of the hall that can hold words."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, kinds) and not field.choices:
                yield model, field


def held(model: type[models.Model], field: models.Field[Any, Any]) -> set[int]:
    """The payloads that stand whole in a column now."""
    found: set[int] = set()
    for said in model._default_manager.values_list(field.name, flat=True).distinct():
        found |= held_in("\n".join(_leaves(said)))
    return found


def _leaves(said: Any) -> Iterator[str]:
    if isinstance(said, dict):
        said = [*said, *said.values()]
    if isinstance(said, list):
        for one in said:
            yield from _leaves(one)
    elif said is not None:
        yield str(said)


def account(handle: str) -> Account:
    return Account.objects.select_related("profile").get(profile__handle=handle)


def mail_addresses() -> Iterator[str]:
    """Those that pass for mail addresses: the local part may be quoted."""
    for number, one in enumerate(chunks(60)):
        address = f'"{one}"@x{number}.example'.replace(" ", "\\ ")
        try:
            validate_email(address)
        except ValidationError:  # most are none
            continue
        if tidy(address) == address:
            yield address


def _pools(the: Town, shelves: list[Product]) -> None:
    """Group buys with all that fits, and what people write into a pledge, taken back and written anew."""
    names, streets, codes, towns = (cycle(chunks(cap)) for cap in (100, 200, 20, 100))
    mails = cycle([*mail_addresses(), "ana@example.org"])
    ends = clock.now() + timedelta(days=30)
    opened = []
    for n, words in enumerate(chunks(400)):
        offer = pools.Offer([Rung(2, 150)], ends, words=words)
        opened.append(pools.open_pool(by=the.mira, product=shelves[n], offer=offer))
    for n in range(max(len(chunks(cap)) for cap in (100, 200, 20))):
        contact = Contact(next(mails), next(names), next(streets), next(codes), next(towns), "GB")
        wanted = pools.Wanted(the_town.variants_of(opened[0].product)[0], 1 + n % 2, 150)
        pledge = pools.pledge(by=the.ana, pool=opened[0], wanted=wanted, contact=contact)
        pools.withdraw(by=the.ana, pledge=pledge)
    pools.pledge(by=the.ana, pool=opened[0], wanted=wanted, contact=contact)


def _ideas(the: Town) -> None:
    """Each part with all that fits, proposed, revised, contributed to, taken in and declined."""
    Profile.objects.update(since=clock.now() - timedelta(days=9))  # who is new may less
    for one in (the.ana, the.ben, the.mira, the.noor):
        one.refresh_from_db(fields=["since"])
    heads, lines, later, notes, whys = (cycle(chunks(most)) for most in (80, 200, 200, 200, 400))
    next(later)
    problems, uses, longs = (cycle(chunks(2000)) for _n in range(3))
    next(uses)
    leads = [Profile.objects.get(handle=f"person-{n}") for n in range(len(chunks(80)))]
    for lead in leads:
        draft = ideas.keep_draft(by=lead, words=ideas.Words(next(heads), next(problems), next(uses), next(lines)))
        made = ideas.propose(by=lead, idea=draft)
        new = ideas.Words(made.title, made.problem, made.use, next(later))
        ideas.revise(by=lead, idea=made, words=new, base=1, note=next(notes))
    idea = Idea.objects.get(lead=leads[0])
    ideas.back(by=the.ben, idea=idea, level="pay", price=the_town.money("38"))  # it stands first in the list
    for number, why in enumerate(chunks(400)):
        by = Profile.objects.get(handle=f"person-{30 + number}")
        words = next(longs)
        said = {"part": "problem" if tidy(words, lines=True) == idea.use else "use", "words": words, "why": why}
        made_of = ideas.contribute(by=by, idea=idea, base=2, **said)
        if number % 2:
            ideas.decline(by=leads[0], contribution=made_of, answer=next(whys))
    for why in chunks(400):
        waiting = ideas.contribute(by=the.noor, idea=idea, part="title", words=f"{why}"[:60], base=2)
        ideas.decline(by=leads[0], contribution=waiting, answer=why)
    for base in range(2, 14):
        new = ideas.Words(idea.title, idea.problem, idea.use, f"{base} {next(later)}"[:200])
        ideas.revise(by=leads[0], idea=idea, words=new, base=base, note=next(notes))
    asked = ideas.invite_author(by=leads[0], idea=idea, person=leads[1])
    ideas.join_authors(by=leads[1], author=asked)
    ideas.offer_lead(by=leads[0], author=asked)
    idea = ideas.take_lead(by=leads[1], author=asked)
    ideas.fork(by=leads[1], idea=idea)
    like, merged, into = (Idea.objects.select_related("lead").get(lead=lead) for lead in leads[2:5])
    ideas.ask_merger(by=like.lead, idea=like, into=idea)
    ideas.accept_merger(by=into.lead, merger=ideas.ask_merger(by=merged.lead, idea=merged, into=into))
    ideas.keep_draft(by=the.ana, words=ideas.Words(EVERYWHERE[:80], EVERYWHERE, EVERYWHERE, EVERYWHERE[:200]))


def _talk(the: Town) -> None:
    """What is said, reported, removed, appealed; one thing of each waits for a steward."""
    stella, idea = Profile.objects.get(handle="stella"), Idea.objects.order_by("pk")[0]
    for words in chunks(4000):
        said = talk.say(by=the.noor, kind="idea", id=idea.pk, words=words)
        talk.answer(by=the.ben, to=said, words=f"@ana {words}"[:4000])
    longs, appeals, answers, whys = cycle(chunks(1000)), cycle(chunks(1000)), cycle(chunks(300)), cycle(chunks(300))
    # The first two get no answer; of the second half the answer is no, and they are restored all the same.
    for number, reason in enumerate([*chunks(300), *chunks(300)[:2], *chunks(300)]):
        by, other = (Profile.objects.get(handle=f"person-{first + number}") for first in (0, 20))
        said = talk.say(by=by, kind="idea", id=Idea.objects.exclude(lead=by).exclude(stage=Idea.DRAFT)[0].pk, words="x")
        case = moderation.report(by=other, kind="comment", id=said.pk, sort="other", words=next(longs)).case
        moderation.hide(by=stella, case=case, reason=reason)
        if number:
            moderation.appeal(by=by, case=case, words=next(appeals))
        if number > 1:
            moderation.uphold(by=stella, case=case, answer=next(answers))
        if number > 1 + len(chunks(300)):
            moderation.restore(by=stella, case=case, answer=next(whys))
    _posts(the, stella)
    said = talk.say(by=the.ana, kind="idea", id=idea.pk, words=EVERYWHERE)
    moderation.report(by=the.ben, kind="comment", id=said.pk, sort="other", words=EVERYWHERE)


def _posts(the: Town, stella: Profile) -> None:
    """On a page of one's own and in a brand's Talk, with pictures; the last ones are removed."""
    alts, picture = cycle(chunks(300)), pictures.keep(_png(60, 90))
    for number, words in enumerate(chunks(4000) + chunks(300)):
        channel = None if number % 2 else the.brand
        post = talk.post(by=the.ben, words=words, channel=channel, picture=picture, alt=next(alts))
        talk.say(by=the.noor, kind="post", id=post.pk, words=f"@ben {words}"[:4000])
    for number, reason in enumerate(chunks(300)):
        post = talk.post(by=the.noor, words=f"Kettles, number {number}", channel=the.brand)
        moderation.hide(
            by=stella, case=moderation.report(by=the.ben, kind="post", id=post.pk, sort="spam").case, reason=reason
        )


# ---- people and what is theirs


def _people(the: Town) -> None:
    people.make_steward(account=Account.objects.get(profile=the_town.person("Stella Ward", "stella")))
    password, words = make_password(the_town.PASSWORD), cycle(chunks(400))
    odd = {20 + n: address for n, address in enumerate(islice(mail_addresses(), 20))}
    for n, name in enumerate(chunks(60)):
        email = odd.get(n, f"person-{n}@example.org")
        one = people.join(account=Account(email=email, password=password), name=name, handle=f"person-{n}").profile
        people.change_profile(by=one, profile=one, name=name, words=next(words))
        people.follow(by=the.ana, source=one)
        if n < 3:
            people.follow(by=one, source=the.ana)
    for handle in CAST[:5]:
        one = Profile.objects.get(handle=handle)
        people.change_profile(by=one, profile=one, name=f"{EVERYWHERE} {handle}", words=EVERYWHERE)
    _invitations()
    for cap, most, make in ((40, 48, _circle), (60, 19, _token), (40, 19, _passkey)):
        waiting = iter(chunks(cap))
        for handle in CAST:
            for name in islice(waiting, most):
                make(account(handle), name)
        assert next(waiting, None) is None, "the cast is too small"
    for n, reason in enumerate(chunks(500)):
        keys.suspend(by=Profile.objects.get(handle="stella"), account=account(f"person-{40 + n}"), reason=reason)
        if n % 2:
            keys.restore(by=Profile.objects.get(handle="stella"), account=account(f"person-{40 + n}"))


def _invitations() -> None:
    addresses = mail_addresses()
    for n, words in enumerate(chunks(400)):
        by = Profile.objects.get(handle=CAST[n // 4])
        people.invite(by=by, words=words)
        people.invite(by=by, email=next(addresses, f"friend-{n}@example.org"), words=words)


def _circle(one: Account, name: str) -> None:
    people.make_circle(by=one.profile, name=name)


def _token(one: Account, name: str) -> None:
    tokens.make_token(account=one, name=name, scopes=["read"], days=30)


def _passkey(one: Account, name: str) -> None:
    people.add_passkey(account=one, name=name, credential={})


def _brands(the: Town) -> None:
    """One for each imprint that a brand can have."""
    people.change_profile(by=the.mira, profile=the.brand, name=EVERYWHERE, words="\n".join(chunks(400)[0:1]))
    legal, street, postcode, small, words = (cycle(chunks(cap)) for cap in (100, 200, 20, 400, 400))
    for n, name in enumerate(chunks(100)):
        brand = the.brand
        if n:
            brand = people.open_brand(by=the.mira, name=name[:60], handle=f"brand-{n}", words=next(words))
        imprint = {"legal": next(legal), "street": next(street), "postcode": next(postcode), "town": name}
        orders.set_imprint(by=the.mira, brand=brand, name=the.name(**imprint, small_print=next(small)))
    for handle in ("ben", "person-2"):
        people.invite_to_team(by=the.mira, brand=the.brand, person=Profile.objects.get(handle=handle), role="agent")
    people.join_team(by=the.ben, brand=the.brand)


# ---- things


def _shelves(the: Town) -> list[Product]:
    titles, types, tags, names, skus, alts = (cycle(chunks(cap)) for cap in (140, 100, 500, 60, 100, 500))
    picture, made = pictures.keep(_png(60, 90)), []
    for n, value in enumerate(chunks(100)):
        values = (value, chunks(100)[-1 - n], chunks(100)[n - 9])
        kind = catalog.Kind(the_town.money("2"), values, sku=next(skus), left=500)
        words = catalog.Words(
            f"{EVERYWHERE} one" if not n else next(titles),
            body=f"<p>{EVERYWHERE}</p>" if n % 20 else "<p>" + "</p>\n<p>".join(PAYLOADS),
            type=next(types),
            tags=next(tags),
            options=(next(names), next(names), next(names)),
            kinds=[kind],
        )
        product = catalog.make_product(by=the.mira, brand=the.brand, words=words)
        if n < 15:
            catalog.add_picture(by=the.mira, product=product, picture=picture, alt=next(alts))
        catalog.publish(by=the.mira, product=product)
        made.append(product)
    return made


def _selling(the: Town) -> None:
    the_town.sends(the.brand, "1", EVERYWHERE)
    zones, words = chunks(60), cycle(chunks(100))
    for n, name in enumerate(zones):
        brand = Profile.objects.get(handle=f"brand-{1 + n // 20}")
        rates = [prices.Row(the_town.money("1"), words=next(words))]
        prices.make_zone(by=the.mira, brand=brand, plan=prices.Plan(name, [sorted(CODES)[n % 20]], rates))
    for n, said in enumerate(chunks(100)):
        prices.make_voucher(by=the.mira, brand=the.brand, offer=prices.Offer(f"CODE-{n}", words=said, percent=10))


def _imports(the: Town) -> None:
    """Cells that the hall knows and cells that it does not; names of columns; a file that is none."""
    vendors, handles, barcodes, cells = (cycle(chunks(cap)) for cap in (100, 200, 100, 400))
    for n, name in enumerate(chunks(200)):
        file = io.StringIO()
        rows = csv.writer(file)
        more = [name, "Image Src", "Image Alt Text", "SEO Title", "Variant Tax Code"]
        rows.writerow("Handle,Title,Vendor,Variant Price,Variant Barcode,Body (HTML)".split(",") + more)
        for m in range(4):
            cell = next(cells)
            source = f"https://pictures.example/{cell}"[:900]
            price = "no price" if m == 3 and n % 5 == 0 else "3"
            row = [f"{n}{m} {next(handles)}", f"{n} {m}", next(vendors), price, next(barcodes), f"<p>{cell}"]
            rows.writerow([*row, cell, source, cell, cell, cell])
        body = b"No products" + name.encode() if n == 0 else file.getvalue().encode()
        run = catalog.begin_import(by=the.mira, brand=the.brand, name=name, body=body)
        while Import.objects.get(pk=run.pk).ended is None:
            assert work.do_some(work.known()["imports"])


# ---- orders


def _purchases(the: Town, shelves: list[Product]) -> None:
    names, streets, codes, towns, notes, words = (cycle(chunks(cap)) for cap in (100, 200, 20, 100, 500, 400))
    mails = cycle([*mail_addresses(), "ana@example.org"])
    for n, product in enumerate(shelves):
        contact = Contact(next(mails), next(names), next(streets), next(codes), next(towns), "GB")
        basket = the.basket_of(the.ana, {the_town.variants_of(product)[0]: 1})
        telling = Telling("public", None, next(words))
        bought = orders.place_order(
            by=the.ana, basket=basket, contact=contact, telling=telling, key=ids.secret(), note=next(notes)
        )
        orders.settle(payment=bought.payment, state=the_town.said(bought, paid=True))
        if n < len(chunks(300)):
            orders.cancel(by=the.mira, order=the_town.orders_of(bought)[0], reason=chunks(300)[n])
    orders.issue_due(brand=the.brand)
    for who in ("ana", "ben"):
        the.basket_of(Profile.objects.get(handle=who), {the_town.variants_of(one)[0]: 1 for one in shelves[:3]})


def _desk(the: Town, shelves: list[Product]) -> None:
    """Of two orders of many pieces, one goes out piece by piece and one's money goes back piece by piece."""
    sent, back = _many(the, shelves), _many(the, shelves)
    lines, tracking = cycle(the_town.lines_of(sent)[:2]), cycle(chunks(100))
    for carrier in chunks(60):
        orders.ship(by=the.mira, order=sent, pieces={next(lines).pk: 1}, carrier=carrier, tracking=next(tracking))
    line = the_town.lines_of(back)[0].pk
    for reason in chunks(300):
        orders.refund(by=the.mira, order=back, pieces={line: 1}, reason=reason)


def _many(the: Town, shelves: list[Product]) -> Order:
    """So many pieces that each text for one can be told: more than may be bought of one thing."""
    return the.bought(the.ana, {the_town.variants_of(shelves[n])[0]: MOST // 2 + 1 for n in (1, 2)})


def _returns(the: Town, shelves: list[Product]) -> None:
    order = _many(the, shelves)
    lines, tracking = the_town.lines_of(order)[:2], cycle(chunks(100))
    words, answers = cycle(chunks(400)), cycle(chunks(400))
    orders.ship(by=the.mira, order=order, pieces={line.pk: line.quantity for line in lines})
    for n, carrier in enumerate(chunks(60)):
        line = lines[n % 2].pk
        back = orders.ask_return(by=the.ana, order=order, pieces={line: 1}, reason="mind", words=next(words))
        if n % 9 == 8:
            orders.decline_return(by=the.mira, back=back, answer=next(answers))
            back = orders.ask_return(by=the.ana, order=order, pieces={line: 1}, reason="mind", words=next(words))
        orders.agree_to_return(by=the.mira, back=back, answer=next(answers))
        back = Return.objects.select_related("order__brand", "order__purchase", "by").get(pk=back.pk)
        orders.send_return(by=the.ana, back=back, carrier=carrier, tracking=next(tracking))


def _transfers(the: Town, shelves: list[Product]) -> None:
    """The hall's account, money that has to go back, money that went, and one who is awaited: each with words of a
    steward's."""
    stella = account("stella").profile
    holder, number, name = chunks(70)[0], chunks(40)[0], chunks(70)[1]
    orders.set_bank(by=stella, account=BankAccount(holder, number, name=name))
    for reference in chunks(140):
        bought = _promised(the, shelves[0])
        capture, _news = orders.receive_transfer(by=stella, payment=bought, amount=1, reference=reference)
        orders.send_back(by=stella, payback=Payback.objects.get(capture=capture), reference=reference)
        orders.pay_by_card(by=the.ana, purchase=Purchase.objects.get(payment=bought))
    orders.receive_transfer(by=stella, payment=_promised(the, shelves[0]), amount=2, reference="B 1")


def _promised(the: Town, product: Product) -> Payment:
    basket = the.basket_of(the.ana, {the_town.variants_of(product)[0]: 1})
    contact = the.contact("Ana")
    promised = {"telling": the_town.NOBODY, "key": ids.secret(), "method": Payment.TRANSFER}
    return orders.place_order(by=the.ana, basket=basket, contact=contact, **promised).payment


def _some_of_it_is_told() -> None:
    """A few notices and mails of each kind are enough to look at."""
    told = Counter[tuple[str, str]]()
    for pk, verb, reader in Pending.objects.order_by("pk").values_list("pk", "act__verb", "reader"):
        told[verb, reader] += 1
        if told[verb, reader] > OF_A_VERB:
            Pending.objects.filter(pk=pk).delete()


def _said_by_others() -> None:
    """What broke says what it broke on, and the bank says what it will."""
    short, long = ([tidy(one) for one in chunks(cap)] for cap in (300, 500))
    for n, row in enumerate(Payback.objects.exclude(capture__method=Payment.TRANSFER).order_by("pk")):
        said = short[n % len(short)]
        Payback.objects.filter(pk=row.pk).update(state=Payback.FAILED, said=said, answered=clock.now(), due=work.NEVER)
    for model in (Mail, PictureFetch, Payback, Import):
        for n, row in enumerate(model.objects.order_by("pk")[: len(long)]):
            model.objects.filter(pk=row.pk).update(dead=clock.now(), error=long[n])
    for n, row in enumerate(ProductPicture.objects.exclude(source="").order_by("pk")):
        ProductPicture.objects.filter(pk=row.pk).update(failed=short[n % len(short)])
    assert Order.objects.count() > MOST // 2
