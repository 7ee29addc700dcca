from __future__ import annotations

from datetime import date

from assess.services.forms.estimating import with_records
from assess.services.forms.unit_form import unit_form
from assess.store.models import Obligation, TaskListVersion
from assess.store.session import Database
from tests.services.forms import an_open_year, year_2026
from tests.years import JIANWAI, NOW, person


def lines_of(database: Database) -> dict[str, tuple[str | None, str]]:
    """Points and reason of what is scored from the task list alone, decided or not."""
    official = person(database, JIANWAI)
    with database.reading() as session:
        form = unit_form(session, official, cycle=year_2026(session), unit=JIANWAI, now=NOW)
        found = with_records(session, form).estimate
    told = {line.item: (line.points, line.why.en) for line in found.lines}
    told |= {later.item: (None, later.why.en) for later in found.later}
    return {item: told[item] for item in ("governance.progress", "governance.on-time") if item in told}


def test_items_scored_from_the_task_list_follow_the_obligations_as_they_stand(database: Database):
    an_open_year(database)
    with database.writing() as session:
        own = session.query(Obligation).filter_by(unit=JIANWAI).order_by(Obligation.task_no).all()
        for each in own:
            each.status, each.progress = "started", 80_000_000
        own[0].status, own[0].done_on = "done", date(2026, 1, 31)

    # 84 obligations at 80 % and one done: from 60 % (nothing) to 98 % (2 points) in a straight line.
    assert lines_of(database) == {
        "governance.progress": (
            "1.07",
            "Mean progress of the annual tasks: 80.235294%, "
            "≈53.25% of the way from 60% (0 points) to 98% (2 points); ≈1.065 points, rounded to 1.07",
        ),
        "governance.on-time": (
            "0.01",
            "Tasks done on time: 1 item, target 85 items, so ≈1.18% of 1 point (figure ÷ target); ≈0.0118 points, "
            "rounded to 0.01",
        ),
    }


def test_without_a_task_list_they_wait_for_it(database: Database):
    an_open_year(database)
    with database.writing() as session:
        session.query(TaskListVersion).delete()

    waiting = (None, "data awaited from: the annual task list")
    assert lines_of(database) == {"governance.progress": waiting, "governance.on-time": waiting}
