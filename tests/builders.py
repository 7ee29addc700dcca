"""Rule sheets that pass their check, units with figures, and their results: a test names only what it is about.

Numbers are integers, fractions, decimals or text, never floats; trees are what YAML would hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assess.core.exemptions import Exemptions, read_exemptions
from assess.core.expressions import ValueType
from assess.core.figures import FigureTable, from_values
from assess.core.flaws import Flaw
from assess.core.numbers import as_written
from assess.core.previous import PreviousResults, read_previous_results
from assess.core.rules.checking import check_sheet
from assess.core.rules.sheet import RuleSheet
from assess.core.scoring.inputs import ScoringInputs
from assess.core.scoring.run import score as score_inputs
from assess.core.sources import StatedFigure
from assess.core.tables import given_table
from assess.core.units.unit_list import UnitNames, Units, given_units
from assess.files.rule_sheets import sheet_of_tree
from tests.outcome import Outcome

Tree = dict[str, Any]
MEAN_TYPE = ("mean", "geometric", "harmonic", "minimum")
COEFFICIENTS = {"done": 1, "trial": "0.75", "started": "0.5", "planned": "0.25", "none": 0}


def text_of(value: Any) -> Any:
    """A plain tree: numbers and truths as the text that a sheet would hold."""
    if isinstance(value, Mapping):
        return {name: text_of(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [text_of(each) for each in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        raise TypeError(f"not an exact number: {value!r}")
    return as_written(value) if isinstance(value, Fraction) else "" if value is None else str(value)


def an_item(method: str = "direct", /, **keys: Any) -> Tree:
    """An item `item` of 10 points; a `direct` one reads the figure `panel`."""
    of_method = {"figure": "panel"} if method == "direct" else {}
    return {"id": "item", "points": 10, "clause": "1", "method": method, **of_method, **keys}


def a_deduction(points: Any = 10, *, target: Any = 0, costs: Any = 1, figure: str = "done", **keys: Any) -> Tree:
    """An item `item` of one line: `costs` for each step that the figure `done` falls short of its target."""
    of_item = {name: keys.pop(name) for name in list(keys) if name in ITEM_KEYS}
    line = {"figure": figure, "better": "higher" if target else "lower", "target": target, "points": costs, **keys}
    return an_item("deduct", points=points, lines=[line], **of_item)


ITEM_KEYS = ("id", "clause", "missing", "applies", "not_applicable", "floor", "cap", "corrections", "round", "weight")


def a_section(*items: Tree, id: str = "section", points: Any = None, **keys: Any) -> Tree:
    """A section; unless given its full mark is what its `combine` wants."""
    if points is None:
        shared = keys.get("combine") in MEAN_TYPE
        points = items[0]["points"] if shared else sum(Fraction(str(item["points"])) for item in items)
    return {"id": id, "points": points, **keys, "items": list(items)}


def a_bonus(*items: Tree, id: str = "bonus", **keys: Any) -> Tree:
    """A bonus of these items."""
    return {"kind": "bonus", "id": id, "clause": "1", "items": list(items), **keys}


def an_adjustment(kind: str, /, **keys: Any) -> Tree:
    """An adjustment of this kind, its id the kind."""
    return {"kind": kind, "id": kind, "clause": "1", **keys}


def a_tree(*items: Tree, figures: Mapping[str, Tree] | None = None, **keys: Any) -> Tree:
    """The plain tree of a sheet for 2026 whose total has 2 decimals and where a missing figure scores 0.

    Figures that methods name and `figures` does not are given the kind that the method takes.
    """
    adjusting = (item for adjustment in keys.get("adjustments", ()) for item in adjustment.get("items", ()))
    named = dict(named_figures((*items, *adjusting)))
    stated = {name: {"kind": "number", "from": "unit", **figure} for name, figure in (figures or {}).items()}
    usual = {"id": "a-sheet", "title": "A sheet", "year": 2026, "rounding": {"total": 2}, "missing": "zero"}
    tree: Tree = text_of({**usual, "figures": {**named, **stated}, "items": list(items), **keys})
    return tree


def named_figures(items: Iterable[Tree]) -> Iterator[tuple[str, Tree]]:
    """The figures that the items' methods name, each of a kind that the method takes."""
    for item in items:
        if "items" in item:
            yield from named_figures(item["items"])
        for name in item.get("figures", ()):
            yield name, {"kind": "yes-no", "from": "unit"}
        if item.get("method") == "lookup":
            yield item["figure"], {"kind": "choice", "choices": list(item["table"]), "from": "unit"}
        elif "figure" in item:
            yield item["figure"], {"kind": "number", "from": "unit"}
        for line in item.get("lines", ()):
            counted = "partial" not in line and str(line.get("per", 1)) == "1"
            yield line["figure"], {"kind": "count" if counted else "number", "from": "unit"}


def read(tree: Tree, attributes: Iterable[str] = ()) -> tuple[RuleSheet, list[Flaw]]:
    """The sheet of a plain tree and everything that its check refuses."""
    flaws: list[Flaw] = []
    sheet = sheet_of_tree(tree, flaws)
    known = dict.fromkeys(attributes, ValueType.ANY)
    check_sheet(sheet, flaws, tree=tree, attributes=known or None)
    return sheet, flaws


def a_sheet(*items: Tree, attributes: Iterable[str] = (), **keys: Any) -> RuleSheet:
    """A sheet of these items that passes its check; `attributes` are those that value positions name."""
    sheet, flaws = read(a_tree(*items, **keys), attributes)
    told = [flaw.localized("en") for flaw in flaws]
    assert not told, told
    return sheet


def refused(*items: Tree, attributes: Iterable[str] = (), **keys: Any) -> list[str]:
    """What the check refuses of a sheet of these items, in English."""
    return [flaw.localized("en") for flaw in read(a_tree(*items, **keys), attributes)[1]]


@dataclass(frozen=True)
class Unit:
    """What is given of one unit: values of this year and of the year before, and last year's result."""

    values: Mapping[str, Any]
    previous: Mapping[str, Any]
    last_result: Mapping[str, Any]


Known = Mapping[str, Any] | None


def a_unit(*, previous: Known = None, last_result: Known = None, **values: Any) -> Unit:
    """A street. What the sheet knows as a figure is one, by period where it is a mapping; the rest are attributes."""
    return Unit({"kind": "street", **values}, previous or {}, last_result or {})


def units_with(figure: str, **values: Any) -> dict[str, Unit]:
    """Streets by code with one figure each; None is missing."""
    return {code: a_unit(**{figure: value}) for code, value in values.items()}


def inputs_of(
    sheet: RuleSheet, units: Unit | Mapping[str, Unit], exemptions: Iterable[tuple[str, str]] = ()
) -> ScoringInputs:
    """Everything that a scoring stands on; one unit alone is called `a`, exemptions are units with items."""
    units = {"a": units} if isinstance(units, Unit) else units
    given = {code: parted(sheet, unit) for code, unit in units.items()}
    listed, flaws = given_units({code: attributes for code, (attributes, _) in given.items()}, "a test")
    figures, found = from_values(sheet, listed, {code: figures for code, (_, figures) in given.items()}, "a test")
    flaws += found
    last_year: FigureTable | None = None
    if any(unit.previous for unit in units.values()):
        before = {code: text_of(unit.previous) for code, unit in units.items()}
        last_year, found = from_values(sheet, listed, before, "a test", sheet.year - 1)
        flaws += found
    last_results = last_results_of(units, listed)
    granted = exemptions_of(sheet, listed, exemptions) if exemptions else None
    told = [flaw.localized("en") for flaw in flaws]
    assert not told, told
    return ScoringInputs(sheet, listed, figures, last_year, last_results, granted)


def parted(sheet: RuleSheet, unit: Unit) -> tuple[dict[str, str], dict[str, Any]]:
    """The attributes of a unit and its figures; what is None is left out."""
    attributes: dict[str, str] = {}
    figures: dict[str, Any] = {}
    for name, value in unit.values.items():
        is_figure = name in sheet.figures or "." in name
        if value is not None:
            (figures if is_figure else attributes)[name] = text_of(value)
    return attributes, figures


def last_results_of(units: Mapping[str, Unit], listed: Units) -> PreviousResults | None:
    """Last year's results where any unit has one."""
    entries = [{"unit": code, **text_of(unit.last_result)} for code, unit in units.items() if unit.last_result]
    if not entries:
        return None
    results, flaws = read_previous_results({"units": entries}, listed, StatedFigure("a test"))
    assert flaws == []
    return results


def exemptions_of(sheet: RuleSheet, units: Units, exempt: Iterable[tuple[str, str]]) -> Exemptions:
    """Exemptions of units from items, each because there is no river, approved by the bureau."""
    rows = [(unit, item, "no river", "the bureau") for unit, item in exempt]
    table = given_table(["unit", "item", "reason", "approver"], rows, "a test", [unit for unit, *_ in rows])
    exemptions, flaws = read_exemptions(sheet, units, UnitNames(units), table)
    assert flaws == []
    return exemptions


def score(sheet: RuleSheet, units: Unit | Mapping[str, Unit], exemptions: Iterable[tuple[str, str]] = ()) -> Outcome:
    """The results of units by code; one unit alone is called `a`."""
    return Outcome(score_inputs(inputs_of(sheet, units, exemptions)))
