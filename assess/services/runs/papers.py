"""What the office prints of a released run: the notice of a provisional result, and the bulletin of the final one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.runs.kinds import RunStanding
from assess.core.text import Text
from assess.core.workflow import Act, Stage, is_allowed
from assess.services.runs.pages import RunPage, run_page
from assess.store.queries.cycles import CycleRow
from assess.store.queries.releases import ReleaseRow
from assess.store.session import Session

NOT_RELEASED: Final = Text(
    "这次计分尚未发布，发布后才能打印。", "This run is not released. The notice can be printed once it is."
)


@dataclass(frozen=True)
class ResultPaper:
    """A released run as it is posted; `appeals_until` is the last day to appeal, None where no date is set."""

    page: RunPage
    release: ReleaseRow
    appeals_until: date | None

    @property
    def is_final(self) -> bool:
        """Whether it is the bulletin of the final result, and not the notice of a provisional one."""
        return self.release.standing is RunStanding.FINAL


def result_paper(session: Session, actor: Actor, *, cycle: CycleRow, number: int) -> ResultPaper:
    """A released run with what its notice says (as many queries as its page).

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such run.
        Refused: it was never released.
    """
    page = run_page(session, actor, cycle=cycle, number=number)
    release = next((each for each in page.releases if each.run == page.run.id), None)
    if release is None:
        raise Refused(NOT_RELEASED)
    days = [cycle.ends[stage] for stage in Stage if stage in cycle.ends and is_allowed(stage, Act.APPEAL)]
    return ResultPaper(page, release, max(days, default=None))
