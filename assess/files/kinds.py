"""What kind of file a piece of evidence is, by its content and never by its name; what is no evidence is refused.

Taken are PDF and OFD, the common pictures, and Word, Excel and PowerPoint files old and new. Refused are archives,
programs, web pages and drawings that run scripts, Office files with macros or a password, pictures and PDFs that hide
an archive, and what is cut short. A PDF that merely restricts printing is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from typing import Final
from zipfile import ZipFile, ZipInfo, is_zipfile

import puremagic

from assess.core.naming import quoted
from assess.core.parsing import ParseError
from assess.core.text import Text
from assess.files.foreign import stream
from assess.files.opening import MEGABYTE
from assess.files.workbooks.package_parts import attributes_in, document_in
from assess.files.workbooks.packages import BROKEN, CONTENT_TYPES, ENCRYPTED, OLE, ZIP, leaves_package

TAKEN: Final = Text(
    "请上传PDF、OFD、图片（png、jpg、gif、webp、heic）或Word、Excel、PPT文件。",
    "Upload a PDF, OFD, picture (png, jpg, gif, webp, heic) or a Word, Excel or PowerPoint file.",
)
EMPTY = Text("“{name}”没有内容，请重新选择。", "{name} is empty. Select another file.")
ARCHIVE = Text(
    "“{name}”是压缩包，尚未保存，请解压后逐个上传其中的文件。",
    "{name} is an archive and was not saved. Unpack it and upload the files one by one.",
)
PROGRAM = Text(
    "“{name}”是程序文件，不能作为佐证材料，尚未保存。{taken}",
    "{name} is a program, which cannot be evidence. It was not saved. {taken}",
)
PAGE = Text(
    "“{name}”是网页或矢量图，尚未保存，请打印成PDF或截图后上传。",
    "{name} is a web page or a drawing and was not saved. Print it to a PDF, or upload a screenshot.",
)
MEDIA = Text(
    "“{name}”是音频或视频，尚未保存，请上传截图或说明。",
    "{name} is audio or video and was not saved. Upload screenshots or a written note instead.",
)
MACROS = Text(
    "“{name}”含有宏，尚未保存，请另存为不含宏的文件后上传。",
    "{name} contains macros and was not saved. Save it without macros and upload it again.",
)
LOCKED = Text(
    "“{name}”设有密码，尚未保存，请取消密码后另存并上传。",
    "{name} has a password and was not saved. Remove the password and upload it again.",
)
CUT_SHORT = Text(
    "“{name}”不完整或已损坏，尚未保存，请重新上传。",
    "{name} is incomplete or damaged and was not saved. Upload it again.",
)
HIDING = Text(
    "“{name}”内含压缩包，尚未保存，请重新导出后上传。",
    "{name} contains an archive and was not saved. Export it again and upload that.",
)
UNKNOWN = Text("“{name}”的类型不能识别，尚未保存。{taken}", "{name} is of an unknown type and was not saved. {taken}")


class EvidenceKind(StrEnum):
    """A kind of evidence file; the value is the ending of its name."""

    PDF = "pdf"
    OFD = "ofd"
    PNG = "png"
    JPEG = "jpg"
    GIF = "gif"
    WEBP = "webp"
    HEIC = "heic"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    DOC = "doc"
    XLS = "xls"
    PPT = "ppt"

    @property
    def media_type(self) -> str:
        """What a browser is told that the file is."""
        return MEDIA_TYPES[self]


OFFICE: Final = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES: Final = {
    EvidenceKind.PDF: "application/pdf", EvidenceKind.OFD: "application/ofd", EvidenceKind.PNG: "image/png",
    EvidenceKind.JPEG: "image/jpeg", EvidenceKind.GIF: "image/gif", EvidenceKind.WEBP: "image/webp",
    EvidenceKind.HEIC: "image/heic", EvidenceKind.DOCX: f"{OFFICE}wordprocessingml.document",
    EvidenceKind.XLSX: f"{OFFICE}spreadsheetml.sheet", EvidenceKind.PPTX: f"{OFFICE}presentationml.presentation",
    EvidenceKind.DOC: "application/msword", EvidenceKind.XLS: "application/vnd.ms-excel",
    EvidenceKind.PPT: "application/vnd.ms-powerpoint",
}  # fmt: skip
BY_ENDING: Final = {
    ".pdf": EvidenceKind.PDF, ".png": EvidenceKind.PNG, ".gif": EvidenceKind.GIF, ".webp": EvidenceKind.WEBP,
    **dict.fromkeys((".jpg", ".jpeg", ".jpe", ".jfif"), EvidenceKind.JPEG),
    **dict.fromkeys((".heic", ".heif"), EvidenceKind.HEIC),
}  # fmt: skip
"""The kinds that the library tells by their first bytes."""
REFUSED: Final = {
    **dict.fromkeys((".rar", ".7z", ".gz", ".bz2", ".xz", ".tar", ".zst", ".cab", ".iso"), ARCHIVE),
    **dict.fromkeys((".exe", ".dll", ".class", ".AppImage", ".elf", ".msi", ".sh", ".bat", ".swf"), PROGRAM),
    **dict.fromkeys((".html", ".htm", ".svg", ".xml", ".xhtml", ".mht"), PAGE),
    **dict.fromkeys((".mp4", ".mov", ".avi", ".mp3", ".wav", ".mkv", ".wmv", ".m4a", ".3gp"), MEDIA),
}
OLD_OFFICE: Final = {
    "WordDocument": EvidenceKind.DOC, "PowerPoint Document": EvidenceKind.PPT,
    "Workbook": EvidenceKind.XLS, "Book": EvidenceKind.XLS,
}  # fmt: skip
"""The streams that tell what an old Office file is."""
OLD_MACROS: Final = ("_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros")
NEW_OFFICE: Final = {
    "wordprocessingml.document.main": EvidenceKind.DOCX,
    "spreadsheetml.sheet.main": EvidenceKind.XLSX,
    "presentationml.presentation.main": EvidenceKind.PPTX,
    "presentationml.slideshow.main": EvidenceKind.PPTX,
}
PROGRAMS: Final = re.compile(rb"MZ|\x7fELF|\xca\xfe\xba\xbe|[\xcf\xce]\xfa\xed\xfe|#!")
PAGES: Final = re.compile(rb"\s*(?:<\?xml|<!doctype|<html|<svg|<script|<head|<body)", re.IGNORECASE)
BRANDED: Final = re.compile(rb".{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL)
"""Pictures of phones; the library takes those with a first box of 20 or 28 bytes for video."""
MARK: Final = b"\xef\xbb\xbf"
TAIL: Final = 2048
"""Within so many bytes of its end a PDF says that it is whole."""
MAX_TYPES, MAX_UNZIPPED = 2 * MEGABYTE, 1024 * MEGABYTE
MAX_NAME_LENGTH: Final = 120


def kind_of(data: bytes, name: str, taken: Text = TAKEN) -> EvidenceKind | ParseError:
    """The kind of a file by its bytes, or why it is no evidence; the name and what is taken are only told."""
    found = found_in(data)
    if isinstance(found, EvidenceKind):
        return found
    return ParseError(found.format(name=quoted(name).strip() or "?", taken=taken))


def found_in(data: bytes) -> EvidenceKind | Text:
    """The kind of a file, or what is wrong with it, its blanks not yet filled."""
    if not data.strip(b"\0 \r\n\t"):
        return EMPTY
    if data.startswith(ZIP):
        return in_package(data)
    if data.startswith(OLE):
        return in_old_office(data)
    if PROGRAMS.match(data):
        return PROGRAM
    if PAGES.match(data.removeprefix(MARK)):
        return PAGE
    return by_first_bytes(data)


def by_first_bytes(data: bytes) -> EvidenceKind | Text:
    """A PDF or a picture that is whole, or what the first bytes tell else."""
    if BRANDED.match(data):
        return EvidenceKind.HEIC
    try:
        endings = [match.extension for match in puremagic.magic_string(data)]
    except puremagic.PureError:
        return UNKNOWN
    kind = next((BY_ENDING[ending] for ending in endings[:1] if ending in BY_ENDING), None)
    if kind is None:
        return next((REFUSED[ending] for ending in endings if ending in REFUSED), UNKNOWN)
    if not WHOLE.get(kind, bool)(data):
        return CUT_SHORT
    return HIDING if is_zipfile(BytesIO(data)) else kind


WHOLE: Final[dict[EvidenceKind, Callable[[bytes], bool]]] = {
    EvidenceKind.PDF: lambda data: b"%%EOF" in data[-TAIL:],
    EvidenceKind.PNG: lambda data: b"IEND" in data,
    EvidenceKind.JPEG: lambda data: b"\xff\xd9" in data,
}
"""How a file of a kind says that it is whole; phones write more behind a picture, which is innocent."""


def in_old_office(data: bytes) -> EvidenceKind | Text:
    """The kind of a compound file by the names of its streams."""
    if ENCRYPTED in data:
        return LOCKED
    if any(stream(name) in data for name in OLD_MACROS):
        return MACROS
    return next((kind for name, kind in OLD_OFFICE.items() if stream(name) in data), UNKNOWN)


def in_package(data: bytes) -> EvidenceKind | Text:
    """The kind of an Office or OFD file by what its package says of itself; any other package is an archive."""
    try:
        with ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            names = {entry.filename.casefold() for entry in entries}
            if "ofd.xml" in names:
                return unsafe(entries) or EvidenceKind.OFD
            if CONTENT_TYPES.casefold() not in names:
                return ARCHIVE
            if any(name.endswith(("vbaproject.bin", ".exe", ".js", ".vbs", ".bat")) for name in names):
                return MACROS
            return unsafe(entries) or office_kind(package)
    except BROKEN:
        return CUT_SHORT


def unsafe(entries: list[ZipInfo]) -> Text | None:
    """What keeps a package from being kept: locked, leading out of itself, or unfolding into a gigabyte."""
    if any(entry.flag_bits & 1 for entry in entries):
        return LOCKED
    if any(map(leaves_package, entries)) or sum(entry.file_size for entry in entries) > MAX_UNZIPPED:
        return CUT_SHORT
    return None


def office_kind(package: ZipFile) -> EvidenceKind | Text:
    """The kind that the content types of a package state.

    Raises:
        ExpatError, ValueError: they are damaged.
    """
    entry = next(entry for entry in package.infolist() if entry.filename.casefold() == CONTENT_TYPES.casefold())
    if entry.file_size > MAX_TYPES:
        return CUT_SHORT
    types = package.read(entry)
    document = document_in(iter([types]))
    if document.has_type or not document.is_one:
        return CUT_SHORT
    stated = " ".join(each.get("ContentType", "") for each in attributes_in(types)).casefold()
    if "macroenabled" in stated:
        return MACROS
    return next((kind for word, kind in NEW_OFFICE.items() if word in stated), ARCHIVE)


def named_after(name: str, kind: EvidenceKind) -> str:
    """A name to keep a file under: no folders, no control characters, not too long, and the ending of its true kind."""
    plain = "".join(letter for letter in name.replace("\\", "/") if letter.isprintable())
    path = PurePath(plain.rpartition("/")[2].strip(" ."))
    ending = path.suffix.casefold()
    fits = BY_ENDING.get(ending) is kind or ending == f".{kind}"
    stem = (path.stem if path.suffix else path.name)[:MAX_NAME_LENGTH] or "file"
    return f"{stem}{path.suffix if fits else f'.{kind}'}"
