"""The result as an Excel workbook: ranking, lines, losses and inputs; text is written as text, never as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from assess.core.explanations.lines import ResultLines
from assess.core.result_units import headed
from assess.core.rules.sheet import SheetStanding
from assess.core.rules.titles import clause_words
from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.content import (
    CardEvidence,
    CardRow,
    EvidencePart,
    Notice,
    RankedLine,
    RankingTable,
    Scorecard,
)
from assess.core.scorecard.losses import listed
from assess.core.scorecard.part_content import PartRow, PartTable
from assess.core.text import Language, Text
from assess.files.workbooks.books import lay_out_for_print, new_book, write_text
from assess.files.workbooks.number_cells import double_of, pattern_of

MAX_LOSSES = 5
RANKING, LINES = Text("排名", "Ranking"), Text("得分明细", "Points by item")
LOSSES, INPUTS = Text("主要失分", "Largest losses"), Text("数据来源", "Data sources")
STANDINGS = {
    SheetStanding.DEMONSTRATION: Text("演示数据，不是真实考核结果", "Demonstration: these are not real results"),
    SheetStanding.DRAFT: Text("草案，不是正式结果", "Draft: not a final result"),
}
PROVISIONAL = Text("公示稿，非最终结果（第{run}次计分，{at}）", "Provisional, not final (run {run}, {at})")
STATES = {
    "scored": Text("已计分", "scored"),
    "missing": Text("缺数据", "missing"),
    "not-applicable": Text("不涉及", "not applicable"),
    "blocked": Text("缺数据，暂无总分", "no total: data missing"),
    "not-scored": Text("未计分", "not scored"),
    "no-group": Text("未分组", "no group"),
}
OTHERS, RANKED_BY = Text("其他排名", "Other rankings"), Text("分组和排名", "Group and ranking")
COUNTED_IN, IN_POINTS = Text("得分单位", "Counted in"), Text("分", "points")
GROUP, RANK, OF = Text("分组", "Group"), Text("名次", "Rank"), Text("参加排名数", "Units ranked")
CODE, UNIT, TOTAL = Text("代码", "Code"), Text("单位", "Unit"), Text("总分", "Total")
GRADE, CHANGE = Text("等次", "Grade"), Text("名次变化", "Change of rank")
CONVERTED, REMARKS = Text("折算分", "Converted"), Text("说明", "Remarks")
NUMBER, ITEM, FULL = Text("序号", "No."), Text("考核项", "Item"), Text("分值", "Full mark")
POINTS, MEAN, LOST = Text("得分", "Points"), Text("本组平均", "Group average"), Text("失分", "Points lost")
STATE, WHY, CLAUSE = Text("状态", "State"), Text("计分说明", "Explanation"), Text("条款", "Clause")
EVIDENCE, PLACE = Text("数据编号", "Data no."), Text("出处", "Source")
WARNINGS, WARNING, ALL_UNITS = Text("提示", "Warnings"), Text("内容", "Warning"), Text("全部单位", "All units")
FIGURE, PERIOD, VALUE = Text("数据项", "Figure"), Text("填报期", "Reporting period"), Text("数值", "Value")
PARTS, VALUES, WEIGHT = Text("各部分得分", "Points by part"), Text("数值", "Values"), Text("权重", "Weight")
OBJECT, COUNTS = Text("对象", "Object"), Text("是否计入", "Counts")
VALUE_OF = Text("{figure}：{value}", "{figure}: {value}")
RULES = Text(
    "评分表：{sheet}（{year}），摘要 {digest}；数据摘要 {inputs}",
    "Rule sheet {sheet} ({year}), {digest}; inputs {inputs}",
)
FIRST_ROW = 3
"""Headings stand in the row above; the rows before hold the title, the standing and the digests."""


def write_ranking_book(lines: ResultLines, path: Path, language: Language, notice: Notice | None = None) -> None:
    """Write the workbook; it has the same bytes for the same result. With a notice it is marked as provisional."""
    maker = BookMaker(lines, notice=notice)
    book = new_book(path)
    cards = [maker.card(unit) for unit in range(len(maker.results.inputs.units))]
    made = maker.book()
    writer = RankingBookWriter(book, maker, language)
    writer.ranking(made.listed)
    writer.others(made.tables)
    writer.lines(cards)
    writer.parts(cards)
    writer.losses(cards)
    writer.inputs(cards)
    writer.warnings(made.warnings)
    book.close()


@dataclass(slots=True)
class BookColumn:
    """One column of a sheet: its heading and width in characters."""

    heading: Text
    width: int


class RankingBookWriter:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Workbook, maker: BookMaker, language: Language) -> None:
        self.book = book
        self.maker = maker
        self.language = language
        self.heading = book.add_format({"bold": True, "bg_color": "#D9E2EF", "border": 1, "text_wrap": True})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.warning = book.add_format({"bold": True, "font_color": "#B00020"})
        self.plain = book.add_format({"valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.formats: dict[str, Format] = {}

    def sheet(self, name: Text, columns: list[BookColumn]) -> Worksheet:
        """A sheet with its title, standing, digests and headings."""
        sheet = self.book.add_worksheet(name.localized(self.language))
        head = self.maker.head
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
        write_text(sheet, 0, 0, f"{head.title.localized(self.language)} · {name.localized(self.language)}", self.title)
        standing = STANDINGS.get(head.standing) if head.standing else None
        notice = PROVISIONAL.format(run=head.notice.run, at=head.notice.at) if head.notice else None
        said = [each.localized(self.language) for each in (standing, notice) if each]
        if said:
            write_text(sheet, 1, 0, " · ".join(said), self.warning)
        facts = {"sheet": head.sheet, "year": head.year, "digest": head.rule_digest, "inputs": head.input_digest}
        write_text(sheet, 1, 3, RULES.localized(self.language, **facts))
        for number, column in enumerate(columns):
            write_text(sheet, FIRST_ROW - 1, number, column.heading.localized(self.language), self.heading)
        sheet.freeze_panes(FIRST_ROW, 3)
        lay_out_for_print(sheet, FIRST_ROW - 1)
        return sheet

    def rows(self, sheet: Worksheet, columns: list[BookColumn], rows: Iterable[list[Any]]) -> None:
        """Write rows of texts, numbers and blanks, and a filter over them."""
        last = FIRST_ROW - 1
        for last, row in enumerate(rows, start=FIRST_ROW):
            for number, cell in enumerate(row):
                self.cell(sheet, last, number, cell)
        sheet.autofilter(FIRST_ROW - 1, 0, last, len(columns) - 1)

    def cell(self, sheet: Worksheet, row: int, column: int, cell: Any) -> None:
        """A text as text; a printed number as a number that shows the same digits."""
        if isinstance(cell, Text):
            write_text(sheet, row, column, cell.localized(self.language), self.wrapped)
        elif isinstance(cell, PrintedNumber):
            self.number(sheet, row, column, cell.printed)
        elif cell is not None:
            write_text(sheet, row, column, str(cell), self.plain)

    def number(self, sheet: Worksheet, row: int, column: int, printed: str) -> None:
        """A number cell; text where Excel would show other digits. What was cut keeps its ≈."""
        value = double_of(printed.removeprefix("≈"))
        if value is None:
            write_text(sheet, row, column, printed, self.plain)
        else:
            sheet.write_number(row, column, value, self.number_format(printed))

    def number_format(self, printed: str) -> Format:
        """A format with as many decimals as are printed."""
        pattern = pattern_of(printed)
        if pattern not in self.formats:
            self.formats[pattern] = self.book.add_format({"num_format": pattern, "valign": "top"})
        return self.formats[pattern]

    def ranking(self, tables: tuple[RankingTable, ...]) -> None:
        """All groups, each best first."""
        sections, unit = (list(tables[0].sections), tables[0].unit) if tables else ([], None)
        columns = [
            BookColumn(GROUP, 12),
            BookColumn(RANK, 7),
            BookColumn(UNIT, 24),
            BookColumn(CODE, 13),
            BookColumn(OF, 10),
            BookColumn(headed(TOTAL, unit), 10),
            BookColumn(GRADE, 10),
            BookColumn(CHANGE, 10),
            BookColumn(CONVERTED, 10),
            *(BookColumn(title, 14) for title, _ in sections),
            BookColumn(REMARKS, 50),
        ]
        sheet = self.sheet(RANKING, columns)
        self.rows(sheet, columns, (self.ranked(table, row) for table in tables for row in table.rows))

    def ranked(self, table: RankingTable, row: RankedLine) -> list[Any]:
        """One unit's row."""
        marks = [*row.marks, *([row.why] if row.why else [])]
        remarks = Text("；".join(mark.zh for mark in marks), "; ".join(mark.en for mark in marks))
        change = None if row.change is None else PrintedNumber(str(row.change))
        return [
            table.title, figure(row.rank), row.name, row.unit, figure(table.of if row.rank else None),
            figure(row.total), row.grade, change, figure(row.converted),
            *(figure(points) for points, _ in row.sections), remarks,
        ]  # fmt: skip

    def others(self, tables: tuple[RankingTable, ...]) -> None:
        """The other rankings of the sheet, each group best first; no sheet where there are none."""
        rankings = [other for table in tables for other in table.others]
        if not rankings:
            return
        columns = [
            BookColumn(RANKED_BY, 34),
            BookColumn(RANK, 7),
            BookColumn(UNIT, 24),
            BookColumn(CODE, 13),
            BookColumn(OF, 10),
            BookColumn(POINTS, 12),
            BookColumn(COUNTED_IN, 12),
            BookColumn(GRADE, 10),
        ]
        sheet = self.sheet(OTHERS, columns)
        self.rows(sheet, columns, (self.other(table, row) for table in rankings for row in table.rows))

    def other(self, table: RankingTable, row: RankedLine) -> list[Any]:
        """One unit's row of another ranking."""
        numbers = [figure(table.of if row.rank else None), figure(row.total)]
        return [table.title, figure(row.rank), row.name, row.unit, *numbers, table.unit or IN_POINTS, row.grade]

    def lines(self, cards: list[Scorecard]) -> None:
        """Every line of every unit, with the sentence why and where its figures came from."""
        unit = cards[0].head.unit_of_result if cards else None
        columns = [
            BookColumn(CODE, 13),
            BookColumn(UNIT, 22),
            BookColumn(NUMBER, 8),
            BookColumn(ITEM, 30),
            BookColumn(FULL, 9),
            BookColumn(headed(POINTS, unit), 9),
            BookColumn(MEAN, 10),
            BookColumn(STATE, 10),
            BookColumn(WHY, 70),
            BookColumn(CLAUSE, 22),
            BookColumn(PLACE, 50),
        ]
        sheet = self.sheet(LINES, columns)
        self.rows(sheet, columns, (line for card in cards for line in self.lines_of(card)))

    def lines_of(self, card: Scorecard) -> Iterator[list[Any]]:
        """The lines of one unit, bonuses and deductions last."""
        sources = {evidence.number: evidence.source for evidence in card.evidence}
        for row in card.all_rows:
            places = "; ".join(sources[number] for number in row.evidence)
            numbers = [None, row.off] if row.off else [figure(row.full or None), figure(row.points)]
            yield [
                card.unit,
                card.name,
                row.number,
                row.title,
                *numbers,
                figure(row.mean),
                STATES[row.state],
                row.why,
                clause_words(row.clause),
                places,
            ]

    def parts(self, cards: list[Scorecard]) -> None:
        """Every part of every item that is scored by parts; no sheet where there is none."""
        found = [(card, row, part) for card in cards for row in card.all_rows if row.parts for part in row.parts.rows]
        if not found:
            return
        columns = [
            BookColumn(CODE, 13),
            BookColumn(UNIT, 22),
            BookColumn(NUMBER, 8),
            BookColumn(ITEM, 30),
            BookColumn(OBJECT, 24),
            BookColumn(PERIOD, 12),
            BookColumn(VALUES, 30),
            BookColumn(WEIGHT, 9),
            BookColumn(headed(POINTS, cards[0].head.unit_of_result), 9),
            BookColumn(FULL, 9),
            BookColumn(COUNTS, 16),
            BookColumn(WHY, 70),
        ]
        self.rows(self.sheet(PARTS, columns), columns, (part_cells(*each) for each in found))

    def losses(self, cards: list[Scorecard]) -> None:
        """The largest losses of every unit."""
        columns = [
            BookColumn(CODE, 13),
            BookColumn(UNIT, 22),
            BookColumn(RANK, 7),
            BookColumn(ITEM, 30),
            BookColumn(LOST, 9),
            BookColumn(POINTS, 9),
            BookColumn(FULL, 9),
            BookColumn(WHY, 70),
            BookColumn(CLAUSE, 22),
        ]
        sheet = self.sheet(LOSSES, columns)
        self.rows(sheet, columns, (row for card in cards for row in self.losses_of(card)))

    def losses_of(self, card: Scorecard) -> Iterator[list[Any]]:
        """The largest losses of one unit, then what all others and all together come to."""
        unit, found = [card.unit, card.name, figure(card.rank)], listed(card, MAX_LOSSES)
        for row in found.lines:
            numbers = [figure(row.lost), figure(row.points), figure(row.full or None)]
            yield [*unit, row.title, *numbers, row.why, clause_words(row.clause)]
        for step in found.sums:
            yield [*unit, step.what, figure(step.amount), None, None, None, None]

    def inputs(self, cards: list[Scorecard]) -> None:
        """Every figure with the very cell or line it came from."""
        columns = [
            BookColumn(CODE, 13),
            BookColumn(UNIT, 22),
            BookColumn(EVIDENCE, 10),
            BookColumn(FIGURE, 34),
            BookColumn(PERIOD, 20),
            BookColumn(VALUE, 40),
            BookColumn(PLACE, 60),
        ]
        sheet = self.sheet(INPUTS, columns)
        rows = (
            self.input(card, evidence, part) for card in cards for evidence in card.evidence for part in evidence.parts
        )
        self.rows(sheet, columns, rows)

    def warnings(self, warnings: Sequence[tuple[Text | None, Text]]) -> None:
        """What a reader should know of the results; no sheet where there is nothing."""
        if not warnings:
            return
        columns = [BookColumn(UNIT, 24), BookColumn(WARNING, 100)]
        sheet = self.sheet(WARNINGS, columns)
        self.rows(sheet, columns, ([ALL_UNITS if name is None else name, what] for name, what in warnings))

    def inputs_of(self, card: Scorecard) -> Iterator[list[Any]]:
        """Every value behind one card."""
        return (self.input(card, evidence, part) for evidence in card.evidence for part in evidence.parts)

    def input(self, card: Scorecard, evidence: CardEvidence, part: EvidencePart) -> list[Any]:
        """One value of one unit."""
        value = PrintedNumber(part.value.zh) if part.is_number else part.value
        number = PrintedNumber(str(evidence.number))
        return [card.unit, card.name, number, evidence.figure, part.period, value, part.source]


def part_cells(card: Scorecard, row: CardRow, part: PartRow) -> list[Any]:
    """One part of an item of one unit."""
    assert row.parts is not None
    titles = [part.object and part.object.title, part.period and part.period.title]
    numbers = [figure(part.weight), figure(part.points), figure(part.full or None)]
    values = values_of(row.parts, part)
    return [card.unit, card.name, row.number, row.title, *titles, values, *numbers, part.counts_told, part.why]


def values_of(parts: PartTable, part: PartRow) -> PrintedNumber | Text | None:
    """The values of a part: a number where its item has one figure that is a number, else each with its figure."""
    if len(part.values) == 1 and (only := part.values[0]) and only.is_number:
        return PrintedNumber(only.shown.zh)
    known = [(title, each.shown) for title, each in zip(parts.figures, part.values, strict=True) if each]
    told = [VALUE_OF.format(figure=title, value=value) for title, value in known]
    return Text("；".join(each.zh for each in told), "; ".join(each.en for each in told)) if told else None


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A printed number that becomes a number cell."""

    printed: str


def figure(printed: str | None) -> PrintedNumber | None:
    """A number cell, or a blank."""
    return None if printed is None else PrintedNumber(printed)
