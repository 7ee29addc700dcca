"""Adjustments: what happens after the base total, in the order written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assess.core.expressions import Expression
from assess.core.flaws import Flaw, Path
from assess.core.kinds import (
    ChoiceWords,
    Formula,
    Id,
    ListOf,
    NumberType,
    PlainText,
    ReferenceType,
    Title,
    TruthType,
    WholeNumberType,
)
from assess.core.rules.nodes import Item, Nodes
from assess.core.schema import (
    BROKEN,
    MISSING_KEY,
    NOT_A_MAPPING,
    Found,
    Spell,
    Tree,
    hint,
    key,
    keys_of,
    path_field,
    read_keys,
    report_unknown,
    write_record,
)
from assess.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """What every adjustment has."""

    id: str = key(Id("node"))
    title: Text | None = key(Title(), None)
    clause: str = key(PlainText())
    note: Text | None = key(Title(), None)
    text: Text | None = key(Title(), None)
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus(Adjustment):
    """Points added (激励指标)."""

    items: tuple[Item, ...] = key(Nodes())
    cap: Fraction | None = key(NumberType(), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction(Adjustment):
    """Points taken off (惩戒指标); its items award what is taken off."""

    items: tuple[Item, ...] = key(Nodes())
    at_most: Fraction | None = key(NumberType(), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto(Adjustment):
    """The grade becomes the one named, whatever the score (一票否决)."""

    when: Expression = key(Formula())
    grade: str = key(ReferenceType("grade"))
    unranked: bool = key(TruthType(), False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeCap(Adjustment):
    """No better grade than this (不得评优)."""

    when: Expression = key(Formula())
    grade: str = key(ReferenceType("grade"))


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeDown(Adjustment):
    """So many grades lower."""

    when: Expression = key(Formula())
    by: int = key(WholeNumberType(most=20))


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalCap(Adjustment):
    """The total is at most this."""

    when: Expression = key(Formula())
    at: Fraction = key(NumberType())


RECORDS: dict[str, type[Adjustment]] = {
    "bonus": Bonus,
    "deduction": Deduction,
    "veto": Veto,
    "grade-cap": GradeCap,
    "grade-down": GradeDown,
    "total-cap": TotalCap,
}
NAMES = {record: name for name, record in RECORDS.items()}
KINDS = {
    "bonus": Text("加分", "Bonus"),
    "deduction": Text("扣分", "Deduction"),
    "veto": Text("一票否决", "Veto"),
    "grade-cap": Text("等次限制", "Grade cap"),
    "grade-down": Text("等次下调", "Grade lowered"),
    "total-cap": Text("总分限制", "Total cap"),
}
"""What the kinds are called."""


class AdjustmentName(ChoiceWords):
    """The kinds of adjustment."""

    BONUS = "bonus", "加分", "激励"
    DEDUCTION = "deduction", "扣分", "惩戒"
    VETO = "veto", "一票否决", "否决"
    GRADE_CAP = "grade-cap", "等次上限"
    GRADE_DOWN = "grade-down", "降等"
    TOTAL_CAP = "total-cap", "总分上限"


UNKNOWN_ADJUSTMENT = Text("没有“{text}”这种加减分。{hint}", "There is no adjustment “{text}”. {hint}")


class AdjustmentKind:
    """One adjustment, by its `kind`."""

    words = AdjustmentName.listed()

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        if not isinstance(tree, Mapping):
            flaws.append(Flaw(path, NOT_A_MAPPING))
            return BROKEN
        name = tree.get("kind")
        if name is None:
            flaws.append(Flaw(path, MISSING_KEY, {"key": "kind"}))
            return BROKEN
        record = RECORDS.get(self.words.meaning(name) or "") if isinstance(name, str) else None
        if record is None:
            facts = {"text": name if isinstance(name, str) else "…", "hint": hint(str(name), self.words)}
            flaws.append(Flaw((*path, "kind"), UNKNOWN_ADJUSTMENT, facts))
            return BROKEN
        report_unknown(tree, ("kind", *keys_of(record)), path, flaws)
        return record(**read_keys(record, tree, path, flaws), path=path)

    def write(self, value: Adjustment, spell: Spell) -> Tree:
        return {"kind": NAMES[type(value)]} | write_record(value, spell)


class Adjustments(ListOf):
    """The adjustments; unreadable ones are left out, their flaw reported."""

    def __init__(self) -> None:
        super().__init__(AdjustmentKind(), may_be_empty=True)

    def read(self, tree: Tree, path: Path, flaws: Found) -> Any:
        found = super().read(tree, path, flaws)
        return () if found is BROKEN else tuple(each for each in found if each is not BROKEN)
