from __future__ import annotations

from datetime import date

import pytest

from assess.core.errors import NotAllowed, NotFound, Refused, Stale
from assess.core.flaws import ValidationError
from assess.core.text import Text
from assess.core.units.renames import Rename
from assess.core.workflow import Stage
from assess.services.documents import UploadedFile
from assess.services.task_lists import accept_tasks
from assess.services.units.renames import ALWAYS, rename_unit
from assess.services.units.unit_list import accept_units, preview_units, written_units
from assess.services.years import units_of
from assess.store.models import Batch, Cycle, Value
from assess.store.queries.task_lists import obligation_counts
from assess.store.queries.units import renames_of, unit_entries
from assess.store.session import Database, Session
from tests.services.setting_up import FIRST_UNITS, OFFICE, a_csv, a_new_year, a_ruled_year, a_task_list, the_year
from tests.years import CHAOWAI, JIANWAI, NOW, a_person

OPEN = Stage.COLLECTING


def opened(session: Session) -> None:
    """The year is open."""
    cycle = session.get_one(Cycle, the_year(session).id)
    cycle.stage, cycle.opened_at = OPEN, NOW
    session.flush()


def flaws_of(session: Session, document: UploadedFile) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        accept_units(session, OFFICE, cycle=the_year(session), document=document, now=NOW)
    return [flaw.localized("en").lstrip(":") for flaw in caught.value.flaws]


def test_a_list_is_accepted_as_it_stands(database: Database):
    with database.writing() as session:
        cycle = a_new_year(session)
        changes = accept_units(session, OFFICE, cycle=cycle, document=a_csv(FIRST_UNITS), now=NOW)

    with database.reading() as session:
        units, _ = units_of(session, the_year(session))
        assert [entry.code for entry in changes.new] == list(units.codes)
        assert units.names[0] == Text("建外街道", "Jianwai Subdistrict")
        assert units.attribute("has_river").fractions()[:2] == [1, 0]


def test_a_list_with_a_flaw_changes_nothing_and_tells_every_flaw_by_its_line(database: Database):
    bad = [FIRST_UNITS[0], FIRST_UNITS[1], FIRST_UNITS[1], ",无代码街道" + "," * 15, "a/b,斜杠街道" + "," * 15]
    with database.writing() as session:
        a_new_year(session)

        assert flaws_of(session, a_csv(bad)) == [
            "3:1: Unit “110105001” appears twice. Keep one row.",
            "4:1: The unit code is missing. Enter it.",
        ]
        assert flaws_of(session, a_csv([bad[0], bad[4], "5\x07,铃街道" + "," * 15])) == [
            "3:1: This contains invisible control characters. Enter it again.",
        ]
        assert flaws_of(session, a_csv([bad[0], bad[4]]))[0].startswith("2:1: The code a/b cannot be used")
        assert flaws_of(session, UploadedFile("units.csv", b"")) == ["The file is empty. Select another file."]
        assert unit_entries(session, the_year(session).id) == ()


def test_two_units_may_not_share_a_name(database: Database):
    with database.writing() as session:
        a_new_year(session)
        lines = ["unit,name_zh,alias", "1,东街道,东", "2,西街道,东街道"]

        assert flaws_of(session, a_csv(lines)) == [
            "3:1: 东街道 is a name or an alias of several units: 1, 2. Change one of them."
        ]


def test_units_without_an_attribute_that_the_rule_sheet_asks_for_are_refused(database: Database):
    with database.writing() as session:
        a_ruled_year(session)

        flaws = flaws_of(session, a_csv([line.replace("has_river", "river") for line in FIRST_UNITS]))
        assert flaws
        assert all("has_river" in flaw for flaw in flaws)


def test_a_value_that_makes_text_of_a_yes_no_column_is_named_by_its_line(database: Database):
    with database.writing() as session:
        a_ruled_year(session)
        lines = [*FIRST_UNITS[:2], FIRST_UNITS[2].replace(",no,0,no", ",perhaps,0,no", 1), *FIRST_UNITS[3:]]

        flaws = flaws_of(session, a_csv(lines))

    assert flaws == ["3:6: “perhaps” must be yes or no. Correct it."]


def test_a_unit_that_comes_is_bound_by_the_tasks_and_one_that_goes_is_not(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session, a_csv(FIRST_UNITS[:3]))
        accept_tasks(session, OFFICE, cycle=cycle, document=a_task_list(), now=NOW)
        accept_units(session, OFFICE, cycle=cycle, document=a_csv([FIRST_UNITS[0], *FIRST_UNITS[2:5]]), now=NOW)

        assert obligation_counts(session, cycle.id)["1"] == 3
        accept_units(session, OFFICE, cycle=cycle, document=a_csv([FIRST_UNITS[0], FIRST_UNITS[2]]), now=NOW)
        assert obligation_counts(session, cycle.id)["1"] == 1


def test_once_the_year_is_open_a_unit_with_data_stays_and_a_reason_is_asked_for(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        a_value(session, cycle.id, JIANWAI)
        opened(session)
        cycle, fewer = the_year(session), a_csv([FIRST_UNITS[0], *FIRST_UNITS[2:]])

        with pytest.raises(Refused, match=r"The year is open or this is published\. Enter the reason for"):
            accept_units(session, OFFICE, cycle=cycle, document=fewer, now=NOW)
        with pytest.raises(Refused, match="Jianwai Subdistrict cannot be removed"):
            accept_units(session, OFFICE, cycle=cycle, document=fewer, now=NOW, reason="merged")
        without_chaowai = a_csv([*FIRST_UNITS[:2], *FIRST_UNITS[3:]])
        changes = accept_units(session, OFFICE, cycle=cycle, document=without_chaowai, now=NOW, reason="merged")
        assert [entry.code for entry in changes.removed] == [CHAOWAI]


def a_value(session: Session, cycle: int, unit: str) -> None:
    """A figure of this year that somebody reported."""
    batch = Batch(cycle_id=cycle, kind="form", facts={}, made_by=0, made_at=NOW)
    session.add(batch)
    session.flush()
    session.add(
        Value(
            cycle_id=cycle, year=2026, unit=unit, figure="pm25", period="2026-01", millionths=1, word=None,
            state="reported", batch_id=batch.id, place=None, entered_by=0, entered_at=NOW,
        )
    )  # fmt: skip
    session.flush()


def test_of_two_officers_who_saw_the_same_list_the_second_is_told(database: Database):
    with database.writing() as session:
        cycle = a_new_year(session)
        accept_units(session, OFFICE, cycle=cycle, document=a_csv(FIRST_UNITS), now=NOW, seen=cycle.version)

        with pytest.raises(Stale):
            accept_units(session, OFFICE, cycle=cycle, document=a_csv(FIRST_UNITS[:2]), now=NOW, seen=cycle.version)


def test_the_same_list_again_is_nothing_to_save_and_nobody_else_may_load_one(database: Database):
    with database.writing() as session:
        cycle = a_new_year(session)
        accept_units(session, OFFICE, cycle=cycle, document=a_csv(FIRST_UNITS), now=NOW)

        with pytest.raises(Refused, match="nothing to save"):
            preview_units(session, cycle, a_csv(FIRST_UNITS))
        with pytest.raises(NotAllowed):
            accept_units(session, a_person(session, "li"), cycle=cycle, document=a_csv(FIRST_UNITS[:2]), now=NOW)


def renamed(session: Session, name: Text, begins: date | None, reason: str = "x", unit: str = JIANWAI) -> None:
    """A unit is called otherwise from a day on."""
    rename_unit(session, OFFICE, cycle=the_year(session), unit=unit, name=name, begins=begins, reason=reason, now=NOW)


def test_a_unit_bears_another_name_from_a_day_on_and_is_still_known_by_the_old_one(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        new = Text("建国门外街道", "Jianguomenwai Subdistrict")
        renamed(session, new, date(2026, 7, 1), "京民〔2026〕1号")
        later = Text("国贸街道", "Guomao Subdistrict")
        renamed(session, later, date(2027, 3, 1))

        units, names = units_of(session, cycle)
        assert units.names[0] == new
        assert [names.find(text) for text in ("建外街道", "Jianwai Subdistrict", "建国门外街道", "国贸街道")] == [0] * 4
        assert renames_of(session, JIANWAI) == [
            (Rename(JIANWAI, later, date(2027, 3, 1)), "x"),
            (Rename(JIANWAI, new, date(2026, 7, 1)), "京民〔2026〕1号"),
            (Rename(JIANWAI, Text("建外街道", "Jianwai Subdistrict"), ALWAYS), ""),
        ]


def test_a_name_of_before_is_remembered_when_a_new_list_leaves_it_out(database: Database):
    with database.writing() as session:
        cycle = a_new_year(session)
        accept_units(session, OFFICE, cycle=cycle, document=a_csv(FIRST_UNITS), now=NOW)
        renamed(session, Text("国贸街道", "Guomao Subdistrict"), date(2026, 7, 1))
        heading, first, *others = FIRST_UNITS
        listed = [heading, first.replace("建外街道", "光华路街道"), *others]
        accept_units(session, OFFICE, cycle=cycle, document=a_csv(listed), now=NOW)

        _, names = units_of(session, cycle)
        assert [names.find(text) for text in ("光华路街道", "国贸街道办事处", "建外街道")] == [0] * 3


@pytest.mark.parametrize(
    ("name", "begins", "reason", "field"),
    [
        ("", date(2026, 7, 1), "x", "name_zh"),
        ("建外街道", date(2026, 7, 1), "x", "name_zh"),
        ("朝外街道", date(2026, 7, 1), "x", "name_zh"),
        ("新街道", None, "x", "begins"),
        ("新街道", date(2026, 7, 1), " ", "reason"),
    ],
)
def test_a_name_needs_words_a_day_and_a_reason_of_its_own(database: Database, name, begins, reason, field):
    with database.writing() as session:
        a_ruled_year(session)
        english = "Jianwai Subdistrict" if name == "建外街道" else name

        with pytest.raises(Refused) as caught:
            renamed(session, Text(name, english), begins, reason)
        assert list(caught.value.fields) == [field]
        with pytest.raises(NotFound):
            renamed(session, Text("新", ""), date(2026, 7, 1), unit="9")


def test_the_list_as_a_workbook_says_the_same_and_its_renames_are_taken_in(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        book = UploadedFile("units.xlsx", written_units(session, cycle, "zh").getvalue())
        with pytest.raises(Refused, match="nothing to save"):
            preview_units(session, cycle, book)

        new = Text("建国门外街道", "Jianguomenwai Subdistrict")
        renamed(session, new, date(2026, 7, 1))
        renamed_book = UploadedFile("units.xlsx", written_units(session, cycle, "zh").getvalue())
        with pytest.raises(Refused, match="nothing to save"):
            preview_units(session, cycle, renamed_book)
    with database.writing() as session:
        cycle = a_new_year(session, 2025)
        listed = preview_units(session, cycle, renamed_book)
        assert (len(listed.changes.new), listed.renames) == (4, ())
