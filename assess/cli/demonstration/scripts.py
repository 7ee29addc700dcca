"""What is filled: one year up to a stage for trials, or two years, one complete and one being collected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from assess.cli.demonstration import appealing, closing, collecting, days, setting_up
from assess.cli.demonstration.days import Days
from assess.cli.demonstration.filling import Act, YearFilling
from assess.cli.demonstration.material import Material
from assess.core.workflow import Stage
from assess.settings import Settings
from assess.store.session import Database

BEFORE, NOW = 2025, 2026
AFTER_ARCHIVE: Final = date(2026, 1, 21)
"""The day on which the second year is opened: the first is archived by then."""

STAGES: Final[Mapping[Stage, Sequence[Act]]] = {
    Stage.VERIFYING: (closing.end_reporting, closing.send_the_year, closing.judge_all),
    Stage.PROVISIONAL: (closing.certify_all, closing.score_twice, closing.publish, appealing.lodge),
    Stage.APPEALS: (closing.hear_appeals,),
    Stage.FINAL: (appealing.decide, appealing.correct, closing.publish_again, closing.make_final),
    Stage.ARCHIVED: (closing.seal, closing.hand_over, closing.archive),
}
"""What happens in a year until it has come to each stage after reporting."""


Told = Callable[[int, int], None]
"""Is told how much is done, and of how much."""


def two_years(database: Database, settings: Settings, now: datetime, told: Told) -> YearFilling:
    """A year that is archived, and the next one as it is reported on; gives the newer one."""
    first = setting_up.begin(database, settings, Material(BEFORE), days.over(BEFORE, now))
    acts = [*archived(first)]
    second = replace(first, material=Material(NOW), days=replace(days.going_on(NOW, now), opened=AFTER_ARCHIVE))
    following = [setting_up.load_next, setting_up.take_sealed_year, setting_up.open_year, *collecting.going_on(second)]
    perform([(first, act) for act in acts] + [(second, act) for act in following], told)
    return second


def one_year(
    database: Database, settings: Settings, now: datetime, told: Told, *, units: int, stage: Stage
) -> YearFilling:
    """A year of so many units that has come to a stage."""
    year = NOW if is_going_on(stage) else BEFORE
    filling = setting_up.begin(database, settings, Material(year, units), days_at(year, stage, now))
    perform([(filling, act) for act in acts_until(filling, stage)], told)
    return filling


def is_going_on(stage: Stage) -> bool:
    """Whether a year at a stage is filled as the newer one, on which units report."""
    return stage.is_preparing or stage.is_collecting


def days_at(year: int, stage: Stage, now: datetime) -> Days:
    """The days of a year that stands at a stage."""
    if is_going_on(stage):
        return days.going_on(year, now)
    return days.over(year, now) if stage.is_decided else days.standing_at(year, stage, now)


def acts_until(filling: YearFilling, stage: Stage) -> Iterator[Act]:
    """All that happens in a year until it has come to a stage."""
    if filling.days.year == NOW:
        yield from (setting_up.take_shipped_figures, setting_up.take_shipped_results)
        if stage.is_collecting:
            yield setting_up.open_year
            yield from collecting.going_on(filling)
        return
    yield from (setting_up.take_shipped_figures, setting_up.state_no_results, setting_up.open_year)
    yield from collecting.to_the_end(filling)
    for each, acts in STAGES.items():
        if not each.is_after(stage):
            yield from acts


def archived(filling: YearFilling) -> Iterator[Act]:
    """All that happens in a year from its set-up to its archive."""
    return acts_until(filling, Stage.ARCHIVED)


def perform(acts: Sequence[tuple[YearFilling, Act]], told: Told) -> None:
    """One act after the other."""
    for done, (filling, act) in enumerate(acts):
        told(done, len(acts))
        act(filling)
    told(len(acts), len(acts))
