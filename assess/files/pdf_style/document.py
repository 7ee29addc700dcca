"""A PDF document: its pages, bookmarks and links; the same pages give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFPage, PDFStream, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from assess.core.text import Language, Text
from assess.files.pdf_style.fonts import face
from assess.files.pdf_style.look import PAGE_HEIGHT, PAGE_WIDTH
from assess.files.pdf_style.page import PdfPage
from assess.files.pdf_style.setting import TextMeasure, Typesetter

rl_config.useA85 = 0  # streams stay binary: a fifth smaller, and quicker


class Bookmark(NamedTuple):
    """An entry of the outline; `name` is the destination that links lead to."""

    name: str
    title: str
    level: int = 0


class PageWriter:
    """Takes pages in order and gives the bytes of the whole, in which nothing leads anywhere.

    `keywords` are for programs; `measured` is shared by documents that are made one after the other.
    """

    def __init__(
        self,
        language: Language,
        *,
        title: str,
        author: str,
        subject: str,
        keywords: str = "",
        measured: TextMeasure | None = None,
    ) -> None:
        self._canvas = Canvas(
            BytesIO(),
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 5),
            initialFontName=face(False).font.fontName,
            lang="zh-CN" if language == "zh" else "en",
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.setKeywords(keywords)
        self._canvas.setCreator("Assess")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self.setter = Typesetter(self._canvas._doc, measured or TextMeasure(language))

    def add(self, page: PdfPage) -> None:
        """Add the next page."""
        self._canvas.addLiteral(page.operators())
        self._canvas.showPage()
        compress(self._canvas._doc.Pages.pages[-1])

    def close(self) -> bytes:
        """The bytes of the document; no page can be added any more."""
        data: bytes = self._canvas.getpdfdata()
        return data


def compress(page: PDFPage) -> None:
    """Compress the content of a page that is shown: reportlab would keep it as text until the document is closed."""
    page.Contents = PDFStream(PDFDictionary(), PDFZCompress.encode(page.stream))
    page.Contents.dictionary["Filter"] = PDFArray([PDFName(PDFZCompress.pdfname)])
    page.stream = None


class PdfDocument(PageWriter):
    """Takes pages in order with what leads to them, and gives the bytes of the whole."""

    _outlined = False

    def add(self, page: PdfPage, *bookmarks: Bookmark) -> None:
        """Add the next page and what leads to it."""
        for mark in bookmarks:
            self._canvas.bookmarkPage(mark.name)
            self._canvas.addOutlineEntry(self.setter.plain(mark.title), mark.name, mark.level, closed=mark.level > 0)
            self._outlined = True
        for link in page.links:
            self._canvas.linkRect("", link.to, link[1:], relative=0, thickness=0)
        super().add(page)

    def close(self) -> bytes:
        """The bytes of the document; no page can be added any more."""
        if self._outlined:
            self._canvas.showOutline()
        return super().close()

    def save(self, target: Path | BinaryIO) -> None:
        """Close the document and write it to a file or to an open one."""
        data = self.close()
        if isinstance(target, Path):
            target.write_bytes(data)
        else:
            target.write(data)

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What a reader should know about the document: characters that the fonts lack."""
        return lacking_told(self.setter.missing)


NOT_IN_FONT = Text(
    "字库中没有“{char}”字（{code}），文件中以“〓”代替，请改用规范字。",
    "The fonts have no character {char} ({code}), so it is printed as 〓. Use a standard character instead.",
)


def lacking_told(missing: Iterable[str]) -> tuple[Text, ...]:
    """What is said of characters that the fonts lack."""
    return tuple(NOT_IN_FONT.format(char=char, code=f"U+{ord(char):04X}") for char in sorted(missing))
