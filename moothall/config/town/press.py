"""What Nine Point Press sells: prints, ink, maps, and whatever else paper becomes."""

from __future__ import annotations

from .wares import Ware

WARES = (
    Ware(
        "poster_ferry", "sky", 4, "The last ferry", "Prints", "print, linocut, wall", "28", 23,
        "A poster of a ferry before a low sun, with the words The last ferry",
        """Linocut, four colours, four passes. The sun went on last and moved by half a millimetre after sheet 90.
        Sheets 1 to 90 are sold.

        The ferry stopped in 1958. Mrs Fairweather of Quay Row was on it and says it was green.""",
        left=(24, 9), step="14", options=(("Size", ("A3", "A2")),), more=("peach", "wide"),
    ),
    Ware(
        "poster_eye", "brick", 1, "See you Sunday", "Prints", "print, screen print, wall", "26", 23,
        "A poster of one open eye with lashes like rays, with the words See you Sunday",
        """Made for the hall's concerts, which are on Saturdays. We printed two hundred before anybody said so.

        The hall moved one concert.""",
        left=(31, 14), step="14", options=(("Size", ("A3", "A2")),), more=("lilac",),
    ),
    Ware(
        "poster_moon", "plum", 3, "Moon milk", "Prints", "print, screen print, bedroom", "26", 16,
        "A poster of a new moon over a glass, with the words Moon milk",
        """For a dairy that closed. Their yellow could not be mixed any more, so it is ours now.

        Does not glow. People ask.""",
        left=(18, 7), step="14", options=(("Size", ("A3", "A2")),), more=("night",),
    ),
    Ware(
        "poster_stairs", "butter", 7, "North stair", "Prints", "print, linocut, wall", "28", 9,
        "A poster of a stair going up to the right under a pale sun, with the words North stair",
        """The stair in the moot hall's tower, as seen by whoever carries the ladder. Nine steps in the picture, 61 in
        the tower.

        Signed on the back, since the front is full.""",
        left=(20, 8), step="14", options=(("Size", ("A3", "A2")),), more=("mint", "wide"),
    ),
    Ware(
        "inkpot", "night", 0, "Ink that stays", "Ink", "ink, writing", "12.50", 23,
        "A bottle of ink with a drop on its label",
        """Iron gall, by a receipt of 1740 with the poison left out. Goes on grey, is black by the time you have
        found the stamp, and will be black when the paper is not.

        Fifty millilitres. Not for fountain pens that you are fond of.""",
        left=(26, 19, 4), options=(("Colour", ("Black", "Blue-black", "Oxblood")),), more=("ink", "rose"),
    ),
    Ware(
        "pen", "clay", 1, "Dip pen, three nibs", "Ink", "writing, brass", "19", 23,
        "A dip pen with a brass nib and the line it drew",
        """One nib for letters, one for envelopes, one for signing things you have read.

        The holder is turned from the ends of Lantern Works' broom handles. Ingrid says they were too good for
        brooms anyway.""",
        left=15, more=("lime",),
    ),
    Ware(
        "envelopes", "lilac", 2, "Ten lined envelopes", "Paper", "writing, envelopes", "9", 23,
        "Two envelopes, one closed with a round seal",
        """Folded by hand, lined with misprints. You may get a bit of ferry, or an eye.

        Gummed with gum. It tastes as it did in your grandmother's day, that is, of gum.""",
        left=(40, 33), options=(("Size", ("C6", "C5")),), step="2", more=("moss",),
    ),
    Ware(
        "postcards", "peach", 5, "Six kinds of rain", "Cards", "cards, letterpress", "8", 23,
        "Two postcards, the upper one with a boat in the rain",
        """Drizzle, mizzle, stair rods, the sideways sort, the sort that waits until you are out, and Tuesday.

        Printed dry.""",
        left=120, more=("plum", "sky"),
    ),
    Ware(
        "calendar", "tomato", 6, "Calendar with the tides", "Calendars", "calendar, wall", "22", 22,
        "A wall calendar with a hill and a sun over its days",
        """Twelve sheets. High water at Wendham Quay for each day, in nine point, because there are two of them and
        we ran out of square.

        Erratum: there is no 31st of April. We have sewn it shut with red thread.""",
        left=60, more=("mint", "wide"),
    ),
    Ware(
        "map", "mint", 7, "Footpaths of the Wold", "Maps", "map, walking", "7.50", 21,
        "A folded map with a river, a wood and a dotted path to a flag",
        """Every path we have walked, at five centimetres to the mile. Dotted where the ewes disagree.

        The flat one is for walls. The folded one has been folded by us, so you know it can be done.""",
        left=(52, 11), options=(("Form", ("Folded", "Flat")),), step="4.50", more=("butter",),
    ),
    Ware(
        "book", "rose", 6, "The weir, a history in floods", "Books", "books, local", "14", 20,
        "A bound book with waves on its cover and a ribbon",
        """Nine floods, 1607 to last February, each told by whoever was standing in it. 164 pages, sewn, with a ribbon
        to mark how high.

        Set in nine point. If that is too small for you, see the reading glass.""",
        left=38, more=("peach",),
    ),
    Ware(
        "ledger", "clay", 7, "Ledger for one year", "Paper", "writing, office", "24", 18,
        "An open account book with ruled lines and a ribbon",
        """Two columns a page: what came, what went. Red line ruled by machine, margin ruled by Emre.

        Fifty-four weeks. A year always wants two more.""",
        left=21, more=("stone",),
    ),
    Ware(
        "letter", "tomato", 0, "One letter of wood type", "Type", "type, pear wood", "16", 15,
        "A block of wood type with a numeral nine cut into it, the wrong way round",
        """Pear, cut on a pantograph, twelve lines high. It reads backwards until you print it, which takes a while to
        believe.

        People buy their initial. Somebody bought all the Rs and will not say why.""",
        left=(6, 5, 2, 6, 0, 9), options=(("Letter", ("A", "E", "K", "M", "R", "&")),), more=("pine",),
    ),
    Ware(
        "stamp", "ink", 1, "Stamp with your name", "Type", "writing, made to order", "21", 13,
        "A rubber stamp with a round wooden grip beside its mark",
        """Write your line in the note with your order: up to thirty characters, spaces count. We set it, you say yes,
        we cast it.

        Comes with one mistake corrected free. After that we like to talk.""",
        left=None, more=("sky",),
    ),
    Ware(
        "playing_cards", "pine", 2, "Court of Wendham", "Games", "play, cards", "17", 12,
        "Two playing cards, a nine of spades over a patterned back",
        """Fifty-two cards and three jokers. The queens are the four treasurers of the hall since 1990, and none of
        them was asked.

        Linen finish. They shuffle like gossip.""",
        left=44, more=("rose",),
    ),
    Ware(
        "puzzle", "sky", 3, "The town in 500 pieces", "Games", "play, wall", "32", 10,
        "Pieces of a jigsaw puzzle, the last one about to go in",
        """The roofs of Wendham from the tower, in spring. There are 501 pieces in the box. One fits nowhere; we do
        not know how it got there, and it is in every box.""",
        left=16, more=("lilac",),
    ),
    Ware(
        "pencils", "butter", 2, "Seven pencils in a tray", "Pencils", "writing, drawing, cedar", "13", 7,
        "A tray of seven sharpened pencils",
        """4B to 2H, one of each. The B is always gone first, so the eighth, which is loose, is a B.

        Cedar. Sharpened with a knife, by whoever lost at cards.""",
        left=27, more=("moss",),
    ),
    Ware(
        "wrapping", "stone", 5, "Three rolls of wrapping", "Paper", "presents, printed", "15", 5,
        "Three rolls of printed paper tied together with a bow",
        """One plain, one dotted, one with all the typing errors of the year, so nobody can see who it is from.

        Three metres each. Takes pencil, wax and a second use.""",
        left=35, more=("plum",),
    ),
    Ware(
        "string", "lime", 6, "Ball of parcel string", "Paper", "presents, hemp", "6.50", 3,
        "A ball of string with a loose end",
        """Hemp, waxed, eighty metres. What we tie bundles with.

        The end is on the inside. Pull there and it will not run away from you.""",
        left=70, more=("brick",),
    ),
    Ware(
        "reading_glass", "tomato", 3, "Reading glass", "Office", "brass, reading", "34", 2,
        "A round magnifying glass over a printed sheet",
        """For nine point. Three times, ground glass, brass rim, a handle that does not roll off the table because it
        is not quite round.

        We began to sell it after the second letter about the calendar.""",
        left=9, more=("clay",),
    ),
    Ware(
        "almanac", "moss", 0, "Almanac for next year", "Books", "books, garden, local", "11", None,
        "A thin book with a half sun, half moon on its cover",
        """Draft. Gus still owes us the leeks. Do not print before he has seen March.""",
        left=0,
    ),
)  # fmt: skip
