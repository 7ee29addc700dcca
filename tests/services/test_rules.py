from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from assess.core.errors import NotFound, Refused
from assess.core.flaws import ValidationError
from assess.core.rules.sheet import digest_of
from assess.services.documents import UploadedFile
from assess.services.rules import load_rules, preview_rules, publish_rules, sheet_of, version_of, written_rules
from assess.services.task_lists import accept_tasks
from assess.services.units.unit_list import accept_units
from assess.services.years import year_of
from assess.store.models import SheetVersion, Unit
from assess.store.queries.rules import sheet_rows, sheet_version
from assess.store.session import Database, Session
from tests.services.setting_up import (
    FIRST_UNITS,
    OFFICE,
    a_csv,
    a_new_year,
    a_rule_sheet,
    a_ruled_year,
    a_task_list,
    the_year,
)
from tests.years import NOW

OTHER_TITLE = ("2026 environmental protection assessment", "Assessment")
SMALLER = ("max: 500", "max: 400")


def loaded(session: Session, document: UploadedFile, reason: str = "") -> SheetVersion:
    return load_rules(session, OFFICE, cycle=the_year(session), document=document, now=NOW, reason=reason)


def flaws_of(session: Session, document: UploadedFile) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        loaded(session, document)
    return [flaw.localized("en").lstrip(":") for flaw in caught.value.flaws]


def test_a_sheet_is_a_draft_until_it_is_published_and_then_counts(database: Database):
    with database.writing() as session:
        cycle = a_new_year(session)
        accept_units(session, OFFICE, cycle=cycle, document=a_csv(FIRST_UNITS), now=NOW)
        version = loaded(session, a_rule_sheet())
        with pytest.raises(Refused, match="not published"):
            year_of(session, cycle)

        publish_rules(session, OFFICE, cycle=cycle, number=1, now=NOW)
        year = year_of(session, cycle)
        assert (year.digest, digest_of(year.sheet)) == (version.digest, version.digest)
        assert the_year(session).demonstration


def test_every_flaw_is_told_by_line_and_column_and_nothing_is_kept(database: Database):
    with database.writing() as session:
        a_new_year(session)

        assert flaws_of(session, a_rule_sheet(("method: deduct", "method: deducts"), ("year: 2026", "year: 20x6"))) == [
            "5:7: “20x6” is not a whole number. Enter 0, 1, 2 and so on.",
            "158:17: There is no method “deducts”. Did you mean “deduct”?",
        ]
        assert flaws_of(session, a_rule_sheet(("year: 2026", "year: 2025"))) == [
            "5:7: This is the rule sheet of 2025, but the year is 2026. Check the file."
        ]
        assert flaws_of(session, UploadedFile("rules.yaml", b"")) == ["The file is empty. Select another file."]
        assert sheet_rows(session, the_year(session).id) == []


def test_a_chain_of_formulas_that_outgrows_all_bounds_is_refused_at_its_line(database: Database):
    links = [("pm25", "chain1"), ("chain1", "chain2"), ("chain2", "chain3")]
    chain = "".join(
        f"  {name}: {{kind: number, from: formula, formula: {' * '.join([before] * 60)}}}\n" for before, name in links
    )
    with database.writing() as session:
        a_new_year(session)

        told = flaws_of(session, a_rule_sheet(("\nfigures:\n", f"\nfigures:\n{chain}")))
        assert [flaw.partition(": ")[2] for flaw in told][:1] == [
            "The result of this expression can grow beyond 1800 digits. Multiply and divide less, or use round first."
        ]
        assert sheet_rows(session, the_year(session).id) == []


def test_a_flaw_of_a_workbook_names_its_sheet_and_cell(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        book = written_rules(session, cycle, number=1, ending="xlsx", language="zh").getvalue()
        with pytest.raises(Refused, match="contents are identical to version 1"):
            loaded(session, UploadedFile("rules.xlsx", book))

        assert flaws_of(session, UploadedFile("rules.xlsx", changed_book(book)))[0].startswith("数据项!")


def changed_book(book: bytes) -> bytes:
    """The workbook with a figure of an unknown kind."""
    opened = load_workbook(BytesIO(book))
    cell = next(cell for row in opened["数据项"].iter_rows() for cell in row if cell.value == "数值")
    cell.value = "数之"
    target = BytesIO()
    opened.save(target)
    return target.getvalue()


def test_a_sheet_is_checked_together_with_the_units_and_the_tasks(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        accept_tasks(session, OFFICE, cycle=cycle, document=a_task_list(), now=NOW)

        flaws = flaws_of(session, a_rule_sheet(("tasks: [1, 18]", "tasks: [1, 1800]"), ("has_river", "has_harbour")))
        assert any("1800" in flaw for flaw in flaws)
        assert any("has_harbour" in flaw for flaw in flaws)


def test_a_correction_is_a_new_version_with_a_reason_and_tells_what_changed(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        with pytest.raises(Refused, match=r"The year is open or this is published\. Enter the reason for"):
            loaded(session, a_rule_sheet(SMALLER))
        loaded(session, a_rule_sheet(SMALLER), "decided on 3 March")

        page = version_of(session, cycle, 2)
        assert [each.en for each in page.differences] == ["figure PM2.5 (pm25): maximum 500 → 400"]
        assert (page.row.reason, page.row.is_published, page.is_newest, page.before) == (
            "decided on 3 March", False, True, 1,
        )  # fmt: skip
        assert year_of(session, cycle).sheet.figures["pm25"].max == 500
        publish_rules(session, OFFICE, cycle=cycle, number=2, now=NOW)
        assert year_of(session, cycle).sheet.figures["pm25"].max == 400
        assert sheet_version(session, cycle.id, 1).published_at == NOW


def test_what_was_said_before_is_not_said_again(database: Database):
    with database.writing() as session:
        a_ruled_year(session)
        loaded(session, a_rule_sheet(SMALLER), "x")

        with pytest.raises(Refused, match="contents are identical to version 1"):
            loaded(session, a_rule_sheet(), "back")


def test_only_the_newest_draft_may_be_published_and_only_once(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        loaded(session, a_rule_sheet(SMALLER), "x")
        loaded(session, a_rule_sheet(OTHER_TITLE), "y")

        for number, refusal, what in (
            (1, Refused, "already published"), (2, Refused, "newer version"), (4, NotFound, "no such version"),
        ):  # fmt: skip
            with pytest.raises(refusal, match=what):
                publish_rules(session, OFFICE, cycle=cycle, number=number, now=NOW)


def test_a_draft_that_no_longer_fits_the_units_is_not_published(database: Database):
    with database.writing() as session:
        cycle = a_new_year(session)
        loaded(session, a_rule_sheet())
        with pytest.raises(ValidationError):
            accept_units(session, OFFICE, cycle=cycle, document=a_csv(["unit,kind", "1,street"]), now=NOW)
        session.add(Unit(cycle_id=cycle.id, place=0, code="1", name_zh="东", name_en="E", kind="street",
                         aliases={"aliases": []}, attributes={}))  # fmt: skip
        session.flush()

        with pytest.raises(ValidationError):
            publish_rules(session, OFFICE, cycle=cycle, number=1, now=NOW)


@pytest.mark.parametrize("ending", ["yaml", "xlsx"])
def test_a_version_is_downloaded_with_the_same_bytes_and_reads_back_alike(database: Database, ending: str):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        first = written_rules(session, cycle, number=1, ending=ending, language="zh").getvalue()

        assert first == written_rules(session, cycle, number=1, ending=ending, language="zh").getvalue()
        with pytest.raises(Refused, match="contents are identical to version 1"):
            preview_rules(session, cycle, UploadedFile(f"rules.{ending}", first))


def test_the_shipped_sheet_lists_its_departments(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)

        listed = version_of(session, cycle, 1).departments
        assert [id for id, _, _ in listed] == list(sheet_of(session, cycle, 1).departments)
        assert ("ecology-bureau", 20) in [(id, figures) for id, _, figures in listed]
        assert preview_rules(session, the_year(session), a_rule_sheet(OTHER_TITLE)).before == 1
