"""Years for trials: as many units as are asked for, and days that fit the stage, whenever they are filled."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime

import pytest

from assess.cli.demonstration.days import going_on, over, standing_at
from assess.cli.demonstration.material import Material
from assess.core.calendar import day_of
from assess.core.stages.timeline import check_spans
from assess.core.workflow import DATED, Stage
from assess.services.stages.dates import check_near

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


def rows_of(material: Material) -> list[dict[str, str]]:
    """The list of units as it is uploaded."""
    return list(csv.DictReader(material.units.data.decode().splitlines()))


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize(("number", "invented"), [(1, 0), (43, 0), (61, 18), (343, 300)])
def test_units_beyond_the_district_are_called_invented_in_both_languages(year: int, number: int, invented: int):
    rows = rows_of(Material(year, number))
    strangers = [row for row in rows if row["unit"].startswith("99999")]

    assert (len(rows), len(strangers), len({row["unit"] for row in rows})) == (number, invented, number)
    assert all(
        row["name_zh"].startswith("虚构") and row["name_en"].startswith("Invented ") and not row["alias"]
        for row in strangers
    )
    assert {row["kind"] for row in strangers} == ({"street", "township"} if strangers else set())


def test_invented_units_have_figures_of_their_own_and_nothing_that_was_drawn_for_one_unit():
    material = Material(2026, 61)
    real = Material(2026)
    own = material.values_of(["orders"], material.codes[43:])
    drawn = material.values_of(["pollution_accident", "data_fraud"], material.codes[43:])

    assert {key: text for key, text in material.figures.items() if key in real.figures} == real.figures
    assert {figure for _, figure, _ in material.figures} == {figure for _, figure, _ in real.figures}
    assert len({tuple(text for (of, *_), text in own.items() if of == unit) for unit in material.codes[43:]}) == 18
    assert set(drawn.values()) == {"no"}


@pytest.mark.parametrize("now", [NOW, datetime(2026, 12, 31, 23, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)])
def test_days_of_a_year_are_those_that_the_service_takes_whenever_it_is_filled(now: datetime):
    years = [going_on(2026, now), over(2025, now), *(standing_at(2025, stage, now) for stage in DATED[1:])]

    for days in years:
        check_spans(days.spans)
        check_near(days.spans, days.year)


@pytest.mark.parametrize("stage", DATED[1:])
def test_a_later_stage_that_is_tried_goes_on_today(stage: Stage):
    span = standing_at(2025, stage, NOW).spans[stage]

    assert span.begins < day_of(NOW) < span.ends


def test_nothing_happens_later_than_the_filling():
    days = going_on(2026, NOW)

    assert days.at(date(2026, 12, 24)) == NOW
    assert days.after_end(Stage.APPEALS, 1) == NOW
