from __future__ import annotations

from decimal import Decimal

from tests.builders import a_deduction, a_sheet, a_unit, score


def test_a_shortfall_deduction_is_exact_to_the_second_decimal():
    # 10 − 0.5 × (2559.27 − 2554.22) is 7.475; a spreadsheet in binary floating point prints 7.47.
    sheet = a_sheet(a_deduction(points=10, target="2559.27", per=1, costs="0.5", partial="pro-rata"))

    assert score(sheet, a_unit(done="2554.22")).total == Decimal("7.48")
