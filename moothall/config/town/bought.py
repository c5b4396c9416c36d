"""What was bought in five weeks, by whom, and what became of each order."""

from __future__ import annotations

from dataclasses import dataclass

PAID, PACKED, PARTLY, SENT, IN_TWO = "paid", "packed", "partly", "sent", "in two parcels"
PART_BACK, ALL_BACK, CANCELLED = "part refunded", "all refunded", "cancelled"
LEFT, LAPSED, OPEN = "left", "lapsed", "open"
TRANSFER = "transfer"  # how it is paid
UNPAID = (LEFT, LAPSED, OPEN)


@dataclass(frozen=True, slots=True)
class Buy:
    """One checkout. `day` counts back from today; `at` is the time of that day, or "-12": twelve minutes ago.

    `things` are keys of wares with their option values and number: "mug:Teal*2, apron:Knee/Moss". `why` is the reason
    of a refund or a cancellation, `restock` whether what came back is sold again. `reach` and `words` are chosen at the
    checkout: who may know once it is paid, and what they are told. `back` is how far its return came, for the `reason`
    and with the words of `why`. `note` is for the brand."""

    day: int
    at: str
    who: str
    things: str
    fate: str = SENT
    why: str = ""
    restock: bool = True
    reach: str = ""
    words: str = ""
    back: str = ""
    reason: str = ""
    note: str = ""
    code: str = ""  # of a voucher
    method: str = "card"


BOUGHT = (
    Buy(35, "18:10", "ana", "bothhands:Estuary blue"),
    Buy(34, "09:30", "adaeze", "kettle"),
    Buy(34, "12:15", "jun", "backpack:Field"),
    Buy(34, "18:40", "salma", "moth"),
    Buy(34, "20:05", "ben", "backpack:Rust"),
    Buy(33, "08:50", "beatriz", "mug:Plum, mug:Teal"),
    Buy(33, "17:30", "harjit", "umbrella"),
    Buy(33, "21:10", "mira", "stool:46 cm"),
    Buy(32, "07:45", "edith", "teapot", code="WEDNESDAY"),
    Buy(32, "11:00", "amara", "mug:Petrol*8", code="WEDNESDAY"),
    Buy(32, "13:25", "maureen", "raincoat:S/Estuary"),
    Buy(32, "18:15", "ines", "hat:Crimson"),
    Buy(31, "09:10", "olwen", "lamp", code="FIRST-LAMP"),
    Buy(31, "12:40", "gus", "boots:42"),
    Buy(31, "18:20", "pia", "candle, plate:Sea green"),
    Buy(31, "20:30", "rowan", "socks:44–47*3"),
    Buy(30, "10:05", "omar", "pan:28 cm, breadboard", IN_TWO),
    Buy(30, "16:20", "greta", "clock"),
    Buy(30, "19:15", "tariq", "shelf"),
    Buy(30, "21:20", "pia", "table", LEFT),
    Buy(29, "08:30", "marta", "mirror"),
    Buy(29, "12:00", "dieter", "bothhands:Rust"),
    Buy(29, "18:45", "chidi", "bowl"),
    Buy(29, "20:50", "femi", "bookends", ALL_BACK, "Too heavy for the shelf they were meant for. Came back unused."),
    Buy(
        28, "11:10", "mei", "pendant:Indigo", reach="public",
        words="Sixty-five centimetres over the plates. Measured twice.",
    ),
    Buy(28, "15:35", "ana", "plate:Slate*4"),
    Buy(28, "20:00", "kofi", "mill", note="For the shop, so a plain bag will do."),
    Buy(27, "09:45", "samir", "socks:40–43*2, bottle:0.75 l"),
    Buy(27, "13:05", "priya", "coat_rack"),
    Buy(27, "19:30", "yuki", "umbrella"),
    Buy(26, "08:45", "ruth", "tea_tin, honey"),
    Buy(26, "12:50", "jun", "radio:Teal"),
    Buy(26, "18:10", "adaeze", "mug:Plum"),
    Buy(26, "21:15", "ben", "grinder", LAPSED),
    Buy(25, "10:30", "ben", "mug:Petrol*2"),
    Buy(25, "17:45", "hanna", "jumper:M"),
    Buy(25, "21:00", "leila", "candle"),
    Buy(24, "09:05", "nia", "boots:39"),
    Buy(24, "13:55", "gus", "birdhouse:28 mm"),
    Buy(
        24, "16:40", "siobhan", "lantern", CANCELLED,
        "We may not post lamp oil abroad, and the LED insert is out until spring. Sorry, Siobhán.",
    ),
    Buy(24, "20:25", "amara", "spoons, jug"),
    Buy(23, "08:40", "salma", "tea_tin, mug:Teal"),
    Buy(
        23, "14:15", "edwin", "clock", ALL_BACK,
        "Arrived with a cracked glass. Keep it for parts, with our apologies.", restock=False,
    ),
    Buy(23, "19:05", "tomek", "grinder"),
    Buy(22, "10:00", "beatriz", "soap*2"),
    Buy(22, "18:30", "harjit", "bottle:0.5 l"),
    Buy(22, "21:05", "jun", "tent", LEFT),
    Buy(
        21, "09:20", "ivo", "moth", CANCELLED,
        "The shade we had put aside for you has a dent. A new batch is a month away.",
    ),
    Buy(21, "12:45", "omar", "apron:Shin/Moss"),
    Buy(21, "19:50", "greta", "chess"),
    Buy(20, "10:10", "marta", "chair*2"),
    Buy(
        20, "13:30", "rowan", "jumper:XL, axe", PART_BACK,
        "XL is a tent on him, he says. Jumper back on the shelf, axe stays.",
    ),
    Buy(
        19, "09:35", "kenji", "gloves:Small, raincoat:M/Estuary", PART_BACK,
        "Mittens do not work brakes. Fair enough.",
    ),
    Buy(
        19, "14:20", "pia", "spinning_top*3", PART_BACK,
        "One of the three leans. Keep it as a leaning top.", restock=False,
    ),
    Buy(19, "18:55", "ana", "scarf"),
    Buy(18, "14:25", "chidi", "vase"),
    Buy(18, "17:10", "zofia", "kettle"),
    Buy(17, "10:45", "clara", "bottle:1 l"),
    Buy(17, "16:00", "ruth", "chair"),
    Buy(17, "20:10", "samir", "tent"),
    Buy(16, "14:00", "mei", "wallet:Petrol, tea_tin"),
    Buy(
        16, "16:40", "lars", "mill", back="declined", reason="other",
        why="It grinds finer than I like. Would you take it back after a week of use?",
    ),
    Buy(16, "19:25", "adaeze", "blanket", back="closed", reason="mind", why="Two turned out to be one too many."),
    Buy(15, "14:20", "nia", "blocks, socks:36–39*2"),
    Buy(15, "15:55", "maureen", "gloves:Small"),
    Buy(14, "10:35", "pablo", "pan:24 cm", code="FERRY-5"),
    Buy(13, "14:15", "salma", "notebook*4"),
    Buy(13, "17:50", "tariq", "lamp", code="FIRST-LAMP"),
    Buy(13, "20:45", "ben", "belt"),
    Buy(12, "09:50", "edith", "plate:Slate*6, candle*2"),
    Buy(
        12, "14:05", "olwen", "vase", back="closed", reason="damaged",
        why="A crack from the rim down, long as my thumb.",
    ),
    Buy(12, "20:55", "clara", "tent", LAPSED),
    Buy(11, "11:35", "otto", "clock"),
    Buy(11, "18:20", "ines", "pot:Brick"),
    Buy(10, "14:25", "jun", "kite", back="arrived", reason="unlike", why="Greener than in the picture."),
    Buy(10, "16:00", "raul", "pan:28 cm", reach="followers"),
    Buy(10, "19:40", "beatriz", "pot:Petrol, jam:220 g", IN_TWO),
    Buy(9, "09:15", "gus", "jam:450 g*2, honey"),
    Buy(9, "10:05", "kofi", "mug:Plum", method=TRANSFER),
    Buy(9, "16:30", "noor", "kettle", back="sent", reason="fit", why="The spout meets the cupboard above our stove."),
    Buy(8, "14:20", "marta", "broom"),
    Buy(8, "12:25", "ana at work", "soap", note="To the bakery, please: round the back, past the flour."),
    Buy(8, "18:00", "amara", "broom, mug:Petrol*6"),
    Buy(7, "10:50", "greta", "hat:Bramble"),
    Buy(7, "11:30", "olwen", "mug:Teal*2", PART_BACK, "One arrived without its handle.", method=TRANSFER),
    Buy(7, "15:10", "priya", "bottle:0.75 l*2"),
    Buy(7, "20:20", "mira", "umbrella", back="agreed", reason="damaged", why="One rib bent on the first windy day."),
    Buy(6, "13:40", "nia", "basket"),
    Buy(6, "15:55", "pia", "basket"),
    Buy(6, "19:00", "otto", "chess"),
    Buy(
        5, "11:05", "chidi", "teapot, apron:Knee/Moss", back="asked", reason="damaged",
        why="The lid sits crooked. I put a photograph into the mail.",
    ),
    Buy(
        5, "17:35", "ivo", "lantern", reach="public",
        words="For the porter's lodge, where the torch is always somewhere else.",
    ),
    Buy(4, "14:25", "ana", "cheese, breadboard"),
    Buy(4, "16:10", "omar", "cheese"),
    Buy(4, "20:00", "kofi", "bowl"),
    Buy(3, "10:40", "ruth", "pot:Petrol"),
    Buy(3, "14:50", "siobhan", "jug"),
    Buy(3, "18:30", "rowan", "blanket"),
    Buy(2, "09:55", "tariq", "radio:Butter, coat_rack", PARTLY),
    Buy(2, "11:20", "beatriz", "honey, tea_tin", OPEN, method=TRANSFER),
    Buy(2, "13:15", "leila", "wallet:Rust", PACKED),
    Buy(2, "14:40", "marta", "planter", PACKED, note="The bell is broken. Knock at the green door, twice."),
    Buy(2, "17:05", "walter", "soap", PAID),
    Buy(2, "19:10", "edwin", "lamp", PAID),
    Buy(1, "08:45", "adaeze", "vase, jug", PARTLY),
    Buy(1, "10:30", "hanna", "stool:64 cm", PACKED),
    Buy(1, "13:50", "gus", "trowel", PAID, note="It is a present: please leave the price out."),
    Buy(1, "14:30", "clara", "trowel, notebook", PAID),
    Buy(1, "16:40", "kenji", "bottle:1 l", PAID),
    Buy(0, "-95", "harjit", "kettle", PAID, code="WEDNESDAY"),
    Buy(0, "-70", "mei", "moth", PAID),
    Buy(0, "-38", "dieter", "stool:46 cm", PAID),
    Buy(0, "-12", "ines", "raincoat:S/Moss", OPEN),
    Buy(0, "-6", "otto", "kettle", OPEN, code="WEDNESDAY"),
)  # fmt: skip

# What still lies in somebody's basket.
KEPT = (("ana", "jam:220 g, trowel, bothhands:Rust"), ("ben", "notebook"), ("edith", "broom"), ("noor", "umbrella"))
