"""One-page briefs for a meeting, of a unit and of the year, drawn of the result in view."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Final

from assess.core.appeals.states import AppealState
from assess.core.briefs import PastTotal, UnitBrief, YearBrief
from assess.core.downloads import PDF, clean
from assess.core.text import Language, Text
from assess.services.downloads.sending import DrawnDocument
from assess.services.leadership.cards import LeaderUnitPage, Past, unit_page
from assess.services.leadership.drawing import when
from assess.services.leadership.seeing import View
from assess.services.leadership.standing import file_name, head_of, standing_of
from assess.services.leadership.tables import groups_of, maker_of
from assess.store.queries import appeals, corrections
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session

UNIT_NAME: Final = Text("{unit}考核简报", "brief on {unit}")
YEAR_NAME: Final = Text("考核简报", "brief")
APPEALS: Final = Text("待处理申诉", "open appeals")
CORRECTIONS: Final = Text("待确认的更正", "corrections to be confirmed")
BLOCKED: Final = Text("缺数据、暂无总分的单位", "units with no total")
MISSING: Final = Text("缺数据的考核项", "items without data")


def unit_brief(session: Session, view: View, unit: str, *, language: Language, folder: Path) -> DrawnDocument:
    """The brief of a unit (4 queries).

    Raises:
        NotFound: the run does not know it.
    """
    # slow library
    from assess.files.briefs import write_unit_brief

    page, target = unit_page(session, view, unit, folder=folder), BytesIO()
    change = None if page.since is None else page.since.change
    head, standing = head_of(view, page.card.head), standing_of(view)
    brief = UnitBrief(head, standing, page.card, page.sections, change, totals_of(page))
    write_unit_brief(brief, target, language)
    called = UNIT_NAME.format(unit=Text(clean(page.card.name.zh), clean(page.card.name.en)))
    return DrawnDocument(target.getvalue(), file_name(called, view, head.year, language, PDF))


def year_brief(session: Session, view: View, cycle: CycleRow, *, language: Language, folder: Path) -> DrawnDocument:
    """The brief of the year (2 queries)."""
    # slow library
    from assess.files.briefs import write_year_brief

    target, head = BytesIO(), head_of(view, maker_of(view.run, folder=folder).head)
    tables = tuple(group.table for group in groups_of(view.run, folder=folder))
    matters = matters_of(session, view)
    brief = YearBrief(head, standing_of(view), cycle.title, cycle.stage.label, tables, matters)
    write_year_brief(brief, target, language)
    return DrawnDocument(target.getvalue(), file_name(YEAR_NAME, view, head.year, language, PDF))


def totals_of(page: LeaderUnitPage) -> Sequence[PastTotal]:
    """The totals of the months where there are two, else of the years, oldest first."""
    months = known_totals(page.months)
    return months if len(months) > 1 else known_totals(page.comparable_years)


def known_totals(pasts: Sequence[Past]) -> list[PastTotal]:
    """The totals of moments that have one."""
    return [PastTotal(when(each), Fraction(each.total), each.total) for each in reversed(pasts) if each.total]


def matters_of(session: Session, view: View) -> list[tuple[Text, int]]:
    """What is still open in the year (2 queries)."""
    open_appeals = appeals.counts_by_state(session, cycle=view.run.cycle).get(AppealState.LODGED, 0)
    proposals = corrections.open_proposals(session, cycle=view.run.cycle)
    return [
        (APPEALS, open_appeals), (CORRECTIONS, proposals), (BLOCKED, view.run.blocked), (MISSING, view.run.missing),
    ]  # fmt: skip
