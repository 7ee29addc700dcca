"""Who brings findings in by files: whoever inspects, while the year allows it."""

from __future__ import annotations

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound
from assess.core.text import Text
from assess.core.workflow import ALLOWED, NOT_IN_STAGE, Act, is_allowed, listed
from assess.services.cycles import lock_year
from assess.services.imports.windows import NO_IMPORT
from assess.store.models import Import
from assess.store.models.finding_imports import LEDGER
from assess.store.queries.cycles import CycleRow
from assess.store.queries.imports import ImportRow, import_at, import_for_update
from assess.store.session import Session


def lock_of(cycle: CycleRow) -> Text | None:
    """Why the stage of a year keeps findings from being recorded; None where it does not."""
    if is_allowed(cycle.stage, Act.INSPECT):
        return None
    stages = listed(ALLOWED[Act.INSPECT])
    return NOT_IN_STAGE.format(stage=cycle.stage.label, act=Act.INSPECT.label, stages=stages)


def held_import(session: Session, actor: Actor, *, cycle: CycleRow, row: int) -> Import:
    """A file to be changed, while nobody moves the year or changes another file of findings.

    Raises:
        NotAllowed: the actor is no inspector.
        NotFound: there is none in this year.
        Refused: the year moved on since the page was opened.
    """
    actor.check_may(Right.INSPECT)
    lock_year(session, cycle)
    found = import_for_update(session, row=row)
    if found is None or found.cycle_id != cycle.id or found.department != LEDGER:
        raise NotFound(NO_IMPORT)
    return found


def seen_import(session: Session, actor: Actor, *, cycle: CycleRow, row: int) -> ImportRow:
    """A file that a person may see (1 query).

    Raises:
        NotAllowed: the actor is no inspector.
        NotFound: there is none in this year.
    """
    actor.check_may(Right.INSPECT)
    found = import_at(session, cycle=cycle.id, row=row)
    if found is None or found.department != LEDGER:
        raise NotFound(NO_IMPORT)
    return found


def subject_of(cycle: CycleRow, row: int) -> str:
    """What the log calls a file of findings."""
    return f"finding-import:{cycle.year}/{row}"
