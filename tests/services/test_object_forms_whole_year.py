"""A year whose officials report river sections: filled in, certified and scored as the command scores the files."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from assess.cli.scoring import score
from assess.core.actors import Actor, Role
from assess.core.runs.interim import figures_there
from assess.core.scoring.inputs import ScoringInputs
from assess.core.workflow import Stage, SubmissionState
from assess.services.accounts import Duty
from assess.services.certifying.grid import grid_of
from assess.services.certifying.overview import ValueSearch, lines_of, scope_of
from assess.services.completeness import completeness_of
from assess.services.forms.overview import overview
from assess.services.years import figures_of, year_of
from assess.store.models import Value
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.services.certifying import certify, correct, numbers
from tests.services.forms import form_now, save, submit, year_2026
from tests.services.object_forms import (
    SECTION,
    SHEET,
    UNITS,
    a_year_of_reported_sections,
    answers_of_files,
)
from tests.services.objects import SECTIONS, move
from tests.services.runs import a_run
from tests.years import NOW, a_person

REPORTERS = ("s1", "s2", "s3", "t1")


def reported(database: Database) -> dict[str, Actor]:
    """Every unit that has sections has submitted its form as the template has the figures; `water` certifies them."""
    people = a_year_of_reported_sections(database)
    with database.writing() as session:
        people["water"] = a_person(session, "water", Duty(Role.EVALUATOR, department="water"))
    for unit in REPORTERS:
        form = form_now(database, people[unit], unit)
        save(database, people[unit], answers_of_files(form.form), section=SECTION, unit=unit)
        submit(database, people[unit], unit=unit)
    return people


def test_a_year_whose_units_reported_and_departments_certified_is_scored_as_the_command_scores_its_files(
    database: Database, instance: Path, tmp_path: Path
):
    people = reported(database)
    for unit in REPORTERS:
        certify(database, people["water"], numbers(database, unit=unit))
    with database.writing() as session:
        move(session, Stage.VERIFYING)

    run = a_run(database, people["office"], instance / "uploads")

    made = json.loads(kept_path(instance / "uploads", run.results).read_bytes())
    (tmp_path / "rules.yaml").write_text(SHEET, encoding="utf-8")
    (tmp_path / "units.csv").write_bytes(UNITS)
    given = [
        f"--units={tmp_path / 'units.csv'}",
        *(f"--{name}={SECTIONS / name}.csv" for name in ("objects", "figures")),
    ]
    answer = CliRunner().invoke(score, [str(tmp_path / "rules.yaml"), *given, f"--out={tmp_path / 'r.json'}"])
    assert answer.exit_code == 0, answer.output
    assert made["units"] == json.loads((tmp_path / "r.json").read_text())["units"]


def test_a_form_counts_as_certified_once_every_value_of_its_objects_is(database: Database):
    people = reported(database)
    some, last = numbers(database, unit="s2")[:-1], numbers(database, unit="s2")[-1]

    assert certify(database, people["water"], some).forms == ()
    assert certify(database, people["water"], [last]).forms == ("s2",)
    assert form_now(database, people["s2"], "s2").row.state is SubmissionState.CERTIFIED


def test_reported_values_stand_in_a_row_for_each_object_and_a_column_for_each_period(database: Database):
    people = reported(database)

    with database.reading() as session:
        scope = scope_of(session, people["water"], year_2026(session))
        grid = grid_of(session, scope, scope.wanted(ValueSearch()), 1)
        [line] = lines_of(session, scope, [row for row in scope.rows if row.period == "W2 2026-08"])

    assert [row.name.zh for row in grid.rows[:3]] == ["东街街道 · 东河桥", "东街街道 · 西闸", "西街街道 · 南湾"]
    assert (len(grid.columns), all(all(row.cells) for row in grid.rows), grid.all) == (13, True, 5)
    assert line.title.zh == "当月达标（西闸8月）"


def test_a_department_corrects_the_value_of_one_object_and_period(database: Database):
    people = reported(database)
    with database.reading() as session:
        row = session.query(Value).filter_by(period="W2 2026-08", superseded_at=None).one().id

    correct(database, people["water"], row, "yes")

    assert form_now(database, people["s1"], "s1").answers["met@W2@2026-08"] == "yes"


def test_what_a_unit_owes_is_counted_by_objects_and_periods(database: Database):
    people = a_year_of_reported_sections(database)
    answers = answers_of_files(form_now(database, people["s1"], "s1").form)
    answers.pop("met@W1@2026-01")
    save(database, people["s1"], answers, section=SECTION, unit="s1")

    with database.reading() as session:
        rows = overview(session, people["office"], cycle=year_2026(session), now=NOW)

        matrix = completeness_of(session, year_2026(session)).matrix

    assert [(row.unit, *(state.value for state in row.states)) for row in matrix.rows] == [
        ("s1", "draft", "part"),
        *((unit, "missing", "missing") for unit in ("s2", "s3", "t1")),
        ("t2", "not-applicable", "not-applicable"),
    ]
    assert [(each.row.unit, each.filled, each.all) for each in rows] == [
        ("s1", 25, 26), ("s2", 0, 13), ("s3", 0, 13), ("t1", 0, 13), ("t2", 0, 0),
    ]  # fmt: skip


def test_an_interim_standing_counts_a_figure_of_objects_once_every_object_of_the_unit_has_a_value(database: Database):
    people = a_year_of_reported_sections(database)
    for unit, left_out in (("s1", "class@W2@2026"), ("s2", "")):
        answers = answers_of_files(form_now(database, people[unit], unit).form)
        answers.pop(left_out, None)
        save(database, people[unit], answers, section=SECTION, unit=unit)
        submit(database, people[unit], unit=unit)

    with database.reading() as session:
        year = year_of(session, year_2026(session))
        inputs = ScoringInputs(year.sheet, year.units, figures_of(session, year, 2026), objects=year.objects)

    assert [tuple(each) for each in figures_there(inputs)] == [(1, 2), (1, 2), (0, 2), (0, 2), (0, 0)]
