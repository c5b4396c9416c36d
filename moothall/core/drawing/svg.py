"""Shapes as SVG text. What is clipped shares one definition by its form, so that an id stands once in a document."""

import re
from hashlib import sha256

_CLIP = re.compile(r"<clipPath .*?</clipPath>")
LETTERING = "Bricolage Grotesque"


def document(x: float, y: float, width: float, height: float, *parts: str) -> str:
    """A whole SVG file; every clipping form among the parts is defined once, at its head."""
    inside = "".join(parts)
    forms = "".join(dict.fromkeys(_CLIP.findall(inside)))
    box = f'viewBox="{x:g} {y:g} {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>'
        + (f"<defs>{forms}</defs>" if forms else "")
        + _CLIP.sub("", inside)
        + "</svg>"
    )


def layers(*parts: str) -> str:
    """Shapes one over the other, the first lowest."""
    return "".join(parts)


def path(d: str, fill: str, opacity: float = 1, holed: bool = False) -> str:
    """A filled form; where it is holed, a form inside the form stays open."""
    rule = ' fill-rule="evenodd"' if holed else ""
    return f'<path d="{d}" fill="{fill}"{rule}{_seen(opacity)}/>'


def rect(
    x: float, y: float, width: float, height: float, fill: str, r: float = 0, transform: str = "", opacity: float = 1
) -> str:
    turned = f' transform="{transform}"' if transform else ""
    corner = f' rx="{r:g}"' if r else ""
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f'<rect {place}{corner} fill="{fill}"{turned}{_seen(opacity)}/>'


def circle(x: float, y: float, r: float, fill: str, opacity: float = 1) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"{_seen(opacity)}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, transform: str = "", opacity: float = 1) -> str:
    turned = f' transform="{transform}"' if transform else ""
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}"{turned}{_seen(opacity)}/>'


def line(d: str, stroke: str, width: float, opacity: float = 1) -> str:
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width:g}" {ends}{_seen(opacity)}/>'


def group(inside: str, transform: str) -> str:
    return f'<g transform="{transform}">{inside}</g>'


def clip(d: str, inside: str) -> str:
    """What lies inside the form d; the form is moved to the head by `document`."""
    name = "c" + sha256(d.encode()).hexdigest()[:8]
    return f'<clipPath id="{name}"><path d="{d}"/></clipPath><g clip-path="url(#{name})">{inside}</g>'


def half(d: str, light: str, shade: str, x: float = 240) -> str:
    """A form lit from the left: what is right of x lies in the shade."""
    return path(d, light) + clip(d, rect(x, -100, 700, 800, shade))


def lettering(text: str, x: float, y: float, size: float, fill: str, anchor: str = "start") -> str:
    """Words in the poster face; `png` draws them with the font file beside this module."""
    face = f'font-family="{LETTERING}" font-weight="800" font-size="{size:g}"'
    return f'<text x="{x:g}" y="{y:g}" {face} fill="{fill}" text-anchor="{anchor}">{text}</text>'


def ring(x: float, y: float, r: float) -> str:
    """The path of a circle, for clipping and halving."""
    return f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0z"


def rounded(x: float, y: float, width: float, height: float, r: float) -> str:
    """The path of a rectangle with rounded corners."""
    w, h = width - 2 * r, height - 2 * r
    corners = (f"q{r:g} 0 {r:g} {r:g}", f"q0 {r:g} {-r:g} {r:g}", f"q{-r:g} 0 {-r:g} {-r:g}", f"q0 {-r:g} {r:g} {-r:g}")
    return f"M{x + r:g} {y:g}h{w:g}{corners[0]}v{h:g}{corners[1]}h{-w:g}{corners[2]}v{-h:g}{corners[3]}z"


def _seen(opacity: float) -> str:
    return f' opacity="{opacity:g}"' if opacity != 1 else ""
