"""Worked examples of a rule sheet: what somebody computed by hand, and whether the sheet gives the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.explanations.lines import ResultLines
from assess.core.figures import FigureTable, from_values
from assess.core.flaws import Flaw, Path
from assess.core.kinds import NOT_A_LIST, NumberType, PlainText, Title
from assess.core.numbers import as_written, printed
from assess.core.rules.sheet import RuleSheet, all_nodes, title_of
from assess.core.schema import NOT_A_MAPPING, FieldType, Found, Tree, hint, is_blank, report_unknown
from assess.core.scoring.inputs import ScoringInputs
from assess.core.scoring.judging import judged_flaws
from assess.core.scoring.results import Results
from assess.core.scoring.run import score
from assess.core.sources import StatedFigure
from assess.core.text import Text
from assess.core.units.unit_list import given_units

UNKNOWN_UNIT = Text("本算例没有单位“{unit}”。{hint}", "This example has no unit “{unit}”. {hint}")
NO_UNITS = Text("本算例没有单位，请在units中写出。", "This example has no units. Add them under `units`.")
UNKNOWN_NODE = Text("评分表没有考核项或类别“{id}”。{hint}", "The rule sheet has no item or section “{id}”. {hint}")
NOT_AS_EXPECTED = Text(
    "算例“{example}”，单位{unit}：{what}应为{expected}，按评分表算得{found}。",
    "Example “{example}”, unit {unit}: {what} should be {expected}, but the rule sheet gives {found}.",
)
NOTHING = Text("空（没有结果）", "none")
UNNAMED = Text("第{number}个", "number {number}")

TEXTS: Final = ("name", "source", "note")
NULLS: Final = frozenset({"", "~", "null"})
WHOLE: Final = {
    "total": Text("总分", "the total"),
    "rank": Text("名次", "the rank"),
    "grade": Text("等次", "the grade"),
}
SCORES: Final = "scores"
SCORE = Text("“{title}”（{id}）得分", "the score of {title} ({id})")

GivenFigures = Mapping[str, str | Mapping[str, str]]
"""A text for each figure, or texts by period."""


@dataclass(frozen=True, slots=True)
class ExampleUnit:
    """One unit of an example: its attributes by heading, its figures of the year and of the year before."""

    attributes: Mapping[str, str]
    figures: GivenFigures
    previous: GivenFigures


class Expectation(NamedTuple):
    """What one unit should have: `of` is total, rank, grade, or with `scores` the node's id; None means no result."""

    path: Path
    unit: str
    of: str
    node: str
    value: Fraction | str | None


def unmoved(flaw: Flaw) -> Flaw:
    """A flaw of a plain tree that stands in no file."""
    return flaw


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One worked example; `locate` puts a flaw of its plain tree at its place in the file."""

    name: Text
    source: Text | None = None
    note: Text | None = None
    units: Mapping[str, ExampleUnit]
    expect: tuple[Expectation, ...]
    path: Path = ()
    locate: Callable[[Flaw], Flaw] = field(default=unmoved, compare=False, repr=False)


def read_examples(tree: Tree, flaws: Found, locate: Callable[[Flaw], Flaw] = unmoved) -> list[Example]:
    """The examples that a plain tree describes; one that cannot be read in full is left out, its flaws reported."""
    if not isinstance(tree, list):
        flaws.append(Flaw((), NOT_A_LIST))
        return []
    found = []
    for number, each in enumerate(tree):
        known = len(flaws)
        example = read_example(each, (number,), flaws, locate)
        if example is not None and len(flaws) == known:
            found.append(example)
    return found


def read_example(tree: Tree, path: Path, flaws: Found, locate: Callable[[Flaw], Flaw]) -> Example | None:
    """One example; any of its parts may be left out."""
    if not isinstance(tree, Mapping):
        flaws.append(Flaw(path, NOT_A_MAPPING))
        return None
    report_unknown(tree, (*TEXTS, "units", "expect"), path, flaws)
    texts = {name: Title().read(tree[name], (*path, name), flaws) for name in TEXTS if not is_blank(tree.get(name))}
    units = {code: read_unit(each, at, flaws) for code, at, each in entries(tree, "units", path, flaws)}
    expect = [
        expectation
        for code, at, each in entries(tree, "expect", path, flaws)
        for expectation in read_expectations(code, each, at, flaws)
    ]
    texts.setdefault("name", UNNAMED.format(number=int(path[0]) + 1))
    return Example(**texts, units=units, expect=tuple(expect), path=path, locate=locate)


def entries(tree: Mapping[str, Tree], name: str, path: Path, flaws: Found) -> Iterator[tuple[str, Path, Tree]]:
    """Key, path and value of each entry of a mapping inside a mapping; nothing where it is blank."""
    inner = tree.get(name)
    if isinstance(inner, Mapping):
        yield from ((each, (*path, name, each), value) for each, value in inner.items())
    elif not is_blank(inner):
        flaws.append(Flaw((*path, name), NOT_A_MAPPING))


def read_unit(tree: Tree, path: Path, flaws: Found) -> ExampleUnit:
    """One unit: what is neither `figures` nor `previous` is an attribute."""
    if is_blank(tree):
        tree = {}
    if not isinstance(tree, Mapping):
        flaws.append(Flaw(path, NOT_A_MAPPING))
        tree = {}
    own = {name: each for name, each in tree.items() if name not in ("figures", "previous")}
    attributes = {name: PlainText().read(each, (*path, name), flaws) for name, each in own.items()}
    figures, previous = (
        {name: read_given(each, at, flaws) for name, at, each in entries(tree, part, path, flaws)}
        for part in ("figures", "previous")
    )
    return ExampleUnit(attributes, figures, previous)


def read_given(tree: Tree, path: Path, flaws: Found) -> str | Mapping[str, str]:
    """The text given of a figure, or its texts by period."""
    if isinstance(tree, Mapping):
        return {period: PlainText().read(each, (*path, period), flaws) for period, each in tree.items()}
    text: str = PlainText().read(tree, path, flaws)
    return text


def read_expectations(unit: str, tree: Tree, path: Path, flaws: Found) -> Iterator[Expectation]:
    """What one unit should have."""
    if is_blank(tree):
        return
    if not isinstance(tree, Mapping):
        flaws.append(Flaw(path, NOT_A_MAPPING))
        return
    report_unknown(tree, (*WHOLE, SCORES), path, flaws)
    for name in WHOLE:
        if name in tree:
            kind = PlainText() if name == "grade" else NumberType()
            yield Expectation((*path, name), unit, name, "", expected(tree[name], kind, (*path, name), flaws))
    for node, at, each in entries(tree, SCORES, path, flaws):
        yield Expectation(at, unit, SCORES, node, expected(each, NumberType(), at, flaws))


def expected(tree: Tree, kind: FieldType, path: Path, flaws: Found) -> Fraction | str | None:
    """The value that should come out; `null` and `~` for none."""
    if tree is None or (isinstance(tree, str) and tree.strip() in NULLS):
        return None
    value: Fraction | str = kind.read(tree, path, flaws)
    return value


def run_example(sheet: RuleSheet, example: Example) -> list[Flaw]:
    """What of an example the sheet does not give, and what is wrong with the example, each at its place.

    The sheet has passed its check.
    """
    return [example.locate(flaw) for flaw in found_wrong(sheet, example)]


def found_wrong(sheet: RuleSheet, example: Example) -> list[Flaw]:
    """The flaws of a run, at paths of the plain tree; with flaws of units or figures nothing is compared."""
    flaws = [*unknown_units(example), *unknown_nodes(sheet, example)]
    if not example.units:
        return flaws
    inputs, of_inputs = inputs_of(sheet, example)
    of_inputs = of_inputs or at_paths(judged_flaws(inputs), places_of(example, "figures"))
    if of_inputs:
        return [*of_inputs, *flaws]
    lines = ResultLines(score(inputs))
    wrong = [
        flaw
        for each in example.expect
        if each.unit in example.units and (not each.node or each.node in lines.results.scores)
        for flaw in compared(each, lines, example)
    ]
    return [*flaws, *wrong]


def results_of(sheet: RuleSheet, example: Example) -> Results:
    """What a sheet makes of the units of an example that has no flaws."""
    return score(inputs_of(sheet, example)[0])


def unknown_units(example: Example) -> Iterator[Flaw]:
    """A flaw for each unit of `expect` that `units` lacks, or one where there are no units."""
    known = tuple(example.units)
    if example.expect and not known:
        yield Flaw((*example.path, "expect"), NO_UNITS)
        return
    for unit in dict.fromkeys(each.unit for each in example.expect):
        if unit not in known:
            facts = {"unit": unit, "hint": hint(unit, known)}
            yield Flaw((*example.path, "expect", unit), UNKNOWN_UNIT, facts)


def unknown_nodes(sheet: RuleSheet, example: Example) -> Iterator[Flaw]:
    """A flaw for each score of an item or section that the sheet lacks."""
    known = tuple(all_nodes(sheet))
    for each in example.expect:
        if each.node and each.node not in known:
            yield Flaw(each.path, UNKNOWN_NODE, {"id": each.node, "hint": hint(each.node, known)})


def inputs_of(sheet: RuleSheet, example: Example) -> tuple[ScoringInputs, list[Flaw]]:
    """The units and figures of an example, and what is wrong with them."""
    by = example.name.zh
    units, found = given_units({code: unit.attributes for code, unit in example.units.items()}, by)
    flaws = at_paths(found, {StatedFigure(f"{by}, {code}"): (*example.path, "units", code) for code in example.units})
    tables: dict[str, FigureTable] = {}
    for part, year in (("figures", sheet.year), ("previous", sheet.year - 1)):
        given = {code: getattr(unit, part) for code, unit in example.units.items()}
        tables[part], found = from_values(sheet, units, given, by, year)
        flaws += at_paths(found, places_of(example, part))
    return ScoringInputs(sheet, units, tables["figures"], tables["previous"]), flaws


def places_of(example: Example, part: str) -> dict[StatedFigure, Path]:
    """Where each figure stands in the example, by the source that is told of it."""
    return {
        StatedFigure(f"{example.name.zh}, {code} {figure}"): (*example.path, "units", code, part, figure)
        for code, unit in example.units.items()
        for figure in getattr(unit, part)
    }


def at_paths(flaws: Iterable[Flaw], places: Mapping[StatedFigure, Path]) -> list[Flaw]:
    """Flaws of given values at their paths; one of no single value keeps its source."""
    return [
        flaw.at(places[flaw.where]) if isinstance(flaw.where, StatedFigure) and flaw.where in places else flaw
        for flaw in flaws
    ]


def compared(each: Expectation, lines: ResultLines, example: Example) -> Iterator[Flaw]:
    """A flaw where something else came out than was expected."""
    found = outcome(each, lines)
    value = NumberType().read(found, each.path, []) if found is not None and each.of != "grade" else found
    if value != each.value:
        facts = {
            "example": example.name,
            "unit": each.unit,
            "what": told_of(each, lines.results),
            "expected": in_words(each.value),
            "found": NOTHING if found is None else found,
        }
        yield Flaw(each.path, NOT_AS_EXPECTED, facts)


def outcome(each: Expectation, lines: ResultLines) -> str | None:
    """What came out, as it is printed."""
    results = lines.results
    unit = results.inputs.units.places[each.unit]
    if each.of == "total":
        return results.total.printed(results.total_digits)[unit]
    if each.of == "rank":
        rank = results.ranks.fraction(unit)
        return None if rank is None else printed(rank)
    return results.grade(unit) if each.of == "grade" else lines.of(each.node).scores[unit]


def told_of(each: Expectation, results: Results) -> Text:
    """What is compared, in words."""
    if each.of != SCORES:
        return WHOLE[each.of]
    return SCORE.format(title=title_of(results.scores[each.node].node, each.node), id=each.node)


def in_words(value: Fraction | str | None) -> Text:
    """An expected value in words."""
    if value is None:
        return NOTHING
    return Text.same(value if isinstance(value, str) else as_written(value))
