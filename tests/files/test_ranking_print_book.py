"""The ranking workbook for print: tints of score rates, changes with their sign, and every unit by every item."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from assess.files.ranking_print_book import write_ranking_print_book
from tests.builders import a_section, a_sheet, a_unit, an_item, score


def test_points_are_tinted_changes_signed_and_units_stand_by_items(tmp_path: Path):
    items = [an_item(id=name, title=name.title(), figure=name, points=50) for name in ("air", "water")]
    sheet = a_sheet(
        *items, a_section(an_item(id="tree", title="Tree", figure="tree", points=10), id="land", title="Land")
    )
    rose = a_unit(air=50, water=20, tree=10, last_result={"rank": "2", "of": "2", "total": "60"})
    fell = a_unit(air=20, water=10, last_result={"rank": "1", "of": "2", "total": "80"})
    path = tmp_path / "ranking.xlsx"

    write_ranking_print_book(score(sheet, {"a": rose, "b": fell}).lines, path, "en")

    book = load_workbook(path)
    ranking, matrix = book["Ranking"], book["Units by item"]
    assert (ranking.page_setup.paperSize, ranking.page_setup.orientation) == (8, "landscape")
    assert [(row[6].value, row[6].number_format) for row in ranking["A4:G5"]] == [(1, "+0;-0;0"), (-1, "+0;-0;0")]
    assert [cell.value for cell in matrix[3]][5:] == ["1 Air", "2 Water", "3 Land", "3.1 Tree"]
    assert [[cell.value for cell in row[5:]] for row in matrix["A4:I5"]] == [[50, 20, 10, 10], [20, 10, 0, 0]]
    tints = [cell.fill.fgColor.rgb for cell in matrix[4][5:7]]
    assert tints == ["FFA9C7E8", "FFD9D9D9"]
    assert [cell.font.bold for cell in matrix[4][5:7]] == [False, True]
