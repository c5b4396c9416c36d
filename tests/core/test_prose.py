"""A few signs make paragraphs, lists and links; whatever else was written stays words."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.core import prose
from tests.browser.payloads import PAYLOADS

HERE = {"ana": "/@ana", "ben-2": "/@benedict"}


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("One\ntwo\n\nthree", "<p>One<br>two</p><p>three</p>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("So:\n- one", "<p>So:</p><ul><li>one</li></ul>"),
        ("> he said\nNo", "<blockquote><p>he said</p></blockquote><p>No</p>"),
        ("**both** *hands* `x < y`", "<p><strong>both</strong> <em>hands</em> <code>x &lt; y</code></p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("a*b*c", "<p>a*b*c</p>"),
        ("<b>& \"'", "<p>&lt;b&gt;&amp; &#34;&#39;</p>"),
        (
            "@ana and @Ben-2, not @noor",
            '<p><a href="/@ana">@ana</a> and <a href="/@benedict">@Ben-2</a>, not @noor</p>',
        ),
        ("ana@ana @@ana /@ana", "<p>ana@ana @@ana /@ana</p>"),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ("", ""),
    ],
)
def test_as_it_is_shown(words: str, html: str) -> None:
    assert prose.as_html(words, HERE) == html


@pytest.mark.parametrize(
    ("words", "to"),
    [
        ("see https://a.example/b?c=1&d=2.", "https://a.example/b?c=1&amp;d=2"),
        ("(https://a.example/)", "https://a.example/"),
        ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("HTTP://A.EXAMPLE!", "HTTP://A.EXAMPLE"),
        ("https://a.example/@ana", "https://a.example/@ana"),
    ],
)
def test_addresses_lead_there_and_are_not_ours(words: str, to: str) -> None:
    html = prose.as_html(words, HERE)
    assert f'<a href="{to}" rel="nofollow noopener ugc">{to}</a>' in html
    assert html.count("<a ") == 1


def test_who_is_called_by_name() -> None:
    assert prose.names_in("@ana @Ben-2 @ana x@noor `@mira` https://x.example/@cleo @a") == ["ana", "ben-2"]
    assert prose.names_in("**@ana** *and @ben-2* `**@cleo**` **https://x.example/@dora** *a* @eve") == [
        "ana",
        "ben-2",
        "eve",
    ]
    assert prose.addresses_in("http://a https://b ftp://c https://") == 2


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(attrs)))


PIECES = st.sampled_from(
    [*PAYLOADS, "*", "**", "`", "- ", "> ", "\n", "\n\n", "@ana", "https://", "http://x.test/", '"']
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_no_tag_and_no_attribute_comes_from_the_words(words: str) -> None:
    html = prose.as_html(words, HERE)
    tags = Tags()
    tags.feed(str(html))
    for tag, attrs in tags.found:
        assert tag in {"p", "br", "ul", "li", "blockquote", "strong", "em", "code", "a"}
        assert {name for name, _value in attrs} <= {"href", "rel"}
        for name, value in attrs:
            assert name == "rel" or re.match(r"(https?://|/@ana$)", value or "", re.IGNORECASE)


@pytest.mark.parametrize("piece", ["*", "**", "`", "@", "*a", "> ", "- ", "https://", "(", "*a **b ", "**@a*", "* *"])
def test_four_times_the_words_take_about_four_times_as_long(piece: str) -> None:
    """Sixteen times would be the square."""

    def least(letters: int) -> float:
        words = (piece * letters)[:letters]
        taken = []
        for _try in range(5):
            begun = time.process_time()
            prose.as_html(words, HERE)
            prose.names_in(words)
            taken.append(time.process_time() - begun)
        return min(taken)

    assert least(16_000) < 12 * least(4_000) + 0.02
