"""Records read from columns: by the names of their fields, as the kinds that these say."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from assess.core.text import Text
from assess.core.workflow import Stage
from assess.store.models import Cycle, StageDate
from assess.store.records import record_columns, select_records
from assess.store.session import Database


class OneYear(NamedTuple):
    """A year."""

    year: int
    stage: Stage
    title: Text


class OtherYear(NamedTuple):
    """The same columns for another purpose."""

    year: int
    stage: str
    title: Text


class OneSpan(NamedTuple):
    """A span of a year, with the one that ends when it begins."""

    name: Stage
    ends: date
    year: OneYear
    before: OneEnd | None


class OneEnd(NamedTuple):
    """When a stage ends."""

    stage: Stage
    ends: date


NOW = datetime(2026, 1, 1, tzinfo=UTC)
FIRST, SECOND = date(2026, 3, 1), date(2026, 5, 1)
YEAR = OneYear(2026, Stage.COLLECTING, Text("二〇二六年", "2026"))


@pytest.fixture
def furnished(database: Database) -> Database:
    """A year with two stages."""
    with database.writing() as session:
        cycle = Cycle(year=2026, title_zh=YEAR.title.zh, title_en=YEAR.title.en, stage="collecting", created_at=NOW)
        session.add(cycle)
        session.flush()
        for stage, begins, ends in (("preparing", date(2026, 1, 1), FIRST), ("collecting", FIRST, SECOND)):
            session.add(StageDate(cycle_id=cycle.id, stage=stage, begins=begins, ends=ends))
    return database


def test_a_record_is_read_by_the_names_of_its_fields_as_the_kinds_that_they_say(furnished: Database):
    with furnished.reading() as session:
        assert list(session.scalars(select_records(OneYear, Cycle))) == [YEAR]


def test_two_records_of_the_same_columns_are_not_mixed_up(furnished: Database):
    with furnished.reading() as session:
        found = [session.scalars(select_records(each, Cycle)).one() for each in (OneYear, OtherYear, OneYear)]

    assert [type(each) for each in found] == [OneYear, OtherYear, OneYear]
    assert [type(each.stage) for each in found] == [Stage, str, Stage]


def test_a_record_holds_others_and_none_where_there_is_none(furnished: Database):
    before = aliased(StageDate)
    ends = record_columns(OneEnd, before)
    query = (
        select_records(
            OneSpan, StageDate, name=StageDate.stage, year=record_columns(OneYear, Cycle), before=ends
        )
        .join(Cycle, Cycle.id == StageDate.cycle_id)
        .outerjoin(before, before.ends == StageDate.begins)
        .order_by(StageDate.id)
    )  # fmt: skip

    with furnished.reading() as session:
        assert list(session.scalars(query)) == [
            OneSpan(Stage.PREPARING, FIRST, YEAR, None),
            OneSpan(Stage.COLLECTING, SECOND, YEAR, OneEnd(Stage.PREPARING, FIRST)),
        ]


def test_a_record_is_selected_beside_a_column(furnished: Database):
    query = select(StageDate.begins, record_columns(OneEnd, StageDate)).order_by(StageDate.id)

    with furnished.reading() as session:
        assert [tuple(row) for row in session.execute(query)] == [
            (date(2026, 1, 1), OneEnd(Stage.PREPARING, FIRST)),
            (FIRST, OneEnd(Stage.COLLECTING, SECOND)),
        ]


def test_a_field_that_no_table_has_a_column_for_is_named():
    with pytest.raises(TypeError) as caught:
        record_columns(OneSpan, StageDate, year=StageDate.cycle_id)

    assert str(caught.value) == "no column for OneSpan.name"
