"""What a PDF would do or bring along when somebody opens it: scripts, programs to start, files inside."""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator
from enum import Enum, auto
from io import BytesIO
from itertools import chain, islice
from typing import Any, Final

from pypdf import PasswordType, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MAX_OBJECTS: Final = 100_000
"""A document of a thousand pages has some ten thousand; more would be looked through for minutes."""
SCRIPTS: Final = ("/JS", "/JavaScript", "/XFA")
"""Keys that stand only beside scripts, or beside a form that may hold some."""
SCRIPTED, STARTING = "/JavaScript", ("/Launch", "/ImportData")
"""What actions are called that run a script, start a program or take in a file."""

NAME: Final = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]{2,40})")
ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM: Final = re.compile(rb"stream\r?\n")
MAX_STREAMS, MAX_UNPACKED = 2000, 1024 * 1024

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class Danger(Enum):
    """Why a PDF is not to be handed on."""

    SCRIPT = auto()
    PROGRAM = auto()
    FILES = auto()
    PASSWORD = auto()
    TOO_MANY_OBJECTS = auto()


WORDS: Final = {
    **dict.fromkeys((b"JavaScript", b"JS", b"XFA"), Danger.SCRIPT),
    **dict.fromkeys((b"Launch", b"ImportData"), Danger.PROGRAM),
    **dict.fromkeys((b"EF", b"EmbeddedFile", b"FileAttachment"), Danger.FILES),
}
"""Names that speak of a danger."""


def danger_in(data: bytes) -> Danger | None:
    """The first danger of a PDF, None where it has none; objects inside streams of objects are looked at too.

    A document that the library cannot follow, but a forgiving viewer perhaps can, is searched for words.
    """
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            return Danger.PASSWORD
        places = [(number, generation) for generation, numbers in reader.xref.items() for number in numbers]
        places += [(number, 0) for number in reader.xref_objStm]
        if len(places) > MAX_OBJECTS:
            return Danger.TOO_MANY_OBJECTS
        # The root comes first: a PDF without one shows nothing.
        objects = [reader.root_object, *(reader.get_object(IndirectObject(*place, reader)) for place in places)]
        return next((found for each in objects for inner in inside(each) if (found := danger_of(inner))), None)
    except NotImplementedError:
        return Danger.PASSWORD
    except Exception:  # whatever the library makes of a document that lies about itself
        return danger_by_words(data)


def danger_by_words(data: bytes) -> Danger | None:
    """The first danger that a name in the bytes speaks of, or in what is packed in them."""
    texts = chain([data], islice(unpacked(data), MAX_STREAMS))
    names = (
        ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), each[1]) for text in texts for each in NAME.finditer(text)
    )
    return next((WORDS[name] for name in names if name in WORDS), None)


def unpacked(data: bytes) -> Iterator[bytes]:
    """The beginning of each stream that unpacks."""
    for found in STREAM.finditer(data):
        try:
            yield zlib.decompressobj().decompress(data[found.end() :], MAX_UNPACKED)
        except zlib.error:
            continue


def inside(thing: Any) -> Iterator[DictionaryObject]:
    """The dictionaries of an object, those inside it too; what it refers to is an object of its own."""
    waiting = [thing]
    while waiting:
        each = waiting.pop()
        if isinstance(each, DictionaryObject):
            yield each
            waiting += [value for value in each.values() if isinstance(value, ArrayObject | DictionaryObject)]
        elif isinstance(each, ArrayObject):
            waiting += [value for value in list.__iter__(each) if isinstance(value, ArrayObject | DictionaryObject)]


def danger_of(record: DictionaryObject) -> Danger | None:
    """The danger of one dictionary."""
    action, kind, form = (stated(record, key) for key in ("/S", "/Type", "/Subtype"))
    if any(key in record for key in SCRIPTS) or action == SCRIPTED:
        return Danger.SCRIPT
    if action in STARTING:
        return Danger.PROGRAM
    return Danger.FILES if "/EF" in record or kind == "/EmbeddedFile" or form == "/FileAttachment" else None


def stated(record: DictionaryObject, key: str) -> Any:
    """What a key says, looked up where it refers to another object; None where it is absent."""
    try:
        return record[key]
    except KeyError:
        return None
