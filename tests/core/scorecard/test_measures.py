"""What a line stands on, each value with its unit of measure."""

from __future__ import annotations

import pytest

from assess.core.scorecard.making import measured
from assess.core.text import Text
from tests.builders import a_sheet, an_item

ITEM = an_item(id="open", figure="open", points=10)
UNIT = {"zh": "处", "en": "places"}


@pytest.mark.parametrize(("value", "english"), [("1", "1 place"), ("2", "2 places"), ("0", "0 places")])
def test_one_of_a_unit_of_measure_is_singular_in_english(value: str, english: str):
    figure = a_sheet(ITEM, figures={"open": {"title": "open", "kind": "number", "from": "bureau", "unit": UNIT}})

    assert measured(figure.figures["open"], Text.same(value)) == Text(f"{value}处", english)
