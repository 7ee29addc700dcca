"""The book of a rule sheet as a Word document (Office Open XML), to be edited into a circular or minutes.

The few parts that such a document needs are written here: a library would stamp them with the time of writing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from assess.core.methods.as_rule import RuleTable
from assess.core.rule_book import RuleBook, RuleHeading, RuleParagraph
from assess.core.text import Language, Text
from assess.files.rule_book.words import FOOT, mark_of

HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES: Final = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}"'
CONTENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS: Final = {"document": "main", "styles": "", "header": "", "footer": ""}
"""The parts of the text, with what stands behind their content type."""
BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every part, so that the same sheet gives the same bytes."""
SIZES: Final = (32, 28, 24, 22)
"""Of headings by level, in half points; deeper ones are as large as the last."""
DEEPEST: Final = 6
FONTS: Final = (
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimSun" w:cs="Times New Roman"/>'
)
LANGUAGES: Final = {"zh": "zh-CN", "en": "en-GB"}
BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="888888"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
TABLE_START: Final = f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr>'
PAGE_NUMBER: Final = (
    '<w:r><w:t xml:space="preserve"> · </w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
)
SECTION: Final = (
    '<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1247" w:bottom="1247" w:left="1247" '
    'w:header="720" w:footer="567" w:gutter="0"/></w:sectPr>'
)


def write_rule_docx(book: RuleBook, target: Path | BinaryIO, language: Language) -> tuple[Text, ...]:
    """Write the book; the same sheet gives the same bytes. Returns what a reader should know, which is nothing."""
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name, text in parts_of(book, language):
            info = ZipInfo(name, BEGINNING)
            info.compress_type = ZIP_DEFLATED
            package.writestr(info, (HEAD + text).encode())
    return ()


def parts_of(book: RuleBook, language: Language) -> Iterator[tuple[str, str]]:
    """The parts of the package by name."""
    mark, foot = mark_of(book), FOOT.format(sheet=book.sheet, year=book.year, digest=book.digest)
    above = "" if mark is None else mark.localized(language)
    yield "[Content_Types].xml", content_types()
    yield "_rels/.rels", relations(("document", "officeDocument", "word/document.xml"))
    yield "word/_rels/document.xml.rels", relations(*((name, name, f"{name}.xml") for name in list(PARTS)[1:]))
    yield "word/styles.xml", styles(language)
    yield "word/header.xml", f"<w:hdr {NAMESPACES}>{paragraph(above, 'Mark')}</w:hdr>"
    below = paragraph(foot.localized(language), "Foot", after=PAGE_NUMBER)
    yield "word/footer.xml", f"<w:ftr {NAMESPACES}>{below}</w:ftr>"
    body = "".join(body_of(book, language))
    yield "word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}{SECTION}</w:body></w:document>"


def content_types() -> str:
    """What each part is."""
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{CONTENT}.{name}{"." * bool(more)}{more}+xml"/>'
        for name, more in PARTS.items()
    )
    relation = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return (
        f'<Types xmlns="{PACKAGE}/content-types">{relation}'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )  # fmt: skip


def relations(*of: tuple[str, str, str]) -> str:
    """What a part refers to: id, kind and place of each."""
    listed = "".join(f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{to}"/>' for id, kind, to in of)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def styles(language: Language) -> str:
    """How paragraphs look."""
    tag = LANGUAGES[language]
    defaults = f'{FONTS}<w:sz w:val="21"/><w:lang w:val="{tag}" w:eastAsia="{tag}"/>'
    headings = (style(f"Heading{level}", f"heading {level}", heading_look(level)) for level in range(1, DEEPEST + 1))
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:pPr><w:spacing w:after="60"/></w:pPr></w:style>'
        + style("Title", "Title", '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="40"/></w:rPr>')
        + style("Listed", "List", '<w:pPr><w:ind w:left="420" w:hanging="210"/></w:pPr>')
        + style("Strong", "Strong row", "<w:rPr><w:b/></w:rPr>")
        + style("Mark", "header", '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr>')
        + style("Foot", "footer", '<w:rPr><w:sz w:val="16"/></w:rPr>')
        + "".join(headings)
        + "</w:styles>"
    )  # fmt: skip


def heading_look(level: int) -> str:
    """How a heading looks; it stays with what follows it, and stands in the outline."""
    size = SIZES[min(level, len(SIZES)) - 1]
    return (
        f'<w:pPr><w:keepNext/><w:spacing w:before="160" w:after="60"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr>'
    )  # fmt: skip


def style(id: str, name: str, look: str) -> str:
    """A style of paragraphs."""
    based = '<w:basedOn w:val="Normal"/>'
    return f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{based}{look}</w:style>'


def body_of(book: RuleBook, language: Language) -> Iterator[str]:
    """Title, head and everything below it."""
    yield paragraph(book.title.localized(language), "Title")
    yield from table_of((), book.facts, language)
    for block in book.blocks:
        match block:
            case RuleHeading(level, text):
                yield paragraph(text.localized(language), f"Heading{min(level + 1, DEEPEST)}")
            case RuleParagraph(text, is_listed):
                yield paragraph("· " * is_listed + text.localized(language), "Listed" if is_listed else "")
            case RuleTable(heads, rows):
                yield from table_of(heads, rows, language)


def table_of(heads: tuple[Text, ...], rows: tuple[tuple[Text, ...], ...], language: Language) -> Iterator[str]:
    """A table, its head repeated on each page, with a gap below."""
    yield TABLE_START
    yield f"<w:tblGrid>{'<w:gridCol/>' * len(rows[0])}</w:tblGrid>"
    if heads:
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells(heads, language, 'Strong')}</w:tr>"
    for row in rows:
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells(row, language, '')}</w:tr>"
    yield f"</w:tbl>{paragraph('', '')}"


def cells(texts: tuple[Text, ...], language: Language, styled: str) -> str:
    """The cells of a row."""
    return "".join(f"<w:tc>{paragraph(text.localized(language), styled)}</w:tc>" for text in texts)


def paragraph(text: str, styled: str, *, after: str = "") -> str:
    """A paragraph of a style."""
    look = f'<w:pPr><w:pStyle w:val="{styled}"/></w:pPr>' if styled else ""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p>{look}{run}{after}</w:p>"
