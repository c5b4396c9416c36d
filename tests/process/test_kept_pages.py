"""Two processes keep parts of pages, each by itself; what one of them changes, the other shows at once."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import httpx
from lxml import html

from .conftest import Opened
from .hall import PLAIN
from .shopper import Form, Shopper

DESK = "/desk/tidewater"


def test_what_changes_in_one_process_is_shown_by_the_other(a_hall: Opened) -> None:
    hall = a_hall("web", processes=2)
    mira, noor = Shopper(hall, "mira"), Shopper(hall, "noor")
    where = f"{hall.address}{hall.scene['pages']['pot']}"

    def seen(cookies: dict[str, str] | None = None) -> set[int | str]:
        """What forty who come at once are shown, by both processes: its price, or the status of a no."""
        with ThreadPoolExecutor(8) as many:
            answers = list(many.map(lambda _n: httpx.get(where, cookies=cookies, verify=PLAIN), range(40)))
        return {_price(one) if one.status_code == 200 else one.status_code for one in answers}

    assert seen() == {"£38"}
    assert mira.post(_product(mira), **{"kind-0-price": "41"}).status_code == 302
    assert seen() == {"£41"}

    own = {"session": hall.scene["sessions"]["noor"]}
    assert seen(own) == {"£41"}
    assert noor.post(noor.form("/@tidewater", "/@tidewater/block")).status_code == 302
    assert seen(own) == {404}
    assert seen() == {"£41"}

    form = mira.form(f"{DESK}/products/pot", f"{DESK}/products/pot/publication/end")
    assert mira.post(form).status_code == 302
    assert seen() == {404}


def _price(page: httpx.Response) -> str:
    """In the part of the page that is kept."""
    found = re.search(r'class="prices">.*?(£[\d.]+)', page.text, re.DOTALL)
    return found[1] if found else "?"


def _product(mira: Shopper) -> Form:
    """The form that writes a product anew; it is sent to its own page."""
    where = f"{DESK}/products/pot"
    found = next(one for one in html.fromstring(mira.get(where).text).forms if "title" in one.fields)
    return Form(where, {name: value or "" for name, value in found.form_values()})
