"""A small town in which everything exists once: each thing that somebody may see, and each person who may not."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from moothall.catalog import actions as catalog
from moothall.catalog.models import ProductPicture
from moothall.core import clock
from moothall.core.models import Picture
from moothall.core.work import NEVER
from moothall.orders import actions as orders
from moothall.outbox.models import Mail
from moothall.payments.models import Payback
from moothall.people import actions as people
from moothall.people import tokens
from moothall.people.models import AGENT, MAKER, MARKETER, SELLER, Account, Profile
from tests.town import Town, lines_of, person, signed_in, variants_of

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
    share = orders.share(by=town.ana, line=told, reach="public", words="Good pot")
    refund = orders.refund(by=town.mira, order=order, pieces={told.pk: 1})
    Payback.objects.update(state=Payback.FAILED, due=NEVER)
    waiting = town.placed(town.ana, {pot: 1})
    run = catalog.begin_import(by=town.mira, brand=town.brand, name="products.csv", body=CSV)
    mail = Mail.objects.create(key="dead", to="x@example.org", subject="Dead", text="", dead=clock.now())
    _picture(town, place)
    account = Account.objects.get(profile=town.ana)
    place.ids |= {
        "variant": pot.public,
        "order": order.public,
        "line": told.public,
        "untold": untold.public,
        "purchase": order.purchase.public,
        "waiting": waiting.public,
        "refund": refund.public,
        "share": share.public,
        "circle": town.family.public,
        "run": run.public,
        "mail": str(mail.pk),
        "token": tokens.make_token(account=account, name="Till", scopes=["read"], days=30)[0].public,
    }
    return place


def _people(town: Town) -> dict[str, Profile | None]:
    found: dict[str, Profile | None] = {"guest": None, "member": town.ana, "stranger": town.noor}
    found["blocked"] = bob = person("Bob Parted", "bob")
    found["owner"] = town.mira
    for role in (MAKER, SELLER, AGENT, MARKETER):
        found[role] = one = person(f"Team {role}", f"the-{role}")
        people.join_team(by=town.mira, brand=town.brand, person=one, role=role)
    found["other"] = ola = person("Ola Nord", "ola")
    people.open_brand(by=ola, name="North Wool", handle="north-wool")
    found["steward"] = person("Stella Ward", "stella")
    people.make_steward(account=Account.objects.get(profile=found["steward"]))
    # As if they had joined through the door.
    for account in Account.objects.all():
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    people.block(by=town.ana, whom=bob)
    people.block(by=bob, whom=town.brand)
    return found


def _picture(town: Town, place: Place) -> None:
    picture = Picture.objects.create(hash="ab" * 16, width=160, height=160, widths=[160])
    default_storage.save(picture.file(160), ContentFile(png()))
    pot = variants_of(town.product("Pictured"))[0].product
    ProductPicture.objects.create(product=pot, picture=picture, position=1)
    place.ids["picture"] = picture.file(160)


def png() -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 8), "#804020").save(file, "PNG")
    return file.getvalue()


def file_of(name: str) -> SimpleUploadedFile:
    """What a desk may send: a picture, or products."""
    return SimpleUploadedFile(name, CSV if name.endswith(".csv") else png())
