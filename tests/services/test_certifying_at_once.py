"""While a department certifies, others act on the same values: one is told what the other did, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from assess.core.actors import Actor
from assess.core.errors import NotAllowed, NotFound, Refused, Stale
from assess.core.workflow import SubmissionState
from assess.services.forms.submissions import withdraw_form
from assess.store.models import SheetVersion, Unit
from assess.store.session import Database
from tests.services.certifying import ECOLOGY_FIGURES, certify, correct, handed_in, numbers, send_back
from tests.services.forms import form_now, year_2026
from tests.services.test_certifying import events, states
from tests.services.test_forms_submissions import reported
from tests.years import JIANWAI, NOW

PATIENCE = 60
CHANGED = "Some of these values changed while you were checking them, so nothing was saved: Jianwai Subdistrict, "


def withdraw(database: Database, actor: Actor) -> None:
    """The unit takes its form back."""
    seen = form_now(database, actor).row.version
    with database.writing() as session:
        withdraw_form(session, actor, cycle=year_2026(session), unit=JIANWAI, seen=seen, now=NOW)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What becomes of acts that begin in one instant: "done", or what they were refused with, in English."""
    begin = Barrier(len(acts))

    def attempt(act: Callable[[], object]) -> str:
        begin.wait(PATIENCE)
        try:
            act()
        except (Refused, Stale) as error:
            return error.what.en
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(attempt, acts))


def test_of_a_correction_and_a_certification_in_one_instant_one_is_told_of_the_other(database: Database):
    people = handed_in(database)
    (value,) = numbers(database, "waste_free_cells")

    corrected, certified = at_once(
        lambda: correct(database, people["ecology"], value, "2"),
        lambda: certify(database, people["ecology2"], [value]),
    )

    millionths = {figure: each for figure, _, each, _ in reported(database)}["waste_free_cells"]
    assert states(database)["waste_free_cells"] == "certified"
    assert corrected == "done"
    assert millionths == 2_000_000
    assert certified == "done" or certified.startswith(f"{CHANGED}New waste-free cells: corrected (ecology, ")


def test_of_a_return_and_a_certification_in_one_instant_one_is_told_of_the_other(database: Database):
    people = handed_in(database)
    (value,) = numbers(database, "hazard_ledger")

    returned, certified = at_once(
        lambda: send_back(database, people["ecology"], [value]), lambda: certify(database, people["ecology2"], [value])
    )

    assert returned == "done"
    assert states(database)["hazard_ledger"] == "returned"
    assert certified == "done" or certified.startswith(
        f"{CHANGED}Producers of hazardous waste keep their ledgers: returned (ecology, "
    )
    assert [act for _, act, _ in events(database)] == (
        ["certified", "returned"] if certified == "done" else ["returned"]
    )


def test_what_a_unit_took_back_is_neither_certified_nor_corrected_nor_returned(database: Database):
    people = handed_in(database)
    seen = numbers(database, "waste_free_cells")
    withdraw(database, people[JIANWAI])
    left = numbers(database, "waste_free_cells")

    for values, told in ((seen, "changed by the unit (110105001, 2026-11-27 10:00)"), (left, "no longer waiting")):
        for act in (
            lambda values=values: certify(database, people["ecology"], values),
            lambda values=values: correct(database, people["ecology"], values[0], "2"),
            lambda values=values: send_back(database, people["ecology"], values),
        ):
            with pytest.raises(Stale) as stale:
                act()
            assert stale.value.what.en.startswith(f"{CHANGED}New waste-free cells: {told}. ")
    assert form_now(database, people[JIANWAI]).row.state is SubmissionState.DRAFT


def test_a_unit_takes_its_form_back_while_it_is_certified(database: Database):
    people = handed_in(database)
    values = numbers(database, *ECOLOGY_FIGURES)

    withdrawn, certified = at_once(
        lambda: withdraw(database, people[JIANWAI]), lambda: certify(database, people["ecology"], values)
    )

    if certified == "done":
        assert withdrawn != "done"
        assert {states(database)[figure] for figure in ECOLOGY_FIGURES} == {"certified"}
    else:
        assert (withdrawn, certified.startswith(CHANGED)) == ("done", True)
        assert events(database) == []


def test_values_of_a_figure_or_a_unit_that_left_the_year_are_refused_in_words(database: Database):
    people = handed_in(database)
    values = numbers(database, "waste_free_cells")
    with database.writing() as session:
        sheet = session.query(SheetVersion).one()
        figures = {name: each for name, each in sheet.tree["figures"].items() if name != "waste_free_cells"}
        sheet.tree, sheet.digest = {**sheet.tree, "figures": figures}, "sha256:other"
    for refused in (
        lambda: certify(database, people["ecology"], values),
        lambda: correct(database, people["ecology"], values[0], "2"),
        lambda: send_back(database, people["ecology"], values),
    ):
        with pytest.raises(NotAllowed):
            refused()
    with database.writing() as session:
        session.query(Unit).filter(Unit.code == JIANWAI).delete()
    with pytest.raises(NotFound):
        certify(database, people["ecology"], numbers(database, "hazard_ledger"))
