"""A kept picture is drawn as AVIF by the worker; pages offer that where it is whole and smaller."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from moothall.catalog import actions as catalog
from moothall.core import images, pictures, work
from moothall.core.models import Encoding
from tests.town import Town

pytestmark = pytest.mark.django_db


def photograph(width: int = 700, height: int = 500) -> bytes:
    """Something with shades and grain, as a camera gives it."""
    shades = Image.radial_gradient("L").resize((width, height))
    grain = Image.effect_mandelbrot((width, height), (-2, -1.2, 1, 1.2), 60)
    picture = Image.merge("RGB", (shades, grain, shades.transpose(Image.Transpose.ROTATE_180)))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def test_the_worker_draws_it_as_avif() -> None:
    picture = pictures.keep(photograph())
    assert picture.avif_srcset == ""
    work.do_slow()
    picture.refresh_from_db()
    assert picture.avif == picture.widths == [160, 320, 640, 700]
    assert not Encoding.objects.exists()
    for name in picture.files:
        with default_storage.open(name) as file, Image.open(file) as image:
            assert image.width in picture.widths
            assert not image.getexif()
    assert picture.avif_srcset.count(".avif") == 4


def test_kept_twice_it_is_drawn_once() -> None:
    assert pictures.keep(photograph()) == pictures.keep(photograph())
    assert Encoding.objects.count() == 1


def test_where_it_saves_nothing_it_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "as_avif", lambda webp: webp)
    picture = pictures.keep(photograph())
    work.do_slow()
    picture.refresh_from_db()
    assert (picture.avif, picture.avif_srcset, Encoding.objects.count()) == ([], "", 0)


def test_a_half_drawn_picture_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that died left files and no word of them: the next one finishes; no page names what is missing."""
    picture = pictures.keep(photograph())

    def dying(name: str, content: bytes) -> None:
        if name.endswith("640.avif"):
            raise OSError("no space left")
        written(name, content)

    written = pictures._write
    with monkeypatch.context() as patch:
        patch.setattr(pictures, "_write", dying)
        work.do_slow()
    assert default_storage.exists(picture.file(160, "avif"))
    picture.refresh_from_db()
    assert picture.avif_srcset == ""
    pictures.encode(Encoding.objects.get())
    picture.refresh_from_db()
    assert picture.avif == picture.widths


def test_a_page_offers_both(town: Town) -> None:
    product = town.product("Lidded pot")
    catalog.add_picture(by=town.mira, product=product, picture=pictures.keep(photograph()), alt="A pot")
    assert "image/avif" not in Client().get("/@tidewater/lidded-pot").content.decode()
    work.do_slow()
    page = Client().get("/market").content.decode()
    assert '<source type="image/avif"' in page
    address = page.split('srcset="')[1].split()[0]
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/avif")
