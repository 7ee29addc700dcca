from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assess.core.errors import NotAllowed, NotFound, Refused, Stale
from assess.core.workflow import Stage
from assess.services.panels import Typed, give_marks
from assess.store.models import Batch, Cycle, Mark, Value
from assess.store.queries.panels import own_marks
from assess.store.session import Database
from tests.audit import whole_log
from tests.services.forms import year_2026
from tests.services.panels import (
    FIGURE,
    KEEPER,
    a_year_with_a_panel,
    close,
    counting,
    every_quarter,
    give,
    name,
    page,
    remove,
    seat,
    standing,
)
from tests.years import CHAOWAI, JIANWAI, NOW

THIRD = "110105003"


def test_the_mean_counts_once_all_have_judged_who_may(database: Database):
    people = a_year_with_a_panel(database)

    give(database, people["zhao"], {JIANWAI: "4.5", CHAOWAI: "3"})
    assert counting(database) == {}
    give(database, people["qian"], {JIANWAI: "4.6", CHAOWAI: "3.5"})
    assert counting(database) == {JIANWAI: "4.6"}, "sun reports for this street, so nobody waits for sun"
    give(database, people["sun"], {CHAOWAI: "4"})

    assert counting(database) == {JIANWAI: "4.6", CHAOWAI: "3.5"}
    with database.reading() as session:
        batch = session.query(Batch).filter(Batch.kind == "panel").order_by(Batch.id.desc()).first()
        assert batch is not None
        assert {name: len(marks) for name, marks in batch.facts["marks"].items()} == {f"{CHAOWAI}/2026": 3}


def test_a_mean_that_counts_follows_every_change_and_nothing_is_overwritten(database: Database):
    people = a_year_with_a_panel(database, ("zhao", "qian"))
    for username, points in (("zhao", "4"), ("qian", "5")):
        give(database, people[username], {CHAOWAI: points})

    give(database, people["zhao"], {CHAOWAI: "3"}, reason="复核后扣分")

    assert counting(database) == {CHAOWAI: "4.0"}
    with database.reading() as session:
        values = session.query(Value).filter(Value.figure == FIGURE).order_by(Value.id).all()
        assert [(each.millionths, each.superseded_at is None) for each in values] == [
            (4_500_000, False),
            (4_000_000, True),
        ]
        assert values[1].supersedes == values[0].id
        marks = session.query(Mark).filter(Mark.account_id == people["zhao"].account).order_by(Mark.id).all()
        assert [(each.millionths, each.reason) for each in marks] == [
            (4_000_000, "台账完整"),
            (3_000_000, "复核后扣分"),
        ]
    acts = [(entry.action, entry.actor) for entry in whole_log(database) if entry.subject == f"panel:2026/{FIGURE}"]
    assert acts == [
        ("named", KEEPER), ("judged", "zhao"), ("judged", "qian"), ("counted", "qian"), ("judged", "zhao"),
        ("counted", "zhao"),
    ]  # fmt: skip


def test_everything_wrong_is_told_at_once_and_nothing_is_kept(database: Database):
    zhao = a_year_with_a_panel(database)["zhao"]
    typed = {JIANWAI: Typed("5.1", "好", 0), CHAOWAI: Typed("4", " ", 0), THIRD: Typed("", "好", 0)}

    with pytest.raises(Refused) as refused, database.writing() as session:
        give_marks(session, zhao, cycle=year_2026(session), figure=FIGURE, period="2026", typed=typed, now=NOW)

    assert {field: what.en for field, what in refused.value.fields.items()} == {
        f"points-{JIANWAI}": "“5.1” is above the maximum of 5. Check it.",
        f"reason-{CHAOWAI}": "Enter the reason.",
        f"points-{THIRD}": "Enter the points.",
    }
    assert standing(database, zhao) == {}


@pytest.mark.parametrize(
    ("text", "reason", "field"),
    [
        ("4.25", "好", "points"),
        ("很好", "好", "points"),
        ("-1", "好", "points"),
        ("4", "好" * 1001, "reason"),
        ("4", "a\x01b", "reason"),
    ],
)
def test_points_outside_the_figure_and_reasons_that_nobody_can_read_are_refused(
    database: Database, text: str, reason: str, field: str
):
    zhao = a_year_with_a_panel(database)["zhao"]

    with pytest.raises(Refused) as refused:
        give(database, zhao, {CHAOWAI: text}, reason=reason)

    assert list(refused.value.fields) == [f"{field}-{CHAOWAI}"]


def test_points_are_changed_with_another_reason_and_never_taken_back(database: Database):
    zhao = a_year_with_a_panel(database)["zhao"]
    give(database, zhao, {CHAOWAI: "4"})

    for text, reason, what in (
        ("3", "台账完整", "Enter the reason for changing the points."),
        ("", "撤销", "Points cannot be cleared. Enter the new points."),
    ):
        with pytest.raises(Refused) as refused:
            give(database, zhao, {CHAOWAI: text}, reason=reason)
        assert [each.en for each in refused.value.fields.values()] == [what]
    with pytest.raises(Refused, match="no new or changed points"):
        give(database, zhao, {CHAOWAI: "4.0"})
    give(database, zhao, {CHAOWAI: "3"}, reason="台账缺五月")


def test_nobody_judges_their_own_unit_and_only_members_judge(database: Database):
    people = a_year_with_a_panel(database)

    with pytest.raises(NotAllowed, match="You report for Jianwai Subdistrict"):
        give(database, people["sun"], {JIANWAI: "5", CHAOWAI: "5"})
    with pytest.raises(NotAllowed, match="not a member of this panel"):
        give(database, people[KEEPER], {CHAOWAI: "5"})
    with pytest.raises(NotFound):
        give(database, people["evaluator"], {CHAOWAI: "5"})
    with pytest.raises(NotFound):
        give(database, people["zhao"], {"no-unit": "5"})
    with pytest.raises(NotFound):
        give(database, people["zhao"], {CHAOWAI: "5"}, period="2026-Q1")
    assert counting(database) == {}


def test_of_two_windows_of_one_member_the_second_is_told_what_stands(database: Database):
    zhao = a_year_with_a_panel(database)["zhao"]
    give(database, zhao, {CHAOWAI: "4"})

    with pytest.raises(Stale) as stale:
        give(database, zhao, {CHAOWAI: "2", THIRD: "2"}, seen={CHAOWAI: 0})

    assert {field: what.en for field, what in stale.value.fields.items()} == {
        f"points-{CHAOWAI}": "now 4 points: 台账完整"
    }
    assert list(standing(database, zhao)) == [CHAOWAI]


def test_a_closed_panel_counts_those_there_and_who_comes_later_still_counts(database: Database):
    people = a_year_with_a_panel(database, ("zhao", "qian"))
    give(database, people["zhao"], {CHAOWAI: "4"})

    assert close(database, people[KEEPER]) == 1
    assert counting(database) == {CHAOWAI: "4.0"}
    with pytest.raises(Refused, match="nothing to close"):
        close(database, people["office"])
    give(database, people["qian"], {CHAOWAI: "3"})

    assert counting(database) == {CHAOWAI: "3.5"}
    with database.reading() as session:
        batches = session.query(Batch).filter(Batch.kind == "panel").order_by(Batch.id)
        assert [batch.facts["closed"] for batch in batches] == ["成员出差", ""]


def test_a_panel_is_closed_by_its_keepers_with_a_reason_and_as_it_was_seen(database: Database):
    people = a_year_with_a_panel(database, ("zhao", "qian"))
    give(database, people["zhao"], {CHAOWAI: "4"})
    seen = page(database, people[KEEPER], "2026").standing.stamp

    with pytest.raises(NotAllowed):
        close(database, people["zhao"])
    with pytest.raises(Refused, match="Enter the reason"):
        close(database, people[KEEPER], reason=" ")
    give(database, people["zhao"], {THIRD: "5"})
    with pytest.raises(Stale):
        close(database, people[KEEPER], seen=seen)
    assert counting(database) == {}


@pytest.mark.parametrize(("given", "value"), [("keep", "3.0"), ("drop", "4.0")])
def test_the_points_of_who_leaves_go_on_counting_or_not(database: Database, given: str, value: str):
    people = a_year_with_a_panel(database, ("zhao", "qian", "sun"))
    for username, points in (("zhao", "4"), ("qian", "2")):
        give(database, people[username], {CHAOWAI: points, JIANWAI: points})
    give(database, people["zhao"], {THIRD: "1"})
    assert counting(database) == {JIANWAI: "3.0"}

    remove(database, people[KEEPER], people["qian"], given)
    remove(database, people["office"], people["sun"])

    assert counting(database) == {JIANWAI: value, CHAOWAI: value, THIRD: "1.0"}
    with pytest.raises(NotFound):
        give(database, people["qian"], {THIRD: "5"})


def test_where_nothing_is_left_of_a_mean_the_value_is_withdrawn(database: Database):
    people = a_year_with_a_panel(database, ("zhao",))
    give(database, people["zhao"], {CHAOWAI: "4"})

    remove(database, people[KEEPER], people["zhao"], "drop", "与单位有利害关系")

    assert counting(database) == {CHAOWAI: None}
    name(database, people[KEEPER], people["zhao"].account, people["qian"].account)
    give(database, people["zhao"], {CHAOWAI: "2"})
    give(database, people["qian"], {CHAOWAI: "3"})
    assert counting(database) == {CHAOWAI: "2.5"}


def test_members_are_named_by_the_office_or_the_department_among_people_who_evaluate(database: Database):
    people = a_year_with_a_panel(database, ())

    assert name(database, people["office"], people["zhao"].account, people["office"].account) == 2
    assert name(database, people[KEEPER], people["zhao"].account, people["qian"].account) == 1
    with pytest.raises(Refused, match="Select at least one"):
        name(database, people[KEEPER], people["zhao"].account)
    for stranger in (people[JIANWAI].account, people["leader"].account, 10**9):
        with pytest.raises(Refused, match="with open accounts"):
            name(database, people[KEEPER], stranger)
    for somebody in ("zhao", "evaluator", JIANWAI):
        with pytest.raises(NotAllowed if somebody == "zhao" else NotFound):
            name(database, people[somebody], people["sun"].account)
    number = seat(database, people["zhao"])
    remove(database, people[KEEPER], people["zhao"])
    with pytest.raises(Stale):
        remove(database, people[KEEPER], people["zhao"])
    assert number == seat(database, people["zhao"])


@pytest.mark.parametrize(
    ("stage", "now", "what"),
    [
        (Stage.PREPARING, NOW, "Panel scoring has not started"),
        (Stage.PROVISIONAL, NOW, "Panel scoring has ended"),
        (Stage.VERIFYING, datetime(2026, 12, 21, 2, 0, tzinfo=UTC), "Panel scoring closed on 2026-12-20"),
    ],
)
def test_nobody_judges_before_or_after_the_time(database: Database, stage: Stage, now: datetime, what: str):
    people = a_year_with_a_panel(database)
    with database.writing() as session:
        session.query(Cycle).update({Cycle.stage: stage})

    with pytest.raises(Refused, match=what):
        give(database, people["zhao"], {CHAOWAI: "4"}, now=now)
    if stage is Stage.PROVISIONAL:
        with pytest.raises(Refused, match="A panel can only be changed at the stage"):
            name(database, people[KEEPER], people["leader"].account)


def test_every_period_is_judged_apart(database: Database):
    people = a_year_with_a_panel(database, ("zhao", "qian"))
    every_quarter(database)
    give(database, people["zhao"], {CHAOWAI: "4", JIANWAI: "4", THIRD: "4"}, period="2026-Q1")
    give(database, people["qian"], {CHAOWAI: "5"}, period="2026-Q1")

    assert counting(database, "2026-Q1") == {CHAOWAI: "4.5"}
    assert [page(database, people[who]).period for who in ("zhao", "qian", KEEPER)] == ["2026-Q2", "2026-Q1", "2026-Q1"]
    assert dict(page(database, people["zhao"]).done) == {"2026-Q1": 3}
    assert dict(page(database, people[KEEPER]).done) == {"2026-Q1": 1}


def test_what_others_gave_is_hidden_until_a_member_has_judged(database: Database):
    people = a_year_with_a_panel(database)
    give(database, people["zhao"], {JIANWAI: "4", CHAOWAI: "4"})
    give(database, people["qian"], {CHAOWAI: "2"})

    hidden = {
        username: [row.is_hidden for row in page(database, people[username]).rows(0, 3)]
        for username in ("zhao", "qian", "sun", KEEPER, "office")
    }

    assert hidden == {
        "zhao": [False, False, True], "qian": [True, False, True], "sun": [True, True, True],
        KEEPER: [False, False, False], "office": [False, False, False],
    }  # fmt: skip
    (row,) = page(database, people[KEEPER]).rows(1, 1)
    assert (str(row.outcome.mean), str(row.outcome.spread), [each.name for each in row.outcome.waiting]) == (
        "3",
        "2",
        ["sun"],
    )


def test_who_sits_on_a_panel_knows_what_is_left(database: Database):
    people = a_year_with_a_panel(database)
    give(database, people["zhao"], {CHAOWAI: "4"})

    assert [page(database, people[username]).left for username in ("zhao", "qian", "sun")] == [2, 3, 2]
    with database.reading() as session:
        rows = own_marks(session, cycle=year_2026(session).id, account=people["zhao"].account)
        assert [tuple(row) for row in rows] == [(FIGURE, CHAOWAI, "2026")]
