"""Who belongs to whom in Wendham: the brands and their teams, who follows whom, circles, mutes and a block."""

from __future__ import annotations

from dataclasses import dataclass

from moothall.people.models import AGENT, MAKER, SELLER


@dataclass(frozen=True, slots=True)
class Brand:
    """A shop of the hall: owner and team by handle, its sign (kind of drawing, palette, ground), what sending costs."""

    handle: str
    name: str
    owner: str
    team: dict[str, str]
    sign: tuple[str, str, int]
    sending: str
    sending_words: str
    carrier: str
    tracking: str
    words: str

    @property
    def seller(self) -> str:
        return next(handle for handle, role in self.team.items() if role == SELLER)


BRANDS = (
    Brand(
        "tidewater",
        "Tidewater Kitchen",
        "mira",
        {"hanna": SELLER, "yuki": MAKER, "femi": AGENT},
        ("boat", "mint", 3),
        "4.50",
        "Post, wrapped in last week's Herald",
        "Moor & Coast Parcels",
        "MC 4471 {number} GB",
        "Pots, cups and kettles from above the old ferry office. We make things for people who cook on a Wednesday. "
        "If it chips in the first year, bring us the pieces: we want to see where.",
    ),
    Brand(
        "lantern-works",
        "Lantern Works",
        "tomek",
        {"raul": SELLER, "ingrid": MAKER, "leila": AGENT},
        ("lantern", "ink", 1),
        "8.50",
        "Our own van, Tuesdays and Fridays",
        "Lantern Works van",
        "LW-{number}",
        "Lamps, stools, things of wood and brass. Foundry Street, since the railway left the building. "
        "Every piece comes apart with one screwdriver, which is in the box.",
    ),
    Brand(
        "wold",
        "Wold Outdoor",
        "olwen",
        {"kofi": SELLER, "zofia": MAKER, "lars": AGENT},
        ("tent", "lime", 5),
        "0",
        "",
        "Wold Post",
        "WP{number}UK",
        "Coats, boots, bottles and bags. Tested on the path to Long Barrow, where it is usually raining. "
        "Repairs are free while there is something left to repair.",
    ),
)
BRAND_BY_HANDLE = {brand.handle: brand for brand in BRANDS}


# Whom each follows, people and shops. Noor follows nobody.
FOLLOWS = {
    "edith": "mira tomek olwen gus greta salma tidewater lantern-works wold",
    "mira": "tomek olwen yuki ana beatriz chidi amara lantern-works",
    "tomek": "mira ingrid jun mei marta tidewater",
    "olwen": "rowan samir lars clara jun",
    "hanna": "mira yuki amara tidewater",
    "yuki": "mira beatriz pia tidewater",
    "femi": "adaeze mira ruth tidewater",
    "ingrid": "tomek marta gus lantern-works",
    "raul": "pablo tariq lantern-works",
    "leila": "salma pia lantern-works wold",
    "kofi": "olwen nia ruth wold",
    "zofia": "olwen marta clara wold",
    "lars": "olwen kenji rowan wold",
    "ana": "mira ines beatriz adaeze pablo salma tidewater wold",
    "ben": "ana kenji jun harjit tidewater",
    "adaeze": "ana femi ruth nia tidewater wold",
    "jun": "rowan samir tomek ben lantern-works wold",
    "salma": "leila ana pia greta edith lantern-works",
    "gus": "edith rowan pablo wold",
    "beatriz": "mira yuki chidi ana marta tidewater",
    "harjit": "ben omar samir wold",
    "ines": "ana clara beatriz wold tidewater",
    "amara": "omar mira hanna tidewater lantern-works",
    "rowan": "olwen gus lars wold",
    "pia": "yuki mei salma tidewater lantern-works",
    "omar": "amara pablo ivo tidewater",
    "greta": "edith otto salma ruth lantern-works",
    "marta": "ingrid mei beatriz lantern-works",
    "tariq": "raul ruth mei lantern-works",
    "chidi": "beatriz mira yuki ana tidewater",
    "mei": "tomek marta pia lantern-works tidewater",
    "samir": "olwen jun rowan wold",
    "ruth": "greta adaeze tariq kofi tidewater",
    "nia": "adaeze kofi ruth ines wold",
    "ivo": "omar harjit clara lantern-works",
    "kenji": "ben lars samir clara wold",
    "clara": "ines kenji olwen wold",
    "pablo": "ana omar gus raul tidewater",
    "otto": "greta edith tomek lantern-works",
}

# Circles by owner and name.
CIRCLES = {
    ("ana", "Family"): "ben ines adaeze",
    ("ana", "Sunday lunch"): "salma pablo mira",
    ("beatriz", "Pottery Tuesday"): "chidi ana mira yuki marta",
    ("gus", "Allotment"): "edith rowan ruth pablo",
    ("salma", "Reading group"): "greta pia leila edith ana",
    ("samir", "Long Barrow walkers"): "jun rowan olwen harjit lars",
    ("ruth", "Altos"): "adaeze nia kofi greta",
    ("kenji", "Slow group"): "ben clara lars nia",
    ("omar", "Early shift"): "amara ivo harjit",
    ("tariq", "Band"): "raul ruth jun",
}

MUTES = (("otto", "gus"), ("mei", "wold"), ("ivo", "greta"))
BLOCKS = (("clara", "otto"),)

# By which programs act for people of the town: whose, what for, what it may do.
TOKENS = (
    ("ana", "Shopping list on the kitchen wall", "read buy"),
    ("mira", "Till at the Saturday market", "read desk"),
)
