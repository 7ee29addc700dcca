"""The lines of the guides that are worked by hand: each item, as the guide writes it, gives what stands beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
import yaml

from assess.core.examples import run_example
from assess.core.text import Language
from assess.files.examples import load_examples
from tests.builders import Tree, Unit, a_deduction, a_sheet, a_unit, an_item, score
from tests.core.rules.sheets import loaded
from tests.guides import GUIDES, examples_of
from tests.tables import told


class WorkedLine(NamedTuple):
    """Which line of which section it is, what of the sheet the guide leaves out, and totals by the values of units."""

    section: str
    number: int
    left_out: Tree
    worked: dict[str, tuple[Unit, str]]


def line(section: str, number: int, *worked: tuple[dict[str, Any], str], **left_out: Any) -> WorkedLine:
    """A line, and for each unit its values and the total that the guide gives."""
    units = {f"S{place:02}": (a_unit(**values), total) for place, (values, total) in enumerate(worked)}
    return WorkedLine(section, number, left_out, units)


def monthly(*values: Any) -> dict[str, Any]:
    """Values by month, from January."""
    return {f"2026-{month:02}": value for month, value in enumerate(values, 1)}


NUMBER: Final[Tree] = {"kind": "number", "from": "unit"}
BY_MONTH: Final[Tree] = {**NUMBER, "period": "month", "roll_up": "mean"}
INDEX: Final[Tree] = {"previous": {"index": 100}}
LINES: Final = (
    line("items", 0, ({"found": monthly(0, 5, 60)}, "25.33"),
         figures={"found": {"kind": "count", "period": "month", "roll_up": "sum"}}),
    line("items", 2, ({"mark": monthly(*[80] * 9, 79, 79, 79)}, "15.00"), figures={"mark": BY_MONTH}),
    line("items", 3, ({"air": monthly(3, 3, 1)}, "30.00"), ({"air": monthly(2, 2, 2)}, "0.00"),
         ({"air": monthly(1, 1, 3)}, "-30.00"), figures={"air": BY_MONTH}),
    line("method-done", 0, ({"fee_rate": "90.00"}, "1.00"), ({"fee_rate": "89.99"}, "0.00"),
         figures={"fee_rate": {"kind": "percent"}}),
    line("method-done", 1, ({"incidents": 0}, "2.00"), ({"incidents": 1}, "0.00"), figures={"incidents": {}}),
    line("method-done", 2, ({"m1": True, "m2": True, "m3": True, "m4": False}, "4.50")),
    line("method-ratio", 0, ({"progress": 90}, "36.00")),
    line("method-ratio", 1, ({"survival": "94.9"}, "9.49"), ({"survival": 95}, "10.00")),
    line("method-ratio", 2, ({"pm25": "32.5"}, "8.00")),
    line("method-ratio", 3, ({"done": 115, "planned": 100}, "11.50"), ({"done": 130, "planned": 100}, "12.00"),
         figures={"planned": {}}),
    line("method-interpolate", 0, ({"dust": 25}, "75.00")),
    line("method-interpolate", 1, ({"excess": 7}, "9.00")),
    line("method-interpolate", 2, ({"score": 60}, "12.00"), ({"score": "59.9"}, "0.00")),
    line("method-bands", 0, ({"x": "89.99"}, "190.00"), points=200, figure="x", method="bands"),
    line("method-bands", 1, ({"x": 3}, "2.00"), points=5, figure="x", method="bands"),
    line("method-deduct", 0, ({"places": 3}, "4.00"), ({"places": 6}, "0.00"), points=10, method="deduct"),
    line("method-deduct", 1, ({"good_days": 330}, "5.00"), points=7, method="deduct"),
    line("method-deduct", 2, ({"done": "2554.22", "planned": "2559.27"}, "7.48"), points=10, method="deduct",
         figures={"planned": {}}),
    line("method-deduct", 3, ({"coverage": 65}, "0.80"), points=1, method="deduct"),
    line("method-deduct", 4, ({"emissions": 1042}, "5.80"), points=10, method="deduct"),
    line("method-deduct", 5, ({"index": 115, **INDEX}, "2.50"), points=5, method="deduct"),
    line("method-deduct", 6, ({"found": 3, "overdue": 1}, "1.00"), points=5, method="deduct"),
    line("method-deduct", 7, ({"repeated": 3}, "2.50"), points=5, method="deduct"),
    line("method-rank", 0, *(({"x": x}, total) for x, total in [(9, "10.00"), (8, "9.50"), (8, "9.50"), (7, "8.50")]),
         points=10, figure="x", better="higher", method="rank"),
    line("method-rank", 1, *(({"x": x}, f"{x}0.00") for x in (4, 3, 2, 1)),
         points=40, figure="x", better="higher", method="rank"),
    line("method-rank", 2, *(({"x": 9 - place}, f"{points}.00") for place, points in enumerate((5, 5, 2, 2, 0, 0))),
         points=5, figure="x", better="higher", method="rank"),
    line("method-rank", 3,
         *(({"x": 20 - place}, f"{points}.00") for place, points in enumerate((10, 10, 8, 8, 8, 4, 4, 4, 4, 4))),
         points=10, figure="x", better="higher", method="rank"),
    line("method-tasks", 0,
         ({"item.done": 2, "item.trial": 1, "item.started": 1, "item.planned": 0, "item.none": 0,
           "item.days_late": 3}, "14.75"), points=20, method="tasks"),
)  # fmt: skip


def lines_of(section: str, language: Language) -> list[Tree]:
    """The items that the example of a section shows, one a line, or lines of them."""
    (text,) = (each.text for each in examples_of(language) if each.section == section and each.code == "yaml")
    if text.startswith("- {"):
        return list(yaml.load(text, yaml.BaseLoader))
    if section == "method-tasks":
        return [yaml.load(text, yaml.BaseLoader)]
    if section == "method-bands":
        first, *rest = text.splitlines()
        return [yaml.load(each, yaml.BaseLoader) for each in (first, "\n".join(rest))]
    return [yaml.load(each, yaml.BaseLoader) for each in text.splitlines()]


@pytest.mark.parametrize("language", GUIDES)
@pytest.mark.parametrize("worked", LINES, ids=lambda each: f"{each.section} {each.number}")
def test_a_line_of_a_guide_gives_what_is_worked_out_beside_it(worked: WorkedLine, language: Language):
    figures = worked.left_out.get("figures", {})
    keys = {name: each for name, each in worked.left_out.items() if name not in ("figures", "method")}
    shown = {**keys, **lines_of(worked.section, language)[worked.number]}
    method = shown.pop("method", None) or worked.left_out["method"]
    sheet = a_sheet(an_item(method, **{**shown, "clause": "1"}), figures=figures)

    totals = score(sheet, {code: unit for code, (unit, _) in worked.worked.items()}).totals
    assert totals == {code: total for code, (_, total) in worked.worked.items()}


def test_every_line_of_an_item_in_the_guides_is_worked_here_but_for_the_one_of_objects():
    shown = {(section, number) for section in sections() for number in range(len(lines_of(section, "en")))}

    assert shown - {(each.section, each.number) for each in LINES} == {("items", 1)}


def sections() -> set[str]:
    """The sections that show items."""
    return {each.section for each in LINES}


@pytest.mark.parametrize("language", GUIDES)
def test_the_small_sheet_gives_72_and_a_pass(language: Language):
    (sheet,) = (loaded(each.text).sheet for each in examples_of(language) if each.section == "small-sheet")
    outcome = score(sheet, a_unit(pm25=36, burns=2))

    assert (outcome.totals, outcome.grades) == ({"a": "72.00"}, {"a": "pass"})


@pytest.mark.parametrize("language", GUIDES)
def test_the_adjustments_give_what_stands_below_them(language: Language):
    (text,) = (each.text for each in examples_of(language) if each.section == "adjustments")
    figures = {"panel": {}, "satisfaction": {}, "mass_incident": {"kind": "count"}}
    grades = [{"id": "excellent", "from": 90}, {"id": "good", "from": 80}, {"id": "fail"}]
    sheet = a_sheet(an_item(points=100), figures=figures, grades=grades, **yaml.load(text, yaml.BaseLoader))
    base = {"panel": "89.5", "new_toilets": 1}
    outcome = score(sheet, {
        "a": a_unit(**base, satisfaction=80, mass_incident=0),
        "b": a_unit(**base, satisfaction=79, mass_incident=0),
        "c": a_unit(**base, satisfaction=80, mass_incident=1),
    })  # fmt: skip

    assert set(outcome.totals.values()) == {"94.50"}
    assert outcome.grades == {"a": "excellent", "b": "good", "c": "fail"}


@pytest.mark.parametrize("language", GUIDES)
def test_the_worked_example_is_right(language: Language, tmp_path: Path):
    text, _ = (each.text for each in examples_of(language) if each.section == "worked-examples")
    path = tmp_path / "examples.yaml"
    path.write_text(text, encoding="utf-8")
    sheet = a_sheet(a_deduction(id="places", figure="places", costs=2), grades=[{"id": "pass"}])
    (example,), flaws = load_examples(path)

    assert told([*flaws, *run_example(sheet, example)]) == []
