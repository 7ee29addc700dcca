"""The headings of a sheet: where they stand and what each column is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from assess.core.evidence.names import (
    ColumnRole,
    Foreign,
    HeadingNames,
    OfFigure,
    RemarkOn,
    measures_of,
    plain_heading,
)
from assess.core.evidence.pages import EvidencePage, Notes, letters, sound
from assess.core.evidence.wide import WideTable, wide_table
from assess.core.figures.measures import measure_key
from assess.core.figures.periods import PeriodLabel
from assess.core.parsing import ParseError
from assess.core.tables import is_example
from assess.core.text import Text

HEADING_ROWS: Final = 20
"""Among so many rows that are not empty the headings must stand."""
CASE: Final = frozenset([ColumnRole.DAY, ColumnRole.LOCATION, ColumnRole.WHAT, ColumnRole.PHOTO])
ONLY_CASES: Final = CASE | {ColumnRole.FIGURE}
LEFT_OUT = Text("本列没有读取：{what}", "This column was left out: {what}")
TWO_COLUMNS = Text(
    "“{title}”有两列（{first}列和本列），请只保留一列。", "{title} has two columns, {first} and this one. Keep one."
)
NUMBER: Final = re.compile(r"[-+−]?[0-9０-９][0-9０-９.,，．]*[%％]?")
TWO_PERIODS = Text("有两列“填报期”，请只保留一列。", "There are two columns of reporting periods. Keep one.")


class Headed(NamedTuple):
    """A heading and the row it stands in."""

    text: str
    row: int


Line = dict[int, Headed]


@dataclass(slots=True, eq=False)
class SheetHeadings:
    """What the columns of a sheet are.

    Attributes:
        line: every heading by its column.
        start: the position of the first row below the headings.
        last: the number of the last row of headings.
        figures: the figure of each column that holds values.
        remarks: the column of remarks on each figure.
        roles: the columns of everything else, in order.
        periods: the period of each column whose heading names one.
        wide: what the headings of a table with periods across say.
    """

    line: Line
    start: int
    last: int
    figures: dict[int, str] = field(default_factory=dict)
    remarks: dict[str, int] = field(default_factory=dict)
    roles: dict[ColumnRole, list[int]] = field(default_factory=dict)
    periods: dict[int, PeriodLabel] = field(default_factory=dict)
    wide: WideTable | None = None

    def of(self, role: ColumnRole) -> list[int]:
        """The columns of a role."""
        return self.roles.get(role, [])

    @property
    def heading_rows(self) -> set[int]:
        """The numbers of the rows that hold headings."""
        return {each.row for each in self.line.values()} | (self.wide.rows if self.wide else frozenset())

    @property
    def is_details(self) -> bool:
        """Whether the sheet lists cases rather than values."""
        return not self.figures and ColumnRole.FIGURE in self.roles and bool(CASE & self.roles.keys())


def heads_of(page: EvidencePage, names: HeadingNames) -> SheetHeadings | None:
    """The headings of a sheet, of several lines the lowest; None where there is no unit with figures or cases."""
    wide = wide_table(page, names)
    if wide is not None and wide.is_clear:
        line = {at: Headed(each.text, each.row) for at, each in wide.columns.items()}
        return SheetHeadings(line, wide.start, wide.last, wide=wide)
    return heads_of_figures(page, names)


def heads_of_figures(page: EvidencePage, names: HeadingNames) -> SheetHeadings | None:
    """The headings of a sheet with a column for each figure."""
    rows = page.rows[:HEADING_ROWS]
    above: Line = {}
    for position, (number, cells) in enumerate(rows):
        own = own_line(page, number, cells)
        line = own
        if not says(own, names, ColumnRole.UNIT):
            line = {**{at: each for at, each in above.items() if is_known(each, names)}, **own}
        if is_heading(line, names) and (line is own or holds_figures(own, names)):
            return lowest(page, names, line, position)
        above = own
    return heads_of_strange_data(page, names)


def heads_of_strange_data(page: EvidencePage, names: HeadingNames) -> SheetHeadings | None:
    """The headings of a sheet that looks like data though it names no figure: dropped, it would be missed by nobody."""
    for position, (number, cells) in enumerate(page.rows[:HEADING_ROWS]):
        line = own_line(page, number, cells)
        strange = {at for at, each in line.items() if isinstance(names.meaning(each.text), ParseError)}
        if not strange or not says(line, names, ColumnRole.UNIT):
            continue
        is_meant = any(names.resembles(line[at].text) for at in strange)
        if is_meant or (says(line, names, ColumnRole.PERIOD) and hold_numbers(page, strange, position + 1)):
            return SheetHeadings(line, position + 1, number)
    return None


def hold_numbers(page: EvidencePage, columns: Collection[int], start: int) -> bool:
    """Whether one of these columns holds a number in a row from a position on."""
    return any(NUMBER.fullmatch(cells.get(at, "")) for _, cells in page.rows[start:] for at in columns)


def lacks_units(page: EvidencePage, names: HeadingNames) -> Headed | None:
    """The first heading of a figure on a sheet that has no column of units."""
    for number, cells in page.rows[:HEADING_ROWS]:
        for text in cells.values():
            if isinstance(names.meaning(text), OfFigure):
                return Headed(text, number)
    return None


def lowest(page: EvidencePage, names: HeadingNames, line: Line, position: int) -> SheetHeadings:
    """The headings that begin with this line, joined with lines of headings and units of measure right below."""
    number = page.rows[position][0]
    for below, cells in page.rows[position + 1 : HEADING_ROWS]:
        own = own_line(page, below, cells)
        if are_measures({at: each.text for at, each in own.items() if each.row == below}, line, names):
            number, position = below, position + 1
            continue
        units = [at for at in line if names.meaning(line[at].text) is ColumnRole.UNIT]
        is_data = any(at in own and names.meaning(own[at].text) is not ColumnRole.UNIT for at in units)
        if is_data or is_example(cells.values()) or not is_heading({**line, **own}, names):
            break
        if not holds_figures({at: each for at, each in own.items() if each.row == below}, names):
            break
        line, number, position = {**line, **own}, below, position + 1
    return SheetHeadings(line, position + 1, number)


def are_measures(cells: Mapping[int, str], line: Line, names: HeadingNames) -> bool:
    """Whether a row says nothing but in what the figures over it are measured."""
    for column, text in cells.items():
        meaning = names.meaning(line[column].text) if column in line else None
        plain = plain_heading(text)
        spelled = {plain, measure_key(plain), measure_key(plain.strip("()"))}
        if not isinstance(meaning, OfFigure) or not spelled & measures_of(names.figures[meaning.figure]):
            return False
    return bool(cells)


def own_line(page: EvidencePage, number: int, cells: Mapping[int, str]) -> Line:
    """The headings of one row; a cell merged downwards stands in each of its rows."""
    line = {column: Headed(text, number) for column, text in sound(cells).items()}
    for (top, left), (bottom, _) in page.merged:
        if top < number <= bottom and left not in line:
            text = next((texts.get(left) for row, texts in page.rows[:HEADING_ROWS] if row == top), None)
            if text:
                line[left] = Headed(text, top)
    return line


def is_heading(line: Line, names: HeadingNames) -> bool:
    """Whether a line names a unit and a figure, or is that of a list of cases."""
    if not says(line, names, ColumnRole.UNIT):
        return False
    cases = says(line, names, ColumnRole.FIGURE) and any(says(line, names, role) for role in CASE)
    return cases or holds_figures(line, names)


def holds_figures(line: Line, names: HeadingNames) -> bool:
    """Whether a line names a figure of the sheet."""
    return any(isinstance(names.meaning(each.text), OfFigure | Foreign) for each in line.values())


def says(line: Line, names: HeadingNames, role: ColumnRole) -> bool:
    """Whether a line has a heading of a role."""
    return any(names.meaning(each.text) is role for each in line.values())


def is_known(heading: Headed, names: HeadingNames) -> bool:
    """Whether a heading means something."""
    return not isinstance(names.meaning(heading.text), ParseError)


def sort_columns(page: EvidencePage, heads: SheetHeadings, names: HeadingNames, notes: Notes, warnings: Notes) -> None:
    """Find out what each column is; note headings that mean nothing here, or warn where the template is older."""
    of_cases = is_heading(heads.line, names) and not holds_figures(heads.line, names)
    for column, heading in sorted(heads.line.items()):
        meaning = names.meaning(heading.text)
        if isinstance(meaning, OfFigure) and meaning.figure in heads.figures.values():
            first = next(letters(at) for at, figure in heads.figures.items() if figure == meaning.figure)
            title = names.figures[meaning.figure].title
            notes.cell(page, heading.row, column, TWO_COLUMNS, title=title, first=first)
        elif isinstance(meaning, OfFigure):
            heads.figures[column] = meaning.figure
        elif isinstance(meaning, RemarkOn):
            heads.remarks.setdefault(meaning.figure, column)
        elif isinstance(meaning, ColumnRole) and (of_cases or meaning not in ONLY_CASES):
            heads.roles.setdefault(meaning, []).append(column)
        elif names.template is not None and names.template.is_older:
            warnings.cell(page, heading.row, column, LEFT_OUT.format(what=reason(names, heading)))
        else:
            notes.cell(page, heading.row, column, reason(names, heading))
    for column in heads.of(ColumnRole.PERIOD)[1:]:
        notes.cell(page, heads.line[column].row, column, TWO_PERIODS)


def reason(names: HeadingNames, heading: Headed) -> Text:
    """Why a column cannot be read."""
    meaning = names.meaning(heading.text)
    if isinstance(meaning, Foreign):
        return meaning.why
    return (meaning if isinstance(meaning, ParseError) else names.unknown(heading.text)).what
