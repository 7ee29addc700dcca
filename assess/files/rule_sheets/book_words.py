"""What the keys of a rule sheet are called in its workbook."""

from __future__ import annotations

from typing import Final

from assess.core.text import Text

HEADINGS: Final[dict[str, Text]] = {
    # 总则 the sheet
    "key": Text("键", "key"),
    "value": Text("内容", "what it says"),
    "id": Text("编号", "id"),
    "title": Text("名称", "title"),
    "note": Text("备注", "note"),
    "year": Text("年度", "year"),
    "basis": Text("依据文件", "the document whose clauses are cited"),
    "standing": Text("性质（示范、征求意见、印发）", "what the results are worth"),
    "rounding.mode": Text("取位方式（四舍五入、四舍六入五留双）", "how halves are rounded"),
    "rounding.item": Text("考核项小数位", "digits of an item"),
    "rounding.section": Text("考核类别小数位", "digits of a section"),
    "rounding.total": Text("总分小数位", "digits of the total"),
    "total.cap": Text("总分上限", "highest total"),
    "total.floor": Text("总分下限", "lowest total"),
    "ranking.better": Text("总分高者为先或低者为先", "whether higher or lower totals come first"),
    "ranking.ties": Text("并列名次算法", "how equal totals share a rank"),
    "ranking.tie_break": Text("同分时依次比较", "what parts equal totals, in turn"),
    "conversion.points": Text("折算为绩效考评的分值", "points of the performance evaluation"),
    "conversion.by": Text("折算方法", "how the total is converted"),
    "conversion.table": Text("折算表（按名次依次，或各等次）", "converted points by place, or by grade"),
    "conversion.members": Text("领导成员", "posts of the leadership team"),
    # 分组 groups
    "where": Text("适用条件", "condition for a unit to belong"),
    # 数据项 figures
    "unit": Text("计量单位", "unit of measure"),
    "kind": Text("类型", "kind"),
    "choices": Text("选项", "choices"),
    "decimals": Text("小数位", "decimals"),
    "min": Text("最小值", "least value"),
    "max": Text("最大值", "largest value"),
    "period": Text("周期", "period"),
    "roll_up": Text("汇总方式", "how periods become the year"),
    "min_periods": Text("最少期数", "fewest periods"),
    "from": Text("来源", "who supplies it"),
    "certified_by": Text("认定部门", "who certifies it"),
    "measure": Text("口径", "what is measured"),
    "findings": Text("问题范围", "which findings"),
    "findings.kind": Text("问题类型", "kind of findings"),
    "findings.domain": Text("问题领域", "domain of findings"),
    "findings.source": Text("问题来源", "source of findings"),
    "tasks": Text("对应任务", "tasks of the task list"),
    "figures.tasks": Text("任务范围", "which tasks"),
    "figures.tasks.domain": Text("任务领域", "domain of tasks"),
    "figures.tasks.tasks": Text("任务序号", "numbers of tasks"),
    "formula": Text("计算公式", "formula"),
    # 考核项 items
    "parent": Text("上级编号", "what it belongs to"),
    "points": Text("分值", "points"),
    "weight": Text("权重", "weight"),
    "combine": Text("汇总方法（考核类别）", "how a section combines its children"),
    "method": Text("计分方法（考核项）", "method of an item"),
    "figure": Text("数据项", "figure"),
    "target": Text("目标值", "target"),
    "better": Text("方向（高好、低好）", "which way is good"),
    "settings": Text("方法的其他设置", "other settings of the method"),
    "clause": Text("条款", "clause"),
    "floor": Text("保底分", "lowest points"),
    "cap": Text("封顶分", "highest points"),
    "applies": Text("适用条件", "condition to apply"),
    "not_applicable": Text("不涉及时", "where it does not apply"),
    "missing": Text("缺数据时", "where data are missing"),
    "availability": Text("有分下限", "share of children that must have a score"),
    "round": Text("小数位", "digits"),
    "when": Text("条件", "condition"),
    "zero_below": Text("低于此值不得分", "nothing below"),
    "zero_above": Text("高于此值不得分", "nothing above"),
    "full_from": Text("达到此比例得满分", "full mark from"),
    "unmet_factor": Text("未达标系数", "factor where the target is not met"),
    "up_to": Text("超额计分上限", "over-fulfilment counts up to"),
    "full_at": Text("满分点", "full mark at"),
    "zero_at": Text("零分点", "nothing at"),
    "edge": Text("达到界限是否计入", "whether reaching the bound is enough"),
    "within": Text("比较范围", "who is compared"),
    "ties": Text("并列名次算法", "how equal values share a rank"),
    "step": Text("每低一名少得", "points lost with each place"),
    "last": Text("末名得分", "points of the last place"),
    "items.to": Text("比较对象", "best or mean"),
    "lowest": Text("最低得分", "points of the worst"),
    "late.per": Text("逾期计算单位", "what lateness is counted in"),
    "late.points": Text("逾期每单位扣分", "points lost for each of them"),
    "late.at_most": Text("逾期最多扣分", "most that lateness costs"),
    "points_from": Text("计分公式", "formula of the points"),
    "how": Text("标准化方法", "way to normalise"),
    "range": Text("值域", "range"),
    "goalposts": Text("目标区间", "goalposts"),
    "clip": Text("超出是否截断", "whether values beyond the ends are cut off"),
    "mean": Text("均值", "mean"),
    "deviation": Text("标准差", "deviation"),
    "items.from": Text("名次起点", "rank of the worst"),
    # 明细 rows
    "node": Text("考核项编号", "id of the item"),
    "part": Text("明细种类", "part of the item"),
    "no": Text("序号", "number, rising within its part"),
    "rows.key": Text("选项或状态", "choice or status"),
    "rows.value": Text("系数", "coefficient"),
    "x": Text("数据值", "value of the figure"),
    "rows.from": Text("不低于", "from"),
    "rows.to": Text("不高于", "up to"),
    "rows.points": Text("分", "points"),
    "per": Text("每（步长）", "size of a step"),
    "partial": Text("不足一步时", "what a part of a step costs"),
    "relative": Text("按百分比", "in percent of the target"),
    "free": Text("免计部分", "what is free"),
    "at_most": Text("最多", "at most"),
    "keep": Text("保留比例", "share that is kept"),
    "domain": Text("任务领域", "domain of the tasks"),
    "rows.tasks": Text("任务序号", "numbers of the tasks"),
    # 加减分 adjustments
    "adjustments.kind": Text("种类", "kind"),
    "grade": Text("等次", "grade"),
    "by": Text("降几等", "grades lower"),
    "at": Text("总分至多", "highest total"),
    "unranked": Text("不参加排名", "takes no part in the ranking"),
    # 等次 grades
    "grades.from": Text("总分不低于", "from a total of"),
    "grades.to": Text("总分不高于", "up to a total of"),
    "grades.at_most": Text("名额（不超过）", "quota"),
    "at_least": Text("至少名额", "fewest places"),
    "limit_ties": Text("名额边缘并列", "a tie cut by the quota"),
    # 领导成员 members
    "post": Text("职务编号", "post"),
    "coefficient": Text("系数", "coefficient"),
    "items": Text("分管考核项", "own items"),
}
"""By key, or by tab and key where a tab means something of its own."""

LANGUAGES: Final = {"zh": Text("（中文）", " (Chinese)"), "en": Text("（英文）", " (English)")}


def heading_of(tab: str, key: str) -> Text:
    """What a key is called in a tab; keys of a group or a choice are called by that."""
    head, dot, last = key.rpartition(".")
    for name in (f"{tab}.{key}", key):
        if name in HEADINGS:
            return HEADINGS[name]
    if not dot:
        return Text.same(key)
    outer = heading_of(tab, head)
    inner = LANGUAGES.get(last, Text(f"（{last}）", f" ({last})"))
    return Text(outer.zh + inner.zh, outer.en + inner.en)
