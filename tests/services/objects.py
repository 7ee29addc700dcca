"""A year whose rule sheet scores river sections: the template of the sheet with its units, objects and figures."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import insert

from assess.core.actors import Actor
from assess.core.figures.entry import read_entry, to_stored
from assess.core.parsing import ParseError
from assess.core.workflow import Stage
from assess.services.documents import document_of
from assess.services.rules import load_rules, publish_rules
from assess.services.units.unit_list import accept_units
from assess.services.years import year_of
from assess.store.models import Batch, Cycle, ObjectListVersion, StageDate, Value
from assess.store.session import Database, Session
from tests.services.setting_up import OFFICE, a_new_year, the_year
from tests.years import ENDS, NOW, RULES, people

SECTIONS: Final = RULES.parent / "starters" / "sections"
"""Four units with five river sections, one of which, W2, two units share."""


def a_year_of_sections(database: Database, *, stage: Stage = Stage.VERIFYING) -> dict[str, Actor]:
    """The year 2026 with the sections and every figure of them; its people."""
    with database.writing() as session:
        listed_sections(session)
        add_values(session)
        date_stages(session)
        move(session, stage)
        return people(session, ("s1", "s2"))


def listed_sections(session: Session) -> None:
    """The year with its units, sheet and list of objects, and no figure."""
    cycle = a_new_year(session)
    accept_units(session, OFFICE, cycle=cycle, document=document_of(SECTIONS / "units.csv"), now=NOW)
    load_rules(session, OFFICE, cycle=cycle, document=document_of(SECTIONS / "rule-sheet.yaml"), now=NOW)
    publish_rules(session, OFFICE, cycle=the_year(session), number=1, now=NOW)
    headings, *rows = rows_of("objects.csv")
    session.add(
        ObjectListVersion(
            cycle_id=cycle.id, number=1, digest="sections", tree={"headings": headings, "rows": rows}, upload=None,
            file_name="objects.csv", reason=None, loaded_by=0, loaded_at=NOW,
        )
    )  # fmt: skip
    session.flush()


def rows_of(name: str) -> list[list[str]]:
    """The rows of a table of the template."""
    with (SECTIONS / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def move(session: Session, stage: Stage) -> None:
    """Have the year stand at a stage."""
    cycle = session.query(Cycle).one()
    cycle.stage, cycle.opened_at = stage.value, NOW
    session.flush()


def date_stages(session: Session) -> None:
    """The days on which the stages of the year end."""
    cycle = session.query(Cycle).one()
    session.add_all(
        StageDate(cycle_id=cycle.id, stage=each, begins=date(2026, 1, 1), ends=ends) for each, ends in ENDS.items()
    )
    session.flush()


def add_values(session: Session) -> None:
    """The figures of the template, as `water.xlsx` brought them in."""
    cycle = the_year(session)
    batch = Batch(cycle_id=cycle.id, kind="import", file_name="water.xlsx", facts={}, made_by=0, made_at=NOW)
    session.add(batch)
    session.flush()
    session.execute(insert(Value.__table__), [row | {"batch_id": batch.id} for row in value_rows(session)])


def value_rows(session: Session) -> Iterator[dict[str, Any]]:
    """The figures of the template as rows of the table; of a shared section they stand with the first unit."""
    year = year_of(session, the_year(session))
    headings, *rows = rows_of("figures.csv")
    for number, row in enumerate((dict(zip(headings, row, strict=True)) for row in rows), 2):
        place = year.objects.reporting_unit(row["object"])
        assert place is not None
        for name in headings[3:]:
            read = read_entry(year.sheet.figures[name], row[name])
            assert not isinstance(read, ParseError)
            if read is not None:
                stored = to_stored(read)
                yield {
                    "cycle_id": year.cycle.id, "year": 2026, "unit": year.units.codes[place], "figure": name,
                    "period": f"{row['object']} {row['period'] or 2026}", "millionths": stored.millionths,
                    "word": stored.text, "state": "certified", "place": f"数据!D{number}", "remark": "",
                    "explanation": "", "entered_by": 0, "entered_at": NOW,
                }  # fmt: skip
