"""A hundred questions as shoppers ask them, and what each hopes to see: written from reading what is for sale, not from
what the search answers.

Things are named by their slug, people and brands by @handle; 3 is what was meant, 2 would do as well, 1 is near enough
to be glad of. What is not named is not wanted. An empty answer is the right one where the hall has nothing to show."""

from __future__ import annotations

Hoped = dict[str, int]


def _all(grade: int, slugs: str) -> Hoped:
    return dict.fromkeys(slugs.split(), grade)


TOWN: dict[str, Hoped] = {
    # by name
    "quiet kettle": _all(3, "quiet-kettle"),
    "long barrow coat": _all(3, "long-barrow-coat"),
    # what it is, what it is for
    "teapot": _all(3, "both-hands-teapot six-o-clock-teapot"),
    "cup": _all(3, "spotted-mug"),
    "lamps": _all(3, "moth-lamp bench-lamp platform-pendant") | _all(1, "no-4-lantern"),
    "desk lamp": _all(3, "bench-lamp"),
    "lamp for reading in bed": _all(3, "moth-lamp"),
    "raincoat": _all(3, "long-barrow-coat"),
    "waterproof": _all(3, "long-barrow-coat") | _all(2, "coat-wallet") | _all(1, "rain-notebook"),
    "frying pan": _all(3, "wednesday-pan"),
    "rucksack": _all(3, "day-bag-22-litres"),
    "wool socks": _all(3, "second-mile-socks"),
    "tent for two people": _all(3, "two-hill-tent"),
    "bird box": _all(3, "nest-box-for-tits"),
    "basil": _all(3, "pot-with-a-deep-saucer"),
    "toys": _all(3, "nineteen-blocks long-top ridge-kite")
    | _all(2, "chess-set-wendham-pattern court-of-wendham the-town-in-500-pieces"),
    "induction": _all(3, "quiet-kettle"),
    "poster": _all(3, "the-last-ferry see-you-sunday moon-milk north-stair"),
    "jigsaw": _all(3, "the-town-in-500-pieces"),
    "wrapping paper": _all(3, "three-rolls-of-wrapping"),
    "magnifying glass": _all(3, "reading-glass"),
    # colours
    "teal mug": _all(3, "spotted-mug"),
    "crimson hat": _all(3, "bobble-hat"),
    "blue-black ink": _all(3, "ink-that-stays"),
    "rust": _all(3, "both-hands-teapot day-bag-22-litres coat-wallet"),
    # materials
    "brass": _all(3, "candlestick-for-stairs pair-of-bookends no-4-lantern")
    | _all(2, "moth-lamp bench-lamp dip-pen-three-nibs reading-glass")
    | _all(1, "standing-shelf-three-boards window-box-larch"),
    "stoneware": _all(
        3,
        "both-hands-teapot six-o-clock-teapot spotted-mug fruit-bowl-with-waves herring-plate milk-jug-one-pint "
        "vase-for-three-stems pot-with-a-deep-saucer",
    )
    | _all(2, "crock-of-spoons"),
    "wool": _all(3, "hollin-jumper bobble-hat second-mile-socks scarf-with-a-slot wall-mittens car-boot-blanket"),
    "wooden spoon": _all(3, "crock-of-spoons"),
    # one and many
    "boot": _all(3, "sheepwash-boots"),
    "candles": _all(3, "candlestick-for-stairs"),
    # one wrong letter
    "umbrela": _all(3, "bus-stop-umbrella"),
    "tepaot": _all(3, "both-hands-teapot six-o-clock-teapot"),
    "notebok": _all(3, "rain-notebook"),
    "choir chiar": _all(3, "choir-chair"),
    # in any order
    "footpath map": _all(3, "footpaths-of-the-wold"),
    "mill pepper": _all(3, "pepper-mill"),
    # a beginning only
    "umb": _all(3, "bus-stop-umbrella"),
    "tea": _all(3, "both-hands-teapot six-o-clock-teapot hall-blend-in-a-tin") | _all(2, "spotted-mug quiet-kettle"),
    # by tag
    "left-handed": _all(3, "both-hands-teapot"),
    "larder": _all(3, "weir-allotments-honey morello-jam hall-blend-in-a-tin cheese-from-long-barrow"),
    "garden": _all(3, "nest-box-for-tits window-box-larch trowel-with-a-ruler"),
    # brands
    "tidewater": {"@tidewater": 3, "@mira": 2, "@hanna": 1, "@femi": 1},
    "lantern works lamp": _all(3, "moth-lamp bench-lamp platform-pendant") | _all(1, "no-4-lantern"),
    # people
    "ana lima": {"@ana": 3},
    "raul": {"@raul": 3},
    "maric": {"@ivo": 3},
    "Inês": {"@ines": 3},
    "nguyen": {"@bao": 3},
    "bookbinder": {"@magda": 3},
    "Kowalcyk": {"@marta": 3},
    "bus driver": {"@harjit": 3},
    "pottery": {"@beatriz": 3, "@chidi": 3, "@mira": 2, "@yuki": 1},
    # drafts, what was said to a circle, names of circles, what nobody here sells
    "ukulele": {},
    "saturday loaf": {},
    "a third of it hidden, pears": {},
    "sunday lunch": {},
    "laptop": {},
    "dishwasher tablets": {},
    "xyzzy": {},
}

APPAREL: dict[str, Hoped] = {
    "leather jacket": _all(3, "classic-leather-jacket"),
    "jackets": _all(3, "classic-leather-jacket navy-sport-jacket dark-winter-jacket zipped-jacket olive-green-jacket"),
    "waterproof jacket": _all(3, "navy-sport-jacket zipped-jacket"),
    "winter": _all(3, "dark-winter-jacket"),
    "warm": _all(3, "yellow-wool-jumper") | _all(2, "dark-winter-jacket"),
    "silk": _all(3, "striped-silk-blouse silk-summer-top blue-silk-tuxedo"),
    "red shirt": _all(3, "chequered-red-shirt") | _all(2, "red-sports-tee"),
    "shirts": _all(3, "ocean-blue-shirt chequered-red-shirt white-cotton-shirt") | _all(1, "red-sports-tee"),
    "blouse striped": _all(3, "striped-silk-blouse"),
    "t-shirt": _all(3, "red-sports-tee"),
    "shoes": _all(3, "led-high-tops"),
    "women's bag": _all(3, "black-leather-bag"),
    "tuxeedo": _all(3, "blue-silk-tuxedo"),
    "denim": _all(3, "dark-denim-top"),
    "cotton top": _all(3, "longsleeve-cotton-top") | _all(2, "striped-skirt-and-top"),
    "long sleeve": _all(3, "longsleeve-cotton-top")
    | _all(2, "ocean-blue-shirt dark-denim-top chequered-red-shirt white-cotton-shirt navy-sport-jacket"),
    "sweater": _all(3, "yellow-wool-jumper"),
    "plaid flanel": _all(3, "chequered-red-shirt"),
    "tuxe": _all(3, "blue-silk-tuxedo"),
    "swimsuit": {},
}

HOME: dict[str, Hoped] = {
    "sofa": _all(3, "cream-sofa grey-sofa yellow-sofa"),
    "couch": _all(3, "cream-sofa grey-sofa yellow-sofa"),
    "yellow sofas": _all(3, "yellow-sofa"),
    "plant pot": _all(3, "clay-plant-pot white-ceramic-pot") | _all(2, "biodegradable-cardboard-pots"),
    "pots": _all(3, "clay-plant-pot white-ceramic-pot biodegradable-cardboard-pots"),
    "pillow": _all(3, "brown-throw-pillows knitted-throw-pillows"),
    "bedside": _all(3, "bedside-table copper-light"),
    "bedside lamp": _all(3, "copper-light"),
    "wooden table": _all(3, "wooden-outdoor-table bedside-table"),
    "table garden": _all(3, "wooden-outdoor-table"),
    "fence": _all(3, "wooden-fence") | _all(2, "wooden-outdoor-slats"),
    "can watring": _all(3, "yellow-watering-can"),
    "candel": _all(3, "vanilla-candle"),
    "leather": _all(3, "black-bean-bag"),
    "bean bag": _all(3, "black-bean-bag"),
    "armchair pink": _all(3, "pink-armchair"),
    "chair": _all(3, "pink-armchair"),
    "biodeg": _all(3, "biodegradable-cardboard-pots"),
    "rustic": _all(
        3,
        "wooden-outdoor-table brown-throw-pillows white-ceramic-pot yellow-watering-can gardening-hand-trowel "
        "biodegradable-cardboard-pots grey-sofa wooden-outdoor-slats wooden-fence",
    ),
    "fridge": {},
}
