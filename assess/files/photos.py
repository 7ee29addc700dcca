"""Photos: looked at by their header before anything is unfolded, then drawn anew as plain pictures.

What leaves the house is drawn anew pixel by pixel: no location, no camera, no second file behind the picture.
Taken are JPEG, PNG and WebP; refused are drawings, everything else, and pictures of more pixels than a phone takes.
"""

from __future__ import annotations

import struct
import warnings
from datetime import date
from io import BytesIO
from threading import BoundedSemaphore
from typing import Final, NamedTuple

from PIL import ExifTags, Image

from assess.core.naming import quoted
from assess.core.parsing import ParseError, read_date
from assess.core.text import Text
from assess.files.kinds import EvidenceKind, kind_of

TAKEN: Final = {EvidenceKind.JPEG: "JPEG", EvidenceKind.PNG: "PNG", EvidenceKind.WEBP: "WEBP"}
MAX_PIXELS: Final = {EvidenceKind.JPEG: 60_000_000, EvidenceKind.PNG: 30_000_000, EvidenceKind.WEBP: 30_000_000}
MAX_SIDE: Final = 20_000
MAX_WORK: Final = 900_000_000
"""Pixels by the times that a JPEG goes over them; a hostile one goes over them a thousand times."""
SCAN: Final = b"\xff\xda"
PICTURE, THUMBNAIL = 1600, 320
"""Pixels of the longer side of what is drawn anew."""
QUALITY: Final = 82
WHITE: Final = (255, 255, 255)
TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
"""What sets a picture upright, by what the camera noted of how it was held."""
BOMBS: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)
BROKEN: Final = (
    OSError, ValueError, SyntaxError, TypeError, EOFError, LookupError, ArithmeticError, MemoryError, struct.error,
)  # fmt: skip
"""What the library raises over damaged pictures."""
FEW_AT_A_TIME: Final = BoundedSemaphore(2)
"""Unfolded pictures are large: a process unfolds two, however many people send some."""

warnings.filterwarnings("ignore", module=r"PIL\.")
warnings.simplefilter("error", Image.DecompressionBombWarning)

PHOTOS = Text("请上传jpg、png或webp格式的照片。", "Upload a jpg, png or webp photo.")
NOT_A_PHOTO = Text(
    "“{name}”不是照片，尚未保存，请上传jpg、png或webp格式的照片。",
    "{name} is not a photo and was not saved. Upload a jpg, png or webp photo.",
)
HEIC = Text(
    "“{name}”是HEIC格式，尚未保存，请在手机“设置—相机—格式”中选“兼容性最佳”后重拍，或另存为jpg后上传。",
    "{name} is HEIC and was not saved. Select “Most Compatible” under Settings, Camera, Formats and "
    "take it again, or save it as jpg.",
)
TOO_MANY_PIXELS = Text(
    "“{name}”有{width} × {height}像素，超过限度，尚未保存，请用普通拍照模式重拍。",
    "{name} has {width} × {height} pixels, which is too many. It was not saved. Take it again in the "
    "ordinary camera mode.",
)
BOMB = Text(
    "“{name}”像素过多，尚未保存，请用普通拍照模式重拍。",
    "{name} has too many pixels and was not saved. Take it again in the ordinary camera mode.",
)
DAMAGED = Text(
    "“{name}”不完整或已损坏，尚未保存，请重新拍照上传。",
    "{name} is incomplete or damaged and was not saved. Take the photo again.",
)


class RedrawnPhoto(NamedTuple):
    """A photo drawn anew, upright, as two JPEGs; `width` and `height` are those of the larger one.

    `taken_on` is the day that the camera noted, None where it noted none.
    """

    kind: EvidenceKind
    picture: bytes
    thumbnail: bytes
    width: int
    height: int
    taken_on: date | None


class TooManyPixels(Exception):
    """A picture that is not unfolded; tells its size."""


def draw_photo(data: bytes, name: str) -> RedrawnPhoto | ParseError:
    """The photo drawn anew, or why it is none; the name is only told."""
    kind = kind_of(data, name, PHOTOS)
    if isinstance(kind, ParseError):
        return kind
    if kind not in TAKEN:
        return said(HEIC if kind is EvidenceKind.HEIC else NOT_A_PHOTO, name)
    try:
        with FEW_AT_A_TIME:
            return drawn(data, kind)
    except TooManyPixels as size:
        width, height = size.args
        return said(TOO_MANY_PIXELS, name, width=width, height=height)
    except BOMBS:
        return said(BOMB, name)
    except BROKEN:
        return said(DAMAGED, name)


def said(what: Text, name: str, **facts: object) -> ParseError:
    """What is wrong with a file of this name."""
    return ParseError(what.format(name=quoted(name).strip() or "?", **facts))


def drawn(data: bytes, kind: EvidenceKind) -> RedrawnPhoto:
    """A photo drawn anew.

    Raises:
        TooManyPixels: by its header it is too large, or means too much work.
    """
    with Image.open(BytesIO(data), formats=[TAKEN[kind]]) as image:
        check_size(data, kind, *image.size)
        noted = noted_in(image)
        image.draft("RGB", (PICTURE, PICTURE))
        picture = turned(plain(image), noted)
    return RedrawnPhoto(kind, as_jpeg(picture), as_jpeg(fitted(picture)), *picture.size, day_noted(noted))


def check_size(data: bytes, kind: EvidenceKind, width: int, height: int) -> None:
    """Let a picture pass that can be unfolded at little cost.

    Raises:
        TooManyPixels: it cannot.
    """
    scans = data.count(SCAN) if kind is EvidenceKind.JPEG else 1
    pixels = width * height
    if pixels > MAX_PIXELS[kind] or max(width, height) > MAX_SIDE or pixels * scans > MAX_WORK:
        raise TooManyPixels(width, height)


def noted_in(image: Image.Image) -> Image.Exif:
    """What the camera noted; nothing where it cannot be read."""
    try:
        return image.getexif()
    except BROKEN:
        return Image.Exif()


def plain(image: Image.Image) -> Image.Image:
    """The pixels alone, on white where they are seen through, no larger than they are needed."""
    image.load()
    small = image.convert("RGBA" if image.has_transparency_data else "RGB")
    small.thumbnail((PICTURE, PICTURE), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", small.size, WHITE)
    sheet.paste(small, mask=small.getchannel("A") if small.mode == "RGBA" else None)
    return sheet


def turned(image: Image.Image, noted: Image.Exif) -> Image.Image:
    """The picture upright."""
    turn = TURNS.get(noted.get(ExifTags.Base.Orientation, 1))
    return image if turn is None else image.transpose(turn)


def fitted(image: Image.Image) -> Image.Image:
    """The picture as a small one."""
    smaller = image.copy()
    smaller.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    return smaller


def as_jpeg(image: Image.Image) -> bytes:
    """A picture as a file that holds nothing else."""
    made = BytesIO()
    image.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()


def day_noted(noted: Image.Exif) -> date | None:
    """The day on which the camera says that the photo was taken."""
    try:
        text = str(noted.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal, ""))
    except BROKEN:
        return None
    day = read_date(text[:10].replace(":", "-"))
    return None if isinstance(day, ParseError) else day
