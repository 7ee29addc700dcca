from __future__ import annotations

import json
from datetime import timedelta
from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from assess.core.errors import Refused
from assess.core.flaws import ValidationError
from assess.core.workflow import Stage
from assess.services.documents import UploadedFile
from assess.services.previous import (
    accept_figures,
    accept_results,
    preview_figures,
    preview_results,
    preview_year_before,
    previous_results_of,
    state_none,
    take_from_year_before,
)
from assess.services.rules import load_rules, publish_rules
from assess.services.units.unit_list import accept_units
from assess.services.years import previous_of, year_of
from assess.store.models import Batch, Cycle, Value
from assess.store.queries.previous import FIGURES, RESULTS
from assess.store.queries.years import current_values
from assess.store.session import Database, Session
from tests.services.setting_up import FIRST_UNITS, OFFICE, a_csv, a_new_year, a_rule_sheet, a_ruled_year, the_year
from tests.years import CHAOWAI, JIANWAI, NOW

HEAD = "unit,figure,period,value"
PM = f"{JIANWAI},pm25,2025-01,39.4"
TSP = f"{JIANWAI},tsp,2025-01,100"
OTHER = f"{CHAOWAI},pm25,2025-01,41"


def accepted(session: Session, *lines: str, later: int = 0) -> None:
    now = NOW + timedelta(days=later)
    accept_figures(session, OFFICE, cycle=the_year(session), document=a_csv([HEAD, *lines]), now=now)


def kept(session: Session) -> list[tuple[str, str, str, int | None, str | None]]:
    return current_values(session, the_year(session).id, 2025)


def flaws_of(session: Session, document: UploadedFile) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        preview_figures(session, the_year(session), document)
    return [flaw.localized("en").lstrip(":") for flaw in caught.value.flaws]


def test_figures_of_the_year_before_count_at_once_and_tell_their_cell(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        accepted(session, PM, TSP)

        assert kept(session) == [
            (JIANWAI, "pm25", "2025-01", 39_400_000, None), (JIANWAI, "tsp", "2025-01", 100_000_000, None),
        ]  # fmt: skip
        values = session.scalars(select(Value).order_by(Value.id)).all()
        assert [(value.place, value.state, value.year) for value in values] == [
            ("2:4", "certified", 2025), ("3:4", "certified", 2025),
        ]  # fmt: skip
        table = previous_of(session, year_of(session, cycle))
        assert table is not None
        assert {figure: layers[0].values.fractions()[:2] for figure, layers in table.layers.items()} == {
            "pm25": [Fraction("39.4"), None],
            "tsp": [Fraction(100), None],
        }


def test_what_is_equal_stays_what_is_other_or_gone_is_superseded(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        accepted(session, PM, TSP)
        changed = a_csv([HEAD, PM.replace("39.4", "39.40"), OTHER, TSP.replace("100", "101")])
        preview = preview_figures(session, cycle, changed)
        assert (len(preview.new), len(preview.changed), len(preview.gone), preview.unchanged) == (1, 1, 0, 1)
        accept_figures(session, OFFICE, cycle=cycle, document=changed, now=NOW + timedelta(days=1))
        accepted(session, OTHER, later=2)

        values = session.scalars(select(Value).order_by(Value.id)).all()
        days = [(each.superseded_at - NOW).days if each.superseded_at else None for each in values]
        told = [(each.figure, each.millionths, each.supersedes) for each in values]
        assert list(zip(told, days, strict=True)) == [
            (("pm25", 39_400_000, None), 2),
            (("tsp", 100_000_000, None), 1),
            (("pm25", 41_000_000, None), None),
            (("tsp", 101_000_000, values[1].id), 2),
        ]
        assert kept(session) == [(CHAOWAI, "pm25", "2025-01", 41_000_000, None)]
        with pytest.raises(Refused, match="nothing to save"):
            accepted(session, OTHER)


def test_flaws_are_told_by_cell_and_nothing_is_kept(database: Database):
    with database.writing() as session:
        a_ruled_year(session)

        assert flaws_of(session, a_csv([HEAD, PM, "不存在,pm25,2025-01,1", f"{JIANWAI},pm25,2026-01,1", PM])) == [
            "3:1: No unit is called “不存在”. Check the list of units.",
            "4:3: “2026-01” is outside 2025. Check the period.",
            "5:4: PM2.5 of Jianwai Subdistrict for 2025-01 appears twice, first at 2:4. Keep one.",
        ]
        assert flaws_of(session, a_csv([HEAD, f"{JIANWAI},tsp,2025-01,99999999999999"]))[0].startswith("2:4:")
        assert flaws_of(session, a_csv([HEAD])) == [
            "There are no values in this table. Fill it in and upload it again."
        ]
        assert kept(session) == []


def test_it_may_be_said_that_there_are_none(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        accepted(session, PM)
        state_none(session, OFFICE, cycle=cycle, kind=FIGURES, now=NOW)

        assert kept(session) == []
        with pytest.raises(Refused, match="already recorded that there are no figures of last year"):
            state_none(session, OFFICE, cycle=cycle, kind=FIGURES, now=NOW)
        state_none(session, OFFICE, cycle=cycle, kind=RESULTS, now=NOW)
        assert previous_results_of(session, year_of(session, cycle)) is None


def a_results_file(**of_first: object) -> UploadedFile:
    """Results of two units, one of whom is none of this year's."""
    entry = {
        "unit": JIANWAI,
        "group": "streets",
        "rank": "3",
        "of": "24",
        "total": "88.50",
        "grade": "good",
        **of_first,
    }
    other = {"unit": "999", "rank": 1, "of": 24}
    return UploadedFile("results.json", json.dumps({"units": [entry, other]}).encode())


def test_results_of_the_year_before_are_kept_and_given_by_unit(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        document = a_results_file(scores={"air": {"score": "30.10", "points": "40"}})
        accept_results(session, OFFICE, cycle=cycle, document=document, now=NOW)

        results = previous_results_of(session, year_of(session, cycle))
        assert results is not None
        assert (results.rank.fractions()[:2], results.total[:2], results.scores[0]) == (
            [3, None], ("88.50", None), {"air": "30.10"},
        )  # fmt: skip
        with pytest.raises(Refused, match="nothing to save"):
            accept_results(session, OFFICE, cycle=cycle, document=document, now=NOW)


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (UploadedFile("r.json", b"{"), "This is not a JSON file"),
        (UploadedFile("r.json", b"[]"), "^units: this must be last year's results"),
        (UploadedFile("r.json", b'{"units": []}'), "None of the units of this year"),
        (UploadedFile("r.json", b'{"units": [1, {"unit": ["x"]}]}'), "the unit code is missing"),
        (a_results_file(rank="many"), "this must be a number or null"),
        (a_results_file(grade="\x00"), "invisible control characters"),
        (a_results_file(scores={"air": "x"}), r"scores\.air: this must be last year's results"),
    ],
)
def test_a_file_that_holds_no_results_is_refused(database: Database, document: UploadedFile, told: str):
    with database.writing() as session:
        cycle = a_ruled_year(session)

        with pytest.raises(ValidationError, match=told):
            accept_results(session, OFFICE, cycle=cycle, document=document, now=NOW)


def test_figures_are_taken_from_the_year_before_where_the_service_had_it(database: Database):
    with database.writing() as session:
        a_ruled_year(session)
        figures_of_2025(session, Stage.COLLECTING)
        with pytest.raises(Refused, match="no figures of 2025"):
            preview_year_before(session, the_year(session))
        session.get_one(Cycle, the_year(session, 2025).id).stage = Stage.FINAL
        session.flush()

        preview = take_from_year_before(session, OFFICE, cycle=the_year(session), now=NOW)
        assert (len(preview.new), preview.left_out) == (1, 2)
        assert kept(session) == [(JIANWAI, "pm25", "2025-01", 39_400_000, None)]


def figures_of_2025(session: Session, stage: Stage) -> None:
    """A year of its own: a figure of today, one that is gone, and one of a unit that is gone."""
    cycle = a_new_year(session, 2025)
    session.get_one(Cycle, cycle.id).stage = stage
    batch = Batch(cycle_id=cycle.id, kind="form", facts={}, made_by=0, made_at=NOW)
    session.add(batch)
    session.flush()
    for unit, figure in ((JIANWAI, "pm25"), (JIANWAI, "gone"), ("999", "pm25")):
        session.add(
            Value(
                cycle_id=cycle.id, year=2025, unit=unit, figure=figure, period="2025-01", millionths=39_400_000,
                state="certified", batch_id=batch.id, entered_by=0, entered_at=NOW,
            )
        )  # fmt: skip
    session.flush()


def test_values_still_fit_after_a_figure_went_from_the_sheet(database: Database):
    with database.writing() as session:
        cycle = a_ruled_year(session)
        accepted(session, PM)
        accept_units(session, OFFICE, cycle=cycle, document=a_csv(FIRST_UNITS[:3]), now=NOW)
        load_rules(session, OFFICE, cycle=cycle, document=a_rule_sheet(("max: 500", "max: 400")), now=NOW, reason="x")
        publish_rules(session, OFFICE, cycle=cycle, number=2, now=NOW)

        table = previous_of(session, year_of(session, cycle))
        assert table is not None
        assert table.given == {"pm25"}


def test_a_second_sheet_of_figures_is_not_dropped_in_silence(database: Database):
    book = Workbook()
    for title, head, values in (
        ("年度", HEAD, PM), ("其余", HEAD, TSP), ("联系人", "unit,phone", f"{JIANWAI},65090000")
    ):  # fmt: skip
        sheet = book.create_sheet(title)
        sheet.append(head.split(","))
        sheet.append(values.split(","))
    del book["Sheet"]
    made = BytesIO()
    book.save(made)
    with database.writing() as session:
        a_ruled_year(session)

        assert flaws_of(session, UploadedFile("previous.xlsx", made.getvalue())) == [
            "其余: This sheet also has headings for units and figures, but only the sheet 年度 is read. Nothing was "
            "saved. Put all data into one sheet, or delete this one."
        ]


def test_results_of_the_year_before_come_as_a_table(database: Database):
    book = Workbook()
    for row in (("单位", "总分", "名次", "等次"), ("建外街道", "88.50", 3, "良好"), (CHAOWAI, 79, None, None)):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    with database.writing() as session:
        cycle = a_ruled_year(session)
        document = UploadedFile("results.xlsx", file.getvalue())
        accept_results(session, OFFICE, cycle=cycle, document=document, now=NOW)

        results = previous_results_of(session, year_of(session, cycle))
        assert results is not None
        assert (results.rank.fractions()[:2], results.total[:2]) == ([3, None], ("88.50", "79"))
        wrong = UploadedFile("results.csv", "单位,总分,名次,等次\n建外街道,many,0,最好\n某街道,1,1,\n".encode())
        with pytest.raises(ValidationError) as flawed:
            preview_results(session, cycle, wrong)
        assert [flaw.where.column for flaw in flawed.value.flaws] == [2, 3, 4, 1]
