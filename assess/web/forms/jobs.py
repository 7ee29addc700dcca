"""Narrowing the list of jobs."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from assess.core.jobs import JobState
from assess.web.filters import localized
from assess.web.forms.fields import QueryForm


class JobFilterForm(QueryForm):
    """Which jobs are listed; it changes nothing and needs no token."""

    state = SelectField(_l("Status"), validate_choice=False)

    @property
    def states(self) -> tuple[JobState, ...]:
        """The states that are looked for: the one asked for, or all."""
        return tuple(state for state in JobState if state.value == self.state.data) or tuple(JobState)

    def offer(self, counts: Mapping[JobState, int]) -> None:
        """Let a state be chosen, each with how many jobs it has."""
        self.state.choices = [SelectChoice("", _("All"))]
        for state, count in counts.items():
            words = _("%(status)s (%(n)s)", status=localized(state.label), n=count)
            self.state.choices.append(SelectChoice(state.value, words))
