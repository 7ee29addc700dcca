"""The workbook form of a rule sheet: its tabs, their columns, and what each column holds, all from the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from assess.core import methods
from assess.core.flaws import Path
from assess.core.kinds import (
    Either,
    Id,
    ListOf,
    MapOf,
    NumberByGroup,
    NumberType,
    PlainText,
    RecordOf,
    ReferenceType,
    RoundTo,
    Title,
    ValueOf,
    WholeNumberType,
)
from assess.core.rules import adjustments
from assess.core.rules.figure import Figure
from assess.core.rules.nodes import Item, MissingKind, PointsCorrection, Section
from assess.core.rules.object_kind import ObjectKind
from assess.core.rules.outcome import Grade, NodeRanking, TeamPost
from assess.core.rules.picking import Pick
from assess.core.rules.sheet import Department, PeerGroup, RuleSheet
from assess.core.schema import FieldType, keys_of

Kinds = Mapping[str, FieldType]


def kinds_of(*records: type, without: frozenset[str] = frozenset()) -> dict[str, FieldType]:
    """The kinds of the keys of records; of a key in several the first counts."""
    found: dict[str, FieldType] = {}
    for record in records:
        for name, each in keys_of(record).items():
            if name not in without:
                found.setdefault(name, each.metadata["kind"])
    return found


PARTS: Final = (
    "lines", "bands", "table", "shares", "points_at", "figures", "corrections", "coefficients", "obligations"
)  # fmt: skip
"""What stands in rows of its own, by item."""
RECORD_PARTS: Final[dict[str, tuple[type, ...]]] = {
    "lines": methods.records_under("lines"),
    "bands": methods.records_under("bands"),
    "shares": methods.records_under("shares"),
    "corrections": (PointsCorrection,),
    "obligations": methods.records_under("obligations"),
}
MAP_PARTS: Final = {"table": "points", "coefficients": "value"}
"""Parts by choice or status, and the column of what each is worth; a table by place has no keys."""
LIST_PARTS: Final = {"table": ("points",), "figures": ("figure",), "points_at": ("x", "points")}
OF_OTHER_TABS: Final = frozenset(
    {"departments", "objects", "groups", "figures", "items", "adjustments", "grades", "results"}
)


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One sheet of the workbook.

    Attributes:
        key, name: what it is called in English and on the tab.
        columns: the keys it is written with, in order; a key in two languages stands for two columns.
        own: keys that no record has.
        records: the records whose keys it has too; of a key in several the first counts.
        without: keys of the records that stand elsewhere.
        names: the key that names a row.
    """

    key: str
    name: str
    columns: tuple[str, ...]
    own: Kinds = field(default_factory=dict)
    records: tuple[type, ...] = ()
    without: frozenset[str] = frozenset()
    names: str = "id"

    @cached_property
    def kinds(self) -> Kinds:
        """The keys it may have, and what each holds."""
        return {**self.own, **kinds_of(*self.records, without=self.without)}


MAIN: Final = Tab(key="main", name="总则", columns=(), records=(RuleSheet,), without=OF_OTHER_TABS, names="key")
"""The keys of the sheet itself, which stand one a row."""
SHEET: Final = Tab(
    key="sheet", name="总则", columns=("key", "value", "value.zh", "value.en"), names="key",
    own={"key": PlainText(), "value": Title()},
)  # fmt: skip
DEPARTMENTS: Final = Tab(
    key="departments", name="部门", columns=("id", "title"), own={"id": Id()}, records=(Department,)
)
GROUPS: Final = Tab(key="groups", name="分组", columns=("id", "title", "where"), records=(PeerGroup,))
OBJECTS: Final = Tab(
    key="objects", name="对象类别", columns=("id", "title", "note"), own={"id": Id()}, records=(ObjectKind,)
)
FIGURES: Final = Tab(
    key="figures", name="数据项", own={"id": Id("figure")}, records=(Figure,),
    columns=("id", "title", "unit", "kind", "choices", "decimals", "min", "max", "period", "roll_up", "min_periods",
             "from", "certified_by", "measure", "findings.kind", "findings.domain", "findings.source", "tasks.domain",
             "tasks.tasks", "formula", "better", "details", "of", "panel", "over", "pick.worst", "pick.best",
             "pick.trim", "pick.at_least", "note", "counting", "example", "proof"),
)  # fmt: skip
OF_PARTS: Final = ("each", "over_round", "at_least", "bar", "part_weight")
"""Keys of items with `by` that stand in `settings`."""
METHODS: Final = Tab(
    key="methods", name="计分方法", columns=(), records=methods.ALL, without=frozenset(PARTS),
    own={"pick": RecordOf(Pick)} | {name: kind for name, kind in kinds_of(Item).items() if name in OF_PARTS},
)  # fmt: skip
"""The keys of methods that have no rows of their own; in the items they stand in columns or in `settings`, and so do
other keys of items and sections that few have."""
ITEMS: Final = Tab(
    key="items", name="考核项",
    own={"parent": ReferenceType("node"), "settings": PlainText(), "method": PlainText(methods.METHOD_WORDS)},
    records=(Section, Item, *METHODS.records), without=METHODS.without,
    columns=("parent", "id", "title", "points", "weight", "combine", "method", "figure", "target", "better",
             "settings", "clause", "tasks", "floor", "cap", "applies", "not_applicable", "missing", "availability",
             "round", "note", "text", "counts", "by", "over", "where", "times"),
)  # fmt: skip
ROWS: Final = Tab(
    key="rows", name="明细", names="node",
    own={"node": ReferenceType("node"), "part": PlainText(PARTS), "no": WholeNumberType(),
         "key": PlainText(), "across": PlainText(), "value": NumberType(), "x": NumberType()},
    records=tuple(record for records in RECORD_PARTS.values() for record in records),
    columns=("node", "part", "no", "figure", "target", "better", "per", "points", "partial", "relative", "free",
             "at_most", "from", "to", "key", "across", "value", "x", "when", "keep", "clause", "domain", "tasks"),
)  # fmt: skip
ADJUSTMENTS: Final = Tab(
    key="adjustments", name="加减分", own={"kind": PlainText(adjustments.AdjustmentKind.words)},
    records=tuple(adjustments.RECORDS.values()), without=frozenset({"items"}),
    columns=("id", "kind", "title", "when", "grade", "by", "at", "cap", "at_most", "unranked", "clause", "note",
             "text"),
)  # fmt: skip
GRADES: Final = Tab(
    key="grades", name="等次", records=(Grade,), own={"result": PlainText()},
    columns=("id", "title", "from", "to", "at_most", "at_least", "limit_ties", "result"),
)  # fmt: skip
RESULTS: Final = Tab(
    key="results", name="其他排名", records=(NodeRanking,), without=frozenset({"grades"}),
    columns=("id", "title", "node", "unit", "better", "ties", "note"),
)  # fmt: skip
MEMBERS: Final = Tab(
    key="members", name="领导成员", records=(TeamPost,), names="post",
    columns=("post", "title", "coefficient", "items", "cap"),
)  # fmt: skip
TABS: Final = (SHEET, DEPARTMENTS, OBJECTS, GROUPS, FIGURES, ITEMS, ROWS, ADJUSTMENTS, GRADES, RESULTS, MEMBERS)
GUIDE: Final = "说明"
FIRST_ROW: Final = 3
"""Rows of data begin here, below the headings and the keys."""


class TreePlace(NamedTuple):
    """Where a dotted key leads in a tree, and what stands there."""

    path: Path
    kind: FieldType


def place_of(kinds: Kinds, key: str) -> TreePlace | None:
    """Where a dotted key leads, such as `title.zh`, `late.per` or `points.streets`; None where there is no such key."""
    head, dot, rest = key.partition(".")
    kind = kinds.get(head)
    if kind is None or not dot:
        return None if kind is None else TreePlace((head,), kind)
    if isinstance(kind, RecordOf):
        inner = place_of(kinds_of(kind.record), rest)
        return None if inner is None else TreePlace((head, *inner.path), inner.kind)
    inner_kind = kind_inside(kind, rest)
    return None if inner_kind is None else TreePlace((head, rest), inner_kind)


def kind_inside(kind: FieldType, key: str) -> FieldType | None:
    """What a key inside a value holds, or None where it has no such key."""
    match kind:
        case Title() if key in ("zh", "en"):
            return PlainText()
        case MissingKind() if key == "points":
            return NumberType()
        case NumberByGroup() if key:
            return kind.one
        case Either(mapped=MapOf(kind=each)) if key:
            return each
        case MapOf() if key and not isinstance(kind.kind, RecordOf):
            return kind.kind
    return None


def is_numeric(kind: FieldType) -> bool:
    """Whether a cell of this kind may hold a number of Excel."""
    return isinstance(kind, NumberType | WholeNumberType | RoundTo | NumberByGroup | ValueOf)


def is_listed(kind: FieldType) -> bool:
    """Whether a cell of this kind holds a list."""
    return isinstance(kind, ListOf | Either)
