"""Rows of a file of findings: which headings are understood, how words and days are read, everything wrong at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from assess.core.evidence.pages import EvidencePage
from assess.core.finding_imports.comparing import Earlier, earlier_ones
from assess.core.finding_imports.found import FoundFindings, FoundRow
from assess.core.finding_imports.headings import meaning_of
from assess.core.finding_imports.reading import read_pages
from assess.core.finding_imports.rows import FindingRowReader, without_time
from assess.core.finding_imports.words import Vocabulary
from assess.core.findings.catalogue import COMMON, Catalogue, Domain, FindingSource
from assess.core.findings.filing import ReadFinding
from assess.core.findings.places import MapPoint
from assess.core.findings.repeats import FindingSpot
from assess.core.text import Text
from assess.core.units.unit_list import UnitNames, given_units

CATALOGUE = Catalogue(
    {each.id: each for each in COMMON},
    {each.value: each.label for each in Domain},
    {each.value: each.label for each in FindingSource},
)
UNITS, _ = given_units(
    {"01": {"name_zh": "建外街道", "name_en": "Jianwai"}, "02": {"name_zh": "朝外街道", "name_en": "Chaowai"}}, "a test"
)
HEAD = ("工单编号", "承办单位", "诉求内容", "地址", "受理时间", "问题类型", "办理时限")
GOOD = ("26-1", "建外", "裸土", "建国路 88 号", "2026-03-05 14:22:10", "扬尘", "2026/3/12")
SAME_NUMBER = (
    "The number “26-1” is already in 清单!A2. Keep one row. If several units have it, add -1, -2 to tell them apart."
)
NEXT = ("26-2", "朝外街道", "噪声扰民", "朝外大街", "2026年3月4日", "施工噪声", "")


def found_in(*rows: Sequence[str], head: Sequence[str] = HEAD, **given: Any) -> FoundFindings:
    """What one sheet with these headings and rows says, as of 27 November 2026."""
    lines = [(number, dict(enumerate(row, 1))) for number, row in enumerate((head, *rows), 1)]
    filled = [(number, {at: text for at, text in row.items() if text}) for number, row in lines]
    page = EvidencePage("a", "清单", filled, **given)
    reader = FindingRowReader(
        UnitNames(UNITS), Vocabulary(CATALOGUE), year=2026, today=date(2026, 11, 27), source="hotline"
    )
    return read_pages([page], reader, is_template=False)


def told(found: FoundFindings) -> dict[str, str]:
    """What is wrong, by cell."""
    return {str(flaw.where).partition("!")[2]: flaw.localized("en").partition(": ")[2] for flaw in found.flaws}


def test_an_export_of_the_hotline_is_read_as_it_is():
    found = found_in(GOOD, NEXT, ("", "合计", "", "", "", "", ""))

    assert found.flaws == []
    assert found.rows == [
        FoundRow("清单", 2, "26-1", ReadFinding(
            "01", "hotline", "dust", "air", "裸土", "建国路 88 号", date(2026, 3, 5), "", "", None, date(2026, 3, 12)
        )),
        FoundRow("清单", 3, "26-2", ReadFinding(
            "02", "hotline", "noise", "noise", "噪声扰民", "朝外大街", date(2026, 3, 4), "", "", None, None
        )),
    ]  # fmt: skip
    assert [flaw.localized("en") for flaw in found.warnings] == [
        "a:清单!B4: “合计” is a total of other rows and was left out."
    ]


def test_everything_wrong_is_told_at_its_cell_in_one_pass():
    found = found_in(
        GOOD,
        ("26-1", "朝外", "噪声", "朝外大街", "2026-12-01", "怪味", "7天"),
        ("26-3", "建国街道", "", "？！", "去年", "扬尘", "2026-01-01"),
        ("26-4", "02", "裸土", "路口", "2025-12-31", "扬尘", "无"),
        ("26-5", "02", "裸土", "路口", "2026-03-05", "扬尘", "2026-03-04"),
        ("26-1", "02", "裸土", "路口", "2026-03-05", "扬尘", ""),
        ("", "02", "裸土", "路口", "2026-03-05", "扬尘", ""),
        ("", "02", "裸土", "路口 ", "2026-03-05", "扬尘", ""),
    )

    assert told(found) == {
        "A3": SAME_NUMBER,
        "E3": "found on: The date cannot be later than today, 2026-11-27.",
        "F3": "kind: “怪味” is not a type of finding. Use one of " + ", ".join(each.label.en for each in COMMON) + ".",
        "G3": "deadline: “7天” is not a date. Enter it as in 2026-12-31.",
        "B4": "unit: No unit is called “建国街道”. Did you mean “Jianwai”?",
        "C4": "what was found: Enter what was found.",
        "D4": "place: Enter the place: the road, the number or the stretch of river.",
        "E4": "found on: “去年” is not a date. Enter it as in 2026-12-31.",
        "E5": "found on: The date must be in 2026. Record findings of other years in their own year.",
        "G6": "deadline: The deadline cannot be before 2026-03-05.",
        "A7": SAME_NUMBER,
        "C9": "Unit, type, date, place and description are the same as in 清单!C8. Keep one row.",
    }


def test_missing_columns_merged_cells_and_cells_without_value_are_told():
    short = found_in(("建外", "裸土", "扬尘", "路口"), head=("单位", "问题描述", "问题类型", "地点"))
    assert [flaw.localized("en") for flaw in short.flaws] == [
        "a:清单!A1: There is no column “found on” (or date, date found). Add it with its values."
    ]
    none = [
        flaw.localized("en").partition(":")[2]
        for each in (found_in(head=("a", "b")), found_in())
        for flaw in each.flaws
    ]
    assert [each.partition(":")[0] for each in none] == [
        (" No visible sheet has headings in its first 20 rows. Enter unit, kind, what was "
         "found, place and found on in one row."), "清单",
    ]  # fmt: skip

    merged = found_in(GOOD, NEXT, merged=[((2, 2), (3, 2)), ((1, 1), (1, 1))])
    assert told(merged) == {"B2": "Cells with data are merged. Unmerge them and fill in each."}
    unfit = found_in(GOOD, NEXT, unfit={(3, 4): Text("无结果", "no result")})
    assert told(unfit) == {"D3": "place: no result"}


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("所属街乡/承办单位", "unit"), ("标准/依据", "standard"), ("办理时限（天）", "deadline"), ("*问题描述", "what"),
        ("GPS经度", "longitude"), ("Found On", "found_on"), ("来电人", None), ("序号", None),
    ],
)  # fmt: skip
def test_headings_are_understood_as_people_write_them(heading: str, column: str | None):
    meaning = meaning_of(heading)

    assert (meaning and meaning[0]) == column


def test_words_and_days_are_understood_as_other_systems_write_them():
    words = Vocabulary(CATALOGUE).words
    written = ("大气污染-扬尘污染", "餐饮油烟扰民", "Noise", "dust", "水/污水直排")
    assert {text: words["kind"].find(text) for text in written} == {
        "大气污染-扬尘污染": "dust", "餐饮油烟扰民": "fumes", "Noise": "noise", "dust": "dust", "水/污水直排": "sewage",
    }  # fmt: skip
    assert [words["source"].find(text) for text in ("12345", "微信", "河长巡河", "市级督查", "")] == [
        "hotline", "hotline", "chief", "above", "",
    ]  # fmt: skip
    days = ("2026-03-05 14:22", "2026年3月5日14时22分", "2026-03-05T09:00:00", "２０２６-03-05", "soon")
    assert [without_time(day) for day in days] == [
        "2026-03-05", "2026年3月5日", "2026-03-05", "２０２６-03-05", "soon",
    ]  # fmt: skip


def test_a_row_is_seen_beside_the_latest_earlier_finding_of_its_kind_at_its_spot():
    found = found_in(
        ("1", "建外", "裸土", "建国路 88 号", "2026-03-05", "扬尘", "", "116.4432", "39.9218"),
        ("2", "建外", "裸土", "建国路88号", "2026-03-07", "扬尘", "", "", ""),
        ("3", "建外", "裸土", "对面工地", "2026-03-08", "扬尘", "", "116.4433", "39.9218"),
        ("4", "建外", "噪声", "建国路 88 号", "2026-03-09", "噪声", "", "", ""),
        ("5", "朝外", "裸土", "建国路 88 号", "2026-03-01", "扬尘", "", "", ""),
        head=(*HEAD, "经度", "纬度"),
    )
    spot = FindingSpot("建国路 88 号", MapPoint(39_921_800, 116_443_200), date(2026, 3, 6))
    later = Earlier(8, "", "02", "dust", spot)
    known = [Earlier(7, "", "01", "dust", spot._replace(found_on=date(2026, 2, 1))), later]

    beside = earlier_ones(found.rows, known)

    assert [each and (each.finding, each.place_in_file) for each in beside] == [
        (7, ""), (None, "清单!2"), (None, "清单!2"), None, None,
    ]  # fmt: skip
