"""A look at the package of a workbook before anything reads it: sizes, names, parts, document types."""

from __future__ import annotations

import stat
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath
from posixpath import join, normpath
from typing import Final
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from assess.core.flaws import ValidationError
from assess.core.text import Text
from assess.files.foreign import FOREIGN, OTHER_OLD, foreign_kind, foreign_old_kind, foreign_package
from assess.files.opening import MEGABYTE, refusal
from assess.files.workbooks.package_parts import attributes_in, document_in, pieces_of

PASSWORD = Text("Excel表格设有密码，请取消密码后另存。", "The Excel file has a password. Remove it and save again.")
OLD_FORMAT = Text("这是旧版.xls文件，请另存为.xlsx。", "This is an old .xls file. Save it as .xlsx.")
OTHER_FORMAT = Text("这不是.xlsx表格，请在Excel或WPS中另存为.xlsx。", "This is not an .xlsx file. Save it as .xlsx.")
NOT_A_WORKBOOK = Text("这不是Excel表格，请选择.xlsx文件。", "This is not an Excel file. Select an .xlsx file.")
DAMAGED = Text(
    "Excel表格已损坏或不完整，请重新打开并另存为.xlsx。",
    "The Excel file is damaged or incomplete. Open it and save it again as .xlsx.",
)
MACROS = Text(
    "Excel表格含有宏，请另存为不含宏的.xlsx。", "The Excel file contains macros. Save it as .xlsx without them."
)
LINKS = Text(
    "Excel表格链接到外部文件或数据源，请断开链接后另存。",
    "The Excel file links to other files or data. Break the links and save again.",
)
EMBEDDED = Text(
    "Excel表格嵌有其他对象（OLE或控件），请删去后另存。",
    "The Excel file contains embedded objects (OLE or controls). Remove them and save again.",
)
TOO_MANY_PARTS = Text(
    "Excel表格的组成部分超过{most}个，请只保留数据另存。",
    "The Excel file has more than {most} parts. Keep only the data and save again.",
)
TOO_LARGE_INSIDE = Text(
    "Excel表格解压后超过{most} MB，请只保留数据另存。",
    "The Excel file is larger than {most} MB when unpacked. Keep only the data and save again.",
)
TOO_MUCH_INSIDE = Text(
    "Excel表格内带格式的空白单元格、格式等内容过多，请只保留数据另存。",
    "The Excel file has too many formatted blank cells, styles or similar. Keep only the data and save again.",
)
SAME_NAMES = Text(
    "Excel表格内有重名部分，请重新另存为.xlsx。", "Parts of the Excel file have the same name. Save it again as .xlsx."
)
STRAY_NAMES = Text(
    "Excel表格内有指向外部路径的部分，请重新另存为.xlsx。",
    "A part of the Excel file points outside it. Save it again as .xlsx.",
)
STRICT = Text(
    "这是“Strict Open XML 电子表格”，请另存为“Excel 工作簿（*.xlsx）”，不要选带Strict的格式。",
    "This is a Strict Open XML spreadsheet. Save it as “Excel Workbook (*.xlsx)”, not as the Strict format.",
)
DOCUMENT_TYPE = Text(
    "Excel表格内含文档类型定义，不予读取，请重新另存为.xlsx。",
    "The Excel file contains a document type definition and was not read. Save it again as .xlsx.",
)

MAX_PARTS: Final = 1000
MAX_MEGABYTES: Final = 128
"""A million blank rows as Excel writes them have a hundred."""
MAX_TAGS: Final = 5_000_000
"""A million formatted blank cells have a third of these; millions more fill the memory of any reader."""
MAX_MEGABYTES_READ_WHOLE: Final = 32
MAX_TAGS_READ_WHOLE: Final = 500_000
"""The same for what is no sheet and no list of texts."""
LONG_PARTS: Final = ("xl/worksheets/", "xl/sharedstrings.xml")

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP: Final = b"PK\x03\x04"
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
BROKEN: Final = (
    BadZipFile, expat.ExpatError, zlib.error,
    EOFError, KeyError, LookupError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What a damaged package makes its readers raise."""
CONTENT_TYPES: Final = "[Content_Types].xml"
MAX_TYPE_LENGTH: Final = 200
MACRO_KINDS: Final = ("macroenabled", "macrosheet", "vbaproject")
STRICT_WORDS: Final = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS: Final = "http://purl.oclc.org/ooxml/"
BOOK, BOOK_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
EMBEDDING: Final = frozenset(["oleobject", "package", "control", "activexcontrolbinary"])
LINKING: Final = frozenset(["externallink", "externallinkpath", "connections", "querytable"])


def look_at_package(data: bytes, path: Path) -> None:
    """Make sure that the bytes are a plain workbook that is safe to read.

    Raises:
        ValidationError: they are not; the first reason found, and what to do.
    """
    if data.startswith(OLE):
        raise old_file(data, path)
    if not data.startswith(b"PK"):
        raise no_workbook(path, foreign_kind(data))
    try:
        with ZipFile(BytesIO(data)) as package:
            look_at_directory(package.infolist(), path)
            look_at_kind(package, path)
            for entry in package.infolist():
                look_at_part(package, entry, path)
            if not set(parts_of_sheets(package).values()) <= set(package.namelist()):
                raise refusal(path, DAMAGED)
    except BROKEN:
        raise refusal(path, DAMAGED) from None


def look_at_directory(entries: list[ZipInfo], path: Path) -> None:
    """Refuse by the directory alone: too much, names that are no names, links, locked or strangely packed parts."""
    names = [entry.filename for entry in entries]
    if len(names) > MAX_PARTS:
        raise refusal(path, TOO_MANY_PARTS, most=MAX_PARTS)
    if len({name.casefold() for name in names}) < len(names):
        raise refusal(path, SAME_NAMES)
    if any(map(leaves_package, entries)):
        raise refusal(path, STRAY_NAMES)
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusal(path, PASSWORD)
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise refusal(path, DAMAGED)
    if sum(entry.file_size for entry in entries) > MAX_MEGABYTES * MEGABYTE:
        raise refusal(path, TOO_LARGE_INSIDE, most=MAX_MEGABYTES)


def leaves_package(entry: ZipInfo) -> bool:
    """Whether a part is a link or its name leads out of the package."""
    name = entry.orig_filename
    parts = PurePosixPath(name).parts
    return (
        stat.S_ISLNK(entry.external_attr >> 16)
        or name.startswith("/")
        or ".." in parts
        or any(sign in name for sign in ("\\", ":", "\0"))
    )


def look_at_kind(package: ZipFile, path: Path) -> None:
    """Refuse what is no workbook, or one with macros."""
    names = {name.casefold() for name in package.namelist()}
    if CONTENT_TYPES.casefold() not in names:
        raise no_workbook(path, foreign_package(names, type_stated(package)))
    look_at_part(package, package.getinfo(CONTENT_TYPES), path)
    kinds = " ".join(each.get("ContentType", "") for each in attributes_in(package.read(CONTENT_TYPES))).casefold()
    if any(each in kinds for each in MACRO_KINDS) or any(
        name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names
    ):
        raise refusal(path, MACROS)
    if "xl/workbook.bin" in names:
        raise refusal(path, OTHER_FORMAT)
    if "spreadsheetml" not in kinds:
        raise no_workbook(path, foreign_package(names, kinds))
    if BOOK in package.namelist() and STRICT_WORDS in next(pieces_of(package, package.getinfo(BOOK)), b""):
        raise refusal(path, STRICT)


def old_file(data: bytes, path: Path) -> ValidationError:
    """The one flaw of a compound file: locked, an old workbook, or no workbook at all."""
    if ENCRYPTED in data:
        return refusal(path, PASSWORD)
    kind = foreign_old_kind(data)
    return refusal(path, OLD_FORMAT) if kind is OTHER_OLD else no_workbook(path, kind)


def no_workbook(path: Path, kind: Text | None) -> ValidationError:
    """The one flaw of a file that is no workbook, and what it is where that is known."""
    return refusal(path, NOT_A_WORKBOOK) if kind is None else refusal(path, FOREIGN, kind=kind)


def type_stated(package: ZipFile) -> str:
    """The beginning of what a package of another format states of its type; nothing where it does not."""
    if "mimetype" not in package.namelist():
        return ""
    with package.open("mimetype") as stated:
        return stated.read(MAX_TYPE_LENGTH).decode("ascii", "replace")


def parts_of_sheets(package: ZipFile) -> dict[str, str]:
    """The name of the part of each sheet by its title, as the workbook lists them where workbooks stand as a rule."""
    if BOOK not in package.namelist() or BOOK_RELATIONS not in package.namelist():
        return {}
    targets = {each.get("Id"): each.get("Target", "") for each in attributes_in(package.read(BOOK_RELATIONS))}
    listed = [each for each in attributes_in(package.read(BOOK)) if "sheetId" in each and "name" in each]
    found = {each["name"]: targets.get(each.get("r:id")) for each in listed}
    return {title: normpath(join("/xl", target)).lstrip("/") for title, target in found.items() if target}


def look_at_part(package: ZipFile, entry: ZipInfo, path: Path) -> None:
    """Refuse a document type, a document that is none or too long, links and embedded objects."""
    name = entry.filename.casefold()
    document = document_in(pieces_of(package, entry))
    if document.has_type:
        raise refusal(path, DOCUMENT_TYPE)
    if not document.is_one:
        if name.endswith((".xml", ".rels")):
            raise refusal(path, DAMAGED)
        return
    is_long = name.startswith(LONG_PARTS)
    if document.tags > (MAX_TAGS if is_long else MAX_TAGS_READ_WHOLE):
        raise refusal(path, TOO_MUCH_INSIDE)
    if not is_long and entry.file_size > MAX_MEGABYTES_READ_WHOLE * MEGABYTE:
        raise refusal(path, TOO_MUCH_INSIDE)
    if name.endswith(".rels"):
        look_at_relations(package.read(entry), path)


def look_at_relations(data: bytes, path: Path) -> None:
    """Refuse relations that lead out of the workbook, hyperlinks aside, and embedded objects."""
    for relation in attributes_in(data):
        if relation.get("Type", "").startswith(STRICT_RELATIONS):
            raise refusal(path, STRICT)
        kind = relation.get("Type", "").rpartition("/")[2].casefold()
        if kind in EMBEDDING:
            raise refusal(path, EMBEDDED)
        if kind in LINKING or (relation.get("TargetMode") == "External" and kind != "hyperlink"):
            raise refusal(path, LINKS)
