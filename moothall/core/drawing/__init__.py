"""Pictures drawn by code: things, people and the hall they meet in.

A picture is a palette, a cut of paper behind and a thing before it: 1 to 3 kB of SVG, the same text for the same words.
"""

from ..palettes import PALETTES, palette_for
from . import garden, house, kitchen, leisure, paper, wear
from .building import hall
from .people import PEOPLE, Face, face
from .pictures import picture
from .render import png
from .things import KINDS

ROOMS = (garden, house, kitchen, leisure, paper, wear)

__all__ = ["KINDS", "PALETTES", "PEOPLE", "ROOMS", "Face", "face", "hall", "palette_for", "picture", "png"]
