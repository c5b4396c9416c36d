"""What a ware of the town is, and how it becomes a product: its words, its kinds with price and stock, its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import cleandoc
from itertools import product

from moothall.catalog.actions import Kind, Words
from moothall.catalog.models import STANDARD, ZERO
from moothall.core.money import Money, parse

CURRENCY = "GBP"
MAIN = {
    "moss": "green",
    "brick": "brick red",
    "sky": "blue",
    "plum": "purple",
    "butter": "orange",
    "mint": "teal",
    "rose": "crimson",
    "clay": "brown",
    "night": "yellow on dark blue",
    "ink": "orange on black",
    "pine": "yellow on dark green",
    "lilac": "indigo",
    "peach": "petrol blue",
    "stone": "charcoal",
    "lime": "dark green",
    "tomato": "cream on tomato red",
}
# What one of a type weighs, packed, in grams; of others half a kilo.
GRAMS = {
    "Teapots": 1400,
    "Cups": 450,
    "Kettles": 1500,
    "Pans": 2600,
    "Coffee": 900,
    "Boards": 1100,
    "Plates": 700,
    "Jugs": 900,
    "Table": 600,
    "Linen": 350,
    "Sink": 180,
    "Vases": 1200,
    "Pots": 3100,
    "Bowls": 800,
    "Lamps": 2400,
    "Stools": 5200,
    "Chairs": 7400,
    "Light": 800,
    "Clocks": 1300,
    "Shelves": 6800,
    "Radio": 2200,
    "Mirrors": 4300,
    "Tables": 24_000,
    "Desk": 3600,
    "Hall": 8200,
    "Garden": 1700,
    "House": 1500,
    "Music": 900,
    "Coats": 1300,
    "Boots": 2100,
    "Bags": 950,
    "Bottles": 420,
    "Knitwear": 550,
    "Rain": 700,
    "Socks": 110,
    "Tents": 2900,
    "Blankets": 1600,
    "Tools": 1400,
    "Leather": 240,
    "Paper": 260,
    "Bicycle": 1200,
    "Prints": 380,
    "Ink": 210,
    "Cards": 90,
    "Calendars": 420,
    "Maps": 70,
    "Books": 520,
    "Type": 160,
    "Games": 640,
    "Pencils": 190,
    "Office": 330,
}
UNTAXED = {"Larder", "Paper", "Books", "Maps"}  # types: bread and books
OF_ONE_COLOUR = {"axe", "breadboard", "cheese", "honey", "jam", "letter", "loaf"}  # whatever the palette


@dataclass(frozen=True, slots=True)
class Look:
    """One picture: what is drawn, in which palette, before which of the eight grounds, so many by so many."""

    kind: str
    palette: str
    ground: int
    width: int = 480
    height: int = 480


@dataclass(frozen=True, slots=True)
class Ware:
    """A thing for sale. `key` is both its word in the play and what is drawn of it.

    `left` is the stock of each variant: one number for all, one for each, or None where nobody counts. `step` is added
    to the price from one first option to the next. `more` are further pictures: palettes to draw it in, or "wide".
    `day` counts back from today to its publishing; None leaves it a draft."""

    key: str
    palette: str
    ground: int
    title: str
    type: str
    tags: str
    price: str
    day: int | None
    seen: str
    body: str
    left: int | tuple[int | None, ...] | None = 12
    was: str = ""
    step: str = "0"
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()
    more: tuple[str, ...] = ()

    @property
    def values(self) -> list[tuple[str, ...]]:
        """The values of each variant, in the order of the options: () where there is but one."""
        return list(product(*(values for _name, values in self.options)))

    @property
    def words(self) -> Words:
        return Words(
            title=self.title,
            body="".join(f"<p>{' '.join(part.split())}</p>" for part in cleandoc(self.body).split("\n\n")),
            type=self.type,
            tags=self.tags,
            options=tuple(name for name, _values in self.options),
            tax=ZERO if self.type in UNTAXED else STANDARD,
            kinds=[self._kind(number, values) for number, values in enumerate(self.values)],
        )

    @property
    def looks(self) -> list[tuple[Look, str]]:
        """Its pictures with what they say to who cannot see them, the first first."""
        found = [(Look(self.key, self.palette, self.ground), self._said(self.palette))]
        for turn, wanted in enumerate(self.more, 1):
            if wanted == "wide":
                wide = Look(self.key, self.palette, (self.ground + 3) % 8, 800, 480)
                found.append((wide, f"{self._said(self.palette)}, with room around it"))
            else:
                found.append((Look(self.key, wanted, (self.ground + 2 * turn) % 8), self._said(wanted)))
        return found

    def _said(self, palette: str) -> str:
        return self.seen if self.key in OF_ONE_COLOUR else f"{self.seen}, {MAIN[palette]}"

    def _kind(self, number: int, values: tuple[str, ...]) -> Kind:
        place = self.options[0][1].index(values[0]) if self.options else 0
        more = parse(self.step, CURRENCY) * place
        was: Money | None = parse(self.was, CURRENCY) + more if self.was else None
        left = self.left[number] if isinstance(self.left, tuple) else self.left
        sku = "-".join([self.key[:5].upper(), *(value[:2].upper() for value in values)])
        return Kind(parse(self.price, CURRENCY) + more, values, was, sku, left, grams=GRAMS.get(self.type, 500))
