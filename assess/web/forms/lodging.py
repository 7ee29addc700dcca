"""What a unit says when it appeals against a line, what it adds later, and how it takes an appeal back."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from assess.core.appeals.cells import FigureCell
from assess.core.appeals.filing import MAX_APPEAL_LENGTH, TypedAppeal
from assess.core.scorecard.making import measured
from assess.services.appeals import EXEMPT
from assess.services.appeals.lines import LineSeen
from assess.web.filters import localized
from assess.web.forms.documents import ActForm
from assess.web.forms.evidence import KeepingForm
from assess.web.forms.fields import LineField, WordsField, required


class AppealForm(KeepingForm):
    """An appeal against one line."""

    what = WordsField(_l("Reasons for the appeal"), required(_l("Enter what is wrong")), most=MAX_APPEAL_LENGTH)
    cell = SelectField(_l("Which figure is wrong (optional)"), validate_choice=False)
    asked = LineField(_l("What the figure should be"))

    def offer(self, line: LineSeen) -> None:
        """Let a figure of the line be chosen, or that it does not apply."""
        exempt = [] if line.is_exempt else [SelectChoice(EXEMPT, gettext("The item does not apply to the unit"))]
        self.cell.choices = [SelectChoice("", gettext("No particular figure")), *offered(line.cells), *exempt]

    def typed(self, unit: str, item: str) -> TypedAppeal:
        """What was typed."""
        return TypedAppeal(unit, item, self.what.data or "", self.cell.data or "", self.asked.data or "")


def offered(cells: Sequence[FigureCell]) -> list[SelectChoice]:
    """The figures behind a line as they were released."""
    return [SelectChoice(cell.key, called(cell)) for cell in cells]


def called(cell: FigureCell) -> str:
    """A figure with its period and value."""
    value = localized(measured(cell.kind, cell.shown) if cell.text else cell.shown)
    if cell.when is None:
        return str(gettext("%(figure)s: %(value)s", figure=localized(cell.title), value=value))
    return str(
        gettext(
            "%(figure)s (%(period)s): %(value)s", figure=localized(cell.title), period=localized(cell.when), value=value
        )
    )


class MoreForm(KeepingForm):
    """Files that come after the appeal."""


class TakeBackForm(ActForm):
    """Why an appeal is taken back, where that is said."""

    reason = WordsField(_l("Why you withdraw it (optional)"), most=MAX_APPEAL_LENGTH)
