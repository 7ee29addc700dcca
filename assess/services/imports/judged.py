"""Figures that a panel judges: as long as somebody sits on it, no file brings their points in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from assess.core.evidence.found import FoundEvidence
from assess.core.evidence.left_out import LeftOut
from assess.core.flaws import Flaw
from assess.core.rules.sheet import title_of
from assess.core.text import Text
from assess.services.imports.comparing import Key
from assess.services.years import Year
from assess.store.models import Import
from assess.store.queries import panels as queries
from assess.store.session import Session

BY_PANEL: Final = Text("由评审组评分", "A panel gives these points")
NOT_BY_FILE: Final = Text(
    "“{title}”由评审组评分，不接收文件中的分数，请清空这一格。", "A panel gives the points of {title}. Clear this cell."
)
NAMED_SINCE: Final = Text(
    "检查之后，“{titles}”改由评审组评分。请清空这些数据后重新上传。",
    "After the check, a panel was appointed to give the points of {titles}. Clear these cells and "
    "upload the file again.",
)


def judged_in(session: Session, year: Year) -> frozenset[str]:
    """The figures of a year that have a panel now (1 query)."""
    return queries.panelled_figures(session, cycle=year.cycle.id)


def refusing_judged(
    evidence: FoundEvidence, year: Year, judged: Collection[str], numbers: Mapping[Key, int]
) -> FoundEvidence:
    """What a file says, with a flaw at each value of a judged figure that is not what counts already."""
    if not judged:
        return evidence
    flaws = [
        Flaw(each.place, NOT_BY_FILE, {"title": title_of(year.sheet.figures[each.figure], each.figure)})
        for each in evidence.values
        if each.figure in judged and numbers.get((each.unit, each.figure, each.period)) != each.millionths
    ]
    return replace(evidence, flaws=[*evidence.flaws, *flaws]) if flaws else evidence


def barred_to_files(year: Year, judged: Collection[str], left_out: LeftOut) -> LeftOut:
    """Which cells of a workbook are not filled in: those that do not apply, and those that a panel judges."""
    everywhere = dict.fromkeys(range(len(year.units)), BY_PANEL)
    return {**left_out, **{figure: {**everywhere, **left_out.get(figure, {})} for figure in judged}}


def why_judged(session: Session, year: Year, row: Import) -> Text | None:
    """Why a checked file cannot be accepted: a panel was named since for what it would change (1 query)."""
    found = queries.proposals_against_panels(session, row=row.id, cycle=row.cycle_id)
    if not found:
        return None
    titles = [title_of(year.sheet.figures.get(each), each) for each in found]
    return NAMED_SINCE.format(titles=Text("、".join(each.zh for each in titles), ", ".join(each.en for each in titles)))
