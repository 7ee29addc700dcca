"""What each column of a table with periods across holds, and what is wrong with its headings."""

from __future__ import annotations

from dataclasses import dataclass

from assess.core.evidence.heads import LEFT_OUT, Headed, SheetHeadings, reason
from assess.core.evidence.names import ColumnRole, HeadingNames, is_total
from assess.core.evidence.pages import EvidencePage, Notes, letters
from assess.core.evidence.wide import WideColumn, WideTable
from assess.core.figures.periods import PARTS, PeriodLabel, misfit_of
from assess.core.naming import quoted
from assess.core.parsing import ParseError
from assess.core.text import Text

NO_FIGURE = Text(
    "“{text}”列没有写明是哪个数据项，请在表头上方写上数据项名称。",
    "The column “{text}” does not say which figure it holds. Enter the title of the figure above it.",
)
BOTH_WAYS = Text(
    "填报期已写在表头中，请删去“{text}”这一列。",
    "The reporting periods are in the headings. Delete the column “{text}”.",
)
SUM_OF_OTHERS = Text(
    "“{text}”由其他各列汇总，系统会自行计算。", "“{text}” sums up other columns, which the service does itself."
)
TWICE = Text(
    "“{title}”的{period}有两列（{first}列和本列），请只保留一列。",
    "{title} has two columns for {period}, {first} and this one. Keep one.",
)


def sort_wide(page: EvidencePage, heads: SheetHeadings, names: HeadingNames, notes: Notes, warnings: Notes) -> None:
    """Find out what each column of a table with periods across is; note what is wrong with its headings."""
    assert heads.wide is not None
    WideSorter(page, heads, names, notes, warnings, heads.wide).sort()


@dataclass(eq=False)
class WideSorter:
    """Sorts the columns of one table."""

    page: EvidencePage
    heads: SheetHeadings
    names: HeadingNames
    notes: Notes
    warnings: Notes
    table: WideTable

    def sort(self) -> None:
        """Every column, and what the titles say."""
        for flaw in self.table.titled.flaws:
            if flaw.title.row:
                self.notes.cell(self.page, flaw.title.row, flaw.title.column, flaw.what)
            else:
                self.notes.sheet(self.page, flaw.what)
        for at, column in sorted(self.table.columns.items()):
            self.sort_column(at, column)

    def sort_column(self, at: int, column: WideColumn) -> None:
        """One column."""
        meaning = self.names.meaning(column.text)
        figure = self.table.figure_of(column)
        if isinstance(column.label, ParseError):
            self.note(at, column.label.what)
        elif column.label is not None:
            self.sort_period(at, column, column.label, figure)
        elif is_total(column.text):
            self.leave_out(at, column)
        elif figure is not None:
            self.take(at, figure, None)
        elif meaning is ColumnRole.PERIOD:
            self.note(at, BOTH_WAYS, text=quoted(column.text))
        elif isinstance(meaning, ColumnRole):
            self.heads.roles.setdefault(meaning, []).append(at)
        else:
            self.note(at, reason(self.names, Headed(column.text, column.row)))

    def sort_period(self, at: int, column: WideColumn, label: PeriodLabel, figure: str | None) -> None:
        """A column of a period."""
        if figure is None:
            self.note(at, NO_FIGURE, text=quoted(column.text))
            return
        often = self.names.figures[figure].stated.period
        if label.period is often:
            self.take(at, figure, label)
        elif PARTS[label.period] < PARTS[often] and self.has_parts(figure):
            self.leave_out(at, column)
        else:
            wrong = misfit_of(label, often) or ParseError(NO_FIGURE.format(text=quoted(column.text)))
            self.note(at, wrong.what)

    def has_parts(self, figure: str) -> bool:
        """Whether other columns hold the figure by its own periods."""
        often = self.names.figures[figure].stated.period
        return any(
            isinstance(each.label, PeriodLabel) and each.label.period is often
            for each in self.table.columns.values()
            if self.table.figure_of(each) == figure
        )

    def take(self, at: int, figure: str, label: PeriodLabel | None) -> None:
        """Read a column, if it is the first of its figure and period."""
        for first, other in self.heads.figures.items():
            if other == figure and self.heads.periods.get(first) == label:
                period = Text("全年", "the whole year") if label is None else label.label
                title = self.names.figures[figure].title
                self.note(at, TWICE, title=title, period=period, first=letters(first))
                return
        self.heads.figures[at] = figure
        if label is not None:
            self.heads.periods[at] = label

    def leave_out(self, at: int, column: WideColumn) -> None:
        """Warn that a column of sums is not read."""
        what = SUM_OF_OTHERS.format(text=quoted(column.text))
        self.warnings.cell(self.page, column.row, at, LEFT_OUT.format(what=what))

    def note(self, at: int, what: Text, **facts: object) -> None:
        """Note what is wrong with a heading."""
        self.notes.cell(self.page, self.table.columns[at].row, at, what, **facts)
