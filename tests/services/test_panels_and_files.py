"""A judged figure has two ways in, a panel and the department's file: while a panel sits, only the panel."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.evidence.verdicts import CheckList
from assess.core.workflow import Imported
from assess.services import imports
from assess.services.documents import UploadedFile
from assess.services.imports.templates import evidence_template
from assess.store.session import Database
from tests.services.forms import year_2026
from tests.services.imports import a_worker, page, work
from tests.services.panels import KEEPER, a_year_with_a_panel, close, counting, give, name, remove
from tests.years import CHAOWAI, JIANWAI, NOW


def a_file(*lines: str) -> UploadedFile:
    """A CSV with the points of streets, and one figure besides that no panel judges."""
    text = "\n".join(["单位,双碳工作评审组评分,公共机构能耗限额", *lines])
    return UploadedFile("points.csv", text.encode("utf-8-sig"))


def send(database: Database, actor: Actor, folder: Path, document: UploadedFile) -> int:
    """The number of a file that the department uploaded and that was checked."""
    with database.writing() as session:
        row = imports.upload_import(
            session, actor, cycle=year_2026(session), department="development-reform", document=document,
            folder=folder, now=NOW,
        ).id  # fmt: skip
    work(database, folder)
    return row


def take(database: Database, actor: Actor, row: int) -> None:
    """Ask for a file to be accepted as it is seen now."""
    seen = page(database, actor, row).row.version
    with database.writing() as session:
        imports.accept_import(session, actor, cycle=year_2026(session), row=row, seen=seen, now=NOW)


def test_without_a_panel_the_department_supplies_the_points_and_the_mean_comes_after_them(
    database: Database, tmp_path: Path
):
    people = a_year_with_a_panel(database, ())
    take(database, people[KEEPER], send(database, people[KEEPER], tmp_path, a_file("建外街道,4.5,", "朝外街道,3,")))
    work(database, tmp_path)
    assert counting(database) == {JIANWAI: "4.5 import", CHAOWAI: "3.0 import"}

    name(database, people[KEEPER], people["zhao"].account, people["qian"].account)
    give(database, people["zhao"], {CHAOWAI: "5"})
    assert counting(database) == {JIANWAI: "4.5 import", CHAOWAI: "3.0 import"}
    give(database, people["qian"], {CHAOWAI: "4"})

    assert counting(database) == {JIANWAI: "4.5 import", CHAOWAI: "4.5"}


def test_while_a_panel_sits_a_file_with_other_points_is_refused_at_the_cell(database: Database, tmp_path: Path):
    people = a_year_with_a_panel(database, ("zhao",))
    give(database, people["zhao"], {JIANWAI: "4.5"})

    row = send(database, people[KEEPER], tmp_path, a_file("建外街道,4.5,90", "朝外街道,3,80"))

    flawed = page(database, people[KEEPER], row, CheckList.FLAWS)
    assert flawed.row.state is Imported.FLAWED
    assert [(each.cell, each.what.en) for each in flawed.lines] == [
        ("B3", "A panel gives the points of Panel's mark for low-carbon work. Clear this cell.")
    ]
    row = send(database, people[KEEPER], tmp_path, a_file("建外街道,4.5,90", "朝外街道,,80"))
    take(database, people[KEEPER], row)
    work(database, tmp_path)
    assert counting(database) == {JIANWAI: "4.5"}


def test_a_file_that_was_checked_before_a_panel_was_named_is_not_accepted(database: Database, tmp_path: Path):
    people = a_year_with_a_panel(database, ())
    row = send(database, people[KEEPER], tmp_path, a_file("朝外街道,3,80"))
    waiting = send(database, people[KEEPER], tmp_path, a_file("朝外街道,2,80"))
    take(database, people[KEEPER], waiting)
    name(database, people[KEEPER], people["zhao"].account)

    with pytest.raises(Refused, match="After the check, a panel was appointed to give the points of Panel's mark"):
        take(database, people[KEEPER], row)
    a_worker(database, tmp_path).work_on_one()

    put_back = page(database, people[KEEPER], waiting)
    assert put_back.row.state is Imported.CHECKED
    assert [each.en.partition(" the points")[0] for each in put_back.notes] == [
        "After the check, a panel was appointed to give"
    ]
    assert counting(database) == {}
    remove(database, people[KEEPER], people["zhao"])
    take(database, people[KEEPER], row)


def test_the_workbook_bars_what_a_panel_judges(database: Database):
    people = a_year_with_a_panel(database, ("zhao", "qian"))
    give(database, people["zhao"], {JIANWAI: "4.5"})
    close(database, people[KEEPER])

    with database.reading() as session:
        data = evidence_template(
            session, people[KEEPER], cycle=year_2026(session), department="development-reform", language="en", now=NOW
        )

    sheet = openpyxl.load_workbook(BytesIO(data))["Data"]
    (column,) = (cell.column for cell in sheet[1] if str(cell.value).startswith("Panel's mark"))
    cells = {row[0].value: row[column - 1] for row in sheet.iter_rows(3)}
    assert {unit: (cell.value, bool(cell.protection.locked)) for unit, cell in cells.items()} == {
        JIANWAI: (4.5, False), CHAOWAI: (None, True), "110105003": (None, True),
    }  # fmt: skip
