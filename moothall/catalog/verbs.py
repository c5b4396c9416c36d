"""What can happen to things."""

from django.utils.translation import gettext_lazy as _

from moothall.activity.verbs import PARTIES, SUBJECT, Verb

MADE = Verb("product.made", _("{actor} wrote down {subject}"), PARTIES)
CHANGED = Verb("product.changed", _("{actor} changed {subject}"), PARTIES)
PUBLISHED = Verb("product.published", _("{actor} brings {subject}"), SUBJECT)
WITHDRAWN = Verb("product.withdrawn", _("{actor} took {subject} off the market"), PARTIES)
STOCKED = Verb("stock.counted", _("{actor} counted the stock of {subject}"), PARTIES)
IMPORTED = Verb("products.imported", _("{actor} imported products"), PARTIES)
REVISED = Verb("revision.brought", _("{actor} brings a new revision of {subject}"), SUBJECT)
UNREVISED = Verb("revision.taken_back", _("{actor} took a revision of {subject} back"), PARTIES)
