"""The zip of an archive as we write it, to the byte: no dates, no comments, no gaps, names of plain ASCII.

Whoever packs the same members again in another way makes another file, and a check says so.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final
from zipfile import ZipInfo

FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE: Final = 0o100644 << 16
UNIX: Final = 3
VERSION: Final = 20
FIRST_DAY: Final = 1 << 5 | 1
"""The first day that a zip can tell, as it tells it."""
LOCAL: Final = struct.Struct("<4sHHHHHLLLHH")
CENTRAL: Final = struct.Struct("<4sBBHHHHHLLLHHHHHLL")
END: Final = struct.Struct("<4sHHHHLLH")


def entry(name: str, method: int) -> ZipInfo:
    """A member that is to be written, stored or deflated."""
    made = ZipInfo(name, FIRST_MOMENT)
    made.compress_type = method
    made.external_attr, made.create_system = PLAIN_FILE, UNIX
    return made


def misplaced(file: BinaryIO, members: Sequence[ZipInfo]) -> str | None:
    """The first member whose place or head is not as we write it, an empty name for what stands after them all.

    None where the whole file is as we write it.
    """
    try:
        return first_misplaced(file, members)
    except (struct.error, OverflowError):
        return ""


def first_misplaced(file: BinaryIO, members: Sequence[ZipInfo]) -> str | None:
    """The same, of members whose sizes a zip of ours can tell."""
    at = 0
    for each in members:
        if each.header_offset != at or read(file, at, len(head_of(each))) != head_of(each):
            return each.filename
        at += len(head_of(each)) + each.compress_size
    tail = b"".join(tail_of(members, at))
    return None if read(file, at, len(tail) + 1) == tail else ""


def read(file: BinaryIO, at: int, size: int) -> bytes:
    """Bytes of a file from a place on."""
    file.seek(at)
    return file.read(size)


def head_of(each: ZipInfo) -> bytes:
    """What stands before the bytes of a member."""
    name = each.filename.encode("ascii", "replace")
    sizes = (each.CRC, each.compress_size, each.file_size, len(name), 0)
    return LOCAL.pack(b"PK\x03\x04", VERSION, 0, each.compress_type, 0, FIRST_DAY, *sizes) + name


def tail_of(members: Sequence[ZipInfo], at: int) -> Iterator[bytes]:
    """The list of members that stands at the end of a zip."""
    length = 0
    for each in members:
        name = each.filename.encode("ascii", "replace")
        sizes = (each.CRC, each.compress_size, each.file_size, len(name), 0, 0, 0, 0)
        head = (b"PK\x01\x02", VERSION, UNIX, VERSION, 0, each.compress_type, 0, FIRST_DAY)
        told = CENTRAL.pack(*head, *sizes, PLAIN_FILE, each.header_offset) + name
        length += len(told)
        yield told
    yield END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), length, at, 0)
