"""The estimate of a form beside the unit's obligations and findings, whose items need no answer of the form."""

from __future__ import annotations

from dataclasses import replace

from assess.services.forms.own_points import OwnPoints
from assess.services.forms.shared_objects import values_of_others
from assess.services.forms.unit_form import UnitFormPage, granted_to
from assess.services.ledger_figures import cached_ledger_figures
from assess.services.obligations.figures import task_figures
from assess.store.cache import cached
from assess.store.session import Session


def with_records(session: Session, form: UnitFormPage) -> UnitFormPage:
    """The form with what follows from the unit's obligations and findings, for its estimate.

    One query, none without a task list; one more where findings changed since the figures were put together last, and
    one where the unit has objects that others report.
    """
    units = [form.unit]
    tasks = {} if form.year.tasks is None else task_figures(session, form.year, day=form.today, units=units)[form.unit]
    ledger = cached_ledger_figures(session, form.year, day=form.today)[form.unit]
    whole = replace(form, derived={**tasks, **ledger}, of_others=values_of_others(session, form))
    return replace(whole, kept=own_points(session, whole))


def own_points(session: Session, form: UnitFormPage) -> OwnPoints:
    """What a unit would earn; kept in memory beside the very things that it was made of."""
    place, parts = form.year.place_of(form.unit), (form.year.units, form.previous, form.earlier)
    values, granted = frozenset(form.values.items()), granted_to(place, form.exemptions)
    key = ("own points", form.year.digest, place, values, granted, *map(id, parts))
    return cached(session, key, lambda: (form.own, parts))[0]
