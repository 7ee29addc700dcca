from __future__ import annotations

from dataclasses import replace

import pytest

from assess.core.actors import Actor, Role
from assess.core.errors import NotAllowed
from assess.services.accounts import Duty
from assess.services.certifying.overview import scope_of
from assess.store.queries.certifying import corrections_of
from assess.store.session import Database
from tests.services.certifying import also, certify, correct, handed_in, numbers, send_back
from tests.services.forms import SOIL, an_open_year, form_now, save, submit, year_2026
from tests.services.test_certifying import states
from tests.services.test_forms_submissions import reported
from tests.years import CHAOWAI, JIANWAI, a_person


def test_nobody_certifies_corrects_or_returns_what_they_or_their_unit_entered(database: Database):
    people = handed_in(database)
    ecology, values = people["ecology"], numbers(database, "waste_free_cells")
    entered = also(people[JIANWAI], ecology)
    moved_over = Actor(**{**entered.__dict__, "units": frozenset()})
    neighbour = also(also(people["colleague"], ecology), people["office"])

    for actor in (entered, moved_over, neighbour):
        with pytest.raises(NotAllowed):
            certify(database, actor, values)
        with pytest.raises(NotAllowed):
            correct(database, actor, values[0], "4")
        with pytest.raises(NotAllowed):
            send_back(database, actor, values)
    assert certify(database, neighbour, numbers(database, "waste_free_cells", unit=CHAOWAI)).values == 1


def test_whoever_typed_a_value_is_its_author_though_a_colleague_saved_and_submitted_after_them(database: Database):
    people = an_open_year(database, 3)
    with database.writing() as session:
        people["ecology"] = a_person(session, "ecology", Duty(Role.EVALUATOR, department="ecology-bureau"))
    save(database, people[JIANWAI], SOIL)
    changed = {**SOIL, "hazard_storage": "yes"}
    save(database, people["colleague"], changed, seen=form_now(database, people[JIANWAI]).draft("soil").version)
    submit(database, people["colleague"])
    moved_over = replace(
        people[JIANWAI], roles=people["ecology"].roles, units=frozenset(), departments=frozenset({"ecology-bureau"})
    )

    with pytest.raises(NotAllowed):
        certify(database, moved_over, numbers(database, "waste_free_cells"))
    with pytest.raises(NotAllowed):
        send_back(database, moved_over, numbers(database, "waste_free_cells"))
    with database.reading() as session:
        scope = scope_of(session, moved_over, year_2026(session))
    assert not any(scope.may_decide(row) for row in scope.rows)
    assert certify(database, people["ecology"], numbers(database, "waste_free_cells")).values == 1


def test_a_slip_in_a_correction_is_corrected_or_returned_by_the_same_person(database: Database):
    people = handed_in(database)
    slip = correct(database, people["ecology"], numbers(database, "waste_free_cells")[0], "22")

    right = correct(database, people["ecology"], slip, "2", reason="上次更正时多输了一位")

    assert ("waste_free_cells", "2026", 2_000_000, "certified") in reported(database)
    with database.reading() as session:
        told = corrections_of(session, cycle=year_2026(session).id, unit=JIANWAI)
    assert [(each.old.millionths, each.new.millionths) for each in told] == [
        (22_000_000, 2_000_000), (3_000_000, 22_000_000),
    ]  # fmt: skip
    assert send_back(database, people["ecology"], [right]) == (JIANWAI,)
    assert states(database)["waste_free_cells"] == "returned"
