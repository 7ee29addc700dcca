"""The tables of the leaders' pages to take away, each as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.downloads import KEPT, Product, clean
from assess.core.printed_tables import PrintedCell, PrintedColumn, PrintedTable, change, number
from assess.core.result_units import headed
from assess.core.rules.titles import clause_words
from assess.core.runs.since_last_year import ChangeSinceLastYear
from assess.core.scorecard.content import CardRow, DocumentHead, Scorecard
from assess.core.scorecard.item_ranking import ItemLine
from assess.core.scorecard.result_tables import GROUP, RANK, UNIT, marks_of, ranking_table
from assess.core.text import EMPTY_TEXT, Language, Text
from assess.services.downloads.sending import DrawnDocument
from assess.services.leadership.cards import LeaderUnitPage, Past
from assess.services.leadership.comparing import Compared
from assess.services.leadership.items import ItemPage
from assess.services.leadership.months import MonthTable
from assess.services.leadership.seeing import View
from assess.services.leadership.standing import file_name, marks_in
from assess.services.leadership.tables import RankingInView, maker_of
from assess.store.queries.runs import RunRow

XLSX: Final = KEPT[Product.RANKING]
ITEM, POINTS = Text("考核项", "Item"), Text("得分", "Points")
FULL, MEAN = Text("分值", "Full mark"), Text("本组平均", "Group average")
LOST, WHY = Text("失分", "Points lost"), Text("计分说明", "Explanation")
CODE, CLAUSE = Text("代码", "Code"), Text("条款", "Clause")
VALUES, SOURCE = Text("数据", "Values"), Text("出处", "Source")
FIGURE, PERIOD, VALUE = Text("数据项", "Figure"), Text("填报期", "Reporting period"), Text("数值", "Value")
NUMBER, DIFFERENCES = Text("序号", "No."), Text("差异", "Differences")
CAUSE, ITEMS, EFFECT = Text("原因", "Cause"), Text("考核项数", "Items"), Text("对总分的影响", "Effect on the total")
WAS, NOW, SINCE = Text("上年", "Last year"), Text("本年", "This year"), Text("较上年", "Since last year")
WHEN, STATUS = Text("时间", "When"), Text("状态", "Status")
TOTAL, GRADE = Text("总分", "Total"), Text("等次", "Grade")
OF, CHANGE_OF_RANK = Text("参加排名数", "Units ranked"), Text("名次变化", "Change of rank")
MADE, SCORED = Text("完成时间", "Completed"), Text("有总分的单位", "Units with a total")
MISSING, REMARK = Text("缺数据的考核项", "Items without data"), Text("备注", "Remark")
LOSSES, SECTIONS, ALL_ITEMS = Text("失分", "Losses"), Text("各类得分", "Sections"), Text("逐项得分", "Items")
FIGURES, CAUSES = Text("数据来源", "Data sources"), Text("总分变化原因", "Causes of change")
MOVED, YEARS = Text("变化最大的考核项", "Items changed"), Text("历年和各月", "Over time")
COMPARISON, OVERALL, RESULT = Text("单位对比", "Comparison"), Text("总体情况", "Overall"), Text("结果", "Result")
CONVERTED: Final = Text("折算分", "Converted")
BY_MONTH: Final = Text("各单位逐月情况", "Units by month")
MONTHS, RANKING = Text("阶段排名", "Interim rankings"), Text("排名", "ranking")
VALUE_OF: Final = Text("{figure}：{value}", "{figure}: {value}")
TITLED: Final = Text("{what} · {name}", "{what} · {name}")


class Tabled(NamedTuple):
    """Tables of a page, and what their file is called."""

    called: Text
    tables: Sequence[PrintedTable]


def workbook(tabled: Tabled, view: View, *, year: int, language: Language) -> DrawnDocument:
    """The workbook of some tables."""
    # slow library
    from assess.files.table_book import write_table_book

    target = BytesIO()
    write_table_book(tabled.tables, target, language)
    return DrawnDocument(target.getvalue(), file_name(tabled.called, view, year, language, XLSX))


def head_in(view: View, folder: Path) -> DocumentHead:
    """What documents state of the run in view."""
    return maker_of(view.run, folder=folder).head


def columns(*headed: tuple[Text, int]) -> list[PrintedColumn]:
    """Columns by heading and width."""
    return [PrintedColumn(*each) for each in headed]


def ranking_tables(found: RankingInView, *, folder: Path) -> Tabled:
    """The ranking as it is narrowed and sorted."""
    head = head_in(found.view, folder)
    groups = [(group.table, [each.row for each in rows]) for group, rows in found.groups]
    return Tabled(RANKING, [ranking_table(head, groups, marks_in(found.view, head))])


def item_tables(page: ItemPage, *, folder: Path) -> Tabled:
    """One section or item of all units."""
    below = [(title, 10) for _, title in page.below] or [(VALUES, 50), (SOURCE, 50), (WHY, 70)]
    table = PrintedTable(
        name=page.title,
        title=page.title,
        marks=marks_in(page.view, head_in(page.view, folder)),
        columns=columns((GROUP, 12), (RANK, 7), (UNIT, 24), (CODE, 13), (POINTS, 9), (FULL, 9), *below),
        rows=[[title, *item_cells(line)] for title, lines in page.groups for line in lines],
        frozen=3,
    )
    return Tabled(Text(clean(page.title.zh), clean(page.title.en)), [table])


def item_cells(line: ItemLine) -> list[PrintedCell]:
    """One unit's line of an item."""
    row = line.row
    told: list[PrintedCell] = [number(each.points, each.share) for each in line.below]
    if not told:
        evidence = [each.evidence for each in line.figures]
        values = [VALUE_OF.format(figure=each.figure, value=each.value) for each in evidence]
        sources = [Text.same(each.source) for each in evidence]
        told = [in_lines(values), in_lines(sources), row.why]
    points = row.off or number(row.points, row.share)
    return [number(line.place.rank), line.name, Text.same(line.code), points, number(row.full or None), *told]


def in_lines(texts: Sequence[Text]) -> Text:
    """Texts in one cell, one below the other."""
    return Text("\n".join(each.zh for each in texts), "\n".join(each.en for each in texts))


def compared_tables(found: Compared, *, folder: Path) -> Tabled:
    """Units side by side, every section and item."""
    names = [(card.name, 18) for card in found.cards]
    rows: list[list[PrintedCell]] = []
    for line in found.lines:
        head = line.head
        points = [number(row.points, row.share) or cell for row, cell in zip(line.rows, line.cells, strict=True)]
        full = number(head.full or None) if line.same_full else None
        rows.append([Text.same(head.number), head.title, full, *points, line.message])
    table = PrintedTable(
        name=COMPARISON, title=COMPARISON, marks=marks_in(found.view, head_in(found.view, folder)),
        columns=columns((NUMBER, 8), (ITEM, 34), (FULL, 9), *names, (DIFFERENCES, 60)), rows=rows, frozen=2,
    )  # fmt: skip
    overall = PrintedTable(
        OVERALL, OVERALL, table.marks, columns((RESULT, 20), *names), [*overall_rows(found.cards)]
    )  # fmt: skip
    return Tabled(COMPARISON, [overall, table])


def overall_rows(cards: Sequence[Scorecard]) -> Iterator[list[PrintedCell]]:
    """Total, rank, change, grade and converted points of units side by side."""
    unit = cards[0].head.unit_of_result if cards else None
    yield [headed(TOTAL, unit), *(number(card.total) for card in cards)]
    yield [RANK, *(number(card.rank) for card in cards)]
    yield [OF, *(number(card.of) for card in cards)]
    yield [CHANGE_OF_RANK, *(change(card.before.change if card.before else None) for card in cards)]
    yield [GRADE, *(card.grade for card in cards)]
    yield [CONVERTED, *(number(card.converted) for card in cards)]


def month_tables(view: View, rows: Sequence[RunRow], by_month: MonthTable, *, folder: Path) -> Tabled:
    """The interim rankings of the year, and the units month by month."""
    head = head_in(view, folder)
    marks, total = marks_of(head), headed(TOTAL, head.unit_of_result)
    table = PrintedTable(
        name=MONTHS, title=MONTHS, marks=marks,
        columns=columns((WHEN, 13), (MADE, 18), (SCORED, 14), (MISSING, 14), (REMARK, 60)),
        rows=[
            [
                Text.same(run.day.isoformat()), Text.same(f"{run.made_at:%Y-%m-%d %H:%M}"), number(str(run.scored)),
                number(str(run.missing)), Text.same(run.words),
            ]
            for run in rows
        ],
    )  # fmt: skip
    units = PrintedTable(
        BY_MONTH, BY_MONTH, marks, columns((UNIT, 24), (WHEN, 13), (RANK, 8), (total, 9), (MISSING, 14)),
        [*month_rows(by_month)],
    )  # fmt: skip
    return Tabled(MONTHS, [table, units])


def month_rows(found: MonthTable) -> Iterator[list[PrintedCell]]:
    """Every unit in every month."""
    for row in found.rows:
        for run, month in zip(found.rankings, row.months, strict=True):
            if month is not None:
                when, lacking = Text.same(run.day.isoformat()), number(str(month.lacking))
                yield [row.name, when, number(month.rank), number(month.total), lacking]


def unit_tables(page: LeaderUnitPage, *, folder: Path) -> Tabled:
    """All tables of the page of a unit."""
    name = page.card.name
    marks = marks_in(page.view, head_in(page.view, folder))
    change_known = page.since.change if page.since else None
    found = [
        *([cause_table(change_known), moved_table(change_known)] if change_known else []),
        row_table(LOSSES, page.losses.lines),
        row_table(SECTIONS, page.sections, change_known),
        row_table(ALL_ITEMS, [row for part in page.parts for row in (part.head, *part.rows)]),
        figure_table(page),
        past_table(page),
    ]
    tables = [
        PrintedTable(each.name, TITLED.format(what=name, name=each.name), marks, each.columns, each.rows, each.frozen)
        for each in found
    ]
    return Tabled(Text(clean(name.zh), clean(name.en)), tables)


def a_table(name: Text, headed: Sequence[PrintedColumn], rows: Sequence[Sequence[PrintedCell]]) -> PrintedTable:
    """A table of a unit, without its title and marks."""
    return PrintedTable(name, name, (), headed, rows)


def cause_table(found: ChangeSinceLastYear) -> PrintedTable:
    """The causes of the change since last year."""
    rows = [[each.cause.label, number(str(each.items)), signed(each.amount)] for each in found.causes]
    return a_table(CAUSES, columns((CAUSE, 40), (ITEMS, 10), (EFFECT, 14)), rows)


def moved_table(found: ChangeSinceLastYear) -> PrintedTable:
    """The items that changed the total most."""
    rows = [[each.title, each.was, each.now, signed(each.amount), each.cause.label] for each in found.items]
    return a_table(MOVED, columns((ITEM, 40), (WAS, 16), (NOW, 16), (EFFECT, 14), (CAUSE, 40)), rows)


def signed(printed: str) -> PrintedCell:
    """A change with its sign."""
    found = number(printed)
    return None if found is None else found._replace(is_change=True)


def row_table(name: Text, rows: Sequence[CardRow], since: ChangeSinceLastYear | None = None) -> PrintedTable:
    """Sections, items or losses."""
    headed = [(NUMBER, 8), (ITEM, 40), (POINTS, 9), (FULL, 9), (MEAN, 10), (LOST, 10), (WHY, 80), (CLAUSE, 26)]
    headed += [(SINCE, 10)] if since else []
    return a_table(name, columns(*headed), [[*row_cells(row), *since_cells(row, since)] for row in rows])


def row_cells(row: CardRow) -> list[PrintedCell]:
    """One line."""
    return [
        Text.same(row.number), row.title, row.off or number(row.points, row.share), number(row.full or None),
        number(row.mean), number(row.lost), row.why, clause_words(row.clause) if row.clause else EMPTY_TEXT,
    ]  # fmt: skip


def since_cells(row: CardRow, since: ChangeSinceLastYear | None) -> Iterator[PrintedCell]:
    """What a section changed in the total since last year."""
    if since is not None:
        known = since.sections.get(row.id)
        yield None if known is None else signed(known)


def figure_table(page: LeaderUnitPage) -> PrintedTable:
    """The figures behind the items."""
    evidence = [proof.evidence for proof in page.proofs]
    rows = [
        [number(str(each.number)), each.figure, Text.same(each.period), each.value, Text.same(each.source)]
        for each in evidence
    ]
    return a_table(FIGURES, columns((NUMBER, 8), (FIGURE, 40), (PERIOD, 20), (VALUE, 20), (SOURCE, 90)), rows)


def past_table(page: LeaderUnitPage) -> PrintedTable:
    """The years and months."""
    total = headed(TOTAL, page.sheet.unit_of_result)
    headings = columns(
        (WHEN, 13), (STATUS, 26), (total, 9), (RANK, 8), (OF, 10), (CHANGE_OF_RANK, 10), (GRADE, 10), (MISSING, 14)
    )
    return a_table(YEARS, headings, [past_cells(each) for each in (*page.years, *page.months)])


def past_cells(past: Past) -> list[PrintedCell]:
    """One year or month."""
    known = past.day.isoformat() if past.number and past.day else str(past.year)
    of = None if past.of is None else str(past.of)
    return [
        Text.same(known), past.known, number(past.total), number(past.rank), number(of), change(past.change),
        past.grade, number(None if past.lacking is None else str(past.lacking)),
    ]  # fmt: skip
