"""A unit's form as things to do: an entry for each section, and the block of the home page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from assess.core.actors import Actor
from assess.core.calendar import DueState
from assess.core.forms import FormSection
from assess.core.text import Text
from assess.core.workflow import SubmissionState
from assess.services.forms.unit_form import SectionState, UnitFormPage, unit_forms
from assess.services.reporting_windows import closed_to_withdrawing
from assess.store.queries.completeness import ReminderRow, reminders_of
from assess.store.queries.cycles import CycleRow
from assess.store.queries.forms import CERTIFIED, RETURNED, SUBMITTED, WITHDRAWN, SubmissionEventRow
from assess.web.blocks import TodoBlock, TodoEntry
from assess.web.filters import day, localized, moment
from assess.web.request import now, reader

STATES: Final = {
    SectionState.NOT_STARTED: "waiting",
    SectionState.IN_PROGRESS: "progress",
    SectionState.FILLED: "done",
    SectionState.RETURNED: "returned",
    SectionState.SUBMITTED: "submitted",
    SectionState.CERTIFIED: "certified",
    SectionState.NOT_APPLICABLE: "not-applicable",
}
"""The colour of each standing of a section."""
SUBMISSION_STATES: Final = {
    SubmissionState.DRAFT: "draft",
    SubmissionState.SUBMITTED: "submitted",
    SubmissionState.RETURNED: "returned",
    SubmissionState.CERTIFIED: "certified",
}
"""The colour of each state of a submission."""
FINISHED: Final = (SectionState.FILLED, SectionState.SUBMITTED, SectionState.CERTIFIED, SectionState.NOT_APPLICABLE)
SENT: Final = (SubmissionState.SUBMITTED, SubmissionState.CERTIFIED)
"""The states in which nothing is left to do for the unit."""
MOST_REMINDERS: Final = 3


def entries(page: UnitFormPage) -> tuple[TodoEntry, ...]:
    """The sections of a form."""
    return tuple(entry(page, section) for section in page.form.sections)


def entry(page: UnitFormPage, section: FormSection) -> TodoEntry:
    """One section with how it stands."""
    standing, count = page.standing(section), page.counts[section.id]
    return TodoEntry(
        text=localized(section.title),
        href=url_for("forms.edit", year=page.year.cycle.year, unit=page.unit, section=section.id),
        hint=_("%(n)s of %(all)s entries", n=count.filled, all=count.required) if section.fields else None,
        status=localized(standing.label),
        state=STATES[standing],
        is_finished=standing in FINISHED,
    )


def due_line(page: UnitFormPage) -> str:
    """Until when the form is due, and how long that is."""
    last = page.window.last
    if last is None or page.row.state in SENT:
        return ""
    due = page.window.due(page.today)
    if due.state is DueState.OVERDUE:
        return str(_("Was due on %(day)s (%(days)s).", day=day(last), days=localized(due.message)))
    return str(_("Due on %(day)s (%(days)s).", day=day(last), days=localized(due.message)))


def returned_notice(page: UnitFormPage) -> str:
    """Why a form came back, and for which figures; nothing where it did not."""
    if page.row.state is not SubmissionState.RETURNED:
        return ""
    titles = {field.question.figure: field.question.title for field in page.form.fields.values()}
    meant = [localized(titles[figure]) for figure in page.row.returned_figures if figure in titles]
    reason = page.row.returned_reason or ""
    if not meant:
        return str(_("Returned: %(reason)s", reason=reason))
    return str(_("Returned: %(reason)s (%(figures)s)", reason=reason, figures=localized(Text.listed(meant))))


def may_withdraw(page: UnitFormPage) -> bool:
    """Whether the reader may take the form back."""
    is_submitted = page.may_edit and page.row.state is SubmissionState.SUBMITTED
    return is_submitted and closed_to_withdrawing(page.year.cycle, page.row, page.today) is None


def blocks_of(person: Actor, cycle: CycleRow) -> list[TodoBlock]:
    """The forms of a person's units, one block a unit (6 queries, however many units)."""
    if not person.units:
        return []
    pages = unit_forms(reader(), person, cycle=cycle, units=sorted(person.units), now=now())
    reminders = reminders_of(reader(), cycle=cycle.id, units=person.units)
    return [block(page, reminders, named=len(pages) > 1) for page in pages.values()]


def block(page: UnitFormPage, reminders: Iterable[ReminderRow], *, named: bool) -> TodoBlock:
    """A form as a block of the home page, with the name of its unit where the person has several."""
    title = _("Self-assessment form")
    return TodoBlock(
        title=_("%(title)s: %(unit)s", title=title, unit=localized(page.name)) if named else title,
        entries=(*to_submit(page), *entries(page)),
        done=page.done,
        all=page.all,
        due=due_line(page) or certified_line(page),
        notice=" ".join(reminder_words(each) for each in unheeded(page, reminders)),
        link=block_link(page),
    )


def to_submit(page: UnitFormPage) -> Iterator[TodoEntry]:
    """The form as one thing to do, where it was returned, is overdue or is due within a week."""
    due, is_returned = page.window.due(page.today), page.row.state is SubmissionState.RETURNED
    entry = TodoEntry(
        text=_("Correct and submit the form again") if is_returned else _("Submit the form"),
        href=url_for("forms.sections", year=page.year.cycle.year, unit=page.unit),
        hint=" ".join(filter(None, (due_line(page), returned_notice(page)))),
        status=localized(SubmissionState.RETURNED.label if is_returned else due.state.label),
        state="overdue" if due.state is DueState.OVERDUE else "returned" if is_returned else "due",
        days_left=due.days_left,
        is_returned=is_returned,
    )
    if page.is_open and page.row.state not in SENT and entry.is_urgent:
        yield entry


def unheeded(page: UnitFormPage, reminders: Iterable[ReminderRow]) -> list[ReminderRow]:
    """The newest reminders of a unit; once the form is submitted, those since then."""
    own = [each for each in reminders if each.unit == page.unit]
    since = page.row.submitted_at if page.row.state in SENT else None
    return [each for each in own if since is None or each.sent_at > since][:MOST_REMINDERS]


def reminder_words(row: ReminderRow) -> str:
    """A reminder, who sent it and when."""
    return str(_("%(words)s (%(sender)s, %(when)s)", words=row.words, sender=row.sender, when=moment(row.sent_at)))


def certified_line(page: UnitFormPage) -> str:
    """That everything is certified, where it is."""
    return str(_("All submitted values are certified.")) if page.row.state is SubmissionState.CERTIFIED else ""


def block_link(page: UnitFormPage) -> tuple[str, str]:
    """Where the person goes on: to check and submit, or to the receipt."""
    year = page.year.cycle.year
    if page.row.state in SENT:
        return _("Receipt %(number)s", number=page.row.receipt), url_for("forms.receipt", year=year, unit=page.unit)
    return _("Check and submit"), url_for("forms.check", year=year, unit=page.unit)


def steps_of(events: Iterable[SubmissionEventRow]) -> list[dict[str, str]]:
    """The history of a submission in words, newest first."""
    words = {
        SUBMITTED: _("Submitted"),
        WITHDRAWN: _("Withdrawn"),
        RETURNED: _("Returned"),
        CERTIFIED: _("Certified"),
    }
    return [
        {
            "text": words[each.act] if each.act != SUBMITTED else f"{words[SUBMITTED]} ({each.receipt})",
            "when": moment(each.when),
            "who": each.who,
            "note": each.reason or "",
        }
        for each in events
    ]
