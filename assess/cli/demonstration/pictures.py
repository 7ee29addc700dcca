"""Small drawn pictures in the place of photos: a heap of earth that lies open, or is covered; marked as drawn."""

from __future__ import annotations

import zlib
from struct import pack
from typing import Final

from assess.cli.demonstration.drawing import draw

Colour = tuple[int, int, int]

WIDTH, HEIGHT = 320, 240
SKY: Final[Colour] = (196, 216, 230)
GROUND: Final[Colour] = (150, 146, 136)
EARTH: Final[Colour] = (136, 98, 62)
NET: Final[Colour] = (62, 118, 74)
INK: Final[Colour] = (255, 255, 255)
LETTERS: Final = {
    "D": ("110", "101", "101", "101", "110"),
    "E": ("111", "100", "110", "100", "111"),
    "M": ("10001", "11011", "10101", "10001", "10001"),
    "O": ("111", "101", "101", "101", "111"),
}
MARK: Final = "DEMO"
DOT: Final = 6
"""How large a dot of a letter is drawn."""


class DemoPicture:
    """A picture that rectangles are laid on."""

    def __init__(self, colour: Colour) -> None:
        self.rows = [bytearray(bytes(colour) * WIDTH) for _ in range(HEIGHT)]

    def lay(self, colour: Colour, *, left: int, top: int, width: int, height: int) -> None:
        """A rectangle of one colour."""
        for row in self.rows[max(0, top) : top + height]:
            first, after = max(0, left), min(WIDTH, left + width)
            row[3 * first : 3 * after] = bytes(colour) * (after - first)

    def as_png(self) -> bytes:
        """The picture as a file."""
        head = pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        data = zlib.compress(b"".join(b"\0" + bytes(row) for row in self.rows))
        parts = (part(b"IHDR", head), part(b"IDAT", data), part(b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def part(name: bytes, data: bytes) -> bytes:
    """One part of a file."""
    return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))


def a_picture(*about: object, covered: bool) -> bytes:
    """A heap of earth somewhere, as it was found or as it was covered; another for other words."""
    picture = DemoPicture(SKY)
    horizon, middle = 90 + draw("horizon", *about, below=40), 90 + draw("middle", *about, below=140)
    picture.lay(GROUND, left=0, top=horizon, width=WIDTH, height=HEIGHT)
    height = 50 + draw("height", *about, below=30)
    for step in range(height):
        picture.lay(
            NET if covered else EARTH, left=middle - 20 - step, top=horizon - height // 2 + step, width=40 + 2 * step,
            height=1,
        )  # fmt: skip
    write(picture, MARK, left=16, top=HEIGHT - 6 * DOT)
    return picture.as_png()


def write(picture: DemoPicture, word: str, *, left: int, top: int) -> None:
    """A word in dots."""
    for letter in word:
        rows = LETTERS[letter]
        for number, row in enumerate(rows):
            for place, dot in enumerate(row):
                if dot == "1":
                    picture.lay(INK, left=left + place * DOT, top=top + number * DOT, width=DOT, height=DOT)
        left += (len(rows[0]) + 1) * DOT
