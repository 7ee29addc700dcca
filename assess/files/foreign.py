"""Files that are no tables at all, by what they hold: whoever sends one is told what it is."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from assess.core.text import Text

FOREIGN: Final = Text(
    "这不是Excel表格或CSV文件，而是{kind}，请选择表格文件，或在Excel、WPS中另存为.xlsx。",
    "This is not an Excel or CSV file but {kind}. Select a table, or save it as .xlsx in Excel or WPS.",
)
PDF, PICTURE = Text("PDF文件", "a PDF"), Text("图片", "a picture")
WORD, SLIDES = Text("Word文件", "a Word document"), Text("演示文稿", "a presentation")
ARCHIVE, PROGRAM = Text("压缩包", "an archive"), Text("程序", "a program")
PAGE, XML = Text("网页（HTML）", "a web page (HTML)"), Text("XML文件", "an XML file")
RTF, MEDIA = Text("RTF文档", "an RTF document"), Text("音频或视频", "audio or video")
NUMBERS = Text("苹果Numbers表格", "an Apple Numbers table")
OPEN_SHEET, OPEN_TEXT = Text("ODS表格", "an ODS table"), Text("ODT文档", "an ODT document")
OFD, OTHER_OLD = Text("OFD文件", "an OFD"), Text("其他程序的文件", "a file of another program")

BEGINNINGS: Final = (
    (re.compile(rb"%PDF"), PDF),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0{4}|RIFF.{4}WEBP|II\*\0|MM\0\*", re.DOTALL), PICTURE),
    (re.compile(rb".{4}ftyp(?:hei|mif|msf|avif)", re.DOTALL), PICTURE),
    (re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ"), ARCHIVE),
    (re.compile(rb"MZ.{58}|\x7fELF|#!", re.DOTALL), PROGRAM),
    (re.compile(rb"\{\\rtf"), RTF),
    (re.compile(rb".{4}ftyp|RIFF.{4}(?:AVI |WAVE)|ID3|OggS", re.DOTALL), MEDIA),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table)",
                re.DOTALL | re.IGNORECASE), PAGE),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml"), XML),
)  # fmt: skip
"""How files begin that are none of ours."""
OLD_STREAMS: Final = (("WordDocument", WORD), ("PowerPoint Document", SLIDES))
"""The streams that tell what an old Office file is."""
BOOK_STREAMS: Final = ("Workbook", "Book")
OPEN_KINDS: Final = (("opendocument.spreadsheet", OPEN_SHEET), ("opendocument.text", OPEN_TEXT))
HEAD: Final = 2048


def foreign_kind(data: bytes) -> Text | None:
    """What a file is that is neither a package, an old workbook nor text; None where that is not known."""
    head = data[:HEAD]
    return next((kind for beginning, kind in BEGINNINGS if beginning.match(head)), None)


def foreign_old_kind(data: bytes) -> Text:
    """What a compound file is, by the names of its streams, where it holds no workbook."""
    if any(stream(name) in data for name in BOOK_STREAMS):
        return OTHER_OLD
    return next((kind for name, kind in OLD_STREAMS if stream(name) in data), OTHER_OLD)


def stream(name: str) -> bytes:
    """The name of a stream as the directory of a compound file spells it, its end included."""
    return f"{name}\0".encode("utf-16-le")


def foreign_package(names: Collection[str], stated: str) -> Text | None:
    """What a package is that holds no workbook, by its names in small letters and what it states of its type."""
    if found := next((kind for word, kind in OPEN_KINDS if word in stated), None):
        return found
    if "index/document.iwa" in names or "index.zip" in names:
        return NUMBERS
    if "ofd.xml" in names:
        return OFD
    if any(name.startswith("word/") for name in names):
        return WORD
    if any(name.startswith("ppt/") for name in names):
        return SLIDES
    return ARCHIVE if not any(name.startswith("xl/") for name in names) else None
