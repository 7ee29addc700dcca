"""Readings of the format that were settled after they had been read in two ways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from assess.core.rules.sheet import digest_of
from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.book_writer import write_book
from tests.builders import COEFFICIENTS, a_sheet, a_tree, a_unit, an_item, refused, score

BARE = {"id": "tasks", "title": "Tasks", "year": "2026"}
TASKS = an_item("tasks", obligations={}, coefficients={name: str(each) for name, each in COEFFICIENTS.items()},
                points="10", missing="zero")  # fmt: skip
OK = {"ok": {"kind": "yes-no"}}
NO_AMOUNT = (
    "“ok” is a yes/no figure and cannot be measured. Use `done`, or a formula figure that turns it into a number."
)


def test_a_sheet_may_have_no_figures_in_whatever_way_it_says_so(tmp_path: Path):
    digests = []
    for number, figures in enumerate(({}, {"figures": None}, {"figures": {}})):
        path = tmp_path / f"{number}.yaml"
        path.write_text(yaml.safe_dump(BARE | figures | {"items": [TASKS]}), encoding="utf-8")
        loaded = load_sheet(path)
        assert loaded.checked() == []
        digests.append(digest_of(loaded.sheet))
    write_book(loaded.sheet, tmp_path / "empty.xlsx")
    book = openpyxl.load_workbook(tmp_path / "empty.xlsx")
    del book["数据项"]
    book.save(tmp_path / "none.xlsx")
    for name in ("empty.xlsx", "none.xlsx"):
        loaded = load_sheet(tmp_path / name)
        assert loaded.checked() == []
        digests.append(digest_of(loaded.sheet))

    assert digests == digests[:1] * 5
    outcome = score(loaded.sheet, {"a": a_unit(**{"item.done": 3, "item.none": 1})})
    assert outcome.points() == {"a": 7.5}


@pytest.mark.parametrize(
    ("keep", "flaws"),
    [
        ("140%", ["items.0.corrections.0.keep: “140%” is too large. At most 100% is allowed."]),
        ("-10%", ["items.0.corrections.0.keep: “-10%” must not be negative."]),
        ("0%", []),
        ("100%", []),
    ],
)
def test_what_a_correction_keeps_is_a_share_from_nothing_to_everything(keep: str, flaws: list[str]):
    assert refused(an_item(corrections=[{"when": "panel > 0", "keep": keep, "clause": "1"}])) == flaws


@pytest.mark.parametrize(
    "keys",
    [
        {"method": "ratio", "target": 1, "better": "higher"},
        {"method": "interpolate", "full_at": 1, "zero_at": 0},
        {"method": "bands", "bands": [{"from": 1, "points": 10}, {"points": 0}]},
        {"method": "rank", "better": "higher", "step": 1},
        {"method": "relative", "better": "higher", "to": "best"},
        {"method": "spread", "better": "higher"},
        {"method": "normalise", "how": "percentile-rank", "better": "higher"},
    ],
    ids=lambda keys: keys["method"],
)
def test_a_yes_or_no_is_no_amount_that_a_method_could_measure(keys: dict[str, Any]):
    method = keys.pop("method")

    assert refused(an_item(method, figure="ok", **keys), figures=OK) == [f"items.0.figure: {NO_AMOUNT}"]


def test_a_yes_or_no_is_no_target_but_serves_in_lines_conditions_and_formulas():
    ratio = an_item("ratio", figure="x", target="ok", better="higher")
    items = [
        an_item("deduct", id="line", lines=[{"figure": "ok", "points": 3, "partial": "up"}]),
        an_item("formula", id="sum", points_from="ok + 1"),
        an_item("done", id="when", when="x"),
    ]

    assert refused(ratio, figures=OK) == [f"items.0.target: {NO_AMOUNT}"]
    sheet = a_sheet(*items, figures={**OK, "x": {}})
    assert score(sheet, a_unit(ok="yes", x=2)).totals == {"a": "19.00"}
    assert score(sheet, a_unit(ok="no", x=0)).totals == {"a": "11.00"}


def test_a_number_of_too_many_digits_is_told_as_that():
    told = f"“{'1' * 39}…” has too many digits. At most 40 are allowed. Shorten it."

    assert refused(an_item(points="1" * 50)) == [f"items.0.points: {told}"]
    assert refused(an_item("ratio", figure="x", target="1" * 50, better="higher")) == [f"items.0.target: {told}"]
    assert a_tree(an_item())["items"][0]["points"] == "10"


def test_a_stated_score_and_a_full_mark_are_printed_and_added_as_stated():
    items = [
        an_item(id="a", figure="x", points=20, missing={"points": "6.666"}),
        an_item(id="b", figure="y", points="10.125", applies="river", not_applicable="full"),
        an_item(id="c", figure="z", points=20, missing={"points": 6}),
    ]
    outcome = score(a_sheet(*items, rounding={"item": 1, "total": 3}), a_unit(river=False))

    assert [outcome.lines.of(node).scores for node in "abc"] == [["6.666"], ["10.125"], ["6.0"]]
    assert outcome.totals == {"a": "22.791"}
