"""Text and HTML that strangers wrote, made safe to keep and to show."""

import html as entities
import re
import unicodedata

import nh3

# Invisible characters that are letters by category: fillers and joiners that make a name look empty or like another.
_HOLLOW = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_JOINERS = "\u200c\u200d"
# Category Cf, but they are seen: signs that stand before Arabic, Syriac and Kaithi numbers.
_SEEN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "ng"}
)
_HANDLE = re.compile(r"[a-z0-9][a-z0-9-]{1,28}[a-z0-9]")
_TAGS = {
    *("p", "br", "strong", "em", "b", "i", "u", "ul", "ol", "li", "h3", "h4", "blockquote", "a"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_TITLES = re.compile(r"<(/?)h[12](?=[\s/>])", re.IGNORECASE)
_BLOCKS = re.compile(r"<(?=/?(?:p|br|div|ul|ol|li|h[1-6]|blockquote|table|caption|tr|t[hd])\b)", re.IGNORECASE)
_SLUG_LENGTH = 60


def tidy(s: str, *, lines: bool = False) -> str:
    """The text in NFC without control, direction-changing or invisible characters; one line unless `lines`.

    With `lines`, tabs, indents and single blank lines stay.
    """
    broken = folded(s) if lines else s
    kept = "".join(char for char in broken if _is_kept(char))
    if not lines:
        return _trimmed(" ".join(_composed(kept).split()))
    rows = (row.rstrip() for row in _composed(kept).split("\n"))
    return _trimmed(re.sub("\n{3,}", "\n\n", "\n".join(rows)))


def folded(s: str) -> str:
    """The text with each end of a line as one sign."""
    return _BREAKS.sub("\n", s)


def slug(s: str) -> str:
    """Lower-case ASCII words with hyphens, at most 60 characters, for addresses; "thing" if nothing is left."""
    plain_letters = unicodedata.normalize("NFKD", s.lower().translate(LETTERS)).lower()
    latin = plain_letters.encode("ascii", "ignore").decode()
    hyphened = re.sub(r"[^a-z0-9]+", "-", latin).strip("-")
    return hyphened[:_SLUG_LENGTH].rstrip("-") or "thing"


def handle_ok(s: str) -> bool:
    """Whether a person or brand may be called so: 3 to 30 of a–z, 0–9 and inner hyphens."""
    return _HANDLE.fullmatch(s) is not None


def safe_html(html: str) -> str:
    """The few tags a text needs, links to the web and to mail, and nothing else; its titles start at h3.

    The caller caps the length: a text that only nests takes time by the square of its depth.
    """
    demoted = _TITLES.sub(r"<\1h3", _plain_characters(html))
    return nh3.clean(
        demoted,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="nofollow noopener ugc",
    )


def plain(html: str) -> str:
    """The text of some HTML on one line; it is text and may hold "<", so it is escaped where it is shown."""
    spaced = _BLOCKS.sub(" <", _plain_characters(html))
    return tidy(entities.unescape(nh3.clean(spaced, tags=set())))


def words(s: str, n: int) -> str:
    """At most `n` characters of a text, cut between words, with an ellipsis if something was cut."""
    if len(s) <= n:
        return s
    if n < 1:
        return ""
    head = s[: n - 1]
    if not s[n - 1].isspace():
        whole, space, _rest = head.rpartition(" ")
        head = whole if space and whole.strip() else head
    return head.rstrip(" \t\n.,;:–—-" + _JOINERS) + "…"


def _plain_characters(html: str) -> str:
    return "".join(char for char in _BREAKS.sub("\n", html) if _is_kept(char))


def _is_kept(char: str) -> bool:
    if char.isascii():
        return char.isprintable() or char in "\t\n\r\x0b\x0c"
    if char in _HOLLOW or char in "\ufffe\uffff":
        return False
    category = unicodedata.category(char)
    if category == "Cf":
        return char in _JOINERS or char in _SEEN
    return category != "Cs" and (category != "Cc" or char == "\x85")


def _composed(s: str) -> str:
    return unicodedata.normalize("NFC", re.sub(f"([{_JOINERS}])[{_JOINERS}]+", r"\1", s))


def _trimmed(s: str) -> str:
    """Without space at the ends, nor joiners, which there join nothing and would make a name of nothing."""
    while s != (shorter := s.strip().strip(_JOINERS)):
        s = shorter
    return s
