"""The workbook of a department with what stands in the database: whose it is, and what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import delete, update

from assess.core.actors import Actor, Role
from assess.core.errors import NotAllowed, NotFound
from assess.core.figures.entry import MILLION
from assess.core.text import Language
from assess.core.workflow import Imported, Reported
from assess.services.accounts import Duty
from assess.services.documents import UploadedFile
from assess.services.imports import import_page, upload_import
from assess.services.imports.pages import EMPTY, UNCHANGED
from assess.services.imports.templates import evidence_template
from assess.store.models import Batch, Exemption, Import, Occurrence, Upload, Value
from assess.store.session import Database, Session
from tests.queries import counted
from tests.services.forms import an_open_year, year_2026
from tests.services.imports import work_whatever_waits
from tests.years import CHAOWAI, JIANWAI, NOW, a_person

URBAN = "urban-management"


def a_department(database: Database) -> dict[str, Actor]:
    """An open year of three streets, its people, and `urban` of a department."""
    people = an_open_year(database)
    with database.writing() as session:
        people["urban"] = a_person(session, "urban", Duty(Role.EVALUATOR, department=URBAN))
    return people


def supplied(session: Session, values: Mapping[tuple[str, str, str], str], *, remark: str = "", back: int = 0) -> None:
    """An accepted file with these values, and for a count one row an occurrence; `back` values count no more."""
    cycle = year_2026(session)
    digest = f"{remark or 'file'}{back}".ljust(64, "0")
    session.add(Upload(sha256=digest, size=1, kind="xlsx", first_name="a.xlsx", kept_by=1, kept_at=NOW))
    batch = Batch(cycle_id=cycle.id, kind="import", upload=digest, file_name="a.xlsx", facts={}, made_by=1, made_at=NOW)
    session.add(batch)
    session.flush()
    found = Import(
        cycle_id=cycle.id, department=URBAN, upload=digest, file_name="a.xlsx", state=Imported.ACCEPTED,
        made_by=1, made_at=NOW, batch_id=batch.id,
    )  # fmt: skip
    session.add(found)
    session.flush()
    superseded = NOW + timedelta(hours=1) if back else None
    for (unit, figure, period), text in values.items():
        session.add(
            Value(
                cycle_id=cycle.id, year=2026, unit=unit, figure=figure, period=period,
                millionths=int(float(text) * MILLION), state=Reported.CERTIFIED, batch_id=batch.id, remark=remark,
                entered_by=1, entered_at=NOW, superseded_at=superseded,
            )
        )  # fmt: skip
        if figure == "burns":
            session.add_all(
                Occurrence(
                    import_id=found.id, unit=unit, figure=figure, period=period, day=date(2026, 4, n + 1),
                    location=f"{remark}第{n + 1}处", what="焚烧枯叶", photo="", place=f"明细!A{n + 3}",
                )
                for n in range(int(text))
            )  # fmt: skip


def exempt(session: Session, office: Actor, unit: str, item: str, reason: str) -> None:
    """An exemption that the office approved."""
    session.add(
        Exemption(
            cycle_id=year_2026(session).id, unit=unit, item=item, reason=reason, state="approved",
            asked_by=office.account, asked_at=NOW, decided_by=office.account, decided_at=NOW,
        )
    )  # fmt: skip


def workbook(
    database: Database, actor: Actor, department: str = URBAN, language: Language = "zh", now: datetime = NOW
) -> Any:
    """The template of a department as a person gets it."""
    with database.reading() as session:
        data = evidence_template(
            session, actor, cycle=year_2026(session), department=department, language=language, now=now
        )
    return openpyxl.load_workbook(BytesIO(data))


def test_values_remarks_and_cases_that_count_stand_in_the_template(database: Database) -> None:
    people = a_department(database)
    burns = (JIANWAI, "burns", "2026-Q2")
    with database.writing() as session:
        supplied(session, {burns: "3"}, remark="旧", back=1)
        supplied(session, {burns: "2", (CHAOWAI, "kitchen_share", "2026"): "31.5"}, remark="巡查")
    book = workbook(database, people["urban"])
    quarters = book["数据（按季度）"]
    heading = [cell.value for cell in quarters[1]].index("露天焚烧（起）*")
    rows = [row for row in quarters.iter_rows(3, values_only=True) if row[heading] is not None]

    assert [(row[:3], row[heading : heading + 2]) for row in rows] == [
        ((JIANWAI, "建外街道", "2026-Q2"), (2, "巡查")),
    ]
    assert [row[:4] for row in book["数据"].iter_rows(3, values_only=True)] == [
        (JIANWAI, "建外街道", None, None), (CHAOWAI, "朝外街道", 31.5, "巡查"), ("110105003", "呼家楼街道", None, None),
    ]  # fmt: skip
    assert list(book["明细"].iter_rows(3, values_only=True)) == [
        ("建外街道", "露天焚烧", "2026-Q2", datetime(2026, 4, 1), "巡查第1处", "焚烧枯叶", None),
        ("建外街道", "露天焚烧", "2026-Q2", datetime(2026, 4, 2), "巡查第2处", "焚烧枯叶", None),
    ]


def test_the_template_says_which_year_and_department_it_is_for_and_until_when(database: Database) -> None:
    people = a_department(database)
    book = workbook(database, people["urban"], language="en")
    stamp = dict(book["stamp"].iter_rows(max_row=7, values_only=True))
    guide = [row[0] for row in book["Instructions"].iter_rows(values_only=True)]

    assert (stamp["kind"], stamp["year"], stamp["department"], stamp["language"]) == ("evidence", "2026", URBAN, "en")
    assert stamp["rules"].startswith("sha256:")
    assert guide[0] == "Assessment of 2026 · District Urban Management Committee · department data"
    assert "2. Due: 2026-12-20" in guide


def test_an_approved_exemption_greys_the_cell_and_says_who_approved_it(database: Database) -> None:
    people = a_department(database)
    with database.writing() as session:
        exempt(session, people["office"], JIANWAI, "soil.kitchen", "没有餐饮单位")
    data = workbook(database, people["urban"], language="en")["Data"]
    (rule,) = [rule for rule in data.data_validations.dataValidation if "C3" in rule.sqref]

    assert [data[f"C{row}"].protection.locked for row in (3, 4, 5)] == [True, False, False]
    assert rule.prompt == "Leave this empty: not applicable, as approved: 没有餐饮单位 (approved by office)."


def test_a_template_is_for_the_department_and_the_office_alone(database: Database) -> None:
    people = a_department(database)

    assert workbook(database, people["office"]).sheetnames == workbook(database, people["urban"]).sheetnames
    for other in ("evaluator", JIANWAI, "leader"):
        with pytest.raises(NotAllowed):
            workbook(database, people[other])


def test_there_is_no_template_of_a_department_that_the_year_does_not_know(database: Database) -> None:
    people = a_department(database)

    with pytest.raises(NotFound) as unknown:
        workbook(database, people["office"], "nobody")
    assert unknown.value.what.en == "There is no such department in the rule sheet of this year."


def test_a_template_sent_back_as_it_was_changes_nothing_though_its_counts_have_no_details(
    database: Database, instance: Path
) -> None:
    people, folder = a_department(database), instance / "uploads"
    with database.writing() as session:
        supplied(session, {(JIANWAI, "burns", "2026-Q2"): "2"}, remark="巡查")
        session.execute(update(Value).values(remark=""))
        session.execute(delete(Occurrence))

    for language in ("zh", "en"):
        made = saved(workbook(database, people["urban"], language=language))
        row = sent(database, people["urban"], UploadedFile(f"{language}.xlsx", made), folder)
        with database.reading() as session:
            page = import_page(session, people["urban"], cycle=year_2026(session), row=row, now=NOW)
        assert (page.row.state, page.row.found["unchanged"], page.changes) == (Imported.CHECKED, 1, 0)
        assert [note.en for note in page.notes] == [UNCHANGED.format(n=1).en]


def test_an_empty_template_sent_back_says_that_there_is_nothing_to_import(database: Database, instance: Path) -> None:
    people = a_department(database)
    made = UploadedFile("t.xlsx", saved(workbook(database, people["urban"])))
    row = sent(database, people["urban"], made, instance / "uploads")
    with database.reading() as session:
        page = import_page(session, people["urban"], cycle=year_2026(session), row=row, now=NOW)

    assert (page.row.state, page.changes, page.notes) == (Imported.CHECKED, 0, [EMPTY])


def test_a_value_that_the_rules_no_longer_take_is_left_blank_in_the_template(database: Database) -> None:
    people = a_department(database)
    with database.writing() as session:
        supplied(session, {(JIANWAI, "kitchen_share", "2026"): "131.5", (CHAOWAI, "kitchen_share", "2026"): "31.5"})
    rows = workbook(database, people["urban"])["数据"].iter_rows(3, values_only=True)

    assert [row[2] for row in rows] == [None, 31.5, None]


def saved(book: Any) -> bytes:
    """A workbook as a file."""
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def sent(database: Database, actor: Actor, document: UploadedFile, folder: Path) -> int:
    """The number of a file of the department that was uploaded and checked."""
    with database.writing() as session:
        cycle = year_2026(session)
        row = upload_import(session, actor, cycle=cycle, department=URBAN, document=document, folder=folder, now=NOW).id
    work_whatever_waits(database, folder)
    return row


def test_a_template_takes_a_fixed_number_of_queries(database: Database) -> None:
    people = a_department(database)
    with database.writing() as session:
        supplied(session, {(JIANWAI, "burns", f"2026-Q{n}"): str(n) for n in (1, 2, 3, 4)})
    workbook(database, people["urban"])
    with counted(database) as asked:
        workbook(database, people["urban"])

    assert len(asked) == 8
