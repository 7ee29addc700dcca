"""The ranking and the matrix of units × items as tables to take away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from assess.core.exact import Column
from assess.core.printed_tables import PrintedCell, PrintedColumn, PrintedTable, change, number
from assess.core.result_units import counted_in, headed
from assess.core.rules.sheet import SheetStanding, title_of
from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.content import DocumentHead, RankedLine, RankingTable
from assess.core.scorecard.item_ranking import NumberedNode, numbered_nodes
from assess.core.scorecard.paper import on_paper
from assess.core.text import Text

RANKING, MATRIX = Text("排名", "Ranking"), Text("单位×考核项", "Units by item")
STANDINGS: Final = {
    SheetStanding.DEMONSTRATION: Text("演示数据，不是真实考核结果", "Demonstration: these are not real results"),
    SheetStanding.DRAFT: Text("草案，不是正式结果", "Draft: not a final result"),
}
PROVISIONAL = Text("公示稿，非最终结果（第{run}次计分，{at}）", "Provisional, not final (run {run}, {at})")
GROUP, RANK, UNIT = Text("分组", "Group"), Text("名次", "Rank"), Text("单位", "Unit")
CODE, TOTAL, GRADE = Text("代码", "Code"), Text("总分", "Total"), Text("等次", "Grade")
CHANGE, CONVERTED = Text("名次变化", "Change of rank"), Text("折算分", "Converted")
REMARKS: Final = Text("说明", "Remarks")
OF_FULL: Final = Text("{title}（{full}分）", "{title} ({full})")
NUMBERED: Final = Text("{number} {title}", "{number} {title}")
TITLED: Final = Text("{title} · {name}", "{title} · {name}")
FROZEN: Final = 3


def unit_columns(unit: Text | None) -> list[PrintedColumn]:
    """The columns that say which unit a row is of, and its total."""
    columns = [PrintedColumn(GROUP, 10), PrintedColumn(RANK, 6), PrintedColumn(UNIT, 20), PrintedColumn(CODE, 12)]
    return [*columns, PrintedColumn(headed(TOTAL, unit), 8)]


def section_heading(title: Text, full: str, unit: Text | None) -> Text:
    """A section with its full mark, where it has one."""
    return counted_in(OF_FULL, unit).format(title=title, full=full) if full else headed(title, unit)


def marks_of(head: DocumentHead) -> list[Text]:
    """What every reader of a document must see: that it is a demonstration or draft, and that it is not final."""
    notice = head.notice
    found = [STANDINGS[head.standing]] if head.standing in STANDINGS else []
    return [*found, *([PROVISIONAL.format(run=notice.run, at=notice.at)] if notice else [])]


def ranking_table(
    head: DocumentHead, groups: Sequence[tuple[RankingTable, Sequence[RankedLine]]], marks: Sequence[Text]
) -> PrintedTable:
    """The rows of some groups in one table."""
    sections = groups[0][0].sections if groups else ()
    return PrintedTable(
        name=RANKING,
        title=TITLED.format(title=head.title, name=RANKING),
        marks=marks,
        columns=[
            *unit_columns(head.unit_of_result), PrintedColumn(GRADE, 9), PrintedColumn(CHANGE, 9),
            PrintedColumn(CONVERTED, 9),
            *(PrintedColumn(section_heading(title, full, head.unit_of_result), 11) for title, full in sections),
            PrintedColumn(REMARKS, 46),
        ],
        rows=[ranked(table, row) for table, rows in groups for row in rows],
        frozen=FROZEN,
    )  # fmt: skip


def ranked(table: RankingTable, row: RankedLine) -> list[PrintedCell]:
    """One unit's row."""
    marks = dict.fromkeys((*row.marks, *([row.why] if row.why else [])))
    remarks = Text("；".join(mark.zh for mark in marks), "; ".join(mark.en for mark in marks))
    return [
        *unit_cells(table, row), row.grade, change(row.change), number(row.converted),
        *(number(points, rate) for points, rate in row.sections), remarks,
    ]  # fmt: skip


def unit_cells(table: RankingTable, row: RankedLine) -> list[PrintedCell]:
    """Group, rank, name, code and total of a unit."""
    return [table.title, number(row.rank), row.name, Text.same(row.unit), number(row.total)]


def matrix_table(maker: BookMaker, tables: Sequence[RankingTable], marks: Sequence[Text]) -> PrintedTable:
    """The points of every unit in every section and item, tinted by their score rates."""
    sheet = maker.results.inputs.sheet
    nodes = numbered_nodes(sheet)
    places = maker.results.inputs.units.places
    return PrintedTable(
        name=MATRIX,
        title=TITLED.format(title=sheet.title, name=MATRIX),
        marks=marks,
        columns=[
            *unit_columns(maker.head.unit_of_result),
            *(PrintedColumn(heading_of(each), 6, is_turned=True) for each in nodes),
        ],
        rows=[
            [*unit_cells(table, row), *points_of(maker, nodes, places[row.unit])]
            for table in tables
            for row in table.rows
        ],
        frozen=FROZEN,
    )


def heading_of(node: NumberedNode) -> Text:
    """A section or item with its number."""
    title = title_of(node.node, node.node.id)
    return NUMBERED.format(number=node.number, title=title) if node.number else title


def points_of(maker: BookMaker, nodes: Sequence[NumberedNode], unit: int) -> Iterator[PrintedCell]:
    """What a unit has in each section and item; a blank where it has no points."""
    for each in nodes:
        score = maker.results.scores[each.node.id]
        points = score.points.fraction(unit)
        full = score.full.fraction(unit) if isinstance(score.full, Column) else score.full
        text = maker.lines.of(each.node.id).scores[unit]
        rate = None if points is None or not full else points / full
        yield number(None if text is None else on_paper(text), rate)
