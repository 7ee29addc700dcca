"""Forms that units handed in, and evaluators of the departments that certify them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import insert, select

from assess.core.actors import Actor, Role
from assess.core.figures.entry import MILLION
from assess.services.accounts import Duty
from assess.services.certifying import Certified, certify_values, correct_value, return_values
from assess.store.models import Batch, Submission, Value
from assess.store.session import Database
from tests.filled import filled
from tests.services.forms import LEADER, SOIL, an_open_year, dated, save, submit, year_2026
from tests.years import CHAOWAI, JIANWAI, NOW, a_person, a_year, code_at, people

ECOLOGY_FIGURES = ("hazard_contract", "hazard_ledger", "hazard_storage", "waste_free_cells")
DOUBTFUL: Final = (code_at(10), code_at(41))
"""The units that report thirty places where everybody else reports three."""
OUTLIER: Final = 30 * MILLION


def handed_in(database: Database, units: int = 3) -> dict[str, Actor]:
    """Two streets have handed in the section `soil`; evaluators `ecology`, `ecology2` and `urban` certify it."""
    return filled(database, ("handed in", units), lambda empty: hand_in(empty, units))


def hand_in(database: Database, units: int) -> dict[str, Actor]:
    """Open a year, and hand in the section `soil` of two streets."""
    people = an_open_year(database, units)
    with database.writing() as session:
        for username, department in (
            ("ecology", "ecology-bureau"), ("ecology2", "ecology-bureau"), ("urban", "urban-management"),
        ):  # fmt: skip
            people[username] = a_person(session, username, Duty(Role.EVALUATOR, department=department))
    for unit in (JIANWAI, CHAOWAI):
        save(database, people[unit], SOIL, unit=unit, remarks={"hazard_ledger": "见台账"})
        submit(database, people[unit], unit=unit)
    return people


def numbers(database: Database, *figures: str, unit: str = JIANWAI) -> list[int]:
    """The numbers of the values of these figures that count now, of all figures where none is named."""
    with database.reading() as session:
        rows = session.query(Value).filter(Value.unit == unit, Value.superseded_at.is_(None), Value.year == 2026)
        return [row.id for row in rows.order_by(Value.figure, Value.period) if row.figure in figures or not figures]


def certify(database: Database, actor: Actor, values: Collection[int]) -> Certified:
    """Certify in a transaction of its own."""
    with database.writing() as session:
        return certify_values(session, actor, cycle=year_2026(session), values=values, now=NOW)


def send_back(database: Database, actor: Actor, values: Collection[int], reason: str = "台账不全") -> tuple[str, ...]:
    """Return in a transaction of its own."""
    with database.writing() as session:
        return return_values(session, actor, cycle=year_2026(session), values=values, reason=reason, now=NOW)


def correct(database: Database, actor: Actor, value: int, text: str, reason: str = "核对现场") -> int:
    """Correct in a transaction of its own."""
    with database.writing() as session:
        cycle = year_2026(session)
        return correct_value(session, actor, cycle=cycle, value=value, text=text, reason=reason, now=NOW)


def also(actor: Actor, other: Actor) -> Actor:
    """The first person with the duties of another one too."""
    return replace(
        actor,
        roles=actor.roles | other.roles,
        units=actor.units | other.units,
        departments=actor.departments | other.departments,
    )


def reported_by_all(database: Database, units: int) -> tuple[int, ...]:
    """Every unit has reported what the ecology bureau certifies; the numbers of the two values in doubt.

    The first official reported it all, the evaluator `ecology` certifies; the database must be empty.
    """
    with database.writing() as session:
        cycle = a_year(session, units=units)
        dated(session)
        official = people(session)[JIANWAI]
        a_person(session, "ecology", Duty(Role.EVALUATOR, department="ecology-bureau"))
        batch = Batch(
            cycle_id=cycle.id, kind="form", upload=None, file_name="", facts={}, made_by=official.account, made_at=NOW
        )
        session.add(batch)
        session.flush()
        fixed = {"cycle_id": cycle.id, "batch_id": batch.id, "entered_by": official.account, "entered_at": NOW}
        codes = [code_at(place) for place in range(units)]
        for code in codes:
            session.add(
                Submission(
                    cycle_id=cycle.id,
                    unit=code,
                    state="submitted",
                    times=1,
                    receipt=f"2026-{code}-01",
                    leader=LEADER,
                    submitted_by=official.account,
                    submitted_at=NOW,
                )
            )
        session.execute(insert(Value.__table__), [{**fixed, **row} for code in codes for row in reported_values(code)])
        in_doubt = session.scalars(select(Value.id).where(Value.millionths == OUTLIER).order_by(Value.id))
        return tuple(in_doubt)


def reported_values(unit: str) -> Iterator[dict[str, Any]]:
    """The values of a unit: yes or a few places, but thirty where nobody else has so many."""
    for figure in ECOLOGY_FIGURES:
        places = OUTLIER if unit in DOUBTFUL else 3 * MILLION
        yield {
            "year": 2026, "unit": unit, "figure": figure, "period": "2026", "state": "reported", "place": "",
            "millionths": places if figure == "waste_free_cells" else MILLION, "word": None, "remark": "",
            "explanation": "",
        }  # fmt: skip
