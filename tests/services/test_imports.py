from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from assess.core.actors import Role
from assess.core.errors import NotAllowed, NotFound, Refused
from assess.core.evidence.verdicts import NOTHING_TO_ACCEPT, CheckList
from assess.core.workflow import Imported, Stage
from assess.services import imports
from assess.services.accounts import Duty
from assess.services.documents import UploadedFile
from assess.services.imports import ImportPage, ProposalLine
from assess.store.models import Value
from assess.store.session import Database
from tests.queries import counted
from tests.services.imports import (
    DEPARTMENT,
    FIRST,
    OF_FIRST,
    QUOTA,
    RATE,
    a_book,
    a_water_year,
    accept,
    accepted,
    checked,
    page,
    page_in,
    the_cycle,
    upload,
    values,
    work,
)
from tests.years import JIANWAI, NOW, a_person

LATE = datetime(2026, 12, 21, 2, 0, tzinfo=UTC)
"""The day after verifying ended."""


@pytest.fixture
def folder(instance: Path) -> Path:
    return instance / "uploads"


def shown(found: ImportPage) -> list[tuple[str, str, str | None, str]]:
    """The values on a page: unit, new, old and where it stands."""
    lines = [line for line in found.lines if isinstance(line, ProposalLine)]
    return [(each.unit.en, each.new.en, each.old and each.old.en, each.row.place) for each in lines]


def test_a_file_is_checked_previewed_and_accepted_with_its_cells(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    row = checked(database, evaluator, folder, a_book(*FIRST))

    before = page(database, evaluator, row)
    assert (before.row.state, before.shown, before.counts[CheckList.NEW]) == (Imported.CHECKED, CheckList.NEW, 3)
    assert shown(before) == [
        ("Jianwai Subdistrict", "95.5", None, "数据!B2"),
        ("Chaowai Subdistrict", "96", None, "数据!B3"),
        ("Jianwai Subdistrict", "800", None, "数据!C2"),
    ]
    assert values(database) == {}

    accept(database, evaluator, row)
    assert page(database, evaluator, row).row.state is Imported.ACCEPTING
    work(database, folder)

    assert page(database, evaluator, row).row.state is Imported.ACCEPTED
    assert values(database) == OF_FIRST


def test_a_file_with_flaws_keeps_nothing_and_comes_back_marked(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    row = checked(database, evaluator, folder, a_book(["建外街道", "many", 800], ["不存在街道", 96, None]))

    found = page(database, evaluator, row)
    assert (found.row.state, found.counts) == (Imported.FLAWED, {CheckList.FLAWS: 2})
    assert [(each[0], each[1]) for each in found.lines] == [("数据", "B2"), ("数据", "A3")]
    with database.reading() as session:
        sent = imports.marked_of(session, evaluator, cycle=the_cycle(session), row=row, folder=folder)
    assert sent.name == "water-marked.xlsx"
    assert sent.path.read_bytes().startswith(b"PK")
    assert values(database) == {}
    with pytest.raises(Refused):
        accept(database, evaluator, row)


def test_a_file_that_is_no_workbook_has_one_flaw_and_no_marks(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    row = checked(database, evaluator, folder, UploadedFile("water.xlsx", b"\x89PNG\r\n\x1a\nnothing"))

    found = page(database, evaluator, row)
    assert (found.row.state, found.counts, found.row.marked) == (Imported.FLAWED, {CheckList.FLAWS: 1}, None)


def test_a_sheet_that_is_not_read_is_named_on_top_of_the_page_and_among_the_warnings(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    book = load_workbook(BytesIO(a_book(*FIRST).data))
    book.create_sheet("联系人").append(["单位", "电话"])
    made = BytesIO()
    book.save(made)
    row = checked(database, evaluator, folder, UploadedFile("water.xlsx", made.getvalue()))

    found = page(database, evaluator, row, CheckList.WARNINGS)
    assert (found.row.state, [each[0] for each in found.lines]) == (Imported.CHECKED, ["联系人"])
    assert [note.zh for note in found.notes] == [
        "以下工作表没有读取：联系人。如有数据，请补上“单位”和数据项的表头后重新上传。"
    ]


def test_a_second_file_shows_old_and_new_and_leaves_the_unchanged_alone(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    accepted(database, evaluator, folder, a_book(*FIRST))
    with database.reading() as session:
        first = {each.id for each in session.scalars(select(Value))}
    row = checked(database, evaluator, folder, a_book(["建外", 95.5, 850], ["八里庄", 90, None], name="again.xlsx"))

    changed = page(database, evaluator, row, CheckList.CHANGED)
    assert {each: changed.counts[each] for each in (CheckList.NEW, CheckList.CHANGED, CheckList.UNCHANGED)} == {
        CheckList.NEW: 1,
        CheckList.CHANGED: 1,
        CheckList.UNCHANGED: 1,
    }
    (line,) = changed.lines
    assert isinstance(line, ProposalLine)
    assert (line.new.en, line.old and line.old.en, line.row.old_by, line.row.old_file) == (
        "850",
        "800",
        "evaluator",
        "water.xlsx",
    )

    accept(database, evaluator, row)
    work(database, folder)
    assert values(database) == {
        **OF_FIRST,
        (JIANWAI, QUOTA, "2026"): 850_000_000,
        ("110105015", RATE, "2026"): 90_000_000,
    }
    with database.reading() as session:
        assert len({each.id for each in session.scalars(select(Value))} - first) == 2


def test_the_same_file_again_is_said_to_change_nothing(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    accepted(database, evaluator, folder, a_book(*FIRST))
    row = checked(database, evaluator, folder, a_book(*FIRST))

    found = page(database, evaluator, row)
    assert [note.en for note in found.notes] == [
        "All 3 values in this file are already on record. It was uploaded before, and there is nothing to accept."
    ]
    assert (found.may_accept, found.may_discard, found.row.label) == (False, True, NOTHING_TO_ACCEPT)
    with database.reading() as session:
        _year, lines = imports.departments_page(session, evaluator, cycle=the_cycle(session), now=NOW)
    assert [(line.last and line.last.id, line.waiting) for line in lines] == [(row, ())]
    with pytest.raises(Refused, match="nothing to accept"):
        accept(database, evaluator, row)


def test_what_is_asked_and_nobody_has_is_listed_as_missing(database: Database, folder: Path):
    evaluator = a_water_year(database, units=2)["evaluator"]
    row = checked(database, evaluator, folder, a_book(*FIRST))

    found = page(database, evaluator, row, CheckList.MISSING)
    with database.reading() as session:
        every = imports.import_page(
            session, evaluator, cycle=the_cycle(session), row=row, show=CheckList.MISSING, size=500, now=NOW
        )
    missing = {(each.unit.en, each.figure.en, each.period and each.period.en) for each in every.lines}  # type: ignore[union-attr]
    assert len(missing) == len(every.lines) == found.counts[CheckList.MISSING] == found.row.found["missing"]
    assert ("Chaowai Subdistrict", "Water use allowed in the year", None) in missing
    assert ("Jianwai Subdistrict", "Water use allowed in the year", None) not in missing
    assert ("Jianwai Subdistrict", "Water used", "quarter 2") in missing


def test_a_suspicious_value_is_explained_before_anything_is_accepted(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    names = ["朝外", "呼家楼", "三里屯", "左家庄", "香河园", "和平街", "安贞", "亚运村"]
    rows = [[name, 95 + place / 10, None] for place, name in enumerate(names)]
    row = checked(database, evaluator, folder, a_book(*rows, ["建外", 1, None]))

    found = page(database, evaluator, row, CheckList.DOUBTFUL)
    (line,) = found.lines
    assert isinstance(line, ProposalLine)
    assert (line.unit.en, line.new.en, found.unexplained) == ("Jianwai Subdistrict", "1", 1)
    assert line.row.doubt is not None
    assert line.row.doubt.en == (
        "the median of 9 units is 95.3, half of them are between 95.05 and 95.55, this is 1, "
        "about 1/100 of the median of the units (95.3%): check whether a share, such as "
        "0.965 for 96.5%, was entered"
    )
    with pytest.raises(Refused, match="Unusual values without an explanation: 1"):
        accept(database, evaluator, row)

    with database.writing() as session:
        said = {"cycle": the_cycle(session), "row": row, "seen": {line.row.id: ""}, "now": NOW}
        assert imports.explain(session, evaluator, words={line.row.id: " "}, **said) == 0
        assert imports.explain(session, evaluator, words={line.row.id: " 管网改造 "}, **said) == 1
        with pytest.raises(Refused) as overtaken:
            imports.explain(session, evaluator, words={line.row.id: "另一说明"}, **said)
        assert overtaken.value.fields[f"explain-{line.row.id}"].zh == (
            "您打开本页后，其他人已填写“管网改造”，您的说明尚未保存。如仍需使用您的说明，请再保存一次。"
        )
        assert imports.explain(session, evaluator, words={line.row.id: ""}, **said) == 0
    accept(database, evaluator, row)
    work(database, folder)
    with database.reading() as session:
        kept = session.scalars(select(Value).where(Value.unit == JIANWAI)).one()
        assert (kept.millionths, kept.explanation) == (1_000_000, "管网改造")


def test_what_was_explained_once_stays_explained_in_the_corrected_file(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    names = ["朝外", "呼家楼", "三里屯", "左家庄", "香河园", "和平街", "安贞", "亚运村"]
    rows = [[name, 95 + place / 10, None] for place, name in enumerate(names)]
    first = checked(database, evaluator, folder, a_book(*rows, ["建外", 9.5, None]))
    with database.writing() as session:
        imports.explain_all(session, evaluator, cycle=the_cycle(session), row=first, words="核对无误", now=NOW)
    second = checked(database, evaluator, folder, a_book(*rows, ["建外", 9.5, 700]))

    assert page(database, evaluator, second).unexplained == 0


def test_nobody_supplies_figures_after_the_last_day(database: Database, folder: Path):
    people = a_water_year(database, stage=Stage.VERIFYING)
    with pytest.raises(Refused, match="Submission of department data closed on 2026-12-20"):
        upload(database, people["evaluator"], folder, a_book(*FIRST), now=LATE)


def test_figures_of_a_department_are_its_own_and_the_offices(database: Database, folder: Path):
    people = a_water_year(database)
    with database.writing() as session:
        stranger = a_person(session, "stranger", Duty(Role.EVALUATOR, department="ecology-bureau"))
    for actor in (people[JIANWAI], people["leader"], stranger):
        with pytest.raises(NotAllowed):
            upload(database, actor, folder, a_book(*FIRST))
    row = upload(database, people["office"], folder, a_book(*FIRST))
    with pytest.raises(NotFound):
        page(database, stranger, row)


def test_a_file_put_aside_while_it_is_checked_stays_aside(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    row = upload(database, evaluator, folder, a_book(*FIRST))
    with database.writing() as session:
        seen = page_in(session, evaluator, row).row.version
        imports.discard_import(session, evaluator, cycle=the_cycle(session), row=row, seen=seen, now=NOW)
    work(database, folder)

    found = page(database, evaluator, row)
    assert (found.row.state, found.counts) == (Imported.DISCARDED, {})


def test_no_page_asks_more_than_a_few_queries(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    row = accepted(database, evaluator, folder, a_book(*FIRST))
    for show in (CheckList.NEW, CheckList.MISSING):
        with counted(database) as asked:
            page(database, evaluator, row, show)
        assert len(asked) <= 9
    with counted(database) as asked, database.reading() as session:
        cycle = the_cycle(session)
        imports.department_page(session, evaluator, cycle=cycle, department=DEPARTMENT, now=NOW)
    assert len(asked) <= 8
