"""The keys of fields, which pages use as names and ids."""

from __future__ import annotations

import pytest

from assess.core.forms import cell_of_key, field_key


@pytest.mark.parametrize("code", ["", "W1", "东 河\u3000桥", "a@b", "50%", "%20%"])
@pytest.mark.parametrize("period", ["2026-03", "2026-Q1"])
def test_a_key_holds_no_blank_and_names_figure_object_and_period(code: str, period: str):
    key = field_key("met", f"{code} {period}".lstrip(), 2026)

    assert not any(letter.isspace() for letter in key)
    assert cell_of_key(key) == ("met", code, period)


def test_the_year_of_a_unit_goes_unsaid():
    assert field_key("met", "2026", 2026) == "met"
    assert cell_of_key("met") == ("met", "", "")
