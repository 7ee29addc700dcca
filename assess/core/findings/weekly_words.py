"""The summary of a week in words, alike on screen, in the workbook and in the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from assess.core.findings.weekly import Weekly
from assess.core.text import Text

TITLE: Final = Text("生态环境问题整改周报", "Weekly summary of findings")
TOGETHER: Final = Text("合计", "Together")
UNIT, DOMAIN = Text("单位", "Unit"), Text("领域", "Domain")
COLUMNS: Final[Mapping[str, Text]] = {
    "before": Text("周初未销账", "Open before"),
    "opened": Text("新增", "New"),
    "assigned": Text("交办", "Assigned"),
    "reported": Text("反馈整改", "Reported"),
    "returned": Text("复核退回", "Returned"),
    "closed": Text("销账", "Closed"),
    "left": Text("周末未销账", "Open after"),
    "overdue": Text("周末逾期", "Overdue"),
    "repeated": Text("认定重复", "Repeats"),
}
"""What is told of each unit and domain, by the name of its number."""
SECTIONS: Final[Mapping[str, Text]] = {
    "overview": Text("总体情况", "Overview"),
    "units": Text("各单位情况", "Units"),
    "domains": Text("各领域情况", "Domains"),
    "longest": Text("逾期时间最长的问题", "Longest overdue"),
    "quiet": Text("本周无新增问题的单位", "Units with nothing new"),
}
OVERDUE_COLUMNS: Final = (
    Text("编号", "No."),
    Text("单位", "Unit"),
    Text("类型", "Kind"),
    Text("地点和问题", "Place and finding"),
    Text("责任人", "Responsible"),
    Text("整改期限", "To be put right by"),
    Text("逾期天数", "Days overdue"),
)
NOBODY_OVERDUE: Final = Text("周末没有逾期未整改的问题。", "Nothing was overdue at the end of the week.")
NONE_QUIET: Final = Text("各单位本周均有新增问题。", "Something new was recorded in every unit.")
ALL_QUIET: Final = Text("全部单位本周均无新增问题。", "Nothing new was recorded in any unit.")
QUIET: Final = Text("共 {n} 个：{names}。", "{n} in all: {names}.")
NEW: Final = Text(
    "本周新增问题 {opened} 项，交办 {assigned} 项；单位反馈整改 {reported} 次，复核退回 {returned} 次，"
    "销账 {closed} 项。",
    "New findings: {opened}; assigned to their units: {assigned}. Reported as put right: {reported}; returned at "
    "review: {returned}; closed: {closed}.",
)
BALANCE: Final = Text(
    "周初未销账 {before} 项，加新增 {opened} 项、重新整改 {reopened} 项，减销账 {closed} 项、作废 {voided} 项，"
    "周末未销账 {left} 项。",
    "Open before the week: {before}; plus new ones: {opened}, and opened again: {reopened}; less closed ones: "
    "{closed}, and void ones: {voided}; open after the week: {left}.",
)
STOOD: Final = Text(
    "周末逾期未整改 {overdue} 项，周初为 {overdue_before} 项；本周认定重复发生 {repeated} 项。",
    "Overdue after the week: {overdue}; before it: {overdue_before}. Found out to be repeats: {repeated}.",
)
LATE: Final = Text(
    "本周录入的记录中，有 {late} 条所记事项发生在本周之前。",
    "Entries of the week that tell of a day before it: {late}.",
)
HOW: Final = Text(
    "本表按台账录入时间统计，周内录入的记录计入本周；各周结束后不再变动。逾期以 {day} 为准，期限当日不计逾期。",
    "An entry counts in the week in which it was written down, so a week that is over no longer changes. Overdue is "
    "what was not put right on {day} although its deadline lay before that day.",
)
NOT_OVER: Final = Text(
    "本周尚未结束，数据为 {day} 的情况，之后仍会变动。",
    "The week is not over: the numbers are those of {day} and will still change.",
)


def sentences(weekly: Weekly) -> Iterator[Text]:
    """What the week brought, sentence by sentence."""
    facts = weekly.all._asdict()
    if not weekly.is_over:
        yield NOT_OVER.format(day=weekly.through)
    yield NEW.format(**facts)
    yield BALANCE.format(**facts)
    yield STOOD.format(**facts)
    if weekly.all.late:
        yield LATE.format(**facts)


def told_quiet(weekly: Weekly) -> Text:
    """The units for which nothing new was recorded."""
    if not weekly.quiet:
        return NONE_QUIET
    if len(weekly.quiet) == len(weekly.units):
        return ALL_QUIET
    names = Text("、".join(each.zh for each in weekly.quiet), ", ".join(each.en for each in weekly.quiet))
    return QUIET.format(n=len(weekly.quiet), names=names)
