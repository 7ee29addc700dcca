"""All about one finding: where it stands, its history in words, its photos, its repeats, and what the reader may do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.calendar import day_of
from assess.core.findings.history import Event, FindingStanding, standing_of
from assess.core.findings.photos import PhotoSubject
from assess.core.findings.states import DONE, FindingState, FindingStep, Relief
from assess.core.findings.steps import reliefs_open, steps_open
from assess.core.findings.telling import event_sentence, told_delay
from assess.core.text import Text
from assess.core.workflow import ALLOWED, Act, is_allowed, listed
from assess.services.findings.lines import FindingLine
from assess.services.findings.repeats import Candidate, repeats_proposed
from assess.services.findings.seeing import catalogue_in, finding_seen, is_on_side, is_own
from assess.services.years import year_of
from assess.store.queries import findings as queries
from assess.store.queries import patrols
from assess.store.queries.cycles import CycleRow
from assess.store.queries.findings import FindingEventRow, FindingRow, PhotoRow
from assess.store.queries.patrols import PatrolRow
from assess.store.session import Session

LOCKED: Final = Text(
    "本年度处于“{stage}”阶段，问题只能查看，须在“{stages}”阶段办理。",
    "The year is at the stage {stage}, so findings can only be viewed. They are processed at the stage {stages}.",
)
TAKEN_EARLY: Final = Text(
    "拍摄日期（{day}）早于问题发现日期，请核实。", "The photo was taken on {day}, before the finding. Check it."
)
TAKEN_LATER: Final = Text(
    "拍摄日期（{day}）晚于上传日期，请核实。", "The photo was taken on {day}, after its upload. Check it."
)
USED_ELSEWHERE: Final = Text(
    "同一张照片也用于其他问题，请核实。", "The same photo is used for another finding. Check it."
)


class FindingHistoryEntry(NamedTuple):
    """One entry of a history: what happened, who did it, when, why; `delay` where it was written down later."""

    step: FindingStep
    what: Text
    who: str
    event: Event
    delay: Text | None


class PhotoView(NamedTuple):
    """A photo, and what makes it doubtful; `may_withdraw` where the reader may take it off."""

    row: PhotoRow
    doubts: tuple[Text, ...]
    may_withdraw: bool


@dataclass(frozen=True)
class FindingPage:
    """All about one finding.

    Attributes:
        line: the finding in words.
        standing: where it stands by its history.
        history: its entries, from the beginning.
        photos: those that were not withdrawn.
        asked: the request that waits for a decision.
        steps: what the reader may do now, in the order of the work; nothing where the year is at another stage.
        reliefs: what may be asked for, where `ask` is among the steps.
        earlier: the finding that this one is linked to as its repeat; `later` those that repeat this one.
        proposed: earlier findings that it may repeat; only for who may link them.
        patrol: the round on which it was found.
        locked: why nobody can do anything now; None where somebody can.
        may_judge_repeats: whether the reader may link and unlink.
        sides: the sides of which the reader may add photos.
    """

    line: FindingLine
    standing: FindingStanding
    history: tuple[FindingHistoryEntry, ...]
    photos: tuple[PhotoView, ...]
    asked: FindingHistoryEntry | None
    steps: tuple[FindingStep, ...]
    reliefs: tuple[Relief, ...]
    earlier: FindingRow | None
    later: tuple[FindingRow, ...]
    proposed: tuple[Candidate, ...]
    patrol: PatrolRow | None
    locked: Text | None
    may_judge_repeats: bool
    sides: tuple[PhotoSubject, ...]

    @property
    def row(self) -> FindingRow:
        """The finding."""
        return self.line.row

    def of_side(self, side: PhotoSubject) -> tuple[PhotoView, ...]:
        """The photos of one side."""
        return tuple(each for each in self.photos if each.row.side == side)


def finding_page(session: Session, actor: Actor, *, cycle: CycleRow, number: int, now: datetime) -> FindingPage:
    """All about a finding (at most 9 queries, one more where the sheet or the units changed).

    Raises:
        NotFound: there is none of this number, or the reader may not see it.
        Refused: no rule sheet is published.
    """
    row = finding_seen(session, actor, cycle=cycle, number=number)
    year = year_of(session, cycle)
    events = queries.events_of(session, row.id)
    standing = standing_of(each.event for each in events)
    history = tuple(told_history(events))
    is_open = is_allowed(cycle.stage, Act.INSPECT)
    steps = steps_for(actor, standing, row.unit) if is_open else ()
    judges = is_open and actor.may(Right.INSPECT) and not is_own(actor, row.unit)
    proposes = judges and row.repeat_of is None and not standing.is_void
    earlier = None if row.repeat_of is None else queries.finding_at(session, cycle=cycle.id, number=row.repeat_of)
    return FindingPage(
        line=FindingLine(row, year, catalogue_in(session, year), day_of(now)),
        standing=standing,
        history=history,
        photos=tuple(shown(actor, row, queries.photos_of(session, row.id), is_open=is_open)),
        asked=next((each for each in reversed(history) if each.event == standing.asked), None),
        steps=steps,
        reliefs=reliefs_open(standing) if FindingStep.ASK in steps else (),
        earlier=earlier,
        later=tuple(queries.repeats_of(session, row.id)),
        proposed=repeats_proposed(session, cycle, row) if proposes else (),
        patrol=None if row.patrol is None else patrols.patrol_at(session, cycle=cycle.id, row=row.patrol),
        locked=None if is_open else LOCKED.format(stage=cycle.stage.label, stages=listed(ALLOWED[Act.INSPECT])),
        may_judge_repeats=judges,
        sides=sides_for(actor, row) if is_open else (),
    )


def steps_for(actor: Actor, standing: FindingStanding, unit: str) -> tuple[FindingStep, ...]:
    """What a person may do with a finding of a unit, as far as it and they are concerned."""
    return tuple(step for step in steps_open(standing, actor) if is_on_side(actor, step, unit))


def told_history(events: Sequence[FindingEventRow]) -> Iterator[FindingHistoryEntry]:
    """A history in words; what answers a request says which."""
    asked: Event | None = None
    for each in events:
        event = each.event
        asked = event if event.step is FindingStep.ASK else asked
        yield FindingHistoryEntry(event.step, event_sentence(event, asked), each.who, event, told_delay(event))


def shown(actor: Actor, row: FindingRow, photos: Iterable[PhotoRow], *, is_open: bool) -> Iterator[PhotoView]:
    """The photos that were not withdrawn."""
    may_change = is_open and may_change_photos(row)
    for photo in photos:
        if photo.withdrawn_at is None:
            may_withdraw = may_change and (photo.added_by == actor.account or actor.may(Right.ADMINISTER))
            yield PhotoView(photo, tuple(doubts_about(photo, row)), may_withdraw)


def doubts_about(photo: PhotoRow, row: FindingRow) -> Iterator[Text]:
    """What makes a photo doubtful."""
    if photo.taken_on is not None and photo.side == PhotoSubject.AFTER and photo.taken_on < row.found_on:
        yield TAKEN_EARLY.format(day=photo.taken_on)
    if photo.taken_on is not None and photo.taken_on > day_of(photo.added_at) + timedelta(days=1):
        yield TAKEN_LATER.format(day=photo.taken_on)
    if photo.is_repeated:
        yield USED_ELSEWHERE


def sides_for(actor: Actor, row: FindingRow) -> tuple[PhotoSubject, ...]:
    """The sides of which a person may add photos now."""
    if not may_change_photos(row):
        return ()
    if is_own(actor, row.unit):
        return (PhotoSubject.AFTER,)
    return tuple(PhotoSubject) if actor.may(Right.INSPECT) else ()


def may_change_photos(row: FindingRow) -> bool:
    """Whether the photos of a finding may still be changed."""
    return row.state not in (*DONE, FindingState.VOID)
