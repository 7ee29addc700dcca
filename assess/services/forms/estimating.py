"""The estimate of a form beside the unit's obligations and findings, whose items need no answer of the form."""

from __future__ import annotations

from dataclasses import replace

from assess.services.findings.figures import ledger_figures
from assess.services.forms.unit_form import UnitForm
from assess.services.obligations.figures import task_figures
from assess.store.session import Session


def with_records(session: Session, form: UnitForm) -> UnitForm:
    """The form with what follows from the unit's obligations and findings, for its estimate.

    One query for each of the two; none without a task list, or where no figure of the sheet comes from the ledger.
    """
    units = [form.unit]
    tasks = {} if form.year.tasks is None else task_figures(session, form.year, day=form.today, units=units)[form.unit]
    findings = ledger_figures(session, form.year, day=form.today, units=units)[form.unit]
    return replace(form, derived={**tasks, **findings})
