"""The tables of the guides with results worked by hand: each row gives the numbers that stand at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import pytest
import yaml

from assess.core.text import Language
from tests.builders import Tree, a_section, a_sheet, a_unit, an_item, score, units_with
from tests.guides import GUIDES, parts_of
from tests.rules.test_guide_lines import BY_MONTH, monthly

NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
CODE: Final = re.compile(r"`([^`]+)`")


def rows_of(language: Language, section: str, key: str) -> Iterator[list[str]]:
    """The rows of the table of a section whose heading names a key."""
    tables = (part for part in parts_of(language)[section].split("\n\n") if part.startswith("| "))
    for table in tables:
        rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.strip().splitlines()]
        if any(f"`{key}`" in cell for cell in rows[0]):
            yield from rows[2:]


def choice_of(row: list[str]) -> str:
    """The word that a row is about."""
    return next(found[1] for cell in row[:2] if (found := CODE.fullmatch(cell)))


def numbers_of(cell: str, count: int = 3) -> list[Decimal]:
    """The last numbers of a cell."""
    return [Decimal(each) for each in NUMBER.findall(cell)[-count:]]


NORMALISED: Final[dict[str, Tree]] = {
    "min-max": {"range": [60, 100]}, "goalposts": {"goalposts": [0, 40]}, "z-score": {"mean": 50, "deviation": 10},
    "rank": {}, "percentile-rank": {}, "to-best": {}, "to-target": {"target": 25},
}  # fmt: skip


@pytest.mark.parametrize("language", GUIDES)
def test_each_way_to_normalise_gives_what_its_row_says(language: Language):
    told = {choice_of(row): numbers_of(row[-1]) for row in rows_of(language, "method-normalise", "how")}
    given = {how: normalised(how, keys) for how, keys in NORMALISED.items()}

    assert given == told


def normalised(how: str, keys: Tree) -> list[Decimal]:
    """The results of 10, 20 and 30."""
    sheet = a_sheet(an_item("normalise", points=100, figure="x", how=how, better="higher", **keys))
    totals = score(sheet, units_with("x", a=10, b=20, c=30)).totals
    return [Decimal(total).normalize() + 0 for total in totals.values() if total is not None]


CHILDREN: Final[dict[str, tuple[Tree, list[tuple[Any, Tree]]]]] = {
    "sum": ({"points": 100}, [(42, {"points": 60}), (30, {"points": 40})]),
    "rate": ({"points": 100}, [(88, {"points": 90})]),
    "mean": ({"points": 100}, [(90, {"weight": 25}), (70, {"weight": 75})]),
    "geometric": ({"points": 100}, [(40, {}), (90, {})]),
    "harmonic": ({"points": 100}, [(40, {}), (60, {})]),
    "minimum": ({"points": 100}, [(85, {}), (72, {})]),
}


@pytest.mark.parametrize("language", GUIDES)
def test_each_way_to_combine_a_section_gives_what_its_row_says(language: Language):
    told = {choice_of(row): row[-1] for row in rows_of(language, "sections", "combine")}

    assert told.keys() == CHILDREN.keys()
    for combine, (section, children) in CHILDREN.items():
        found = NUMBER.findall(told[combine].split("=")[-1])
        assert combined(combine, section, children) == Decimal(found[0 if combine == "sum" else -1])


def combined(combine: str, section: Tree, children: list[tuple[Any, Tree]]) -> Decimal | None:
    """The points of a section of these scores."""
    items = [
        an_item("direct", figure=f"x{number}", **{"id": f"i{number}", "points": 100, **keys})
        for number, (_, keys) in enumerate(children)
    ]
    sheet = a_sheet(a_section(*items, combine=combine, **section))
    return score(sheet, a_unit(**{f"x{number}": value for number, (value, _) in enumerate(children)})).total


@pytest.mark.parametrize("language", GUIDES)
def test_each_way_to_put_parts_together_gives_what_its_row_says(language: Language):
    told = {tuple(CODE.findall(f"{row[0]} {row[1]}")): row[-1] for row in rows_of(language, "items", "over")}

    assert [*told] == [("mean",), ("sum",), ("worst", "best"), ("median",), ("last",), ("share",)]
    assert {ways: numbers_of(cell, len(ways)) for ways, cell in told.items()} == {
        ("mean",): [put_together("mean")],
        ("sum",): [put_together("sum", values=(10, 8, 0, 10), each={"points": 10})],
        ("worst", "best"): [put_together("worst"), put_together("best")],
        ("median",): [put_together("median")],
        ("last",): [put_together("last")],
        ("share",): [put_together("share", bar=80)],
    }


def put_together(over: str, *, values: tuple[int, ...] = (100, 90, 0), **keys: Any) -> Decimal | None:
    """The points of an item of 40 whose parts have these scores."""
    each = {"points": 100, "missing": "exclude", **keys.pop("each", {})}
    item = an_item("direct", figure="x", points=40, by="month", over=over, each=each, **keys)
    total = score(a_sheet(item, figures={"x": BY_MONTH}), a_unit(x=monthly(*values))).total
    return None if total is None else total.normalize() + 0


EXPRESSION: Final[dict[Language, str]] = {"en": "<expression>", "zh": "表达式"}
"""What stands for any expression."""


@pytest.mark.parametrize("language", GUIDES)
def test_the_short_lines_of_methods_give_what_stands_behind_them(language: Language):
    table, formula, lines = (
        settings(language, section, key)
        for section, key in (("lookup", "table"), ("formula", "points_from"), ("award", "lines"))
    )
    lookup = a_sheet(an_item("lookup", points=3, figure="change", **table))
    shared = a_sheet(an_item("formula", points=100, **formula), figures={"own": {}, "neighbour": {}})
    award = a_sheet(an_item("award", **lines))

    assert score(lookup, a_unit(change="持平 same")).total == 2
    assert score(shared, a_unit(own=90, neighbour=70)).total == 84
    assert score(award, units_with("toilets", a=1, b=3)).totals == {"a": "5.00", "b": "10.00"}


def settings(language: Language, method: str, key: str) -> Tree:
    """The first piece of a section on a method that states a key."""
    pieces = CODE.findall(parts_of(language)[f"method-{method}"])
    found = (piece for piece in pieces if piece.startswith(f"{key}: ") and piece != f"{key}: {EXPRESSION[language]}")
    tree: Tree = yaml.load(next(found), yaml.BaseLoader)
    return tree
