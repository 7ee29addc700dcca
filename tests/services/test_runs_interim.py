"""An interim ranking scores units on the figures that are there, and decides nothing while any is missing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from sqlalchemy import update

from assess.core.runs.interim import There
from assess.core.runs.kinds import RunKind
from assess.services import leadership
from assess.services.leadership import RankingView
from assess.services.runs.replaying import replay
from assess.store.models import Value
from assess.store.queries import runs as queries
from assess.store.queries.runs import UnitResult
from assess.store.session import Database
from tests.services.forms import year_2026
from tests.services.runs import a_run, a_supplied_year
from tests.years import CHAOWAI, JIANWAI, NOW


def results(database: Database, run: int) -> dict[str, UnitResult]:
    """The results of a run by unit."""
    with database.reading() as session:
        return {each.unit: each for each in queries.results_of(session, run=run)}


def test_what_lacks_a_figure_is_left_out_and_scaled_and_there_is_no_grade_cap_conversion_or_change(
    database: Database, instance: Path
):
    folder = instance / "uploads"
    people = a_supplied_year(database, units=3)
    office, leader = people["office"], people["leader"]
    with database.writing() as session:
        gone = Value.unit == CHAOWAI, Value.year == 2026, Value.figure.in_(("pm25", "sewage_rate", "data_fraud"))
        session.execute(update(Value).where(*gone).values(superseded_at=NOW))
    working = a_run(database, office, folder)
    interim = a_run(database, office, folder, kind=RunKind.INTERIM)

    strict, lenient = results(database, working.id), results(database, interim.id)
    assert [each.state for each in lenient.values()] == ["scored"] * 3
    assert {(each.grade, each.converted) for each in lenient.values()} == {(None, None)}
    assert all(each.grade for each in strict.values() if each.state == "scored")
    for unit in (JIANWAI, CHAOWAI):
        before = strict[unit].total
        assert before is None or Fraction(lenient[unit].total or 0) >= Fraction(before)
    with database.reading() as session:
        view = leadership.chosen_view(session, leader, cycle=year_2026(session))
        found = leadership.ranking(session, view, RankingView(), folder=folder)
        there = {each.row.unit: each.there for _, rows in found.groups for each in rows}
        page = leadership.unit_page(session, view, CHAOWAI, folder=folder)
        assert replay(session, interim, folder=folder) == []
    assert (view.lacks_figures, found.has_before, found.grades, found.has_converted) == (True, False, [], False)
    assert (there[JIANWAI].is_complete, there[CHAOWAI]) == (True, There(70, 72))
    assert page.there == there[CHAOWAI]
    assert (page.card.head.title.en[-38:], page.years[0].change) == (" (interim ranking, figures incomplete)", None)
