"""Rule sheets made at random from the description of their keys: readable ones, whatever they say."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import Any

from hypothesis import strategies as st

from assess.core import methods
from assess.core.kinds import (
    Choice,
    Either,
    Formula,
    FullMark,
    Id,
    ListOf,
    MapOf,
    NodeMark,
    NumberType,
    PlainText,
    RecordOf,
    ReferenceType,
    RoundTo,
    Title,
    TruthType,
    ValueOf,
    Weight,
    WholeNumberType,
)
from assess.core.numbers import exact
from assess.core.rules import adjustments
from assess.core.rules.nodes import AxesKind, Item, MissingKind, Nodes, Section
from assess.core.rules.sheet import RuleSheet
from assess.core.schema import MISSING, FieldType, keys_of

Trees = st.SearchStrategy[Any]

ODD = (
    "null", "~", "yes", "1.50", "- a", "{a: b}", "[]", "{}", "'q'", '"q"', '"', "#x", "a: b", "a, b", "大气，水",
    "=1+1", "@x", "points: 3", "第一行\n第二行", "第一段\n\n  第二段", "-", "%", "*a", "&a", "!t", "a #b", "？",
    "…" * 70, "a" * 200, "x\ty", "<r>", "30%", "2/3", "1,000",
)  # fmt: skip
LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff")
WIDE = re.compile("[！-～]")
"""Full-width characters, which a workbook reads as half-width."""
TEXTS = st.sampled_from(ODD) | st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
IDS = st.from_regex(r"[a-z]\w{0,5}(?:[.-]\w{1,3}){0,2}", fullmatch=True).filter(lambda id: not WIDE.search(id))
WHOLE = st.integers(0, 9).map(str)
NUMBERS = st.sampled_from(
    ["0", "1", "7.5", "0.1", "30%", "12.5%", "2/3", "0.000001", "123456789.123456", "1234567890123456789.5", "33.3%"]
)
CONDITIONS = st.sampled_from(['kind == "street"', "a >= 90 and not b", "if(a > 0, b, c) >\n  0", "min(a, b) < 3"])
FORMULAS = st.sampled_from(["a", "(a - previous(a)) / previous(a) * 100", "max(0,\na)", "35% * a"])
VALUES = st.sampled_from(["pm25", "previous(pm25)", "12", "0.5", "70%", "2/3"])
STATUSES = dict.fromkeys(("done", "trial", "started", "planned", "none"), NUMBERS)


def of_kind(kind: FieldType, *, full: bool = False) -> Trees:
    """Trees that a kind reads without a flaw."""
    plain: dict[type, Trees] = {
        Title: TEXTS | st.fixed_dictionaries({"zh": TEXTS, "en": TEXTS}),
        Id: IDS, ReferenceType: IDS, ValueOf: VALUES, RoundTo: WHOLE | st.just("none"),
        TruthType: st.sampled_from(["true", "false"]),
        MissingKind: st.sampled_from(["zero", "exclude", "block", {"points": "3"}, {"points": "12.5%"}]),
        NodeMark: st.just("none") | NUMBERS | st.dictionaries(IDS, NUMBERS, min_size=1, max_size=3),
        AxesKind: IDS | st.sampled_from([["section", "month"], ["quarter", "village"]]),
        FullMark: NUMBERS | st.dictionaries(IDS, NUMBERS, min_size=1, max_size=3),
        Weight: NUMBERS | st.dictionaries(IDS, NUMBERS, min_size=1, max_size=3),
    }  # fmt: skip
    match kind:
        case NumberType():
            if kind.most is not None:
                return NUMBERS.filter(lambda text: exact(text) <= 1)
            return NUMBERS if kind.above is None else NUMBERS.filter(lambda text: text != "0")
        case WholeNumberType():
            return st.integers(kind.least, 9).map(str)
        case Choice():
            return st.sampled_from(kind.words)
        case PlainText():
            return TEXTS
        case Formula():
            return CONDITIONS if kind.truth else FORMULAS
        case ListOf():
            fewest = 0 if kind.may_be_empty and not full else 1
            return st.lists(of_kind(kind.kind, full=full), min_size=fewest, max_size=2 if full else 3)
        case MapOf():
            return st.dictionaries(IDS | TEXTS, of_kind(kind.kind, full=full), min_size=1, max_size=1 if full else 3)
        case Either():
            if isinstance(kind.mapped, RecordOf):
                return of_kind(kind.listed) | of_kind(kind.mapped)
            return of_kind(kind.listed) | st.dictionaries(IDS, of_kind(kind.mapped.kind), min_size=1, max_size=3)
        case RecordOf():
            return record(kind.record, full=full)
    return plain[type(kind)]


def record(*records: type, full: bool = False, **own: Trees) -> Trees:
    """Mappings that describe a record: its required keys, and the others or some of them; `own` in place of a kind."""
    required: dict[str, Trees] = dict(own)
    others: dict[str, Trees] = {}
    for each in records:
        for name, field in keys_of(each).items():
            if name not in own and not isinstance(field.metadata["kind"], Nodes):
                found = required if full or field.default is MISSING else others
                found[name] = of_kind(field.metadata["kind"], full=full)
    return st.fixed_dictionaries(required, optional=others)


def item(method: str, *, full: bool = False) -> Trees:
    """An item with this method."""
    own: dict[str, Trees] = {"method": st.just(method)}
    if method == "interpolate":
        own["points_at"] = st.lists(st.tuples(NUMBERS, NUMBERS).map(list), min_size=1, max_size=3)
    if method == "tasks":
        own["coefficients"] = st.fixed_dictionaries(STATUSES)
    return record(Item, methods.METHODS[method], full=full, **own)


def section(children: Trees) -> Trees:
    """A section of these."""
    return record(Section, items=st.lists(children, min_size=1, max_size=3))


ITEMS = st.sampled_from(sorted(methods.METHODS)).flatmap(item)
NODES = st.recursive(ITEMS, section, max_leaves=5)


def adjustment(name: str, *, full: bool = False) -> Trees:
    """An adjustment of this kind."""
    own: dict[str, Trees] = {"kind": st.just(name)}
    if name in ("bonus", "deduction"):
        own["items"] = st.lists(ITEMS, min_size=1, max_size=2)
    return record(adjustments.RECORDS[name], full=full, **own)


def sheet_of(items: Trees, those_after: Trees, *, full: bool = False) -> Trees:
    """Sheets of these items and adjustments, every id in them made to stand once."""
    own = {"items": items, "adjustments": those_after}
    for name in ("departments", "figures"):
        kind = keys_of(RuleSheet)[name].metadata["kind"]
        own[name] = st.dictionaries(IDS, of_kind(kind.kind, full=full), min_size=1, max_size=3)
    return record(RuleSheet, full=full, **own).map(with_ids)


def with_ids(tree: dict[str, Any]) -> dict[str, Any]:
    """The tree, its nodes and adjustments numbered where an id stood before."""
    numbers = count(1)
    seen: set[str] = set()
    for node in [*tree["items"], *tree["adjustments"]]:
        give_id(node, seen, lambda: next(numbers))
    return tree


def give_id(node: dict[str, Any], seen: set[str], number: Callable[[], int]) -> None:
    """A new id for a node that has one of another, and for those below it."""
    while node["id"] in seen:
        node["id"] = f"n{number()}"
    seen.add(node["id"])
    for child in node.get("items", ()):
        give_id(child, seen, number)


SHEETS = sheet_of(
    st.lists(NODES, min_size=1, max_size=3),
    st.lists(st.sampled_from(sorted(adjustments.RECORDS)).flatmap(adjustment), max_size=3),
)
FULL_SHEETS = sheet_of(
    st.tuples(*(item(name, full=True) for name in methods.METHODS), section(ITEMS)).map(list),
    st.tuples(*(adjustment(name, full=True) for name in adjustments.RECORDS)).map(list),
    full=True,
)
"""Sheets with every key there is."""
