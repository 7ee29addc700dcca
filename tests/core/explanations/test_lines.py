from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Tree, a_deduction, an_item
from tests.core.explanations.telling import PM25, told

TO_30 = {"figure": "x", "target": 30, "better": "lower"}
LINE = an_item("interpolate", figure="x", full_at=10, zero_at=70, zero_below=5, zero_above=80)
BROKEN_LINE = an_item("interpolate", figure="x", points_at=[[0, 0], [5, 5], [10, 10]], zero_below=1)


@pytest.mark.parametrize(
    ("item", "x", "zh", "en"),
    [
        (
            an_item("ratio", **TO_30),
            40,
            "PM2.5浓度 40 µg/m³，目标30 µg/m³，按10分的75%（目标÷实际）计，得7.5分",
            "PM2.5: 40 µg/m³, target 30 µg/m³, so 75% of 10 points (target ÷ figure); 7.5 points",
        ),
        (
            an_item("ratio", **TO_30),
            0,
            "PM2.5浓度 0 µg/m³，达到目标30 µg/m³，得满分10分",
            "PM2.5: 0 µg/m³, which meets the target of 30 µg/m³; full mark, 10 points",
        ),
        (
            an_item("ratio", **TO_30, unmet_factor="0.8"),
            40,
            "PM2.5浓度 40 µg/m³，未达目标30 µg/m³，按10分的75%（目标÷实际）再乘80%计，得6分",
            "PM2.5: 40 µg/m³, which misses the target of 30 µg/m³, so 75% of 10 points (target ÷ figure), "
            "times 80%; 6 points",
        ),
        (
            an_item("ratio", **TO_30, up_to="120%", cap=12, round=2),
            27,
            "PM2.5浓度 27 µg/m³，优于目标30 µg/m³，按10分的≈111.11%（目标÷实际）计，计得≈11.1111分，四舍五入得11.11分",
            "PM2.5: 27 µg/m³, better than the target of 30 µg/m³, so ≈111.11% of 10 points (target ÷ figure); "
            "≈11.1111 points, rounded to 11.11",
        ),
        (
            LINE,
            25,
            "PM2.5浓度 25 µg/m³，位于70 µg/m³（0分）至10 µg/m³（10分）的75%处，得7.5分",
            "PM2.5: 25 µg/m³, 75% of the way from 70 µg/m³ (0 points) to 10 µg/m³ (10 points); 7.5 points",
        ),
        (
            LINE,
            8,
            "PM2.5浓度 8 µg/m³，达到满分线10 µg/m³，得满分10分",
            "PM2.5: 8 µg/m³, no worse than 10 µg/m³; full mark, 10 points",
        ),
        (
            LINE,
            70,
            "PM2.5浓度 70 µg/m³，未过零分线70 µg/m³，得0分",
            "PM2.5: 70 µg/m³, no better than 70 µg/m³, which earns nothing; 0 points",
        ),
        (
            LINE,
            4,
            "PM2.5浓度 4 µg/m³，低于不得分线5 µg/m³，得0分",
            "PM2.5: 4 µg/m³, below 5 µg/m³, which earns nothing; 0 points",
        ),
        (
            LINE,
            81,
            "PM2.5浓度 81 µg/m³，高于不得分线80 µg/m³，得0分",
            "PM2.5: 81 µg/m³, above 80 µg/m³, which earns nothing; 0 points",
        ),
        (
            BROKEN_LINE,
            3,
            "PM2.5浓度 3 µg/m³，位于0 µg/m³（0分）至5 µg/m³（5分）的60%处，得3分",
            "PM2.5: 3 µg/m³, 60% of the way from 0 µg/m³ (0 points) to 5 µg/m³ (5 points); 3 points",
        ),
        (
            a_deduction(target=35, costs="0.5", figure="x", partial="pro-rata", better="lower"),
            "37.33",
            "分值10分；PM2.5浓度 37.33 µg/m³，比目标35 µg/m³高2.33 µg/m³，每1 µg/m³扣0.5分，扣1.165分，得8.835分",
            "Full mark 10 points; PM2.5: 37.33 µg/m³, 2.33 µg/m³ above the target of 35 µg/m³, "
            "0.5 points for each µg/m³, 1.165 points off; 8.835 points",
        ),
        (
            a_deduction(target=36, figure="x", partial="up", relative=True, better="lower"),
            40,
            "分值10分；PM2.5浓度 40 µg/m³，比目标36 µg/m³高≈11.1111%，每1%扣1分，不足1%按1%计，"
            "扣12分，计得-2分，按下限0分计",
            "Full mark 10 points; PM2.5: 40 µg/m³, ≈11.1111% above the target of 36 µg/m³, 1 point for each 1%, "
            "part steps rounded up, 12 points off; -2 points, but never below 0",
        ),
        (
            a_deduction(figure="x", partial="up", relative=True),
            40,
            "目标为0，百分比无法计算，不计入",
            "the target is 0, so a percentage of it cannot be calculated: left out",
        ),
    ],
)
def test_what_is_told_of_a_concentration(item: Tree, x: Any, zh: str, en: str):
    assert told(item, {"x": PM25}, {"x": x}) == (zh, en)


def test_ends_of_a_line_that_meet_are_told():
    item = an_item("interpolate", figure="x", full_at="goal", zero_at="previous(x)")

    assert told(item, {"x": PM25, "goal": {}}, {"x": 3, "goal": 5, "previous": {"x": 5}}) == (
        "满分线与零分线相同，无法计分，不计入",
        "the full-mark and zero-mark values are the same: left out",
    )


def test_last_years_figure_is_told_where_it_is_missing():
    item = an_item("ratio", figure="x", target="previous(x)", better="lower")

    assert told(item, {"x": PM25}, {"x": 3}) == (
        "缺少上年度“PM2.5浓度”，不计入",
        "last year's PM2.5 is missing: left out",
    )


def test_too_few_periods_are_told():
    figure = {**PM25, "period": "month", "roll_up": "mean", "min_periods": 3}

    assert told(an_item("direct", figure="x"), {"x": figure}, {"x": {"2026-01": 3}}) == (
        "“PM2.5浓度”只有1期数据，少于规定的3期，不计入",
        "PM2.5 has 1 of the 3 periods needed: left out",
    )
