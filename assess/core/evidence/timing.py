"""Whether the period of each row fits the figures that have values in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assess.core.evidence.asked import AskedFigure
from assess.core.evidence.heads import SheetHeadings
from assess.core.evidence.names import ColumnRole
from assess.core.evidence.pages import EvidencePage, Notes
from assess.core.evidence.rows import EvidenceRow
from assess.core.figures.periods import NOT_ITS_PERIOD, NOT_YEARLY, OFTEN, PeriodLabel
from assess.core.rules.figure import PeriodKind
from assess.core.text import Text

OF_A_FIGURE = Text("{title}：{what}", "{title}: {what}")
NO_PERIOD = Text(
    "本行没有填报期，请填写，例如{example}。", "This row has no reporting period. Enter one, such as {example}."
)
NO_PERIOD_COLUMN = Text(
    "“{title}”{often}填报，请加上“填报期”一列，每个单位每期一行。",
    "{title} is {often}. Add a column `reporting period`, with one row for each unit and reporting period.",
)

Stated = Mapping[int, AskedFigure]
"""The figure of each column."""


def check_periods(
    page: EvidencePage, heads: SheetHeadings, rows: Sequence[EvidenceRow], stated: Stated, notes: Notes
) -> None:
    """Note values whose period does not fit their figure: at the period where none of the row fits, else at each."""
    at = next(iter(heads.of(ColumnRole.PERIOD)), None)
    if at is None:
        note_lack_of_periods(page, heads, rows, stated, notes)
        return
    unfitting: dict[PeriodLabel, frozenset[int]] = {}
    for row in rows:
        if row.label is None:
            continue
        if row.label not in unfitting:
            often = row.label.period
            unfitting[row.label] = frozenset(n for n, each in stated.items() if each.stated.period is not often)
        held = [column for column in stated if column in row.cells or (row.number, column) in page.unfit]
        wrong = [column for column in held if column in unfitting[row.label]]
        if wrong and len(wrong) == len(held):
            notes.cell(page, row.number, at, misfit(stated[wrong[0]], row.label, is_written=at in row.cells))
            continue
        for column in wrong:
            what = misfit(stated[column], row.label, is_written=at in row.cells)
            notes.cell(page, row.number, column, OF_A_FIGURE, title=stated[column].title, what=what)


def note_lack_of_periods(
    page: EvidencePage, heads: SheetHeadings, rows: Sequence[EvidenceRow], stated: Stated, notes: Notes
) -> None:
    """Note the headings of figures that have values but no column that says of which period."""
    for column, each in stated.items():
        often = each.stated.period
        if often is not PeriodKind.YEAR and any(column in row.cells for row in rows):
            notes.cell(page, heads.line[column].row, column, NO_PERIOD_COLUMN, title=each.title, often=OFTEN[often])


def misfit(figure: AskedFigure, label: PeriodLabel, *, is_written: bool) -> Text:
    """What is wrong with the period of a row for a figure."""
    often = figure.stated.period
    if often is PeriodKind.YEAR:
        return NOT_YEARLY.format(text=label)
    example = PeriodLabel(label.year, often, 1)
    if is_written:
        return NOT_ITS_PERIOD.format(text=label, often=OFTEN[often], example=example)
    return NO_PERIOD.format(example=example)
