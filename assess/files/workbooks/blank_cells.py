"""Cells that are only formatted, taken out of a sheet while it is read: there may be a million of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Final

PIECE: Final = 1024 * 1024
ATTRIBUTES: Final = rb'(?: [A-Za-z0-9:]{1,20}="[^"<>]{0,40}"){0,12} ?'
EMPTY: Final = rb"(?:/>|></%s>)"
BLANK_CELL: Final = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"' + ATTRIBUTES + EMPTY % b"c")
LAST_CELLS: Final = re.compile(rb"(?:<c(?: s=\"[0-9]{1,6}\")? ?/>)+(?=</row>)")
"""Cells that do not say their place, behind which there is none that would count on from them."""
BLANK_ROW: Final = re.compile(rb'<row r="[0-9]{1,7}"' + ATTRIBUTES + EMPTY % b"row")
CELL, ROW = b'<c r="', b'<row r="'
"""How cells and rows begin that say their place; what does not counts on from the one before."""
OPAQUE: Final = (b"<![CDATA[", b"<!--")


def without_blanks(sheet: IO[bytes]) -> Iterator[bytes]:
    """The XML of a sheet, piece by piece, without cells and rows that hold nothing, where each says its place.

    A piece ends where a cell or row begins that says its place. From where none does, or where texts begin that are
    not what they look like, everything is left as it is.
    """
    kept = b""
    while piece := sheet.read(PIECE):
        kept += piece
        end = kept.rfind(ROW)
        end = end if end > 0 else kept.rfind(CELL)
        if any(each in kept for each in OPAQUE) or (end <= 0 and len(kept) > PIECE):
            yield kept
            yield from iter(lambda: sheet.read(PIECE), b"")
            return
        if end > 0:
            yield thinned(kept[:end])
            kept = kept[end:]
    yield thinned(kept)


def thinned(piece: bytes) -> bytes:
    """A piece without blank cells and rows; what stands behind it says its place."""
    piece = BLANK_CELL.sub(b"", piece) if all_placed(piece, b"<c", CELL) else LAST_CELLS.sub(b"", piece)
    return BLANK_ROW.sub(b"", piece) if all_placed(piece, b"<row", ROW) else piece


def all_placed(piece: bytes, tag: bytes, placed: bytes) -> bool:
    """Whether every such tag says its place."""
    return sum(piece.count(tag + end) for end in (b" ", b">", b"/", b"\n", b"\t", b"\r")) == piece.count(placed)
