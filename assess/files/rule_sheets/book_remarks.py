"""Remarks on the headings of a rule sheet's workbook: what to enter in a column, and the words it takes."""

from __future__ import annotations

from typing import Final

from assess.core.kinds import WordList
from assess.core.text import EMPTY_TEXT, Text
from assess.files.rule_sheets.book_layout import Tab, place_of
from assess.files.rule_sheets.book_words import heading_of, words_of

REMARKS: Final[dict[str, Text]] = {
    "sheet.key": Text("评分表本身的键，请勿改动。", "A key of the sheet itself. Do not change it."),
    "sheet.value": Text("不分语言的填在这里，分中英文的填右边两列。",
                        "Values that are the same in both languages. Texts go in the two columns beside it."),
    "figures.id": Text("小写字母、数字和下划线，以字母开头，如pm25；各年不变。",
                       "Lower-case letters, digits and _, such as pm25. Keep it from year to year."),
    "id": Text("全表不重复，用字母、数字，可用.或-相连；各年不变，以便比较。",
               "Unique in the sheet: letters and digits, joined by . or -. Keep it from year to year."),
    "title": Text("页面和文件上的名称，两种语言相同的可只填一列。",
                  "The name on pages and documents. One column is enough if both are the same."),
    "note": Text("备注，不影响计分。", "A remark. It does not affect points."),
    "text": Text("条文原文，显示在条款之下。", "The text of the clause, shown below it."),
    "groups.where": Text('哪些单位归入本组，如kind == "street"；先符合的先归入。',
                         'Which units belong to it, such as kind == "street". The first that fits counts.'),
    "figures.unit": Text("计量单位，如µg/m³。", "The unit of measure, such as µg/m³."),
    "figures.kind": Text("数据的类型；百分数按百分之几填，90%填90。",
                         "The type. Percentages are counted in percent: 90."),
    "figures.choices": Text("选项类的全部选项，用逗号隔开。", "All choices, separated by commas."),
    "figures.decimals": Text("最多几位小数。", "Maximum number of decimals."),
    "figures.min": Text("可填的最小值。", "The smallest value that can be entered."),
    "figures.max": Text("可填的最大值。", "The largest value that can be entered."),
    "figures.period": Text("报送频次，不填为每年一次。", "How often it is submitted. Blank: once a year."),
    "figures.roll_up": Text("各期数据如何合成全年值；不按年报送的必填。",
                            "How values of periods make the value of the year. Required unless yearly."),
    "figures.min_periods": Text("有数据的期数少于此数的，全年按缺数据处理。",
                                "If fewer periods have a value, the value of the year is missing."),
    "figures.from": Text("谁提供：部门编号，或列表中的来源。",
                         "Who supplies it: a department, or an entry of the list."),
    "figures.certified_by": Text("街乡报送的数据由哪个部门核定。",
                                 "The department that certifies what units submit."),
    "figures.measure": Text("来自任务清单或问题台账的数据统计什么。",
                            "What is counted in the task list or the ledger of findings."),
    "figures.findings": Text("只统计符合此条件的问题。", "Only these findings are counted."),
    "figures.tasks": Text("只统计符合此条件的任务。", "Only these tasks are counted."),
    "figures.formula": Text("计算数据项的公式，如(a - previous(a)) / a * 100。",
                            "Formula of a computed figure, such as (a - previous(a)) / a * 100."),
    "figures.better": Text("越高越好还是越低越好，只用于提示和图表。",
                           "Whether higher or lower is better. Used for warnings and charts only."),
    "figures.details": Text("计数类数据是否须逐起填写明细。", "Whether each case needs a row of details."),
    "counting": Text("口径，显示在填报栏旁。", "How it is counted, shown beside the field."),
    "example": Text("填报示例。", "An example of a correct entry."),
    "proof": Text("需要的佐证材料；不填则不要求。", "Evidence required. Blank: none."),
    "items.parent": Text("所属类别或加减分事项的编号；空白为最上层。",
                         "The ID of its section, bonus or deduction. Blank: top level."),
    "items.points": Text("分值（满分）。各组不同的，另设points.组编号列。",
                         "The full mark. If groups differ, add columns points.GROUP."),
    "items.weight": Text("加权平均类别之下的权重，不填为1。", "The weight in a section that is averaged. Blank: 1."),
    "items.combine": Text("只用于类别：下级得分如何汇总，不填为相加。",
                          "Sections only: how the points below are combined. Blank: sum."),
    "items.method": Text("有计分方法的行是考核项，没有的是考核类别。",
                         "A row with a method is an item, a row without one is a section."),
    "items.figure": Text("计分所用数据项的编号。", "The ID of the figure that is scored."),
    "items.target": Text("目标值：数字、数据项、previous(数据项)或单位属性。",
                         "Target: a number, a figure, previous(figure) or a unit attribute."),
    "items.better": Text("越高越好还是越低越好。", "Whether higher or lower is better."),
    "items.settings": Text("方法的其他设置，每行一个“键: 值”，如full_at: 30；Alt+回车换行。",
                           "Other settings of the method, one key: value per line, such as full_at: 30. "
                           "Alt+Enter starts a new line."),
    "clause": Text("依据的条款，考核项和加减分必填。",
                   "The clause it is based on. Required for items and adjustments."),
    "items.tasks": Text("对应的任务序号，用逗号隔开。", "Numbers of the tasks, separated by commas."),
    "items.floor": Text("得分下限，不填为0。", "Lowest points. Blank: 0."),
    "items.cap": Text("得分上限，不填为分值。", "Highest points. Blank: the full mark."),
    "items.applies": Text("适用的单位，如has_river；不填为全部。",
                          "Units it applies to, such as has_river. Blank: all."),
    "items.not_applicable": Text("不涉及的单位如何计分。", "How units it does not apply to are scored."),
    "items.missing": Text("缺数据时如何计分；须在本级、上级或总则之一写明。规定得分的填points: 60。",
                          "How missing data is scored. Required here, above or in 总则. A fixed score: points: 60."),
    "items.availability": Text("下级有得分的不足此比例的，本类不计分，如60%。",
                               "If fewer parts than this share have a score, the section has none, such as 60%."),
    "items.round": Text("本项小数位，不填按总则。", "Decimals of this item. Blank: as in 总则."),
    "items.counts": Text("填“否”的，计分并显示，但不计入上级。",
                         "false: scored and shown, but not counted in the level above."),
    "rows.node": Text("考核项编号。", "The ID of the item."),
    "rows.part": Text("本行的类型。", "Type of the row."),
    "rows.no": Text("序号，可不填；填写的应由小到大。", "Optional. If entered, numbers must rise."),
    "rows.points": Text("每档扣分、得分，或本档、本选项的分。", "Points of a step, band or choice."),
    "rows.per": Text("每档幅度，不填为1。", "The size of a step. Blank: 1."),
    "rows.partial": Text("不足一档的如何计。", "How part of a step is counted."),
    "rows.relative": Text("填“是”的，按目标的百分比计。", "true: in percent of the target."),
    "rows.free": Text("免计的部分。", "The part that is not counted."),
    "rows.at_most": Text("本行最多扣分或得分。", "Most points this line can take off or add."),
    "rows.from": Text("分档：不低于这个数；最后一档不填。", "A band: from this value on. Blank in the last band."),
    "rows.to": Text("分档：不高于这个数。", "A band: up to this value."),
    "rows.key": Text("查表的选项，或任务状态。", "A choice of the table, or a status of tasks."),
    "rows.value": Text("任务状态的系数。", "The coefficient of a status."),
    "rows.x": Text("折线点的数据值。", "The value at a point of the line."),
    "rows.keep": Text("更正后保留的比例，如40%。", "The share of points that remains, such as 40%."),
    "when": Text("条件，如pm25 > 35；相等用==。", "A condition, such as pm25 > 35. Use == for equal."),
    "adjustments.grade": Text("定为的等次，或最高等次，填编号。",
                              "The ID of the grade set, or of the best grade allowed."),
    "adjustments.by": Text("下调的等次数。", "By how many grades it is lowered."),
    "adjustments.at": Text("总分上限。", "Highest total."),
    "adjustments.cap": Text("最多加分。", "Most points added."),
    "adjustments.at_most": Text("最多扣分。", "Most points taken off."),
    "adjustments.unranked": Text("填“是”的，不参加排名。", "true: not ranked."),
    "grades.from": Text("总分下限；由优到劣排列，最后一等不填。",
                        "From this total on. Best grade first, blank in the last."),
    "grades.to": Text("总分上限（总分越低越好时填写）。", "Up to this total, if lower is better."),
    "grades.at_most": Text("名额，占本组排名单位的比例，如30%。",
                           "The quota, a share of the ranked units, such as 30%."),
    "grades.at_least": Text("最少名额。", "Minimum number of places."),
    "grades.limit_ties": Text("名额边缘并列的，计入还是不计入。",
                              "Whether ties at the limit of the quota get the grade."),
    "members.post": Text("职务编号或名称。", "The ID or name of the post."),
    "members.coefficient": Text("折算分的系数，不填为1。", "The coefficient. Blank: 1."),
    "members.items": Text("分管的考核项，用逗号隔开。", "Items of the member, separated by commas."),
    "members.cap": Text("最多得分。", "Most points."),
}  # fmt: skip
"""By tab and key, or by key alone; of a key inside another by the outer one."""
WORDS: Final = Text("可填：{words}", "Allowed values: {words}")
LINE_LENGTH: Final = 24
"""Characters on a line of a remark."""


def remark_on(tab: Tab, key: str) -> Text:
    """What to enter in a column, in both languages."""
    head = key.partition(".")[0]
    what = REMARKS.get(f"{tab.key}.{head}") or REMARKS.get(head, EMPTY_TEXT)
    place = place_of(tab.kinds, key)
    known = () if place is None else place.kind.words
    words = WORDS.format(words=words_of(tab, key)) if isinstance(known, WordList) and known else EMPTY_TEXT
    lines = (heading_of(tab, key), what, words)
    return Text("\n".join(line.zh for line in lines if line.zh), "\n".join(line.en for line in lines if line.en))


def remark_lines(remark: str) -> int:
    """How many lines a remark takes."""
    return sum(1 + len(line) // LINE_LENGTH for line in remark.split("\n"))
