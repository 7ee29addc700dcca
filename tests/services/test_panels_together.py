"""Members of a panel at the same moment: no mean is missed, nothing is lost, no window overtakes another."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

from assess.core.errors import Declined
from assess.services.panels import Typed, give_marks
from assess.store.models import Mark, Panellist, Value
from assess.store.session import Database
from tests.services.forms import year_2026
from tests.services.panels import FIGURE, KEEPER, a_year_with_a_panel, counting, give, name, remove, standing
from tests.years import CHAOWAI, JIANWAI, NOW

THIRD = "110105003"
PATIENCE = 60
"""Seconds."""


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do several things in the same moment; of each "done", or how it was turned down."""
    start = Barrier(len(acts))

    def outcome(act: Callable[[], object]) -> str:
        start.wait()
        try:
            act()
        except Declined as declined:
            return type(declined).__name__
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result(PATIENCE) for each in [pool.submit(outcome, act) for act in acts]]


def test_of_members_who_finish_at_the_same_moment_none_misses_the_mean(database: Database):
    people = a_year_with_a_panel(database, ("zhao", "qian"))
    for least, unit in enumerate((JIANWAI, CHAOWAI, THIRD), 1):
        acts = (
            partial(give, database, people["zhao"], {unit: str(least)}),
            partial(give, database, people["qian"], {unit: str(least + 1)}),
        )
        assert at_once(*acts) == ["done", "done"]

    assert counting(database) == {JIANWAI: "1.5", CHAOWAI: "2.5", THIRD: "3.5"}


def test_of_two_windows_of_one_member_that_save_at_the_same_moment_one_is_told(database: Database):
    zhao = a_year_with_a_panel(database, ("zhao", "qian"))["zhao"]
    give(database, zhao, {CHAOWAI: "3"})
    seen = standing(database, zhao)[CHAOWAI]

    def save(points: str) -> None:
        typed = {CHAOWAI: Typed(points, f"改为 {points}", seen)}
        with database.writing() as session:
            give_marks(session, zhao, cycle=year_2026(session), figure=FIGURE, period="2026", typed=typed, now=NOW)

    assert sorted(at_once(lambda: save("1"), lambda: save("2"))) == ["Stale", "done"]
    with database.reading() as session:
        assert session.query(Mark).count() == 2


def test_a_member_who_is_removed_while_judging_is_turned_down_or_was_in_time(database: Database):
    people = a_year_with_a_panel(database, ("zhao", "qian"))
    give(database, people["qian"], {CHAOWAI: "4"})

    done = at_once(
        lambda: give(database, people["zhao"], {CHAOWAI: "2"}),
        lambda: remove(database, people[KEEPER], people["zhao"]),
    )

    assert done in (["done", "done"], ["NotFound", "done"])
    assert counting(database) == {CHAOWAI: "3.0" if done[0] == "done" else "4.0"}
    with database.reading() as session:
        assert session.query(Value).filter(Value.figure == FIGURE, Value.superseded_at.is_(None)).count() == 1


def test_two_who_name_the_same_person_at_the_same_moment_name_them_once(database: Database):
    people = a_year_with_a_panel(database, ())
    zhao = people["zhao"].account

    done = at_once(lambda: name(database, people[KEEPER], zhao), lambda: name(database, people["office"], zhao))

    assert sorted(done) in (["Refused", "done"], ["Stale", "done"])
    with database.reading() as session:
        assert session.query(Panellist).count() == 1
