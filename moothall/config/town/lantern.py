"""What Lantern Works sells: lamps, stools, things of wood and brass."""

from __future__ import annotations

from .wares import Ware

WARES = (
    Ware(
        "moth", "night", 3, "Moth lamp", "Lamps", "light, bedside, brass", "89", 36,
        "A table lamp with a shade like a mushroom's cap",
        """Low, 24 cm, for beside a bed. The shade comes down past the bulb, so that whoever reads does not light
        whoever sleeps.

        Steel shade, brass foot, cloth flex of 1.8 m. Takes an E14 bulb up to 7 W; one is in the box.

        Turned down fully it is about as bright as a hall left on. Moths do come.""",
        left=6, was="98", more=("clay", "wide"),
    ),
    Ware(
        "stool", "tomato", 2, "Signalman's stool", "Stools", "oak, seating", "74", 36,
        "A round stool on three legs with a ring between them",
        """Oak, three legs, 46 cm. Three because the floor of a signal box is never even, and neither is yours.

        The ring between the legs is where the feet go. The seat is dished by hand, 8 mm at the deepest.

        Comes flat with three wedges. Ten minutes with a mallet.""",
        left=(8, 3), step="9", options=(("Size", ("46 cm", "64 cm")),), more=("clay", "ink"),
    ),
    Ware(
        "lamp", "lime", 0, "Bench lamp", "Lamps", "light, desk, brass", "112", 36,
        "A desk lamp with two arms, its light falling to the table",
        """Two arms, three joints, no springs. It stays where it is put because the joints are tapered; when one
        goes slack after some years, give its screw a quarter turn.

        Reach 71 cm. Weighs 3.2 kg, nearly all of it in the foot.""",
        left=5, more=("lilac", "wide"),
    ),
    Ware(
        "pendant", "lilac", 2, "Platform pendant", "Lamps", "light, table", "128", 35,
        "A wide hanging lamp throwing a cone of light",
        """From a drawing of 1911 for Wendham Junction, platform 2. The original had a 60 cm shade; this is 38, for
        over a table.

        Enamel outside, white inside. Hang it with its rim 65 cm above the plates and nobody is dazzled.

        An electrician should put it up.""",
        left=(4, 2), options=(("Colour", ("Indigo", "Enamel green")),), more=("moss",),
    ),
    Ware(
        "chair", "ink", 7, "Choir chair", "Chairs", "beech, seating", "145", 35,
        "A plain chair with two bars in its back",
        """Built for the moot hall's choir, who sit for two hours and stand up together. The back leans 9 degrees,
        the front edge is rounded, and it makes no sound when forty of them are pushed back at once.

        Beech, lacquered. Stacks six high, four if you carry them.""",
        left=12,
    ),
    Ware(
        "candle", "plum", 1, "Candlestick for stairs", "Light", "brass, candle", "27", 34,
        "A lit candle in a holder with a ring for the finger",
        """A dish, a socket, a ring for one finger. Spun brass, 13 cm. The dish is deep enough that wax stays in it
        on the way up.

        Polish it or do not. We do not.""",
        left=16, more=("night",),
    ),
    Ware(
        "clock", "stone", 1, "Waiting room clock", "Clocks", "wall, clock", "96", 34,
        "A round wall clock with twelve marks and a red second hand",
        """30 cm, quartz, with a second hand that glides. It can be read from fourteen metres: we paced it out in
        the old waiting room.

        One AA battery, two years. The glass comes out if you paint the wall.""",
        left=7, was="108", more=("brick",),
    ),
    Ware(
        "shelf", "clay", 0, "Standing shelf, three boards", "Shelves", "pine, storage", "168", 33,
        "A shelf with books, a plant, a plate and boxes",
        """90 wide, 96 high, 28 deep. Three boards of Wold pine, two ladders of oak, eight brass pins. No back, so
        it can stand in a room.

        Each board carries 40 kg. We put Raúl on one.""",
        left=None,
    ),
    Ware(
        "radio", "mint", 4, "Kitchen radio", "Radio", "beech, radio", "134", 32,
        "A radio with a handle, a dial and an aerial",
        """FM and DAB, one speaker, three knobs. On, tune, loud. There is no fourth thing.

        The case is beech with 25 holes, drilled in one pass. Jun of Foundry Street goes over each chassis before it
        goes in and has signed the inside of the back.""",
        left=(3, 4), options=(("Colour", ("Teal", "Butter")),), more=("butter",),
    ),
    Ware(
        "mirror", "rose", 6, "Arched mirror", "Mirrors", "hall, mirror", "118", 31,
        "A mirror with a round top standing on a small ledge",
        """62 by 40, with a ledge for keys. The arch has the radius of the moot hall's ground floor windows, one to
        eight.

        Ash frame, stained. Hangs on one screw, and the screw is long.""",
        left=4,
    ),
    Ware(
        "table", "moss", 3, "Table with a drawer at the end", "Tables", "oak, table", "420", 30,
        "A table with a drawer, a vase and a bowl on it",
        """140 by 75. One drawer, at the end and not at the side, so that it can be opened while somebody sits
        there.

        Oak, oiled. The legs come off. Two people carry it; it goes up the stairs of every house in Mill Bank, as
        far as we know.

        Made to order in four weeks.""",
        left=None, more=("wide",),
    ),
    Ware(
        "bookends", "brick", 7, "Pair of bookends", "Desk", "brass, books", "39", 29,
        "A row of books between two bookends",
        """Cast brass, 1.1 kg each, felt underneath. They will hold a metre of paperbacks or half a metre of
        atlases.

        The quarter-round on the outside is a piece of handrail pattern from the railway.""",
        left=9,
    ),
    Ware(
        "coat_rack", "butter", 0, "Rail with five pegs", "Hall", "ash, hall", "58", 28,
        "A wall rail with a coat, a scarf and a hat on its pegs",
        """Ash rail, turned pegs, 80 cm. The pegs point up by 12 degrees and end in a ball, so that loops hold and
        collars are not poked.

        Two keyholes at 60 cm centres. A paper for marking the wall is in the box.""",
        left=11, more=("sky",),
    ),
    Ware(
        "birdhouse", "sky", 6, "Nest box for tits", "Garden", "larch, garden", "32", 26,
        "A nest box on a pole with a bird beside it",
        """Larch, 18 mm, untreated. Hole of 32 mm: great tits in, starlings out. The front lifts for cleaning in
        October.

        Put it two to four metres up, facing between north and east. The first tenants may take a year to make up
        their minds.""",
        left=(10, 7), options=(("Hole", ("32 mm", "28 mm")),), more=("moss",),
    ),
    Ware(
        "lantern", "pine", 5, "No. 4 lantern", "Light", "brass, outdoors", "84", 24,
        "A lantern with a flame behind glass",
        """The fourth attempt. The first three went out.

        Brass and glass, 29 cm, for lamp oil or, with the insert, for a rechargeable LED. Holds in a force 6, tested
        on the weir by Tomek, with witnesses.""",
        left=5, more=("plum",),
    ),
    Ware(
        "chess", "plum", 7, "Chess set, Wendham pattern", "Play", "play, walnut", "92", 21,
        "A knight of a chess set, large",
        """Walnut and maple, king 86 mm. The pattern was drawn for the Moot Hall Chess Club in 1934, who wanted a
        knight that looks where it is going.

        Weighted, felted. Two spare queens. The board is not part of it; most people seem to have one.""",
        left=2,
    ),
    Ware(
        "spinning_top", "peach", 1, "Long top", "Play", "play, beech", "9.50", 19,
        "A painted spinning top at full speed",
        """Spins for two minutes ten on a plate, one minute forty on an oak table. The record in the workshop is
        three minutes two.

        Beech, painted on the lathe while it turns. No string.""",
        left=34, more=("rose",),
    ),
    Ware(
        "blocks", "butter", 3, "Nineteen blocks", "Play", "play, lime", "48", 15,
        "Wooden blocks built into a tower with an arch",
        """Lime wood, three colours, one arch, one ball. Nineteen because that is what fits into the box, which is
        the twentieth.

        Edges broken by hand, water stain, no lacquer. Suitable from about one year; the ball is 44 mm.""",
        left=8,
    ),
    Ware(
        "broom", "lilac", 1, "Workshop broom", "House", "ash, house", "22", 8,
        "A broom with a straight bundle of bristles",
        """The one we use. Ash handle, 140 cm, hung by the hole in its end. Tampico bristle, wired, not glued.

        Sweeps shavings and sand. Not for wet floors.""",
        left=15,
    ),
    Ware(
        "planter", "brick", 2, "Window box, larch", "Garden", "larch, garden", "45", 2,
        "A long window box with five yellow flowers",
        """62 by 18 by 17, larch, dovetailed. Drains into a tray that slides out to the front, so that the people
        below stay friends.

        Brass hooks for sills of up to 30 mm. It goes grey in its second summer.""",
        left=6, more=("wide",),
    ),
    Ware(
        "ukulele", "clay", 5, "Ukulele, soprano", "Music", "music, maple", "130", None,
        "A ukulele with a flower by the bridge",
        """Draft. Tariq has the second one for a month. Wait for what he says about the neck.""",
        left=1,
    ),
)  # fmt: skip
