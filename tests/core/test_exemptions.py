"""Approved exemptions of single units from single items."""

from assess.core.exemptions import ApprovedExemption, read_exemptions
from assess.core.flaws import Flaw
from assess.core.sources import TextPosition
from assess.core.units.unit_list import UnitNames
from tests.tables import a_sheet, a_table, some_units, told

SHEET = a_sheet({"river": {"kind": "count", "from": "unit"}, "farm": {"kind": "count", "from": "unit"}})
UNITS = some_units(u1="建外街道", u2="三里屯街道")


def read(*lines: str) -> tuple[object, list[Flaw]]:
    """The exemptions of a table."""
    return read_exemptions(SHEET, UNITS, UnitNames(UNITS), a_table(*lines))


def test_an_exemption_says_of_whom_from_what_why_and_by_whom() -> None:
    exemptions, flaws = read_exemptions(
        SHEET,
        UNITS,
        UnitNames(UNITS),
        a_table("approver,unit,item,reason", "考核办,三里屯,item.river,境内无河道"),
    )

    assert flaws == []
    mask = exemptions.of("item.river")
    assert mask is not None
    assert mask.tolist() == [False, True]
    assert exemptions.of("item.farm") is None
    assert exemptions.entry("item.river", 1) == ApprovedExemption("境内无河道", "考核办", TextPosition("t.csv", 2, 2))
    assert exemptions.entry("item.river", 0) is None
    assert exemptions.canonical() == [["u2", "item.river", "境内无河道", "考核办"]]


def test_everything_wrong_with_exemptions_is_told_at_once() -> None:
    _, flaws = read(
        "unit,item,reason,approver",
        "u1,item.river,none,office",
        "建外,item.river,none,office",
        "u9,all,,office",
        ",item.rivers,dry,office",
        "u2,what,dry,",
    )

    assert told(flaws) == [
        "t.csv:3:2: 建外街道 has two exemptions from item.river. Keep one row.",
        "t.csv:4:3: “reason” is missing. Fill in all four columns of an exemption.",
        "t.csv:4:1: No unit is called “u9”. Check the list of units.",
        "t.csv:4:2: “all” is a section. Enter its items one by one.",
        "t.csv:5:1: “unit” is missing. Fill in all four columns of an exemption.",
        "t.csv:5:2: There is no item “item.rivers”. Did you mean “item.river”?",
        "t.csv:6:4: “approver” is missing. Fill in all four columns of an exemption.",
        "t.csv:6:2: There is no item “what”. Check the rule sheet.",
    ]


def test_a_table_without_the_four_columns_is_told() -> None:
    assert told(read("unit,item", "u1,item.river")[1]) == [
        "t.csv: There is no column “reason”. Add this heading.",
        "t.csv: There is no column “approver”. Add this heading.",
    ]
