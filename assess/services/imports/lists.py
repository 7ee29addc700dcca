"""One list of what was found in a file, in words: flaws, values beside those that count, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from assess.core.evidence.asked import asked_of
from assess.core.evidence.verdicts import CheckList
from assess.core.figures.entry import as_shown
from assess.core.figures.table import COUNTED
from assess.core.rules.sheet import title_of
from assess.core.text import Text
from assess.services.imports.comparing import Key, demands_in, missing_of
from assess.services.imports.judged import judged_in
from assess.services.imports.sources import measure_of, period_called
from assess.services.years import Year
from assess.store.queries import import_lists as queries
from assess.store.queries.import_lists import FlawRow, ImportFilter, ImportList, ProposalRow
from assess.store.queries.imports import ImportRow, keys_present
from assess.store.session import Session

EVERYTHING: Final = ImportFilter()
FLAWED: Final = (CheckList.FLAWS, CheckList.WARNINGS)


class ProposalLine(NamedTuple):
    """One value of a file beside the one it was compared with, in words; `period` None for the whole year."""

    row: ProposalRow
    unit: Text
    figure: Text
    period: Text | None
    measure: Text | None
    new: Text
    old: Text | None


class MissingLine(NamedTuple):
    """A figure of a unit that the department is asked for and nobody has a value of."""

    unit: Text
    figure: Text
    period: Text | None


Line = FlawRow | ProposalLine | MissingLine


def list_of(
    session: Session, year: Year, row: ImportRow, *, shown: CheckList | None, narrowed: ImportFilter, part: slice
) -> tuple[int, Sequence[Line]]:
    """How long a list of a file is as it was narrowed, and a part of it (2 queries, 3 of what is missing)."""
    if shown is None:
        return 0, ()
    if shown is CheckList.MISSING:
        missing = [key for key in missing_keys(session, year, row) if fits(key, narrowed)]
        return len(missing), [missing_line(year, key) for key in missing[part]]
    listed, start, size = ImportList(row.id, shown, narrowed), part.start, part.stop - part.start
    if shown in FLAWED:
        return queries.number_of_flaws(session, listed), queries.flaw_rows(session, listed, start=start, size=size)
    rows = queries.proposal_rows(session, listed, batch=row.batch, start=start, size=size)
    return queries.number_of_proposals(session, listed), [proposal_line(year, each) for each in rows]


def fits(key: Key, narrowed: ImportFilter) -> bool:
    """Whether a missing value is among those asked for."""
    unit, figure, _period = key
    return narrowed.unit in ("", unit) and narrowed.figure in ("", figure)


def proposal_line(year: Year, row: ProposalRow) -> ProposalLine:
    """One value of a file in words."""
    stated = year.sheet.figures.get(row.figure, COUNTED)
    has_old = row.old_millionths is not None or row.old_word is not None
    return ProposalLine(
        row=row,
        unit=year.name_of(row.unit),
        figure=title_of(stated, row.figure),
        period=period_called(row.period, year.cycle.year),
        measure=measure_of(stated),
        new=as_shown(stated, row.millionths, row.word),
        old=as_shown(stated, row.old_millionths, row.old_word) if has_old else None,
    )


def missing_keys(session: Session, year: Year, row: ImportRow) -> list[Key]:
    """What is missing now, whatever the file proposes (3 queries)."""
    figures = [each.id for each in asked_of(year.sheet, row.department).figures]
    have = keys_present(session, cycle=row.cycle_id, year=year.cycle.year, figures=figures, row=row.id)
    return missing_of(year, demands_in(session, year), row.department, have, judged_in(session, year))


def missing_line(year: Year, key: Key) -> MissingLine:
    """One missing value in words."""
    unit, figure, period = key
    stated = year.sheet.figures[figure]
    return MissingLine(year.name_of(unit), title_of(stated, figure), period_called(period, year.cycle.year))
