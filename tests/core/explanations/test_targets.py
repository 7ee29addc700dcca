from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Tree, an_item
from tests.core.explanations.telling import RATE, told

TO_80 = an_item("ratio", figure="x", target=80, better="higher")
TO_100 = {"figure": "x", "target": 100, "better": "higher"}


def bands(better: str, edge: str, bound: int) -> Tree:
    """Two bands."""
    key = "from" if better == "higher" else "to"
    return an_item("bands", figure="x", better=better, edge=edge, bands=[{key: bound, "points": 8}, {"points": 0}])


@pytest.mark.parametrize(
    ("item", "x", "zh", "en"),
    [
        (
            an_item("done", when="x >= 90"),
            90,
            "收集率 90%；达到要求（收集率 ≥ 90），得满分10分",
            "Collection rate: 90%; met (Collection rate ≥ 90); full mark, 10 points",
        ),
        (
            an_item("done", when="x >= 90"),
            "89.9",
            "收集率 89.9%；未达到要求（收集率 ≥ 90），得0分",
            "Collection rate: 89.9%; not met (Collection rate ≥ 90); 0 points",
        ),
        (
            TO_80,
            60,
            "收集率 60%，目标80%，按10分的75%（实际÷目标）计，得7.5分",
            "Collection rate: 60%, target 80%, so 75% of 10 points (figure ÷ target); 7.5 points",
        ),
        (
            TO_80,
            8,
            "收集率 8%，目标80%，按10分的10%（实际÷目标）计，得1分",
            "Collection rate: 8%, target 80%, so 10% of 10 points (figure ÷ target); 1 point",
        ),
        (
            TO_80,
            80,
            "收集率 80%，达到目标80%，得满分10分",
            "Collection rate: 80%, which meets the target of 80%; full mark, 10 points",
        ),
        (
            TO_80,
            100,
            "收集率 100%，达到目标80%，得满分10分",
            "Collection rate: 100%, which meets the target of 80%; full mark, 10 points",
        ),
        (
            an_item("ratio", **TO_100, zero_below="70%"),
            69,
            "收集率 69%，目标100%，完成69%（实际÷目标），低于不得分线70%，得0分",
            "Collection rate: 69%, target 100%; 69% (figure ÷ target) is below 70% and earns nothing; 0 points",
        ),
        (
            an_item("ratio", **TO_100, full_from="95%"),
            96,
            "收集率 96%，目标100%，完成96%（实际÷目标），已达满分线95%，得满分10分",
            "Collection rate: 96%, target 100%; 96% (figure ÷ target) reaches 95%; full mark, 10 points",
        ),
        (
            an_item("ratio", **TO_100, unmet_factor="0.8"),
            90,
            "收集率 90%，未达目标100%，按10分的90%（实际÷目标）再乘80%计，得7.2分",
            "Collection rate: 90%, which misses the target of 100%, so 90% of 10 points (figure ÷ target), "
            "times 80%; 7.2 points",
        ),
        (
            an_item("ratio", **TO_100, up_to="120%", cap=12),
            130,
            "收集率 130%，优于目标100%，按10分的120%计，不再增加，得12分",
            "Collection rate: 130%, better than the target of 100%, so 120% of 10 points, the most that counts; "
            "12 points",
        ),
        (
            an_item("ratio", **{**TO_100, "target": 0}),
            5,
            "目标为0，比例无法计算，不计入",
            "the target is 0, so the ratio cannot be calculated: left out",
        ),
        (
            bands("higher", "at", 90),
            95,
            "收集率 95%，达到90%的档次，得8分",
            "Collection rate: 95%, in the band from 90%; 8 points",
        ),
        (
            bands("higher", "above", 90),
            95,
            "收集率 95%，高于90%的档次，得8分",
            "Collection rate: 95%, in the band above 90%; 8 points",
        ),
        (
            bands("lower", "at", 30),
            30,
            "收集率 30%，不高于30%的档次，得8分",
            "Collection rate: 30%, in the band up to 30%; 8 points",
        ),
        (
            bands("lower", "above", 30),
            29,
            "收集率 29%，低于30%的档次，得8分",
            "Collection rate: 29%, in the band below 30%; 8 points",
        ),
        (
            bands("lower", "above", 30),
            30,
            "收集率 30%，达到30%的档次，得0分",
            "Collection rate: 30%, in the band from 30%; 0 points",
        ),
        (
            an_item("award", lines=[{"figure": "x", "target": 50, "points": "0.5", "per": 10, "partial": "down"}]),
            71,
            "收集率 71%，比目标50%高21个百分点，每10个百分点计0.5分，不足10个百分点不计，计1分，得1分",
            "Collection rate: 71%, 21 percentage points above the target of 50%, "
            "0.5 points for each 10 percentage points, part steps rounded down, so 1 point; 1 point",
        ),
    ],
)
def test_what_is_told_of_a_percentage(item: Tree, x: Any, zh: str, en: str):
    assert told(item, {"x": RATE}, {"x": x}) == (zh, en)
