"""The rule sheet: the published scoring rule of one assessment year."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from assess.core.expressions import Expression
from assess.core.flaws import Path
from assess.core.kinds import (
    NO_ENTRIES,
    Choice,
    ChoiceWords,
    Formula,
    FullMark,
    Id,
    ListOf,
    MapOf,
    Marks,
    NodeMarks,
    RecordOf,
    Title,
    WholeNumberType,
)
from assess.core.numbers import as_written, reduced
from assess.core.rules.adjustments import Adjustment, Adjustments, Bonus, Deduction
from assess.core.rules.figure import Figure, with_suppliers
from assess.core.rules.nodes import Item, Missing, MissingKind, Node, Nodes, Section, items_of, walk
from assess.core.rules.object_kind import ObjectKind
from assess.core.rules.outcome import Conversion, Grade, NodeRanking, RankingRule, RoundingRule, TotalBounds
from assess.core.rules.titles import number_of, words_for
from assess.core.schema import BROKEN, Found, Tree, key, path_field, read_record, write_record
from assess.core.text import Text

UNTITLED_GROUP: Final = Text("第{number}组", "Group {number}")


class SheetStanding(ChoiceWords):
    """What a sheet's results are worth; printed on every page that shows one."""

    DEMONSTRATION = "demonstration", "示例"
    DRAFT = "draft", "征求意见", "草案"
    ISSUED = "issued", "印发", "正式"


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department that supplies or certifies figures."""

    title: Text | None = key(Title(), None)
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerGroup:
    """A peer group of units, ranked apart."""

    id: str = key(Id())
    title: Text | None = key(Title(), None)
    where: Expression = key(Formula())
    path: Path = path_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSheet:
    """A whole rule sheet; `figures` and `departments` by id, `items` the tree's top nodes."""

    id: str = key(Id())
    title: Text = key(Title())
    year: int = key(WholeNumberType(most=9999))
    basis: Text | None = key(Title(), None)
    note: Text | None = key(Title(), None)
    issued_by: Text | None = key(Title(), None)
    issued_on: Text | None = key(Title(), None)
    standing: SheetStanding | None = key(Choice(SheetStanding), None)
    rounding: RoundingRule = key(RecordOf(RoundingRule), RoundingRule())
    departments: Mapping[str, Department] | None = key(MapOf(RecordOf(Department)), None)
    objects: Mapping[str, ObjectKind] | None = key(MapOf(RecordOf(ObjectKind)), None)
    groups: tuple[PeerGroup, ...] | None = key(ListOf(RecordOf(PeerGroup)), None)
    figures: Mapping[str, Figure] = key(MapOf(RecordOf(Figure), may_be_empty=True), NO_ENTRIES)
    missing: Missing | None = key(MissingKind(), None)
    points: Marks | None = key(FullMark(), None)
    unit_of_result: Text | None = key(Title(), None)
    items: tuple[Node, ...] = key(Nodes())
    adjustments: tuple[Adjustment, ...] = key(Adjustments(), ())
    total: TotalBounds = key(RecordOf(TotalBounds), TotalBounds())
    ranking: RankingRule = key(RecordOf(RankingRule), RankingRule())
    grades: tuple[Grade, ...] | None = key(ListOf(RecordOf(Grade)), None)
    conversion: Conversion | None = key(RecordOf(Conversion), None)
    results: tuple[NodeRanking, ...] | None = key(ListOf(RecordOf(NodeRanking)), None)
    column_titles: Mapping[str, Text] = field(default=NO_ENTRIES, compare=False, repr=False, kw_only=True)
    """What columns of the list of units are called; no part of what the sheet says."""
    path: Path = path_field()

    def column_title(self, name: str) -> Text:
        """What a column of the list of units is called."""
        return self.column_titles.get(name) or Text.same(name)


def read_sheet(tree: Tree, flaws: Found) -> RuleSheet:
    """The sheet a plain tree describes; what cannot be read is BROKEN and reported."""
    return read_record(RuleSheet, with_suppliers(tree), (), flaws)


def tree_of(sheet: RuleSheet) -> dict[str, Tree]:
    """The plain tree that describes a sheet as an author would write it, defaults left out."""
    return write_record(sheet, as_written)


def digest_of(sheet: RuleSheet) -> str:
    """`sha256:…` of the canonical JSON: keys sorted, lists in order, numbers reduced, defaults left out."""
    canonical = json.dumps(write_record(sheet, reduced), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def all_nodes(sheet: RuleSheet) -> dict[str, Node]:
    """Every node that has an id, by it, those of bonuses and deductions included."""
    nodes = (*walk(sheet.items), *adjustment_items(sheet))
    return {node.id: node for node in nodes if node.id is not BROKEN}


def all_items(sheet: RuleSheet) -> tuple[Item, ...]:
    """Every item, those of bonuses and deductions included."""
    return (*items_of(sheet.items), *adjustment_items(sheet))


def adjustment_items(sheet: RuleSheet) -> tuple[Item, ...]:
    """The items of bonuses and deductions, in the order written."""
    counted = (each for each in sheet.adjustments if isinstance(each, Bonus | Deduction))
    return tuple(item for each in counted for item in each.items if isinstance(item, Item))


def nodes_outside(sheet: RuleSheet) -> frozenset[str]:
    """The nodes that do not count in the total: those that do not count themselves, and all below them."""
    tops = (node for node in walk(sheet.items) if not node.counts)
    return frozenset(node.id for node in walk(tops))


def items_taken_off(sheet: RuleSheet) -> frozenset[str]:
    """The items of deductions: their points are taken off the total."""
    return frozenset(item.id for each in sheet.adjustments if isinstance(each, Deduction) for item in each.items)


def title_of(thing: Any, fallback: str) -> Text:
    """What a thing is called: its title; else words made of what it is, for figures and the like its id."""
    title = getattr(thing, "title", None)
    if isinstance(title, Text):
        return title
    if isinstance(thing, PeerGroup):
        return UNTITLED_GROUP.format(number=number_of(thing.path))
    return words_for(thing) or Text.same(fallback)


def mark_in(points: NodeMarks, group: str | None) -> Fraction | None:
    """The full mark that holds in a group; None for none, and where marks differ by group and there is no group."""
    if isinstance(points, Mapping):
        return points.get(group or "")
    return points if isinstance(points, Fraction) else None


__all__ = ["Item", "RuleSheet", "Section", "all_items", "all_nodes", "digest_of", "read_sheet", "tree_of"]
