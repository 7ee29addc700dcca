"""The estimate of a form beside the unit's obligations: items scored from the task list need no answer of the form."""

from __future__ import annotations

from dataclasses import replace

from assess.services.forms.unit_form import UnitForm
from assess.services.obligations.figures import task_figures
from assess.store.session import Session


def with_obligations(session: Session, form: UnitForm) -> UnitForm:
    """The form with what follows from the unit's obligations, for its estimate (1 query; none without a task list)."""
    if form.year.tasks is None:
        return form
    found = task_figures(session, form.year, day=form.today, units=[form.unit])
    return replace(form, by_tasks=found[form.unit])
