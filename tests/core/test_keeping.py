"""What `{% keep %}` keeps is made once for each key, and for each language apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from moothall.core import keeping
from moothall.core.jinja import environment


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    keeping.forget()
    yield
    keeping.forget()


@pytest.fixture
def house() -> Environment:
    pages = {
        "one": "{% keep key %}{{ make() }}{% endkeep %}|{{ name }}",
        "two": "{% keep key, other %}{{ make() }}{% endkeep %}{% keep key %}{{ make() }}{% endkeep %}",
        "none": "{% keep %}{{ make() }}{% endkeep %}",
    }
    return environment(loader=DictLoader(pages))


class Maker:
    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> str:
        self.made += 1
        return f"<{self.made}>"


def test_made_once_for_each_key(house: Environment) -> None:
    make = Maker()
    page = house.get_template("one")
    said = [page.render(key=key, make=make, name=name) for key, name in ((1, "ana"), (1, "ben"), (2, "noor"))]
    assert said == ["&lt;1&gt;|ana", "&lt;1&gt;|ben", "&lt;2&gt;|noor"]


def test_two_places_with_the_same_key_do_not_meet(house: Environment) -> None:
    make = Maker()
    assert house.get_template("two").render(key=1, other=2, make=make) == "&lt;1&gt;&lt;2&gt;"
    assert house.get_template("two").render(key=1, other=2, make=make) == "&lt;1&gt;&lt;2&gt;"
    assert house.get_template("none").render(key=1, make=make) == "&lt;3&gt;"


def test_each_language_apart(house: Environment) -> None:
    make = Maker()
    for language, said in (("en", "&lt;1&gt;"), ("de", "&lt;2&gt;"), ("en", "&lt;1&gt;")):
        with translation.override(language):
            assert house.get_template("none").render(make=make) == said


def test_what_is_kept_is_escaped_once(house: Environment) -> None:
    said = house.get_template("one").render(key=1, make=lambda: "a & b", name=Markup("&amp;"))
    assert said == "a &amp; b|&amp;"


def test_no_more_than_so_many(house: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST", 2)
    make = Maker()
    for key in (1, 2, 3, 1):
        house.get_template("one").render(key=key, make=make, name="")
    assert make.made == 4
