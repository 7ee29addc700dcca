"""What a unit reports on its tasks, and how lists of tasks are narrowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import HiddenField, SelectChoice, SelectField

from assess.core.errors import Declined
from assess.core.numbers import printed
from assess.core.obligations.reports import RequiredReport, TypedReport
from assess.core.obligations.standing import ReportedProgress, Status
from assess.core.text import Text
from assess.services.obligations import ObligationOverview, TaskDetails, UnitTask, UnitTasks
from assess.services.obligations.standing import Narrow, ReportingPeriod
from assess.web.filters import day, localized
from assess.web.forms.fields import Form, LineField, QueryForm, WordsField
from assess.web.forms.seen import SeenForm, whole_number
from assess.web.request import language

NAMES: Final = ("status", "share", "done_on", "words")
"""What is typed in a report."""


class ReportForm(SeenForm):
    """A report on one obligation; what is typed is read by the service."""

    period = SelectField(lazy_gettext("Reporting period"), choices=[], validate_choice=False)
    status = SelectField(lazy_gettext("Progress status"), choices=[], validate_choice=False)
    share = LineField(
        lazy_gettext("Progress"),
        description=lazy_gettext("From 0 to 100, with at most 1 decimal. A completed task has 100."),
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )
    done_on = LineField(
        lazy_gettext("Completed on"),
        description=lazy_gettext("Only for completed tasks, such as 2026-03-25."),
        render_kw={"autocomplete": "off"},
    )
    words = WordsField(lazy_gettext("Work done"), description=lazy_gettext("Work done, difficulties and next steps."))

    @property
    def typed(self) -> TypedReport:
        """What was typed."""
        return TypedReport(*(self[name].data or "" for name in NAMES))


def report_form(page: TaskDetails) -> ReportForm:
    """The form to report on an obligation, filled with how it stands, or with what was sent."""
    own = page.own
    told_last = as_typed(own.last_told(own.default_period))
    form = ReportForm(data={**told_last._asdict(), "period": own.default_period, "seen": str(own.row.version)})
    form.period.choices = [SelectChoice(each.period.label, called(each)) for each in reversed(own.open_reports)]
    form.status.choices = [SelectChoice(value, text) for value, text in statuses().items()]
    return form


def as_typed(progress: ReportedProgress) -> TypedReport:
    """How an obligation stood, as it would be typed."""
    done_on = "" if progress.done_on is None else progress.done_on.isoformat()
    return TypedReport(progress.status, printed(progress.share), done_on, "")


def called(asked: RequiredReport) -> str:
    """A period to choose, with its last day and where its report stands."""
    name = localized(asked.label.label)
    if not asked.is_periodic:
        return name
    state, due = localized(asked.state.label), day(asked.period.due)
    return str(_("%(period)s: due %(due)s (%(state)s)", period=name, due=due, state=state.lower()))


def statuses() -> dict[str, str]:
    """How far a task may be."""
    return {each.value: localized(each.label) for each in Status}


class ObligationFilterForm(QueryForm):
    """What a unit's list is narrowed to; not sent, but part of the address."""

    domain = SelectField(lazy_gettext("Domain"), choices=[], validate_choice=False)
    state = SelectField(lazy_gettext("Show"), choices=[], validate_choice=False)

    @property
    def narrow(self) -> Narrow | None:
        """The chosen kind; None for all."""
        return next((each for each in Narrow if each.value == self.state.data), None)

    @property
    def chosen_domain(self) -> str | None:
        """The chosen domain; None for all."""
        return self.domain.data if self.domain.data in {each.value for each in self.domain.choices} else None


def narrow_form(page: UnitTasks) -> ObligationFilterForm:
    """The fields that narrow the list of a unit."""
    form = ObligationFilterForm(formdata=request.args)
    form.domain.choices = [SelectChoice(ALL, _("All domains")), *choices_of(page.domains)]
    form.state.choices = [SelectChoice(ALL, _("All tasks")), *choices_of({each.value: each.label for each in Narrow})]
    return form


ALL: Final = "all"
"""What stands for no choice in an address."""


def choices_of(words: Mapping[str, Text]) -> Iterator[SelectChoice]:
    """Words to choose from."""
    return (SelectChoice(value, localized(text)) for value, text in words.items())


class LeadForm(QueryForm):
    """Whose tasks the office looks at."""

    lead = SelectField(lazy_gettext("Lead department"), choices=[], validate_choice=False)
    by = HiddenField()


def lead_form(page: ObligationOverview, by: str) -> LeadForm:
    """The field that narrows the overview."""
    form = LeadForm(formdata=None, data={"lead": page.lead, "by": by})
    form.lead.choices = [SelectChoice("", _("All departments")), *choices_of(page.leads)]
    return form


class ReportProblem(NamedTuple):
    """What is wrong, and the address of the field."""

    text: str
    href: str | None


@dataclass
class ReportRowInput:
    """One task of the report on a period: what was reported last, what is typed, and what is wrong with it by field."""

    place: int
    own: UnitTask
    asked: RequiredReport | None
    last: ReportedProgress
    typed: TypedReport
    chosen: bool
    seen: int
    was: str
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_meant(self) -> bool:
        """Whether the row is reported: it is ticked, or something was changed in it."""
        return self.chosen or bool(self.typed.words.strip()) or joined(self.typed) != self.was

    def id(self, name: str) -> str:
        """The id of a field."""
        return f"{name}-{self.place}"


class PeriodForm(Form):
    """The reports of a unit for one period, task by task."""

    rows: tuple[ReportRowInput, ...] = ()

    @property
    def meant(self) -> list[ReportRowInput]:
        """The rows that are reported."""
        return [row for row in self.rows if row.is_meant]

    @property
    def typed(self) -> dict[str, TypedReport]:
        """What was typed, by the number of the task."""
        return {row.own.task.no: row.typed for row in self.meant}

    @property
    def seen(self) -> dict[str, int]:
        """The versions that were seen, by the number of the task."""
        return {row.own.task.no: row.seen for row in self.meant}

    @property
    def problems(self) -> list[ReportProblem]:
        """What is wrong, in the order of the page."""
        about_rows = [
            ReportProblem(f"{row.own.task.no} {localized(row.own.task.title)}: {text}", f"#{row.id(name)}")
            for row in self.rows
            for name, text in row.errors.items()
        ]
        return [*(ReportProblem(text, None) for text in self.form_errors), *about_rows]

    @property
    def errors(self) -> dict[Any, Any]:
        """What is wrong, rows included."""
        return {**super().errors, **{row.id(name): [text] for row in self.rows for name, text in row.errors.items()}}

    def take(self, error: Declined) -> None:
        """Show what the service turned down in the rows it is about."""
        for row in self.rows:
            named = {name: error.fields.get(f"{name}-{row.own.task.no}") for name in ("period", *NAMES)}
            found = {name: what.localized(language()) for name, what in named.items() if what is not None}
            if "period" in found:
                found = {"status": found.pop("period"), **found}
            row.errors |= found
        if not error.fields:
            self.form_errors.append(error.what.localized(language()))


BLANK: Final = TypedReport("", "", "", "")
"""What stands in a row at first: nothing is reported for the reporter."""


def period_form(period: ReportingPeriod, *, only_pending: bool) -> PeriodForm:
    """The form for a period: blank rows of the tasks whose report is due, or of all, or what was sent."""
    form = PeriodForm()
    shown = [own for own in period.tasks if not only_pending or is_pending(period, own) or was_sent(own)]
    untouched = [row_of(period, *each) for each in enumerate(shown, 1)]
    form.rows = tuple(map(row_sent, untouched) if form.is_submitted() else untouched)
    return form


def is_pending(period: ReportingPeriod, own: UnitTask) -> bool:
    """Whether the report of a task for a period is still to be submitted."""
    asked = own.report_for(str(period.label))
    return asked is not None and asked.is_wanted


def was_sent(own: UnitTask) -> bool:
    """Whether the row of a task is in what was sent."""
    return f"status-{own.task.no}" in request.form


def row_of(period: ReportingPeriod, place: int, own: UnitTask) -> ReportRowInput:
    """A row as it is first shown, with what was reported last beside it."""
    label = str(period.label)
    last = own.last_told(label)
    return ReportRowInput(place, own, own.report_for(label), last, BLANK, False, own.row.version, joined(BLANK))


def row_sent(row: ReportRowInput) -> ReportRowInput:
    """A row as it was sent; one that was not sent is not reported."""
    no = row.own.task.no
    if not was_sent(row.own):
        return replace(row, chosen=False)
    return replace(
        row,
        typed=TypedReport(*(request.form.get(f"{name}-{no}", "") for name in NAMES)),
        chosen=f"report-{no}" in request.form,
        seen=whole_number(request.form.get(f"seen-{no}", ""), otherwise=-1),
        was=request.form.get(f"was-{no}", ""),
    )


def joined(typed: TypedReport) -> str:
    """What a row held when it was shown, to tell what was changed in it."""
    return "|".join((typed.status, typed.share.strip(), typed.done_on.strip()))


def refreshed(form: PeriodForm, tasks: Iterable[UnitTask]) -> None:
    """Let a form that was overtaken be sent again: now that both are shown, the newest version is seen."""
    versions = {own.task.no: own.row.version for own in tasks}
    for row in form.rows:
        row.seen = versions.get(row.own.task.no, row.seen)
