"""Asking for a run, choosing what one is compared with, and releasing one."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField

from assess.core.calendar import day_of
from assess.core.runs.kinds import RunKind
from assess.services.runs.asking import MAX_REMARK_LENGTH
from assess.web.filters import localized
from assess.web.forms.documents import ActForm, DoingForm
from assess.web.forms.fields import DayField, QueryForm, WordsField
from assess.web.request import now


class NewRunForm(DoingForm):
    """What a run is for, as of which day, and a remark."""

    kind = RadioField(_l("Purpose"), choices=[], validate_choice=False, default=RunKind.WORKING.value)
    day = DayField(_l("As of"), most=20)
    words = WordsField(_l("Remark (optional)"), most=MAX_REMARK_LENGTH)

    @property
    def chosen(self) -> RunKind:
        """What the run is for; a scoring unless the other was chosen."""
        return RunKind.INTERIM if self.kind.data == RunKind.INTERIM.value else RunKind.WORKING


def run_form() -> NewRunForm:
    """The form as of today."""
    form = NewRunForm(data={"day": day_of(now()).isoformat()})
    form.kind.choices = [SelectChoice(each.value, localized(each.label)) for each in RunKind]
    return form


class CompareRunsForm(QueryForm):
    """Which other run one is compared with; it changes nothing and needs no token."""

    against = SelectField(_l("Compare with"), choices=[], validate_choice=False)

    def offer(self, number: int, newest: int) -> None:
        """Let any other run be chosen, the one before first."""
        others = [each for each in range(newest, 0, -1) if each != number]
        self.against.choices = [SelectChoice(str(each), _("Run %(number)s", number=each)) for each in others]
        if number > 1:
            self.against.data = str(number - 1)


class ReleaseForm(ActForm):
    """The button that releases a run, and a remark."""

    words = WordsField(_l("Remark (optional)"), most=MAX_REMARK_LENGTH)
