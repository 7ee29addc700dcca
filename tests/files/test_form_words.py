"""What a field takes, in a few words."""

from __future__ import annotations

from typing import Any

import pytest

from assess.core.text import Text
from assess.files.form_words import how_to_fill
from tests.tables import a_figure


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ({"kind": "yes-no"}, Text("填“是”或“否”", "yes or no")),
        ({"kind": "choice", "choices": ["优", "良"]}, Text("从“优、良”中选填", "one of 优, 良")),
        ({"kind": "count", "unit": "起"}, Text("整数，不小于0，单位：起", "a whole number, at least 0, in 起")),
        (
            {"kind": "percent", "unit": "%", "decimals": "1", "min": "0", "max": "100"},
            Text(
                "百分数，如93.5表示93.5%，最多1位小数，0至100",
                "a percentage: 93.5 means 93.5%, at most 1 decimals, 0 to 100",
            ),
        ),
        ({"kind": "number", "decimals": "0"}, Text("整数", "a whole number")),
        (
            {"kind": "percent", "decimals": "0"},
            Text("百分数，如93表示93%，只填整数", "a percentage: 93 means 93%, no decimals"),
        ),
        ({"kind": "number", "max": "7.5"}, Text("数字，不大于7.5", "a number, at most 7.5")),
    ],
)
def test_a_field_says_what_it_takes(figure: dict[str, Any], told: Text) -> None:
    assert how_to_fill(a_figure(**figure)) == told
