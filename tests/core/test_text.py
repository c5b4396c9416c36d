"""What strangers write comes out clean, whatever it was."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.core.text import handle_ok, plain, safe_html, slug, tidy, words

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
JUNK = "\u200b\u200e\u200f\u2060\u2061\u2064\ufeff\u00ad\u061c\u180e\u034f\u115f\u1160\u3164\uffa0\ufff9\U000e0041"
TRICKS = BIDI + JUNK + "\x00\x01\x07\x0b\x0c\x1b\x1f\x7f\x85\x9b\u2028\u2029\ud800\udfff\ufffe\uffff"
# Any text, and texts made of little else than what can go wrong, surrogates included.
ANY = (
    st.text() | st.text(st.characters()) | st.text(TRICKS + "\u200c\u200d ab\t\r\n\u00a0\u2000\u3000e\u0301\u212b<>&;")
)
PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<h1>",
            "</h1>",
            "<H2 class=x>",
            "<b",
            ">",
            "<a href=",
            '"',
            "'",
            "javascript:alert(1)",
            "x",
            " ",
        ),
        *(
            "<script>",
            "</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)>",
            "<style>",
            "<table>",
            "<td>",
        ),
        *(
            "<math><mtext>",
            "<!--",
            "-->",
            "<![CDATA[",
            "&lt;",
            "&#x3c;",
            "&#0;",
            "\x00",
            "/",
            "<br/>",
            "onclick=1",
            "<h1/",
        ),
    ]
)
HTML = ANY | st.lists(PIECES, max_size=40).map("".join)


@given(ANY, st.booleans())
def test_tidy_leaves_nothing_banned(s: str, lines: bool) -> None:
    out = tidy(s, lines=lines)
    assert not set(out) & set(TRICKS)
    assert all(unicodedata.category(char) != "Cc" or (lines and char in "\n\t") for char in out)
    assert out == out.strip()
    assert unicodedata.is_normalized("NFC", out)
    assert tidy(out, lines=lines) == out
    out.encode()
    if not lines:
        assert out == " ".join(out.split())


@pytest.mark.parametrize(
    ("given", "out"),
    [
        ("  two\t words\r\n here ", "two words here"),
        ("e\u0301", "é"),
        ("ad\u202emin", "admin"),
        ("a\u200bd\ufeffmin", "admin"),
        ("\u200d\u200c \u200d", ""),
        ("\u3164", ""),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200d\u200d\u200db", "a\u200db"),
        ("don’t £5 日本", "don’t £5 日本"),
        ("nul\x00", "nul"),
    ],
)
def test_tidy_one_line(given: str, out: str) -> None:
    assert tidy(given) == out


def test_tidy_keeps_lines() -> None:
    assert tidy("\n a \r\n\r\n\r\n\n  b\tc\x00 \r d\u2028e ", lines=True) == "a\n\n  b\tc\n d\ne"


@given(ANY)
def test_slug_is_always_one(s: str) -> None:
    out = slug(s)
    assert out
    assert len(out) <= 60
    assert set(out) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert out.strip("-") == out
    assert "--" not in out


@pytest.mark.parametrize(
    ("given", "out"),
    [
        *(("Größe: 12 ½ Ellen!", "grosse-12-12-ellen"), ("Łódź & Øre", "lodz-ore"), ("ﬁne", "fine")),
        *(("日本", "thing"), ("", "thing"), ("İstanbul", "istanbul")),
    ],
)
def test_slug(given: str, out: str) -> None:
    assert slug(given) == out


@pytest.mark.parametrize("handle", ["ana", "a-b", "a1-2-3", "0x0", "a" * 30])
def test_handles(handle: str) -> None:
    assert handle_ok(handle)


@pytest.mark.parametrize(
    "handle", ["", "ab", "a" * 31, "-ab", "ab-", "Ana", "a_b", "a b", "ána", "ana\n", "аna", "a.b"]
)
def test_no_handles(handle: str) -> None:
    assert not handle_ok(handle)


@given(HTML)
def test_safe_html_is_safe(html: str) -> None:
    out = safe_html(html).lower()
    for banned in ("<script", "<img", "<svg", "<style", "<h1", "<h2", "<iframe", "<math", "<!--", "\x00", '<a href="j'):
        assert banned not in out


@pytest.mark.parametrize(
    ("given", "out"),
    [
        ("<h1>A</h1><H2 id=x>B</H2><h3>C</h3>", "<h3>A</h3><h3>B</h3><h3>C</h3>"),
        ("<p class=x style='color:red' onclick=x>a<br>b</p>", "<p>a<br>b</p>"),
        ("<script>alert(1)</script>x<style>*{}</style>", "x"),
        ("a<img src=x onerror=alert(1)>b", "ab"),
        ("<hr1>x", "x"),
        ('<a href="mailto:a@b.c">m</a>', '<a href="mailto:a@b.c" rel="nofollow noopener ugc">m</a>'),
        ('<a href="https://b.c" rel=x target=y>m</a>', '<a href="https://b.c" rel="nofollow noopener ugc">m</a>'),
        ("<table><tr><td colspan=9>1</td></tr></table>", "<table><tbody><tr><td>1</td></tr></tbody></table>"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
    ],
)  # fmt: skip
def test_safe_html(given: str, out: str) -> None:
    assert safe_html(given) == out


@pytest.mark.parametrize(
    "href",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "java\tscript:x",
            "&#106;avascript:x",
            " javascript:x",
            "\x01javascript:x",
        ),
        *(
            "data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "/orders/1/cancellation",
            "?x",
            "#x",
            "ftp://a.b",
            "file:///etc",
        ),
    ],
)
def test_links_elsewhere_are_no_links(href: str) -> None:
    assert "href" not in safe_html(f'<a href="{href}">x</a>')


@given(HTML)
def test_plain_is_tidy(html: str) -> None:
    out = plain(html)
    assert tidy(out) == out


@pytest.mark.parametrize(
    ("given", "out"),
    [
        ("<h1>A</h1><p>b &amp; <em>c</em>d</p><ul><li>1</li><li>2</li></ul>x<br>y", "A b & cd 1 2 x y"),
        ("<script>alert(1)</script>a&lt;b", "a<b"),
        ("<p>&#x202e;&#8203;x</p>", "x"),
    ],
)
def test_plain(given: str, out: str) -> None:
    assert plain(given) == out


@given(ANY, st.integers(-1, 50))
def test_words_fit(s: str, n: int) -> None:
    out = words(s, n)
    assert out == s or len(out) <= max(n, 0)


@pytest.mark.parametrize(
    ("n", "out"),
    [(99, "The quick, brown fox"), (20, "The quick, brown fox"), (19, "The quick, brown…"), (17, "The quick, brown…"),
     (16, "The quick…"), (11, "The quick…"), (4, "The…"), (3, "Th…"), (1, "…"), (0, "")],
)  # fmt: skip
def test_words(n: int, out: str) -> None:
    assert words("The quick, brown fox", n) == out
