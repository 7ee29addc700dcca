"""What a finding costs, in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from assess.core.findings.counting import Tallied
from assess.core.findings.history import FindingStanding
from assess.core.rules.figure import Measure
from assess.core.text import Text

VOID: Final = Text(
    "本问题已作废，不计入任何数据项，不影响得分。", "The finding is void. It is not counted and costs no points."
)
NO_FIGURE: Final = Text(
    "本年度评分表没有统计这类问题的数据项，本问题不影响得分。",
    "No figure of this year's rule sheet counts findings of this type, so this one costs no points.",
)
NOT_NOW: Final = Text(
    "按目前状态，没有数据项计入本问题，不影响得分。",
    "In its current state, no figure counts this finding, so it costs no points.",
)
IN_ALL: Final = Text("估算：本问题目前使得分减少{points}分。", "Estimate: this finding currently costs {points}.")
NOTHING_LOST: Final = Text("估算：本问题目前不影响得分。", "Estimate: this finding currently costs no points.")
IN_ALL_GAINED: Final = Text(
    "估算：本问题已按要求处理，目前使得分增加{points}分。",
    "Estimate: this finding was handled as required and currently adds {points}.",
)
NOT_KNOWN: Final = Text(
    "本问题扣多少分，目前还不能算出，原因见下。", "The cost of this finding is not yet known. The reasons are below."
)

COSTS: Final = Text(
    "扣{points}分：现得{now}分，没有本问题为{without}分（满分{full}分）",
    "costs {points}: {now} of {full} now, {without} without this finding",
)
ADDS: Final = Text(
    "增加{points}分：现得{now}分，没有本问题为{without}分（满分{full}分）",
    "adds {points}: {now} of {full} now, {without} without this finding",
)
TAKES_MORE: Final = Text(
    "多扣{points}分：现扣{now}分，没有本问题扣{without}分",
    "costs {points}: {now} taken off now, {without} without this finding",
)
TAKES_LESS: Final = Text(
    "少扣{points}分：现扣{now}分，没有本问题扣{without}分",
    "saves {points}: {now} taken off now, {without} without this finding",
)
SAME: Final = Text(
    "不扣分：没有本问题也是{now}分（按档次、比例或限额计，未受影响）",
    "costs nothing: {now} without it too, as bands, shares or limits leave the points unchanged",
)
EXHAUSTED: Final = Text(
    "不再扣分：本项已扣至最低{now}分", "costs nothing more: the item has its minimum of {now} either way"
)
FULL: Final = Text("不扣分：本项仍得满分{now}分", "costs nothing: the item still has its full mark of {now}")
ONLY_WITH: Final = Text(
    "现得{now}分（满分{full}分）；没有本问题，本项不计分",
    "{now} of {full} now; without this finding the item would have no score",
)
ONLY_WITHOUT: Final = Text(
    "现不计分；没有本问题为{without}分（满分{full}分）",
    "no score now; {without} of {full} without this finding",
)
NO_SCORE: Final = Text("不影响：{why}", "costs nothing: {why}")
LATER: Final = Text("暂不能算出：{why}", "not yet known: {why}")
COMPARED: Final = Text(
    "{told}（与其他单位比较得分，按各单位目前的台账估算）",
    "{told} (compared with other units; estimated from all ledgers as they are now)",
)
AVERAGED: Final = Text(
    "{told}（所在类别按平均或折算计分，总分的变化不等于此数）",
    "{told} (its section is averaged or scaled, so the total changes by a different amount)",
)

COUNTED: Final = {
    Measure.OPENED: Text("{found_on}发现", "found on {found_on}"),
    Measure.CLOSED: Text("{closed_on}已销账", "closed on {closed_on}"),
    Measure.CLOSED_ON_TIME: Text(
        "{fixed_on}按期整改到位（期限{deadline}）", "corrected on {fixed_on}, by its deadline {deadline}"
    ),
    Measure.OVERDUE: Text("自{late_from}起逾期", "overdue since {late_from}"),
    Measure.REPEATED: Text("与第{earlier}号问题重复", "repeat of no. {earlier}"),
    Measure.MEAN_DAYS: Text("用{days}天整改到位", "days to correction: {days}"),
}
RETURNED_ONCE: Final = Text("复核退回1次", "returned once at review")
RETURNED: Final = Text("复核退回{returns}次", "returned {returns} times at review")
IS_CLOSED: Final = Text("计为已销账（{closed_on}）", "counts as closed ({closed_on})")
NOT_CLOSED: Final = Text("计为尚未销账", "counts as not closed yet")
IN_TIME: Final = Text(
    "计为按期整改（{fixed_on}，期限{deadline}）", "counts as corrected on time ({fixed_on}, deadline {deadline})"
)
TOO_LATE: Final = Text(
    "计为未按期整改（{fixed_on}，期限{deadline}）", "counts as corrected late ({fixed_on}, deadline {deadline})"
)
NOT_YET: Final = Text(
    "计为未按期整改（自{late_from}起逾期）", "counts as not corrected on time (overdue since {late_from})"
)


def of_mark(sentence: Text, full: str) -> Text:
    """A sentence with the full mark of an item; without it where the item has none."""
    return (
        sentence if full else Text(sentence.zh.replace("（满分{full}分）", ""), sentence.en.replace(" of {full}", ""))
    )


def why_counted(measure: Measure, finding: Tallied) -> Text:
    """Why a finding counts in a measure that counts it."""
    facts = facts_of(finding)
    return words_for(measure, finding.standing).format(**facts)


def words_for(measure: Measure, standing: FindingStanding) -> Text:
    """The words for one measure, with blanks."""
    match measure:
        case Measure.RETURNED:
            return RETURNED_ONCE if standing.returns == 1 else RETURNED
        case Measure.SHARE_CLOSED:
            return IS_CLOSED if standing.is_done else NOT_CLOSED
        case Measure.SHARE_ON_TIME if standing.is_on_time:
            return IN_TIME
        case Measure.SHARE_ON_TIME:
            return NOT_YET if standing.fixed_on is None else TOO_LATE
    return COUNTED[measure]


def facts_of(finding: Tallied) -> dict[str, object]:
    """What the words tell of a finding."""
    standing = finding.standing
    return {
        "found_on": standing.found_on,
        "closed_on": standing.closed_on,
        "fixed_on": standing.fixed_on,
        "deadline": standing.deadline,
        "late_from": day_after(standing.deadline),
        "earlier": finding.repeat_of,
        "returns": standing.returns,
        "days": None if standing.fixed_on is None else (standing.fixed_on - standing.found_on).days,
    }


def day_after(day: date | None) -> date | None:
    """The day on which something is late that was due on a day."""
    return None if day is None else day + timedelta(days=1)
