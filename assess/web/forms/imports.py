"""A department's file: uploaded, its lists narrowed, its suspicious values explained, accepted or discarded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, cast

from flask import request as flask_request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from assess.core.evidence.asked import asked_of
from assess.core.evidence.names import heading_of
from assess.core.evidence.unknown import UnknownHeading
from assess.core.evidence.verdicts import CheckList
from assess.services.imports import ImportPage, ProposalLine
from assess.services.imports.headings import NOT_READ
from assess.services.imports.headings import field_of as field_of_heading
from assess.services.imports.uploading import MAX_UPLOAD_MEGABYTES
from assess.store.queries.import_lists import ImportFilter
from assess.web.filters import localized
from assess.web.forms.documents import DocumentField, DocumentForm
from assess.web.forms.fields import Form, LineField, QueryForm, ReasonField, number_in
from assess.web.forms.seen import SeenForm
from assess.web.forms.unit_choices import unit_choices

ACCEPTED: Final = ".xlsx,.xls,.csv"
EXPLAIN: Final = "explain-"
STOOD: Final = "stood-"
OF_FLAWS: Final = (CheckList.FLAWS, CheckList.WARNINGS)


class EvidenceForm(DocumentForm):
    """A department's workbook."""

    file = DocumentField(
        _l("Excel file of the department"),
        most=MAX_UPLOAD_MEGABYTES,
        description=_l("Excel (.xlsx, .xls) or CSV, at most %(most)s MB.", most=MAX_UPLOAD_MEGABYTES),
        render_kw={"accept": ACCEPTED},
    )


class ImportFilterForm(QueryForm):
    """Which lines of a list are shown; it changes nothing and needs no token."""

    sheet = SelectField(_l("Sheet"), validate_choice=False)
    words = LineField(_l("Words or cell"))
    figure = SelectField(_l("Figure"), validate_choice=False)
    unit = SelectField(_l("Unit"), validate_choice=False)

    @property
    def narrowed(self) -> ImportFilter:
        """What is looked for."""
        return ImportFilter(**{name: getattr(self, name).data or "" for name in ImportFilter._fields})

    def offer(self, page: ImportPage) -> None:
        """Leave the fields that narrow the list in view, with what there is to choose."""
        if page.shown in OF_FLAWS:
            del self.figure, self.unit
            sheets = [SelectChoice(each, each) for each in page.sheets if each]
            self.sheet.choices = [SelectChoice("", _("All sheets")), *sheets]
        else:
            del self.sheet, self.words
            asked = asked_of(page.year.sheet, page.row.department).figures
            self.figure.choices = [SelectChoice("", _("All figures"))]
            self.figure.choices += [SelectChoice(each.id, localized(each.title)) for each in asked]
            self.unit.choices = [SelectChoice("", _("All units")), *unit_choices(page.year)]


class HeadingsForm(SeenForm):
    """Which figure each heading stands for of which nothing is known."""

    @property
    def chosen(self) -> dict[int, str]:
        """What was chosen, by the place of the heading."""
        fields = [field for field in self if isinstance(field, SelectField)]
        return {place: field.data or "" for place, field in enumerate(fields)}


def headings_form(page: ImportPage) -> HeadingsForm:
    """The form with a field for each heading of a file of which nothing is known."""
    asked = asked_of(page.year.sheet, page.row.department).figures
    choices = [SelectChoice("", _("Not decided")), SelectChoice(NOT_READ, _("Do not read"))]
    choices += [SelectChoice(each.id, localized(heading_of(each.title, each))) for each in asked]
    fields: dict[str, Any] = {
        field_of_heading(place): SelectField(heading_called(each), choices=choices)
        for place, each in enumerate(page.unknown)
    }
    return cast("HeadingsForm", type("OneHeadingsForm", (HeadingsForm,), fields)())


def heading_called(each: UnknownHeading) -> str:
    """A heading with its sheet, where the file has sheets."""
    if not each.sheet:
        return each.heading
    return str(_("%(heading)s (sheet: %(sheet)s)", heading=each.heading, sheet=each.sheet))


class ReasonForm(Form):
    """One reason for all suspicious values that have none."""

    words = ReasonField(_l("One explanation for all"))


class ExplainForm(Form):
    """Why suspicious values are right all the same."""

    @property
    def words(self) -> dict[int, str]:
        """What was written, by the number of the value."""
        return {number: self[EXPLAIN + str(number)].data or "" for number in explained()}

    @property
    def seen(self) -> dict[int, str]:
        """The reasons that stood on the page, as far as it says so."""
        stood = {number: flask_request.form.get(STOOD + str(number)) for number in explained()}
        return {number: words for number, words in stood.items() if words is not None}


def explained() -> list[int]:
    """The numbers of the values that a form explains."""
    names = (name.removeprefix(EXPLAIN) for name in flask_request.form if name.startswith(EXPLAIN))
    return [number for name in names if (number := number_in(name))]


def field_of(line: ProposalLine) -> str:
    """The name of the field that explains a value."""
    return f"{EXPLAIN}{line.row.id}"


def explain_form(lines: Iterable[ProposalLine]) -> ExplainForm:
    """The form with a field for each value of a page, and for whatever was sent."""
    fields: dict[str, Any] = {EXPLAIN + str(number): ReasonField(_("Reason")) for number in explained()}
    typed = {}
    for line in lines:
        label = _("Explanation: %(figure)s, %(unit)s", figure=localized(line.figure), unit=localized(line.unit))
        fields[field_of(line)] = ReasonField(label)
        typed[field_of(line)] = line.row.explanation
    return cast("ExplainForm", type("OneExplainForm", (ExplainForm,), fields)(data=typed))
