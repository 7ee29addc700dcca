"""What is typed of a chief's round, why one is withdrawn, and how the list of rounds is narrowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request as flask_request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectChoice, SelectField
from wtforms.widgets import DateInput, TimeInput

from assess.core.actors import Actor
from assess.core.calendar import day_of
from assess.core.findings.patrols import PatrolKind, TypedPatrol
from assess.services.patrols import Patrols, may_record
from assess.services.years import Year
from assess.web.filters import localized
from assess.web.forms.fields import Form, LineField, QueryForm, ReasonField
from assess.web.forms.seen import SeenForm
from assess.web.request import now


class PatrolForm(Form):
    """A round that was made; what is typed is read by the service."""

    unit = SelectField(_l("Unit"), choices=[], validate_choice=False)
    kind = SelectField(_l("Type of patrol"), choices=[], validate_choice=False)
    chief = LineField(_l("Who patrolled"), description=_l("The name as in the list of river, forest and field chiefs."))
    day = LineField(_l("Day"), widget=DateInput())
    starts = LineField(_l("Started at"), widget=TimeInput())
    ends = LineField(
        _l("Ended at"), description=_l("A time earlier than the start is on the next day."), widget=TimeInput()
    )
    kilometres = LineField(_l("Distance"), render_kw={"inputmode": "decimal", "autocomplete": "off"})
    route = LineField(_l("Route (optional)"), description=_l("For example: left bank from the bridge to the weir"))

    @property
    def typed(self) -> TypedPatrol:
        """What was typed."""
        return TypedPatrol(**{name: self[name].data or "" for name in TypedPatrol._fields})


def patrol_form(year: Year, person: Actor) -> PatrolForm:
    """The form of a round, of today, and of the unit where the person has only one."""
    units = [code for code in year.units.codes if may_record(person, code)]
    asked: Mapping[str, str] = flask_request.args
    own = units[0] if len(units) == 1 else asked.get("unit", "")
    data: dict[str, Any] = {name: asked.get(name, "") for name in ("chief", "kind")}
    form = PatrolForm(data={**data, "unit": own, "day": day_of(now()).isoformat()})
    form.unit.choices = [
        SelectChoice("", _("Select")),
        *(SelectChoice(each, localized(year.name_of(each))) for each in units),
    ]
    kinds = [SelectChoice(each.value, localized(each.label)) for each in PatrolKind]
    form.kind.choices = [SelectChoice("", _("Select")), *kinds]
    return form


class WithdrawPatrolForm(SeenForm):
    """Why a round is withdrawn."""

    reason = ReasonField(_l("Reason for undoing"))


class PatrolFilterForm(QueryForm):
    """What the list of rounds is narrowed to; not sent, but part of the address."""

    unit = SelectField(_l("Unit"), choices=[], validate_choice=False)
    chief = LineField(_l("Name of the patroller"))
    by = HiddenField()

    def offer(self, page: Patrols, units: list[str]) -> None:
        """Let one of these units be chosen."""
        names = [SelectChoice(code, localized(page.year.name_of(code))) for code in units]
        self.unit.choices = [SelectChoice("", _("All units")), *names]
