"""Where the brands of a hall may send to, by ISO 3166's two letters."""

from babel import Locale
from django.utils.translation import get_language

CODES = tuple(
    "GB IE AT AU BE BG CA CH CY CZ DE DK EE ES FI FR GR HR HU IS IT LT LU LV MT NL NO NZ PL PT RO SE SI SK US".split()
)
HOME = CODES[0]  # what a total is shown for until somebody says where to


def countries() -> list[tuple[str, str]]:
    """Each with its name in the reader's language."""
    names = Locale.parse(get_language() or "en", sep="-").territories
    return [(code, names[code]) for code in CODES]


def name_of(code: str) -> str:
    return dict(countries()).get(code, code)
