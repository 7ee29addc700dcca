"""How many pixels a picture has, by its header alone: nothing of it is unfolded."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from io import BytesIO
from typing import Final

from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from assess.files.kinds import EvidenceKind

Size = tuple[int, int]
"""Width and height in pixels."""
UNREADABLE: Final = (
    OSError, ValueError, SyntaxError, TypeError, EOFError, LookupError, ArithmeticError, MemoryError, struct.error,
)  # fmt: skip
"""What headers that lie make their readers raise."""
EXTENT: Final = re.compile(rb"ispe....(.{4})(.{4})", re.DOTALL)
"""The box of a HEIC picture, or of one of its tiles, that states a size."""
LOSSY, LOSSLESS, EXTENDED = b"VP8 ", b"VP8L", b"VP8X"
"""The first part of a WebP picture."""


def size_of(data: bytes, kind: EvidenceKind) -> Size | None:
    """The size of a picture, None where its header cannot be read.

    The opener of the library is not asked: it refuses pictures by a limit of its own, without saying their size.
    """
    try:
        return READERS[kind](data)
    except UNREADABLE:
        return None


def webp_size(data: bytes) -> Size:
    """The size of a WebP picture.

    Raises:
        ValueError, struct.error: it states none.
    """
    kind, body = data[12:16], data[20:30]
    if kind == EXTENDED:
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if kind == LOSSLESS:
        (bits,) = struct.unpack_from("<I", body, 1)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == LOSSY:
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError(kind)


def heic_size(data: bytes) -> Size:
    """The largest size that a HEIC picture states.

    Raises:
        ValueError: it states none.
    """
    sizes = [(int.from_bytes(width), int.from_bytes(height)) for width, height in EXTENT.findall(data)]
    return max(width for width, _ in sizes), max(height for _, height in sizes)


READERS: Final[dict[EvidenceKind, Callable[[bytes], Size]]] = {
    EvidenceKind.PNG: lambda data: PngImageFile(BytesIO(data)).size,
    EvidenceKind.JPEG: lambda data: JpegImageFile(BytesIO(data)).size,
    EvidenceKind.GIF: lambda data: GifImageFile(BytesIO(data)).size,
    EvidenceKind.WEBP: webp_size,
    EvidenceKind.HEIC: heic_size,
}
"""How the size of each kind of picture is read."""
