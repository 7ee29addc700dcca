"""The ranking as a workbook for meetings and print: heat colours, signed changes, and every unit by every item.

The archive of a year keeps the plain workbook of `ranking_book`, which its check makes again and compares.
"""

from __future__ import annotations

from pathlib import Path

from assess.core.explanations.lines import ResultLines
from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.content import Notice
from assess.core.scorecard.result_tables import marks_of, matrix_table, ranking_table
from assess.core.text import Language
from assess.files.ranking_book import RankingBookWriter
from assess.files.table_book import TableSheets
from assess.files.workbooks.books import new_book


def write_ranking_print_book(lines: ResultLines, path: Path, language: Language, notice: Notice | None = None) -> None:
    """Write the workbook; it has the same bytes for the same result. With a notice it is marked as provisional."""
    maker = BookMaker(lines, notice=notice)
    book = new_book(path)
    cards = [maker.card(unit) for unit in range(len(maker.results.inputs.units))]
    made, marks = maker.book(), marks_of(maker.head)
    sheets = TableSheets(book, language)
    sheets.add(ranking_table(maker.head, [(table, table.rows) for table in made.listed], marks))
    sheets.add(matrix_table(maker, made.listed, marks))
    writer = RankingBookWriter(book, maker, language)
    writer.lines(cards)
    writer.losses(cards)
    writer.inputs(cards)
    writer.warnings(made.warnings)
    book.close()
