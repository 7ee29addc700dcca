"""One mistake in a workbook is told once, at its cause, whatever follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from assess.files.rule_sheets import load_sheet
from tests.files.rule_sheets.books import FIGURES, ITEMS, ROWS, SHEET, Rows, a_book, found_in

AIR, PM25, BURNS = ITEMS
NUMBER, COUNT = FIGURES
(LINE,) = ROWS


def renamed(rows: Rows, old: str, new: str) -> Rows:
    """The rows with another name for a column."""
    return [{new if key == old else key: value for key, value in row.items()} for row in rows]


@pytest.mark.parametrize(
    ("tabs", "told"),
    [
        ({"考核项": renamed(ITEMS, "points", "poinst")},
         "考核项!C2: There is no key “poinst”. Did you mean “points”?"),
        ({"数据项": renamed(FIGURES, "kind", "kinds")},
         "数据项!B2: There is no key “kinds”. Did you mean “kind”?"),
        ({"考核项": [{**AIR, "id": "aire"}, PM25, BURNS]},
         "考核项!A4: There is no section or adjustment air. Did you mean “aire”? (Also at A5.)"),
        ({"考核项": [AIR, *({**row, "parent": "aire"} for row in (PM25, BURNS))]},
         "考核项!A4: There is no section or adjustment aire. Did you mean “air”? (Also at A5.)"),
        ({"数据项": [{**NUMBER, "id": "pm52"}, COUNT]},
         "考核项!E4: There is no figure “pm25”. Did you mean “pm52”?"),
        ({"考核项": [AIR, {**PM25, "figure": "pm52"}, BURNS]},
         "考核项!E4: There is no figure “pm52”. Did you mean “pm25”?"),
        ({"明细": [{**LINE, "node": "air.burn"}]},
         "明细!A3: There is no item air.burn. Did you mean “air.burns”?"),
        ({"明细": [{**LINE, "part": "line"}]},
         "明细!B3: There is no part line. Did you mean “lines”?"),
        ({"考核项": [AIR, {**PM25, "settings": "full_at 30\nzero_at: 50"}, BURNS]},
         "考核项!F4: full_at 30 must be written as `key: value`, one per line."),
        ({"总则": SHEET[:3]},
         "考核项!B4: The sheet does not say what a missing value means. Add `missing` (zero, exclude, block or points)."
         " (Also at B5.)"),
        ({"考核项": [*ITEMS, BURNS]},
         "考核项!B6: The ID “air.burns” appears twice. Change one of them."),
        ({"部门": [{"id": "urban"}], "数据项": [{**row, "from": "urbn"} for row in FIGURES]},
         "数据项!C3: There is no department “urbn”. Did you mean “urban”? (Also at C4.)"),
    ],
)  # fmt: skip
def test_what_follows_from_a_mistake_is_not_told_beside_it(tabs: Mapping[str, Rows], told: str, tmp_path: Path):
    assert found_in(a_book(tmp_path / "s.xlsx", **tabs)) == [told]


@pytest.mark.parametrize(
    ("old", "new", "rows"), [("数据项", "数据", FIGURES), ("考核项", "考核", ITEMS), ("明细", "明", ROWS)]
)
def test_a_tab_that_is_misspelt_is_told_without_what_it_would_hold(old: str, new: str, rows: Rows, tmp_path: Path):
    (told,) = found_in(a_book(tmp_path / "s.xlsx", **{old: (), new: rows}))

    assert told.startswith(f"{new}: A rule sheet has no sheet {new}. Did you mean “{old}”?")


def test_two_mistakes_are_two_flaws_and_many_cells_are_cut_short(tmp_path: Path):
    wrong = [{**PM25, "id": f"i{number}", "points": "many"} for number in range(13)]
    path = a_book(tmp_path / "s.xlsx", 考核项=[{**AIR, "cap": "much"}, *wrong, BURNS])

    cap, points = (flaw.localized("zh").removeprefix(f"{path}:") for flaw in load_sheet(path).checked())
    assert cap == "考核项!D3: “much”不是数字，请写成7.5、30%或2/3的形式。"
    assert points == (
        "考核项!C4: “many”不是数字，请写成7.5、30%或2/3的形式。（C5、C6、C7、C8、C9、C10、C11、C12、C13、C14、…也是）"
    )
