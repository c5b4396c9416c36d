"""What the press sold since it opened, what those bought who came to Wendham later, and what all of them said of it."""

from __future__ import annotations

from .bought import ALL_BACK, IN_TWO, LAPSED, LEFT, OPEN, PACKED, PAID, PARTLY, Buy
from .talk import EVERYBODY, FOLLOWERS, Say

BOUGHT_TOO = (
    Buy(23, "13:40", "pia", "poster_eye:A2"),
    Buy(23, "18:05", "ana", "postcards, envelopes:C6"),
    Buy(23, "20:20", "mei", "poster_ferry:A3"),
    Buy(22, "13:30", "edith", "inkpot:Blue-black, pen"),
    Buy(21, "17:15", "samir", "map:Folded"),
    Buy(20, "10:20", "anouk", "map:Flat"),
    Buy(20, "16:30", "gus", "book"),
    Buy(19, "11:00", "tane", "book, map:Folded"),
    Buy(19, "16:10", "nikos", "calendar"),
    Buy(18, "12:20", "greta", "calendar", code="SUNDAY"),
    Buy(18, "19:30", "lupe", "poster_ferry:A2"),
    Buy(17, "13:00", "beatriz", "ledger"),
    Buy(17, "18:45", "wei", "socks:40–43, tea_tin"),
    Buy(16, "11:30", "dan", "mug:Teal*2"),
    Buy(15, "12:50", "adaeze", "postcards*2"),
    Buy(15, "21:00", "tariq", "poster_moon:A3"),
    Buy(14, "12:05", "anouk", "calendar", code="ERRATUM"),
    Buy(14, "17:20", "magda", "letter:M, inkpot:Oxblood"),
    Buy(14, "20:00", "ruth", "letter:&"),
    Buy(13, "12:10", "aoife", "boots:41"),
    Buy(13, "21:30", "dan", "lamp", LAPSED),
    Buy(12, "18:30", "farah", "stamp", note="Line for the stamp: F. REZAI, OPEN WIDE"),
    Buy(12, "21:10", "sione", "playing_cards"),
    Buy(11, "13:15", "bao", "bottle:0.5 l"),
    Buy(
        11, "17:40", "raul", "playing_cards", back="closed", reason="mind",
        why="My mother is one of the queens. She has seen it.",
    ),
    Buy(10, "18:20", "ines", "puzzle"),
    Buy(10, "20:40", "luca", "radio:Butter"),
    Buy(9, "15:10", "maureen", "map:Folded*2, postcards"),
    Buy(9, "18:00", "otto", "puzzle", ALL_BACK, "One piece too many, he writes, and has enclosed it separately."),
    Buy(8, "11:40", "yara", "kettle"),
    Buy(8, "19:15", "sione", "hat:Ochre"),
    Buy(7, "12:15", "salma", "poster_stairs:A3"),
    Buy(7, "17:00", "ravi", "inkpot:Black, jam:220 g"),
    Buy(6, "12:00", "anouk", "ledger", LEFT),
    Buy(6, "18:50", "hanna", "pencils"),
    Buy(6, "20:30", "abebe", "mug:Teal, tea_tin"),
    Buy(5, "18:15", "nia", "wrapping"),
    Buy(5, "19:30", "leila", "poster_eye:A3", reach="followers", words="Now it is me who is watched."),
    Buy(4, "13:30", "olwen", "map:Flat"),
    Buy(
        4, "16:50", "farah", "poster_eye:A2", back="asked", reason="damaged",
        why="A crease right across the iris. I would fill it, but it is not a tooth.",
    ),
    Buy(4, "18:40", "isla", "book"),
    Buy(3, "16:40", "omar", "string*3"),
    Buy(3, "20:15", "luca", "poster_moon:A2, envelopes:C5", IN_TWO),
    Buy(2, "16:20", "magda", "reading_glass"),
    Buy(2, "18:20", "priya", "calendar", PACKED),
    Buy(1, "08:20", "ruth", "postcards, pencils", PARTLY),
    Buy(1, "09:50", "dieter", "poster_ferry:A3", PAID),
    Buy(1, "15:20", "anouk", "reading_glass", PAID, note="Not that I need it. It is for the neighbours."),
    Buy(0, "-50", "wei", "pen, inkpot:Black", PAID, code="SUNDAY"),
    Buy(0, "-27", "edwin", "map:Folded", OPEN),
)  # fmt: skip

KEPT_TOO = (("nikos", "string*2"), ("isla", "map:Folded, reading_glass"), ("yara", "hat:Crimson"))

TALK_TOO = (
    Say(
        22, "16:40", "pia", "poster_eye", EVERYBODY,
        "Registration is a hair out on the lower lid, and that is what makes it look awake. Do not fix it.",
    ),
    Say(
        21, "19:00", "ana", "postcards", EVERYBODY,
        "Sent the sideways one to my mother in Porto. She wrote back that they have all six, and a seventh.",
    ),
    Say(
        20, "18:20", "edith", "pen", FOLLOWERS,
        "The minutes of the hall are in ink again. Nobody has asked for a correction since.",
    ),
    Say(
        20, "19:10", "mei", "poster_ferry", FOLLOWERS,
        "Hung at the height of the old landing. You have to crouch to board.",
    ),
    Say(
        19, "20:00", "samir", "map", "Long Barrow walkers",
        "It has the gap behind the sheepfold that I thought only I knew. I am not sure how I feel.",
    ),
    Say(
        18, "18:40", "anouk", "map", EVERYBODY,
        "Three errors, all of them mine, from 1984. I have written to them in pencil.",
    ),
    Say(
        17, "20:30", "gus", "book", FOLLOWERS,
        "I am in the fourth flood, on page 71, holding a cabbage.",
    ),
    Say(
        16, "17:50", "tane", "book", EVERYBODY,
        "Read it at the lock with my feet up. Every one of the nine came over that wall, and I am sitting on it.",
    ),
    Say(
        16, "20:50", "nikos", "calendar", EVERYBODY,
        "The boats come in by this now. Sewn April is the best month.",
    ),
    Say(
        15, "18:30", "lupe", "poster_ferry", FOLLOWERS,
        "She carries no sail, but I forgive her, the light is right.",
    ),
    Say(
        14, "16:10", "wei", "socks", EVERYBODY,
        "Quiet on parquet. You would not believe how few socks are.",
    ),
    Say(
        13, "09:20", "dan", "mug", FOLLOWERS,
        "One at each chair. People hold still when they have something hot.",
    ),
    Say(
        12, "10:40", "tariq", "poster_moon", FOLLOWERS,
        "Over the bed, where the damp was. The damp is still there, but nobody looks at it.",
    ),
    Say(
        11, "19:00", "magda", "letter", "Saturday binders",
        "Bring your own initial next time and we print the covers here. Mine has a nick in the left foot.",
    ),
    Say(
        10, "08:50", "aoife", "boots", EVERYBODY,
        "Stood on by a heifer on the second day. Boot fine, toes fine, heifer unimpressed.",
    ),
    Say(
        9, "20:10", "farah", "stamp", EVERYBODY,
        "They rang to ask whether I was sure. I was. Every appointment card since.",
    ),
    Say(
        9, "21:00", "sione", "playing_cards", FOLLOWERS,
        "Thirty eight-year-olds, two packs, rain. All queens accounted for.",
    ),
    Say(
        8, "18:00", "ines", "puzzle", EVERYBODY,
        "We have found the piece that fits nowhere. My aunt says it is our roof.",
    ),
    Say(
        7, "19:50", "luca", "radio", EVERYBODY,
        "Three knobs. I have carried instruments up here that were easier to understand and sounded worse.",
    ),
    Say(
        5, "20:40", "ravi", "inkpot", FOLLOWERS,
        "For the hive book. Rain, honey, two stings: it is all still legible.",
    ),
    Say(
        4, "05:30", "abebe", "mug", EVERYBODY,
        "First light, first cup. The spots are the only thing I can find in the dark.",
    ),
    Say(
        4, "16:20", "salma", "poster_stairs", EVERYBODY,
        "At the foot of the library's own stair, with a return date on it, so that it gets climbed.",
    ),
    Say(
        3, "17:30", "hanna", "pencils", FOLLOWERS,
        "FRAGILE, written two hundred times, and the 4B is only down to the second ring.",
    ),
    Say(
        2, "19:00", "isla", "book", EVERYBODY,
        "For where to keep the plank. Apparently not there, and not there either.",
    ),
    Say(
        1, "16:30", "omar", "string", "Early shift",
        "You pull from the middle. Thirty years of chasing balls of string across a bakery floor.",
    ),
    Say(
        0, "-40", "magda", "reading_glass", EVERYBODY,
        "Looked at my own stitching under it. I should not have.",
    ),
    Say(
        0, "-18", "anouk", "calendar", FOLLOWERS,
        "High water on the ninth is out by four minutes. I have earned a postcard.",
    ),
)  # fmt: skip
