"""What people of the town said of the things they bought, to whom, and who took it back."""

from __future__ import annotations

from dataclasses import dataclass

EVERYBODY, FOLLOWERS = "public", "followers"


@dataclass(frozen=True, slots=True)
class Say:
    """A purchase shared with everybody, followers, or the circle of this name; withdrawn on the day `back`.

    `day` counts back from today; `at` is the time of that day, or "-25": twenty-five minutes ago."""

    day: int
    at: str
    who: str
    ware: str
    to: str
    words: str
    back: int | None = None


TALK = (
    Say(
        33, "19:20", "ana", "bothhands", EVERYBODY,
        "Eleven years of pouring tea backwards and nobody told me this existed. Left spout, left hand, no drips on "
        "the cloth. The right spout is for guests.",
    ),
    Say(
        32, "14:05", "adaeze", "kettle", EVERYBODY,
        "It does click. I was asleep on the sofa after a night shift and did not wake, which was the point.",
    ),
    Say(
        31, "08:10", "salma", "moth", EVERYBODY,
        "Read to page 210 while my husband slept eleven inches away. The light stops at the edge of the book.",
    ),
    Say(
        31, "19:30", "jun", "backpack", FOLLOWERS,
        "Flask upright in the front pocket, soldering iron in the lid. Not what the lid was made for, but it fits.",
    ),
    Say(
        31, "21:15", "beatriz", "mug", "Pottery Tuesday",
        "Look at the foot of this when you come: unglazed, a shade wider than ours, and it does not skate. Chidi, "
        "that is what yours wants.",
    ),
    Say(
        30, "17:45", "harjit", "umbrella", EVERYBODY,
        "Opened it at the Castle Hill stop with the wind behind the 4. It went inside out and came back while I was "
        "still apologising to the queue.",
    ),
    Say(
        30, "20:40", "edith", "teapot", FOLLOWERS,
        "Six cups before the agenda is through. The lid stayed on when the treasurer poured, and he pours like a "
        "fireman.",
    ),
    Say(
        29, "09:50", "ines", "hat", EVERYBODY,
        "The bobble comes off for the swim and goes on again after. Warmest I have been beside that weir.",
    ),
    Say(
        29, "16:15", "ben", "backpack", FOLLOWERS,
        "My straps always go at the left shoulder. Thirty lab books each way would have done it by the third day.",
    ),
    Say(
        28, "20:10", "rowan", "socks", FOLLOWERS,
        "On the wall all week, wet from ten o'clock on. Heels still in one piece, theirs and mine.",
    ),
    Say(
        27, "10:25", "amara", "mug", EVERYBODY,
        "Eight of them, four days in the café, some forty washes each. One chip, and that was the tap's fault.",
    ),
    Say(
        27, "21:00", "greta", "clock", FOLLOWERS,
        "From the piano stool I can see exactly how long the five o'clock pupil has left. So can the pupil, "
        "unfortunately.",
    ),
    Say(
        26, "13:20", "ana", "plate", "Family",
        "Four herrings on four plates. The one that looks surprised is Ben's.",
    ),
    Say(
        26, "19:55", "chidi", "bowl", EVERYBODY,
        "Found where the waves meet. I have been trying to do that join for three years and theirs is not perfect "
        "either, which helps.",
    ),
    Say(
        25, "12:35", "tariq", "shelf", EVERYBODY,
        "Went up four floors in pieces and came together with the pins alone. Amp on the bottom board, records "
        "above, nothing walks when I play.",
    ),
    Say(
        25, "18:50", "marta", "mirror", FOLLOWERS,
        "Took the back off, of course. Proper splines in the corners. I put it on again and am leaving it alone.",
    ),
    Say(
        24, "05:40", "omar", "pan", "Early shift",
        "Egg six stuck. Egg seven did not. And you can lift it with a tray in the other hand.",
    ),
    Say(
        22, "17:10", "samir", "socks", "Long Barrow walkers",
        "To the barrow and back, twice, and no change of socks at lunch. Rinsed, dry again by morning.",
    ),
    Say(
        22, "20:30", "ruth", "tea_tin", "Altos",
        "This is the one from upstairs. The inner lid matters: my old tin smelled of tin after a week.",
    ),
    Say(
        21, "08:05", "ben", "mug", FOLLOWERS,
        "Dropped the first one on the lab floor. The floor lost. Still, do not tell Ana.",
    ),
    Say(
        21, "15:20", "leila", "candle", FOLLOWERS,
        "Power cut in Abbey Court. Three flights of stairs, wax where it should be.",
        back=12,
    ),
    Say(
        20, "09:15", "jun", "radio", EVERYBODY,
        "My name is inside the back of these, so weigh that as you like. I bought one to hear it from the other side "
        "of the kitchen. It does not buzz on the low notes.",
    ),
    Say(
        20, "18:05", "hanna", "jumper", EVERYBODY,
        "It does smell of sheep on the way home in the rain. I have started to like it. The dog on the number 4 "
        "likes it a lot.",
    ),
    Say(
        20, "21:10", "samir", "bottle", EVERYBODY,
        "Tea at the car at seven, tea at the barrow at half past ten. Burnt my tongue both times.",
    ),
    Say(
        19, "12:00", "nia", "boots", FOLLOWERS,
        "A week of blisters, as Kofi said, and then nothing. School run, allotment, hill, same boots.",
    ),
    Say(
        18, "08:30", "gus", "birdhouse", "Allotment",
        "Up on the shed, three metres, north-east as told. A blue tit looked in at ten past eight and went off to "
        "think.",
    ),
    Say(
        17, "11:30", "greta", "chess", FOLLOWERS,
        "The knight does look where it is going. I lost all the same.",
    ),
    Say(
        16, "09:40", "marta", "chair", EVERYBODY,
        "Turned both of them over. Wedged tenons, glue only where it should be, and the front edge really is "
        "rounded.",
    ),
    Say(
        16, "20:20", "ana", "scarf", FOLLOWERS,
        "The slot is the whole idea. Two stiles, one bus, and it is where I put it.",
    ),
    Say(
        15, "13:10", "pia", "spinning_top", EVERYBODY,
        "One minute fifty-two on the drawing table. The stripes turn into one grey band and, right at the end, back "
        "into stripes.",
    ),
    Say(
        14, "19:15", "chidi", "vase", EVERYBODY,
        "Three stems do look like enough. Four, if one of them is bent.",
    ),
    Say(
        13, "06:50", "adaeze", "blanket", EVERYBODY,
        "In the car for the nights that go on until five. Wax side down on a wet lay-by, dry knees.",
    ),
    Say(
        12, "16:30", "nia", "blocks", EVERYBODY,
        "Tallest so far is fourteen, by the four-year-old. The ball is used as an argument.",
    ),
    Say(
        10, "17:20", "salma", "notebook", "Reading group",
        "One for each of us, for the walk to the abbey. The pencil works in drizzle, I tried it at the bus stop.",
    ),
    Say(
        9, "12:15", "tariq", "lamp", FOLLOWERS,
        "Points at the fretboard now, not at the wall. The joints hold even with the cables pulling.",
        back=4,
    ),
    Say(
        8, "10:45", "edith", "plate", EVERYBODY,
        "Six for the hall's kitchen. Nobody ever washed up this slowly before: they compare the faces.",
    ),
    Say(
        7, "17:25", "jun", "kite", FOLLOWERS,
        "Force three on the ridge, up at the first run. Forty metres of line is further than it sounds.",
    ),
    Say(
        6, "20:50", "ines", "pot", EVERYBODY,
        "Watered it properly once and left it. Five days later there is still some in the saucer and the basil has "
        "not noticed.",
    ),
    Say(
        5, "19:30", "marta", "broom", FOLLOWERS,
        "Shavings, horsehair, tacks. All of it in one pass, and it hangs from its own hole.",
    ),
    Say(
        4, "11:00", "pablo", "pan", FOLLOWERS,
        "Came too shiny. Nine days of onions and it begins to look like a pan. Ask me again in two years.",
    ),
    Say(
        4, "18:15", "amara", "broom", EVERYBODY,
        "Hung it by the café door and now everybody sweeps. I do not understand it and will not question it.",
    ),
    Say(
        3, "16:35", "nia", "basket", EVERYBODY,
        "Loaf, leeks, one scooter. It lifts off with all of it in and the bike stays up, which with the last one it "
        "did not.",
    ),
    Say(
        3, "21:05", "otto", "chess", FOLLOWERS,
        "Properly weighted. About the shape of the bishop I have written a letter.",
    ),
    Say(
        2, "20:15", "ana", "cheese", "Sunday lunch",
        "I have hidden a third of it. The rest is for Sunday, so bring pears.",
    ),
    Say(
        1, "18:40", "pia", "basket", FOLLOWERS,
        "Bought for the handle, obviously. It is bound with one strip of willow and I cannot find either end.",
        back=1,
    ),
    Say(
        2, "06:10", "harjit", "bottle", FOLLOWERS,
        "Half a litre fits the cup holder of the 4. The litre does not. A passenger lent me hers to try.",
    ),
    Say(
        2, "08:30", "beatriz", "jam", EVERYBODY,
        "One stone in the whole jar. I had been promised more.",
    ),
    Say(
        2, "16:05", "greta", "hat", FOLLOWERS,
        "Bramble, it says. The altos say plum. It is warm in either case.",
    ),
    Say(
        1, "07:50", "ben", "belt", FOLLOWERS,
        "Sent the measure in millimetres and they rang to ask whether I meant it. I did. It fits.",
    ),
    Say(
        1, "12:10", "mira", "umbrella", EVERYBODY,
        "The half person under it was a tray of pots on the way to the kiln shed. Both of us dry.",
    ),
    Say(
        1, "19:40", "adaeze", "mug", EVERYBODY,
        "It has been to every night shift since it came. With spots like these nobody takes it by mistake.",
    ),
    Say(
        1, "20:10", "chidi", "teapot", EVERYBODY,
        "Bought to study the lid. It goes two fingers down inside the rim, and now I know why mine fall out.",
    ),
    Say(
        0, "-88", "edith", "candle", FOLLOWERS,
        "One for each end of the gallery stairs, where somebody put the light switch at the wrong one.",
    ),
    Say(
        0, "-55", "ana", "breadboard", FOLLOWERS,
        "The corner works. Two cooks, one small kitchen, and nobody has met the edge of the knife yet.",
    ),
    Say(
        0, "-25", "olwen", "lamp", EVERYBODY,
        "A month of maps under it, one screw turned once. The foot alone would hold a gate open.",
    ),
)  # fmt: skip
