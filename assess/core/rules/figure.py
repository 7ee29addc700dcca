"""Figures as a rule sheet describes them: what is measured, by whom, and how periods become the year's value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assess.core.expressions import Expression
from assess.core.flaws import Path
from assess.core.kinds import (
    Choice,
    ChoiceWords,
    Formula,
    ListOf,
    NumberType,
    PlainText,
    RecordOf,
    ReferenceType,
    Title,
    WholeNumberType,
    WordList,
)
from assess.core.methods.scored import Better
from assess.core.methods.traits import ObligationSelection
from assess.core.rules.picking import Pick
from assess.core.schema import BROKEN, Tree, complete, is_blank, key, path_field
from assess.core.text import Language, Text


class FigureKind(ChoiceWords):
    """What a figure's value is."""

    NUMBER = "number", "数值"
    COUNT = "count", "次数", "计数"
    PERCENT = "percent", "百分数", "百分比"
    YES_NO = "yes-no", "是否"
    CHOICE = "choice", "选项", "选择"


class PeriodKind(ChoiceWords):
    """How often a figure is taken."""

    YEAR = "year", "年", "年度"
    HALF = "half", "半年"
    QUARTER = "quarter", "季", "季度"
    MONTH = "month", "月", "月度"


PERIOD_AXES: Final[Mapping[str, PeriodKind]] = {
    "month": PeriodKind.MONTH,
    "quarter": PeriodKind.QUARTER,
    "half": PeriodKind.HALF,
}
"""The axes that part a year; any other axis is a kind of objects."""


class RollUp(ChoiceWords):
    """How the periods become the year's value."""

    MEAN = "mean", "平均"
    SUM = "sum", "合计", "求和"
    LAST = "last", "期末", "最近"
    MAX = "max", "最大"
    MIN = "min", "最小"


class PanelCombination(ChoiceWords):
    """How the values of a panel become one."""

    MEAN = "mean", "平均"
    SUM = "sum", "合计", "求和"
    MEDIAN = "median", "中位数"
    MAX = "max", "最大"
    MIN = "min", "最小"


class Measure(ChoiceWords):
    """What is measured of the task list or of the ledger."""

    PROGRESS = "progress", "进度"
    DONE = "done", "完成"
    DONE_ON_TIME = "done_on_time", "按期完成"
    OVERDUE = "overdue", "逾期"
    COUNT = "count", "总数"
    OPENED = "opened", "新增"
    CLOSED = "closed", "办结"
    CLOSED_ON_TIME = "closed_on_time", "按期办结"
    RETURNED = "returned", "退回"
    REPEATED = "repeated", "重复"
    SHARE_CLOSED = "share_closed", "办结率"
    SHARE_ON_TIME = "share_on_time", "按期率"
    MEAN_DAYS = "mean_days", "平均天数"


class Details(ChoiceWords):
    """Whether each case behind a count needs a row of its own (place, date, document) in the department's file."""

    ALWAYS = "always", "一律", "必填"
    DEDUCTED = "deducted", "扣分时"
    NONE = "none", "不要"


OF_TASK_LIST = frozenset({Measure.PROGRESS, Measure.DONE, Measure.DONE_ON_TIME, Measure.OVERDUE, Measure.COUNT})
OF_LEDGER = frozenset(Measure) - {Measure.PROGRESS, Measure.DONE, Measure.DONE_ON_TIME, Measure.COUNT}

BY_UNIT, BY_TASK_LIST, BY_LEDGER, BY_FORMULA = "unit", "task-list", "ledger", "formula"
SUPPLIERS: Final = WordList(
    {
        BY_UNIT: ("街乡", "本单位"),
        BY_TASK_LIST: ("任务清单",),
        BY_LEDGER: ("问题台账", "台账"),
        BY_FORMULA: ("公式",),
    }
)
"""Who may supply a figure, beside the departments."""
BY_PANEL: Final = "panel"
SUPPLIERS_READ: Final = WordList({**SUPPLIERS.spellings, BY_PANEL: ("评委", "评分小组")})
"""The same with the panel, which is a department of that id where the figure lists no panel."""
TOLD_BY: Final = {BY_FORMULA: "formula", BY_PANEL: "panel", BY_TASK_LIST: "measure", BY_LEDGER: "measure"}
"""The key of a figure that tells its supplier, so that a Chinese word for it is no department."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingSelection:
    """Which findings of the ledger a figure counts."""

    kind: str | None = key(PlainText(), None)
    domain: str | None = key(PlainText(), None)
    source: str | None = key(PlainText(), None)
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure (数据项) of a rule sheet."""

    title: Text | None = key(Title(), None)
    note: Text | None = key(Title(), None)
    counting: Text | None = key(Title(), None)
    example: Text | None = key(Title(), None)
    proof: Text | None = key(Title(), None)
    unit: Text | None = key(Title(), None)
    kind: FigureKind = key(Choice(FigureKind))
    of: str | None = key(ReferenceType("object kind"), None)
    choices: tuple[str, ...] | None = key(ListOf(PlainText()), None)
    decimals: int | None = key(WholeNumberType(most=12), None)
    min: Fraction | None = key(NumberType(), None)
    max: Fraction | None = key(NumberType(), None)
    period: PeriodKind = key(Choice(PeriodKind), PeriodKind.YEAR)
    roll_up: RollUp | None = key(Choice(RollUp), None)
    min_periods: int | None = key(WholeNumberType(most=12), None)
    from_: str = key(ReferenceType("department"), name="from")
    certified_by: str | None = key(ReferenceType("department"), None)
    measure: Measure | None = key(Choice(Measure), None)
    findings: FindingSelection | None = key(RecordOf(FindingSelection), None)
    tasks: ObligationSelection | None = key(RecordOf(ObligationSelection), None)
    formula: Expression | None = key(Formula(truth=False), None)
    panel: tuple[str, ...] | None = key(ListOf(ReferenceType("figure")), None)
    over: PanelCombination | None = key(Choice(PanelCombination), None, implied=PanelCombination.MEAN)
    pick: Pick | None = key(RecordOf(Pick), None)
    better: Better | None = key(Choice(Better), None)
    details: Details | None = key(Choice(Details), None, implied=Details.DEDUCTED)
    path: Path = path_field()

    @property
    def is_computed(self) -> bool:
        """Whether its values are computed from others, not given by anybody."""
        return self.from_ == BY_FORMULA or self.panel is not None

    @property
    def is_entered(self) -> bool:
        """Whether somebody enters its values; those of tasks and findings are counted."""
        return not self.is_computed and self.from_ not in (BY_TASK_LIST, BY_LEDGER)

    @property
    def department(self) -> str | None:
        """The department that supplies it; None where nobody or somebody else does."""
        return None if self.is_computed or self.from_ in SUPPLIERS else self.from_

    @property
    def made_of(self) -> frozenset[str]:
        """The figures and attributes of the same year that it is computed from."""
        return frozenset(complete(self.panel)) | (self.formula.names if isinstance(self.formula, Expression) else set())

    @property
    def made_of_same_time(self) -> frozenset[str]:
        """Those of them that are of no earlier period: a figure cannot be computed from itself through these."""
        names = self.formula.names_of_same_time if isinstance(self.formula, Expression) else frozenset()
        return frozenset(complete(self.panel)) | names

    @property
    def read_here(self) -> frozenset[str]:
        """Those of them that are read at the place of the figure itself, not along an axis or over units."""
        here = self.formula.names_read_here if isinstance(self.formula, Expression) else frozenset()
        return frozenset(complete(self.panel)) | here

    @property
    def made_of_earlier(self) -> frozenset[str]:
        """The figures of earlier years that it is computed from."""
        return self.formula.previous_names if isinstance(self.formula, Expression) else frozenset()

    @property
    def earlier(self) -> frozenset[tuple[str, int]]:
        """The figures of earlier years that it is computed from, each with how many years back."""
        return self.formula.earlier if isinstance(self.formula, Expression) else frozenset()

    @property
    def is_count(self) -> bool:
        """Whether it counts something; one whose kind could not be read is not judged for it."""
        return self.kind in (FigureKind.COUNT, BROKEN)


def with_suppliers(tree: Tree) -> Tree:
    """The tree of a sheet with the English words for suppliers of figures in the place of the Chinese ones.

    A word is read where its figure has the key that tells it, or where the sheet gives departments and it is none.
    """
    if not isinstance(tree, Mapping) or not isinstance(tree.get("figures"), Mapping):
        return tree
    departments = tree.get("departments")
    named = departments if isinstance(departments, Mapping) else None
    return {**tree, "figures": {id: supplied(each, named) for id, each in tree["figures"].items()}}


def supplied(figure: Tree, departments: Mapping[str, Tree] | None) -> Tree:
    """The tree of a figure, its supplier in English."""
    text = figure.get("from") if isinstance(figure, Mapping) else None
    if not isinstance(text, str) or (word := SUPPLIERS_READ.meaning(text)) is None:
        return figure
    is_told = not is_blank(figure.get(TOLD_BY.get(word, "")))
    is_no_department = departments is not None and text.strip() not in departments
    return {**figure, "from": word} if is_told or is_no_department else figure


def supplier_word(figure: Mapping[str, Tree], departments: Mapping[str, Tree] | None, language: Language) -> str:
    """The word for the supplier of a figure that is read as it in a sheet of these departments."""
    called = SUPPLIERS_READ.called(figure["from"]).localized(language)
    is_read = supplied({**figure, "from": called}, departments) == {**figure}
    return called if is_read else str(figure["from"])
