"""A year with objects of units: what is scored, kept and made again."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from assess.cli.scoring import score
from assess.core.actors import Role
from assess.files.frozen_inputs import paths_in, unpack
from assess.services import runs
from assess.services.accounts import Duty
from assess.services.runs.replaying import replay
from assess.store.models import Value
from assess.store.queries.runs import results_of
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.services.appeals import lodge, make_and_release, page, rule
from tests.services.objects import SECTIONS, a_year_of_sections
from tests.services.runs import a_run
from tests.years import a_person


def test_a_year_of_river_sections_is_scored_as_the_command_scores_its_files(
    database: Database, instance: Path, tmp_path: Path
):
    office = a_year_of_sections(database)["office"]

    run = a_run(database, office, instance / "uploads")

    made = json.loads(kept_path(instance / "uploads", run.results).read_bytes())
    given = [f"--{name}={SECTIONS / name}.csv" for name in ("units", "objects", "figures")]
    answer = CliRunner().invoke(score, [str(SECTIONS / "rule-sheet.yaml"), *given, f"--out={tmp_path / 'r.json'}"])
    assert answer.exit_code == 0
    assert made["units"] == json.loads((tmp_path / "r.json").read_text())["units"]


def test_the_inputs_of_a_run_with_objects_can_be_scored_without_the_service(
    database: Database, instance: Path, tmp_path: Path
):
    folder = instance / "uploads"
    run = a_run(database, a_year_of_sections(database)["office"], folder)

    unpack(kept_path(folder, run.inputs).read_bytes(), tmp_path)

    paths = paths_in(tmp_path)
    given = [f"--units={paths.units}", f"--objects={paths.objects}", f"--figures={paths.figures}"]
    answer = CliRunner().invoke(score, [str(paths.rules), *given, f"--out={tmp_path / 'r.json'}"])
    assert answer.exit_code == 0
    assert (tmp_path / "r.json").read_bytes() == kept_path(folder, run.results).read_bytes()


def test_a_run_with_objects_is_made_again_without_a_difference(database: Database, instance: Path):
    folder = instance / "uploads"
    run = a_run(database, a_year_of_sections(database)["office"], folder)

    with database.reading() as session:
        assert replay(session, run, folder=folder) == []
    lines = runs.lines_of_run(run, folder=folder)
    assert set(lines.results.inputs.objects.kinds) == {"section"}


def test_a_unit_that_shares_a_section_appeals_against_its_figure_and_both_units_are_scored_anew(
    database: Database, instance: Path
):
    folder, people = instance / "uploads", a_year_of_sections(database)
    with database.writing() as session:
        people |= {name: a_person(session, name, Duty(Role.OFFICE)) for name in ("deputy", "third")}
    make_and_release(database, people["office"], folder)
    number = lodge(database, people["s2"], "s2", item="months", cell="met@W2 2026-08", asked="yes")

    shown = page(database, people["s2"], number)
    assert "西闸8月" in shown.asked.zh
    seen = rule(database, people["deputy"], number, figures={"met@W2 2026-08": "yes"})

    assert {each.unit for each in seen.moved} == {"s1", "s2"}
    run = a_run(database, people["office"], folder)
    with database.reading() as session:
        totals = {each.unit: each.total for each in results_of(session, run=run.id)}
        value = session.query(Value).filter_by(figure="met", period="W2 2026-08", superseded_at=None).one()
    assert {each.unit: each.after.total for each in seen.moved} == {unit: totals[unit] for unit in ("s1", "s2")}
    assert (value.unit, value.millionths) == ("s1", 1_000_000)
