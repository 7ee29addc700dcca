from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest

from assess.core.estimates import Estimate, EstimatedLine, Later, estimate, estimated_points, own_inputs
from assess.core.explanations.lines import ResultLines
from assess.core.rules.sheet import all_nodes, title_of
from assess.core.scoring.run import score
from assess.core.text import Text
from tests.builders import (
    COEFFICIENTS,
    a_bonus,
    a_section,
    a_sheet,
    a_unit,
    an_item,
    exemptions_of,
    inputs_of,
)
from tests.demonstration import year_2026

YEAR = year_2026()
INPUTS = YEAR.inputs


@lru_cache
def scored_2026() -> ResultLines:
    return ResultLines(score(INPUTS))


def reported(place: int) -> dict[str, str]:
    """What a unit reported in the demonstration year, by field."""
    return {
        name if use.period == "2026" else f"{name}@{use.period}": use.text.en
        for name, figure in INPUTS.sheet.figures.items()
        if figure.from_ == "unit"
        for use in INPUTS.figures.uses(name, place)
    }


@pytest.mark.parametrize("place", range(0, len(INPUTS.units), 6))
def test_an_estimate_is_what_the_scoring_of_all_units_finds_for_the_same_items(place: int):
    found = estimate(own_inputs(INPUTS.sheet, INPUTS.units, place, reported(place), previous=INPUTS.last_year))

    for line in found.lines:
        full = scored_2026().of(line.item)
        why = Text(full.whys["zh"][place], full.whys["en"][place])
        shown = full.scores[place], full.full[place], full.states[place], why, full.off[place], full.counts
        assert line[3:] == shown
    assert len(found.lines) >= 14


def test_every_item_is_either_estimated_or_said_to_come_later():
    found = estimate(own_inputs(INPUTS.sheet, INPUTS.units, 0, reported(0)))

    items = [*(line.item for line in found.lines), *(later.item for later in found.later)]
    assert sorted(items) == sorted(
        name for name, each in scored_2026().results.scores.items() if not hasattr(each, "children")
    )


SHEET = a_sheet(
    a_section(
        an_item("ratio", id="own", figure="own", target=10, better="higher"),
        an_item("formula", id="share", points_from="rate / 10"),
        an_item("ratio", id="theirs", figure="theirs", target=10, better="higher"),
        an_item("rank", id="rank", figure="own", better="higher", step=1),
        an_item("ratio", id="river", figure="theirs", target=10, better="higher", applies="has_river"),
        an_item("tasks", id="work", obligations={"domain": "air"}, coefficients=COEFFICIENTS),
        an_item("ratio", id="grown", figure="own", target="previous(own)", better="higher"),
        an_item("direct", id="found", figure="overdue"),
        missing="exclude",
    ),
    a_section(an_item("direct", id="half", figure="own"), id="mean", combine="mean"),
    figures={
        "part": {"period": "quarter", "roll_up": "sum"},
        "rate": {"kind": "percent", "from": "formula", "formula": "part / own * 100"},
        "theirs": {"from": "a-bureau"},
        "overdue": {"kind": "count", "from": "ledger", "measure": "overdue"},
    },
    departments={"a-bureau": {"title": {"zh": "某局", "en": "A Bureau"}}},
    adjustments=[a_bonus(an_item("award", id="more", lines=[{"figure": "own", "points": 1}]))],
)


def of_a(exempt: str | None = None, before: Any = None, **values: str) -> Estimate:
    """The estimate of one of two units, without a river."""
    there = {"b": a_unit(has_river="yes", previous=before), "a": a_unit(has_river="no", previous=before)}
    inputs = inputs_of(SHEET, there)
    exemptions = None if exempt is None else exemptions_of(SHEET, inputs.units, [("a", exempt)])
    typed = {name.replace("__", "@2026-"): text for name, text in values.items()}
    own = own_inputs(SHEET, inputs.units, 1, typed, exemptions=exemptions, previous=inputs.last_year)
    found = estimate(own)
    assert estimated_points(own) == (found.points, found.full)
    return found


def called(item: str) -> Text:
    """What an item without a title is called."""
    return title_of(all_nodes(SHEET)[item], item)


def a_line(item: str, points: str | None, zh: str, en: str, state: str = "scored") -> EstimatedLine:
    return EstimatedLine(item, called(item), "1", points, "10", state, Text(zh, en))


def it_waits(item: str, zh: str, en: str) -> Later:
    return Later(item, called(item), "1", "10", Text(zh, en))


def test_the_unit_s_own_figures_are_scored_and_everything_else_says_what_it_waits_for():
    spread = "its full mark is redistributed to the other items of its section"

    assert of_a(own="8", part__Q1="2", part__Q2="4") == Estimate(
        lines=(
            a_line(
                "own",
                "8",
                "own 8，目标10，按10分的80%（实际÷目标）计，得8分",
                "own: 8, target 10, so 80% of 10 points (figure ÷ target); 8 points",
            ),
            a_line(
                "share",
                "7.5",
                "rate 75%；按公式“rate ÷ 10”计算，得7.5分",
                "rate: 75%; by the formula rate ÷ 10; 7.5 points",
            ),
            a_line(
                "river",
                None,
                "不涉及（适用于：有考核河道），分值由同类其他项折算",
                f"not applicable (applies where has an assessed river): {spread}",
                "not-applicable",
            ),
            a_line("half", "8", "own评定为8分，得8分", "own: rated 8 points; 8 points"),
            a_line("more", "8", "own 8，每1计1分，计8分，得8分", "own: 8, 1 point each, so 8 points; 8 points"),
        ),
        later=(
            it_waits("theirs", "待提供数据：某局", "data awaited from: A Bureau"),
            it_waits(
                "rank",
                "与其他单位比较得分，数据到齐后计算",
                "compared with other units: counted when all have their figures",
            ),
            it_waits("work", "待提供数据：年度任务清单", "data awaited from: the annual task list"),
            it_waits("grown", "缺上年数据", "last year's data missing"),
            it_waits("found", "待提供数据：问题台账", "data awaited from: the ledger of findings"),
        ),
        points="15.5",
        full="20",
    )


def test_what_is_not_yet_filled_in_counts_as_the_sheet_says_and_adds_nothing():
    found = of_a()

    assert found.line("own") == EstimatedLine(
        "own", called("own"), "1", None, "10", "missing", Text("缺少“own”，不计入", "own is missing: left out")
    )
    assert (found.points, found.full) == ("0", "0")


def test_an_exempt_item_waits_for_nobody():
    line = of_a(exempt="theirs", own="8").line("theirs")

    assert line is not None
    assert (line.state, line.points) == ("not-applicable", None)


def test_last_year_s_figure_of_the_same_unit_is_compared_with():
    line = of_a(before={"own": "16"}, own="8").line("grown")

    assert line is not None
    assert line.points == "5"


def test_obligations_count_once_they_are_given():
    line = of_a(**{"work.done": "1", "work.none": "1"}).line("work")

    assert line is not None
    assert (line.points, line.why.en) == (
        "5",
        ("1 done, coefficient 1; 1 not started, coefficient 0; 2 tasks, on average 50% of 10 points; 5 points"),
    )


def test_a_value_that_cannot_be_read_counts_as_missing():
    line = of_a(own="many").line("own")

    assert line is not None
    assert line.state == "missing"


def test_a_sheet_of_other_people_s_figures_has_nothing_to_estimate():
    sheet = a_sheet(
        an_item("direct", figure="x"), figures={"x": {"from": "ledger", "kind": "count", "measure": "opened"}}
    )
    units = inputs_of(sheet, a_unit()).units

    assert estimate(own_inputs(sheet, units, 0, {})) == Estimate(
        (),
        (
            Later(
                "item",
                Text("考核项1（1）", "Item 1 (1)"),
                "1",
                "10",
                Text("待提供数据：问题台账", "data awaited from: the ledger of findings"),
            ),
        ),
        "0",
        "0",
    )


def test_a_share_of_no_finding_is_left_out_once_the_ledger_is_known():
    shares = {"share": {"kind": "percent", "from": "ledger", "measure": "share_closed"}}
    counts = {"overdue": {"kind": "count", "from": "ledger", "measure": "overdue"}}
    item = an_item("ratio", id="filed", figure="share", target=100, better="higher", missing="exclude")
    sheet = a_sheet(item, an_item("deduct", lines=[{"figure": "overdue", "points": 1}]), figures={**shares, **counts})

    known = estimate(own_inputs(sheet, inputs_of(sheet, a_unit()).units, 0, {"overdue": "0"}))
    unknown = estimate(own_inputs(sheet, inputs_of(sheet, a_unit()).units, 0, {}))

    assert [(each.item, each.points, each.state) for each in known.lines] == [
        ("filed", None, "missing"), ("item", "10", "scored"),
    ]  # fmt: skip
    assert [each.item for each in unknown.later] == ["filed", "item"]
