"""Forms of stages: their dates, and a move."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from wtforms import Field

from assess.core.timeline import DATED, Span
from assess.core.workflow import Stage
from assess.services.stages import Days
from assess.web.forms.documents import ActForm
from assess.web.forms.fields import DayField, WordsField


class DatesForm(ActForm):
    """The first and the last day of each stage, as `collecting_begins` and `collecting_ends`."""

    reason = WordsField(_("Reason"), most=500)

    @property
    def pairs(self) -> list[tuple[Stage, Field, Field]]:
        """The two fields of each stage."""
        return [(stage, self[f"{stage}_begins"], self[f"{stage}_ends"]) for stage in DATED]

    @property
    def spans(self) -> dict[Stage, Days]:
        """The days that were typed."""
        return {stage: (begins.day, ends.day) for stage, begins, ends in self.pairs}


for each in DATED:
    setattr(DatesForm, f"{each}_begins", DayField(_("First day"), most=20))
    setattr(DatesForm, f"{each}_ends", DayField(_("Last day"), most=20))


def dates_form(spans: Mapping[Stage, Span]) -> DatesForm:
    """The form as it is filled in so far."""
    filled = {f"{stage}_begins": span.begins.isoformat() for stage, span in spans.items()}
    return DatesForm(**filled, **{f"{stage}_ends": span.ends.isoformat() for stage, span in spans.items()})
