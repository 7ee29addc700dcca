from __future__ import annotations

from assess.core.tables import given_table
from assess.core.text import Text
from assess.core.units.changes import UnitChanges, UnitEntry, UnitFieldChange, entries_of, unit_changes


def a_unit(code: str, name: str = "", **attributes: str) -> UnitEntry:
    return UnitEntry(code, Text.same(name or code), attributes=attributes)


def test_a_list_is_read_by_its_headings_in_either_language():
    table = given_table(
        ["单位代码", "中文名称", "kind", "别名", "has_river"],
        [["110105001", "建外街道", "street", "建国门外；建外", "是"]],
        "units",
        ["row 2"],
    )

    assert entries_of(table) == (
        UnitEntry("110105001", Text("建外街道", "建外街道"), "street", ("建国门外", "建外"), {"has_river": "是"}),
    )


def test_units_are_the_same_by_their_code_whatever_they_are_called():
    old = [a_unit("1", "East", river="yes"), a_unit("2"), a_unit("3")]
    new = [a_unit("1", "West", river="yes", port="no"), a_unit("2"), a_unit("4")]

    assert unit_changes(old, new) == UnitChanges(
        new=(new[2],),
        changed=(
            (
                new[0],
                (
                    UnitFieldChange("name_zh", "East", "West"),
                    UnitFieldChange("name_en", "East", "West"),
                    UnitFieldChange("port", "", "no"),
                ),
            ),
        ),
        removed=(old[2],),
        unchanged=(new[1],),
    )


def test_another_order_alone_is_a_change():
    changes = unit_changes([a_unit("1"), a_unit("2")], [a_unit("2"), a_unit("1")])

    assert (bool(changes), changes.reordered, changes.changed) == (True, True, ())
    assert not unit_changes([a_unit("1")], [a_unit("1")])
