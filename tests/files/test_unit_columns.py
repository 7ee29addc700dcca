"""What the columns of lists of units are called: no part of a sheet, and nothing that the engine knows."""

from __future__ import annotations

from pathlib import Path

from assess.core.rules.sheet import digest_of, read_sheet
from assess.core.text import Text
from assess.files.rule_sheets import sheet_of_tree
from assess.files.unit_columns import UNIT_COLUMN_TITLES
from tests.builders import a_tree, an_item

CORE = Path(__file__).parents[2] / "assess" / "core"


def test_columns_are_told_by_the_titles_that_come_with_a_sheet_else_by_their_names():
    tree = a_tree(an_item())
    bare, titled = read_sheet(tree, []), sheet_of_tree(tree, [])

    assert titled.column_title("has_river") == Text("有考核河道", "has an assessed river")
    assert titled.column_title("has_hills") == bare.column_title("has_hills") == Text.same("has_hills")
    assert bare.column_title("has_river") == Text.same("has_river")
    assert (titled, digest_of(titled)) == (bare, digest_of(bare))


def test_the_engine_names_no_column_of_a_list_but_the_kind_of_a_unit():
    named = {
        (path.relative_to(CORE).as_posix(), name)
        for path in CORE.rglob("*.py")
        for name in UNIT_COLUMN_TITLES
        if name != "kind" and f'"{name}"' in path.read_text(encoding="utf-8")
    }

    assert named == {("units/squares.py", "map_row"), ("units/squares.py", "map_column")}
