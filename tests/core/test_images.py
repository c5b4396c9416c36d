"""Pictures are drawn anew or refused in words, whatever was sent, and in bounded memory."""

import io
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from moothall.core.images import MAX_BYTES, WIDTHS, Drawn, Unreadable, decode, drawn, name, nearest_palette

ROOT = Path(__file__).parents[2]
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


@cache
def picture(form: str, size: tuple[int, int] = (200, 100), mode: str = "RGB", colour: str = "#3366cc") -> bytes:
    """A picture of two halves, the right one white."""
    image = Image.new("RGB", size, colour)
    image.paste("white", (size[0] // 2, 0, *size))
    return saved(image.convert(mode), form)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, pixels: bytes = b"", *, depth: int = 8, colour: int = 2, extra: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", zlib.compress(pixels, 9)) + chunk(b"IEND", b"")


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.html", "<script>alert(1)</script>")
    return out.getvalue()


def webp_canvas(width: int, height: int) -> bytes:
    """An extended WebP whose header promises another canvas than its picture has."""
    inner = picture("WEBP")[12:]
    vp8x = (
        b"VP8X"
        + struct.pack("<I", 10)
        + bytes(4)
        + (width - 1).to_bytes(3, "little")
        + (height - 1).to_bytes(3, "little")
    )
    return b"RIFF" + struct.pack("<I", 4 + len(vp8x) + len(inner)) + b"WEBP" + vp8x + inner


def vp8l(width: int, height: int) -> bytes:
    body = b"\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little") + bytes(40)
    return b"RIFF" + struct.pack("<I", 12 + len(body)) + b"WEBPVP8L" + struct.pack("<I", len(body)) + body


def jpeg_sized(width: int, height: int) -> bytes:
    body = picture("JPEG")
    at = body.index(b"\xff\xc0") + 5
    return body[:at] + struct.pack(">HH", height, width) + body[at + 4 :]


def avif_sized(width: int, height: int) -> bytes:
    body = picture("AVIF")
    at = body.index(b"ispe") + 8
    return body[:at] + struct.pack(">II", width, height) + body[at + 8 :]


def other(form: str) -> bytes:
    return saved(Image.new("RGB", (40, 40), "red"), form)


def corrupted(form: str, seed: int) -> bytes:
    chance = random.Random(f"{form}{seed}")
    body = bytearray(picture(form))
    for _turn in range(1 + seed):
        body[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(body)


SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="/etc/passwd"/></svg>'
)
REFUSED: dict[str, Callable[[], bytes]] = {
    "nothing": bytes,
    "a zero": lambda: b"\0",
    "zeros": lambda: bytes(100_000),
    "svg": lambda: SVG,
    "svg after a mark": lambda: b"\xef\xbb\xbf" + SVG,
    "html": lambda: b"<!doctype html><script>alert(1)</script>",
    "html after GIF's name": lambda: b"GIF89a<script>alert(1)</script>",
    "zip": zipped,
    "pdf": lambda: b"%PDF-1.7\n1 0 obj<<>>endobj",
    "postscript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (w) file\n",
    "elf": lambda: b"\x7fELF" + bytes(500),
    "photoshop": lambda: b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 9, 9, 8, 3) + bytes(100),
    "imagemagick": lambda: (
        b"push graphic-context\nviewbox 0 0 9 9\nimage over 0,0 0,0 'https://x|id'\npop graphic-context"
    ),
    "tiff": lambda: other("TIFF"),
    "bmp": lambda: other("BMP"),
    "ico": lambda: other("ICO"),
    "icns": lambda: b"icns" + struct.pack(">I", 8),
    "tga": lambda: other("TGA"),
    "ppm": lambda: other("PPM"),
    "pcx": lambda: other("PCX"),
    "eps": lambda: other("EPS"),
    "jpeg 2000": lambda: other("JPEG2000"),
    "too many bytes": lambda: picture("PNG") + bytes(MAX_BYTES),
    "png bomb": lambda: png(20_000, 20_000, bytes(2_500_000), depth=1, colour=0),
    "png of 2^31": lambda: png(2**31 - 1, 2**31 - 1),
    "png without width": lambda: png(0, 10),
    "png just over": lambda: png(6325, 6325),
    "png without pixels": lambda: png(50, 50),
    "png text bomb": lambda: png(
        9, 9, bytes(252), extra=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(90_000_000), 9))
    ),
    "gif bomb": lambda: picture("GIF")[:6] + struct.pack("<HH", 65535, 65535) + picture("GIF")[10:],
    "webp bomb": lambda: webp_canvas(16_000_000, 16_000_000),
    "webp canvas too large": lambda: webp_canvas(16_383, 16_383),
    "webp lossless bomb": lambda: vp8l(16_384, 16_384),
    "webp lossless just over": lambda: vp8l(4000, 2600),
    "webp real bomb": lambda: saved(
        Image.new("L", (9000, 9000)).convert("RGB"), "WEBP", lossless=True, method=0, quality=0
    ),
    "jpeg bomb": lambda: jpeg_sized(65_500, 65_500),
    "jpeg just over": lambda: jpeg_sized(6400, 6400),
    "jpeg of a thousand scans": lambda: picture("JPEG") + b"\xff\xda" * 1000,
    "progressive jpeg over": lambda: saved(Image.new("RGB", (5000, 4100)), "JPEG", progressive=True),
    "avif bomb": lambda: avif_sized(65_535, 65_535),
    "avif just over": lambda: avif_sized(4000, 2600),
    "avif of nothing": lambda: b"\0\0\0\x1cftypavif" + bytes(16),
    "avif brand on a film": lambda: b"\0\0\0\x1cftypmif1" + bytes(16) + b"\0\0\0\x08moov",
    "heic": lambda: b"\0\0\0\x1cftypheic" + bytes(400),
    **{f"half a {form}": lambda form=form: picture(form)[: len(picture(form)) // 2] for form in FORMATS},
    **{f"the head of a {form}": lambda form=form: picture(form)[:24] for form in FORMATS},
}
EITHER: dict[str, Callable[[], bytes]] = {
    "png broken in its pixels": lambda: png(50, 50, b"\x09" * 7550),
    "png with a false sum": lambda: picture("PNG").replace(b"IDAT", b"IDAT\x01", 1),
    "png with 10,000 chunks": lambda: png(9, 9, bytes(252), extra=chunk(b"tEXt", b"a\0b") * 10_000),
    "png with a profile bomb": lambda: png(
        9, 9, bytes(252), extra=chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(90_000_000), 9))
    ),
    "jpeg and zip": lambda: picture("JPEG") + zipped(),
    "gif and javascript": lambda: picture("GIF") + b"*/=1;alert(1)//",
    "png and html": lambda: picture("PNG") + b"<script>alert(1)</script>",
    "webp canvas too small": lambda: webp_canvas(10, 10),
    "avif too small": lambda: avif_sized(10, 10),
    "exif nonsense": lambda: saved(Image.new("RGB", (9, 9)), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff"),
    "png at the limit": lambda: png(6300, 6300, bytes(6300 * 18_901)),
    "thin": lambda: png(100_000, 1, bytes(300_001)),
    "tall": lambda: png(1, 100_000, bytes(400_000)),
    **{
        f"{form} spoiled {seed}": lambda form=form, seed=seed: corrupted(form, seed)
        for form in FORMATS
        for seed in (0, 3, 20)
    },
}
HOSTILE = REFUSED | EITHER


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        drawn(REFUSED[case]())
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("case", EITHER)
def test_drawn_or_refused(case: str) -> None:
    settled(EITHER[case]())


@given(
    st.binary(max_size=300)
    | st.builds(bytes.__add__, st.sampled_from(FORMATS).map(lambda f: picture(f)[:40]), st.binary())
)
def test_any_bytes(body: bytes) -> None:
    settled(body)


@given(st.sampled_from(FORMATS), st.data())
def test_spoiled_bytes(form: str, data: st.DataObject) -> None:
    body = bytearray(picture(form))
    for at in data.draw(st.lists(st.integers(0, len(body) - 1), min_size=1, max_size=8)):
        body[at] = data.draw(st.integers(0, 255))
    settled(bytes(body))


def settled(body: bytes) -> Drawn | None:
    """What must hold of any bytes: a refusal, or clean files that open."""
    try:
        result = drawn(body)
    except Unreadable:
        return None
    for width, file in result.files.items():
        with Image.open(io.BytesIO(file), formats=["WEBP"]) as image:
            assert image.width == width <= max(WIDTHS)
            assert b"script" not in file
            assert not {"exif", "xmp", "icc_profile"} & set(image.info)
    return result


def test_memory_stays_bounded() -> None:
    """All hostile files one after another in a fresh process, whose peak may not grow by 200 MB."""
    script = (
        "import importlib, sys\n"
        "from django.conf import settings\n"
        "settings.configure(USE_I18N=False)\n"
        "cases = importlib.import_module('tests.core.test_images')\n"
        "peak = lambda: int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])\n"
        "now = lambda: int(open('/proc/self/status').read().split('VmRSS:')[1].split()[0])\n"
        "bodies = {case: make() for case, make in cases.HOSTILE.items()}\n"
        "open('/proc/self/clear_refs', 'w').write('5')\n"
        "before = now()\n"
        "for case, body in bodies.items():\n"
        "    cases.settled(body)\n"
        "    grown = (peak() - before) // 1024\n"
        "    assert grown < 200, f'{case}: {grown} MB'\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_there_are_sixty() -> None:
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_drawn(form: str) -> None:
    result = drawn(picture(form, (1600, 800)))
    assert (result.width, result.height) == (1280, 640)
    assert list(result.files) == [160, 320, 640, 1280]
    assert decode(picture(form)).format == form
    with Image.open(io.BytesIO(result.files[160])) as small:
        assert small.size == (160, 80)
        left = small.convert("RGB").getpixel((40, 40))
    assert all(abs(a - b) < 12 for a, b in zip(left, (0x33, 0x66, 0xCC), strict=True))


@pytest.mark.parametrize(
    ("size", "widths"), [((1, 1), [1]), ((100, 50), [100]), ((160, 9), [160]), ((500, 9), [160, 320, 500])]
)
def test_never_enlarged(size: tuple[int, int], widths: list[int]) -> None:
    assert list(drawn(picture("PNG", size)).files) == widths


def test_a_tower_keeps_its_shape() -> None:
    result = drawn(picture("PNG", (400, 10_000)))
    assert (result.width, result.height) == (102, 2560)


def test_a_large_photograph() -> None:
    result = drawn(picture("JPEG", (6000, 4000)))
    assert (result.width, result.height) == (1280, 853)


def exif(orientation: int) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010E] = "canary-description"
    tags.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    return tags


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (7, (1, 1)), (8, (0, 1))],
)
def test_orientation_is_applied_and_all_else_is_gone(form: str, orientation: int, corner: tuple[int, int]) -> None:
    image = Image.new("RGB", (160, 80), "white")
    image.paste("red", (0, 0, 40, 40))
    sent = saved(image, form, exif=exif(orientation), comment=b"canary-comment", xmp=b"<x>canary-xmp</x>")
    assert b"canary-description" in sent
    result = drawn(sent)
    assert (result.width < result.height) == (orientation >= 5)
    with Image.open(io.BytesIO(result.files[result.width])) as out:
        assert not out.getexif()
        right, bottom = result.width - 11, result.height - 11
        red, green, _blue = out.convert("RGB").getpixel((corner[0] * right or 10, corner[1] * bottom or 10))
    assert red > 200 > 80 > green
    assert not any(b"canary" in file or b"EXIF" in file or b"XMP" in file for file in result.files.values())


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_of_a_film_the_first_frame(form: str) -> None:
    frames = [Image.new("RGB", (80, 40), colour) for colour in ("red", "lime", "blue")]
    result = drawn(saved(frames[0], form, save_all=True, append_images=frames[1:]))
    with Image.open(io.BytesIO(result.files[80])) as out:
        assert getattr(out, "n_frames", 1) == 1
        red, green, blue = out.convert("RGB").getpixel((20, 20))
    assert red > 200 > 40 > max(green, blue)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_modes_of_png(mode: str) -> None:
    image = Image.new("L", (80, 40), "white").convert(mode) if mode != "I;16" else Image.new("I;16", (80, 40), 65_535)
    with Image.open(io.BytesIO(drawn(saved(image, "PNG")).files[80])) as out:
        assert min(out.convert("RGB").getpixel((20, 20))) > 245


def test_grey_of_sixteen_bits_stays_grey() -> None:
    result = decode(saved(Image.new("I;16", (80, 40), 32_768), "PNG"))
    assert result.image.getpixel((9, 9)) == (128, 128, 128)


def test_print_colours_become_screen_colours() -> None:
    result = decode(saved(Image.new("CMYK", (80, 40), (0, 255, 255, 0)), "JPEG"))
    red, green, blue = result.image.getpixel((9, 9))
    assert red > 200 > 80 > max(green, blue)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF"])
def test_what_is_clear_stays_clear(form: str) -> None:
    image = Image.new("RGBA", (400, 40), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (200, 0, 400, 40))
    with Image.open(io.BytesIO(drawn(saved(image, form)).files[160])) as out:
        assert out.mode == "RGBA"
        assert out.getpixel((20, 8))[3] < 10
        assert out.getpixel((140, 8))[3] > 245


def test_name_is_of_the_bytes() -> None:
    assert name(b"a") == name(b"a") != name(b"b")
    assert len(name(b"")) == 32


def test_the_ground_is_what_the_thing_stands_before() -> None:
    image = Image.new("RGB", (400, 300), "#3366cc")
    image.paste("#bb4433", (100, 60, 300, 240))
    palettes = {"sea": "#3366cc", "moss": "#338844", "brick": "#bb4433"}
    assert nearest_palette(drawn(saved(image, "PNG")).ground, palettes) == "sea"


@pytest.mark.parametrize(
    ("rgb", "palette"), [("#ff0000", "brick"), ("#00ff00", "moss"), ("#0000ff", "sea"), ("#000000", "sea")]
)
def test_nearest_palette(rgb: str, palette: str) -> None:
    assert nearest_palette(rgb, {"sea": "#2244aa", "moss": "#338844", "brick": "#bb4433"}) == palette
