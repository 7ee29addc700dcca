"""The template of findings of a year, made when somebody asks for it."""

from __future__ import annotations

from io import BytesIO

from assess.core.actors import Actor, Right
from assess.core.text import Language
from assess.files.finding_book import FindingStamp, write_finding_book
from assess.services.findings.seeing import catalogue_in
from assess.services.years import year_of
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session


def finding_template(session: Session, actor: Actor, *, cycle: CycleRow, language: Language) -> bytes:
    """The workbook in which findings of a year are listed (the queries of the year).

    Raises:
        NotAllowed: the actor is no inspector.
        Refused: no rule sheet is published.
    """
    actor.check_may(Right.INSPECT)
    year, stream = year_of(session, cycle), BytesIO()
    stamp = FindingStamp(cycle.year, language)
    write_finding_book(stream, year.units, catalogue_in(session, year), stamp, title=cycle.title)
    return stream.getvalue()
