"""The book of a rule sheet as plain text: headings with signs in front, lists with dashes, tables with bars."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.rule_book import RuleBook, RuleHeading, RuleParagraph
from assess.core.text import Language, Text


def told(book: RuleBook, language: Language) -> str:
    """Everything that a book says."""
    return "\n".join(lines_of(book, language)) + "\n"


def lines_of(book: RuleBook, language: Language) -> Iterator[str]:
    """The lines of a book."""
    yield book.title.localized(language)
    for label, fact in book.facts:
        yield row((label, fact), language)
    for block in book.blocks:
        match block:
            case RuleHeading(level, text):
                yield f"{'#' * (level + 1)} {text.localized(language)}"
            case RuleParagraph(text, is_listed):
                yield "- " * is_listed + text.localized(language)
            case _:
                yield from (row(each, language) for each in (block.heads, *block.rows))


def row(cells: tuple[Text, ...], language: Language) -> str:
    """The cells of a row."""
    return " | ".join(cell.localized(language) for cell in cells).rstrip()
