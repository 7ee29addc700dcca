from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from assess.core.errors import NotFound
from assess.services import imports
from assess.store.models import Value
from assess.store.session import Database
from tests.services.imports import (
    FIRST,
    QUOTA,
    a_book,
    a_water_year,
    accepted,
    the_cycle,
)
from tests.years import CHAOWAI, JIANWAI


@pytest.fixture
def folder(instance: Path) -> Path:
    return instance / "uploads"


def test_a_value_shows_its_cell_with_what_stands_around_it(database: Database, folder: Path):
    people = a_water_year(database)
    accepted(database, people["evaluator"], folder, a_book(*FIRST))
    with database.reading() as session:
        cycle = the_cycle(session)
        value = session.scalars(select(Value).where(Value.unit == JIANWAI, Value.figure == QUOTA)).one().id
        for actor in (people["evaluator"], people["office"], people[JIANWAI]):
            source = imports.source_of(session, actor, cycle=cycle, value=value, folder=folder)
            assert (source.sheet, source.cell, source.gone) == ("数据", "C2", None)
            around = source.surroundings
            assert around is not None
            assert [(each.name, each.title) for each in around.columns][:3] == [
                ("A", "单位"),
                ("B", "污水收集处理率"),
                ("C", "年度用水总量指标"),
            ]
            assert [(each.heading.title, each.texts[:3]) for each in around.rows][:3] == [
                ("单位", ("单位", "污水收集处理率", "年度用水总量指标")),
                ("建外街道", ("建外街道", "95.5", "800")),
                ("朝外街道", ("朝外街道", "96%", "")),
            ]
        with pytest.raises(NotFound):
            imports.source_of(session, people[CHAOWAI], cycle=cycle, value=value, folder=folder)


def test_a_file_that_is_gone_is_said_to_be(database: Database, folder: Path):
    evaluator = a_water_year(database)["evaluator"]
    accepted(database, evaluator, folder, a_book(*FIRST))
    for kept in folder.rglob("*"):
        if kept.is_file():
            kept.unlink()
    with database.reading() as session:
        value = session.scalars(select(Value).where(Value.figure == QUOTA)).one().id
        source = imports.source_of(session, evaluator, cycle=the_cycle(session), value=value, folder=folder)

    assert source.surroundings is None
    assert source.gone is not None
    assert source.gone.en == "This file is no longer here: tell the assessment office."
