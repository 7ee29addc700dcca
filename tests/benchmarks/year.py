"""A made-up year of any size: 150 items by ratio, bands, deduct and rank, in ten sections, items rounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.figures import FigureTable, Layer
from assess.core.figures.periods import PeriodLabel, periods_of, year_label
from assess.core.rules.checking import check_sheet
from assess.core.rules.figure import PeriodKind
from assess.core.rules.sheet import RuleSheet, read_sheet
from assess.core.scoring.inputs import ScoringInputs
from assess.core.tables import GivenPlaces
from assess.core.units.unit_list import given_units

SECTIONS = 10


def sections_of(items: int) -> list[range]:
    """The numbers of the items of each section, spread evenly."""
    return [range(at * items // SECTIONS, (at + 1) * items // SECTIONS) for at in range(SECTIONS)]


BY_MONTH: dict[str, Any] = {"by": "month", "each": {"points": "10", "missing": "zero"}, "over": "mean"}
"""What an item says beside its method that is scored month by month."""
MONTHLY: dict[str, Any] = {"period": "month", "roll_up": "mean"}


def item(number: int) -> dict[str, Any]:
    """One item; the four methods in turn."""
    figure = f"f{number}"
    common: dict[str, Any] = {
        "id": f"i{number}",
        "title": {"zh": f"第{number}项", "en": f"Item {number}"},
        "points": "10",
        "clause": f"第{number}条",
        "missing": "zero",
    }
    methods: list[dict[str, Any]] = [
        {"method": "ratio", "figure": figure, "target": "80.5", "better": "higher"},
        {
            "method": "bands",
            "figure": figure,
            "bands": [{"from": str(b), "points": str(p)} for b, p in ((90, 10), (80, 8), (60, 5))] + [{"points": "0"}],
        },
        {"method": "deduct", "lines": [{
            "figure": figure, "target": "95", "better": "higher", "points": "0.5", "partial": "pro-rata"
        }]},
        {"method": "rank", "figure": figure, "better": "higher", "step": "0.02"},
    ]  # fmt: skip
    return common | methods[number % 4]


def tree(items: int) -> dict[str, Any]:
    """The plain tree of the sheet."""
    sections = [
        {
            "id": f"s{section}",
            "title": {"zh": f"第{section}类", "en": f"Section {section}"},
            "points": str(len(places) * 10),
            "items": [item(place) for place in places],
        }
        for section, places in enumerate(sections_of(items))
    ]
    return {
        "id": "bench",
        "title": {"zh": "基准测试表", "en": "Benchmark sheet"},
        "year": "2026",
        "standing": "demonstration",
        "rounding": {"item": "2", "total": "2"},
        "groups": [{"id": "streets", "where": 'kind == "street"'}, {"id": "townships", "where": 'kind == "township"'}],
        "figures": {f"f{n}": {"kind": "number", "decimals": "2", "from": "unit"} for n in range(items)},
        "items": sections,
        "grades": [
            {"id": "excellent", "from": str(items * 9), "at_most": "30%"},
            {"id": "good", "from": str(items * 7)},
            {"id": "pass"},
        ],
        "conversion": {"points": "10", "by": "share"},
    }


def monthly_tree(items: int) -> dict[str, Any]:
    """The same with every item scored month by month, the year the mean of the months."""
    plain = tree(items)
    plain["figures"] = {name: figure | MONTHLY for name, figure in plain["figures"].items()}
    plain["items"] = [section | {"items": [each | BY_MONTH for each in section["items"]]} for section in plain["items"]]
    return plain


def sheet(items: int = 150) -> RuleSheet:
    """The checked sheet."""
    return checked(tree(items))


def checked(plain: dict[str, Any]) -> RuleSheet:
    """A sheet of a tree without flaws."""
    flaws: list[Any] = []
    made = read_sheet(plain, flaws)
    check_sheet(made, flaws, tree=plain)
    assert not flaws, flaws[0].localized("en")
    return made


def figures(units: int, items: int) -> NDArray[np.int64]:
    """Invented figures in hundredths, one row an item."""
    return np.random.default_rng(7).integers(4000, 11000, (items, units))


def inputs(units: int, items: int = 150) -> ScoringInputs:
    """Everything a scoring of the year needs; every third unit is a township."""
    return inputs_of(sheet(items), units, [year_label(2026)])


def monthly_inputs(units: int, items: int, months: int) -> ScoringInputs:
    """The year scored month by month, of so many months that have figures and count."""
    labels = periods_of(PeriodKind.MONTH, 2026)[:months]
    return replace(inputs_of(checked(monthly_tree(items)), units, labels), through=labels[-1])


def inputs_of(made: RuleSheet, units: int, labels: Sequence[PeriodLabel]) -> ScoringInputs:
    """A sheet with the same figures in each period."""
    kinds = {f"u{n:05d}": {"kind": "street" if n % 3 else "township"} for n in range(units)}
    known, flaws = given_units(kinds, "bench")
    assert not flaws
    rows = np.arange(units)
    layers = {
        f"f{n}": tuple(Layer(label, Column.integers(values, 100), rows, n + 1) for label in labels)
        for n, values in enumerate(figures(units, len(made.figures)))
    }
    return ScoringInputs(made, known, FigureTable(made, known, layers, GivenPlaces("bench")))
