"""Worked examples of a rule sheet: what somebody computed by hand, and whether the sheet gives the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, NamedTuple

from assess.core.explanations.lines import ResultLines
from assess.core.figures import FigureTable, from_rows
from assess.core.figures.reading import GivenRow
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
from assess.core.units.objects import given_objects
from assess.core.units.unit_list import given_units

UNKNOWN_UNIT = Text("本算例没有单位“{unit}”。{hint}", "This example has no unit “{unit}”. {hint}")
NO_UNITS = Text("本算例没有单位，请在units中写出。", "This example has no units. Add them under `units`.")
UNKNOWN_NODE = Text("评分表没有考核项或类别“{id}”。{hint}", "The rule sheet has no item or section “{id}”. {hint}")
UNKNOWN_RANKING = Text("评分表没有“{id}”这个其他排名。{hint}", "The rule sheet has no ranking “{id}”. {hint}")
NOT_AS_EXPECTED = Text(
    "算例“{example}”，单位{unit}：{what}应为{expected}，按评分表算得{found}。",
    "Example “{example}”, unit {unit}: {what} should be {expected}, but the rule sheet gives {found}.",
)
NOTHING = Text("空（没有结果）", "none")
UNNAMED = Text("第{number}个", "number {number}")

OBJECTS: Final = "objects"
YEARS: Final = ("figures", "previous", *(f"previous_{back}" for back in range(2, 10)))
"""The keys of figures, of the year itself and of those before it."""
TEXTS: Final = ("name", "source", "note")
NULLS: Final = frozenset({"", "~", "null"})
WHOLE: Final = {
    "total": Text("总分", "the total"),
    "rank": Text("名次", "the rank"),
    "grade": Text("等次", "the grade"),
}
SCORES: Final = "scores"
RANKINGS: Final = "results"
OF_RANKING: Final = {
    "score": Text("“{title}”得分", "the score in {title}"),
    "rank": Text("“{title}”名次", "the rank in {title}"),
    "grade": Text("“{title}”等次", "the grade in {title}"),
}
SCORE = Text("“{title}”（{id}）得分", "the score of {title} ({id})")

GivenFigures = Mapping[str, str | Mapping[str, str]]
"""A text for each figure, or texts by period."""


@dataclass(frozen=True, slots=True)
class ExampleObject:
    """An object of an example: its attributes by heading, its figures by the key of their year."""

    attributes: Mapping[str, str]
    figures: Mapping[str, GivenFigures]


@dataclass(frozen=True, slots=True)
class ExampleUnit(ExampleObject):
    """One unit of an example, and its objects by kind and code."""

    objects: Mapping[str, Mapping[str, ExampleObject]]


class Expectation(NamedTuple):
    """What one unit should have: `of` is total, rank, grade, or with `scores` the node's id; None means no result.

    With `ranking`, the id of another ranking of the sheet, `of` is score, rank or grade in that.
    """

    path: Path
    unit: str
    of: str
    node: str
    value: Fraction | str | None
    ranking: str = ""


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
    """One unit: what is neither figures of a year nor objects is an attribute."""
    given = mapping_in(tree, path, flaws)
    objects = {
        kind: {code: read_object(each, inner, flaws) for code, inner, each in entries(by_code, kind, at, flaws)}
        for kind, at, by_code in ((kind, (*path, OBJECTS), given[OBJECTS]) for kind in kinds_in(given, path, flaws))
    }
    own = read_object({name: each for name, each in given.items() if name != OBJECTS}, path, flaws)
    return ExampleUnit(own.attributes, own.figures, objects)


def kinds_in(tree: Mapping[str, Tree], path: Path, flaws: Found) -> list[str]:
    """The kinds of the objects of a unit."""
    return [kind for kind, _, _ in entries(tree, OBJECTS, path, flaws)]


def read_object(tree: Tree, path: Path, flaws: Found) -> ExampleObject:
    """Attributes, and figures by the key of their year."""
    given = mapping_in(tree, path, flaws)
    own = {name: each for name, each in given.items() if name not in YEARS}
    attributes = {name: PlainText().read(each, (*path, name), flaws) for name, each in own.items()}
    figures = {
        year: {name: read_given(each, at, flaws) for name, at, each in entries(given, year, path, flaws)}
        for year in YEARS
        if year in given
    }
    return ExampleObject(attributes, figures)


def mapping_in(tree: Tree, path: Path, flaws: Found) -> Mapping[str, Tree]:
    """A mapping, empty where it is blank or none."""
    if is_blank(tree) or isinstance(tree, Mapping):
        return tree or {}
    flaws.append(Flaw(path, NOT_A_MAPPING))
    return {}


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
    report_unknown(tree, (*WHOLE, SCORES, RANKINGS), path, flaws)
    for name in WHOLE:
        if name in tree:
            kind = PlainText() if name == "grade" else NumberType()
            yield Expectation((*path, name), unit, name, "", expected(tree[name], kind, (*path, name), flaws))
    for node, at, each in entries(tree, SCORES, path, flaws):
        yield Expectation(at, unit, SCORES, node, expected(each, NumberType(), at, flaws))
    for ranking, at, each in entries(tree, RANKINGS, path, flaws):
        yield from expected_in_ranking(unit, ranking, each, at, flaws)


def expected_in_ranking(unit: str, ranking: str, tree: Tree, path: Path, flaws: Found) -> Iterator[Expectation]:
    """What one unit should have in another ranking."""
    if not isinstance(tree, Mapping):
        flaws.append(Flaw(path, NOT_A_MAPPING))
        return
    report_unknown(tree, tuple(OF_RANKING), path, flaws)
    for name in OF_RANKING:
        if name in tree:
            kind = PlainText() if name == "grade" else NumberType()
            value = expected(tree[name], kind, (*path, name), flaws)
            yield Expectation((*path, name), unit, name, "", value, ranking)


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
        if each.unit in example.units and is_known(each, lines.results)
        for flaw in compared(each, lines, example)
    ]
    return [*flaws, *wrong]


def is_known(each: Expectation, results: Results) -> bool:
    """Whether the sheet has the node or the ranking of which something is expected."""
    rankings = {ranked.ranking.id for ranked in results.others}
    return (not each.node or each.node in results.scores) and (not each.ranking or each.ranking in rankings)


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
    rankings = tuple(ranking.id for ranking in sheet.results or ())
    for each in example.expect:
        if each.ranking and each.ranking not in rankings:
            yield Flaw(each.path, UNKNOWN_RANKING, {"id": each.ranking, "hint": hint(each.ranking, rankings)})


def inputs_of(sheet: RuleSheet, example: Example) -> tuple[ScoringInputs, list[Flaw]]:
    """The units, objects and figures of an example, and what is wrong with them."""
    by = example.name.zh
    units, found = given_units({code: unit.attributes for code, unit in example.units.items()}, by)
    flaws = at_paths(found, {StatedFigure(f"{by}, {code}"): (*example.path, "units", code) for code in example.units})
    objects, found = given_objects(units, [each.listed for each in objects_of(example)], by)
    flaws += at_paths(
        found, {StatedFigure(f"{by}, {each.unit} {each.code}"): each.path for each in objects_of(example)}
    )
    tables: list[FigureTable] = []
    for back, part in enumerate(YEARS[: 1 + last_year_given(example)]):
        given = [*figures_given(example, part)]
        table, found = from_rows(sheet, objects, [each.row for each in given], by, sheet.year - back)
        tables.append(table)
        flaws += at_paths(found, {StatedFigure(f"{by}, {each.about}"): each.path for each in given})
    now, before, *earlier = tables
    known = objects if sheet.objects else None
    return ScoringInputs(sheet, units, now, before, earlier=tuple(earlier), objects=known), flaws


class GivenObject(NamedTuple):
    """An object of an example: its unit, kind and code, what is said of it, and where."""

    unit: str
    kind: str
    code: str
    stated: ExampleObject
    path: Path

    @property
    def listed(self) -> tuple[str, str, str, Mapping[str, str]]:
        """A row of the list of objects."""
        return self.kind, self.code, self.unit, self.stated.attributes


def objects_of(example: Example) -> Iterator[GivenObject]:
    """The objects of all units of an example."""
    for unit, stated in example.units.items():
        for kind, by_code in stated.objects.items():
            for code, each in by_code.items():
                yield GivenObject(unit, kind, code, each, (*example.path, "units", unit, OBJECTS, kind, code))


class GivenFigure(NamedTuple):
    """A figure of an example: its row, what a flaw of it is told of, and its path."""

    row: GivenRow
    about: str
    path: Path


def figures_given(example: Example, part: str) -> Iterator[GivenFigure]:
    """The figures of one year, of units and of objects."""
    for unit, stated in example.units.items():
        yield from rows_of(stated, part, (unit, ""), (*example.path, "units", unit))
    for each in objects_of(example):
        yield from rows_of(each.stated, part, (each.unit, each.code), each.path)


def rows_of(stated: ExampleObject, part: str, owner: tuple[str, str], path: Path) -> Iterator[GivenFigure]:
    """The figures of one unit or object in one year."""
    about = " ".join(filter(None, owner))
    for figure, value in stated.figures.get(part, {}).items():
        for period, text in ({"": value} if isinstance(value, str) else value).items():
            yield GivenFigure(GivenRow(*owner, figure, period, text), f"{about} {figure}", (*path, part, figure))


def last_year_given(example: Example) -> int:
    """How many years back an example has figures, at least one."""
    stated = (*example.units.values(), *(each.stated for each in objects_of(example)))
    return max([1, *(YEARS.index(part) for each in stated for part in each.figures)])


def places_of(example: Example, part: str) -> dict[StatedFigure, Path]:
    """Where each figure stands in the example, by the source that is told of it."""
    return {StatedFigure(f"{example.name.zh}, {each.about}"): each.path for each in figures_given(example, part)}


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
    if each.ranking:
        return outcome_of_ranking(each, lines, unit)
    if each.of == "total":
        return results.total.printed(results.total_digits)[unit]
    if each.of == "rank":
        rank = results.ranks.fraction(unit)
        return None if rank is None else printed(rank)
    return results.grade(unit) if each.of == "grade" else lines.of(each.node).scores[unit]


def outcome_of_ranking(each: Expectation, lines: ResultLines, unit: int) -> str | None:
    """What came out in another ranking, as it is printed."""
    ranked = next(other for other in lines.results.others if other.ranking.id == each.ranking)
    rank, grade = ranked.ranks.fraction(unit), ranked.grade(unit)
    if each.of == "grade":
        return None if grade is None else grade.id
    if rank is None:
        return None
    return printed(rank) if each.of == "rank" else lines.of(ranked.ranking.node).scores[unit]


def told_of(each: Expectation, results: Results) -> Text:
    """What is compared, in words."""
    if each.ranking:
        ranking = next(other.ranking for other in results.others if other.ranking.id == each.ranking)
        return OF_RANKING[each.of].format(title=title_of(ranking, ranking.id))
    if each.of != SCORES:
        return WHOLE[each.of]
    return SCORE.format(title=title_of(results.scores[each.node].node, each.node), id=each.node)


def in_words(value: Fraction | str | None) -> Text:
    """An expected value in words."""
    if value is None:
        return NOTHING
    return Text.same(value if isinstance(value, str) else as_written(value))
