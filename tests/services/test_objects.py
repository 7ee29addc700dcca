"""A year with objects of units: what is scored, kept and made again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from assess.cli.scoring import score
from assess.core.actors import Role
from assess.core.errors import Declined, Refused
from assess.core.workflow import Stage, WorkflowStep
from assess.files.frozen_inputs import paths_in, unpack
from assess.services import runs
from assess.services.accounts import Duty
from assess.services.notices.results import result_page
from assess.services.requests.approvals import EXCLUSIONS, EXEMPTIONS
from assess.services.requests.approvals import rule as rule_on
from assess.services.requests.exclusions import ask_exclusion
from assess.services.requests.exemptions import ask_exemption
from assess.services.runs.replaying import replay
from assess.store.models import Finding, Value
from assess.store.queries.runs import RunRow, results_of
from assess.store.session import Database
from assess.store.uploads import kept_path
from tests.services.appeals import lodge, make_and_release, page, rule
from tests.services.findings import DUST, record
from tests.services.objects import SECTIONS, a_year_of_sections
from tests.services.runs import a_run
from tests.services.setting_up import the_year
from tests.years import NOW, a_person


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


def test_a_section_that_a_unit_is_exempt_from_is_no_part_of_its_score(database: Database, instance: Path):
    people = a_year_of_sections(database)
    with database.writing() as session:
        asked = {"cycle": the_year(session), "unit": "s1", "item": "months", "reason": "断流", "now": NOW}
        row = ask_exemption(session, people["s1"], part="W1", **asked)
        with pytest.raises(Declined):
            ask_exemption(session, people["s1"], part="W4", **asked)
    with database.writing() as session:
        about = {"cycle": the_year(session), "row": row.id, "seen": 1, "now": NOW, "step": WorkflowStep.APPROVE}
        rule_on(session, people["office"], EXEMPTIONS, ruling="已核实", **about)

    run = a_run(database, people["office"], instance / "uploads")

    parts = json.loads(kept_path(instance / "uploads", run.results).read_bytes())["units"][0]["scores"]["months"][
        "parts"
    ]
    assert {part["object"] for part in parts} == {"W2"}


def test_a_value_of_a_section_that_was_excluded_does_not_count(database: Database, instance: Path):
    people = a_year_of_sections(database)
    with database.writing() as session:
        asked = {"cycle": the_year(session), "figure": "met", "reason": "暴雨", "now": NOW}
        row = ask_exclusion(session, people["s1"], unit="s1", period="W2 2026-08", **asked)
        for unit, period, field in (
            ("s2", "W2 2026-08", "object"),
            ("s1", "2026-08", "object"),
            ("s1", "W2 2026-08", "period"),
        ):
            with pytest.raises(Refused) as refused:
                ask_exclusion(session, people[unit], unit=unit, period=period, **asked)
            assert list(refused.value.fields) == [field]
    with database.writing() as session:
        about = {"cycle": the_year(session), "row": row.id, "seen": 1, "now": NOW, "step": WorkflowStep.APPROVE}
        rule_on(session, people["office"], EXCLUSIONS, ruling="已核实", **about)

    run = a_run(database, people["office"], instance / "uploads")

    parts = json.loads(kept_path(instance / "uploads", run.results).read_bytes())["units"][0]["scores"]["months"][
        "parts"
    ]
    missing = [(part["object"], part["period"]) for part in parts if part["state"] == "missing"]
    assert missing == [("W2", "2026-08")]


def months_of_first_unit(folder: Path, run: RunRow) -> list[dict[str, Any]]:
    """The parts of the item of months in the result of the first unit."""
    tree = json.loads(kept_path(folder, run.results).read_bytes())
    found: list[dict[str, Any]] = tree["units"][0]["scores"]["months"]["parts"]
    return found


def test_findings_at_one_section_are_at_the_same_place_whatever_it_is_called(database: Database):
    a_year_of_sections(database, stage=Stage.COLLECTING)
    with database.writing() as session:
        a_person(session, "inspector", Duty(Role.EVALUATOR, department="water"))
    places = ("W2", "West Sluice", "西闸", "W4", "西闸下游50米")
    for place in places:
        record(database, DUST._replace(unit="s2", place=place), who="inspector")

    with database.reading() as session:
        kept = [row.place for row in session.query(Finding).order_by(Finding.number)]
    assert kept == ["西闸", "西闸", "西闸", "W4", "西闸下游50米"]


def test_each_unit_that_shares_a_section_sees_its_figures_behind_the_own_result(database: Database, instance: Path):
    folder, people = instance / "uploads", a_year_of_sections(database)
    make_and_release(database, people["office"], folder)

    with database.reading() as session:
        shown = result_page(session, people["s2"], cycle=the_year(session), unit="s2", folder=folder)

    assert shown is not None
    behind = {figure.title.zh for figure in shown.figures["months"]}
    assert behind == {"当月达标（西闸）", "当月达标（南湾）"}
