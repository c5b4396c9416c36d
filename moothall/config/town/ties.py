"""Who belongs to whom in Wendham: the brands and their teams, who follows whom, circles, mutes and a block."""

from __future__ import annotations

from dataclasses import dataclass

from moothall.people.models import AGENT, MAKER, SELLER


@dataclass(frozen=True, slots=True)
class Brand:
    """A shop of the hall: owner and team by handle, its sign (kind of drawing, palette, ground), who carries,
    when it opened."""

    handle: str
    name: str
    owner: str
    team: dict[str, str]
    sign: tuple[str, str, int]
    carrier: str
    tracking: str
    words: str
    day: int = 37  # counted back from today

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
        "Royal Mail",
        "MC 4471 {number} GB",
        "Pots, cups and kettles from above the old ferry office. We make things for people who cook on a Wednesday. "
        "If it chips in the first year, bring us the pieces: we want to see where. "
        "The voucher WEDNESDAY takes a tenth off.",
    ),
    Brand(
        "lantern-works",
        "Lantern Works",
        "tomek",
        {"raul": SELLER, "ingrid": MAKER, "leila": AGENT},
        ("lantern", "ink", 1),
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
        "Evri",
        "H0{number}A00441",
        "Coats, boots, bottles and bags. Tested on the path to Long Barrow, where it is usually raining. "
        "Repairs are free while there is something left to repair.",
    ),
    Brand(
        "nine-point",
        "Nine Point Press",
        "agnes",
        {"wanjiru": SELLER, "emre": MAKER, "sunita": AGENT},
        ("letter", "butter", 6),
        "DPD",
        "1597 {number} 0662",
        "Prints, ink, maps and misprints, set by hand on the Ferry Steps. "
        "Whoever finds an error gets a postcard; there are fewer postcards than there were.",
        26,
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
    "otto": "greta edith tomek lantern-works nine-point",
    "agnes": "mira tomek pia salma magda edith",
    "wanjiru": "agnes anouk samir adaeze nine-point",
    "emre": "agnes ingrid nikos nine-point",
    "sunita": "agnes leila yara nine-point",
    "wei": "greta jun luca lantern-works nine-point",
    "dan": "raul otto nikos tidewater",
    "lupe": "ines zofia mira isla wold tidewater",
    "tane": "ivo ingrid rowan isla lantern-works",
    "aoife": "rowan olwen gus clara wold",
    "nikos": "amara omar pablo mira tidewater",
    "farah": "pia yuki leila nine-point tidewater",
    "bao": "kenji ben lars jun wold",
    "anouk": "samir mei harjit agnes nine-point wold",
    "sione": "nia ben ruth salma tidewater",
    "magda": "agnes salma marta emre nine-point lantern-works",
    "luca": "wei greta tariq ruth lantern-works",
    "yara": "sunita leila adaeze nine-point",
    "ravi": "gus salma rowan edith tidewater",
    "abebe": "omar clara amara kenji tidewater",
    "isla": "lupe tane tomek lantern-works",
}

# Whom the older hands began to follow when the newer came.
LATER = {
    "edith": "agnes nine-point",
    "mira": "nikos agnes",
    "tomek": "isla magda",
    "salma": "magda ravi nine-point",
    "pia": "agnes farah nine-point",
    "greta": "wei luca nine-point",
    "gus": "ravi nine-point",
    "samir": "anouk nine-point",
    "jun": "wei bao",
    "kenji": "bao abebe",
    "rowan": "aoife",
    "ines": "lupe isla",
    "nia": "sione",
    "omar": "nikos abebe",
    "beatriz": "lupe nine-point",
    "chidi": "farah",
    "marta": "magda",
    "ana": "nikos lupe nine-point",
    "adaeze": "yara aoife",
    "harjit": "anouk tane",
    "mei": "anouk nine-point",
    "clara": "abebe bao",
    "tariq": "luca",
    "yuki": "farah nine-point",
    "ruth": "sione wei",
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
    ("agnes", "Proof readers"): "salma anouk magda pia",
    ("lupe", "Slipway"): "isla tane ines",
    ("wei", "Quartet, when we are four"): "luca greta tariq",
    ("abebe", "Before light"): "clara kenji omar",
    ("magda", "Saturday binders"): "agnes emre pia beatriz",
}

# Under which handle a brand opened before it took the one it has.
ONCE_CALLED = {"wold": "wold-and-sons"}

# Who is asked into a team and has not answered; which invitations are out, and who came by one; who may be found.
ASKED = (("tidewater", "beatriz", MAKER),)
INVITED = (
    ("ana", "", "Come and look at the kettles. I will show you which one."),
    ("ana", "vera.lima@example.org", "Aunt Vera, this is where the blue cups are from."),
)
FINDABLE = "ana ben ines chidi"
# The browsers in which each is signed in, and since how many days.
SIGN_INS = {"ben": (("Firefox on Linux", 21), ("Safari on iPhone", 9), ("Chrome on Windows", 2))}

MUTES = (("otto", "gus"), ("mei", "wold"), ("ivo", "greta"))
BLOCKS = (("clara", "otto"),)

# By which programs act for people of the town: whose, what for, what it may do.
TOKENS = (
    ("ana", "Shopping list on the kitchen wall", "read buy"),
    ("mira", "Till at the Saturday market", "read desk"),
)
