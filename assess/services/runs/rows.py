"""What came of a scoring, as the rows of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from assess.core.exact import Column
from assess.core.explanations.effects import applied_to, mark_of, words_of
from assess.core.explanations.lines import NodeLines, ResultLines
from assess.core.figures.entry import MILLION
from assess.core.rules.sheet import title_of
from assess.core.runs.frozen import FrozenValue, FrozenValues
from assess.core.runs.noting import Sentences, facts_of
from assess.core.runs.stability import RankRange
from assess.core.scoring.nodes import MISSING, ItemScore
from assess.core.scoring.results import Results
from assess.files.results import rounded

Row = dict[str, Any]

LARGEST: Final = 2**63 - 1
"""The largest integer that a database keeps."""


@dataclass(frozen=True, eq=False)
class RunRows:
    """All rows of one run but its own, by table; `summary` are the counts that its own row bears."""

    summary: Row
    tables: dict[str, list[Row]]


def rows_of(lines: ResultLines, values: FrozenValues, ranges: RankRange) -> RunRows:
    """The rows of a scoring of these figures."""
    results, sentences = lines.results, Sentences()
    of_lines = list(line_rows(lines, sentences))
    units = list(unit_rows(results, ranges))
    summary = {
        "units": len(units),
        "scored": sum(row["state"] == "scored" for row in units),
        "blocked": sum(row["state"] == "blocked" for row in units),
        "missing": missing_lines(results),
        "warnings": len(results.warnings),
    }
    tables = {
        "run_unit": units,
        "run_line": of_lines,
        "run_sentence": [{"number": number, **text._asdict()} for number, text in enumerate(sentences.listed)],
        "run_value": value_rows(values, results.inputs.sheet.year),
        "run_member": list(member_rows(results)),
        "run_warning": warning_rows(results),
    }
    return RunRows(summary, tables)


def unit_rows(results: Results, ranges: RankRange) -> Iterator[Row]:
    """The result of every unit, in the order of the list."""
    digits, units = results.total_digits, results.inputs.units
    totals, bases = results.total.printed(digits), rounded(results.base, results).printed(digits)
    converted = [None] * len(units) if results.converted is None else results.converted.printed(digits)
    groups = [group.id for group in results.inputs.sheet.groups or ()]
    spread = {name: getattr(ranges, name) for name in ("best", "worst", "likely_best", "likely_worst")}
    for unit, code in enumerate(units.codes):
        group = int(results.groups[unit])
        yield {
            "unit": code, "place": unit, "name_zh": units.names[unit].zh, "name_en": units.names[unit].en,
            "group_id": groups[group] if groups and group >= 0 else None, "state": results.state(unit),
            "total": totals[unit], "total_millionths": millionths(totals[unit]), "base": bases[unit],
            "rank": doubled(results.ranks, unit),
            "of": int(results.of[unit]) if results.ranks.present[unit] else None, "grade": results.grade(unit),
            "converted": converted[unit], "converted_millionths": millionths(converted[unit]),
            **{name: doubled(column, unit) for name, column in spread.items()},
            "adjustments": adjustment_rows(results, unit) if totals[unit] is not None else [],
        }  # fmt: skip


def adjustment_rows(results: Results, unit: int) -> list[Row]:
    """The adjustments that took effect on a unit: id, titles, effect, clause and words."""
    return [
        {
            "id": each.adjustment.id, "title": list(title_of(each.adjustment, each.adjustment.id)),
            "effect": mark_of(each, results, unit), "clause": each.adjustment.clause,
            "words": list(words_of(each, results, unit)),
        }
        for each in applied_to(results, unit)
    ]  # fmt: skip


def line_rows(lines: ResultLines, sentences: Sentences) -> Iterator[Row]:
    """The lines of every node for the units that are in a group, node by node."""
    results = lines.results
    inside = [unit for unit, group in enumerate(results.groups.tolist()) if group >= 0]
    codes = results.inputs.units.codes
    for place, (node, score) in enumerate(results.scores.items()):
        made, facts = lines.of(node), facts_of(score, results, sentences)
        for unit in inside:
            yield line_row(made, unit) | {"unit": codes[unit], "node": node, "place": place, "facts": facts[unit]}


def line_row(made: NodeLines, unit: int) -> Row:
    """What a line says of its points."""
    score = made.scores[unit]
    return {"score": score, "millionths": millionths(score), "full": made.full[unit], "state": made.states[unit]}


def missing_lines(results: Results) -> int:
    """How many lines of items lack a figure."""
    items = [score for score in results.scores.values() if isinstance(score, ItemScore)]
    return sum(score.state.tolist().count(MISSING) for score in items)


def value_rows(values: FrozenValues, year: int) -> list[Row]:
    """The figures of all years."""
    return [row for back, each in enumerate(values.by_years_back) for row in of_year(each, year - back)]


def of_year(values: Iterable[FrozenValue], year: int) -> Iterator[Row]:
    """The figures of one year; one of the whole year bears its number."""
    for each in values:
        yield {
            "unit": each.unit, "figure": each.figure, "year": year, "period": each.part or str(year),
            "text": each.text, "origin": each.origin.value, "value_id": each.number,
        }  # fmt: skip


def member_rows(results: Results) -> Iterator[Row]:
    """The points of every post of every unit."""
    for place, post in enumerate(results.posts):
        for unit, points in enumerate(post.points.printed(results.total_digits)):
            code = results.inputs.units.codes[unit]
            known = {"unit": code, "post": post.post, "place": place}
            yield {**known, "points": points, "millionths": millionths(points)}


def warning_rows(results: Results) -> list[Row]:
    """What readers should know of some units."""
    codes = results.inputs.units.codes
    return [
        {"number": number, "unit": codes[each.unit], "about": each.id, "clause": each.clause, **each.what._asdict()}
        for number, each in enumerate(results.warnings)
    ]


def doubled(ranks: Column, unit: int) -> int | None:
    """Twice a rank, as ties may share a half."""
    rank = ranks.fraction(unit)
    return None if rank is None else int(rank * 2)


def millionths(text: str | None) -> int | None:
    """A printed number to sort by; what passes the integers of a database sorts as the largest of them."""
    if text is None:
        return None
    return max(-LARGEST, min(LARGEST, int((Decimal(text) * MILLION).to_integral_value(ROUND_HALF_UP))))
