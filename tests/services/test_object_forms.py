"""Forms that ask for figures of objects: what is asked of whom, kept, handed in and seen by others."""

from __future__ import annotations

from itertools import product

import pytest

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.forms import FilledCount
from assess.core.rules.checking.service import cannot_collect
from assess.core.workflow import SubmissionState
from assess.services.completeness import completeness_of
from assess.services.forms.estimating import with_records
from assess.services.forms.overview import overview
from assess.services.forms.returning import return_form
from assess.services.forms.shared_objects import shared_values
from assess.services.forms.submissions import submit_form
from assess.services.forms.unit_form import SectionState
from assess.services.years import year_of
from assess.store.models import Exemption, Value
from assess.store.session import Database
from tests.services.forms import LEADER, form_now, save, submit, year_2026
from tests.services.object_forms import SECTION, a_year_of_reported_sections, answers_of_files
from tests.years import NOW

MONTHS = [f"2026-{month:02}" for month in range(1, 13)]


def test_a_form_asks_each_figure_of_objects_once_for_each_object_and_period(database: Database):
    people = a_year_of_reported_sections(database)

    fields = form_now(database, people["s1"], "s1").form.fields

    assert list(fields) == [
        *(f"class@{code}@2026" for code in ("W1", "W2")),
        *(f"met@{code}@{month}" for code in ("W1", "W2") for month in MONTHS),
    ]
    assert fields["class@W1@2026"].label == ("东河桥", "Donghe Bridge")
    assert fields["met@W2@2026-03"].label == ("西闸3月", "West Sluice, March")


def test_a_shared_object_is_asked_of_the_unit_that_the_list_names_first_and_the_other_sees_the_value(
    database: Database,
):
    people = a_year_of_reported_sections(database)
    first = form_now(database, people["s1"], "s1")
    save(database, people["s1"], answers_of_files(first.form), section=SECTION, unit="s1")
    submit(database, people["s1"], unit="s1")

    with database.reading() as session:
        other = with_records(session, form_now(database, people["s2"], "s2"))

    assert {field.object.code for field in other.form.fields.values() if field.object} == {"W3"}
    seen = shared_values(other, other.section(SECTION))
    assert {each.of.zh for each in seen} == {"东街街道"}
    assert [(each.title.zh, each.when and each.when.zh, each.value.zh) for each in seen[:2]] == [
        ("年均水质类别", None, "III"),
        ("当月达标", "1月", "是"),
    ]
    assert len(seen) == 13


def test_a_unit_without_objects_is_told_so_and_owes_nothing(database: Database):
    people = a_year_of_reported_sections(database)

    form = form_now(database, people["t2"], "t2")

    assert (form.form.fields, form.missing) == ({}, ())
    assert [each.reason and each.reason.zh for each in form.section(SECTION).not_applicable] == [
        "本单位没有考核断面，不需填报"
    ] * 2
    assert form.standing(form.section(SECTION)) is SectionState.NOT_APPLICABLE
    with database.reading() as session:
        rows = overview(session, people["office"], cycle=year_2026(session), now=NOW)
    assert [(each.row.unit, each.all) for each in rows] == [("s1", 26), ("s2", 13), ("s3", 13), ("t1", 13), ("t2", 0)]


@pytest.mark.parametrize("exempt", [("W1", "W2"), ("",)], ids=["from both sections", "from the items"])
def test_a_section_that_the_unit_is_exempt_from_is_not_asked_unless_another_unit_shares_it(
    database: Database, exempt: tuple[str, ...]
):
    people = a_year_of_reported_sections(database)
    with database.writing() as session:
        cycle, office = year_2026(session).id, people["office"].account
        facts = {"reason": "断流", "state": "approved", "asked_by": office, "asked_at": NOW, "decided_by": office}
        for item, part in product(("quality", "months"), exempt):
            session.add(Exemption(cycle_id=cycle, unit="s1", item=item, part=part, decided_at=NOW, **facts))

    asked = form_now(database, people["s1"], "s1").form.fields
    with database.reading() as session:
        matrix = completeness_of(session, year_2026(session)).matrix

    assert {state.value for state in matrix.rows[0].states} == {"missing"}
    assert {field.object.code for field in asked.values() if field.object} == {"W2"}


def test_wrong_values_are_named_at_their_object_and_period_and_missing_ones_before_submission(database: Database):
    people = a_year_of_reported_sections(database)
    with pytest.raises(Refused) as refused:
        save(database, people["s2"], {"met@W3@2026-02": "maybe", "class@W3@2026": "VI"}, section=SECTION, unit="s2")
    assert sorted(refused.value.fields) == ["class@W3@2026", "met@W3@2026-02"]

    form = form_now(database, people["s2"], "s2")
    answers = answers_of_files(form.form)
    del answers["met@W3@2026-02"]
    save(database, people["s2"], answers, section=SECTION, unit="s2")
    form = form_now(database, people["s2"], "s2")
    assert form.counts[SECTION] == FilledCount(12, 13)
    with database.writing() as session, pytest.raises(Refused) as refused:
        submit_form(
            session, people["s2"], cycle=year_2026(session), unit="s2", leader=LEADER, without=0, seen=form.stamp,
            now=NOW,
        )  # fmt: skip
    assert "（南湾2月）" in refused.value.fields["without"].zh


def test_a_submitted_form_holds_a_value_for_each_object_and_period_and_changes_one_when_sent_again(database: Database):
    people = a_year_of_reported_sections(database)
    answers = answers_of_files(form_now(database, people["s2"], "s2").form)
    save(database, people["s2"], answers, section=SECTION, unit="s2")
    submit(database, people["s2"], unit="s2")
    assert form_now(database, people["s2"], "s2").row.state is SubmissionState.SUBMITTED
    with database.writing() as session:
        kept = session.query(Value).filter_by(superseded_at=None).order_by(Value.period, Value.figure).all()
        assert [(each.unit, each.figure, each.period) for each in kept] == [
            ("s2", "class", "W3 2026"),
            *(("s2", "met", f"W3 {month}") for month in MONTHS),
        ]

    send_back(database, people["office"], "s2")
    save(database, people["s2"], {"met@W3@2026-02": "yes"}, section=SECTION, unit="s2", seen=1)
    submit(database, people["s2"], unit="s2")

    with database.reading() as session:
        two = session.query(Value).filter_by(period="W3 2026-02").order_by(Value.id).all()
        assert [(each.millionths, each.supersedes) for each in two] == [(0, None), (1_000_000, two[0].id)]
        assert session.query(Value).filter_by(superseded_at=None).count() == 13


def send_back(database: Database, actor: Actor, unit: str) -> None:
    """Return a submitted form as a whole."""
    seen = form_now(database, actor, unit).row.version
    with database.writing() as session:
        return_form(session, actor, cycle=year_2026(session), unit=unit, reason="请核对", seen=seen, now=NOW)


def test_a_sheet_whose_units_report_every_figure_of_objects_can_be_collected(database: Database):
    a_year_of_reported_sections(database)

    with database.reading() as session:
        assert cannot_collect(year_of(session, year_2026(session)).sheet) is None


def test_the_estimate_counts_own_objects_and_those_that_others_reported(database: Database):
    people = a_year_of_reported_sections(database)
    for unit in ("s1", "s2"):
        form = form_now(database, people[unit], unit)
        save(database, people[unit], answers_of_files(form.form), section=SECTION, unit=unit)
    submit(database, people["s1"], unit="s1")

    with database.reading() as session:
        found = with_records(session, form_now(database, people["s2"], "s2")).estimate

    assert {line.item: line.points for line in found.lines} == {"quality": "50.00", "months": "33.33"}
    assert found.later == ()
