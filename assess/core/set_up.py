"""What a year needs before it opens: the steps of its set-up in order, how far each is, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assess.core.text import Text
from assess.core.workflow import LabeledEnum


class StepState(LabeledEnum):
    """How far a step is."""

    DONE = "done", "已完成", "Done"
    TO_DO = "to-do", "待办", "To do"
    WRONG = "wrong", "需更正", "To be corrected"
    WAITING = "waiting", "等待前序步骤", "Waiting"


class StepName(LabeledEnum):
    """The steps in their order."""

    UNITS = "units", "考核对象名单", "Units"
    RULES = "rules", "评分表", "Rule sheet"
    OBJECTS = "objects", "对象名单", "Objects of units"
    TASKS = "tasks", "年度任务清单", "Annual task list"
    PREVIOUS = "previous", "上年数据和结果", "Last year's figures and results"
    PEOPLE = "people", "人员账号", "People"
    TEAMS = "teams", "领导班子", "Leadership teams"
    DATES = "dates", "各阶段日期", "Stage dates"
    OPEN = "open", "启动年度", "Open the year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is there of a year; `figures` and `results` count what was loaded, None where nobody said anything.

    `strangers` counts the names in the task list that are neither units nor groups; `objects` those of the list, None
    where the published sheet has no kinds of objects; `uncollected` is why a year by that sheet cannot be collected.
    `earlier` counts the figures of the years before last year, the latest first, as far back as the sheet looks.
    """

    units: int = 0
    ungrouped: int = 0
    version: int | None = None
    published: int | None = None
    objects: int | None = None
    tasks: int = 0
    obligations: int = 0
    strangers: int = 0
    figures: int | None = None
    results: int | None = None
    earlier: tuple[int | None, ...] = ()
    without_official: int = 0
    without_evaluator: int = 0
    without_team: int = 0
    undated: int = 0
    opened: bool = False
    uncollected: Text | None = None


@dataclass(frozen=True, slots=True)
class SetUpStep:
    """One step: how far it is, and what is there, wrong or waited for."""

    name: StepName
    standing: StepState
    note: Text


WAITS: Final = Text("请先完成：{steps}", "First: {steps}")
NEEDS: Final = {
    StepName.UNITS: (),
    StepName.RULES: (StepName.UNITS,),
    StepName.OBJECTS: (StepName.UNITS, StepName.RULES),
    StepName.TASKS: (StepName.UNITS, StepName.RULES),
    StepName.PREVIOUS: (StepName.UNITS, StepName.RULES),
    StepName.PEOPLE: (StepName.UNITS, StepName.RULES),
    StepName.TEAMS: (StepName.UNITS, StepName.RULES),
    StepName.DATES: (),
    StepName.OPEN: tuple(name for name in StepName if name not in ("people", "teams", "open")),
}
"""What each step builds on; people and teams may still come after the year is open."""

NO_UNITS: Final = Text("上传考核对象名单（Excel或CSV）", "Upload the list of units (Excel or CSV)")
UNITS: Final = Text("{n}个单位", "{n} units")
UNGROUPED: Final = Text(
    "{n}个单位不属于评分表的任何分组，请核对单位类型",
    "Units in no group of the rule sheet: {n}. Check their types",
)
NO_RULES: Final = Text("上传评分表（YAML或Excel）", "Upload the rule sheet (YAML or Excel)")
DRAFT: Final = Text("第{n}版尚未发布，核对后发布", "Version {n} is not published. Check it and publish it")
RULES: Final = Text("第{n}版已发布", "Version {n} is published")
NO_OBJECTS: Final = Text("上传对象名单（Excel或CSV）", "Upload the list of objects (Excel or CSV)")
OBJECTS: Final = Text("{n}个对象", "{n} objects")
NO_TASKS: Final = Text("上传年度任务清单（Excel、CSV或YAML）", "Upload the task list (Excel, CSV or YAML)")
TASKS: Final = Text("{n}项任务，分解为{all}项单位任务", "{n} tasks, assigned as {all} unit tasks")
STRANGERS: Final = Text(
    "任务清单中有{n}处适用对象不在考核对象名单中，请更正清单",
    "Names in the task list that are not in the list of units: {n}. Correct the list",
)
NO_FIGURES: Final = Text("上传上年数据，或登记无上年数据", "Upload last year's figures, or record that there are none")
NO_RESULTS: Final = Text("上传上年结果，或登记无上年结果", "Upload last year's results, or record that there are none")
FIGURES: Final = Text("{n}项上年数据", "Figures of last year: {n}")
NONE_OF_THEM: Final = Text("已登记：无上年数据", "no figures of last year")
RESULTS: Final = Text("{n}个单位的上年结果", "Units with results of last year: {n}")
NONE_OF_RESULTS: Final = Text("已登记：无上年结果", "no results of last year")
NO_EARLIER: Final = Text(
    "上传{year}年前的数据，或登记没有", "Upload the figures of {year} years ago, or record that there are none"
)
EARLIER: Final = Text("{year}年前的数据{n}项", "figures of {year} years ago: {n}")
NONE_EARLIER: Final = Text("没有{year}年前的数据", "no figures of {year} years ago")
BOTH: Final = Text("{one}；{other}", "{one}; {other}")
NO_OFFICIAL: Final = Text("{n}个单位没有填报人员", "Units without an official: {n}")
NO_EVALUATOR: Final = Text("{n}个部门没有考评人员", "Departments without an evaluator: {n}")
PEOPLE: Final = Text("各单位、各部门都有人员", "Every unit and department has people")
NO_TEAM: Final = Text("{n}个单位没有登记领导班子", "Units without a leadership team: {n}")
TEAMS: Final = Text("各单位都已登记", "Every unit has its team")
NO_DATES: Final = Text("{n}个阶段没有日期", "Stages without dates: {n}")
DATES: Final = Text("各阶段日期齐全", "Every stage has its dates")
NOT_OPEN: Final = Text("启动后各单位可以填报", "Units can submit once the year is open")
OPEN: Final = Text("已启动", "the year is open")


def steps_of(facts: Facts) -> tuple[SetUpStep, ...]:
    """Every step in its order; that of objects only where the sheet has kinds of them."""
    own = dict(own_standings(facts))
    absent = set(StepName) - set(own)
    done = {name for name, (standing, _) in own.items() if standing is StepState.DONE}
    return tuple(step_of(name, *own[name], done | absent) for name in own)


def step_of(name: StepName, standing: StepState, note: Text, done: set[StepName]) -> SetUpStep:
    """A step that is done or can be, or waits for the ones it builds on."""
    missing = [each.label for each in NEEDS[name] if each not in done]
    if standing is StepState.DONE or not missing:
        return SetUpStep(name, standing, note)
    listed = Text("、".join(each.zh for each in missing), ", ".join(each.en for each in missing))
    return SetUpStep(name, StepState.WAITING, WAITS.format(steps=listed))


def own_standings(facts: Facts) -> Iterator[tuple[StepName, tuple[StepState, Text]]]:
    """How far each step is for itself."""
    yield StepName.UNITS, units(facts)
    yield StepName.RULES, rules(facts)
    if facts.objects is not None:
        yield StepName.OBJECTS, done_or_not(facts.objects, OBJECTS.format(n=facts.objects), NO_OBJECTS)
    yield StepName.TASKS, tasks(facts)
    yield StepName.PREVIOUS, previous(facts)
    yield StepName.PEOPLE, people(facts)
    has_team = facts.units and not facts.without_team
    yield StepName.TEAMS, done_or_not(has_team, TEAMS, NO_TEAM.format(n=facts.without_team))
    yield StepName.DATES, done_or_not(not facts.undated, DATES, NO_DATES.format(n=facts.undated))
    yield StepName.OPEN, opening(facts)


def opening(facts: Facts) -> tuple[StepState, Text]:
    """Whether the year is open, or what of its rules it could not collect."""
    if facts.uncollected is not None and not facts.opened:
        return StepState.WRONG, facts.uncollected
    return done_or_not(facts.opened, OPEN, NOT_OPEN)


def done_or_not(done: object, what: Text, to_do: Text) -> tuple[StepState, Text]:
    """Done, with what is there; else to do, with what is missing."""
    return (StepState.DONE, what) if done else (StepState.TO_DO, to_do)


def units(facts: Facts) -> tuple[StepState, Text]:
    """The list of units."""
    if facts.ungrouped:
        return StepState.WRONG, UNGROUPED.format(n=facts.ungrouped)
    return done_or_not(facts.units, UNITS.format(n=facts.units), NO_UNITS)


def rules(facts: Facts) -> tuple[StepState, Text]:
    """The rule sheet; a corrected draft is to be published."""
    if facts.version is None or facts.version == facts.published:
        return done_or_not(facts.published, RULES.format(n=facts.published), NO_RULES)
    return StepState.TO_DO, DRAFT.format(n=facts.version)


def tasks(facts: Facts) -> tuple[StepState, Text]:
    """The task list; after the units changed it may bind some that are gone."""
    if facts.strangers:
        return StepState.WRONG, STRANGERS.format(n=facts.strangers)
    return done_or_not(facts.tasks, TASKS.format(n=facts.tasks, all=facts.obligations), NO_TASKS)


def previous(facts: Facts) -> tuple[StepState, Text]:
    """Last year's figures and results, and figures of the years before."""
    if facts.figures is None or facts.results is None:
        return StepState.TO_DO, NO_FIGURES if facts.figures is None else NO_RESULTS
    one = FIGURES.format(n=facts.figures) if facts.figures else NONE_OF_THEM
    other = RESULTS.format(n=facts.results) if facts.results else NONE_OF_RESULTS
    note = BOTH.format(one=one, other=other)
    for back, n in enumerate(facts.earlier, start=2):
        if n is None:
            return StepState.TO_DO, NO_EARLIER.format(year=back)
        note = BOTH.format(one=note, other=EARLIER.format(year=back, n=n) if n else NONE_EARLIER.format(year=back))
    return StepState.DONE, note


def people(facts: Facts) -> tuple[StepState, Text]:
    """The people of units and departments."""
    lacking = [
        text.format(n=n)
        for text, n in ((NO_OFFICIAL, facts.without_official), (NO_EVALUATOR, facts.without_evaluator))
        if n
    ]
    if len(lacking) == 2:
        return StepState.TO_DO, BOTH.format(one=lacking[0], other=lacking[1])
    return done_or_not(facts.published and not lacking, PEOPLE, lacking[0] if lacking else PEOPLE)


def next_step(steps: tuple[SetUpStep, ...]) -> SetUpStep | None:
    """The first step that can be done now."""
    return next((step for step in steps if step.standing in (StepState.TO_DO, StepState.WRONG)), None)
