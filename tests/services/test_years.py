from __future__ import annotations

from assess.core.text import Text
from assess.core.workflow import Stage
from assess.services.years import exemptions_of, previous_of, year_of
from assess.store.queries.cycles import cycle_of_year
from assess.store.session import Database
from tests.services.forms import an_open_year
from tests.years import CHAOWAI


def test_a_year_is_put_together_from_what_the_office_loaded(database: Database):
    an_open_year(database, 43)

    with database.reading() as session:
        cycle = cycle_of_year(session, year=2026)
        assert cycle is not None
        year = year_of(session, cycle)

        assert (cycle.stage, year.sheet.id, len(year.units), len(year.tasks.tasks)) == (
            Stage.COLLECTING,
            "chaoyang-2026",
            43,
            94,
        )
        assert year.name_of(CHAOWAI) == Text("朝外街道", "Chaowai Subdistrict")
        assert set(year.groups) == {"streets", "townships"}
        assert exemptions_of(session, year).entries == {}
        assert previous_of(session, year) is None
