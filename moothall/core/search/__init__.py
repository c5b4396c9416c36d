"""Search over all kinds: an index of plain tables, the same on every database. Apps say what changed by `touch`; pages
ask `find` and `complete`."""

from .finding import Completed, Found, complete, find
from .index import BODY, SIDE, STRONG, rebuild, touch
from .scoring import MOST

__all__ = ["BODY", "MOST", "SIDE", "STRONG", "Completed", "Found", "complete", "find", "rebuild", "touch"]
