"""The list of units, and finding a unit by what somebody calls it."""

from __future__ import annotations

import pytest

from assess.core.expressions import TextColumn, ValueType
from assess.core.parsing import ParseError
from assess.core.text import Text
from assess.core.units.unit_list import AMBIGUOUS, UnitNames, read_units
from tests.tables import a_table, some_units, told

CHAOYANG = a_table(
    "unit,name_zh,name_en,kind,alias,alias_of_old",
    "110105001,建外街道,Jianwai Subdistrict,street,建国门外；Jianguomenwai,",
    "110105004,三里屯街道,Sanlitun Subdistrict,street,,幸福三村",
    "110105024,崔各庄地区,Cuigezhuang Area,township,崔各庄乡;Cuigezhuang Township,",
    "110105099,三里屯地区,,township,,",
)


def find(text: str) -> str | ParseError:
    """The code of the unit of Chaoyang that a text names."""
    units, flaws = read_units(CHAOYANG)
    assert flaws == []
    found = UnitNames(units).find(text)
    return found if isinstance(found, ParseError) else units.codes[found]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("110105001", "110105001"),
        ("１１０１０５００１", "110105001"),
        ("建外街道", "110105001"),
        ("建 外\u200b街道", "110105001"),
        ("建外", "110105001"),
        ("建国门外", "110105001"),
        ("JIANGUOMENWAI", "110105001"),
        ("sanlitun subdistrict", "110105004"),
        ("幸福三村", "110105004"),
        ("崔各庄", "110105024"),
        ("崔各庄乡", "110105024"),
        ("三里屯地区", "110105099"),
        *((text, "110105004") for text in ("三里屯街道办事处", "三里屯街道办", "三里屯（街道）", "三 里屯街道 办事处")),
        *((text, "110105099") for text in ("三里屯地区办事处", "三里屯（地区）")),
        *((text, "110105001") for text in ("建外办事处", "建外街道（地区）", "Jianwai Subdistrict Office")),
        *(
            (text, "110105024")
            for text in ("崔各庄乡人民政府", "崔各庄乡政府", "崔各庄地区（乡）", "崔各庄地区（崔各庄乡）")
        ),
    ],
)
def test_a_unit_is_found_by_code_name_alias_or_name_without_its_ending(text: str, code: str) -> None:
    assert find(text) == code


def test_a_name_that_fits_several_units_is_told_with_all_of_them() -> None:
    assert find("三里屯") == ParseError(
        Text(
            "“三里屯”可指多个单位（三里屯街道 110105004、三里屯地区 110105099），请改填单位代码。",
            (
                "“三里屯” fits several units (Sanlitun Subdistrict 110105004, 三里屯地区 110105099). "
                "Enter the unit code instead."
            ),
        )
    )


@pytest.mark.parametrize("text", ["三里屯办事处", "三里屯街道（地区）", "三里屯地区（三里屯街道）"])
def test_an_office_that_may_be_of_several_units_is_told_with_all_of_them(text: str) -> None:
    units = Text("三里屯街道 110105004、三里屯地区 110105099", "Sanlitun Subdistrict 110105004, 三里屯地区 110105099")
    assert find(text) == ParseError(AMBIGUOUS.format(text=text, units=units))


@pytest.mark.parametrize(
    "text", ["三里屯乡政府", "建外街道（三里屯街道）", "办事处", "街道", "（街道）", "街道（地区）"]
)
def test_an_office_of_no_unit_of_the_list_is_never_guessed(text: str) -> None:
    assert isinstance(find(text), ParseError)


def test_a_list_of_offices_is_found_by_the_short_names() -> None:
    units, _ = read_units(a_table("unit,name_zh,kind", "a,三里屯街道办事处,street", "b,高碑店乡政府,township"))
    names = UnitNames(units)

    assert [names.find(text) for text in ("三里屯街道", "三里屯", "高碑店乡", "高碑店")] == [0, 0, 1, 1]


def test_an_unknown_name_is_told_with_the_nearest_one() -> None:
    assert find("三理屯街道") == ParseError(
        Text(
            "没有名为“三理屯街道”的单位。是否应为“三里屯街道”？",
            "No unit is called “三理屯街道”. Did you mean “Sanlitun Subdistrict”?",
        )
    )


def test_an_unknown_name_like_no_other_is_told() -> None:
    assert find("合计") == ParseError(
        Text("没有名为“合计”的单位，请核对考核对象名单。", "No unit is called “合计”. Check the list of units.")
    )


def test_attributes_are_typed_by_column() -> None:
    units, flaws = read_units(
        a_table(
            "unit,kind,has_river,人口,share,target,note,1",
            '1,street,是,"12",30%,1/3,x,1',
            "2,,no,3.5,,0.5,4,0",
            "3,township,,-1,2%,2,,1",
        )
    )

    assert flaws == []
    assert {name: units.kind_of(name) for name in units.attributes} == {
        "unit": ValueType.TEXT,
        "kind": ValueType.TEXT,
        "has_river": ValueType.TRUTH,
        "人口": ValueType.NUMBER,
        "share": ValueType.NUMBER,
        "target": ValueType.NUMBER,
        "note": ValueType.TEXT,
        "1": ValueType.TRUTH,
    }
    assert units.canonical()["attributes"] == {
        "unit": ["1", "2", "3"],
        "kind": ["street", None, "township"],
        "has_river": ["1", "0", None],
        "人口": ["12", "3.5", "-1"],
        "share": ["0.3", None, "0.02"],
        "target": ["1/3", "0.5", "2"],
        "note": ["x", "4", None],
        "1": ["1", "0", "1"],
    }


def test_names_fall_back_on_each_other_and_on_the_code() -> None:
    units, _ = read_units(a_table("unit,name_zh,name_en", "1,甲,", "2,,B", "3,,"))

    assert units.names == (Text("甲", "甲"), Text("B", "B"), Text("3", "3"))


def test_a_list_without_kinds_has_units_of_no_kind() -> None:
    units = read_units(a_table("单位代码,单位名称", "1,甲街道"))[0]

    assert (units.names, units.kind.missing.tolist()) == ((Text.same("甲街道"),), [True])
    assert isinstance(units.attribute("kind"), TextColumn)


def test_everything_wrong_with_a_list_is_told_at_once() -> None:
    units, flaws = read_units(a_table("unit,name_zh", "a1,甲", "Ａ1,乙", ",丙", "a2,丁"))

    assert units.codes == ("a1", "a2")
    assert told(flaws) == [
        "t.csv:3:1: Unit “Ａ1” appears twice. Keep one row.",
        "t.csv:4:1: The unit code is missing. Enter it.",
    ]


def test_a_list_of_nothing_is_told() -> None:
    assert told(read_units(a_table("unit,kind"))[1]) == ["t.csv: There are no units. Enter one in each row."]
    assert told(read_units(a_table("name,kind", "甲,street"))[1]) == [
        "t.csv: There is no column `unit` with the codes. Add this heading."
    ]


def test_the_order_of_rows_and_columns_does_not_change_what_a_list_says() -> None:
    one, _ = read_units(a_table("unit,kind,alias,river", "1,a,x;y,yes", "2,b,,no"))
    other, _ = read_units(a_table("river,alias,unit,kind", "no,,2,b", "yes,y;x,1,a"))

    assert one.canonical() == other.canonical()
    assert other.codes == ("2", "1")


def test_units_of_one_name_are_told_apart_by_code_only() -> None:
    names = UnitNames(some_units(a1="城关镇", b1="城关镇"))

    assert names.find("b1") == 1
    assert names.find("城关镇") == ParseError(
        Text(
            "“城关镇”可指多个单位（城关镇 a1、城关镇 b1），请改填单位代码。",
            "“城关镇” fits several units (城关镇 a1, 城关镇 b1). Enter the unit code instead.",
        )
    )
