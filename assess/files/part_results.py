"""The parts of items that are scored by periods or objects, as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from json.encoder import encode_basestring as quote

from assess.core.explanations.lines import printed_all
from assess.core.explanations.parts import part_sentences
from assess.core.kinds import EXACT
from assess.core.rules.nodes import Item
from assess.core.scoring.nodes import ItemScore, NodeScore, PartScores
from assess.core.scoring.results import Results, printed_digits
from assess.core.text import Language


def part_texts(score: NodeScore, results: Results) -> list[str]:
    """For every unit the JSON of the parts of an item, after a comma; empty where the node has none to tell of."""
    size = len(score.points)
    if not isinstance(score, ItemScore) or score.parts is None:
        return [""] * size
    entries = list(entry_texts(score, score.parts, results))
    told = score.parts.of_applicable
    return [
        f', "parts": [{", ".join(entries[row] for row in score.parts.of_unit(unit))}]' if told[unit] else ""
        for unit in range(size)
    ]


def entry_texts(score: ItemScore, parts: PartScores, results: Results) -> Iterator[str]:
    """Every part: its period and object, score, full mark, state, whether it counted, and why."""
    item = score.node
    assert isinstance(item, Item)
    assert item.each is not None
    digits = EXACT if item.each.round is None else item.each.round
    points = parts.points.printed(printed_digits(digits))
    whys = part_sentences(score, results).sentences()
    rows = zip(
        parts.names.part_names, points, printed_all(parts.full, parts.names.size), parts.missing.tolist(),
        parts.counted.tolist(), reasons(whys), strict=True,
    )  # fmt: skip
    for name, point, full, missing, counted, why in rows:
        axes = {"period": name.period, "object": name.object}
        told = [f"{quote(axis)}: {quote(text)}" for axis, text in axes.items() if text is not None]
        told.append(f'"score": {"null" if point is None else quote(point)}')
        told.append(f'"of": {quote(full) if full else "null"}')
        told.append(f'"state": {quote("missing" if missing else "scored")}')
        told.append(f'"counted": {"true" if counted else "false"}')
        yield "{" + ", ".join(told) + why + "}"


def reasons(whys: dict[Language, list[str]]) -> Iterator[str]:
    """The reason of every part, after a comma; nothing where there is none."""
    for zh, en in zip(whys["zh"], whys["en"], strict=True):
        yield f', "reason": {{"zh": {quote(zh)}, "en": {quote(en)}}}' if zh else ""
