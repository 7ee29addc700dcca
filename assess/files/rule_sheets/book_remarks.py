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
                        "What is the same in both languages. Texts go into the two columns beside."),
    "figures.id": Text("小写字母、数字和下划线，以字母开头，如pm25；各年不变。",
                       "Small letters, digits and _, such as pm25. Keep it from year to year."),
    "id": Text("全表不重复，用字母、数字，可用.或-相连；各年不变，以便比较。",
               "Once in the sheet: letters and digits, joined by . or -. Keep it from year to year."),
    "title": Text("页面和文件上的名称，两种语言相同的可只填一列。",
                  "The name on pages and papers. One column is enough where both are the same."),
    "note": Text("备注，不影响计分。", "A remark. It does not affect points."),
    "text": Text("条文原文，显示在条款之下。", "The words of the clause, shown below it."),
    "groups.where": Text('哪些单位归入本组，如kind == "street"；先符合的先归入。',
                         'Which units belong to it, such as kind == "street". The first that fits counts.'),
    "figures.unit": Text("计量单位，如µg/m³。", "The unit of measure, such as µg/m³."),
    "figures.kind": Text("数据的类型；百分数按百分之几填，90%填90。",
                         "The type. Percentages are counted in percent: 90."),
    "figures.choices": Text("选项类的全部选项，用逗号隔开。", "All choices, separated by commas."),
    "figures.decimals": Text("最多几位小数。", "The most decimals."),
    "figures.min": Text("可填的最小值。", "The least value that may be entered."),
    "figures.max": Text("可填的最大值。", "The largest value that may be entered."),
    "figures.period": Text("多久报一次，不填是年。", "How often it is reported. Blank means a year."),
    "figures.roll_up": Text("各期怎样合成全年值；不按年报的必填。",
                            "How periods become the year. Required unless yearly."),
    "figures.min_periods": Text("少于这么多期，全年算缺数据。", "With fewer periods the year's value is missing."),
    "figures.from": Text("谁提供：部门编号，或列表中的来源。", "Who supplies it: a department, or a word of the list."),
    "figures.certified_by": Text("街乡报送的数据由哪个部门核定。", "Which department certifies what a unit reported."),
    "figures.measure": Text("任务清单或台账的数据计什么。", "What is counted of the task list or the ledger."),
    "figures.findings": Text("只计这样的问题。", "Only findings of this kind are counted."),
    "figures.tasks": Text("只计这样的任务。", "Only these tasks are counted."),
    "figures.formula": Text("计算数据项的公式，如(a - previous(a)) / a * 100。",
                            "How it is computed, such as (a - previous(a)) / a * 100."),
    "figures.better": Text("越高越好还是越低越好，只用于提示和图表。",
                           "Which way is good; for warnings and charts only."),
    "figures.details": Text("次数是否要逐起列明。", "Whether each case needs a row of details."),
    "counting": Text("怎样计数，显示在填报栏旁。", "How it is counted, shown beside the field."),
    "example": Text("正确填报的例子。", "An example of a right entry."),
    "proof": Text("要什么佐证材料；不填则不要求。", "What proves it. Blank asks for no evidence."),
    "items.parent": Text("所属类别或加减分事项的编号；空白是最上层。",
                         "The ID of its section, bonus or deduction. Blank means the top."),
    "items.points": Text("分值（满分）。各组不同的，另设points.组编号列。",
                         "The full mark. Where groups differ, add columns points.GROUP."),
    "items.weight": Text("加权平均类别之下的权重，不填是1。", "The weight in a mean section. Blank means 1."),
    "items.combine": Text("只用于类别：下级怎样合成，不填是相加。",
                          "Of sections: how the parts are combined. Blank: sum."),
    "items.method": Text("有计分方法的行是考核项，没有的是考核类别。",
                         "A row with a method is an item, without a section."),
    "items.figure": Text("用哪个数据项计分，填编号。", "The ID of the figure that is scored."),
    "items.target": Text("目标值：数字、数据项、previous(数据项)或单位属性。",
                         "A number, a figure, previous(figure) or a unit attribute."),
    "items.better": Text("越高越好还是越低越好。", "Which way is good."),
    "items.settings": Text("方法的其他设置，每行一个“键: 值”，如full_at: 30；Alt+回车换行。",
                           "Other settings of the method, one key: value a line, such as full_at: 30. Alt+Enter."),
    "clause": Text("依据的条款，考核项和加减分必填。", "The clause it rests on; required."),
    "items.tasks": Text("对应的任务序号，用逗号隔开。", "Numbers of the tasks, separated by commas."),
    "items.floor": Text("得分不低于，不填是0。", "Never fewer points than this; 0 if blank."),
    "items.cap": Text("得分不高于，不填是分值。", "Never more points than this; the full mark if blank."),
    "items.applies": Text("哪些单位适用，如has_river；不填是全部。", "Which units it applies to, such as has_river."),
    "items.not_applicable": Text("不涉及的单位怎样计。", "What becomes of units to which it does not apply."),
    "items.missing": Text("缺数据怎样计；本级、上级或总则必有一处写明。规定得分写points: 60。",
                          "What missing data mean; here, above or in 总则. A stated score: points: 60."),
    "items.availability": Text("有分的下级不到这个比例，本类别无分，如60%。",
                               "Without a score where fewer parts than this have one, such as 60%."),
    "items.round": Text("本项小数位，不填按总则。", "Decimals of this item. Blank: as 总则 says."),
    "items.counts": Text("填“否”则计分、显示，但不计入上级。", "false: scored and shown, left out of what is above."),
    "rows.node": Text("考核项编号。", "The ID of the item."),
    "rows.part": Text("这一行是什么。", "What the row is."),
    "rows.no": Text("序号，可不填；填则由小到大。", "May be left blank; if given, it rises."),
    "rows.points": Text("每档扣分、得分，或本档、本选项的分。", "Points of a step, band or choice."),
    "rows.per": Text("每多少计一次，不填是1。", "The size of a step; 1 if blank."),
    "rows.partial": Text("不足一档怎样计。", "What a part of a step costs."),
    "rows.relative": Text("填“是”则按目标的百分比计。", "true: in percent of the target."),
    "rows.free": Text("免计的部分。", "So much is free."),
    "rows.at_most": Text("本行最多扣、得多少分。", "The most that this line counts."),
    "rows.from": Text("分档：不低于这个数；最后一档不填。", "A band: from this value on. None in the last."),
    "rows.to": Text("分档：不高于这个数。", "A band: up to this value."),
    "rows.key": Text("查表的选项，或任务状态。", "A choice of the table, or a status of tasks."),
    "rows.value": Text("任务状态的系数。", "The coefficient of a status."),
    "rows.x": Text("折线点的数据值。", "The value at a point of the line."),
    "rows.keep": Text("更正后保留的比例，如40%。", "The share that is kept, such as 40%."),
    "when": Text("条件，如pm25 > 35；相等用==。", "A condition, such as pm25 > 35; equality is ==."),
    "adjustments.grade": Text("定为、或不高于哪个等次，填编号。", "The grade it sets or allows, by its ID."),
    "adjustments.by": Text("降几等。", "So many grades lower."),
    "adjustments.at": Text("总分不超过。", "The total is at most this."),
    "adjustments.cap": Text("加分最多。", "The most that is added."),
    "adjustments.at_most": Text("扣分最多。", "The most that is taken off."),
    "adjustments.unranked": Text("填“是”则不参加排名。", "true: left out of the ranking."),
    "grades.from": Text("总分不低于这个数；由优到劣，最后一等不填。",
                        "From this total on, best first. None in the last."),
    "grades.to": Text("总分不高于这个数（越低越好时用）。", "Up to this total, where lower is better."),
    "grades.at_most": Text("名额，占本组排名单位的比例，如30%。",
                           "The quota, a share of the ranked units, such as 30%."),
    "grades.at_least": Text("名额至少几个。", "The fewest places of the quota."),
    "grades.limit_ties": Text("名额边缘并列的，计入还是不计入。", "Whether a tie cut by the quota keeps the grade."),
    "members.post": Text("职务编号或名称。", "The post."),
    "members.coefficient": Text("折算分的系数，不填是1。", "The coefficient; 1 if blank."),
    "members.items": Text("分管的考核项，用逗号隔开。", "Own items, separated by commas."),
    "members.cap": Text("最多得分。", "Never more than this."),
}  # fmt: skip
"""By tab and key, or by key alone; of a key inside another by the outer one."""
WORDS: Final = Text("可填：{words}", "Words: {words}")
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
