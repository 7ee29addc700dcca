"""The fixed words of scorecards."""

from __future__ import annotations

from typing import Final

from assess.core.rules.sheet import SheetStanding
from assess.core.text import Text

SCORECARD: Final = Text("考核结果单", "Scorecard")
SUBJECT: Final = Text("{unit}{year}年度考核结果", "Assessment result of {unit}, {year}")
AUTHOR: Final = Text("街乡生态环境保护考核系统{engine}", "Environmental assessment service {engine}")

UNIT: Final = Text("单位", "Unit")
GROUP: Final = Text("分组", "Group")
NO_GROUPS: Final = Text("不分组", "no groups")
YEAR: Final = Text("考核年度", "Year")
STANDING: Final = Text("结果性质", "Standing")
BASIS: Final = Text("考核依据", "Basis")
STANDINGS: Final = {
    SheetStanding.DEMONSTRATION: Text("演示", "Demonstration"),
    SheetStanding.DRAFT: Text("草案", "Draft"),
    SheetStanding.ISSUED: Text("正式", "Issued"),
}

EDITION: Final = Text("封存版次", "Edition")
EDITION_SAID: Final = Text("第{edition}版（定稿）", "Edition {edition} (final)")
SEALED_AT: Final = Text("封存时间", "Sealed")
RELEASED: Final = Text("公示版本", "Provisional result")
RELEASED_SAID: Final = Text("第{run}次计分（公示稿）", "Run {run} (provisional)")
RELEASED_AT: Final = Text("公示时间", "Released")
CORRECTION: Final = Text("更正说明", "Correction")
REPLACES: Final = Text("本版取代第{edition}版：{reason}", "Replaces edition {edition}: {reason}")
RUN: Final = Text("计分次数", "Scoring run")
RUN_SAID: Final = Text("第{run}次 · 程序版本 {engine}", "No. {run} · program version {engine}")
LOG_HEAD: Final = Text("操作日志摘要", "Audit log")

TOTAL: Final = Text("总分", "Total")
BASE: Final = Text("基础{base}", "base {base}")
FULL: Final = Text("满分{full}", "of {full}")
GRADE: Final = Text("等次", "Grade")
RANK: Final = Text("名次", "Rank")
RANK_OF: Final = Text("{rank} / {of}", "{rank} of {of}")
UNRANKED: Final = Text("不参加排名", "not ranked")
RANKED_UNITS: Final = Text("参加排名{of}个单位", "units ranked: {of}")
LAST_YEAR: Final = Text("上年总分", "Last year's total")
LAST_RANK: Final = Text("第{rank} / {of}名", "rank {rank} of {of}")
CHANGE: Final = Text("名次变化", "Change of rank")
AGAINST_LAST_YEAR: Final = Text("与上年相比", "from last year")
UP: Final = Text("升{n}位", "up {n}")
DOWN: Final = Text("降{n}位", "down {n}")
SAME: Final = Text("持平", "same")
CONVERTED: Final = Text("绩效折算分", "Converted points")
NO_NUMBER: Final = "—"

STATES: Final = {
    "blocked": Text("缺数据，暂无总分", "No total: data missing"),
    "not-scored": Text("未计分", "Not scored"),
    "no-group": Text("未编入任何分组", "In no group"),
}
MEMBERS: Final = Text("领导班子成员折算", "Leadership team")
MEMBER: Final = Text.same("{post}\xa0{points}")
MEMBER_WHY: Final = Text("{post}：{why}", "{post}: {why}")
LARGEST_LOSSES: Final = Text("失分最多", "Largest losses")
LOSS: Final = Text.same("{number}\xa0{title}\xa0{lost}")
OTHER_LOSS: Final = Text.same("{title}\xa0{lost}")
NEXT_GRADE: Final = Text("提升等次", "Next grade")
REMARKS: Final = Text("提示", "Remarks")
BETWEEN: Final = Text("；", "; ")

SECTIONS: Final = Text("各类得分与本组平均", "Sections and group average")
ITEMS: Final = Text("各考核项得分", "Points by item")
NUMBER: Final = Text("序号", "No.")
ITEM: Final = Text("考核项", "Item")
FULL_MARK: Final = Text("分值", "Full mark")
POINTS: Final = Text("得分", "Points")
GROUP_MEAN: Final = Text("组平均", "Group avg.")
WHY: Final = Text("得分说明", "Explanation")
CLAUSE: Final = Text("条款", "Clause")
EVIDENCE: Final = Text("数据号", "Data no.")
ROW_STATES: Final = {
    "missing": Text("缺数据", "missing"),
    "not-applicable": Text("不涉及", "n/a"),
}

PARTS: Final = Text("各部分得分", "Points by part")
PARTS_OF: Final = Text("{number} {title}：{told}", "{number} {title}: {told}")
NO_POINTS: Final = Text("没有得分", "no score")
PART: Final = Text("部分", "Part")
WEIGHT: Final = Text("权重", "Weight")
COUNTS: Final = Text("是否计入", "Counts")

LOSSES: Final = Text("失分（由大到小）", "Points lost, largest first")
NOTHING_LOST: Final = Text("没有失分。", "No points were lost.")
ADJUSTMENTS: Final = Text("加减分与等次调整", "Adjustments")
KIND: Final = Text("类别", "Kind")
ADJUSTMENT: Final = Text("事项", "Adjustment")
EFFECT: Final = Text("结果", "Effect")
REASON: Final = Text("说明", "Reason")
NOT_APPLIED: Final = Text("未发生", "Not applied")
KIND_LISTED: Final = Text("{kind}：{adjustments}", "{kind}: {adjustments}")
WITH_CLAUSE: Final = Text("{title}（{clause}）", "{title} ({clause})")
BRIDGE: Final = Text("从各项得分到总分", "From items to total")
LEFT_OUT: Final = Text(
    "不涉及和缺数据的项目（原因见各考核项得分）",
    "Items not applicable or missing data (for reasons see Points by item)",
)
LEFT_OUT_STATES: Final = {
    "not-applicable": Text("不涉及{n}项", "Not applicable: {n}"),
    "missing": Text("缺数据{n}项", "Missing data: {n}"),
}
TASKS: Final = Text("年度任务清单", "Annual task list")
TASKS_AND_FINDINGS: Final = Text("任务清单和问题台账", "Task list and findings ledger")
SUMMARIES_AND_CORRECTIONS: Final = Text("任务清单、问题台账和更正", "Task list, findings ledger and corrections")
NAME_AND_VALUE: Final = Text.same("{name} {value}")
FINDINGS: Final = Text("问题台账", "Findings ledger")
CORRECTED: Final = Text("公示后更正", "Corrected")
CORRECTED_SAID: Final = Text(
    "数据{number} {figure}更正为{value}：{by}", "data no. {number}, {figure}, corrected to {value}: {by}"
)
DATA: Final = Text("数据来源", "Data and sources")
DATA_ONE: Final = Text("{figure}：{values}（{sources}）", "{figure}: {values} ({sources})")
DATA_OF_PERIOD: Final = Text("{figure}：{values}（{period}，{sources}）", "{figure}: {values} ({period}, {sources})")
USUAL_FILE: Final = Text(
    "没有写明文件的，出自{file}；括号内为行:列或工作表!单元格。",
    "Where no file is named, it is {file}. Brackets show row:column or sheet!cell.",
)
USUAL_COLUMN: Final = Text(
    "没有写明文件的，出自{file}第{column}列；括号内为行号。",
    "Where no file is named, it is column {column} of {file}. Brackets show the row.",
)
PERIODS: Final = {
    "": (Text("{n}月", "month {n}"), Text("{n}月", "months {n}")),
    "Q": (Text("{n}季度", "quarter {n}"), Text("{n}季度", "quarters {n}")),
}
"""How months and quarters of a year are named: one, and several in a row."""
HALVES: Final = {
    "1": Text("上半年", "first half"),
    "2": Text("下半年", "second half"),
    "1–2": Text("全年", "whole year"),
}
OF_YEAR: Final = Text("{year}年{period}", "{period} of {year}")
CHECKING: Final = Text("核验信息", "For verification")
RULE_DIGEST: Final = Text("评分表摘要", "Rule sheet digest")
INPUT_DIGEST: Final = Text("数据摘要", "Input digest")
ENGINE: Final = Text("程序版本", "Program version")
CHECK_CODE: Final = Text("校验码", "Check code")

PAGE_OF: Final = Text("第{n}页，共{of}页", "page {n} of {of}")
RUNNING: Final = Text("{unit} · {year}年度考核结果单", "{unit} · scorecard {year}")

CHINESE_NUMERALS: Final = "一二三四五六七八九十"
