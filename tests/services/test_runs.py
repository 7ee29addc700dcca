"""Runs, on either engine: what is frozen, what is kept of it, and that anyone can make the same of it again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assess.cli.scoring import score
from assess.core.errors import NotAllowed, Refused
from assess.core.runs.noting import sentence_of
from assess.core.runs.ranks import printed_rank
from assess.core.sources import Cell, Entries, Given
from assess.core.text import Text
from assess.files.frozen_inputs import paths_in, unpack
from assess.services import runs
from assess.store.queries import runs as queries
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.services.runs import a_run, a_supplied_year, ask, change, work
from tests.years import CHAOWAI, JIANWAI


def scored_by_the_command(frozen: bytes, folder: Path) -> bytes:
    """What `assess score` makes of frozen inputs."""
    unpack(frozen, folder)
    paths = paths_in(folder)
    assert paths.figures is not None
    assert paths.previous is not None
    given = ["--units", paths.units, "--figures", paths.figures, "--previous", paths.previous]
    arguments = [paths.rules, *given, "--out", folder / "results.json"]
    answer = CliRunner().invoke(score, [str(each) for each in arguments])
    assert answer.output == ""
    return (folder / "results.json").read_bytes()


@pytest.fixture
def embedded(sqlite_url: str) -> Iterator[Database]:
    """An empty database on the embedded engine."""
    opened = Database(sqlite_url)
    yield opened
    opened.close()


def test_a_run_is_what_the_command_makes_of_its_files_and_every_line_keeps_its_facts(
    embedded: Database, instance: Path, tmp_path: Path
):
    folder, database = instance / "uploads", embedded
    run = a_run(database, a_supplied_year(database)["office"], folder, words="第一次")

    made = kept_path(folder, run.results).read_bytes()
    (tmp_path / "files").mkdir()
    assert scored_by_the_command(kept_path(folder, run.inputs).read_bytes(), tmp_path / "files") == made
    assert (run.number, run.words, run.units, run.scored, run.blocked, run.supersedes) == (1, "第一次", 6, 6, 0, None)

    lines = runs.lines_of_run(run, folder=folder)
    codes = lines.results.inputs.units.codes
    with database.reading() as session:
        sentences = queries.sentences_of(session, run=run.id)
        kept = {(row.unit, row.node): row for row in queries.lines_of(session, run=run.id)}
        units = queries.results_of(session, run=run.id)
    for node in lines.results.scores:
        whole = lines.of(node)
        for place, unit in enumerate(codes):
            row = kept.pop((unit, node))
            told = Text(whole.whys["zh"][place], whole.whys["en"][place])
            assert (row.score, row.full, row.state) == (whole.scores[place], whole.full[place], whole.states[place])
            assert sentence_of(row.facts, sentences) == told
    assert kept == {}
    assert [(each.unit, each.total) for each in units] == list(zip(codes, lines.results.total.printed(2), strict=True))
    assert sorted(printed_rank(each.rank) or "" for each in units) == ["1", "2", "3", "4", "5", "6"]
    assert all((each.best or 0) <= (each.rank or 0) <= (each.worst or 0) for each in units)

    figures = lines.results.inputs.figures
    assert isinstance(figures.uses("pm25", 0)[0].source, Cell)
    assert figures.uses("findings_overdue", 0)[0].source == Entries("问题台账", "ledger of findings")
    assert isinstance(figures.uses("ecology.garden.done", 0)[0].source, Given)


def test_the_same_inputs_give_the_same_bytes_and_another_figure_supersedes_the_run(database: Database, instance: Path):
    folder = instance / "uploads"
    actor = a_supplied_year(database)["office"]
    first, again = a_run(database, actor, folder), a_run(database, actor, folder)

    assert (again.number, again.supersedes) == (2, first.id)
    assert again[7:11] == first[7:11]
    assert (again.inputs, again.results) == (first.inputs, first.results)

    with database.writing() as session:
        change(session, JIANWAI, "pm25", "2026-01", "12.3")
    third = a_run(database, actor, folder)
    with database.reading() as session:
        was, now = (
            {
                (each.unit, each.period): each.text
                for each in queries.values_used(session, run=run)
                if each.figure == "pm25"
            }
            for run in (first.id, third.id)
        )
    assert {key: (was[key], text) for key, text in now.items() if was[key] != text} == {
        (JIANWAI, "2026-01"): ("41.1", "12.3")
    }
    assert third.inputs_digest != first.inputs_digest
    for statement in ("UPDATE run_line SET score = '100'", "DELETE FROM run_value"):
        with database.writing() as session, pytest.raises(DBAPIError):
            session.execute(text(statement))


def test_only_the_office_scores_one_run_at_a_time(database: Database, instance: Path):
    people = a_supplied_year(database)
    with pytest.raises(NotAllowed):
        ask(database, people[CHAOWAI])
    with pytest.raises(Refused) as wrong:
        ask(database, people["office"], day="2026-12-31")
    assert set(wrong.value.fields) == {"day"}
    ask(database, people["office"])
    with pytest.raises(Refused):
        ask(database, people["office"])
    work(database, instance / "uploads")
    ask(database, people["office"])
