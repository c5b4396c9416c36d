"""Pictures people send, decoded and drawn anew in our sizes, so that nothing of the sent file is ever served."""

import hashlib
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image

from moothall.core.refusals import BadInput

MAX_BYTES = 12_000_000
# libwebp holds the whole picture some four times while it decodes, the others once or less. AVIF is not taken:
# libavif believes
# the stream more than its header, so that two kilobytes can unpack to hundreds of megabytes before a pixel is counted.
MAX_PIXELS = {"JPEG": 40_000_000, "MPO": 40_000_000, "PNG": 40_000_000, "GIF": 40_000_000,
              "WEBP": 10_000_000}  # fmt: skip
# A JPEG of several scans keeps up to eight bytes a pixel until its last scan is read, and each scan costs a full pass.
MAX_PIXELS_IN_SCANS = 20_000_000
MAX_SCANS = 100
MAX_HEIGHT = 2560
WIDTHS = (160, 320, 640, 1280)

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_STRIP_PIXELS = 500_000
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

Image.MAX_IMAGE_PIXELS = max(MAX_PIXELS.values())
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


class Unreadable(BadInput):
    """These bytes are no picture, or more picture than we open."""


@dataclass(frozen=True)
class Decoded:
    """A picture in memory, upright, RGB or RGBA, at most as large as the largest size we draw."""

    image: Image.Image
    format: str
    width: int
    height: int


@dataclass(frozen=True)
class Drawn:
    """A picture as it is stored: the size of its largest file, WebP bytes by width, the colour of its ground as
    #rrggbb."""

    width: int
    height: int
    files: dict[int, bytes]
    ground: str


def name(body: bytes) -> str:
    """The name a picture is stored under: the same bytes, the same name."""
    return hashlib.sha256(body).hexdigest()[:32]


def drawn(body: bytes, widths: tuple[int, ...] = WIDTHS) -> Drawn:
    """The picture as WebP in each width up to its own, never enlarged. Refuses what `decode` refuses."""
    picture = decode(body, longest=max(widths))
    own = picture.width
    offered = sorted({width for width in widths if width <= own} | {min(own, max(widths))})
    files = {width: _webp(picture.image, width) for width in offered}
    largest = offered[-1]
    return Drawn(largest, _height(picture.image, largest), files, _ground(picture.image))


def decode(body: bytes, longest: int = WIDTHS[-1]) -> Decoded:
    """The first frame, upright, at most `longest` wide and MAX_HEIGHT high; refuses all that is not a picture of ours.

    A format is known by its content alone, and its pixels are counted before any is decoded.
    """
    if len(body) > MAX_BYTES:
        raise Unreadable(too_large())
    if body.count(b"\xff\xda") > MAX_SCANS and body.startswith(b"\xff\xd8"):
        raise Unreadable(_not_a_picture())
    try:
        return _decode(body, longest)
    except Unreadable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable(_too_many_pixels(max(MAX_PIXELS.values()))) from error
    except Exception as error:
        # Pillow's plugins raise whatever a broken file leads them to: struct.error, KeyError, MemoryError and more.
        raise Unreadable(_not_a_picture()) from error


def nearest_palette(rgb: str, palettes: Mapping[str, str]) -> str:
    """The name of the palette whose colour looks nearest to `rgb`; all colours as #rrggbb, at least one palette."""
    wanted = _oklab(rgb)

    def distance(palette: str) -> float:
        return sum((a - b) ** 2 for a, b in zip(wanted, _oklab(palettes[palette]), strict=True))

    return min(palettes, key=distance)


def too_large() -> str:
    return _("This picture is larger than 12 MB. Send a smaller one.")


def _not_a_picture() -> str:
    return _("This is not a picture we can read. Use JPEG, PNG, WebP or GIF.")


def _too_many_pixels(allowed: int) -> str:
    return _("This picture has too many pixels. Send one of at most %(n)d megapixels.") % {"n": allowed // 1_000_000}


def _decode(body: bytes, longest: int) -> Decoded:
    stream = BytesIO(body)
    with Image.open(stream, formats=_FORMATS) as source:
        form = source.format or ""
        _check_pixels(source, form, stream)
        orientation = _orientation(source)
        lies = orientation >= 5
        wide, high = source.size[::-1] if lies else source.size
        width, height = _fitted(wide, high, longest)
        target = (height, width) if lies else (width, height)
        if form in ("JPEG", "MPO"):
            source.draft(source.mode, target)
        source.load()
        small = _shrunk(source, target)
    upright = small.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else small
    # Pixels only: what stands in `info` (EXIF, XMP, profiles, comments) stays behind.
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    return Decoded(clean, "JPEG" if form == "MPO" else form, *clean.size)


def _check_pixels(source: Image.Image, form: str, stream: BytesIO) -> None:
    allowed = MAX_PIXELS[form]
    if form == "MPO" or (form == "JPEG" and _has_scans(source, stream)):
        allowed = MAX_PIXELS_IN_SCANS
    width, height = source.size
    if width < 1 or height < 1:
        raise Unreadable(_not_a_picture())
    if width * height > allowed:
        raise Unreadable(_too_many_pixels(allowed))


def _orientation(source: Image.Image) -> int:
    try:
        said = source.getexif().get(_ORIENTATION, 1)
    except Exception:
        # Cameras write broken EXIF; the picture itself may still be good.
        return 1
    return said if isinstance(said, int) and said in _UPRIGHT else 1


def _has_scans(source: Image.Image, stream: BytesIO) -> bool:
    """Whether the JPEG comes in several scans; libjpeg asks the same of the first, at whose head Pillow has stopped."""
    parts = len(source.getbands())
    head = b"\xff\xda" + (6 + 2 * parts).to_bytes(2) + bytes([parts])
    before = stream.getbuffer()[: stream.tell()][-(8 + 2 * parts) :]
    return "progressive" in source.info or "progression" in source.info or not bytes(before).startswith(head)


def _fitted(width: int, height: int, longest: int) -> tuple[int, int]:
    scale = min(1.0, longest / width, MAX_HEIGHT / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _shrunk(source: Image.Image, target: tuple[int, int]) -> Image.Image:
    """The picture at `target` size in RGB or RGBA; strip by strip, so that no second full-size copy exists."""
    width, height = source.size
    by = (max(1, width // target[0]), max(1, height // target[1]))
    mode = "RGBA" if source.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in source.info else "RGB"
    canvas = Image.new(mode, (-(-width // by[0]), -(-height // by[1])))
    rows = max(1, _STRIP_PIXELS // width // by[1]) * by[1]
    for top in range(0, height, rows):
        strip = _coloured(source.crop((0, top, width, min(top + rows, height))), mode)
        canvas.paste(strip.reduce(by), (0, top // by[1]))
    return canvas if canvas.size == target else canvas.resize(target, Image.Resampling.LANCZOS)


def _coloured(strip: Image.Image, mode: str) -> Image.Image:
    if strip.mode.startswith("I"):
        # Sixteen bits a pixel: Pillow would cut these at 255 and show white.
        strip = strip.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        strip.info.pop("transparency", None)
    return strip if strip.mode == mode else strip.convert(mode)


def _webp(image: Image.Image, width: int) -> bytes:
    if width != image.width:
        image = image.resize((width, _height(image, width)), Image.Resampling.LANCZOS)
    out = BytesIO()
    image.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()


def as_avif(webp: bytes) -> bytes:
    """One of our own WebP files as AVIF."""
    out = BytesIO()
    with Image.open(BytesIO(webp), formats=("WEBP",)) as image:
        image.save(out, "AVIF", quality=60, speed=7, max_threads=1)
    return out.getvalue()


def _height(image: Image.Image, width: int) -> int:
    return max(1, round(image.height * width / image.width))


def _ground(image: Image.Image) -> str:
    """The colour most of the picture's edge has, as #rrggbb: what the thing stands before."""
    small = image.resize((32, 32)).convert("RGBA")
    flat = Image.alpha_composite(Image.new("RGBA", small.size, "white"), small).convert("RGB")
    few = flat.quantize(12, Image.Quantize.MEDIANCUT)
    index = few.tobytes()  # one byte a pixel, row by row
    edge = [*index[:64], *index[::32], *index[31::32]]
    commonest = max(set(edge), key=edge.count)
    red, green, blue = (few.getpalette() or [])[commonest * 3 : commonest * 3 + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _oklab(colour: str) -> tuple[float, float, float]:
    """Björn Ottosson's Oklab, in which equal distances look equal (bottosson.github.io/posts/oklab)."""
    digits = colour.lstrip("#")
    srgb = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in srgb)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )
