"""Every thing and every face draws itself, the same each time, with no id twice."""

import re
from xml.etree import ElementTree

import pytest

from moothall.core.drawing import KINDS, PALETTES, PEOPLE, Face, face, palette_for, picture, png
from moothall.core.drawing.__main__ import STATIC, fronts


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_thing_is_drawn(kind: str) -> None:
    for number, palette in enumerate(sorted(PALETTES)):
        text = picture(kind, palette, number, 800, 480)
        assert text == picture(kind, palette, number, 800, 480)
        assert_sound(text)


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
def test_face_is_drawn(person: Face) -> None:
    assert_sound(face(person))


def test_hall_on_file_is_the_hall_drawn() -> None:
    for name, text in fronts().items():
        assert_sound(text)
        assert (STATIC / name).read_text(encoding="utf-8") == text + "\n", "run: python -m moothall.core.drawing"


def test_town_has_room_for_eighty_things_and_sixty_people() -> None:
    assert len(KINDS) >= 84
    assert len({face(person) for person in PEOPLE.values()}) >= 60


def test_png_holds_the_lettering_of_a_poster() -> None:
    poster = picture("poster_ferry", "peach")
    assert png(poster, 120).startswith(b"\x89PNG")
    assert png(poster, 120) != png(poster.replace("FERRY", "TRAIN"), 120)


def test_palette_of_a_name_stays() -> None:
    assert palette_for("quiet-kettle") == palette_for("quiet-kettle")
    assert len({palette_for(str(number)) for number in range(200)}) == len(PALETTES)


def assert_sound(svg: str) -> None:
    ElementTree.fromstring(svg)
    names = re.findall(r'id="(\w+)"', svg)
    assert len(names) == len(set(names))
    assert set(re.findall(r"url\(#(\w+)\)", svg)) <= set(names)
