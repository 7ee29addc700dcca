"""What a sheet of these items is warned of: its codes, and the paths where they stand."""

from __future__ import annotations

from typing import Any

from assess.core.warnings import sheet_warnings
from tests import builders
from tests.builders import Tree, a_tree

ALWAYS_THERE = {"missing-title", "total-not-stated-mark"}
"""What short sheets of tests are warned of anyway: their items have no titles and few points."""


def warned(*items: Tree, **keys: Any) -> list[str]:
    """`code path` of every warning but those that every short sheet has."""
    return [told for told in all_warned(*items, **keys) if told.partition(" ")[0] not in ALWAYS_THERE]


def all_warned(*items: Tree, **keys: Any) -> list[str]:
    """`code path` of every warning."""
    tree = a_tree(*items, **keys)
    sheet, flaws = builders.read(tree, ["income"])
    assert [flaw.localized("en") for flaw in flaws] == []
    return [f"{each.code} {'.'.join(map(str, each.where))}" for each in sheet_warnings(sheet, tree)]
