"""Which result is taken away: the one that was released last, and the sealed edition of it once there is one."""

from __future__ import annotations

from typing import Final, NamedTuple

import assess
from assess.core.calendar import BEIJING
from assess.core.downloads import Product, standing_of
from assess.core.errors import NotFound
from assess.core.runs.kinds import RunStanding
from assess.core.scorecard.content import Notice, Sealing
from assess.core.text import Language, Text
from assess.core.workflow import Act, is_allowed
from assess.services import runs
from assess.store.queries import seals as seal_queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.releases import ReleaseRow
from assess.store.queries.runs import RunRow
from assess.store.queries.seals import SealRow
from assess.store.session import Session

NOTHING: Final = Text(
    "本年度尚未公示结果，暂时不能下载。",
    "No result of this year has been released, so nothing can be downloaded yet.",
)


class CurrentResult(NamedTuple):
    """The result that counts: its release, its run, and its sealed edition, None where it is not sealed."""

    release: ReleaseRow
    run: RunRow
    seal: SealRow | None

    @property
    def notice(self) -> Notice | None:
        """What documents of it say as long as it is provisional."""
        if self.release.standing is RunStanding.FINAL:
            return None
        return Notice(self.run.number, f"{self.release.at.astimezone(BEIJING):%Y-%m-%d %H:%M}")

    @property
    def edition(self) -> int:
        """The sealed edition, 0 where there is none."""
        return 0 if self.seal is None else self.seal.edition

    @property
    def standing(self) -> Text:
        """What the name of a file says of it."""
        return standing_of(self.notice, None if self.seal is None else sealing_of(self.seal))

    def content(self, product: Product, language: Language) -> str:
        """All that the bytes of a file depend on; the same twice is the same file."""
        facts = f"release {self.release.id} edition {self.edition} program {assess.__version__}"
        return f"{product.value} {language} of {facts}"


def sealing_of(seal: SealRow) -> Sealing:
    """What documents say of an edition."""
    at = f"{seal.sealed_at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    return Sealing(seal.edition, at, seal.run_number, seal.log_head, seal.replaces, seal.reason)


def counting_result(session: Session, cycle: CycleRow) -> CurrentResult | None:
    """The result that counts (at most 3 queries); None before anything is released."""
    found = runs.released_run(session, cycle) if is_allowed(cycle.stage, Act.SEE_OWN) else None
    if found is None:
        return None
    release, run = found
    seal = seal_queries.newest_of_run(session, run=run.id) if release.standing is RunStanding.FINAL else None
    return CurrentResult(release, run, seal)


def needed_result(session: Session, cycle: CycleRow) -> CurrentResult:
    """The result that counts.

    Raises:
        NotFound: nothing is released.
    """
    found = counting_result(session, cycle)
    if found is None:
        raise NotFound(NOTHING)
    return found
