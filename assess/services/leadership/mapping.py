"""The units of the result in view on a map of equal squares, tinted by grade or by a chosen section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assess.core.errors import NotFound
from assess.core.rules.sheet import title_of
from assess.core.scorecard.book import parts_of
from assess.core.scorecard.tile_map import BY_GRADE, MapTile, tiles_of
from assess.core.text import Language, Text
from assess.core.units.squares import Square, squares_of
from assess.services.leadership.seeing import View
from assess.services.leadership.tables import groups_of, maker_of

NO_MAP: Final = Text(
    "考核对象名单中没有地图行、地图列，不能绘制方格图。",
    "The list of units has no rows and columns of a map, so no map can be drawn.",
)
NO_SECTION: Final = Text("评分表中没有这个考核类别。", "The rule sheet has no such section.")


@dataclass(frozen=True)
class MapPage:
    """The map of a result.

    Attributes:
        tiles: the units that have a square, from the north to the south.
        sections: id and title of those that may be chosen; `chosen` is empty for grades.
        grades: what they are called, the best first.
        without: the names of the units that have no square.
        unit_of_result: what totals are counted in; None for points.
    """

    view: View
    tiles: Sequence[MapTile]
    sections: Sequence[tuple[str, Text]]
    chosen: str
    grades: Sequence[Text]
    without: Sequence[Text]
    unit_of_result: Text | None


def has_map(view: View, *, folder: Path) -> bool:
    """Whether the list of units says where each stands on a map (no query)."""
    return bool(squares_in(view, folder))


def squares_in(view: View, folder: Path) -> dict[str, Square]:
    """The squares of the units of a run."""
    units = maker_of(view.run, folder=folder).results.inputs.units
    return squares_of(units.codes, units.attributes)


def map_page(view: View, by: str, *, folder: Path) -> MapPage:
    """The map of the result in view by grades, or by a section (no query).

    Raises:
        NotFound: the list of units has no map, or there is no such section.
    """
    squares = squares_in(view, folder)
    if not squares:
        raise NotFound(NO_MAP)
    sheet = maker_of(view.run, folder=folder).results.inputs.sheet
    sections = [(node.id, title_of(node, node.id)) for node in parts_of(sheet.items)]
    ids = [id for id, _ in sections]
    if by not in (BY_GRADE, *ids):
        raise NotFound(NO_SECTION)
    tables = [group.table for group in groups_of(view.run, folder=folder)]
    grades = [title_of(grade, grade.id) for grade in sheet.grades or ()]
    tiles = tiles_of(tables, squares, None if by == BY_GRADE else ids.index(by), grades)
    without = [row.name for table in tables for row in table.rows if row.unit not in squares]
    return MapPage(view, tiles, sections, by, grades, without, sheet.unit_of_result)


def drawn_map(page: MapPage, language: Language) -> str:
    """The map as an SVG image."""
    # slow library
    from assess.files.charts.svg import to_svg
    from assess.files.charts.tiles import tile_map

    return to_svg(tile_map(page.tiles, len(page.grades), language))


def grade_tints(page: MapPage) -> list[tuple[int, Text]]:
    """The tints of the grades with what each means; numbered as those of score rates."""
    # slow library
    from assess.files.charts.tiles import grade_tint_number

    return [(grade_tint_number(place, len(page.grades)), title) for place, title in enumerate(page.grades)]
