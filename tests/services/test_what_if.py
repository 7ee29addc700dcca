"""A version of the rule sheet tried on a run, on either engine: as the command tries it on files, and nothing kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, func, select

from assess.core.actors import Actor
from assess.core.errors import NotAllowed, NotFound, Refused
from assess.core.runs.kinds import RunKind
from assess.files.frozen_inputs import paths_in, unpack
from assess.files.what_if_results import write_changes
from assess.services.documents import UploadedFile
from assess.services.rules import load_rules, written_rules
from assess.services.what_if import NO_RUN, WhatIf, what_if
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.cli.running import run
from tests.services.forms import year_2026
from tests.services.objects import a_year_of_sections
from tests.services.runs import a_run, a_supplied_year, newest
from tests.services.setting_up import OFFICE, RULE_TEXT, a_rule_sheet, a_ruled_year
from tests.years import NOW

MORE_FOR_DUST = ("{to: -10, points: 1}, {to: -5, points: 0.8}", "{to: -10, points: 1}, {to: -5, points: 0.4}")


def with_a_draft(database: Database, document: UploadedFile) -> None:
    """A second version of the year's sheet, not published."""
    with database.writing() as session:
        load_rules(session, OFFICE, cycle=year_2026(session), document=document, reason="试算", now=NOW)


def tried(database: Database, actor: Actor, folder: Path, *, number: int = 2, on: str = "") -> WhatIf:
    with database.reading() as session:
        return what_if(session, actor, cycle=year_2026(session), number=number, on=on, folder=folder)


def by_the_command(database: Database, found: WhatIf, folder: Path, files: Path) -> dict[str, Any]:
    """What `assess rules what-if` makes of the frozen files and the version as it is downloaded."""
    files.mkdir()
    unpack(kept_path(folder, found.basis.run.inputs).read_bytes(), files)
    with database.reading() as session:
        version = written_rules(session, year_2026(session), number=found.number, ending="yaml", language="zh")
    (files / "draft.yaml").write_bytes(version.getvalue())
    paths = paths_in(files)
    given = {"units": paths.units, "figures": paths.figures, "previous": paths.previous, "objects": paths.objects}
    words = [word for name, path in given.items() if path is not None for word in (f"--{name}", str(path))]
    out = files / "changes.json"
    ended = run("rules", "what-if", str(paths.rules), str(files / "draft.yaml"), *words, "--out", str(out))
    assert ended.code == 0, ended.err
    result: dict[str, Any] = json.loads(out.read_bytes())
    return result


def json_of(found: WhatIf, path: Path) -> dict[str, Any]:
    """The changes as the command writes them."""
    write_changes(found.tried.changes, path)
    result: dict[str, Any] = json.loads(path.read_bytes())
    return result


def rows_of_every_table(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with database.reading() as session:
        tables = MetaData()
        tables.reflect(session.connection())
        counts = {name: select(func.count()).select_from(table) for name, table in tables.tables.items()}
        return {name: session.scalar(count) or 0 for name, count in counts.items()}


def test_a_draft_moves_units_as_the_command_says_and_nothing_of_it_is_kept(
    database: Database, instance: Path, tmp_path: Path
):
    folder = instance / "uploads"
    office = a_supplied_year(database)["office"]
    made = a_run(database, office, folder)
    with_a_draft(database, a_rule_sheet(MORE_FOR_DUST))
    before = rows_of_every_table(database)

    found = tried(database, office, folder)

    assert found.tried.changes.changed > 0
    assert json_of(found, tmp_path / "tried.json") == by_the_command(database, found, folder, tmp_path / "files")
    assert (found.tried.left_out, found.tried.lacking, found.tried.exemptions_left_out) == ((), (), ())
    assert found.rose + found.fell == found.tried.changes.ranks_changed
    assert sum(each.was for each in found.grades) == sum(each.now for each in found.grades) == 6
    assert rows_of_every_table(database) == before
    assert newest(database) == made


def test_the_version_of_the_run_itself_moves_nobody(database: Database, instance: Path):
    office = a_supplied_year(database)["office"]
    a_run(database, office, instance / "uploads")

    found = tried(database, office, instance / "uploads", number=1)

    assert (found.units, found.tried.changes.by_entry, found.rose, found.fell) == ((), (), 0, 0)


def test_a_draft_with_another_figure_says_what_it_lacks_and_leaves_out(database: Database, instance: Path):
    office = a_supplied_year(database)["office"]
    a_run(database, office, instance / "uploads")
    renamed = RULE_TEXT.replace("green_cover", "canopy_cover").replace("en: Green cover", "en: Canopy", 1)
    with_a_draft(database, UploadedFile("rules.yaml", renamed.encode()))

    found = tried(database, office, instance / "uploads")

    assert [each.en for each in (*found.tried.left_out, *found.tried.lacking)] == ["Green cover", "Canopy"]


def test_an_interim_run_is_tried_by_interim_rules(database: Database, instance: Path):
    office = a_supplied_year(database)["office"]
    a_run(database, office, instance / "uploads", kind=RunKind.INTERIM)

    assert tried(database, office, instance / "uploads", number=1).units == ()


def test_each_run_of_the_year_may_be_chosen_and_the_newest_comes_first(database: Database, instance: Path):
    folder = instance / "uploads"
    office = a_supplied_year(database)["office"]
    a_run(database, office, folder)
    a_run(database, office, folder)

    found = tried(database, office, folder, number=1)

    assert [each.key for each in found.bases] == ["2026-2", "2026-1"]
    assert found.basis.key == "2026-2"
    assert tried(database, office, folder, number=1, on="2026-1").basis.key == "2026-1"
    assert tried(database, office, folder, number=1, on="2031-7 OR 1").basis.key == "2026-2"


def test_objects_of_the_run_are_scored_by_the_tried_version(database: Database, instance: Path, tmp_path: Path):
    office = a_year_of_sections(database)["office"]
    a_run(database, office, instance / "uploads")

    found = tried(database, office, instance / "uploads", number=1)

    assert json_of(found, tmp_path / "t.json") == by_the_command(database, found, instance / "uploads", tmp_path / "f")


def test_without_any_run_nothing_can_be_tried(database: Database, instance: Path):
    with database.writing() as session:
        a_ruled_year(session)

    with pytest.raises(Refused) as refused:
        tried(database, OFFICE, instance / "uploads", number=1)
    assert refused.value.what == NO_RUN


def test_only_the_office_tries_versions_and_only_those_that_there_are(database: Database, instance: Path):
    people = a_supplied_year(database)
    a_run(database, people["office"], instance / "uploads")

    for who in set(people) - {"office"}:
        with pytest.raises(NotAllowed):
            tried(database, people[who], instance / "uploads", number=1)
    with pytest.raises(NotFound):
        tried(database, people["office"], instance / "uploads", number=7)
