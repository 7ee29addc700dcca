"""What a unit can no longer change in a form that was returned: the values that stay certified."""

from __future__ import annotations

from collections.abc import Mapping

from assess.core.forms import field_key
from assess.core.workflow import Submission
from assess.services.years import Year
from assess.store.queries.certifying import certified_cells
from assess.store.queries.forms import SubmissionRow
from assess.store.session import Session


def certified_fields(session: Session, year: Year, rows: Mapping[str, SubmissionRow]) -> dict[str, frozenset[str]]:
    """The keys of fields that a unit can no longer change though its form is returned (1 query where one is)."""
    returned = [unit for unit, row in rows.items() if row.state is Submission.RETURNED]
    if not returned:
        return {}
    cells = certified_cells(session, cycle=year.cycle.id, year=year.cycle.year, units=returned)
    return {
        unit: frozenset(field_key(cell.figure, cell.period, year.cycle.year) for cell in each)
        for unit, each in cells.items()
    }
