"""Forms of rulings and corrections: what is put right, confirming what was seen, and turning a proposal down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, RadioField, SelectChoice, SelectField

from assess.core.appeals.cells import FigureCell
from assess.core.appeals.filing import MAX_APPEAL_LENGTH
from assess.core.appeals.rulings import Exempting, TypedDecision, changes_in
from assess.core.appeals.states import RULINGS
from assess.core.text import Text
from assess.services.corrections.effects import LineBrief
from assess.services.corrections.pages import CorrectionSubjects
from assess.store.queries.corrections import CorrectionRow
from assess.web.filters import localized
from assess.web.forms.fields import Form, QueryForm, WordsField
from assess.web.forms.forms import value_field
from assess.web.forms.unit_choices import unit_choices


class LineDecisionForm(Form):
    """What is put right of a line; each figure has a field under the key of its cell."""

    cells: Mapping[str, FigureCell]
    exempt = RadioField(_l("Does the item apply?"), choices=[], validate_choice=False, default="")
    reason = WordsField(_l("Reason"), most=MAX_APPEAL_LENGTH)

    @property
    def typed(self) -> TypedDecision:
        """What was typed."""
        figures = {key: self[key].data or "" for key in self.cells}
        return TypedDecision(self.reason.data or "", figures, self.exempt.data or "", self.outcome_typed)

    @property
    def outcome_typed(self) -> str:
        """How the appeal is ruled on; nothing where there is none."""
        return ""

    @property
    def by_figure(self) -> list[tuple[str, list[FigureCell]]]:
        """The cells of each figure, this year's and last year's apart, in the order of the line."""
        found: dict[str, list[FigureCell]] = {}
        for cell in self.cells.values():
            found.setdefault(f"{cell.figure} {cell.year}", []).append(cell)
        return list(found.items())

    def cell(self, key: str) -> Field:
        """The field of a cell."""
        return self[key]


class AppealRulingForm(LineDecisionForm):
    """A ruling on an appeal."""

    outcome = RadioField(_l("Decision on the appeal"), choices=[], validate_choice=False)

    @property
    def outcome_typed(self) -> str:
        """How the appeal is ruled on."""
        return self.outcome.data or ""


def ruling_form(line: LineBrief, mine: CorrectionRow | None) -> AppealRulingForm:
    """The form of a ruling, filled with what the reader proposed before."""
    form = cast("AppealRulingForm", decision_form(AppealRulingForm, line, mine))
    form.outcome.choices = [SelectChoice(each.value, localized(each.label).capitalize()) for each in RULINGS]
    return form


def decision_form(kind: type[LineDecisionForm], line: LineBrief, mine: CorrectionRow | None = None) -> LineDecisionForm:
    """A form with a field for each figure of a line."""
    stays = _("No change")
    fields = {key: value_field(label_of(cell), cell.kind, none=stays) for key, cell in line.cells.items()}
    form = cast(
        "LineDecisionForm", type("OneDecisionForm", (kind,), {**fields, "cells": line.cells})(data=filled(mine))
    )
    form.exempt.choices = [SelectChoice(each.value, localized(each.label).capitalize()) for each in open_to(line)]
    return form


def filled(mine: CorrectionRow | None) -> dict[str, Any]:
    """What was proposed before, by field."""
    if mine is None:
        return {}
    changes, exempt = changes_in(mine.changes)
    figures = {f"{each.figure}@{each.period}": each.text for each in changes}
    outcome = None if mine.outcome is None else mine.outcome.value
    return {**figures, "exempt": exempt.value, "reason": mine.reason, "outcome": outcome}


def open_to(line: LineBrief) -> tuple[Exempting, ...]:
    """What can become of the exemption."""
    return (Exempting.NONE, Exempting.END if line.is_exempt else Exempting.GRANT)


def label_of(cell: FigureCell) -> str:
    """What the field of a cell is called."""
    if cell.when is None:
        return localized(cell.title)
    return localized(Text("{title}（{period}）", "{title} ({period})").format(title=cell.title, period=cell.when))


class ConfirmForm(Form):
    """The button that confirms a decision, and the digest of the effect that was seen."""

    digest = HiddenField()


class TurnDownForm(Form):
    """Why a proposed correction is refused or withdrawn."""

    words = WordsField(_l("Reason"), most=MAX_APPEAL_LENGTH)


class SubjectForm(QueryForm):
    """Which line of which unit is corrected; it changes nothing and needs no token."""

    unit = SelectField(_l("Unit"), validate_choice=False)
    item = SelectField(_l("Item"), validate_choice=False)

    def offer(self, found: CorrectionSubjects) -> None:
        """Let these be chosen."""
        self.unit.choices = [SelectChoice("", ""), *unit_choices(found.year)]
        titles = [SelectChoice(name, localized(title)) for name, title in found.titles.items()]
        self.item.choices = [SelectChoice("", ""), *titles]
