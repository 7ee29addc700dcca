"""What a browser would never send: bodies made by hand, byte by byte, and values that mean harm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote_from_bytes

from tests.years import CHAOWAI

SCRIPT: Final = "<script>alert(1)</script>{{7919*7919}}<para>&<b>"
"""Accepted as text where any text is, and then shown as it was typed."""
RUN: Final = ("<script>alert", str(7919 * 7919))
"""What a page holds that ran it."""
VALUES: Final[Mapping[str, bytes | list[bytes]]] = {
    "empty": b"",
    "100,000 characters": b"x" * 100_000,
    "negative": b"-1",
    "more than a database holds": b"9" * 30,
    "more rows than there are": b"9" * 18,
    "script": SCRIPT.encode(),
    "written backwards": "abc\u202egpj.exe".encode(),
    "another unit": CHAOWAI.encode(),
    "a list": [b"1", b"2"],
}
"""What is tried in each field, by what is wrong with it."""
UNSEEN: Final[Mapping[str, bytes]] = {
    "control characters": b"a\x01\x1b[31mb",
    "a null byte": b"a\x00b",
    "what is no character": "a\U0010ffffb".encode(),
}
"""What no field takes."""
ODD: Final[Mapping[str, bytes]] = {
    "an escaped null byte": b"%00",
    "a lone surrogate": b"a\xed\xa0\x80b",
    "no UTF-8": b"\xff\xfe\xc3(",
    "an infinite number": b"1e999999999",
}
"""What is tried in all fields of a form at once."""
BOUNDARY: Final = b"part-of-the-form"

Pair = tuple[str, bytes]
Sent = tuple[str, str, bytes]
"""The name of a file field, the name of the file, its bytes."""


def pairs_of(values: Mapping[str, object]) -> list[Pair]:
    """The fields of a form as it is filled in."""
    pairs: list[Pair] = []
    for name, value in values.items():
        several = value if isinstance(value, list) else [] if value is None else [value]
        pairs += [(name, str(each).encode()) for each in several]
    return pairs


def with_value(pairs: Sequence[Pair], name: str, value: bytes | list[bytes]) -> list[Pair]:
    """The fields with another value of one."""
    several = value if isinstance(value, list) else [value]
    return [*((other, kept) for other, kept in pairs if other != name), *((name, each) for each in several)]


def all_with(pairs: Sequence[Pair], value: bytes) -> list[Pair]:
    """The fields with this value in each but the token."""
    return [(name, kept if name == "csrf_token" else value) for name, kept in pairs]


def urlencoded(pairs: Sequence[Pair]) -> tuple[str, bytes]:
    """The type and the body of a plain form."""
    told = "&".join(f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in pairs)
    return "application/x-www-form-urlencoded", told.encode()


def multipart(pairs: Sequence[Pair], files: Sequence[Sent] = ()) -> tuple[str, bytes]:
    """The type and the body of a form with files."""
    parts = [(f'name="{name}"', value) for name, value in pairs]
    parts += [(f'name="{name}"; filename="{file}"', data) for name, file, data in files]
    pieces = [
        b"--" + BOUNDARY + b"\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + data + b"\r\n"
        for head, data in parts
    ]
    return f"multipart/form-data; boundary={BOUNDARY.decode()}", b"".join(pieces) + b"--" + BOUNDARY + b"--\r\n"
