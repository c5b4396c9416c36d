"""What the page of parts shows: every component in each of its states, with people and things that are nobody's."""

from base64 import b64encode
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core.drawing import PALETTES, face, picture
from moothall.core.drawing.people import PEOPLE
from moothall.core.forms import Lines
from moothall.core.money import Money


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=_("Name of the thing"), help_text=_("As it stands on the shelf. You can change it later.")
    )
    price = forms.CharField(label=_("Price"), help_text=_("A number, as 38 or 38.50."))
    description = Lines(label=_("Description"), rows=10, required=False)
    brand = forms.ChoiceField(
        label=_("Brand"), choices=[("tidewater", "Tidewater Kitchen"), ("lantern", "Lantern Works")]
    )
    picture = forms.FileField(label=_("Picture"), required=False, help_text=_("JPEG, PNG, WebP or GIF, up to 10 MB."))
    ways = forms.ChoiceField(
        label=_("How it comes"),
        widget=forms.RadioSelect,
        choices=[("bike", _("Cargo bike in town")), ("post", _("Post"))],
    )
    share = forms.BooleanField(label=_("Tell my friends that I have it"), required=False)


def samples() -> dict[str, Any]:
    """The context of `pages/ui.html`, made without a look into the database."""
    return {"sample": _sample()}


def _sample() -> dict[str, Any]:
    return {
        "fresh": SampleForm(initial={"ways": "bike"}, auto_id="id_fresh_%s"),
        "refused": _refused(),
        "people": [_person(handle) for handle in ("edith", "tomek", "salma", "jun", "olwen")],
        "faceless": {"name": "Noor Khan", "picture": None, "palette": "lilac"},
        "products": _products(),
        "bare": {
            "name": "Boot tree",
            "url": "#card",
            "picture": None,
            "palette": "sky",
            "brand": "Wold Outdoor",
            "price": _pounds(2800),
        },
        "gone": _product("Moth lamp", "moth", "night", 8900) | {"gone": _("sold out")},
        "brands": [{"name": name, "palette": palette} for name, palette in _BRANDS],
        "money": {"price": _pounds(6400), "was": _pounds(7100)},
        "bill": _bill(),
        "lines": _lines(),
        "steps": _steps(),
        "letters": _letters(),
        "toasts": _toasts(),
        "palettes": list(PALETTES),
        "icons": "basket card check clock heart home letter market parcel people search star truck you".split(),
    }


_BRANDS = (
    ("Tidewater Kitchen", "mint"),
    ("Lantern Works", "night"),
    ("Harbour Bags", "butter"),
    ("Second Reel", "ink"),
    ("Potters Row", "brick"),
    ("Wold Outdoor", "lilac"),
    ("Pedal & Stall", "tomato"),
    ("Long Loaf", "moss"),
)


class Toast(str):
    """A message as Django's have it: a text with tags."""

    tags = ""


def _toasts() -> list[Toast]:
    texts = {
        "success": _("Your order is placed."),
        "info": _("You follow Tidewater Kitchen."),
        "warning": _("Only two are left."),
        "error": _("The payment was refused. Nothing was charged."),
    }
    toasts = []
    for tags, text in texts.items():
        toast = Toast(text)
        toast.tags = tags
        toasts.append(toast)
    return toasts


def _refused() -> SampleForm:
    form = SampleForm({"name": "", "price": "free", "ways": "", "brand": "tidewater"}, auto_id="id_refused_%s")
    form.add_error("price", _("A price is a number, like 38."))
    form.add_error(None, _("This brand has no desk for you."))
    return form


def _pounds(pence: int) -> Money:
    return Money(pence, "GBP")


def _source(svg: str) -> str:
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def _person(handle: str) -> dict[str, Any]:
    return {"name": handle.capitalize(), "picture": _source(face(PEOPLE[handle])), "palette": "sky"}


def _product(name: str, kind: str, palette: str, pence: int) -> dict[str, Any]:
    drawn = {"src": _source(picture(kind, palette, 1)), "srcset": "", "width": 480, "height": 480, "alt": ""}
    return {
        "name": name,
        "url": "#card",
        "picture": drawn,
        "palette": palette,
        "brand": "Tidewater Kitchen",
        "price": _pounds(pence),
    }


def _products() -> list[dict[str, Any]]:
    friends = {"friends": [_person("edith"), _person("tomek")], "friends_text": _("2 you follow")}
    return [
        _product("Both-hands teapot", "bothhands", "sky", 3800)
        | {"say": _("Pours from the left and from the right.")}
        | friends,
        _product("Quiet kettle", "kettle", "mint", 6400) | {"was": _pounds(7100)} | friends,
        _product("Hand grinder", "grinder", "rose", 5200),
    ]


def _lines() -> list[dict[str, Any]]:
    rows = (("Quiet kettle", "kettle", "mint", 6400, 1), ("Stacking mug", "mug", "rose", 2400, 2))
    return [
        _product(name, kind, palette, pence)
        | {"note": _("sea green"), "quantity": number, "total": _pounds(pence * number)}
        for name, kind, palette, pence, number in rows
    ]


def _bill() -> list[dict[str, Any]]:
    return [
        {"text": _("Three things"), "money": _pounds(11200)},
        {"text": _("Cargo bike"), "money": _pounds(0)},
        {"text": _("To pay"), "money": _pounds(11200), "kind": "all"},
        {"text": _("VAT inside"), "money": _pounds(1867), "kind": "small"},
    ]


def _steps() -> list[dict[str, Any]]:
    return [
        {"text": _("Placed"), "state": "done", "when": _("Monday, 9:12")},
        {"text": _("Paid"), "state": "done", "when": _("Monday, 9:13")},
        {"text": _("Packed"), "state": "now", "when": _("today"), "note": _("by Hanna at Tidewater Kitchen")},
        {"text": _("Shipped"), "state": ""},
    ]


def _letters() -> list[dict[str, Any]]:
    return [
        {
            "url": "#mails",
            "subject": _("Your order 2207 is paid"),
            "who": "beatriz@wendham.example",
            "when": "9:13",
            "unread": True,
        },
        {
            "url": "#mails",
            "subject": _("Confirm your address"),
            "who": "beatriz@wendham.example",
            "peek": _("One press and you are in."),
            "when": "9:02",
        },
    ]
