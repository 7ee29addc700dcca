"""Results as JSON and CSV, in the format of section 13 of the rule-sheet page."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from json.encoder import encode_basestring as quote
from pathlib import Path
from typing import Any, Final

from assess.core.exact import Column
from assess.core.explanations.effects import applied_to, mark_of
from assess.core.explanations.lines import NodeLines, ResultLines
from assess.core.explanations.reckoning import printed_points
from assess.core.headroom.making import FigureHeadroom
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import digest_of
from assess.core.scoring.nodes import NodeScore, digits_of_item
from assess.core.scoring.other_rankings import RankedScores
from assess.core.scoring.results import Results
from assess.core.text import Text
from assess.core.warnings.results import result_warnings
from assess.files.csv_cells import inert
from assess.files.headroom_texts import headroom_texts
from assess.files.part_results import part_texts

Headroom = Mapping[str, Sequence[FigureHeadroom]]
"""The headroom of items, by id."""
NO_HEADROOM: Final[Headroom] = {}


def write_json(lines: ResultLines, path: Path, headroom: Headroom = NO_HEADROOM) -> None:
    """The whole result; one unit a line, so that two results can be compared by lines."""
    results = lines.results
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('{"rule_sheet": ' + compact(rule_sheet(results)))
        out.write(',\n"inputs": ' + compact({"digest": results.inputs.digest}))
        out.write(',\n"warnings": ')
        out.writelines(listed(map(compact, warnings(results))))
        out.write(',\n"groups": ')
        out.writelines(listed(map(compact, groups(results))))
        out.write(',\n"units": ')
        out.writelines(listed(unit_texts(lines, headroom)))
        out.write("}\n")


def compact(value: Any) -> str:
    """One value on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def listed(texts: Iterator[str]) -> Iterator[str]:
    """A list in pieces, one value a line."""
    first = next(texts, None)
    if first is None:
        yield "[]"
        return
    yield "[\n"
    yield first
    for text in texts:
        yield ",\n"
        yield text
    yield "\n]"


def rule_sheet(results: Results) -> dict[str, Any]:
    """Which rule was applied."""
    sheet = results.inputs.sheet
    about: dict[str, Any] = {"id": sheet.id, "year": sheet.year, "digest": digest_of(sheet)}
    return about | ({"standing": sheet.standing.value} if sheet.standing is not None else {})


def warnings(results: Results) -> Iterator[dict[str, Any]]:
    """What a reader should know: units without total, what could not be told, groups without units, empty figures."""
    for warned in result_warnings(results):
        code = None if warned.unit is None else results.inputs.units.codes[warned.unit]
        yield {"unit": code, "id": warned.id, "clause": warned.clause, "zh": warned.what.zh, "en": warned.what.en}


def groups(results: Results) -> Iterator[dict[str, Any]]:
    """Count, mean and extremes of each group."""
    for group in results.summaries if results.inputs.sheet.groups is not None else ():
        yield {
            "id": group.id,
            "scored": group.scored,
            "mean": group.mean,
            "highest": group.highest,
            "lowest": group.lowest,
        }


def unit_texts(lines: ResultLines, headroom: Headroom = NO_HEADROOM) -> Iterator[str]:
    """Every unit in the order of the units file, its scores last."""
    fragments = [
        score_texts(node, lines.of(node), last_texts(score, lines.results, headroom.get(node, ())))
        for node, score in lines.results.scores.items()
    ]
    for unit, about in enumerate(units(lines.results)):
        inside = lines.results.groups[unit] >= 0
        scores = ", ".join(texts[unit] for texts in fragments) if inside else ""
        yield f'{compact(about)[:-1]}, "scores": {{{scores}}}}}'


def last_texts(score: NodeScore, results: Results, headroom: Sequence[FigureHeadroom]) -> list[str]:
    """What stands last in the JSON of a node's score: its parts, or its headroom."""
    if not isinstance(score.node, Item) or not headroom:
        return part_texts(score, results)
    return headroom_texts(headroom, digits_of_item(score.node, results.scene), len(score.points))


def score_texts(node: str, made: NodeLines, last: list[str]) -> list[str]:
    """The JSON of one node's score for every unit; `last` is what stands at its end."""
    scores = ["null" if score is None else f'"{score}"' for score in made.scores]
    reasons = [
        f', "reason": {{"zh": {zh}, "en": {en}}}' if zh != '""' else ""
        for zh, en in zip(map(quote, made.whys["zh"]), map(quote, made.whys["en"]), strict=True)
    ]
    counts = "" if made.counts else ', "counts": false'
    approximate = [', "approximate": true' if made.approximate and state == "scored" else "" for state in made.states]
    picked = [""] * len(scores) if made.picked is None else [f', "picked": {compact(ids)}' for ids in made.picked]
    full = [f'"{each}"' if each else "null" for each in made.full]
    form = f'{quote(node)}: {{{{"score": {{}}, "of": {{}}, "state": "{{}}"{counts}{{}}{{}}{{}}{{}}}}}}'.format
    return list(map(form, scores, full, made.states, approximate, picked, reasons, last))


def units(results: Results) -> Iterator[dict[str, Any]]:
    """Every unit in the order of the units file, without its scores."""
    digits = results.total_digits
    bases = rounded(results.base, results).printed(digits)
    totals = results.total.printed(digits)
    converted = results.converted.printed(digits) if results.converted is not None else None
    posts = [(post.post, post.points.printed(digits)) for post in results.posts]
    group_ids = [group.id for group in results.inputs.sheet.groups or ()]
    others = {each.ranking.id: other_results(each, results) for each in results.others}
    for unit, code in enumerate(results.inputs.units.codes):
        group = int(results.groups[unit])
        scored = totals[unit] is not None
        yield {
            "unit": code,
            "group": group_ids[group] if group_ids and group >= 0 else None,
            "total": totals[unit],
            "base": bases[unit],
            "rank": rank_of(results, unit),
            "of": int(results.of[unit]) if results.ranks.present[unit] else None,
            "grade": results.grade(unit),
            "state": results.state(unit),
            "adjustments": adjustments(results, unit) if scored else [],
            "converted": converted[unit] if converted is not None else None,
            "members": [{"post": post, "points": points[unit]} for post, points in posts],
            **({"results": {name: each[unit] for name, each in others.items()}} if others else {}),
        }


def other_results(ranked: RankedScores, results: Results) -> list[dict[str, Any]]:
    """What every unit is in another ranking: score, rank, how many are ranked, grade."""
    scores = printed_points(ranked.score, results)
    found = []
    for unit, rank in enumerate(ranked.ranks.fractions()):
        grade = ranked.grade(unit)
        found.append(
            {
                "score": None if rank is None else scores[unit],
                "rank": place_number(rank),
                "of": None if rank is None else int(ranked.of[unit]),
                "grade": None if grade is None else grade.id,
            }
        )
    return found


def rounded(column: Column, results: Results) -> Column:
    """A column as totals are rounded."""
    digits = results.total_digits
    return column if digits is None else column.round(digits, results.inputs.sheet.rounding.mode)


def rank_of(results: Results, unit: int) -> int | float | None:
    """A whole rank, or a half one where ties are averaged."""
    return place_number(results.ranks.fraction(unit))


def place_number(place: Fraction | None) -> int | float | None:
    """A place, or a number of places, as JSON has it."""
    if place is None:
        return None
    return place.numerator if place.denominator == 1 else float(place)


def adjustments(results: Results, unit: int) -> list[dict[str, str]]:
    """The adjustments that took effect."""
    return [
        {
            "id": adjusted.adjustment.id,
            "effect": mark_of(adjusted, results, unit),
            "clause": adjusted.adjustment.clause,
        }
        for adjusted in applied_to(results, unit)
    ]


CSV_HEADINGS = ("unit", "name_zh", "name_en", "group", "total", "base", "rank", "of", "grade", "state", "converted")
OTHER_HEADINGS = ("score", "rank", "of", "grade")
WARNING_HEADINGS = ("warnings_zh", "warnings_en")
NO_WARNING = Text("", "")


def write_csv(lines: ResultLines, path: Path) -> None:
    """One row a unit: what the ranking needs, the score of every node, and what a reader should know of the unit.

    Warnings that concern no single unit stand in a last row without unit, where there are any.
    """
    results = lines.results
    points = [(node, lines.of(node).scores) for node in results.scores]
    names = results.inputs.units.names
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        warned = warnings_by_unit(results)
        others = [(each.ranking.id, key) for each in results.others for key in OTHER_HEADINGS]
        headings = [*CSV_HEADINGS, *(f"results.{name}.{key}" for name, key in others)]
        writer.writerow([*map(inert, headings), *(inert(node) for node, _ in points), *WARNING_HEADINGS])
        for unit, row in enumerate(units(results)):
            known = row | {"name_zh": names[unit].zh, "name_en": names[unit].en}
            values = [
                *(known[heading] for heading in CSV_HEADINGS),
                *(known["results"][name][key] for name, key in others),
            ]
            cells = ["" if value is None else value for value in values]
            told = [inert(text) for text in warned.pop(unit, NO_WARNING)]
            writer.writerow([*(inert(cell) for cell in cells), *(scores[unit] or "" for _, scores in points), *told])
        for text in warned.values():
            writer.writerow([*[""] * (len(headings) + len(points)), *map(inert, text)])


def warnings_by_unit(results: Results) -> dict[int | None, Text]:
    """The warnings of each unit that has any, one text; under None those of no single unit."""
    found: dict[int | None, list[Text]] = {}
    for warned in result_warnings(results):
        found.setdefault(warned.unit, []).append(warned.what)
    return {
        unit: Text("；".join(each.zh for each in several), "; ".join(each.en for each in several))
        for unit, several in found.items()
    }
