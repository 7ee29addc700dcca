"""Photos drawn anew: upright, small, without what they hid; and pictures that are attacks."""

from __future__ import annotations

import struct
import zlib
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from assess.core.parsing import ParseError
from assess.files.kinds import EvidenceKind
from assess.files.photos import RedrawnPhoto, draw_photo
from tests.services.findings import a_photo

SECRET = b"secret-39.9218"


def drawn(data: bytes, name: str = "现场.jpg") -> RedrawnPhoto:
    found = draw_photo(data, name)
    assert isinstance(found, RedrawnPhoto), found
    return found


def wrong(data: bytes, name: str = "a.jpg") -> str:
    found = draw_photo(data, name)
    assert isinstance(found, ParseError)
    return found.what.en


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def noted(orientation: int = 1) -> Image.Exif:
    """What a phone notes: how it was held, when, and where."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Model] = SECRET.decode()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:06:29 10:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (39.0, 55.0, 18.48)
    return exif


def halves(left: str, right: str) -> Image.Image:
    """A picture whose left half differs from its right one."""
    image = Image.new("RGB", (400, 200), left)
    image.paste(right, (200, 0, 400, 200))
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_leaves_the_house_holds_nothing_but_the_picture(kind: str):
    given: dict[str, Any] = {"exif": noted()}
    if kind == "JPEG":
        given["comment"] = SECRET
    if kind == "PNG":
        given["pnginfo"] = PngImagePlugin.PngInfo()
        given["pnginfo"].add_text("Location", SECRET.decode())
    if kind == "WEBP":
        given["xmp"] = SECRET
    data = a_photo(size=(640, 480), kind=kind, icc_profile=SECRET, **given) + SECRET
    made = drawn(data)

    assert SECRET in data
    for each in (made.picture, made.thumbnail):
        assert SECRET not in each
        assert dict(opened(each).getexif()) == {}
        assert set(opened(each).info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert (made.kind, made.taken_on) == (EvidenceKind(kind.lower().replace("jpeg", "jpg")), date(2026, 6, 29))


def test_a_picture_is_no_larger_than_it_need_be():
    made = drawn(a_photo(size=(4000, 3000), quality=30))

    assert (made.width, made.height) == opened(made.picture).size == (1600, 1200)
    assert opened(made.thumbnail).size == (320, 240)
    small = drawn(a_photo(size=(31, 7)))
    assert opened(small.picture).size == opened(small.thumbnail).size == (31, 7)


@pytest.mark.parametrize(
    ("orientation", "at"),
    [(1, (10, 100)), (2, (390, 100)), (3, (390, 100)), (4, (10, 100)), (5, (100, 10)), (6, (100, 10)), (7, (100, 390)),
     (8, (100, 390)), (0, (10, 100)), (77, (10, 100))],
)  # fmt: skip
def test_a_picture_stands_upright_however_the_phone_was_held(orientation: int, at: tuple[int, int]):
    made = BytesIO()
    halves("red", "blue").save(made, "JPEG", exif=noted(orientation))
    picture = opened(drawn(made.getvalue()).picture)

    pixel = picture.getpixel(at)
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200
    assert pixel[2] < 60


def test_what_is_seen_through_is_white_and_every_way_of_colours_is_read():
    for mode, colour in (("RGBA", (255, 0, 0, 0)), ("LA", (0, 0)), ("P", 0), ("L", 255), ("1", 1), ("RGB", "white")):
        made = BytesIO()
        image = Image.new(mode, (60, 60), colour)
        image.save(made, "PNG", **({"transparency": 0} if mode == "P" else {}))
        assert opened(drawn(made.getvalue()).picture).getpixel((30, 30)) == (255, 255, 255), mode
    made = BytesIO()
    Image.new("CMYK", (60, 60), (0, 0, 0, 0)).save(made, "JPEG")
    assert opened(drawn(made.getvalue()).picture).getpixel((30, 30)) == (255, 255, 255)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width: int, height: int, pixels: bytes = b"", extra: bytes = b"") -> bytes:
    """A PNG whose header states any size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(pixels, 9))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + body + chunk(b"IEND", b"")


UNFOLDING = chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(80_000_000), 9))
"""A note of a picture that unfolds into 80 MB."""


def jpeg_of(width: int, height: int) -> bytes:
    """A JPEG whose header states any size."""
    data = a_photo(size=(16, 16))
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (png_of(50_000, 50_000), "a.jpg has too many pixels"),
        (jpeg_of(50_000, 50_000), "a.jpg has too many pixels"),
        (png_of(50_000, 50_000, bytes(10_000_000)), "a.jpg has too many pixels"),
        (png_of(12_000, 12_000), "a.jpg has too many pixels"),
        (png_of(6_000, 6_000), "a.jpg has 6000 × 6000 pixels, which is too many"),
        (png_of(21_000, 1), "a.jpg has 21000 × 1 pixels, which is too many"),
        (jpeg_of(20_001, 20), "a.jpg has 20001 × 20 pixels, which is too many"),
        (png_of(2**31 - 1, 2**31 - 1), "a.jpg has too many pixels"),
        (png_of(0, 0), "a.jpg is incomplete or damaged"),
        (png_of(100, 100), "a.jpg is incomplete or damaged"),
        (png_of(100, 100, b"\0" * 50), "a.jpg is incomplete or damaged"),
        (png_of(9, 9, bytes(300), UNFOLDING), "a.jpg is incomplete or damaged"),
        (a_photo()[:-200], "a.jpg is incomplete or damaged"),
        (a_photo(kind="PNG")[:-20], "a.jpg is incomplete or damaged"),
        (a_photo(kind="WEBP")[:-20], "a.jpg is incomplete or damaged"),
        (a_photo(kind="GIF"), "a.jpg is not a photo and was not saved. Upload a jpg, png or webp photo."),
        (b"%PDF-1.4\n%%EOF\n", "a.jpg is not a photo and was not saved. Upload a jpg, png or webp photo."),
        (a_photo(kind="TIFF"), "a.jpg is of an unknown type"),
        (a_photo(kind="BMP"), "a.jpg is of an unknown type and was not saved. Upload a jpg, png or webp photo."),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100), "a.jpg is HEIC and was not saved"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.jpg is a web page"),
        (b"<?xml version='1.0'?><svg/>", "a.jpg is a web page or a drawing"),
        (b"<!DOCTYPE html><img src=x onerror=alert(1)>", "a.jpg is a web page or a drawing"),
        (b"MZ" + bytes(200), "a.jpg is a program"),
        (b"#!/bin/sh\n", "a.jpg is a program"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "a.jpg is of an unknown type"),
        (b"", "a.jpg is empty"),
        (bytes(1000), "a.jpg is empty"),
        (b"\xff\xd8\xff", "a.jpg is incomplete or damaged"),
        (b"\xff\xd8\xff\xe0" + bytes(50) + b"\xff\xd9", "a.jpg is incomplete or damaged"),
    ],
)  # fmt: skip
def test_attacks_and_other_things_are_refused_plainly(data: bytes, said: str):
    assert wrong(data).startswith(said)


def test_a_jpeg_that_goes_over_its_pixels_a_thousand_times_is_refused():
    data = a_photo(size=(3000, 2000), quality=30, progressive=True)
    at = data.rindex(b"\xff\xda")

    assert isinstance(draw_photo(data, "a.jpg"), RedrawnPhoto)
    assert wrong(data[:at] + data[at:-2] * 500 + b"\xff\xd9").startswith(
        "a.jpg has 3000 × 2000 pixels, which is too many"
    )


def test_a_second_file_behind_or_within_a_picture_does_not_leave_the_house():
    script = b"<script>alert(document.cookie)</script>"
    behind, within = a_photo() + script, a_photo(comment=b"*/" + script + b"/*")
    for data in (behind, within):
        made = drawn(data)
        assert script not in made.picture + made.thumbnail
    package = BytesIO()
    with ZipFile(package, "w") as archive:
        archive.writestr("a.js", script)
    assert wrong(a_photo() + package.getvalue()).startswith("a.jpg contains an archive")


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_a_damaged_note_of_the_camera_does_not_lose_the_photo():
    exif = noted(6).tobytes()
    for broken in (exif[:20], exif[:12] + b"\xff" * (len(exif) - 12), b"Exif\0\0" + b"\xff" * 60):
        made = drawn(a_photo(size=(80, 60), exif=broken))
        assert sorted((made.width, made.height)) == [60, 80]
        assert made.taken_on in (None, date(2026, 6, 29))
