"""Joining documents that were made apart into one, with bookmarks and links across all of its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final, NamedTuple

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link as Place
from pypdf.generic import Fit, IndirectObject

from assess.files.pdf_style.document import Bookmark
from assess.files.pdf_style.page import PageLink

NO_FRAME: Final = [0, 0, 0]


class Leads(NamedTuple):
    """What leads to a page of the whole, and what leads from it elsewhere."""

    bookmarks: Sequence[Bookmark]
    links: Sequence[PageLink] = ()


def joined(parts: Sequence[bytes], leads: Mapping[int, Leads]) -> bytes:
    """One document of all parts in order; title, author and language are those of the first.

    `leads` are by number of the page in the whole, from 0. The same parts give the same bytes.
    """
    writer = PdfWriter(clone_from=PdfReader(BytesIO(parts[0])))
    for part in parts[1:]:
        for page in PdfReader(BytesIO(part)).pages:
            writer.add_page(page)
    put_bookmarks(writer, leads)
    put_links(writer, leads)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def put_bookmarks(writer: PdfWriter, leads: Mapping[int, Leads]) -> None:
    """Make the outline, of two levels, in the order of the pages."""
    above: IndirectObject | None = None
    for number in sorted(leads):
        for mark in leads[number].bookmarks:
            parent = above if mark.level else None
            made = writer.add_outline_item(title=mark.title, page_number=number, parent=parent)
            above = above if mark.level else made
    if above is not None:
        writer.page_mode = "/UseOutlines"


def put_links(writer: PdfWriter, leads: Mapping[int, Leads]) -> None:
    """Let places on pages lead to the pages of the bookmarks that they name."""
    named = {mark.name: number for number, lead in leads.items() for mark in lead.bookmarks}
    for number in sorted(leads):
        for link in leads[number].links:
            place = Place(rect=link[1:], border=NO_FRAME, target_page_index=named[link.to], fit=Fit("/Fit"))
            writer.add_annotation(number, place)
