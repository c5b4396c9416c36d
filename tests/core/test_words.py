"""Words are folded alike in things and in questions, whatever the language; a slip of one letter is known as such."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.core.search import words
from moothall.core.search.words import LONGEST, asked, fold, is_slip, shapes, stem

LETTERS = st.characters(codec="utf-8", categories=["L", "M", "N", "P", "Z", "S", "C"])
WORD = st.text("abcdeéøßжд茶", min_size=4, max_size=9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Red Lamp, new!", ["red", "lamp", "new"]),
        ("CAFÉ Ærø Straße Łódź", ["cafe", "aero", "strasse", "lodz"]),
        ("TW-POT-01", ["tw", "pot", "01", "twpot01"]),
        ("t-shirt 3.5 l", ["t", "shirt", "tshirt", "3", "5", "35", "l"]),
        ("Ana’s and ANA'S", ["ana", "and", "ana"]),
        ("Ёлка μέλι ΣΑΣ", ["елка", "μελι", "σασ"]),
        ("抹茶碗 tea", ["抹茶", "茶碗", "碗", "tea"]),
        ("Ｗｉｄｅ ﬁne ²", ["wide", "fine", "2"]),
        ("हिन्दी", ["हिन्दी"]),
        ("한국 차", ["한국", "차"]),
        ("\0—…''\u202e", []),
    ],
)
def test_folding(text: str, expected: list[str]) -> None:
    assert fold(text) == expected


def test_a_question_has_no_words_that_only_the_index_adds() -> None:
    assert asked("TW-POT-01 抹茶碗 茶") == ["tw", "pot", "01", "抹茶", "茶碗", "茶"]


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("pots", "pot"),
        ("berries", "berry"),
        ("boxes", "box"),
        ("dishes", "dish"),
        ("glasses", "glass"),
        ("shoes", "shoe"),
    ],
)
def test_plurals(plural: str, singular: str) -> None:
    assert stem(plural) == stem(singular) == singular


@pytest.mark.parametrize("name", ["glass", "iris", "bus", "paris", "gas", "ies", "is", "s", "cactus"])
def test_what_is_no_plural_stays(name: str) -> None:
    assert stem(name) == name


@given(st.text(LETTERS, max_size=60))
def test_any_text_is_folded_into_words_that_fold_into_themselves(text: str) -> None:
    for word in asked(text):
        assert 0 < len(word) <= LONGEST
        assert asked(word) == [word]
        assert word in fold(text)


@given(WORD, st.data())
def test_each_slip_is_seen_and_shares_a_shape(word: str, data: st.DataObject) -> None:
    other = slipped(word, data)
    if other == word:
        assert not is_slip(word, other)
        return
    assert is_slip(word, other)
    assert is_slip(other, word)
    if len(other) >= words.SHORTEST_NEAR:
        assert (shapes(word) | {word}) & (shapes(other) | {other})


@given(WORD, WORD)
def test_a_slip_is_what_the_slow_way_calls_one(one: str, other: str) -> None:
    assert is_slip(one, other) == (distance(one, other) == 1)


def slipped(word: str, data: st.DataObject) -> str:
    """With a letter wrong, missing, more, or swapped with the next."""
    n = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abxyz"))
    return data.draw(
        st.sampled_from(
            [
                word[:n] + word[n + 1 :],
                word[:n] + letter + word[n:],
                word[:n] + letter + word[n + 1 :],
                word[:n] + word[n + 1 : n + 2] + word[n : n + 1] + word[n + 2 :],
            ]
        )
    )


def distance(one: str, other: str) -> int:
    """Letters wrong, missing, more or swapped with their neighbour: the whole table, as it stands in textbooks."""
    table = {(i, -1): i + 1 for i in range(-1, len(one))} | {(-1, j): j + 1 for j in range(-1, len(other))}
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            ways = [table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a != b)]
            if i and j and a == other[j - 1] and one[i - 1] == b:
                ways.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(ways)
    return table[len(one) - 1, len(other) - 1]
