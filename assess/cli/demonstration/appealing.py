"""Appeals of the demonstration: one that was right, one that was not, and a correction that nobody asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from assess.cli.demonstration.filling import YearFilling
from assess.core.actors import Actor
from assess.core.appeals.rulings import TypedDecision
from assess.core.appeals.states import AppealState
from assess.core.numbers import exact, reduced
from assess.core.workflow import Stage
from assess.services import appeals
from assess.services.appeals import TypedAppeal
from assess.services.appeals.lines import line_seen, released
from assess.services.corrections.deciding import confirm_correction, confirm_ruling
from assess.services.corrections.effects import effect_of
from assess.services.corrections.proposing import propose_correction, propose_ruling
from assess.services.years import Year
from assess.store.queries import corrections as queries
from assess.store.session import Session

SEWAGE, RATE, RIGHT_RATE = "water.sewage", "sewage_rate", "97.6"
"""The line that was wrong, its figure, and what is right."""
SATISFACTION: Final = "complaints.satisfaction"
REPEATED, ORDERS = "complaints.repeat", "repeat_orders"
WRONG: Final = "演示：水务部门采用的是第三季度数据，12月管网已验收并投入使用，请复核。"
UNFAIR: Final = "演示：部分诉求不属于本单位职责范围，申请剔除。"
UPHELD: Final = "演示：经与区水务局核对，申诉属实，予以采纳。"
REJECTED: Final = "演示：经复核，派单对象准确，维持原结果。"
EX_OFFICIO: Final = "演示：复核时发现重复诉求件数录入有误，予以更正。"


def lodge(filling: YearFilling) -> None:
    """Two units object to a line of their provisional result."""
    now = filling.days.after_end(Stage.VERIFYING, 2, 10)
    with filling.acting() as (session, year):
        right, wrong, _ = units_of(year)
        about = f"{RATE}@{year.cycle.year}"
        for typed in (TypedAppeal(right, SEWAGE, WRONG, about, RIGHT_RATE), TypedAppeal(wrong, SATISFACTION, UNFAIR)):
            official = filling.people.officials[typed.unit]
            appeals.lodge_appeal(session, official, cycle=year.cycle, typed=typed, now=now)
            now += timedelta(hours=1)


def units_of(year: Year) -> tuple[str, str, str]:
    """Whose appeal is right, whose is not, and for whom a figure is corrected."""
    codes = year.units.codes
    return codes[1 % len(codes)], codes[4 % len(codes)], codes[7 % len(codes)]


def decide(filling: YearFilling) -> None:
    """One appeal is upheld and one rejected."""
    now, office = filling.days.after_end(Stage.PROVISIONAL, 1, 14), filling.people.deputy
    with filling.acting() as (session, year):
        corrected = {f"{RATE}@{year.cycle.year}": RIGHT_RATE}
        upheld = TypedDecision(UPHELD, corrected, outcome=AppealState.UPHELD.value)
        rule(session, office, year, 1, typed=upheld, now=now)
        rejected = TypedDecision(REJECTED, outcome=AppealState.REJECTED.value)
        rule(session, office, year, 2, typed=rejected, now=now + timedelta(hours=1))


def rule(session: Session, office: Actor, year: Year, number: int, *, typed: TypedDecision, now: datetime) -> None:
    """A ruling is proposed, its effect looked at, and confirmed."""
    cycle = year.cycle
    row = propose_ruling(session, office, cycle=cycle, number=number, typed=typed, now=now)
    digest = digest_seen(session, year, row)
    later = now + timedelta(minutes=20)
    confirm_ruling(session, office, cycle=cycle, number=number, row=row, digest=digest, now=later)


def correct(filling: YearFilling) -> None:
    """A figure is corrected that nobody appealed against: one of the office proposes, another confirms."""
    now, people = filling.days.after_end(Stage.PROVISIONAL, 2), filling.people
    with filling.acting() as (session, year):
        unit, cycle = units_of(year)[2], year.cycle
        line = line_seen(session, cycle, released(session, cycle), unit=unit, item=REPEATED)
        cell = next(each for each in line.cells if each.figure == ORDERS)
        text = reduced(exact(cell.text) - 1 if exact(cell.text or "0") > 0 else exact("1"))
        typed = TypedDecision(EX_OFFICIO, {cell.key: text})
        number = propose_correction(session, people.office, cycle=cycle, unit=unit, item=REPEATED, typed=typed, now=now)
        row = queries.correction_numbered(session, cycle=cycle.id, number=number)
        assert row is not None
        digest = digest_seen(session, year, row.id)
        later = now + timedelta(hours=2)
        confirm_correction(session, people.deputy, cycle=cycle, number=number, digest=digest, now=later)


def digest_seen(session: Session, year: Year, row: int) -> str:
    """What stands for the effect of a proposal that somebody looked at."""
    seen = queries.correction_at(session, cycle=year.cycle.id, row=row)
    assert seen is not None
    return effect_of(session, year.cycle, seen, released(session, year.cycle)).digest
