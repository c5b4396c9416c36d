"""Hostile files through the forms where people send them: a clear sentence or a clean picture, and nothing of what was
sent is served. The web process does not grow by it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from PIL import Image, PngImagePlugin

from tests.core.test_images import HOSTILE, REFUSED, chunk, picture, png, saved, zipped

from .conftest import Opened
from .hall import HallProcess, until
from .shopper import Shopper, sentence_in

DESK = "/desk/tidewater"
CANARY = b"CANARY-51.2045N-3.4521W"


def exif() -> bytes:
    found = Image.Exif()
    found[0x010E] = CANARY.decode()  # its description
    found.get_ifd(0x8825).update({1: "N", 2: (51.0, 12.0, 16.2), 3: "W", 4: (3.0, 27.0, 7.6), 29: CANARY.decode()})
    return found.tobytes()


def talking() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", CANARY.decode())
    words.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{CANARY.decode()}</x:xmpmeta>")
    return saved(Image.new("RGB", (90, 60), "red"), "PNG", pnginfo=words)


def film(form: str) -> bytes:
    frames = [Image.new("RGB", (80, 40), colour) for colour in ("red", "lime", "blue")]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], comment=CANARY, exif=exif())


# Pictures that are fine in themselves, and say more than their pixels or say it oddly.
TALKING: dict[str, Callable[[], bytes]] = {
    "jpeg with a place": lambda: saved(Image.new("RGB", (90, 60)), "JPEG", exif=exif(), comment=CANARY),
    "webp with a place": lambda: saved(Image.new("RGB", (90, 60)), "WEBP", exif=exif(), xmp=CANARY),
    "png with a place": lambda: saved(Image.new("RGB", (90, 60)), "PNG", exif=exif()),
    "png with words": talking,
    "png with a profile": lambda: saved(Image.new("RGB", (90, 60)), "PNG", icc_profile=bytes(128) + CANARY),
    "jpeg with a profile": lambda: saved(Image.new("RGB", (90, 60)), "JPEG", icc_profile=bytes(128) + CANARY),
    "png with a chunk of its own": lambda: png(9, 9, bytes(252), extra=chunk(b"caNa", CANARY)),
    "gif with a comment": lambda: saved(Image.new("RGB", (90, 60)), "GIF", comment=CANARY),
    "gif that moves": lambda: film("GIF"),
    "webp that moves": lambda: film("WEBP"),
    "png and what follows it": lambda: picture("PNG") + CANARY,
    "jpeg and what follows it": lambda: picture("JPEG") + zipped() + CANARY,
    "sixteen bits": lambda: saved(Image.new("I;16", (80, 40), 32_768), "PNG"),
    "print colours": lambda: saved(Image.new("CMYK", (80, 40), (0, 255, 255, 0)), "JPEG", comment=CANARY),
    "clear": lambda: saved(Image.new("RGBA", (80, 40), (0, 0, 0, 0)), "PNG"),
    "one pixel": lambda: saved(Image.new("RGB", (1, 1)), "PNG"),
    "black and white": lambda: saved(Image.new("1", (80, 40)), "PNG"),
}
NAMES = [
    *("../../../etc/passwd", "..\\..\\x.png", "/etc/cron.d/x", "x\0.png", "<img src=x onerror=hit(1)>.png", "con.png"),
    *("x.svg", "x.php.png", "x.png\r\nX-Evil: 1", '"; rm -rf ~', "%00.png", "\u202egnp.exe", "." * 300, "x" * 5000),
]


def test_pictures(a_hall: Opened) -> None:
    hall = a_hall("web")
    desk = Desk(hall)
    cases = HOSTILE | TALKING
    names = [NAMES[n % len(NAMES)] if n % 3 == 0 else f"{n}.png" for n in range(len(cases))]
    bodies = {case: make() for case, make in cases.items()}
    before = _forget_peaks(hall)
    for (case, body), name in zip(bodies.items(), names, strict=True):
        said = desk.send_picture(name, body)
        kept = desk.kept()
        assert bool(said) != bool(kept), (case, said, kept)
        assert not (kept and case in REFUSED), case
        assert kept or case not in TALKING, (case, said)
        assert not said or (said.endswith(".") and not re.search("Error|Traceback|0x", said)), (case, said)
        desk.take_off(kept)
        grown = _peak(hall) - before
        assert grown < 200_000, f"{case}: the process grew by {grown} kB"
    assert len(cases) >= 75
    _nothing_of_it_is_kept(hall, bodies)
    assert "Traceback" not in hall.log(), hall.log()[-3000:]


def test_files_of_products(a_hall: Opened) -> None:
    """The same files, and odd names, where a desk sends its products: each run ends, and says how."""
    hall = a_hall("web", "worker")
    desk = Desk(hall)
    cases = {case: make() for case, make in (HOSTILE | TALKING).items()}
    cases |= {
        "a zip by another name": zipped(),
        "all in one cell": b'Handle,Title,Variant Price\r\na,"' + b"x" * 3_000_000,
        "a column without end": b"Handle,Title,Variant Price," + b"x" * 500_000 + b"\r\nb,B,3,y\r\n",
        "many columns": b"Handle,Title,Variant Price" + b",x" * 30_000 + b"\r\nc,C,3\r\n",
        "NUL in it": b"Handle,Title,Variant Price\r\nd\0,D\0,3\r\n",
        "two bytes a letter": "Handle,Title,Variant Price\r\ne,E,3\r\n".encode("utf-16"),
        "half a letter": b"Handle,Title,Variant Price\r\nf,F\xc3,3\r\n",
        "formulas": b"Handle,Title,Variant Price\r\ng,\"=cmd|' /C calc'!A0\",3\r\n",
    }
    before, led = _forget_peaks(hall), {}
    for n, (case, body) in enumerate(cases.items()):
        answer = desk.send_products(NAMES[n % len(NAMES)], body)
        if answer.status_code == 400:
            assert "in a form we cannot read" in answer.text, case
            continue
        assert answer.status_code == 302, (case, answer.status_code)
        led[case] = answer.headers["Location"]
        grown = _peak(hall) - before
        assert grown < 200_000, f"{case}: the process grew by {grown} kB"
    until(lambda: not hall.one("SELECT COUNT(*) FROM catalog_import WHERE ended IS NULL"), "imports go on", 120)
    assert not hall.one("SELECT COUNT(*) FROM catalog_import WHERE dead IS NOT NULL")
    for case, where in led.items():
        page = desk.mira.get(where)
        assert page.status_code == 200, (case, where)
        assert "onerror=hit" not in page.text.replace("&lt;img src=x onerror=hit", ""), case
    said = hall.rows("SELECT refused FROM catalog_import WHERE refused <> ''")
    assert len(said) > 60
    assert all(one.endswith(".") for (one,) in said), said
    assert "Traceback" not in hall.log("worker"), hall.log("worker")[-3000:]


class Desk:
    def __init__(self, hall: HallProcess) -> None:
        self.hall, self.mira = hall, Shopper(hall, "mira")

    def send_picture(self, name: str, body: bytes) -> str:
        """What the page says against it; nothing where it was taken."""
        form = self.mira.form(f"{DESK}/products/pot", f"{DESK}/products/pot/pictures")
        answer = self._send(form.action, form.fields, "picture", name, body)
        if answer.status_code == 400:  # such a name is none
            assert "in a form we cannot read" in answer.text
            return self.send_picture("again.png", body)
        if answer.status_code == 413:
            return answer.text
        assert answer.status_code == 302, answer.status_code
        page = self.mira.get(f"{DESK}/products/pot")
        return sentence_in(page) if 'role="alert"' in page.text else ""

    def send_products(self, name: str, body: bytes) -> httpx.Response:
        form = self.mira.form(f"{DESK}/imports", f"{DESK}/imports/new")
        return self._send(form.action, form.fields, "file", name, body)

    def _send(self, action: str, fields: dict[str, str], field: str, name: str, body: bytes) -> httpx.Response:
        answer = self.mira.web.post(action, data=fields, files={field: (name, body, "image/png")})
        assert answer.status_code < 500, (name, answer.status_code)
        return answer

    def kept(self) -> list[int]:
        """Where the product's pictures stand; each of their files is a WebP of ours that tells nothing."""
        page = self.mira.get(f"{DESK}/products/pot").text
        for address in set(re.findall(r"/media/[\w/.-]+", page)):
            file = self.mira.get(address)
            assert file.headers["Content-Type"] == "image/webp", address
            assert file.headers["X-Content-Type-Options"] == "nosniff", address
            with Image.open(io.BytesIO(file.content), formats=["WEBP"]) as drawn:
                assert not {"exif", "xmp", "icc_profile", "comment"} & set(drawn.info), address
                assert getattr(drawn, "n_frames", 1) == 1
            assert CANARY not in file.content, address
        return [int(one) for one in re.findall(rf"{DESK}/products/pot/pictures/(\d+)/end", page)]

    def take_off(self, positions: list[int]) -> None:
        for position in positions:
            form = self.mira.form(f"{DESK}/products/pot", f"{DESK}/products/pot/pictures/{position}/end")
            assert self.mira.post(form).status_code == 302


def _nothing_of_it_is_kept(hall: HallProcess, bodies: dict[str, bytes]) -> None:
    """What the hall keeps on its disk are its own drawings under names of its own."""
    files = [one for one in (hall.place / "media").rglob("*") if one.is_file()]
    sent = set(bodies.values())
    assert len(files) > 20
    for file in files:
        assert re.fullmatch(r"[0-9a-f/-]+[\w.-]*\.(webp|avif)", str(file.relative_to(hall.place / "media/pictures")))
        content = file.read_bytes()
        assert content not in sent
        assert CANARY not in content


def _processes(hall: HallProcess) -> list[Path]:
    """Of the web server: what stands in its process group."""
    group = hall.running["web"].pid
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            said = (place / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(said[2]) == group:
            found.append(place)
    return found


def _peak(hall: HallProcess, word: str = "VmHWM") -> int:
    """kB of the largest of them: at most so much at any moment since the peaks were forgotten."""
    found = [re.search(rf"{word}:\s+(\d+)", (one / "status").read_text()) for one in _processes(hall)]
    return max(int(one[1]) for one in found if one)


def _forget_peaks(hall: HallProcess) -> int:
    """kB of the largest process now, after it has served a page and read the API."""
    for path in ("/market", "/api/v1/market/products"):
        httpx.get(f"{hall.address}{path}", timeout=30)
    for one in _processes(hall):
        (one / "clear_refs").write_text("5")
    return _peak(hall, "VmRSS")


@pytest.mark.parametrize("path", ["/media/../secret", "/media/imports/x.csv", "/media/pictures/%2e%2e/%2e%2e/secret"])
def test_what_was_sent_is_not_served(a_hall: Opened, path: str) -> None:
    hall = a_hall("web")
    Desk(hall).send_products("x.csv", b"Handle,Title\r\n" + CANARY)
    [(file,)] = hall.rows("SELECT file FROM catalog_import")
    for address in (path, f"/media/{file}"):
        assert httpx.get(f"{hall.address}{address}").status_code == 404
