"""The figures in a file of any kind: its numbers in their order, without words, digests, check codes and version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

import openpyxl
from pypdf import PdfReader

import assess

NUMBER = re.compile(r"(?<![0-9A-Za-z.])[-−]?\d+(?:\.\d+)*(?![0-9A-Za-z])")
NOT_FIGURES = re.compile(
    r"\b[0-9a-f]{12,}\b"  # digests, whole or cut short
    r"|\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}\b"  # check codes
    r"|\bxl[A-Za-z]*\d+\b"
    rf"|(?<![\d.]){re.escape(assess.__version__)}(?![\d.])"  # the version of the program
)


@lru_cache(maxsize=1000)
def figures_in(data: bytes) -> str:
    """The numbers that stand in a file, one a line."""
    text = NOT_FIGURES.sub(" ", "\n".join(texts_in(data)))
    return "\n".join(found[0] for found in NUMBER.finditer(text))


def texts_in(data: bytes) -> Iterator[str]:
    """What can be read in a PDF, a workbook, a zip or a text."""
    if data.startswith(b"%PDF-"):
        yield from (page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    elif data.startswith(b"PK"):
        yield from packed_texts(data)
    else:
        yield data.decode("utf-8")


def packed_texts(data: bytes) -> Iterator[str]:
    """The cells of a workbook, or the figures of each member of another zip."""
    with ZipFile(BytesIO(data)) as packed:
        if "xl/workbook.xml" not in packed.namelist():
            yield from (figures_in(packed.read(name)) for name in packed.namelist())
            return
    book = openpyxl.load_workbook(BytesIO(data), read_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        yield from (str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None)
    book.close()


def members_of(data: bytes) -> dict[str, bytes]:
    """The members of a zip by name."""
    with ZipFile(BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
