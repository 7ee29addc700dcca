from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import xlsxwriter

from tests.products.content import figures_in
from tests.products.digests import Digests, differences, digests_of, kept_digests, listed
from tests.products.making import products_of_sheets, products_of_year


def check_kept(beginning: str, products: Mapping[str, bytes]) -> None:
    """Fail with every product that is not what it was."""
    kept = kept_digests(beginning)
    found = differences(kept, digests_of(products, kept))
    assert found == [], f"\n{listed(found)}\nIf this is on purpose: make products; see docs/testing.md."


def test_what_the_commands_make_of_every_shipped_sheet_is_the_same_bytes_as_before(tmp_path: Path):
    check_kept("sheets/", products_of_sheets(tmp_path))


def test_what_the_service_makes_of_a_year_up_to_its_archive_is_the_same_bytes_as_before(tmp_path: Path):
    check_kept("year/", products_of_year(tmp_path))


def test_differences_tell_other_figures_from_other_words_and_name_what_may_never_change():
    frozen = ("year/runs.json", "year/kept/run-inputs/sources.csv")
    kept = {name: Digests("a", "1") for name in ("words", "figures", "gone", *frozen, "same")}
    made = {
        **kept, "words": Digests("b", "1"), "figures": Digests("b", "2"), "added": Digests("c", "3"),
        **dict.fromkeys(frozen, Digests("b", "1")),
    }  # fmt: skip
    del made["gone"]

    found = differences(kept, made)

    assert listed(found).splitlines() == [
        "new: added",
        "other figures: figures",
        "no longer made: gone",
        "the same figures, other words or looks: words",
        "the same figures, other words or looks: year/kept/run-inputs/sources.csv",
        "the same figures, other words or looks (this must never change): year/runs.json",
    ]


def test_figures_are_the_numbers_without_words_digests_and_check_codes(tmp_path: Path):
    book = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(book) as made:
        made.add_worksheet().write_row(0, 0, ["得分 Score", 12.5, "第3名"])
    text = "总分 96.75, change −0.5; sha256:00ff00ff00ff00ff 42SK-SPVW-DN6D PM2.5".encode()

    assert figures_in(text).splitlines() == ["96.75", "−0.5"]
    assert figures_in(book.read_bytes()).splitlines() == ["12.5", "3"]
