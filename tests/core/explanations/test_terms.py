"""How a sentence goes on from the method's own: floor, cap, rounding, corrections, and where nothing was earned."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import a_section, a_sheet, a_unit, an_item, score
from tests.core.explanations.telling import BURNS, PM25, told

FALSE_DATA = {"title": {"zh": "数据造假", "en": "False data"}, "kind": "yes-no"}
CORRECTIONS = [
    {"when": "false_data", "keep": "40%", "clause": "第九条"},
    {"when": "x > 1", "keep": "1/2", "clause": "第{十}条"},
]


@pytest.mark.parametrize(
    ("mode", "x", "zh", "en"),
    [
        ("half-up", 5, "得5.00分", "5.00 points"),
        ("half-up", "5.555", "计得5.555分，四舍五入得5.56分", "5.555 points, rounded to 5.56"),
        ("half-even", "5.545", "计得5.545分，四舍六入五成双得5.54分", "5.545 points, rounded half-even to 5.54"),
        ("half-up", 1, "计得1分，按下限2.00分计", "1 point, but never below 2.00"),
        ("half-up", 9, "计得9分，按上限8.00分计", "9 points, but never above 8.00"),
    ],
)
def test_what_floor_cap_and_rounding_did_is_told(mode: str, x: Any, zh: str, en: str):
    item = an_item("direct", figure="x", floor=2, cap=8)
    sheet = a_sheet(item, figures={"x": {}}, rounding={"mode": mode, "item": 2, "total": 2})
    chinese, english = score(sheet, a_unit(x=x)).why()

    assert (chinese.partition("，")[2], english.partition("; ")[2]) == (zh, en)


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        (
            {"x": 1, "false_data": False},
            "每1起扣2分，扣2分，得8分",
            "2 points for each case, 2 points off; 8 points",
        ),
        (
            {"x": 1, "false_data": True},
            "每1起扣2分，扣2分；数据造假：按8分的40%计（第九条），得3.2分",
            "2 points for each case, 2 points off; False data: 40% of 8 points counts (第九条); 3.2 points",
        ),
        (
            {"x": 2, "false_data": False},
            "每1起扣2分，扣4分；露天焚烧 > 1：按6分的50%计（第{十}条），得3分",
            "2 points for each case, 4 points off; Open burning > 1: 50% of 6 points counts (第{十}条); 3 points",
        ),
        (
            {"x": 2, "false_data": True},
            "每1起扣2分，扣4分；数据造假：按6分的40%计（第九条）；露天焚烧 > 1：按2.4分的50%计（第{十}条），得1.2分",
            "2 points for each case, 4 points off; False data: 40% of 6 points counts (第九条); "
            "Open burning > 1: 50% of 2.4 points counts (第{十}条); 1.2 points",
        ),
    ],
)
def test_every_correction_that_held_is_told_in_turn(values: dict[str, Any], zh: str, en: str):
    # (10 − 2 × 2) × 0.4 × 0.5 = 1.2.
    item = an_item("deduct", lines=[{"figure": "x", "points": 2}], corrections=CORRECTIONS)
    chinese, english = told(item, {"x": BURNS, "false_data": FALSE_DATA}, values)

    assert (chinese.partition("，")[2], english.partition(", ")[2]) == (zh, en)


@pytest.mark.parametrize(
    ("missing", "zh", "en"),
    [
        ("zero", "缺少“PM2.5浓度”，按0分计", "PM2.5 is missing: scored 0"),
        ("exclude", "缺少“PM2.5浓度”，不计入", "PM2.5 is missing: left out"),
        ("block", "缺少“PM2.5浓度”，补齐前不能计算总分", "PM2.5 is missing: no total until it is supplied"),
        ({"points": "6.5"}, "缺少“PM2.5浓度”，按规定计6.5分", "PM2.5 is missing: 6.5 points as the sheet says"),
    ],
)
def test_what_a_missing_figure_means_is_told(missing: Any, zh: str, en: str):
    assert told(an_item("direct", figure="x", missing=missing), {"x": PM25}, {}) == (zh, en)


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        ("rescale", "分值由同类其他项折算", "its full mark is redistributed to the other items of its section"),
        ("rescale-total", "分值由全表其他项折算", "its full mark is redistributed over the whole sheet"),
        ("full", "按满分计", "the full mark is given"),
        ("zero", "按0分计", "scored 0"),
    ],
)
def test_what_becomes_of_an_item_that_does_not_apply_is_told(rule: str, zh: str, en: str):
    item = an_item("direct", figure="x", applies="has_river", not_applicable=rule)

    assert told(item, {"x": PM25}, {"x": 3, "has_river": False}) == (
        f"不涉及（适用于：有考核河道），{zh}",
        f"not applicable (applies where has an assessed river): {en}",
    )


def test_an_exemption_is_told_with_its_reason_and_approver():
    assert score(a_sheet(an_item("direct")), a_unit(panel=1), [("a", "item")]).why() == (
        "经批准不涉及：no river（批准人：the bureau），分值由同类其他项折算",
        (
            "not applicable, as approved: no river (approved by the bureau): its full mark is "
            "redistributed to the other items of its section"
        ),
    )


def test_a_unit_of_no_group_is_told_so_at_items_and_sections():
    sheet = a_sheet(a_section(an_item("direct")), groups=[{"id": "towns", "where": "kind == 'town'"}])
    outcome = score(sheet, a_unit(panel=1))

    assert (
        outcome.why()
        == outcome.why("section")
        == (
            "该单位不属于任何分组，不参加考核",
            "the unit belongs to no group and is not assessed",
        )
    )


def test_sections_with_a_score_need_no_sentence():
    assert score(a_sheet(a_section(an_item("direct"))), a_unit(panel=1)).why("section") == ("", "")
