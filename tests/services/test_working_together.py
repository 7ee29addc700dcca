"""The office sets a year up while its units report: one waits for the other, and neither is thrown out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

from sqlalchemy import text

from assess.services.cycles import lock_unit
from assess.services.forms.drafts import save_draft
from assess.services.units.unit_list import accept_units
from assess.store.queries.units import unit_entries
from assess.store.session import Database
from tests.services.forms import SOIL, an_open_year, form_now, year_2026
from tests.services.setting_up import FIRST_UNITS, OFFICE, a_csv
from tests.years import JIANWAI, NOW

PATIENCE = 60
"""Seconds."""


def wait_for_somebody_who_waits(database: Database) -> None:
    """Until another transaction is kept waiting; on SQLite it waits before its first statement, which nobody sees."""
    if database.engine.dialect.name != "postgresql":
        return
    last = monotonic() + PATIENCE
    with database.reading() as session:
        while not session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
            assert monotonic() < last
            sleep(0.01)


def test_a_unit_saves_while_the_office_loads_the_list_of_units_anew(database: Database):
    people = an_open_year(database, units=3)
    renamed = FIRST_UNITS[1].replace("Jianwai", "Jianwaimen")

    def load() -> None:
        with database.writing() as session:
            lines = a_csv([FIRST_UNITS[0], renamed, *FIRST_UNITS[2:4]])
            accept_units(session, OFFICE, cycle=year_2026(session), document=lines, reason="correction", now=NOW)

    with ThreadPoolExecutor(1) as pool:
        with database.writing() as session:
            lock_unit(session, year_2026(session), JIANWAI)
            loading = pool.submit(load)
            wait_for_somebody_who_waits(database)
            save_draft(
                session,
                people[JIANWAI],
                cycle=year_2026(session),
                unit=JIANWAI,
                section="soil",
                answers=SOIL,
                remarks={},
                seen=0,
                now=NOW,
            )
        loading.result(PATIENCE)

    assert form_now(database, people[JIANWAI]).answers == SOIL
    with database.reading() as session:
        names = [entry.name.en for entry in unit_entries(session, year_2026(session).id)]
    assert names[0] == "Jianwaimen Subdistrict"
