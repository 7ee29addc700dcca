from pathlib import Path

import xlsxwriter

from assess.core.sources import WorkbookCell
from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.book_reader import read_book
from tests.files.rule_sheets.books import FIGURES, ITEMS, SHEET, a_book, found_in

PM25 = {"id": "air.pm25", "points": "60", "method": "interpolate", "figure": "pm25", "clause": "一"}
BURNS = {"id": "air.burns", "points": "40", "method": "deduct", "clause": "二"}
TREE = {
    "id": "small",
    "title": {"zh": "小表", "en": "Small"},
    "year": "2026",
    "missing": "zero",
    "figures": {"pm25": {"kind": "number", "from": "unit"}, "burns": {"kind": "count", "from": "unit"}},
    "items": [
        {
            "id": "air",
            "points": "100",
            "items": [
                {**PM25, "full_at": "30", "zero_at": "50"},
                {**BURNS, "lines": [{"figure": "burns", "points": "5"}]},
            ],
        }
    ],
}


def test_a_workbook_gives_the_tree_that_yaml_gives(tmp_path: Path):
    book = read_book(a_book(tmp_path / "s.xlsx"))
    assert (book.tree, book.flaws) == (TREE, ())


def test_everything_in_the_tree_knows_its_cell(tmp_path: Path):
    path = a_book(tmp_path / "s.xlsx")
    places = read_book(path).places
    assert {at: str(places[at]).removeprefix(f"{path}:") for at in sorted(places, key=str) if "lines" in at} == {
        ("items", 0, "items", 1, "lines"): "明细!B3",
        ("items", 0, "items", 1, "lines", 0): "明细!D3",
        ("items", 0, "items", 1, "lines", 0, "figure"): "明细!D3",
        ("items", 0, "items", 1, "lines", 0, "points"): "明细!E3",
    }
    assert places["items", 0, "items", 0, "zero_at"] == WorkbookCell(str(path), "考核项", "F4")
    assert places["items", 0] == WorkbookCell(str(path), "考核项", "B3")
    assert places["title", "en"] == WorkbookCell(str(path), "总则", "D4")


def test_tabs_may_have_their_english_names_and_columns_any_order(tmp_path: Path):
    turned = [dict(reversed(row.items())) for row in FIGURES]
    path = a_book(tmp_path / "s.xlsx", 数据项=(), figures=turned)
    assert (read_book(path).tree, found_in(path)) == (TREE, [])


def test_children_may_stand_above_their_section(tmp_path: Path):
    path = a_book(tmp_path / "s.xlsx", 考核项=[*ITEMS[1:], ITEMS[0]])
    assert read_book(path).tree == TREE


def test_numbers_are_read_at_the_digits_that_excel_shows(tmp_path: Path):
    cells = {"points": 0.1 + 0.2, "floor": 0.125, "cap": 1e15 / 7, "weight": 7}
    node = read_book(a_book(tmp_path / "s.xlsx", 考核项=[{"id": "a", **cells}])).tree["items"][0]
    assert node == {"id": "a", "points": "30%", "floor": "12.5%", "cap": "142857142857143", "weight": "7"}


def test_keys_inside_others_stand_in_columns_of_their_own(tmp_path: Path):
    item = {"id": "a", "points.streets": 5, "points.town.ships": 6, "missing": "points: 3", "tasks": "12, 13，14"}
    tasks = {"round": 1, "method": "tasks", "late.per": "day", "settings": "late.points: 0.5"}
    assert read_book(a_book(tmp_path / "s.xlsx", 考核项=[item | tasks], 明细=())).tree["items"] == [
        {
            "id": "a",
            "points": {"streets": "5", "town.ships": "6"},
            "missing": {"points": "3"},
            "tasks": ["12", "13", "14"],
            "round": "1",
            "method": "tasks",
            "late": {"per": "day", "points": "0.5"},
        }
    ]


def test_each_part_has_rows_of_its_own_form(tmp_path: Path):
    rows = [
        {"node": "a", "part": "table", "key": "II", "points": 5},
        {"node": "c", "part": "table", "key": "II", "across": "up", "points": 5},
        {"node": "c", "part": "table", "key": "II", "across": "down", "points": 3},
        {"node": "c", "part": "table", "key": "III", "across": "up", "points": 1},
        {"node": "a", "part": "shares", "to": 0.2, "points": 10},
        {"node": "a", "part": "shares", "points": 4},
        {"node": "b", "part": "table", "points": 9},
        {"node": "b", "part": "table", "points": 4},
        {"node": "a", "part": "points_at", "x": 10, "points": 2},
        {"node": "a", "part": "figures", "figure": "pm25"},
        {"node": "a", "part": "coefficients", "key": "done", "value": 1},
        {"node": "a", "part": "obligations", "domain": "air"},
        {"node": "b", "part": "obligations"},
        {"node": "a", "part": "bands", "from": 90, "points": 3},
        {"node": "a", "part": "bands", "points": 0},
        {"node": "a", "part": "corrections", "when": "x", "keep": 0.4, "clause": "三"},
    ]
    items = read_book(a_book(tmp_path / "s.xlsx", 考核项=[{"id": "a"}, {"id": "b"}, {"id": "c"}], 明细=rows)).tree[
        "items"
    ]
    assert items == [
        {
            "id": "a",
            "table": {"II": "5"},
            "shares": [{"to": "20%", "points": "10"}, {"points": "4"}],
            "points_at": [["10", "2"]],
            "figures": ["pm25"],
            "coefficients": {"done": "1"},
            "obligations": {"domain": "air"},
            "bands": [{"from": "90", "points": "3"}, {"points": "0"}],
            "corrections": [{"when": "x", "keep": "40%", "clause": "三"}],
        },
        {"id": "b", "table": ["9", "4"], "obligations": {}},
        {"id": "c", "table": {"II": {"up": "5", "down": "3"}, "III": {"up": "1"}}},
    ]


def test_a_tie_break_by_a_figure_is_the_figure_and_which_way_it_parts(tmp_path: Path):
    rule = {"key": "ranking.tie_break", "value": "air, pm25 lower"}
    path = a_book(tmp_path / "s.xlsx", 总则=[*SHEET, rule])
    assert read_book(path).tree["ranking"] == {"tie_break": ["air", {"figure": "pm25", "better": "lower"}]}


def test_items_of_an_adjustment_name_it_as_their_parent(tmp_path: Path):
    award = {"parent": "extra", "id": "parks", "points": 5, "method": "award", "clause": "四"}
    bonus = {"id": "extra", "kind": "bonus", "clause": "三"}
    path = a_book(tmp_path / "s.xlsx", 考核项=[*ITEMS, award], 加减分=[bonus])
    items = [{"id": "parks", "points": "5", "method": "award", "clause": "四"}]
    assert read_book(path).tree["adjustments"] == [{**bonus, "items": items}]


def test_a_text_that_is_the_same_in_both_languages_is_one(tmp_path: Path):
    path = a_book(tmp_path / "s.xlsx", 总则=[*SHEET, {"key": "basis", "value.zh": "办法", "value.en": "办法"}])
    assert read_book(path).tree["basis"] == "办法"


def test_columns_of_remarks_are_the_authors_own(tmp_path: Path):
    path = tmp_path / "s.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("分组")
    page.write_row(0, 0, ["编号", "条件", "备注（内部）"])
    page.write_row(1, 0, ["id", "where"])
    page.write_row(2, 0, ["a", 'kind == "street"', "问过区里"])
    page.write_formula(3, 2, "=1+1")
    book.add_worksheet("说明").write(0, 0, "任何内容")
    book.add_worksheet("备注 2").write_formula(0, 0, "=1+1")
    book.close()
    found = read_book(path)
    assert (found.tree, found.flaws) == ({"groups": [{"id": "a", "where": 'kind == "street"'}]}, ())


def test_both_forms_load_alike(tmp_path: Path):
    path = a_book(tmp_path / "s.xlsx")
    (tmp_path / "s.yaml").write_text(
        "id: small\ntitle: {zh: 小表, en: Small}\nyear: 2026\nmissing: zero\n"
        "figures: {pm25: {kind: number, from: unit}, burns: {kind: count, from: unit}}\n"
        "items: [{id: air, points: 100, items: [\n"
        "  {id: air.pm25, points: 60, method: interpolate, figure: pm25, clause: 一, full_at: 30, zero_at: 50},\n"
        "  {id: air.burns, points: 40, method: deduct, clause: 二, lines: [{figure: burns, points: 5}]}]}]\n"
    )
    assert load_sheet(path).sheet == load_sheet(tmp_path / "s.yaml").sheet
