from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Tree, an_item
from tests.core.explanations.telling import PM25, told

MEAN = {"figure": "x", "to": "mean"}
SHARES = [{"to": "20%", "points": 10}, {"to": "50%", "points": 8}, {"points": 4}]
SPREAD = an_item("spread", figure="x", better="lower", lowest=6)


def normalised(how: str, **keys: Any) -> Tree:
    return an_item("normalise", **{"figure": "x", "how": how, "better": "higher", "points": 100, **keys})


@pytest.mark.parametrize(
    ("item", "x", "others", "zh", "en"),
    [
        (
            an_item("rank", figure="x", better="lower", step=1),
            30,
            [20, 40],
            "PM2.5浓度 30 µg/m³，在3个单位中列第2名；第1名10分，每降1名减1分，得9分",
            "PM2.5: 30 µg/m³, rank 2 of 3; 10 points for rank 1, 1 point less for each place; 9 points",
        ),
        (
            an_item("rank", figure="x", better="lower", step=1, ties="average"),
            30,
            [20, 30],
            "PM2.5浓度 30 µg/m³，在3个单位中列第2.5名；第1名10分，每降1名减1分，得8.5分",
            "PM2.5: 30 µg/m³, rank 2.5 of 3; 10 points for rank 1, 1 point less for each place; 8.5 points",
        ),
        (
            an_item("rank", figure="x", better="lower", shares=SHARES, places="up"),
            20,
            [30, 40, 50],
            "PM2.5浓度 20 µg/m³，在4个单位中列第1名，在前20%（前1名）之内，对应10分，得满分10分",
            "PM2.5: 20 µg/m³, rank 1 of 4, within the first 20% (ranks up to 1), which earns 10 points; "
            "full mark, 10 points",
        ),
        (
            an_item("rank", figure="x", better="lower", shares=SHARES, ties="maximum"),
            30,
            [20, 30, 40, 50],
            "PM2.5浓度 30 µg/m³，在5个单位中列第3名，在前50%（前2名）之外，对应4分，得4分",
            "PM2.5: 30 µg/m³, rank 3 of 5, beyond the first 50% (ranks up to 2), which earns 4 points; 4 points",
        ),
        (
            an_item("rank", figure="x", better="lower", shares=SHARES),
            30,
            [],
            "PM2.5浓度 30 µg/m³，在1个单位中列第1名，得满分10分",
            "PM2.5: 30 µg/m³, rank 1 of 1; full mark, 10 points",
        ),
        (
            an_item("relative", figure="x", better="lower", to="best"),
            25,
            [20],
            "PM2.5浓度 25 µg/m³，最好20 µg/m³，按10分的80%（最好÷本单位）计，得8分",
            "PM2.5: 25 µg/m³, the best 20 µg/m³, so 80% of 10 points (best ÷ own); 8 points",
        ),
        (
            an_item("relative", figure="x", better="lower", to="best"),
            20,
            [30],
            "PM2.5浓度 20 µg/m³，为最好，得满分10分",
            "PM2.5: 20 µg/m³, the best; full mark, 10 points",
        ),
        (
            an_item("relative", **MEAN, better="lower"),
            40,
            [20, 24],
            "PM2.5浓度 40 µg/m³，平均28 µg/m³，按10分的70%（平均÷本单位）计，得7分",
            "PM2.5: 40 µg/m³, the average 28 µg/m³, so 70% of 10 points (average ÷ own); 7 points",
        ),
        (
            an_item("relative", **MEAN, better="lower"),
            24,
            [20, 40],
            "PM2.5浓度 24 µg/m³，不差于平均值28 µg/m³，得满分10分",
            "PM2.5: 24 µg/m³, no worse than the average of 28 µg/m³; full mark, 10 points",
        ),
        (
            an_item("relative", **MEAN, better="higher"),
            -1,
            [1],
            "除数为0，与他人之比无法计算，不计入",
            "the divisor is 0, so the share cannot be calculated: left out",
        ),
        (
            SPREAD,
            95,
            [100, 80],
            "PM2.5浓度 95 µg/m³，位于最差100 µg/m³（6分）至最好80 µg/m³（10分）的25%处（功效系数），得7分",
            "PM2.5: 95 µg/m³, 25% of the way from the worst, 100 µg/m³ (6 points), to the best, "
            "80 µg/m³ (10 points); 7 points",
        ),
        (
            SPREAD,
            80,
            [80],
            "PM2.5浓度 80 µg/m³，各单位相同，得满分10分",
            "PM2.5: 80 µg/m³, the same for all; full mark, 10 points",
        ),
        (
            normalised("min-max"),
            20,
            [10, 30],
            "PM2.5浓度 20 µg/m³，位于最差10 µg/m³（0分）至最好30 µg/m³（100分）的50%处，得50分",
            "PM2.5: 20 µg/m³, 50% of the way from 10 µg/m³, the worst (0 points), to 30 µg/m³, "
            "the best (100 points); 50 points",
        ),
        (
            normalised("z-score", mean=0, deviation=1, round=2),
            20,
            [10, 40],
            "PM2.5浓度 20 µg/m³，平均≈23.3333 µg/m³，标准差≈15.2753 µg/m³，差于平均≈0.2182个标准差；"
            "平均得0分，每个标准差减1分，计得≈-0.2182分，四舍五入得-0.22分",
            "PM2.5: 20 µg/m³, "
            "≈0.2182 standard deviations (of ≈15.2753 µg/m³) worse than the average of ≈23.3333 µg/m³; "
            "0 points for the average and 1 point less for each; ≈-0.2182 points, rounded to -0.22",
        ),
        (
            normalised("rank"),
            20,
            [10, 40],
            "PM2.5浓度 20 µg/m³，由差到好列第2名；第1名1分，每升1名加1分，得2分",
            "PM2.5: 20 µg/m³, rank 2 counted from the worst; 1 point for rank 1, 1 point more for each place; 2 points",
        ),
        (
            normalised("to-best"),
            20,
            [],
            "各单位数值相同或只有一个单位有数值，无法标准化，不计入",
            "all values are equal, or only one unit has a value, so they cannot be normalised: left out",
        ),
        (
            normalised("to-target", target=20),
            20,
            [30],
            "两端相同，无法标准化，不计入",
            "both ends are the same, so values cannot be normalised: left out",
        ),
    ],
)
def test_what_is_told_of_units_compared(item: Tree, x: Any, others: list[Any], zh: str, en: str):
    assert told(item, {"x": PM25}, {"x": x}, *others) == (zh, en)
