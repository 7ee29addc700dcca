"""The workbook that a department fills in, with the values and remarks that stand in the database."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import NotFound, Refused
from assess.core.evidence.asked import DepartmentRequest, asked_of
from assess.core.evidence.departments import departments_in
from assess.core.evidence.found import CountedCase
from assess.core.evidence.left_out import left_out
from assess.core.figures.entry import as_text, read_entry
from assess.core.parsing import ParseError
from assess.core.rules.figure import Figure
from assess.core.sources import StatedFigure
from assess.core.text import Language, Text
from assess.files.evidence_book.layout import EvidenceStamp
from assess.files.evidence_book.writing import EarlierValue, Filled, write_evidence_book
from assess.services.imports.judged import barred_to_files, judged_in
from assess.services.imports.windows import check_department, window_today
from assess.services.years import Year, exemptions_of, year_of
from assess.store.queries.cycles import CycleRow
from assess.store.queries.imports import KnownRow, known_occurrences, known_values
from assess.store.session import Session

NO_DEPARTMENT: Final = Text(
    "本年度的评分表中没有这个部门。", "There is no such department in the rule sheet of this year."
)
NOTHING_ASKED: Final = Text(
    "本年度该部门不需要提供数据，无需填报。",
    "This department supplies no figures this year. There is nothing to fill in.",
)


def evidence_template(
    session: Session, actor: Actor, *, cycle: CycleRow, department: str, language: Language, now: datetime
) -> bytes:
    """The workbook of a department as it would be filled in so far (a fixed number of queries).

    Raises:
        NotAllowed: somebody who is neither of the department nor of the office.
        NotFound: the rule sheet has no such department.
        Refused: nothing is asked of it, or no rule sheet is published.
    """
    check_department(actor, department)
    year = year_of(session, cycle)
    asked = asked_of(year.sheet, department)
    if not asked.figures:
        raise Refused(NOTHING_ASKED) if department in departments_in(year.sheet) else NotFound(NO_DEPARTMENT)
    last = window_today(session, cycle, department, now).last
    stream = BytesIO()
    write_evidence_book(
        stream,
        asked,
        year.units,
        filled_so_far(session, year, asked),
        stamp_of(year, department, language),
        title=cycle.title,
        due="" if last is None else last.isoformat(),
    )
    return stream.getvalue()


def stamp_of(year: Year, department: str, language: Language) -> EvidenceStamp:
    """What ties a workbook to the year, its rules and the department."""
    return EvidenceStamp(
        sheet=year.sheet.id,
        year=str(year.cycle.year),
        rules=year.digest,
        department=department,
        language=language,
    )


def filled_so_far(session: Session, year: Year, asked: DepartmentRequest) -> Filled:
    """What counts now of the department's figures, and which of them are left to whom (4 queries)."""
    stated = {each.id: each.stated for each in asked.figures}
    of = year.cycle.year
    values = known_values(session, cycle=year.cycle.id, year=of, figures=stated)
    cases = known_occurrences(session, cycle=year.cycle.id, year=of, figures=stated)
    return Filled(
        known={
            (row.unit, row.figure, row.period): EarlierValue(text, row.remark)
            for row in values
            if (text := text_that_fits(stated[row.figure], row)) is not None
        },
        occurrences=[
            CountedCase(
                each.unit,
                each.figure,
                each.period,
                each.day,
                each.location,
                each.what,
                each.photo,
                StatedFigure(each.place),
            )
            for each in cases
        ],
        left_out=barred_to_files(
            year, judged_in(session, year), left_out(year.sheet, year.units, exemptions_of(session, year))
        ),
    )


def text_that_fits(stated: Figure, row: KnownRow) -> str | None:
    """A value as one would type it; None where the rules have changed so that it could not be entered now."""
    text = as_text(stated, row.millionths, row.word)
    return None if isinstance(read_entry(stated, text), ParseError) else text
