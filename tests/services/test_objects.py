"""A year with objects of units: what is scored, kept and made again."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from assess.cli.scoring import score
from assess.files.frozen_inputs import paths_in, unpack
from assess.services import runs
from assess.services.runs.replaying import replay
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.services.objects import SECTIONS, a_year_of_sections
from tests.services.runs import a_run


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
