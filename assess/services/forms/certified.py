"""What a unit can no longer change in a form that was returned: the values that stay certified."""

from __future__ import annotations

from dataclasses import replace

from assess.core.forms import field_key
from assess.core.workflow import SubmissionState
from assess.services.forms.unit_form import UnitFormPage
from assess.store.queries.certifying import certified_cells
from assess.store.session import Session


def with_certified(session: Session, form: UnitFormPage) -> UnitFormPage:
    """The form with the fields that its unit can no longer change though it is returned (1 query where it is)."""
    if form.row.state is not SubmissionState.RETURNED:
        return form
    cycle = form.year.cycle
    cells = certified_cells(session, cycle=cycle.id, year=cycle.year, unit=form.unit)
    return replace(form, certified=frozenset(field_key(cell.figure, cell.period, cycle.year) for cell in cells))
