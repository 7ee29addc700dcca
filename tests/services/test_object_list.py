from __future__ import annotations

import pytest
from sqlalchemy import select

from assess.core.errors import Refused, Stale
from assess.core.flaws import ValidationError
from assess.core.rules.checking.service import cannot_collect
from assess.core.set_up import StepName, StepState
from assess.core.text import Language
from assess.core.workflow import Stage
from assess.services.documents import UploadedFile, document_of
from assess.services.rules import NAMED_LIKE_COLUMN, load_rules, publish_rules
from assess.services.set_up.steps import set_up_of
from assess.services.units.object_list import (
    SAME_LIST,
    ObjectsPreview,
    accept_objects,
    preview_objects,
    written_objects,
)
from assess.services.units.unit_list import TAKEN_BY_OBJECTS, accept_units
from assess.services.years import year_of
from assess.store.models import AuditEntry
from assess.store.queries.object_lists import object_list_rows
from assess.store.session import Database, Session
from tests.services.objects import SECTIONS, a_year_of_sections, listed_sections, move, rows_of
from tests.services.setting_up import OFFICE, a_csv, a_ruled_year, the_year
from tests.years import NOW

LINES = [",".join(row) for row in rows_of("objects.csv")]
SHEET = (SECTIONS / "rule-sheet.yaml").read_text(encoding="utf-8")
SHARE = "share: {title: 占比, kind: number, unit: '%', from: water}"
SOUTH_BAY = "section,W3,南湾,South Bay,s2,1\n"


def a_list(*changes: tuple[str, str]) -> UploadedFile:
    """The list of the template with some words changed, each once."""
    text = "\n".join(LINES)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return a_csv(text.splitlines(), "objects.csv")


def accepted(session: Session, document: UploadedFile, *, reason: str = "") -> None:
    accept_objects(session, OFFICE, cycle=the_year(session), document=document, now=NOW, reason=reason)


def told(preview: ObjectsPreview) -> tuple[list[str], list[str], list[str], int]:
    changes = preview.changes
    return (
        [f"{each.code} {each.unit}" for each in changes.new],
        [f"{each.code} {field.name} {field.old}→{field.new}" for each, fields in changes.changed for field in fields],
        [f"{each.code} {each.unit}" for each in changes.removed],
        len(changes.unchanged),
    )


def flaws_of(session: Session, document: UploadedFile) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        preview_objects(session, the_year(session), document)
    return [flaw.localized("en").lstrip(":") for flaw in caught.value.flaws]


def test_a_new_list_tells_what_it_adds_changes_and_removes_and_how_many_each_unit_has(database: Database):
    with database.writing() as session:
        listed_sections(session)
        unit = year_of(session, the_year(session)).units.names[3].zh

        changed = a_list((SOUTH_BAY, ""), ("东河桥", "东大桥"), ("0.7", "0.6"))
        lines = [*changed.data.decode().splitlines(), f"考核断面,W6,新闸,New Sluice,{unit},1"]
        preview = preview_objects(session, the_year(session), a_csv(lines))

    assert told(preview) == (["W6 t1"], ["W1 name_zh 东河桥→东大桥", "W2 share 0.7→0.6"], ["W3 s2"], 3)
    assert [counts for _, counts in preview.by_unit] == [[2], [1], [1], [2]]
    assert preview.tree["rows"][-1] == ["section", "W6", "新闸", "New Sluice", "t1", "1"]


def test_an_accepted_list_is_a_version_of_the_year_and_stands_in_the_log(database: Database):
    with database.writing() as session:
        listed_sections(session)
        accepted(session, a_list(("东河桥", "东大桥")))

        rows = object_list_rows(session, the_year(session).id)
        assert [row.number for row in rows] == [2, 1]
        assert year_of(session, the_year(session)).objects.name_of("W1").zh == "东大桥"
    with database.writing() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.subject == "object-list:2026")).one()
        assert (entry.action, entry.new["objects"]) == ("accepted", {"section": 5})
        with pytest.raises(Refused):
            accepted(session, a_list(("东河桥", "东大桥")))
        with pytest.raises(Stale):
            accept_objects(session, OFFICE, cycle=the_year(session), document=a_list(), now=NOW, seen=0)


def test_each_flaw_of_a_list_is_told_at_its_cell_and_nothing_is_kept(database: Database):
    with database.writing() as session:
        listed_sections(session)
        found = [
            flaws_of(session, a_list(("section,W1", "village,W1"))),
            flaws_of(session, a_list(("section,W1", "section,W 1"))),
            flaws_of(session, a_list(("Pass,t1", "Pass,t9"))),
            flaws_of(session, a_csv(LINES[:1])),
        ]
        assert len(object_list_rows(session, the_year(session).id)) == 1
        taken = flaws_of(session, a_list((",share", ",met")))

    assert [len(each) for each in found] == [1, 1, 1, 1]
    assert "village" in found[0][0]
    assert "section" in found[0][0]
    assert "W 1" in found[1][0]
    assert "t9" in found[2][0]
    assert "met" in taken[0]


def test_an_attribute_that_the_sheet_weighs_by_cannot_be_left_out_of_the_list(database: Database):
    with database.writing() as session:
        listed_sections(session)

        without = a_csv([line.rsplit(",", 1)[0] for line in LINES])

        assert any("share" in flaw for flaw in flaws_of(session, without))


def test_an_object_with_values_stays_in_the_list_with_its_first_unit(database: Database):
    a_year_of_sections(database)
    with database.writing() as session:
        for document in (a_list((SOUTH_BAY, "")), a_list(("South Bay,s2", "South Bay,s3"))):
            with pytest.raises(Refused) as refused:
                accepted(session, document, reason="更正")
            assert refused.value.what.zh.startswith("南湾已有数据")
        accepted(session, a_list(("东河桥", "东大桥")), reason="更名")


def test_a_unit_with_objects_stays_in_the_list_of_units(database: Database):
    with database.writing() as session:
        listed_sections(session)
        lines = (SECTIONS / "units.csv").read_text(encoding="utf-8-sig").splitlines()

        with pytest.raises(Refused) as refused:
            accept_units(session, OFFICE, cycle=the_year(session), document=a_csv(lines[:-1]), now=NOW)

    assert "对象名单" in refused.value.what.zh


def test_a_later_sheet_is_checked_against_the_objects_in_force(database: Database):
    with database.writing() as session:
        listed_sections(session)
        sheet = UploadedFile("r.yaml", SHEET.replace("part_weight: share", "part_weight: length").encode())

        with pytest.raises(ValidationError) as caught:
            load_rules(session, OFFICE, cycle=the_year(session), document=sheet, now=NOW, reason="更名")

    assert "length" in caught.value.flaws[0].localized("en")


def test_a_later_sheet_and_a_later_list_of_units_use_no_name_of_a_column_of_the_list_of_objects(database: Database):
    with database.writing() as session:
        listed_sections(session)
        about, was = {"cycle": the_year(session), "now": NOW}, "met:   {title: {zh: 当月达标"
        assert was in SHEET
        sheet = UploadedFile("r.yaml", SHEET.replace(was, f"{SHARE}\n  {was}").encode())
        units = (SECTIONS / "units.csv").read_text(encoding="utf-8-sig").splitlines()
        shared = a_csv([f"{line},{'1' if number else 'share'}" for number, line in enumerate(units)])

        with pytest.raises(ValidationError) as of_sheet:
            load_rules(session, OFFICE, document=sheet, reason="更名", **about)
        with pytest.raises(ValidationError) as of_units:
            accept_units(session, OFFICE, document=shared, **about)

    (figure,), (column,) = of_sheet.value.flaws, of_units.value.flaws
    assert (figure.what, column.what) == (NAMED_LIKE_COLUMN, TAKEN_BY_OBJECTS)
    assert figure.facts["name"] == column.facts["name"] == "share"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_written_workbook_reads_as_the_list_in_force(database: Database, language: Language):
    with database.writing() as session:
        listed_sections(session)
        book = written_objects(session, the_year(session), language)

        with pytest.raises(Refused) as refused:
            preview_objects(session, the_year(session), UploadedFile("objects.xlsx", book.read()))

    assert refused.value.what == SAME_LIST


def test_a_sheet_without_kinds_of_objects_takes_no_list(database: Database):
    with database.writing() as session:
        a_ruled_year(session)
        with pytest.raises(Refused):
            accepted(session, document_of(SECTIONS / "objects.csv"))
        assert StepName.OBJECTS not in {step.name for step in set_up_of(session, the_year(session))}


def test_the_step_of_objects_is_done_once_there_is_a_list(database: Database):
    with database.writing() as session:
        listed_sections(session)
        steps = {step.name: step for step in set_up_of(session, the_year(session))}

    assert (steps[StepName.OBJECTS].standing, steps[StepName.OBJECTS].note.en) == (StepState.DONE, "5 objects")


def test_a_year_whose_figures_belong_to_objects_neither_opens_nor_is_published_once_open(database: Database):
    with database.writing() as session:
        listed_sections(session)
        assert cannot_collect(year_of(session, the_year(session)).sheet) is not None
        sheet = UploadedFile("r.yaml", SHEET.replace("title: {zh: 水质类别", "title: {zh: 水质").encode())
        load_rules(session, OFFICE, cycle=the_year(session), document=sheet, now=NOW, reason="更名")
        move(session, Stage.COLLECTING)

        with pytest.raises(Refused):
            publish_rules(session, OFFICE, cycle=the_year(session), number=2, now=NOW)
