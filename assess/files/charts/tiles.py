"""A map of equal squares: a unit on each, with its name, a number and its grade in words, readable without colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from assess.core.scorecard.tile_map import MapTile
from assess.core.text import Language, Text
from assess.files.charts.heat import LOW, STEPS, tint_of
from assess.files.pdf_style.breaking import shortened
from assess.files.pdf_style.drawing import Box, ChartLabel, Drawing, Shape
from assess.files.pdf_style.fonts import printable
from assess.files.pdf_style.look import LINE

TITLE: Final = Text("单位方格图", "Map of the units")
SIDE: Final = 74.0
GAP: Final = 4.0
NAME_SIZE: Final = 9.0
NUMBER_SIZE: Final = 14.0
WORD_SIZE: Final = 8.0
NAME_LINES: Final = 2
TINTS: Final = (*(tint for _, tint, _ in STEPS), LOW[0])
"""The deepest first; the last is grey."""


def grade_tint_number(place: int, count: int) -> int:
    """The number of the tint of a grade, from 1: the best the deepest, the last of several grey."""
    return len(TINTS) if count > 1 and place == count - 1 else min(place + 1, len(TINTS) - 1)


def tile_map(tiles: Sequence[MapTile], grades: int, language: Language) -> Drawing:
    """The squares, the first row on top; rows and columns that no unit stands in at the edges fall away."""
    top, left = (min(tile.square[at] for tile in tiles) for at in (0, 1))
    rows, columns = (max(tile.square[at] for tile in tiles) + 1 - first for at, first in ((0, top), (1, left)))
    step = SIDE + GAP
    shapes: list[Shape] = []
    for tile in tiles:
        x, y = (tile.square.column - left) * step, (rows - 1 - (tile.square.row - top)) * step
        graded = None if tile.place is None else TINTS[grade_tint_number(tile.place, grades) - 1]
        tint = tint_of(tile.rate) or graded or "#ffffff"
        shapes += [Box(x, y, SIDE, SIDE, tint, LINE, 0.8), *labels(tile, x + SIDE / 2, y, language)]
    return Drawing(columns * step - GAP, rows * step - GAP, TITLE.localized(language), tuple(shapes))


def labels(tile: MapTile, middle: float, y: float, language: Language) -> Iterator[Shape]:
    """Name, number, and grade or rank of a unit on its square."""
    name = printable(tile.row.name.localized(language))
    for at, line in enumerate(shortened(name, SIDE - 8, NAME_SIZE, lines=NAME_LINES)):
        yield ChartLabel(middle, y + SIDE - 15 - at * 11, line, NAME_SIZE, anchor="middle")
    yield ChartLabel(middle, y + 20, tile.number or "–", NUMBER_SIZE, bold=True, anchor="middle")
    grade = tile.row.grade.localized(language) if tile.row.grade and tile.rate is None else ""
    if grade:
        [word] = shortened(printable(grade), SIDE - 8, WORD_SIZE)
        yield ChartLabel(middle, y + 7, word, WORD_SIZE, anchor="middle")
