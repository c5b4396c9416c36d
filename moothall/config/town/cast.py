"""The sixty people of Wendham: what they are called, what they say of themselves, where they live, when they came."""

from __future__ import annotations

from dataclasses import dataclass

from moothall.orders.actions.paying import Contact


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the town; the face is drawn under the same handle. `day` counts back from today to the joining."""

    handle: str
    name: str
    street: str
    day: int
    words: str

    @property
    def email(self) -> str:
        return f"{self.handle}@wendham.example"

    @property
    def contact(self) -> Contact:
        return Contact(self.email, self.name, self.street, "WD4 2HX", "Wendham", "GB")


STEWARD = "edith"
PEOPLE = (
    Person(
        "edith",
        "Edith Hallam",
        "1 Moot Lane",
        37,
        "Keeps the keys of the hall and the list of who borrowed the urn. If something does not work, tell me first.",
    ),
    Person(
        "mira",
        "Mira Kaplan",
        "4 Quay Row",
        37,
        "I throw pots above the old ferry office and run Tidewater Kitchen with three people who are tidier than I am.",
    ),
    Person(
        "tomek",
        "Tomek Nowak",
        "19 Foundry Street",
        37,
        "Lamps and stools. My grandfather lit the signals at Wendham Junction; I have his oil can and his patience.",
    ),
    Person(
        "olwen",
        "Olwen Pryce",
        "2 Sheepwash",
        37,
        "Walks the Wold in all weathers and complains about the pockets. Started Wold Outdoor because of the pockets.",
    ),
    Person("hanna", "Hanna Virtanen", "11 Quay Row", 36, "I pack at Tidewater. Nothing has broken since March."),
    Person(
        "yuki",
        "Yuki Mori",
        "4 Quay Row, top floor",
        36,
        "Glazes. Forty-one test tiles on the windowsill and a favourite that changes weekly.",
    ),
    Person(
        "femi",
        "Femi Adeyemi",
        "32 Castle Hill",
        36,
        "I answer Tidewater's letters. Ask me about descaling. Almost nobody does.",
    ),
    Person("ingrid", "Ingrid Solheim", "21 Foundry Street", 36, "Turner. Ash, oak, brass. Retired twice, badly."),
    Person(
        "raul",
        "Raúl Ortega",
        "8 Corn Market",
        36,
        "Sells for Lantern Works on Tuesdays and Fridays, drives the van on Wednesdays, sings in it.",
    ),
    Person("leila", "Leila Haddad", "5 Abbey Court", 36, "At Lantern Works for anybody whose lamp flickers."),
    Person("kofi", "Kofi Mensah", "27 Sheepwash", 36, "Shop floor at Wold Outdoor. Knows your boot size by your limp."),
    Person(
        "zofia",
        "Zofia Lis",
        "14 Mill Bank",
        36,
        "Cuts the patterns at Wold. I unpick more coats than I sew, which is how you learn.",
    ),
    Person(
        "lars",
        "Lars Holm",
        "3 Weir Cottages",
        36,
        "Repairs and returns at Wold. Bring it in wet, I have seen worse.",
    ),
    Person(
        "ana",
        "Ana Lima",
        "16 Castle Hill",
        35,
        "Left-handed, from Porto, eleven years in Wendham. I cook for whoever is in the house, and somebody always is.",
    ),
    Person(
        "ben",
        "Ben Osei",
        "16 Castle Hill",
        35,
        "Ana's brother-in-law. Cycles to work, breaks mugs, teaches chemistry at the Upper School.",
    ),
    Person("adaeze", "Adaeze Obi", "7 Corn Market", 35, "Midwife. Odd hours, strong tea, warm feet."),
    Person("jun", "Jun Park", "40 Foundry Street", 35, "I mend radios and go up hills. Not on the same day."),
    Person(
        "salma",
        "Salma Rahman",
        "9 Abbey Court",
        34,
        "Librarian at Wendham Free Library. We do not shush, we raise an eyebrow.",
    ),
    Person("gus", "Gus Fairweather", "Plot 12, Weir Allotments", 34, "Seventy-eight. Leeks, mostly."),
    Person("beatriz", "Beatriz Sousa", "22 Quay Row", 34, "Pottery on Tuesdays, accounts on all the other days."),
    Person(
        "harjit",
        "Harjit Singh Gill",
        "51 Castle Hill",
        34,
        "Bus driver, route 4, Wendham to Long Barrow. I notice what people carry.",
    ),
    Person(
        "ines",
        "Inês Duarte",
        "3 Mill Bank",
        33,
        "Swims in the weir pool until November. After that I talk about it.",
    ),
    Person(
        "amara",
        "Amara Diallo",
        "12 Corn Market",
        33,
        "I run the café by the moot hall. Everything I own gets used four hundred times a day.",
    ),
    Person("rowan", "Rowan Tate", "Hollin Farm, Wold Road", 32, "Hedges, walls, two hundred ewes and one bad dog."),
    Person("pia", "Pia Lindqvist", "30 Abbey Court", 32, "Illustrator. Buys things for their handles."),
    Person(
        "omar",
        "Omar Farouk",
        "18 Foundry Street",
        31,
        "Baker at the Corn Market. Up at three, so please, no calls after seven.",
    ),
    Person(
        "greta",
        "Greta Baum",
        "6 Moot Lane",
        31,
        "Taught half this town the piano. The other half taught me patience.",
    ),
    Person("marta", "Marta Kowalczyk", "25 Mill Bank", 30, "Upholsterer. I turn chairs over in other people's houses."),
    Person(
        "tariq",
        "Tariq Bello",
        "44 Castle Hill",
        30,
        "New flat, no shelves yet. Bass in a band with too many guitars.",
    ),
    Person("chidi", "Chidi Eze", "10 Quay Row", 29, "Pottery Tuesday, beginner, third year running."),
    Person("mei", "Mei Tan", "2 Foundry Street", 28, "Architect of small things: porches, sheds, one bus shelter."),
    Person(
        "samir",
        "Samir Joshi",
        "33 Corn Market",
        27,
        "Walks to Long Barrow and back each Sunday. Has opinions on socks.",
    ),
    Person("ruth", "Ruth Asante", "15 Abbey Court", 26, "Alto, second row, Moot Hall Choir. Gardens on a fire escape."),
    Person("nia", "Nia Campbell", "8 Mill Bank", 24, "Two children, one bicycle, a very large basket."),
    Person("ivo", "Ivo Marić", "29 Quay Row", 22, "Night porter. I see the bakery's lights come on and go to bed."),
    Person("kenji", "Kenji Watanabe", "36 Foundry Street", 19, "Cyclist. Wendham Wheelers, slow group, front of it."),
    Person("clara", "Clara Devlin", "5 Sheepwash", 17, "Runs. Also runs late."),
    Person("pablo", "Pablo Ruiz", "20 Moot Lane", 14, "Retired ship's cook. I judge a pan by its second year."),
    Person("otto", "Otto Weiss", "13 Moot Lane", 11, "Clocks, chess, contradiction."),
    Person("noor", "Noor Khan", "48 Castle Hill", 9, "Just moved here. Still finding out which bus goes where."),
    Person(
        "agnes",
        "Agnès Moreau",
        "3 Ferry Steps",
        33,
        "Sets type by hand, nine hours a day, in nine point. I read everything backwards first. It helps.",
    ),
    Person(
        "wanjiru",
        "Wanjirũ Kamau",
        "12 Ferry Steps",
        32,
        "Sells for Nine Point Press and folds the maps, so that you know they can be folded.",
    ),
    Person(
        "emre", "Emre Yıldız", "5 Ropewalk", 32, "Pressman. Blue hands on Mondays, red on Thursdays. Rules margins."
    ),
    Person(
        "sunita",
        "Sunita Thapa",
        "9 Ropewalk",
        31,
        "Answers the post at Nine Point, mostly from people who have found the error.",
    ),
    Person("wei", "Wei Chen", "17 Foundry Street", 29, "Piano tuner. I hear your fridge before you do."),
    Person(
        "dan", "Dan Cohen", "6 Corn Market", 28, "Barber, two chairs. What is said in the chair stays in the chair."
    ),
    Person(
        "lupe",
        "Guadalupe Hernández",
        "27 Quay Row",
        27,
        "Lupe to most. Sews sails, and once a wedding dress out of one.",
    ),
    Person(
        "tane",
        "Tāne Parata",
        "10 Weir Cottages",
        26,
        "Lock keeper. The river goes up, I go up. Carves when it is down.",
    ),
    Person(
        "aoife",
        "Aoife Brennan",
        "2 Abbey Court",
        25,
        "Vet for anything with hooves. Rowan's bad dog does not count and comes anyway.",
    ),
    Person(
        "nikos",
        "Nikos Papadakis",
        "35 Corn Market",
        24,
        "Fish stall under the striped awning, Tuesday to Saturday. Ask what is good, not what is cheap.",
    ),
    Person("farah", "Farah Rezai", "22 Castle Hill", 22, "Dentist by day. By night I draw teeth, too, in charcoal."),
    Person(
        "bao", "Bảo Nguyễn", "8 Foundry Street", 21, "Has four bicycles and parts of a fifth. Slow group, back of it."
    ),
    Person(
        "anouk", "Anouk de Vries", "1 Ferry Steps", 20, "Retired surveyor. Corrects maps in pencil and sends them back."
    ),
    Person(
        "sione", "Sione Taufa", "41 Castle Hill", 18, "Prop forward, primary school teacher. The second is rougher."
    ),
    Person(
        "magda",
        "Magda Dvořáková",
        "12 Mill Bank",
        16,
        "Bookbinder. I smell a book before I open it and am seldom wrong.",
    ),
    Person(
        "luca",
        "Luca Ferri",
        "18 Moot Lane",
        13,
        "Cellist, new in town, third floor without a lift. Thank you to whoever held the door.",
    ),
    Person(
        "yara", "Yara Nasser", "7 Abbey Court", 12, "Pharmacist. Writes labels people can read, which is not usual."
    ),
    Person(
        "ravi",
        "Ravi Menon",
        "4 Sheepwash",
        8,
        "Keeps bees on the library roof, with Salma's leave and without the bees' opinion.",
    ),
    Person("abebe", "Abebe Tadesse", "30 Moot Lane", 6, "Runs before it is light. Roasts coffee after."),
    Person(
        "isla",
        "Isla MacLeod",
        "14 Weir Cottages",
        4,
        "Boat builder. Started in June with one plank and a very good plank it is.",
    ),
)
BY_HANDLE = {person.handle: person for person in PEOPLE}


# Who buys without an account: name of the contact by the word that the play uses for them.
GUESTS = {
    "maureen": Contact(
        "maureen.pike@postbag.example", "Maureen Pike", "The Old Forge, Church Street", "LN11 9QT", "Louth", "GB"
    ),
    "dieter": Contact("d.kranz@postbag.example", "Dieter Kranz", "Lindenweg 4", "21335", "Lüneburg", "DE"),
    "priya": Contact("priya.nair@postbag.example", "Priya Nair", "Flat 3, 88 Otley Road", "LS6 4BA", "Leeds", "GB"),
    "siobhan": Contact("siobhan.k@postbag.example", "Siobhán Keane", "7 Quay Street", "H91 P6CX", "Galway", "IE"),
    # The steward has something to see: no mail arrives at a domain that does not exist.
    "walter": Contact("walter.finch@postbag.invalid", "Walter Finch", "2 Lock Lane", "YO8 4AA", "Selby", "GB"),
    # Ana in a hurry, not signed in, with the address that her account has proved.
    "ana at work": Contact("ana@wendham.example", "Ana Lima", "Crumb Bakery, 2 Mill Lane", "WD4 2AB", "Wendham", "GB"),
    "edwin": Contact("edwin@postbag.example", "Edwin Marsh", "31 Beckside", "HU17 0PE", "Beverley", "GB"),
}
