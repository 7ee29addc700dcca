"""What the headings of a department's file mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType
from typing import Final, NamedTuple

from assess.core.evidence.asked import AskedFigure, DepartmentRequest
from assess.core.figures.headings import COMPUTED, PERHAPS, PERIOD, SEVERAL_FIGURES, UNKNOWN_FIGURE, HeadingFigureNames
from assess.core.figures.measures import is_measure, measure_key
from assess.core.naming import Guesses, folded
from assess.core.parsing import ParseError, wrong
from assess.core.rules.figure import BY_LEDGER, BY_TASK_LIST, BY_UNIT, FigureKind
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.tables import heading_key
from assess.core.text import Text
from assess.core.units.unit_list import UNIT

OTHER_DEPARTMENT = Text(
    "“{text}”由{supplier}提供，不属于本部门，请删去本列。",
    "“{text}” is supplied by {supplier}, not by this department. Delete the column.",
)
OTHER_MEASURE = Text(
    "“{text}”的计量单位与评分表不一致，请按“{heading}”填写数值，并修改表头。",
    "“{text}” has another unit of measure than the rule sheet. Enter the values as "
    "“{heading}”, and correct the heading.",
)
NOT_SUPPLIED: Final = {
    BY_UNIT: Text("各街乡", "the units themselves"),
    BY_TASK_LIST: Text("年度任务清单", "the task list"),
    BY_LEDGER: Text("问题台账", "the ledger of findings"),
}

UNIT_HEADINGS: Final = frozenset(map(heading_key, (*UNIT, "name_zh", "name_en")))
PERIOD_HEADINGS: Final = frozenset(map(heading_key, (*PERIOD, "月份", "季度", "报告期", "所属期", "month", "quarter")))
FIGURE_HEADINGS: Final = frozenset(map(heading_key, ("数据项", "figure")))
DAY_HEADINGS: Final = frozenset(map(heading_key, ("日期", "date", "发生日期")))
LOCATION_HEADINGS: Final = frozenset(map(heading_key, ("地点", "place", "location")))
WHAT_HEADINGS: Final = frozenset(map(heading_key, ("情况", "what happened", "what", "情况说明")))
PHOTO_HEADINGS: Final = frozenset(map(heading_key, ("照片编号", "photo number", "photo")))
LEFT_ALONE: Final = ("序号", "备注", "说明", "remark:")
"""What headings begin with that are left alone."""
ALSO_LEFT_ALONE: Final = frozenset(["no", "no.", "note", "notes", "remark", "remarks", "错误", "errors"])
"""The column of errors is that of a marked workbook, mended and sent again."""
BRACKETS: Final = str.maketrans("[]【】〔〕", "()()()")
IN_BRACKETS: Final = re.compile(r"(.+?)\([^()]*\)")
WITH_MEASURE: Final = re.compile(r"(.+)\(([^()]*)\)")
BESIDE_MEASURE: Final = ",，、:：/-_;()"
"""What stands between a title and its unit of measure."""
SHORTEST_TITLE: Final = 3
"""A heading that begins with a shorter title may well be about something else."""
REMARK_OF: Final = re.compile(r"(?:备注|说明|remark):(.+)")


class ColumnRole(Enum):
    """What a column is that holds no figure."""

    UNIT = auto()
    PERIOD = auto()
    FIGURE = auto()
    DAY = auto()
    LOCATION = auto()
    WHAT = auto()
    PHOTO = auto()
    BESIDE = auto()


ROLES: Final = {
    ColumnRole.UNIT: UNIT_HEADINGS,
    ColumnRole.PERIOD: PERIOD_HEADINGS,
    ColumnRole.FIGURE: FIGURE_HEADINGS,
    ColumnRole.DAY: DAY_HEADINGS,
    ColumnRole.LOCATION: LOCATION_HEADINGS,
    ColumnRole.WHAT: WHAT_HEADINGS,
    ColumnRole.PHOTO: PHOTO_HEADINGS,
}


class OfFigure(NamedTuple):
    """A column of values of a figure."""

    figure: str


class RemarkOn(NamedTuple):
    """A column of remarks on a figure."""

    figure: str


class Foreign(NamedTuple):
    """A column of a figure that the department does not supply, and why it cannot stand here."""

    why: Text


Meaning = ColumnRole | OfFigure | RemarkOn | Foreign | ParseError


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What the stamp of a workbook of ours says.

    Attributes:
        columns: the figure that each heading meant when the workbook was written, by the key of the heading.
        remarks: the same for the headings of remarks.
        unequal: counts that had another number of rows of details than they say when the workbook was written, by
            unit, figure and period: the count and its rows.
        forgets_counts: whether the workbook is of a layout that does not say so.
        is_older: whether the rules have changed since.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    unequal: Mapping[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)
    forgets_counts: bool = False
    is_older: bool = False


class HeadingNames:
    """What headings mean to a department; of a template, what they meant when it was written."""

    other_department: Text = OTHER_DEPARTMENT
    """What is said of a figure that another department supplies."""

    def __init__(
        self,
        sheet: RuleSheet,
        asked: DepartmentRequest,
        template: Template | None,
        remembered: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`remembered` holds what the department said headings stand for, by their keys: a figure, or "" for none."""
        self.sheet, self.template, self.remembered = sheet, template, remembered
        self.figures = {each.id: each for each in asked.figures}
        self.ways: dict[str, set[str]] = {}
        for each in asked.figures:
            for way in accepted_spellings(each):
                self.ways.setdefault(way, set()).add(each.id)
        titles = {plain_heading(title) for each in asked.figures for title in each.title}
        self.titles = {title: self.ways[title] for title in titles}
        self.measures = {each.id: measures_of(each) for each in asked.figures}
        others = [AskedFigure(name, each) for name, each in sheet.figures.items() if name not in self.figures]
        self.others = {way: each.id for each in others for way in accepted_spellings(each)}
        self.guesses = Guesses(self.ways)
        self.all = HeadingFigureNames(sheet, computed=False)
        self.known: dict[str, Meaning] = {}

    def meaning(self, text: str) -> Meaning:
        """What a heading means, or why it means nothing."""
        if text not in self.known:
            self.known[text] = self.looked_up(text, plain_heading(text))
        return self.known[text]

    def looked_up(self, text: str, plain: str) -> Meaning:
        """What a heading means that was not asked about before."""
        stamped = self.stamped(plain)
        if stamped is not None:
            return stamped
        found = self.ways.get(plain) or self.ways.get(with_plain_measure(plain)) or self.without_brackets(plain)
        if found:
            several = ", ".join(sorted(found))
            return OfFigure(several) if len(found) == 1 else wrong(SEVERAL_FIGURES, text, ids=several)
        for role, headings in ROLES.items():
            if plain in headings:
                return role
        return self.foreign(text, plain) or self.remark(plain) or self.recalled(plain) or self.unknown(text)

    def recalled(self, plain: str) -> Meaning | None:
        """What the department once said of a heading, if the figure is still asked of it in the same measure."""
        figure = self.remembered.get(plain)
        if figure in self.figures and not has_other_measure(plain, self.figures[figure]):
            return OfFigure(figure)
        return ColumnRole.BESIDE if figure == "" else None

    def is_recalled(self, text: str) -> bool:
        """Whether a heading means what it does because the department once said so."""
        meaning = self.recalled(plain_heading(text))
        return meaning is not None and self.meaning(text) == meaning

    def is_unknown(self, text: str) -> bool:
        """Whether nothing is known of a heading, so that the department may say what it stands for."""
        return self.meaning(text) == self.unknown(text)

    def without_brackets(self, plain: str) -> set[str]:
        """The figures whose title the heading begins with and whose unit of measure follows, without brackets."""
        rests = {way: plain.removeprefix(way) for way in self.titles if plain.startswith(way) and plain != way}
        keys = {way: measure_key(rest.strip(BESIDE_MEASURE)) for way, rest in rests.items()}
        return {figure for way, key in keys.items() for figure in self.titles[way] if key in self.measures[figure]}

    def stamped(self, plain: str) -> Meaning | None:
        """What a template says of its own heading, if the figure is still asked of the department."""
        if self.template is None:
            return None
        figure, remark = self.template.columns.get(plain), self.template.remarks.get(plain)
        if figure in self.figures:
            return OfFigure(figure)
        return RemarkOn(remark) if remark in self.figures else None

    def foreign(self, text: str, plain: str) -> Foreign | None:
        """A figure of the sheet that is not asked of the department."""
        found = self.others.get(plain) or self.others.get(with_plain_measure(plain)) or self.all.find(text)
        return None if isinstance(found, ParseError) else Foreign(self.why_foreign(text, found))

    def remark(self, plain: str) -> Meaning | None:
        """A column of remarks or of running numbers."""
        remark = REMARK_OF.fullmatch(plain)
        on = self.ways.get(remark[1], set()) if remark else set()
        if len(on) == 1:
            return RemarkOn(next(iter(on)))
        return ColumnRole.BESIDE if plain.startswith(LEFT_ALONE) or plain in ALSO_LEFT_ALONE else None

    def resembles(self, text: str) -> bool:
        """Whether a heading that means nothing was meant for a figure: its title stands there, and something else."""
        plain = plain_heading(text)
        return isinstance(self.meaning(text), ParseError) and any(
            plain.startswith(way) and len(way) >= SHORTEST_TITLE for way in (*self.ways, *self.others)
        )

    def unknown(self, text: str) -> ParseError:
        """What is wrong with a heading that means nothing here."""
        plain = plain_heading(text)
        bare = IN_BRACKETS.fullmatch(plain)
        figures = self.ways.get(bare[1], ()) if bare else ()
        if len(figures) == 1:
            figure = self.figures[next(iter(figures))]
            return wrong(OTHER_MEASURE, text, heading=heading_of(figure.title, figure))
        near = self.guesses.nearest(plain)
        if near is None:
            return wrong(UNKNOWN_FIGURE, text)
        name = min(self.ways[near])
        figure = self.figures[name]
        return wrong(PERHAPS, text, near=name if near == plain_heading(name) else heading_of(figure.title, figure))

    def why_foreign(self, text: str, figure: str) -> Text:
        """Why a figure of the sheet is not the department's to supply."""
        supplier = self.all.figures[figure].from_
        if self.all.figures[figure].is_computed:
            return wrong(COMPUTED, text).what
        departments = self.sheet.departments or {}
        told = NOT_SUPPLIED.get(supplier) or (
            title_of(departments[supplier], supplier) if supplier in departments else Text.same(supplier)
        )
        return wrong(self.other_department, text, supplier=told).what


def plain_heading(text: str) -> str:
    """A heading as headings are compared."""
    return heading_key(text).translate(BRACKETS)


def with_plain_measure(plain: str) -> str:
    """A heading with the measure in its last brackets as measures are compared."""
    found = WITH_MEASURE.fullmatch(plain)
    return f"{found[1]}({measure_key(found[2])})" if found else plain


def accepted_spellings(figure: AskedFigure) -> Iterator[str]:
    """The ways to write the heading of a figure."""
    titles = {plain_heading(title) for title in figure.title}
    names = {plain_heading(figure.id), *titles, *(title + plain_heading(figure.id) for title in titles)}
    for name in names:
        yield name
        for unit in measures_of(figure):
            yield f"{name}({unit})"


def heading_of(title: Text, figure: AskedFigure) -> Text:
    """The heading of a figure called so: the title followed by its unit of measure, where it has one."""
    measure = measure_of(figure)
    return title if measure is None else Text(f"{title.zh}（{measure.zh}）", f"{title.en} ({measure.en})")


def measure_of(figure: AskedFigure) -> Text | None:
    """The unit of measure of a figure, where it has one."""
    if figure.stated.unit is None and figure.stated.kind is FigureKind.PERCENT:
        return Text.same("%")
    return figure.stated.unit


def measures_of(figure: AskedFigure) -> set[str]:
    """How headings spell the unit of measure of a figure."""
    own = {spelled for unit in figure.stated.unit or () for spelled in (plain_heading(unit), measure_key(unit))}
    return own | {"%"} if figure.stated.kind is FigureKind.PERCENT else own


def has_other_measure(plain: str, figure: AskedFigure) -> bool:
    """Whether a heading ends in a unit of measure that is not the figure's."""
    found = WITH_MEASURE.fullmatch(plain)
    return found is not None and is_measure(found[2]) and measure_key(found[2]) not in measures_of(figure)


def is_total(text: str) -> bool:
    """Whether what stands for a unit says that its row sums up others."""
    return TOTAL.fullmatch(folded(text)) is not None


TOTAL: Final = re.compile(
    r".{0,12}?(?:合计|总计|小计|共计|平均|平均值|平均数|均值)(?:\(.*\))?[:.]?"
    r"|(?:grand|sub)?-?(?:total|average|mean|sum)s?:?"
)
