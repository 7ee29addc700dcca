"""The words of the briefs."""

from __future__ import annotations

from typing import Final

from assess.core.text import Text

UNIT_BRIEF: Final = Text("{unit}考核简报", "Brief on {unit}")
YEAR_BRIEF: Final = Text("{year}年度考核简报", "Brief on the assessment of {year}")
AUTHOR: Final = Text("考核办", "Assessment office")
FACTS: Final = Text("{group} · {year}年度 · {standing}", "{group} · {year} · {standing}")
YEAR_FACTS: Final = Text("当前阶段：{stage} · {standing}", "Stage: {stage} · {standing}")
ALL_UNITS: Final = Text("全部单位", "All units")
PAGE: Final = Text("共1页", "1 page")

LOSSES: Final = Text("失分最多的考核项（按对总分的影响）", "Largest losses, by their effect on the total")
ITEM: Final = Text("考核项", "Item")
LOST: Final = Text("失分", "Lost")
POINTS: Final = Text("得分 / 分值", "Points")
MEAN: Final = Text("组平均", "Group avg.")
WHY: Final = Text("计分说明", "Explanation")
NO_LOSSES: Final = Text("没有失分。", "No points were lost.")

CHANGE: Final = Text("总分较上年变化", "Change of the total since last year")
CHANGED: Final = Text(
    "{year}年{was}分，本年{now}分，变化{amount}分。原因：{causes}。",
    "{was} in {year}, {now} this year: {amount}. Causes: {causes}.",
)
LARGEST: Final = Text("影响最大的考核项：{items}。", "Items with the largest effect: {items}.")
CAUSE: Final = Text("{cause}{amount}", "{cause} {amount}")
UNCHANGED: Final = Text("无", "none")
NEXT: Final = Text("等次：{next}。", "Grade: {next}.")
ADJUSTED: Final = Text("加减分与限制：{told}。", "Adjustments: {told}.")
MISSING: Final = Text("缺数据的考核项：{n}项。", "Items without data: {n}.")
SECTIONS: Final = Text("各类得分率与本组平均；总分走势", "Score rates by section and group average; totals over time")
ADJUSTMENT: Final = Text("{title}：{effect}", "{title}: {effect}")

TOP_AND_BOTTOM: Final = Text("{group}：前列与末位", "{group}: top and bottom")
RANK: Final = Text("名次", "Rank")
UNIT: Final = Text("单位", "Unit")
TOTAL: Final = Text("总分", "Total")
GRADE: Final = Text("等次", "Grade")
SINCE: Final = Text("较上年", "Change")
MOVEMENT: Final = Text("名次变化最大", "Largest changes of rank")
RISEN: Final = Text("上升：{units}。", "Up: {units}.")
FALLEN: Final = Text("下降：{units}。", "Down: {units}.")
MOVED: Final = Text("{unit}（{n}）", "{unit} ({n})")
NO_MOVEMENT: Final = Text("上年名次未知，不作比较。", "Last year's ranks are not known.")
RATES: Final = Text("各类平均得分率", "Average score rates by section")
SECTION: Final = Text("考核类别", "Section")
LOWEST: Final = Text("得分率最低的单位", "Unit with the lowest score rate")
RATE_OF: Final = Text("{unit} {rate}%", "{unit} {rate}%")
LIMITED: Final = Text("一票否决、等次限制和无总分的单位", "Vetoes, limits of grades, units without a total")
NONE_LIMITED: Final = Text("无。", "None.")
LIMIT: Final = Text("{unit}：{why}", "{unit}: {why}")
MORE: Final = Text("另有{n}个单位，见排名表。", "{n} more units: see the ranking.")
OPEN: Final = Text("待办事项", "Open matters")
NOTHING_OPEN: Final = Text("无。", "None.")
MATTER: Final = Text("{what}：{n}", "{what}: {n}")
UNITS: Final = Text("单位", "Units")
MEAN_TOTAL: Final = Text("{group}平均总分", "Average total, {group}")
RANGE: Final = Text("{lowest}至{highest}", "{lowest} to {highest}")
LIMITED_UNITS: Final = Text("受限单位", "Units limited")
OPEN_MATTERS: Final = Text("待办事项", "Open matters")
