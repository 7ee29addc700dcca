"""The book of a rule sheet as one HTML file that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import BinaryIO, Final

from assess.core.methods.as_rule import RuleTable
from assess.core.rule_book import RuleBook, RuleHeading, RuleParagraph
from assess.core.text import Language, Text
from assess.files.rule_book.words import FOOT, mark_of

STYLE: Final = """
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.6;
  font-family: "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; color: #111; background: #fff; }
h1 { text-align: center; line-height: 1.3; }
h2 { margin-top: 2em; border-bottom: 1px solid #888; }
h3, h4, h5, h6 { margin-bottom: 0.2em; }
p { margin: 0.2em 0; overflow-wrap: anywhere; }
p.listed { padding-left: 1.2em; text-indent: -0.8em; }
p.mark { text-align: center; font-weight: bold; background: #eee; }
table { border-collapse: collapse; margin: 0.5em 0; }
th, td { border: 1px solid #999; padding: 0.2em 0.5em; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee; }
footer { margin-top: 3em; border-top: 1px solid #888; font-size: 0.85em; overflow-wrap: anywhere; }
@media print {
  body { margin: 0; max-width: none; }
  h2, h3, h4, h5, h6 { break-after: avoid; }
  tr { break-inside: avoid; }
}
"""
LANGUAGES: Final = {"zh": "zh-CN", "en": "en"}
DEEPEST: Final = 6


def write_rule_html(book: RuleBook, target: Path | BinaryIO, language: Language) -> tuple[Text, ...]:
    """Write the book; the same sheet gives the same bytes. Returns what a reader should know, which is nothing."""
    data = ("\n".join(lines_of(book, language)) + "\n").encode()
    if isinstance(target, Path):
        target.write_bytes(data)
    else:
        target.write(data)
    return ()


def lines_of(book: RuleBook, language: Language) -> Iterator[str]:
    """The file line by line."""
    title, mark = spelled(book.title, language), mark_of(book)
    yield f'<!DOCTYPE html>\n<html lang="{LANGUAGES[language]}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>"
    if mark is not None:
        yield f'<p class="mark">{spelled(mark, language)}</p>'
    yield f"<h1>{title}</h1>\n<table>"
    for label, told in book.facts:
        yield f'<tr><th scope="row">{spelled(label, language)}</th><td>{spelled(told, language)}</td></tr>'
    yield "</table>"
    for block in book.blocks:
        yield from block_lines(block, language)
    foot = FOOT.format(sheet=book.sheet, year=book.year, digest=book.digest)
    yield f"</main>\n<footer>{spelled(foot, language)}</footer>\n</body>\n</html>"


def block_lines(block: RuleHeading | RuleParagraph | RuleTable, language: Language) -> Iterator[str]:
    """A heading, a paragraph or a table."""
    match block:
        case RuleHeading(level, text):
            name = f"h{min(level + 2, DEEPEST)}"
            yield f"<{name}>{spelled(text, language)}</{name}>"
        case RuleParagraph(text, is_listed):
            listed, sign = (' class="listed"', "· ") if is_listed else ("", "")
            yield f"<p{listed}>{sign}{spelled(text, language)}</p>"
        case RuleTable(heads, rows):
            yield f"<table>\n<thead><tr>{cells('th', heads, language)}</tr></thead>\n<tbody>"
            yield from (f"<tr>{cells('td', row, language)}</tr>" for row in rows)
            yield "</tbody>\n</table>"


def cells(name: str, texts: tuple[Text, ...], language: Language) -> str:
    """The cells of a row."""
    start = '<th scope="col">' if name == "th" else "<td>"
    return "".join(f"{start}{spelled(text, language)}</{name}>" for text in texts)


def spelled(text: Text, language: Language) -> str:
    """A text in one language, as HTML spells it."""
    return escape(text.localized(language))
