"""The printed lines of results: what their sentences quote is quoted as it was written."""

from __future__ import annotations

from tests.builders import a_sheet, a_unit, an_item, score

BRACES = {"title": "PM {2.5}", "unit": "{µg}"}


def test_braces_in_titles_units_of_measure_and_clauses_are_shown_as_they_are():
    bands = an_item("bands", figure="dust", bands=[{"from": 5, "points": 10}, {"points": 0}])
    sheet = a_sheet(bands, figures={"dust": BRACES})

    assert score(sheet, a_unit(dust=7)).why()[1] == "PM {2.5}: 7 {µg}, in the band from 5 {µg}; full mark, 10 points"


def test_braces_in_a_correction_are_shown_as_they_are():
    correction = {"when": "panel > 3", "keep": "40%", "clause": "article {3}"}
    sheet = a_sheet(an_item(corrections=[correction]), figures={"panel": BRACES})

    assert score(sheet, a_unit(panel=5)).why()[1] == (
        "PM {2.5}: rated 5 points; PM {2.5} > 3: 40% of 5 points counts (article {3}); 2 points"
    )
