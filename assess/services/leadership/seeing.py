"""Which result a leader sees: the released one, else the newest interim ranking; never a run that was not released."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound
from assess.core.runs.kinds import RunKind, RunStanding
from assess.core.text import Text
from assess.core.workflow import Act, is_allowed
from assess.services.runs.reading import NO_RUN
from assess.store.queries import releases, seals
from assess.store.queries import runs as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.leadership import interim_runs
from assess.store.queries.releases import ReleaseRow
from assess.store.queries.runs import RunRow
from assess.store.queries.seals import SealRow
from assess.store.session import Session

NOTHING: Final = Text("本年度尚无可查看的结果或阶段排名。", "This year has no result or interim ranking yet.")


@dataclass(frozen=True)
class View:
    """The result in view, and the others that may be chosen.

    Attributes:
        release: by which it counts; None for an interim ranking.
        seal: the sealed edition, None where it is not sealed.
        released: what was released, newest first, each run once.
        interims: the interim rankings, newest first.
    """

    run: RunRow
    release: ReleaseRow | None
    seal: SealRow | None
    released: tuple[ReleaseRow, ...]
    interims: tuple[RunRow, ...]

    @property
    def is_interim(self) -> bool:
        """Whether it is no result of the year."""
        return self.release is None

    @property
    def lacks_figures(self) -> bool:
        """Whether it is an interim ranking of units that lack figures, by which nothing is decided."""
        return self.is_interim and self.run.missing > 0

    @property
    def successor(self) -> int | None:
        """The number of the run that took its place, None where this is the newest of its kind."""
        if self.release is None:
            return None if self.interims[0].id == self.run.id else self.interims[0].number
        return None if self.released[0].run == self.run.id else self.released[0].number


def view_of(session: Session, actor: Actor, *, cycle: CycleRow, number: int = 0) -> View | None:
    """The result that counts, else the newest interim ranking, or the run asked for (3 or 4 queries); None without any.

    Raises:
        NotAllowed: the actor is neither of the office nor a leader.
        NotFound: there is no such run, or it is neither released nor interim.
    """
    actor.check_may(Right.SEE_ALL_RESULTS)
    released = releases_shown(session, cycle)
    interims = tuple(interim_runs(session, cycle=cycle.id))
    choice = [*(each.number for each in released), *(each.number for each in interims)]
    if number and number not in choice:
        raise NotFound(NO_RUN)
    if not choice:
        return None
    chosen = number or choice[0]
    release = next((each for each in released if each.number == chosen), None)
    run = next((each for each in interims if each.number == chosen), None)
    if release is not None:
        run = queries.run_at(session, run=release.run)
    assert run is not None
    return View(run, release, seal_of(session, release), released, interims)


def newest_view(session: Session, actor: Actor, *, cycle: CycleRow) -> View | None:
    """The result that counts, else the newest interim ranking, without earlier ones (2 or 3 queries).

    Raises:
        NotAllowed: the actor is neither of the office nor a leader.
    """
    actor.check_may(Right.SEE_ALL_RESULTS)
    released = releases_shown(session, cycle)
    if released:
        run = queries.run_at(session, run=released[0].run)
        return None if run is None else View(run, released[0], seal_of(session, released[0]), released, ())
    run = queries.newest_run(session, cycle=cycle.id, kind=RunKind.INTERIM)
    return None if run is None else View(run, None, None, (), (run,))


def chosen_view(session: Session, actor: Actor, *, cycle: CycleRow, number: int = 0) -> View:
    """The same where there must be one.

    Raises:
        NotAllowed: the actor is neither of the office nor a leader.
        NotFound: there is no such run, or none at all.
    """
    found = view_of(session, actor, cycle=cycle, number=number)
    if found is None:
        raise NotFound(NOTHING)
    return found


def releases_shown(session: Session, cycle: CycleRow) -> tuple[ReleaseRow, ...]:
    """What was released since the notice, newest first, each run once; nothing where the stage shows no results."""
    if not is_allowed(cycle.stage, Act.SEE_OWN):
        return ()
    found: dict[int, ReleaseRow] = {}
    for each in releases.releases_of(session, cycle=cycle.id):
        found.setdefault(each.run, each)
    return tuple(found.values())


def seal_of(session: Session, release: ReleaseRow | None) -> SealRow | None:
    """The newest edition of a final result (at most 1 query)."""
    if release is None or release.standing is not RunStanding.FINAL:
        return None
    return seals.newest_of_run(session, run=release.run)
