"""The ledger of findings in the demonstration: some hundred findings, brought on day by day by those who had to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from assess.cli.demonstration import patrols
from assess.cli.demonstration.drawing import draw
from assess.cli.demonstration.finding_plans import INSPECTOR, OFFICE, OFFICIAL, REVIEWER, ROUNDS, FindingPlan, Move
from assess.cli.demonstration.people import DEPARTMENT, People
from assess.cli.demonstration.pictures import a_picture
from assess.core.actors import Actor
from assess.core.calendar import BEIJING, day_of
from assess.core.findings.catalogue import FindingSource
from assess.core.findings.filing import TypedFinding
from assess.core.findings.states import FindingStep
from assess.core.findings.typed import TypedStep
from assess.services.evidence import Incoming
from assess.services.findings import keep_photos, link_repeat, record_finding, take_step
from assess.services.patrols import record_patrol
from assess.services.years import Year
from assess.store.session import Session

RECORDERS: Final = {
    FindingSource.HOTLINE: "citizen-hotline",
    FindingSource.CITIZEN: "citizen-hotline",
    FindingSource.ABOVE: "assessment-office",
}
"""Which department records what comes from elsewhere; the rest is recorded by who inspects."""
NOON: Final = time(12)
CENTRE: Final = (39_921_000, 116_486_000)
"""Millionths of degrees near the middle of the district, around which points are drawn."""


@dataclass
class Ledger:
    """The ledger as it is being filled.

    Attributes:
        planned: every finding that there will be.
        people: who records findings and acts on them.
        folder: where photos are kept.
        now: the moment of the filling.
        numbers: the number that each plan was given.
        versions: how often each finding was acted on.
    """

    planned: Sequence[FindingPlan]
    people: People
    folder: Path
    now: datetime
    session: Session = field(init=False)
    year: Year = field(init=False)
    numbers: dict[int, int] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)
    acts: list[tuple[date, int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.acts = sorted(
            (plan.found_on + timedelta(days=after), number, place)
            for number, plan in enumerate(self.planned)
            for place, after in enumerate([0, *(move.after for move in plan.moves)])
        )

    def go_on(self, session: Session, year: Year, until: date) -> None:
        """Everything that happened up to a day and is not in the ledger yet, in the order of the days."""
        self.session, self.year = session, year
        while self.acts and self.acts[0][0] <= until:
            _day, number, place = self.acts.pop(0)
            plan = self.planned[number]
            if place == 0:
                self.record(number, plan)
            else:
                self.move(number, plan, plan.moves[place - 1])

    def moment(self, day: date) -> datetime:
        """When something is written down that happened on a day."""
        return min(self.now, datetime.combine(day, NOON, BEIJING))

    def inspector(self, plan: FindingPlan) -> Actor:
        """Who records a finding."""
        return self.people.evaluators[RECORDERS.get(plan.source, plan.case.department)]

    def who(self, plan: FindingPlan, move: Move) -> Actor:
        """Who takes a step."""
        inspects = self.inspector(plan)
        ours, theirs = self.people.evaluators[DEPARTMENT], self.people.evaluators["urban-management"]
        return {
            OFFICIAL: self.people.officials[plan.unit],
            INSPECTOR: inspects,
            REVIEWER: theirs if inspects is ours else ours,
            OFFICE: self.people.office,
        }[move.who]

    def record(self, number: int, plan: FindingPlan) -> None:
        """Record a finding, on a round where a chief made it, and say which one it repeats."""
        actor, now = self.inspector(plan), self.moment(plan.found_on)
        found = record_finding(
            self.session, actor, cycle=self.year.cycle, typed=typed_of(number, plan), now=now,
            patrol=self.round(plan, actor), photos=self.photos(plan, actor, number, now, covered=False),
        )  # fmt: skip
        self.numbers[number] = found.number
        if plan.repeats is not None:
            link_repeat(
                self.session, actor, cycle=self.year.cycle, number=found.number,
                earlier=self.numbers[plan.repeats], seen=self.seen(found.number), now=now,
            )  # fmt: skip

    def round(self, plan: FindingPlan, actor: Actor) -> int | None:
        """The round on which a chief found it; none of today, which may not have ended."""
        if plan.source is not FindingSource.CHIEF or plan.found_on >= day_of(self.now):
            return None
        typed = patrols.a_round(plan.unit, ROUNDS[plan.case.kind], plan.found_on, starts=14)
        evening = datetime.combine(plan.found_on, patrols.EVENING, BEIJING)
        return record_patrol(self.session, actor, cycle=self.year.cycle, typed=typed, now=evening)

    def move(self, number: int, plan: FindingPlan, move: Move) -> None:
        """Take a step on a finding."""
        day = plan.found_on + timedelta(days=move.after)
        actor, now, of = self.who(plan, move), self.moment(day), self.numbers[number]
        is_report = move.step is FindingStep.REPORT
        typed = TypedStep(
            move.step.value, day.isoformat(), relief="" if move.relief is None else move.relief.value,
            deadline="" if move.term is None else (plan.found_on + timedelta(days=move.term)).isoformat(),
            reason=move.reason,
        )  # fmt: skip
        photos = self.photos(plan, actor, number, now, covered=True) if is_report else ()
        take_step(
            self.session, actor, cycle=self.year.cycle, number=of, typed=typed, seen=self.seen(of), now=now,
            photos=photos,
        )  # fmt: skip

    def photos(self, plan: FindingPlan, actor: Actor, number: int, now: datetime, *, covered: bool) -> Sequence[str]:
        """A picture of the place as it was found, or as it was put right; none of most findings."""
        if not plan.pictured:
            return ()
        name = f"演示-{'整改后' if covered else '整改前'}-{number + 1}.png"
        file = Incoming(name, a_picture("finding", number, covered=covered))
        kept = keep_photos(self.session, actor, folder=self.folder, files=[file], now=now)
        return [each.sha256 for each in kept.files]

    def seen(self, number: int) -> int:
        """The version that a finding has now: every act on it makes the next one."""
        self.versions[number] = self.versions.get(number, 0) + 1
        return self.versions[number]


def typed_of(number: int, plan: FindingPlan) -> TypedFinding:
    """A finding as it is typed; every third with a point on the map."""
    case = plan.case
    latitude, longitude = point_of(plan) if number % 3 == 0 else ("", "")
    return TypedFinding(
        plan.unit, plan.source.value, case.kind, case.what, case.place.format(n=plan.place), plan.found_on.isoformat(),
        standard=case.standard, responsible=case.responsible, latitude=latitude, longitude=longitude,
        deadline="" if plan.term is None else (plan.found_on + timedelta(days=plan.term)).isoformat(),
    )  # fmt: skip


def point_of(plan: FindingPlan) -> Iterable[str]:
    """A point that belongs to a place: the same for whatever is found there."""
    words = ("point", plan.unit, plan.case.kind, plan.place)
    for middle, side in zip(CENTRE, ("north", "east"), strict=True):
        millionths = middle + draw(*words, side, below=50_000) - 25_000
        yield f"{millionths // 1_000_000}.{millionths % 1_000_000:06d}"
