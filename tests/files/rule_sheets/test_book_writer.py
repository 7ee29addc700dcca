from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assess.core.flaws import ValidationError
from assess.core.kinds import WordList
from assess.core.rules.sheet import RuleSheet, read_sheet
from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.book_layout import FIGURES, FIRST_ROW, ITEMS, MAIN, METHODS, SHEET, TABS, place_of
from assess.files.rule_sheets.book_words import heading_of, words_of
from assess.files.rule_sheets.book_writer import write_book
from assess.files.workbooks.books import open_book
from assess.files.workbooks.cells import read_cells, sheets_of
from tests.files.rule_sheets.books import choices_at

GALLERY = Path(__file__).parents[3] / "rules" / "method-gallery" / "rule-sheet.yaml"

ITEM = {"id": "a", "points": "5", "method": "direct", "figure": "x", "clause": "一"}


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("books") / "gallery.xlsx"
    write_book(load_sheet(GALLERY).sheet, path)
    return path


def a_sheet(**keys: Any) -> RuleSheet:
    """A sheet of one item, with these keys."""
    item = ITEM | keys.pop("item", {})
    figures = {"x": {"kind": "number", "from": "unit"}}
    flaws: list[Any] = []
    sheet = read_sheet({"id": "s", "title": "表", "year": "2026", "figures": figures, "items": [item], **keys}, flaws)
    assert flaws == []
    return sheet


def texts(path: Path, tab: str) -> list[list[str]]:
    """What stands in a tab, row by row, blank cells left out."""
    book = open_book(path)
    sheet = next(each for each in sheets_of(book) if each.title == tab)
    return [list(row.values()) for _, row in read_cells(book, sheet, path).rows]


def test_the_tabs_stand_in_the_order_of_work(gallery: Path):
    first = ["说明", "总则", "部门", "对象类别", "分组", "数据项"]
    names = [*first, "考核项", "明细", "加减分", "等次", "其他排名", "领导成员"]
    found = load_workbook(gallery).sheetnames
    assert [tab.name for tab in TABS] == names[1:]
    assert found == [name for name in names if name in found]
    assert {"说明", "总则", "部门", "分组", "数据项", "考核项", "明细", "加减分", "等次", "领导成员"} <= {*found}


def test_every_key_with_words_offers_them(gallery: Path):
    book = load_workbook(gallery)
    for tab in (tab for tab in TABS if tab.name in book.sheetnames):
        keys = {cell.value: cell.column for cell in book[tab.name][2] if cell.value}
        for key, column in keys.items():
            place = place_of(tab.kinds, key)
            if place is not None and place.kind.words:
                words = place.kind.words
                expected = [words.called(word).zh for word in words] if isinstance(words, WordList) else words
                assert (key, choices_at(book[tab.name], column, FIRST_ROW)) == (key, f'"{",".join(expected)}"')


def test_keys_of_the_sheet_itself_offer_their_words_row_by_row(gallery: Path):
    page = load_workbook(gallery)[SHEET.name]
    rows = {page.cell(row, 1).value: row for row in range(FIRST_ROW, page.max_row + 1)}
    assert choices_at(page, 2, rows["standing"]) == '"示例,征求意见,印发"'
    assert choices_at(page, 2, rows["rounding.mode"]) == '"四舍五入,四舍六入五留双"'
    assert choices_at(page, 2, rows["year"]) is None


def test_references_offer_the_ids_of_their_tab(gallery: Path):
    page = load_workbook(gallery)["考核项"]
    keys = {cell.value: cell.column for cell in page[2]}
    last = len(load_sheet(GALLERY).sheet.figures) + 302
    assert choices_at(page, keys["figure"], FIRST_ROW) == f"='数据项'!$A$3:$A${last}".removeprefix("=")


def test_numbers_are_numbers_that_excel_can_add(tmp_path: Path):
    path = tmp_path / "s.xlsx"
    points = {"points": "7.5", "floor": "12.5%", "cap": "2/3", "weight": "1234567890123456789"}
    write_book(a_sheet(item=points | {"clause": "12"}), path)
    page = load_workbook(path)["考核项"]
    row = {key.value: value for key, value in zip(page[2], page[3], strict=True)}
    shown = {key: (row[key].value, row[key].number_format) for key in ("points", "floor", "cap", "weight", "clause")}
    assert shown == {
        "points": (7.5, "General"),
        "floor": (0.125, "0.0%"),
        "cap": ("2/3", "@"),
        "weight": ("1234567890123456789", "@"),
        "clause": ("12", "@"),
    }


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path):
    path = tmp_path / "s.xlsx"
    write_book(a_sheet(note='=HYPERLINK("x")'), path)
    page = load_workbook(path)["总则"]
    assert [cell.data_type for cell in page["C"] if cell.value == '=HYPERLINK("x")'] == ["s"]


def test_the_first_sheet_explains_every_key(gallery: Path):
    explained = {line[1].partition(".")[0] for line in texts(gallery, "说明") if len(line) > 3}
    assert {key for tab in (MAIN, METHODS, *TABS[1:]) for key in tab.kinds} - explained == set()


def test_headings_say_in_chinese_what_a_column_holds():
    keys = ((FIGURES, "title.zh"), (ITEMS, "points.streets"), (ITEMS, "late.per"))
    assert [heading_of(tab, key).zh for tab, key in keys] == ["名称（中文）", "分值（streets）", "逾期扣分·每档幅度"]
    assert words_of(MAIN, "standing") == "示例 demonstration · 征求意见、草案 draft · 印发、正式 issued"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"item": {"clause": "一" * 40_000}}, "一一一"),
        ({"note": "a\x07b"}, "a b is blank"),
        ({"note": "<r>x</r>"}, "<r>x</r> is blank"),
        ({"item": {"points": {"streets ": "5"}}}, "points.streets is blank"),
        ({"conversion": {"by": "grade", "table": {"": "5"}}}, "conversion.table. is blank"),
        ({"items": [ITEM, ITEM]}, "The ID a appears twice"),
        ({"item": {"method": "interpolate", "points_at": [["1", "2", "3"]]}}, "Each entry of points_at must be a pair"),
    ],
)
def test_what_a_workbook_cannot_say_is_refused_before_anything_is_written(
    keys: dict[str, Any], expected: str, tmp_path: Path
):
    path = tmp_path / "s.xlsx"
    with pytest.raises(ValidationError, match=expected.replace(".", r"\.")):
        write_book(a_sheet(**keys), path)
    assert not path.exists()
