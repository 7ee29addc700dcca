from __future__ import annotations

import dataclasses
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from assess.core.actors import Actor, Role
from assess.core.errors import NotFound
from assess.core.workflow import Stage
from assess.files.evidence_book.surroundings import Surroundings
from assess.services import imports
from assess.services.documents import UploadedFile, keep_document
from assess.services.imports import SourcePage
from assess.services.previous import accept_figures
from assess.store.models import Value
from assess.store.session import Database
from tests.queries import counted
from tests.services.imports import FIRST, HEAD, QUOTA, RATE, a_book, a_water_year, accepted, the_cycle, undo
from tests.years import CHAOWAI, JIANWAI, NOW

CASES = "sections_improved"


@pytest.fixture
def folder(instance: Path) -> Path:
    return instance / "uploads"


def number_of(database: Database, unit: str = JIANWAI, figure: str = QUOTA, *, newest: bool = True) -> int:
    """The number of a value, the newest or the first of its kind."""
    with database.reading() as session:
        query = select(Value.id).where(Value.unit == unit, Value.figure == figure).order_by(Value.id)
        return list(session.scalars(query))[-1 if newest else 0]


def source(database: Database, actor: Actor, folder: Path, value: int) -> SourcePage:
    """Where a value comes from, as somebody sees it."""
    with database.reading() as session:
        return imports.source_of(session, actor, cycle=the_cycle(session), value=value, folder=folder)


def drawn(around: Surroundings | None) -> list[list[str]]:
    """What stands around a cell as lines of a sheet: letters of columns, then rows with their numbers."""
    assert around is not None
    return [["", *(each.name for each in around.columns)], *([str(row.number), *row.texts] for row in around.rows)]


def with_cases() -> UploadedFile:
    """A workbook with a count and its cases."""
    book = Workbook()
    data = book.active
    assert data is not None
    data.title = "数据"
    for row in (["单位", "水质类别提升断面"], ["建外街道", 2]):
        data.append(row)
    details = book.create_sheet("明细")
    for row in (
        ["单位", "数据项", "日期", "地点", "情况", "照片编号"],
        ["建外街道", "水质类别提升断面", date(2026, 3, 5), "通惠河一号断面", "由四类升为三类", "IMG_1"],
        ["建外街道", "水质类别提升断面", date(2026, 6, 1), "通惠河二号断面", "由五类升为四类", None],
    ):
        details.append(row)
    made = BytesIO()
    book.save(made)
    return UploadedFile("cases.xlsx", made.getvalue())


def test_a_value_shows_its_cell_with_what_stands_around_it(database: Database, folder: Path):
    people = a_water_year(database)
    accepted(database, people["evaluator"], folder, a_book(*FIRST))
    value = number_of(database)

    with counted(database) as asked:
        seen = source(database, people["evaluator"], folder, value)
    assert len(asked) <= 6 + 1
    assert (seen.value.place, seen.sees_file, seen.gone) == (("数据", 2, 3), True, None)
    assert drawn(seen.surroundings) == [
        ["", "A", "B", "C"],
        ["1", "单位", "污水收集处理率", "年度用水总量指标"],
        ["2", "建外街道", "95.5", "800"],
        ["3", "朝外街道", "96%", ""],
        ["4", "", "", ""],
    ]
    assert source(database, people["office"], folder, value).surroundings == seen.surroundings


def test_an_official_sees_the_row_of_the_own_unit_and_the_headings_and_nothing_of_any_other(
    database: Database, folder: Path
):
    people = a_water_year(database)
    rows = [["双井街道", 93, 700, None], *([unit, *rest, None] for unit, *rest in FIRST), ["三里屯街道", 94, 600, None]]
    notes = ["朝外街道去年九十七", None, None, "三里屯街道数据待核"]
    accepted(
        database, people["evaluator"], folder,
        a_book(*[[*row[:3], note] for row, note in zip(rows, notes, strict=True)], head=[*HEAD, "备注"]),
    )  # fmt: skip
    value = number_of(database)

    seen = source(database, people[JIANWAI], folder, value)
    assert (seen.sees_file, seen.sees_figure) == (False, False)
    assert drawn(seen.surroundings) == [
        ["", "A", "B", "C", "D"],
        ["1", "单位", "污水收集处理率", "年度用水总量指标", "备注"],
        ["3", "建外街道", "95.5", "800", ""],
    ]
    assert [row.skips for row in seen.surroundings.rows] == [False, True]  # type: ignore[union-attr]
    with pytest.raises(NotFound), database.reading() as session:
        imports.source_of(session, people[CHAOWAI], cycle=the_cycle(session), value=value, folder=folder)
    with pytest.raises(NotFound), database.reading() as session:
        imports.source_file(session, people[JIANWAI], cycle=the_cycle(session), value=value, folder=folder)


def test_a_department_sees_neither_values_nor_files_of_another(database: Database, folder: Path):
    people = a_water_year(database)
    accepted(database, people["evaluator"], folder, a_book(*FIRST))
    value = number_of(database)
    stranger = dataclasses.replace(people["evaluator"], account=99, departments=frozenset({"ecology-bureau"}))

    with database.reading() as session:
        cycle = the_cycle(session)
        for ask in (imports.source_of, imports.source_file):
            with pytest.raises(NotFound):
                ask(session, stranger, cycle=cycle, value=value, folder=folder)
        with pytest.raises(NotFound):
            imports.figure_page(session, stranger, cycle=cycle, figure=QUOTA)
        assert imports.unit_page(session, stranger, cycle=cycle, unit=JIANWAI).lines == []
        sent = imports.source_file(session, people["office"], cycle=cycle, value=value, folder=folder)
    assert (sent.name, sent.path.read_bytes()[:2]) == ("water.xlsx", b"PK")


def test_last_years_figures_show_their_cell_and_the_whole_file_to_the_office_alone(database: Database, folder: Path):
    people = a_water_year(database, stage=Stage.PREPARING)
    text = f"unit,figure,period,value\n{CHAOWAI},{QUOTA},,700\n{JIANWAI},{QUOTA},,750\n{JIANWAI},pm25,2025-01,35\n"
    office, document = people["office"], UploadedFile("before.csv", text.encode())
    with database.writing() as session:
        keep_document(session, office, folder=folder, document=document, now=NOW)
        accept_figures(session, office, cycle=the_cycle(session), document=document, now=NOW)
    value = number_of(database)

    heading, own = ["unit", "figure", "period", "value"], [JIANWAI, QUOTA, "", "750"]
    of_office = source(database, office, folder, value)
    assert [row[1:] for row in drawn(of_office.surroundings)[1:3]] == [
        heading[1:], [QUOTA, "", "700"],
    ]  # fmt: skip
    for actor in (people["evaluator"], people[JIANWAI]):
        seen = source(database, actor, folder, value)
        assert [row[1:] for row in drawn(seen.surroundings)[1:]] == [heading[1:], own[1:]]
        assert not seen.sees_file


def test_the_cases_that_a_count_counts_are_told_with_date_place_and_photo(database: Database, folder: Path):
    people = a_water_year(database)
    accepted(database, people["evaluator"], folder, with_cases())

    seen = source(database, people[JIANWAI], folder, number_of(database, figure=CASES))
    assert [(each.day, each.location, each.photo, each.place) for each in seen.occurrences] == [
        (date(2026, 3, 5), "通惠河一号断面", "IMG_1", "明细!B2"),
        (date(2026, 6, 1), "通惠河二号断面", "", "明细!B3"),
    ]


def test_what_stood_before_is_told_and_what_an_undone_file_brought(database: Database, folder: Path):
    people = a_water_year(database)
    evaluator = people["evaluator"]
    accepted(database, evaluator, folder, a_book(*FIRST))
    later = accepted(database, evaluator, folder, a_book(["建外街道", None, 900], name="later.xlsx"))
    first, second = number_of(database, newest=False), number_of(database)

    def told(value: int) -> list[tuple[Any, ...]]:
        history = source(database, people[JIANWAI], folder, value).history
        return [(each.row.millionths, each.row.file_name, each.row.counts_now, each.row.undone) for each in history]

    before, after = (800_000_000, "water.xlsx", False, False), (900_000_000, "later.xlsx", True, False)
    assert told(first) == told(second) == [after, before]
    undo(database, evaluator, later)
    back = (800_000_000, "water.xlsx", True, False)
    gone = (900_000_000, "later.xlsx", False, True)
    assert told(first) == told(second) == told(number_of(database)) == [back, gone, before]


def test_a_file_that_is_gone_is_said_to_be(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    accepted(database, evaluator, folder, a_book(*FIRST))
    for kept in folder.rglob("*"):
        if kept.is_file():
            kept.unlink()

    seen = source(database, evaluator, folder, number_of(database))
    assert seen.surroundings is None
    assert seen.gone is not None
    assert seen.gone.en == "The file is no longer on the server. Contact the assessment office."


def test_a_unit_reads_what_departments_supplied_about_it(database: Database, folder: Path):
    people = a_water_year(database)
    accepted(database, people["evaluator"], folder, a_book(*FIRST))
    both = dataclasses.replace(people[JIANWAI], roles=frozenset({Role.OFFICIAL, Role.LEADER}))

    with database.reading() as session:
        cycle = the_cycle(session)
        page = imports.unit_page(session, both, cycle=cycle, unit=JIANWAI)
        assert [(each.row.figure, each.row.place) for each in page.lines] == [(RATE, "数据!B2"), (QUOTA, "数据!C2")]
        assert page.count == 2
        with pytest.raises(NotFound):
            imports.unit_page(session, both, cycle=cycle, unit=CHAOWAI)
