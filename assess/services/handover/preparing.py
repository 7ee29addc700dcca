"""What would be handed over now: the newest sealed edition, the teams as they are, and what differs from before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound
from assess.core.handover.content import (
    FORMAT,
    Converting,
    Digest,
    HandedMember,
    HandedUnit,
    Handover,
    HandoverAdjustment,
    HandoverReason,
    Result,
    Rules,
    SealedFile,
    moment_of,
    points_in,
)
from assess.core.handover.differences import differences
from assess.core.handover.members import Teams, handed_members
from assess.core.handover.trees import as_tree
from assess.core.leadership import PostHolder, posts_of
from assess.core.numbers import reduced
from assess.core.rules.sheet import RuleSheet, digest_of, title_of
from assess.core.runs.ranks import printed_rank
from assess.core.text import Text
from assess.services.handover.rankings import rankings_of
from assess.services.handover.reading import handover_read
from assess.services.runs.comparing import sheet_of
from assess.services.runs.reading import NO_RUN
from assess.store.queries import handovers as queries
from assess.store.queries import runs as run_queries
from assess.store.queries import seals as seal_queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.handovers import HandoverRow
from assess.store.queries.rules import sheet_rows
from assess.store.queries.runs import RunRow, UnitResult
from assess.store.queries.seals import SealRow
from assess.store.queries.teams import members as team_members
from assess.store.session import Session


class Prepared(NamedTuple):
    """What would be handed over now; `before` is the last hand-over, None where this is the first."""

    handover: Handover
    seal: SealRow
    before: HandoverRow | None

    @property
    def is_of_the_same_edition(self) -> bool:
        """Whether the edition was handed over before, so that only the teams can differ."""
        return self.before is not None and self.before.seal == self.seal.id

    @property
    def is_new(self) -> bool:
        """Whether there is anything to hand over that was not before."""
        return not self.is_of_the_same_edition or bool(self.handover.changes)

    @property
    def vacant(self) -> list[HandedMember]:
        """The posts that earned points and that nobody is entered for."""
        return [member for member in self.handover.members if not member.name]

    @property
    def mark(self) -> str:
        """What tells that nothing of it changed since it was looked at."""
        said = [self.seal.edition, *map(as_tree, (self.handover.units, self.handover.members, self.handover.changes))]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def prepare(
    session: Session, actor: Actor, *, cycle: CycleRow, folder: Path, now: datetime, reason: str = ""
) -> Prepared | None:
    """What would be handed over now (8 queries, 1 more for a sheet that is not in memory); None before a seal.

    Raises:
        NotAllowed: the actor is not of the office.
    """
    actor.check_may(Right.ADMINISTER)
    seals = seal_queries.seals_of(session, cycle=cycle.id)
    if not seals:
        return None
    before = queries.newest_handover(session, cycle=cycle.id)
    old = None if before is None else handover_read(before, folder)
    made = handover_now(session, cycle, seals[0], folder)._replace(
        number=1 if before is None else before.number + 1, replaces=None if before is None else before.number,
        reasons=() if before is None else tuple(reasons(seals, before, reason)), handed_over_at=moment_of(now),
        handed_over_by=actor.name,
    )  # fmt: skip
    changes = () if old is None else differences(old, made)
    return Prepared(made._replace(changes=changes), seals[0], before)


def reasons(seals: Sequence[SealRow], before: HandoverRow, reason: str) -> Iterator[HandoverReason]:
    """Why the hand-over before is corrected: of each edition since, or what the office says of the same one."""
    if before.seal == seals[0].id:
        yield HandoverReason(before.edition, reason)
    for seal in reversed(seals):
        if seal.edition > before.edition:
            yield HandoverReason(seal.edition, seal.reason)


def handover_now(session: Session, cycle: CycleRow, seal: SealRow, folder: Path) -> Handover:
    """The whole state of an edition, as a first hand-over (6 queries, 1 more for a strange sheet)."""
    run = run_queries.run_at(session, run=seal.run)
    if run is None:
        raise NotFound(NO_RUN)
    sheet, results = sheet_of(session, run), run_queries.results_of(session, run=run.id)
    return Handover(
        format=FORMAT, year=cycle.year, title=cycle.title, demonstration=cycle.demonstration, number=1, replaces=None,
        reasons=(), handed_over_at=moment_of(seal.sealed_at), handed_over_by="",
        rules=rules_of(session, cycle, run, sheet), converting=converting_of(sheet), result=result_of(seal, run),
        units=tuple(units_of(sheet, results)), members=tuple(members_of(session, cycle, run, sheet, results)),
        changes=(), documents=tuple(documents_of(session, seal)), rankings=rankings_of(sheet, run, folder=folder),
    )  # fmt: skip


def rules_of(session: Session, cycle: CycleRow, run: RunRow, sheet: RuleSheet) -> Rules:
    """The rule sheet of a run, and which version of the year's it is (1 query)."""
    version = next((row.number for row in sheet_rows(session, cycle.id) if row.id == run.sheet_version), 0)
    standing = None if sheet.standing is None else sheet.standing.value
    return Rules(sheet.id, sheet.title, version, Digest(digest_of(sheet)), standing, sheet.unit_of_result)


def converting_of(sheet: RuleSheet) -> Converting | None:
    """How the sheet converts totals."""
    if sheet.conversion is None:
        return None
    points = sheet.conversion.points
    return Converting(sheet.conversion.by.value, None if points is None else points_in(reduced(points)))


def result_of(seal: SealRow, run: RunRow) -> Result:
    """Where the result comes from."""
    return Result(
        edition=seal.edition, sealed_at=moment_of(seal.sealed_at), run=run.number, engine=run.engine,
        inputs_digest=Digest(run.inputs_digest), results_digest=Digest(run.results), log_head=Digest(seal.log_head),
    )  # fmt: skip


def units_of(sheet: RuleSheet, results: Sequence[UnitResult]) -> Iterator[HandedUnit]:
    """The results of the units."""
    groups = {group.id: title_of(group, group.id) for group in sheet.groups or ()}
    grades = {grade.id: title_of(grade, grade.id) for grade in sheet.grades or ()}
    for row in results:
        adjustments = (
            HandoverAdjustment(each["id"], Text(*each["title"]), each["effect"], each["clause"], Text(*each["words"]))
            for each in row.adjustments
        )
        yield HandedUnit(
            code=row.unit, name=row.name, group=row.group, group_title=groups.get(row.group or ""), state=row.state,
            total=points_in(row.total), rank=points_in(printed_rank(row.rank)), of=row.of, grade=row.grade,
            grade_title=grades.get(row.grade or ""), converted=points_in(row.converted), adjustments=tuple(adjustments),
        )  # fmt: skip


def members_of(
    session: Session, cycle: CycleRow, run: RunRow, sheet: RuleSheet, results: Sequence[UnitResult]
) -> Iterator[HandedMember]:
    """The members of the leadership teams with the points of their posts (2 queries)."""
    posts = posts_of(sheet)
    points = {(row.unit, row.post): points_in(row.points) for row in run_queries.members_of(session, run=run.id)}
    holders = [
        PostHolder(row.unit, row.post, posts.get(row.post, Text.same(row.post)), row.name, row.begins, row.ends)
        for row in team_members(session, cycle.id)
    ]
    return handed_members([row.unit for row in results], Teams(cycle.year, posts, points, holders))


def documents_of(session: Session, seal: SealRow) -> Iterator[SealedFile]:
    """The sealed documents of an edition (1 query)."""
    for row in seal_queries.documents_of(session, seal=seal.id):
        yield SealedFile(row.kind.value, row.unit, row.language, row.code, Digest(row.sha256))
