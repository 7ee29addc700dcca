"""What the keys of scoring methods are called when a person reads about them."""

from __future__ import annotations

from typing import Final

from assess.core.text import Text

METHOD_KEYS: Final[dict[str, Text]] = {
    "better": Text("方向", "higher or lower is better"),
    "from": Text("起点", "from"),
    "to": Text("止点", "up to"),
    "table": Text("对照表", "table"),
    "across": Text("另一数据项", "second figure"),
    "domain": Text("领域", "domain"),
    "when": Text("条件", "condition"),
    "figure": Text("数据项", "figure"),
    "figures": Text("数据项", "figures"),
    "target": Text("目标", "target"),
    "zero_below": Text("低于此值不得分", "no points below"),
    "zero_above": Text("高于此值不得分", "no points above"),
    "full_from": Text("达到此比例得满分", "full mark from a share of"),
    "unmet_factor": Text("未达标系数", "factor where the target is not met"),
    "up_to": Text("超额计分上限", "over-fulfilment counts up to"),
    "full_at": Text("满分点", "full mark at"),
    "zero_at": Text("零分点", "no points at"),
    "points_at": Text("折线各点（数值、分）", "points of the line (figure, points)"),
    "bands": Text("分档", "bands"),
    "edge": Text("界限须", "bound to be"),
    "lines": Text("计分行", "lines"),
    "per": Text("每档幅度", "size of a step"),
    "partial": Text("不足一档时", "for a part of a step"),
    "relative": Text("按目标的百分比计", "counted in percent of the target"),
    "free": Text("免计部分", "not counted"),
    "within": Text("比较范围", "compared within"),
    "ties": Text("并列名次算法", "how ties are ranked"),
    "step": Text("每低一名少得", "lost for each place"),
    "last": Text("末名得分", "points of the last place"),
    "shares": Text("名次比例", "shares of those ranked"),
    "places": Text("名次数取整", "rounding of places"),
    "lowest": Text("最低得分", "points of the worst"),
    "obligations": Text("所计任务", "tasks counted"),
    "coefficients": Text("进度系数", "coefficients"),
    "late": Text("逾期扣分", "points off for delay"),
    "points_from": Text("计分公式", "formula of the points"),
    "how": Text("标准化方法", "way to normalise"),
    "range": Text("值域", "range"),
    "goalposts": Text("目标区间", "goalposts"),
    "clip": Text("超出两端时截断", "cut off beyond the ends"),
    "mean": Text("均值", "mean"),
    "deviation": Text("标准差", "deviation"),
}
"""By key, whatever method it stands in; a key that means something of its own says so where it stands."""
