"""What Tidewater Kitchen sells: pots, cups, kettles, and what stands on the shelf beside them."""

from __future__ import annotations

from .wares import Ware

WARES = (
    Ware(
        "bothhands", "sky", 1, "Both-hands teapot", "Teapots", "tea, stoneware, left-handed", "38", 36,
        "A round teapot with two spouts and a handle over the top",
        """Two spouts and a handle over the top, so it pours from the left and from the right. It began as a favour
        for one left-handed neighbour and is now a third of what we make.

        Holds four cups. The inner walls of both spouts have a built-in strainer of nineteen holes; we counted
        because a customer asked.

        Stoneware, glazed inside and out. Dishwasher yes, open flame no.""",
        left=(9, 4), options=(("Colour", ("Estuary blue", "Rust")),), more=("brick", "wide"),
    ),
    Ware(
        "teapot", "rose", 5, "Six o'clock teapot", "Teapots", "tea, stoneware", "34", 36,
        "A round teapot with a domed lid",
        """The plain one. Six cups, one spout, a lid that stays on when you tip it because the rim goes down further
        than it looks.

        The first version dripped. Yuki moved the lip by two millimetres and it stopped, and none of us can say
        quite why.""",
        left=11, more=("butter",),
    ),
    Ware(
        "mug", "peach", 6, "Spotted mug", "Cups", "tea, coffee, stoneware", "16", 36,
        "A steaming mug with two large spots",
        """A third of a litre, a handle for three fingers, two spots put on with a cut potato. No two are in the
        same place.

        The foot is left unglazed so that it does not slide about on a wet draining board.""",
        left=(31, 26, 3), options=(("Colour", ("Petrol", "Teal", "Plum")),), more=("mint", "plum"),
    ),
    Ware(
        "kettle", "mint", 0, "Quiet kettle", "Kettles", "tea, hob, steel", "64", 35,
        "A broad kettle with a tall handle and a short spout",
        """It does not whistle. It hums at about the pitch of a fridge when it is near the boil, and then it clicks.

        1.4 litres, enamelled steel, for gas and induction. The handle stays cool enough to hold; the lid does not.

        Descale with vinegar every couple of months. Femi will tell you more than you want to know about this.""",
        left=7, was="71", more=("brick", "sky", "wide"),
    ),
    Ware(
        "pan", "night", 2, "Wednesday pan", "Pans", "hob, iron", "46", 35,
        "A frying pan with one egg in it, seen from above",
        """Cast iron, spun thin, so that it can be lifted with one hand when the other one is holding a child or a
        phone.

        It comes seasoned with rapeseed oil. The first egg will stick. The tenth will not.""",
        left=(6, 8), step="12", options=(("Size", ("24 cm", "28 cm")),),
    ),
    Ware(
        "bowl", "lilac", 7, "Fruit bowl with waves", "Bowls", "stoneware, table", "42", 34,
        "A wide bowl with a line of waves, full of fruit",
        """Wide enough for a week's apples. The waves are drawn with a comb while the glaze is wet, in one go
        around, so there is a place where the end meets the beginning. We turn that side to the wall in
        photographs.""",
        left=5, more=("butter",),
    ),
    Ware(
        "grinder", "butter", 3, "Hand grinder", "Coffee", "coffee, steel, beech", "52", 34,
        "A coffee grinder with a crank and a small drawer",
        """Steel burrs, a beech drawer, a crank. Grinds for two cups in about fifty turns, which is the length of
        the headlines.

        The drawer is on the long side so that it can be emptied without taking the thing off the table.

        Spare burrs are nine pounds and fit with the screwdriver on your pocket knife.""",
        left=2,
    ),
    Ware(
        "breadboard", "moss", 0, "Board with a corner for the knife", "Boards", "ash, bread", "29", 33,
        "A bread board with half a loaf, two slices and a knife",
        """Ash, oiled, forty by twenty-two. One corner is cut away so that the knife lies with its edge down and
        nobody finds it with their elbow.

        Offcuts from Lantern Works across the road. They get cups in return.""",
        left=14,
    ),
    Ware(
        "plate", "stone", 1, "Herring plate", "Plates", "stoneware, table", "19", 33,
        "A plate with a fish painted on it",
        """Twenty-six centimetres, with a herring. Mira paints them on Thursdays; early ones look surprised and
        later ones look tired.

        The rim is raised by a finger's breadth, for people who like gravy.""",
        left=(22, 16), options=(("Colour", ("Slate", "Sea green")),), more=("mint",),
    ),
    Ware(
        "honey", "lime", 3, "Weir Allotments honey", "Larder", "larder, local", "7.50", 32,
        "A jar of honey with a bee's comb on the label",
        """From six hives behind plot 12. Bean flowers in June, limes in July, and something in August that nobody
        can identify and everybody likes.

        340 grams. It will set in the cold; stand the jar in warm water and wait.""",
        left=None,
    ),
    Ware(
        "jam", "plum", 4, "Morello jam", "Larder", "larder, local", "5.80", 32,
        "A jar of cherry jam under a checked cloth",
        """Cherries from the old rectory, where they have a ladder and not enough children. Less sugar than the
        recipe, more lemon.

        There are stones. We take out most of them, and we say most.""",
        left=(18, 4), step="3.60", options=(("Size", ("220 g", "450 g")),),
    ),
    Ware(
        "tea_tin", "brick", 6, "Hall blend, in a tin", "Larder", "tea, larder", "9.20", 31,
        "A tea tin with a green leaf on it",
        """What is served upstairs at the moot hall after meetings: two parts Assam, one part Ceylon, a little
        smoke.

        125 grams loose. The tin has a second lid inside, which is the part that keeps it fresh. Refills in paper at
        the counter.""",
        left=None, more=("moss",),
    ),
    Ware(
        "jug", "clay", 7, "Milk jug, one pint", "Jugs", "stoneware, table", "26", 30,
        "A bellied jug with a wave of white and three dots",
        """One pint to the line and a bit above it. It pours thin if you want it thin.

        People also put flowers in it, and it holds its own.""",
        left=8, was="29",
    ),
    Ware(
        "mill", "tomato", 2, "Pepper mill", "Table", "beech, steel, table", "33", 29,
        "A tall pepper mill with a few peppercorns beside it",
        """Turned by Ingrid at Lantern Works, filled and sold by us. The steel is from a company that makes nothing
        else.

        Coarse to fine by the knob on top; a quarter turn is a lot.""",
        left=10, more=("stone",),
    ),
    Ware(
        "spoons", "pine", 1, "Crock of spoons", "Tools", "ash, steel, stoneware", "31", 27,
        "A crock with a wooden spoon, a spatula and a whisk",
        """A stoneware crock heavy enough not to fall over when it is full, with three things in it: an ash spoon
        with a flat edge for the corners of pans, a slotted turner, a small whisk.

        The crock alone is eighteen pounds at the counter. Bring your own spoons.""",
        left=9,
    ),
    Ware(
        "apron", "sky", 0, "Striped apron", "Linen", "linen, kitchen", "36", 25,
        "A striped apron with a pocket",
        """Linen, heavy, striped like the awning over the fish stall. It wants washing three times before it hangs
        as it should; we have done it once.

        One pocket, set to the left, with a loop for a cloth. The long one goes to the shin.""",
        left=(6, 5, 0, 4), step="4",
        options=(("Size", ("Knee", "Shin")), ("Colour", ("Awning blue", "Moss"))), more=("moss",),
    ),
    Ware(
        "soap", "rose", 4, "Dish soap, two blocks", "Sink", "sink, plastic-free", "8.40", 22,
        "Two blocks of soap, one on the other, with bubbles",
        """One block is for dishes, the other is for the hands that do them. They differ: the second has oats in it.

        Rub the brush on the block, not the block on the plate. About two months for a household of four.""",
        left=40,
    ),
    Ware(
        "vase", "ink", 2, "Vase for three stems", "Vases", "stoneware, flowers", "44", 18,
        "A round vase with a zigzag band and three flowers",
        """A narrow neck, so that three stems look like enough. The belly holds enough water for a week away.

        Black clay from the bottom of the same pit as the red.""",
        left=3, more=("tomato",),
    ),
    Ware(
        "pot", "peach", 5, "Pot with a deep saucer", "Pots", "stoneware, herbs", "24", 11,
        "A pot with two stripes and a leafy plant",
        """For basil on a windowsill. The saucer is deep and drawn tight to the pot: water a lot on Monday, and not
        again until Friday.

        Fourteen centimetres across. The plant is not included, as it lives with Yuki.""",
        left=(13, 9), options=(("Colour", ("Petrol", "Brick")),), more=("brick", "wide"),
    ),
    Ware(
        "cheese", "sky", 6, "Cheese from Long Barrow", "Larder", "larder, local", "11", 4,
        "A wedge of hard cheese with holes and a little flag",
        """Rowan's ewes, Omar's cellar. Ten months old, hard, a bit sweet, with holes that are not supposed to be
        there.

        About 300 grams, cut on the day it goes. When the wheel is finished it is finished until May.""",
        left=6,
    ),
    Ware(
        "loaf", "moss", 3, "Saturday loaf, with Omar", "Larder", "larder, local, bread", "4.90", None,
        "A loaf on a board, still steaming",
        """Draft. Ask Omar: can he do thirty on a Saturday, and who fetches them at six?""",
        left=0,
    ),
)  # fmt: skip
