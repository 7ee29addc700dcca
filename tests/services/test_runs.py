"""Runs, on either engine: what is frozen, what is kept of it, and that anyone can make the same of it again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

import assess as package
from assess.cli import assess
from assess.cli.replay import SAME_BUT_FOR_WORDING
from assess.cli.scoring import score
from assess.core.actors import Actor
from assess.core.errors import NotAllowed, Refused
from assess.core.methods import counting
from assess.core.runs.adding_up import TotalChange
from assess.core.runs.comparing import ChangeReason, LineChange, MovedLine
from assess.core.runs.noting import sentence_of
from assess.core.runs.ranks import printed_rank
from assess.core.sources import Entries, StatedFigure, WorkbookCell
from assess.core.text import Text
from assess.files.frozen_inputs import paths_in, unpack
from assess.services import runs
from assess.services.runs.comparing import Comparison, UnitMoved, changes_of_totals, main_reason, told_value
from assess.services.runs.replaying import replay
from assess.store.queries import runs as queries
from assess.store.queries.runs import RunRow
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.services.findings import DUST, record
from tests.services.forms import year_2026
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
    assert (answer.exit_code, answer.stdout) == (0, "")
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
    office = a_supplied_year(database)["office"]
    record(database, DUST._replace(deadline="2026-11-25"))
    run = a_run(database, office, folder, words="第一次")

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
    assert isinstance(figures.uses("pm25", 0)[0].source, WorkbookCell)
    assert figures.uses("findings_overdue", 0)[0].source == Entries("问题台账：第1号", "ledger of findings: no. 1")
    assert isinstance(figures.uses("ecology.garden.done", 0)[0].source, StatedFigure)


def compared(database: Database, actor: Actor, before: int, after: int) -> Comparison:
    """Two runs side by side."""
    with database.reading() as session:
        return runs.compare_runs(session, actor, cycle=year_2026(session), before=before, after=after)


def test_the_same_inputs_give_the_same_bytes_and_other_figures_tell_who_moved_and_why(
    database: Database, instance: Path
):
    folder = instance / "uploads"
    actor = a_supplied_year(database)["office"]
    first, again = a_run(database, actor, folder), a_run(database, actor, folder)

    assert (again.number, again.supersedes) == (2, first.id)
    assert again[7:11] == first[7:11]
    assert (again.inputs, again.results) == (first.inputs, first.results)

    same = compared(database, actor, 1, 2)
    assert (same.units, same.unmoved, same.same_inputs, same.same_rules, same.values) == ((), 6, True, True, 0)

    with database.writing() as session:
        for month in range(1, 13):
            change(session, CHAOWAI, "pm25", f"2026-{month:02}", "90")
    third = a_run(database, actor, folder)
    found = compared(database, actor, 2, 3)
    assert third.inputs_digest != first.inputs_digest
    assert (found.same_inputs, found.same_rules, found.values) == (False, True, 12)
    lines = {each.unit: {line.change.node: line for line in each.lines} for each in found.units}
    target = lines[CHAOWAI].pop("air.pm25-target")
    assert (target.reason, len(target.values), target.change.now) == (ChangeReason.FIGURE, 12, "0.00")
    assert (target.difference or "").startswith("-")
    value = target.values[0]
    assert (value.period, told_value(found.sheet, value, value.now).en) == ("2026-01", "90 µg/m³")
    assert value.was_value != value.now_value
    others = {line.reason for unit, moved in lines.items() if unit != CHAOWAI for line in moved.values()}
    assert others == {ChangeReason.OTHERS}
    check_adding_up(found, folder)
    fallen = {each.unit: each for each in found.units}[CHAOWAI]
    assert (fallen.places or 0) <= 0
    assert (fallen.total or "").startswith("-")

    for statement in ("UPDATE run_line SET score = '100'", "DELETE FROM run_value"):
        with database.writing() as session, pytest.raises(DBAPIError):
            session.execute(text(statement))


def check_adding_up(found: Comparison, folder: Path) -> None:
    """What the items changed in a total, and all else, is the change of the total; what is cut is told as such."""
    changes = changes_of_totals(found, found.units, folder=folder)
    assert changes.keys() == {each.unit for each in found.units}
    for unit in found.units:
        shown = [*changes[unit.unit].items.values(), changes[unit.unit].rest or "0"]
        together = sum(Decimal(text.removeprefix("≈")) for text in shown)
        cut = sum(text.startswith("≈") for text in shown)
        assert abs(together - Decimal(unit.total or "0")) <= Decimal("0.005") * cut, unit.unit


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


def test_a_run_of_another_version_is_right_in_other_words_and_wrong_in_other_points(
    embedded: Database, instance: Path, monkeypatch: pytest.MonkeyPatch
):
    folder, database = instance / "uploads", embedded
    run = a_run(database, a_supplied_year(database, units=2)["office"], folder)
    monkeypatch.setattr(counting, "OF_FULL", Text("满分 {full}", "Out of {full}"))
    assert told(database, run, folder)[0] == "The repeated result differs from the stored one."

    monkeypatch.setattr(package, "__version__", "9.0")
    assert told(database, run, folder) == []
    environment = {"ASSESS_INSTANCE": str(instance), "ASSESS_DATABASE_URL": f"sqlite:///{instance / 'assess.db'}"}
    answer = CliRunner().invoke(assess, ["replay", "--lang", "en"], env=environment)
    same = SAME_BUT_FOR_WORDING.localized("en", year=2026, number=1, then=run.engine)
    assert (answer.exit_code, answer.output) == (0, f"{same}\n")

    forge(
        database,
        f"UPDATE run_line SET score = '100' WHERE unit = '{JIANWAI}' AND node = 'air'",
        f"UPDATE run_line SET facts = '{{}}' WHERE unit = '{CHAOWAI}' AND node = 'air.pm25-target'",
    )
    (line, sentence) = told(database, run, folder)
    assert re.fullmatch(rf"item {JIANWAI} air, score: 100 in the database, \d+(\.\d+)? when repeated", line)
    assert sentence.startswith(
        f"explanation of {CHAOWAI} air.pm25-target: the database says “”, the stored results say “"
    )


def told(database: Database, run: RunRow, folder: Path) -> list[str]:
    """What differs when a run is made again."""
    with database.reading() as session:
        return [each.en for each in replay(session, run, folder=folder)]


def forge(database: Database, *statements: str) -> None:
    """Somebody with the key to the database changes what nobody may change."""
    with database.writing() as session:
        for trigger in ("run_line_no_update", "run_value_no_delete"):
            session.execute(text(f"DROP TRIGGER {trigger}"))
        for statement in statements:
            session.execute(text(statement))


def test_a_run_made_again_is_the_same_and_one_changed_byte_or_line_is_named(embedded: Database, instance: Path):
    folder, database = instance / "uploads", embedded
    run = a_run(database, a_supplied_year(database, units=2)["office"], folder)
    assert told(database, run, folder) == []
    environment = {"ASSESS_INSTANCE": str(instance), "ASSESS_DATABASE_URL": f"sqlite:///{instance / 'assess.db'}"}
    answer = CliRunner().invoke(assess, ["replay", "--lang", "en"], env=environment)
    assert (answer.exit_code, answer.output) == (0, "2026, run 1: repeated with identical results\n")

    forge(
        database,
        f"UPDATE run_line SET score = '100' WHERE unit = '{JIANWAI}' AND node = 'air'",
        f"DELETE FROM run_value WHERE unit = '{CHAOWAI}' AND figure = 'pm25' AND period = '2026-02'",
    )
    (line, value) = told(database, run, folder)
    assert re.fullmatch(rf"item {JIANWAI} air, score: 100 in the database, \d+(\.\d+)? when repeated", line)
    assert value == f"figure {CHAOWAI} pm25 2026 2026-02: missing from the database"

    results = kept_path(folder, run.results)
    results.write_bytes(results.read_bytes().replace(b'"of": "', b'"of": "1', 1))
    answer = CliRunner().invoke(assess, ["replay", "--run", "1", "--lang", "en"], env=environment)
    assert answer.exit_code == 1
    assert answer.output.splitlines()[:2] == [
        "2026, run 1: results differ", "  Stored results: changed, the SHA-256 differs.",
    ]  # fmt: skip
    inputs = kept_path(folder, run.inputs)
    inputs.write_bytes(inputs.read_bytes()[:-1] + b"!")
    assert told(database, run, folder) == [
        "Frozen inputs: changed, the SHA-256 differs.",
        "Stored results: changed, the SHA-256 differs.",
    ]


def test_the_main_reason_is_the_largest_change_though_it_is_printed_as_about():
    lines = tuple(
        MovedLine(
            LineChange(JIANWAI, node, "1", "2", None, None), Text.same(node), "1", "+1", ChangeReason.FIGURE, (), 0
        )
        for node in ("air", "water")
    )
    unit = UnitMoved(JIANWAI, Text.same("Jianwai"), None, None, "-5", None, lines)

    assert main_reason(unit, TotalChange({"air": "+3", "water": "-2"}, "≈-7.903")) == (None, "≈-7.903")
    assert main_reason(unit, TotalChange({"air": "+3", "water": "≈-4.667"}, None)) == (Text.same("water"), "≈-4.667")
    risen = replace(unit, total="+1")
    assert main_reason(risen, TotalChange({"air": "+3", "water": "≈-4.667"}, None)) == (Text.same("air"), "+3")
    assert main_reason(unit, None) == (Text.same("air"), "+1")
