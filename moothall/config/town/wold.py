"""What Wold Outdoor sells: coats, boots, bottles, bags."""

from __future__ import annotations

from .wares import Ware

WARES = (
    Ware(
        "raincoat", "sky", 0, "Long Barrow coat", "Coats", "rain, coat, repairable", "149", 36,
        "A hooded raincoat in the rain",
        """Four hours in rain, by which we mean Wold rain, sideways. After that it is a matter of character.

        The hood turns with your head. The pockets are where your hands are, above a rucksack's belt, and each takes
        an OS map without folding it smaller.

        Waxed cotton, 1.1 kg. You can wax it again on the kitchen table; the tin is in the left pocket.""",
        left=(3, 7, 6, 0, 2, 5), was="165",
        options=(("Size", ("S", "M", "L")), ("Colour", ("Estuary", "Moss"))), more=("moss", "wide"),
    ),
    Ware(
        "boots", "moss", 4, "Sheepwash boots", "Boots", "boots, leather, repairable", "138", 36,
        "A pair of laced boots",
        """Leather to the ankle, a sole that can be replaced twice. They are stiff for a week. Walk the dog in them,
        then walk the hill.

        Come to Sheepwash with the socks you mean to wear and Kofi will measure both feet, since they are not the
        same.""",
        left=(2, 4, 5, 5, 3, 0),
        options=(("Size", ("38", "39", "41", "42", "43", "45")),), more=("clay",),
    ),
    Ware(
        "backpack", "pine", 5, "Day bag, 22 litres", "Bags", "bag, walking", "78", 36,
        "A rucksack with a lid, a front pocket and two buckles",
        """For a day with lunch in it. One big room, one lid, one pocket at the front that takes a flask upright.

        The buckles are metal and can be worked in gloves. The straps are sewn through the back panel three times,
        because twice was not enough on Ben's.""",
        left=(9, 6), options=(("Colour", ("Field", "Rust")),), more=("brick", "wide"),
    ),
    Ware(
        "bottle", "mint", 6, "Weir bottle", "Bottles", "bottle, steel", "24", 35,
        "A steel bottle with a picture of hills",
        """Steel, double walled, in three sizes. Tea poured at seven is still too hot at nine and right
        at eleven.

        The picture is the ridge as seen from the weir. It is printed under the lacquer and stays.""",
        left=(28, 19, 2), step="5", options=(("Size", ("0.5 l", "0.75 l", "1 l")),), more=("peach", "rose"),
    ),
    Ware(
        "jumper", "tomato", 3, "Hollin jumper", "Knitwear", "wool, knitwear, local", "95", 34,
        "A jumper with zigzag bands",
        """Wool of Rowan's ewes, spun in Louth, knitted here. It smells of sheep when wet. Some people mind this for
        the first winter.

        Cut long at the back, for bending over walls. The zigzag is the path up from Hollin Farm.""",
        left=(4, 3, 6, 1), options=(("Size", ("S", "M", "L", "XL")),), more=("peach",),
    ),
    Ware(
        "umbrella", "rose", 2, "Bus stop umbrella", "Rain", "rain, umbrella", "42", 34,
        "An open umbrella with a curved handle",
        """Eight ribs of fibreglass, which bend and come back. It has been inside out on Castle Hill some thirty
        times without harm.

        Wide enough for one and a half people. Ash handle, turned across the river at Lantern Works.""",
        left=10, more=("sky",),
    ),
    Ware(
        "hat", "plum", 6, "Bobble hat", "Knitwear", "wool, hat", "26", 33,
        "A ribbed hat with a bobble",
        """Ribbed, so it fits most heads and all moods. The bobble is tied on and not sewn, and comes off for the
        wash or for work.

        What is left of the jumpers' wool, so colours change when they change.""",
        left=(12, 9, 7), options=(("Colour", ("Bramble", "Crimson", "Ochre")),), more=("rose", "night"),
    ),
    Ware(
        "socks", "brick", 5, "Second-mile socks", "Socks", "wool, socks", "14", 33,
        "A pair of striped socks, one slipped down",
        """The heel is knitted double. The toe has no seam, or rather it has one, on the outside.

        Seventy per cent wool, thirty per cent what keeps wool from becoming felt. Samir has done 340 miles in his
        and sends us a postcard at each hundred.""",
        left=(24, 30, 18), options=(("Size", ("36–39", "40–43", "44–47")),), more=("moss",),
    ),
    Ware(
        "scarf", "lilac", 4, "Scarf with a slot", "Knitwear", "wool, scarf", "34", 32,
        "A striped scarf tied into a loop",
        """One end goes through the slot in the other, and then it stays. No knot, nothing to come undone over a
        stile.

        Lambswool, 140 by 22. Hand wash, dry flat, forgive it a little pilling.""",
        left=8,
    ),
    Ware(
        "gloves", "clay", 1, "Wall mittens", "Knitwear", "wool, mittens", "29", 31,
        "A pair of patterned mittens",
        """Mittens are warmer than gloves. That is the whole argument.

        The palms are faced with goatskin, for stone and steering wheels. Dry them slowly or they turn into someone
        else's.""",
        left=(5, 0), options=(("Size", ("Small", "Large")),),
    ),
    Ware(
        "tote", "stone", 7, "Market bag", "Bags", "bag, canvas", "18", 30,
        "A canvas bag with an arch printed on it",
        """Canvas, 15 oz, with a flat bottom so that eggs can stand. The arch is the hall's, printed with their
        leave.

        Handles long enough for the shoulder over a coat, which is most of the year.""",
        left=None, more=("rose",),
    ),
    Ware(
        "tent", "lime", 2, "Two-hill tent", "Tents", "tent, overnight", "265", 29,
        "A pointed tent with a flag",
        """For two people who like each other, or one with a dog. 2.9 kg, one pole, eight pegs, a ninth for when you
        lose one.

        Practise once in the garden. The inner goes up under the outer, so that it stays dry inside while you are
        getting wet.""",
        left=3, was="290", more=("brick", "wide"),
    ),
    Ware(
        "blanket", "night", 4, "Car boot blanket", "Blankets", "wool, blanket", "68", 27,
        "Three folded blankets, one on the other",
        """Lives in the car, comes out for matches, breakdowns and the beach in May. Wool on top, waxed cotton
        beneath, with a strap.

        150 by 180. Shake it; washing is for emergencies.""",
        left=6,
    ),
    Ware(
        "axe", "mint", 1, "Small axe", "Tools", "tools, ash, fire", "54", 24,
        "A small axe with a curved handle",
        """For kindling, not for trees. 600 grams of head, ash handle of 38 cm, a leather cap for the edge.

        Sharpened here before it goes. We send it to adults, and the post will ask for a signature.""",
        left=7,
    ),
    Ware(
        "belt", "ink", 0, "One-hole belt", "Leather", "leather", "38", 20,
        "A rolled belt with a square buckle",
        """You tell us where the hole goes. Measure from the fold of the buckle on the belt you wear now, to the
        hole you use.

        Bridle leather, 35 mm, 4 mm thick, a buckle from the harness maker in Louth. More holes are free, for
        whatever reason.""",
        left=None,
    ),
    Ware(
        "wallet", "butter", 6, "Coat wallet", "Leather", "leather, waxed cotton", "32", 16,
        "A wallet with a flap and a stud",
        """From the offcuts of coats, so it is waterproof by descent. Four cards, some notes, and a pocket that
        closes for the key you are afraid to lose.""",
        left=(6, 4), options=(("Colour", ("Petrol", "Rust")),), more=("brick",),
    ),
    Ware(
        "notebook", "peach", 0, "Rain notebook", "Paper", "paper, field", "11", 13,
        "Two notebooks and a pencil",
        """Stone paper: it takes pencil in the wet. Ninety-six pages, dots, a loop for the pencil, which is included
        and short.

        Lars logs every repair in one. The 2019 volume has been through the wash and can still be read.""",
        left=45, more=("sky",),
    ),
    Ware(
        "kite", "butter", 5, "Ridge kite", "Play", "play, wind", "37", 10,
        "A kite with a tail of bows and a small cloud",
        """Goes up in a force 3, comes down when you want it in a force 4, and at force 5 it is the kite that
        decides.

        Ash and ripstop, one metre forty. Forty metres of line on a stick you can hold in mittens.""",
        left=8,
    ),
    Ware(
        "basket", "rose", 3, "Handlebar basket", "Bicycle", "willow, bicycle", "49", 6,
        "A willow basket full of fruit",
        """Willow from the osier bed below the weir. Hangs on two leather straps and lifts off, with the shopping in
        it, in one go.

        Twelve litres or eight kilos. Nia's has carried a toddler's scooter and the toddler's opinions.""",
        left=4, more=("plum",),
    ),
    Ware(
        "trowel", "lime", 1, "Trowel with a ruler", "Garden", "tools, garden", "21", 1,
        "A garden trowel stuck into the ground",
        """Stamped in centimetres up the blade, for bulbs and for the argument about how deep one plants a leek
        (15).

        Stainless, ash handle, a bright end so you find it in the compost.""",
        left=20, more=("wide",),
    ),
    Ware(
        "cushion", "lilac", 2, "Dry seat", "Walking", "walking, wool", "23", None,
        "A striped cushion with four corner buttons",
        """Draft. Zofia: does the back need the waxed cotton, or is the felt enough? Sit on both on Sunday.""",
        left=0,
    ),
)  # fmt: skip
