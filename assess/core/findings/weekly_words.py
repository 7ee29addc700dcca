"""The summary of a week in words, alike on screen, in the workbook and in the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from assess.core.findings.weekly import Weekly
from assess.core.text import Text

TITLE: Final = Text("生态环境问题整改周报", "Weekly summary of findings")
TOGETHER: Final = Text("合计", "Total")
UNIT, DOMAIN = Text("单位", "Unit"), Text("领域", "Domain")
COLUMNS: Final[Mapping[str, Text]] = {
    "before": Text("期初未销账", "Open at start"),
    "opened": Text("新增", "New"),
    "assigned": Text("交办", "Assigned"),
    "reported": Text("报送整改", "Reported"),
    "returned": Text("复核退回", "Returned"),
    "closed": Text("销账", "Closed"),
    "left": Text("期末未销账", "Open at end"),
    "overdue": Text("期末逾期", "Overdue at end"),
    "repeated": Text("认定重复", "Repeats"),
}
"""What is told of each unit and domain, by the name of its number."""
SECTIONS: Final[Mapping[str, Text]] = {
    "overview": Text("总体情况", "Overview"),
    "units": Text("各单位情况", "Units"),
    "domains": Text("各领域情况", "Domains"),
    "longest": Text("逾期时间最长的问题", "Longest overdue"),
    "quiet": Text("本周无新增问题的单位", "Units with no new findings"),
}
OVERDUE_COLUMNS: Final = (
    Text("编号", "No."),
    Text("单位", "Unit"),
    Text("类型", "Type"),
    Text("地点和问题", "Place and finding"),
    Text("责任人", "Responsible"),
    Text("整改期限", "Deadline"),
    Text("逾期天数", "Days overdue"),
)
NOBODY_OVERDUE: Final = Text("截至本周日，没有逾期未整改的问题。", "Nothing was overdue on the last day of the week.")
NONE_QUIET: Final = Text("各单位本周均有新增问题。", "Every unit had new findings this week.")
ALL_QUIET: Final = Text("全部单位本周均无新增问题。", "No unit had new findings this week.")
QUIET: Final = Text("共{n}个：{names}。", "{n} in total: {names}.")
NEW: Final = Text(
    "本周新增问题{opened}个，交办{assigned}个；单位报送整改{reported}次，复核退回{returned}次，销账{closed}个。",
    "New findings: {opened}; assigned: {assigned}. Reported as corrected: {reported}; "
    "returned at review: {returned}; closed: {closed}.",
)
BALANCE: Final = Text(
    "期初未销账{before}个，加新增{opened}个、重新整改{reopened}个，"
    "减销账{closed}个、作废{voided}个，期末未销账{left}个。",
    "Open at the start of the week: {before}; plus new: {opened}, and reopened: "
    "{reopened}; minus closed: {closed}, and void: {voided}; open at the end of the "
    "week: {left}.",
)
STOOD: Final = Text(
    "期末逾期未整改{overdue}个，期初为{overdue_before}个；本周认定重复{repeated}个。",
    "Overdue at the end of the week: {overdue}; at the start: {overdue_before}. Marked as repeats: {repeated}.",
)
LATE: Final = Text(
    "本周录入的记录中，有{late}条所记事项发生在本周之前。",
    "Entries of this week about an earlier date: {late}.",
)
HOW: Final = Text(
    "本表按台账录入时间统计，本周录入的记录计入本周，各周结束后不再变动。逾期以{day}为准，期限当日不计逾期。",
    "An entry counts in the week it was recorded, so past weeks do not change. A finding "
    "is overdue if it was not corrected on {day} and its deadline was before that day.",
)
NOT_OVER: Final = Text(
    "本周尚未结束，数据为{day}的情况，之后仍会变动。",
    "The week is not over. The numbers are as of {day} and will still change.",
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
