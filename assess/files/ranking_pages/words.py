"""The fixed words of rankings."""

from __future__ import annotations

from typing import Final

from assess.core.text import Text

RANKING: Final = Text("{group}排名", "{group}: ranking")
HEAT: Final = Text("{group}各类得分", "{group}: scores by section")
MOVERS: Final = Text("{group}名次升降", "{group}: changes of rank")
SPREAD: Final = Text("{group}总分分布", "{group}: distribution of totals")
STATISTICS: Final = Text(
    "参加排名{of}个单位；平均{mean}，最高{highest}，最低{lowest}",
    "Units ranked: {of}; average {mean}, highest {highest}, lowest {lowest}",
)
NOBODY: Final = Text("本组没有单位。", "There are no units in this group.")
NO_TOTALS: Final = Text("本组没有单位得出总分。", "No unit in this group has a total.")

RANK: Final = Text("名次", "Rank")
UNIT: Final = Text("单位", "Unit")
TOTAL: Final = Text("总分", "Total")
GRADE: Final = Text("等次", "Grade")
CHANGE: Final = Text("升降", "Change")
CONVERTED: Final = Text("折算分", "Converted")
MARKS: Final = Text("说明", "Remarks")
UP: Final = Text("升{n}", "up {n}")
DOWN: Final = Text("降{n}", "down {n}")
SAME: Final = Text("平", "same")
NO_NUMBER: Final = "—"
BETWEEN: Final = Text("；", "; ")

RISEN: Final = Text("上升最多", "Largest rises")
FALLEN: Final = Text("下降最多", "Largest falls")
RANKS: Final = Text("上年→本年", "last → this year")
NOBODY_ROSE: Final = Text("没有单位上升", "no unit rose")
NOBODY_FELL: Final = Text("没有单位下降", "no unit fell")
MORE: Final = Text("另有{n}个单位", "and {n} more")

RATES: Final = Text("得分率：", "Score rate:")
MARKS_BELOW: Final = Text("表中为得分，表头下方为分值", "Cells show points, with full marks below the headings")
RATES_SHOWN: Final = Text(
    "表中为得分率，得分见各单位考核结果单", "Cells show score rates; for points see the scorecards"
)
