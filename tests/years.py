"""A year in the database, as the office leaves it when it opens: real units, shipped sheet and task list, people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from assess.core.actors import Actor, Role, operator
from assess.core.numbers import as_written
from assess.core.obligations.tasks import TaskList, obligations_of
from assess.core.obligations.tasks import TaskObligation as Laid
from assess.core.rules.sheet import digest_of, tree_of
from assess.core.schema import write_record
from assess.core.units.unit_list import read_units
from assess.core.workflow import Stage
from assess.files.rule_sheets import load_sheet
from assess.files.tables import read_table
from assess.files.task_lists import load_tasks
from assess.services import accounts
from assess.services.accounts import Duty
from assess.services.years import Year, year_of
from assess.store.models import Cycle, Obligation, SheetVersion, StageDate, Task, TaskListVersion, Unit
from assess.store.queries.accounts import account_called, actor_of
from assess.store.queries.cycles import CycleRow, cycle_of_year
from assess.store.session import Database, Session

RULES = Path(__file__).parent.parent / "rules" / "chaoyang-2026"
NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
"""Ten o'clock in the morning of the district."""
COLLECTED, VERIFIED, PUBLISHED, OVER = (
    datetime(2026, 12, 11, 2, 0, tzinfo=UTC),
    datetime(2026, 12, 21, 2, 0, tzinfo=UTC),
    datetime(2026, 12, 28, 2, 0, tzinfo=UTC),
    datetime(2027, 1, 11, 2, 0, tzinfo=UTC),
)
"""The mornings after the last days of collecting, verifying, publication and appeals."""
JIANWAI, CHAOWAI = "110105001", "110105002"
"""A street with a river and one without."""
ENDS = {
    Stage.COLLECTING: date(2026, 12, 10),
    Stage.VERIFYING: date(2026, 12, 20),
    Stage.PROVISIONAL: date(2026, 12, 27),
    Stage.APPEALS: date(2027, 1, 10),
}
PASSWORD = "correct horse battery staple"
LAID: dict[tuple[str, ...], list[Laid]] = {}
"""What the shipped task list lays on units, by their codes: worked out once."""


def a_year(session: Session, *, stage: Stage = Stage.COLLECTING, units: int = 43) -> CycleRow:
    """The demonstration year 2026 with the first units of its list, at a stage; no figures yet."""
    cycle = Cycle(
        year=2026, title_zh="2026年考核", title_en="Assessment of 2026", stage=stage, demonstration=True,
        created_at=NOW, opened_at=None if stage is Stage.PREPARING else NOW,
    )  # fmt: skip
    session.add(cycle)
    session.flush()
    session.add_all(
        StageDate(cycle_id=cycle.id, stage=each, begins=date(2026, 1, 1), ends=ends) for each, ends in ENDS.items()
    )
    add_units(session, cycle.id, units)
    add_sheet(session, cycle.id)
    row = cycle_of_year(session, year=2026)
    assert row is not None
    add_tasks(session, row)
    session.flush()
    return row


def add_units(session: Session, cycle: int, count: int) -> None:
    """The first units of the shipped list; where that ends, as many again are made up after their models."""
    session.execute(insert(Unit), [{"cycle_id": cycle, **unit_at(place)} for place in range(count)])


def unit_at(place: int) -> dict[str, Any]:
    """A unit of the shipped list, or one that is made up, as a row of the table."""
    units = shipped_units()
    if place < len(units):
        return units[place]
    names = {"name_zh": f"示范{place + 1}街道", "name_en": f"Model Subdistrict {place + 1}", "aliases": {"aliases": []}}
    return {**units[place % len(units)], "place": place, "code": code_at(place), **names}


def code_at(place: int) -> str:
    """The code of a unit; one that is made up has a district of its own."""
    units = shipped_units()
    return str(units[place]["code"]) if place < len(units) else f"990105{place + 1:03d}"


def model_of(code: str) -> str:
    """The shipped unit after which one is made up; any other itself."""
    units = shipped_units()
    return str(units[(int(code[6:]) - 1) % len(units)]["code"]) if code.startswith("990105") else code


@cache
def shipped_units() -> list[dict[str, Any]]:
    """The shipped list of units, as rows of the table."""
    table = read_table(RULES / "units.csv", ("unit",))
    whole, flaws = read_units(table)
    assert flaws == []
    headings = [heading.name for heading in table.headings]
    rows = [dict(zip(headings, texts, strict=True)) for texts in zip(*table.columns, strict=True)]
    return [
        {
            "place": place,
            "code": row.pop("unit"),
            "aliases": {"aliases": list(whole.aliases[place])},
            **{name: row.pop(name) for name in ("name_zh", "name_en", "kind")},
            "attributes": {name: text for name, text in row.items() if name != "alias"},
        }
        for place, row in enumerate(rows)
    ]


def add_sheet(session: Session, cycle: int) -> None:
    """The shipped rule sheet, published."""
    digest, tree = shipped_sheet()
    session.add(
        SheetVersion(
            cycle_id=cycle,
            number=1,
            digest=digest,
            tree=tree,
            upload=None,
            file_name="rule-sheet.yaml",
            reason=None,
            loaded_by=0,
            loaded_at=NOW,
            published_by=0,
            published_at=NOW,
        )
    )
    session.flush()


@cache
def shipped_sheet() -> tuple[str, dict[str, Any]]:
    """The digest and the tree of the shipped rule sheet."""
    sheet = load_sheet(RULES / "rule-sheet.yaml").sheet
    return digest_of(sheet), tree_of(sheet)


@cache
def shipped_tasks() -> tuple[TaskList, dict[str, Any]]:
    """The shipped task list and its tree."""
    tasks = load_tasks(RULES / "tasks.yaml").whole
    return tasks, write_record(tasks, as_written)


def add_tasks(session: Session, cycle: CycleRow) -> None:
    """The shipped task list, and one obligation for each task and unit it binds."""
    tasks, tree = shipped_tasks()
    canonical = json.dumps(tree, ensure_ascii=False, sort_keys=True)
    session.add(
        TaskListVersion(
            cycle_id=cycle.id,
            number=1,
            digest=hashlib.sha256(canonical.encode()).hexdigest(),
            tree=tree,
            upload=None,
            file_name="tasks.yaml",
            loaded_by=0,
            loaded_at=NOW,
        )
    )
    rows = [
        {
            "cycle_id": cycle.id,
            "place": place,
            "no": task.no,
            "domain": task.domain,
            "title_zh": task.title.zh,
            "title_en": task.title.en,
            "deadline": task.deadline if isinstance(task.deadline, date) else None,
            "report": task.report,
            "lead": task.lead,
            "tree": tree["tasks"][place],
        }
        for place, task in enumerate(tasks.tasks)
    ]
    session.execute(insert(Task.__table__), rows)
    add_obligations(session, year_of(session, cycle))


def add_obligations(session: Session, year: Year) -> None:
    """What the shipped tasks lay on the units."""
    laid = LAID.get(year.units.codes)
    if laid is None:
        laid = LAID[year.units.codes] = obligations_of(shipped_tasks()[0].tasks, year.names, year.groups)
    rows = [{"cycle_id": year.cycle.id, "task_no": task, "unit": unit, "version": 1} for task, unit in laid]
    session.execute(insert(Obligation.__table__), rows)


def a_person(session: Session, username: str, *duties: Duty, name: str = "") -> Actor:
    """An account with a password and these roles."""
    account = accounts.add_account(
        session, operator(), username=username, name=name or username, duties=duties, now=NOW
    )
    session.flush()
    return actor_of(account)


def people(session: Session, units: Collection[str] = (JIANWAI, CHAOWAI)) -> dict[str, Actor]:
    """`office`, `leader`, `receiver`, `evaluator` of the water bureau, and one official a unit, called by its code.

    The first unit has two officials: its code, and `colleague`.
    """
    codes = list(units)
    made = {
        "office": [Duty(Role.OFFICE)],
        "leader": [Duty(Role.LEADER)],
        "receiver": [Duty(Role.RECEIVER)],
        "evaluator": [Duty(Role.EVALUATOR, department="water-bureau")],
        "colleague": [Duty(Role.OFFICIAL, unit=codes[0])],
        **{code: [Duty(Role.OFFICIAL, unit=code)] for code in codes},
    }
    return {username: a_person(session, username, *duties) for username, duties in made.items()}


def person(database: Database, username: str) -> Actor:
    """A person who has an account."""
    with database.reading() as session:
        account = account_called(session, username)
        assert account is not None
        return actor_of(account)
