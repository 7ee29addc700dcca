"""The form to take away: as a workbook to fill in without a connection, and on paper to sign and seal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Final, NamedTuple

from assess.core.calendar import BEIJING
from assess.core.text import Language, Text
from assess.core.workflow import SubmissionState
from assess.files.form_book import FormStamp, write_form_book
from assess.files.form_pdf import FormPaper, write_form_pdf
from assess.files.kinds import EvidenceKind
from assess.services.evidence.pages import names_by_figure
from assess.services.forms.showing import shown
from assess.services.forms.unit_form import UnitFormPage
from assess.store.queries.evidence import attachments_of
from assess.store.session import Session

HANDED_IN: Final = (SubmissionState.SUBMITTED, SubmissionState.CERTIFIED)
NAME: Final = Text("{unit}{year}年自评填报表", "Self-assessment form {year} {unit}")


def stamp_of(page: UnitFormPage) -> FormStamp:
    """What ties a workbook to the year, the rules and the unit."""
    return FormStamp(str(page.year.cycle.year), page.year.digest, page.unit)


class EvidencePaper(NamedTuple):
    """A document on its way to a reader."""

    data: bytes
    name: str
    media_type: str


def form_workbook(page: UnitFormPage, language: Language) -> EvidencePaper:
    """The form of a unit as a workbook, with what is saved so far."""
    stream = BytesIO()
    last = page.window.last
    write_form_book(
        stream,
        language,
        page.form,
        stamp_of(page),
        title=page.year.cycle.title,
        unit=page.name,
        answers=page.answers,
        remarks=remarks_by_field(page),
        due="" if last is None else last.isoformat(),
    )
    return paper_of(stream, page, language, EvidenceKind.XLSX)


def form_on_paper(session: Session, page: UnitFormPage, language: Language) -> EvidencePaper:
    """The form of a unit as a PDF: a draft until it is submitted, then with its receipt (1 query)."""
    attached = attachments_of(session, cycle=page.year.cycle.id, unit=page.unit)
    sheet, row = page.year.sheet, page.row
    is_handed_in = row.state in HANDED_IN
    paper = FormPaper(
        form=page.form,
        title=sheet.title,
        unit=page.name,
        year=page.year.cycle.year,
        sheet=sheet.id,
        digest=page.year.digest,
        standing=sheet.standing,
        answers={key: shown(page.form.fields[key], text) for key, text in page.answers.items()},
        files=names_by_figure(attached),
        remarks=remarks_by_field(page),
        receipt=row.receipt if is_handed_in else None,
        submitted=told_moment(row.submitted_at) if is_handed_in else None,
        by=row.submitter if is_handed_in else None,
        leader=row.leader if is_handed_in else None,
    )
    stream = BytesIO()
    write_form_pdf(paper, stream, language)
    return paper_of(stream, page, language, EvidenceKind.PDF)


def paper_of(stream: BytesIO, page: UnitFormPage, language: Language, kind: EvidenceKind) -> EvidencePaper:
    """What was written, under a name that says what it is."""
    name = NAME.localized(language, unit=page.name, year=page.year.cycle.year)
    return EvidencePaper(stream.getvalue(), f"{name}.{kind}", kind.media_type)


def remarks_by_field(page: UnitFormPage) -> Mapping[str, str]:
    """The remark of a figure at its first period."""
    questions = (pair for section in page.form.sections for pair in section.questions)
    return {
        fields[0].key: page.remarks[question.figure]
        for question, fields in questions
        if question.figure in page.remarks
    }


def told_moment(moment: datetime | None) -> str | None:
    """A moment by the district's clock."""
    return None if moment is None else f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}"
