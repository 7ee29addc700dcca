"""The form's workbook, filled in and brought back: every flaw at its cell, a preview, then saved as drafts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from assess.core.actors import Actor
from assess.core.errors import Stale
from assess.core.figures.entry import Answer, as_text, to_stored
from assess.core.flaws import Flaw, ValidationError
from assess.core.forms import Field
from assess.core.text import Text
from assess.files.form_book import FilledForm, read_form_book
from assess.services import audit
from assess.services.cycles import lock_unit
from assess.services.documents import UploadedFile, without_file
from assess.services.forms.drafts import check_open, save_draft
from assess.services.forms.papers import stamp_of
from assess.services.forms.showing import shown
from assess.services.forms.unit_form import UnitFormPage, unit_form
from assess.store.queries.cycles import CycleRow
from assess.store.session import OVERTAKEN, Session

REMARK: Final = Text("{title}：备注", "{title}: remark")
PERIOD: Final = Text("{title} · {period}", "{title} · {period}")


class FormFieldChange(NamedTuple):
    """A field or remark that the workbook changes; `old` is empty where nothing was saved."""

    section: str
    title: Text
    old: Text
    new: Text


@dataclass(frozen=True)
class FormFilling:
    """What a workbook would change in a form.

    Attributes:
        answers: texts to save by the key of the field; blank cells are not among them.
        remarks: remarks to save by figure.
        changes: fields and remarks that become another; `same` counts fields that stay as they are.
        kept: fields that are blank in the workbook while a value is saved: the value stays.
        warnings: what was left out.
    """

    answers: Mapping[str, str]
    remarks: Mapping[str, str]
    changes: tuple[FormFieldChange, ...]
    same: int
    kept: tuple[Text, ...]
    warnings: tuple[Flaw, ...]

    @property
    def new(self) -> tuple[FormFieldChange, ...]:
        """What is filled in for the first time."""
        return tuple(change for change in self.changes if not change.old.zh)

    @property
    def changed(self) -> tuple[FormFieldChange, ...]:
        """What takes the place of something saved."""
        return tuple(change for change in self.changes if change.old.zh)


def read_filling(page: UnitFormPage, document: UploadedFile) -> FormFilling:
    """What a filled-in workbook would change.

    Raises:
        ValidationError: the file is none of this form, or something in it is wrong; each flaw at its cell.
    """
    with document.lying() as path:
        filled = read_form_book(path, page.form, stamp_of(page))
    if filled.flaws:
        raise ValidationError(without_file(filled.flaws))
    answers = {key: text_of(page.form.fields[key], value) for key, value in filled.values.items() if value is not None}
    remarks = remarks_of(page, filled)
    return FormFilling(
        answers=answers,
        remarks=remarks,
        changes=(*changed_answers(page, answers), *changed_remarks(page, remarks)),
        same=sum(page.answers.get(key) == text for key, text in answers.items()),
        kept=tuple(called(page.form.fields[key]) for key in page.answers if key not in answers),
        warnings=tuple(without_file(filled.warnings)),
    )


def text_of(field: Field, value: Answer) -> str:
    """A value as it would be typed."""
    stored = to_stored(value)
    return as_text(field.question.stated, stored.millionths, stored.text)


def remarks_of(page: UnitFormPage, filled: FilledForm) -> dict[str, str]:
    """Remarks by figure; what stands beside several periods is joined."""
    found: dict[str, list[str]] = {}
    for key, field in page.form.fields.items():
        if key in filled.remarks:
            found.setdefault(field.question.figure, []).append(filled.remarks[key].strip())
    return {figure: "\n".join(dict.fromkeys(words)) for figure, words in found.items()}


def called(field: Field) -> Text:
    """A field by its figure and period."""
    if field.label is None:
        return field.question.title
    return PERIOD.format(title=field.question.title, period=field.label)


def changed_answers(page: UnitFormPage, answers: Mapping[str, str]) -> tuple[FormFieldChange, ...]:
    """Fields whose value becomes another, in the order of the form."""
    return tuple(
        FormFieldChange(
            section.id,
            called(field),
            shown(field, page.answers[field.key]) if field.key in page.answers else Text.same(""),
            shown(field, answers[field.key]),
        )
        for section in page.form.sections
        for field in section.fields
        if field.key in answers and answers[field.key] != page.answers.get(field.key)
    )


def changed_remarks(page: UnitFormPage, remarks: Mapping[str, str]) -> tuple[FormFieldChange, ...]:
    """Figures whose remark becomes another, in the order of the form."""
    return tuple(
        FormFieldChange(
            section.id,
            REMARK.format(title=question.title),
            Text.same(page.remarks.get(question.figure, "")),
            Text.same(remarks[question.figure]),
        )
        for section in page.form.sections
        for question, _ in section.questions
        if question.figure in remarks and remarks[question.figure] != page.remarks.get(question.figure, "")
    )


def accept_filling(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    unit: str,
    document: UploadedFile,
    seen: str,
    now: datetime,
) -> int:
    """Save what a workbook changes as drafts of the sections it touches; gives the number of changes.

    Args:
        session: the transaction.
        actor: an official of the unit.
        cycle: the year.
        unit: the code of the unit.
        document: the workbook that was previewed.
        seen: the stamp of the form with which the preview was compared.
        now: the moment.

    Raises:
        NotFound: another unit.
        ValidationError: the workbook does not fit the form any more.
        Refused: reporting is closed, or a remark is not right.
        Stale: something of the form was saved since the preview.
    """
    actor.check_unit(unit)
    lock_unit(session, cycle, unit)
    page = unit_form(session, actor, cycle=cycle, unit=unit, now=now)
    check_open(page)
    if page.stamp != seen:
        raise Stale(OVERTAKEN)
    filling = read_filling(page, document)
    for section in sorted({change.section for change in filling.changes}):
        save_draft(
            session,
            actor,
            cycle=cycle,
            unit=unit,
            section=section,
            answers=filling.answers,
            remarks=filling.remarks,
            seen=page.draft(section).version,
            now=now,
        )
    told = {"file": document.name, "sha256": document.sha256, "changes": len(filling.changes)}
    audit.record(session, actor, subject=f"form:{cycle.year}/{unit}", action="workbook accepted", new=told, now=now)
    return len(filling.changes)
