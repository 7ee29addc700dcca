"""What keys of a rule sheet are called when a person reads about them; choices say it themselves."""

from __future__ import annotations

from typing import Final

from assess.core.methods import METHOD_RECORDS
from assess.core.methods.words import METHOD_KEYS
from assess.core.schema import keys_of
from assess.core.text import Text

KEYS: Final[dict[str, Text]] = {
    "id": Text("编号", "id"),
    "title": Text("名称", "title"),
    "note": Text("说明", "note"),
    "text": Text("条文", "text of the clause"),
    "counting": Text("口径", "how it is counted"),
    "example": Text("填报示例", "example of an entry"),
    "proof": Text("佐证材料", "evidence required"),
    "issued_by": Text("印发单位", "issued by"),
    "issued_on": Text("印发日期", "issued on"),
    "year": Text("年度", "year"),
    "unit_of_result": Text("得分单位", "scores counted in"),
    "basis": Text("依据文件", "basis document"),
    "standing": Text("性质", "standing"),
    "rounding": Text("取位", "rounding"),
    "departments": Text("部门", "departments"),
    "objects": Text("对象类别", "kinds of objects"),
    "groups": Text("分组", "groups"),
    "figures": METHOD_KEYS["figures"],
    "missing": Text("缺数据时", "where data are missing"),
    "items": Text("考核项", "items"),
    "adjustments": Text("加减分", "adjustments"),
    "total": Text("总分", "total"),
    "ranking": Text("排名", "ranking"),
    "grades": Text("等次", "grades"),
    "conversion": Text("折算", "conversion"),
    "results": Text("其他排名", "other rankings"),
    "node": Text("排名依据", "ranked by"),
    "mode": Text("取位方式", "rounding of halves"),
    "item": Text("考核项小数位", "decimals of items"),
    "section": Text("考核类别小数位", "decimals of sections"),
    "cap": Text("封顶", "cap"),
    "floor": Text("保底", "floor"),
    "better": METHOD_KEYS["better"],
    "ties": METHOD_KEYS["ties"],
    "tie_break": Text("同分时依次比较", "tie-break order"),
    "from": METHOD_KEYS["from"],
    "to": METHOD_KEYS["to"],
    "at_most": Text("最多", "at most"),
    "at_least": Text("最少名额", "minimum places"),
    "limit_ties": Text("名额边缘并列", "ties at the limit of the quota"),
    "points": Text("分值", "points"),
    "by": Text("办法", "way"),
    "table": METHOD_KEYS["table"],
    "members": Text("领导班子成员", "leadership team members"),
    "post": Text("职务", "post"),
    "coefficient": Text("系数", "coefficient"),
    "where": Text("条件", "condition"),
    "unit": Text("计量单位", "unit of measure"),
    "kind": Text("类型", "type"),
    "choices": Text("选项", "choices"),
    "decimals": Text("小数位", "decimals"),
    "min": Text("最小值", "minimum"),
    "max": Text("最大值", "maximum"),
    "period": Text("周期", "period"),
    "roll_up": Text("全年汇总方式", "how periods become the year"),
    "min_periods": Text("最少期数", "minimum periods"),
    "details": Text("逐起明细", "rows of details"),
    "certified_by": Text("核定部门", "certified by"),
    "of": Text("所属对象", "belongs to"),
    "measure": Text("口径", "what is measured"),
    "findings": Text("所计问题", "findings counted"),
    "domain": METHOD_KEYS["domain"],
    "source": Text("来源", "source"),
    "tasks": Text("对应任务", "tasks"),
    "formula": Text("公式", "formula"),
    "panel": Text("评委打分的数据项", "figures of the panel"),
    "method": Text("计分方法", "method"),
    "times": Text("乘以", "multiplied by"),
    "weight": Text("权重", "weight"),
    "counts": Text("计入上级", "counts in the level above"),
    "clause": Text("条款", "clause"),
    "applies": Text("适用条件", "applies where"),
    "not_applicable": Text("不涉及时", "where it does not apply"),
    "corrections": Text("更正", "corrections"),
    "round": Text("小数位", "decimals"),
    "each": Text("每期或每个对象", "each part"),
    "over": Text("合成方法", "how parts are combined"),
    "bar": Text("达标线", "points that count as reached"),
    "part_weight": Text("各部分权重", "weight of a part"),
    "over_round": Text("合成后小数位", "decimals after combining"),
    "combine": Text("汇总方法", "how its parts are combined"),
    "availability": Text("有得分的最低比例", "minimum share of parts with a score"),
    "pick": Text("选取", "picked"),
    "worst": Text("取最低", "the lowest"),
    "best": Text("取最高", "the highest"),
    "trim": Text("去掉最高、最低各", "without the highest and lowest"),
    "when": METHOD_KEYS["when"],
    "keep": Text("保留比例", "share kept"),
    "grade": Text("等次", "grade"),
    "unranked": Text("不参加排名", "not ranked"),
    "at": Text("总分至多", "highest total"),
}
"""By key, whatever record it stands in; the keys of methods have words of their own."""

KEYS_OF: Final[dict[str, dict[str, Text]]] = {
    "RuleSheet": {"points": Text("满分", "full mark")},
    "RoundingRule": {"total": Text("总分小数位", "decimals of the total")},
    "TotalBounds": {"cap": Text("总分上限", "highest total"), "floor": Text("总分下限", "lowest total")},
    "RankingRule": {"better": Text("总分排序", "order of totals")},
    "Figure": {
        "over": Text("合成方式", "how the panel is combined"),
        "from": Text("来源", "supplied by"),
        "tasks": Text("所计任务", "tasks counted"),
    },
    "FindingSelection": {"kind": Text("问题类型", "type of findings")},
    "Section": {"points": Text("分值", "full mark")},
    "Item": {
        "points": Text("分值", "full mark"),
        "by": Text("分期或分对象", "scored by"),
        "at_least": Text("最少得分部分数", "minimum parts with a score"),
        "where": Text("计入条件", "parts that count"),
    },
    "PartTerms": {"points": Text("每部分分值", "full mark of a part")},
    "Conversion": {"points": Text("折算分值", "points converted to"), "by": Text("折算办法", "converted by")},
    "TeamPost": {"items": Text("分管考核项", "own items")},
    "NodeRanking": {"unit": Text("得分单位", "scores counted in"), "better": Text("排序", "order of scores")},
    "Grade": {"at_most": Text("名额", "quota")},
    "FigureTieBreak": {"figure": METHOD_KEYS["figure"]},
    "Pick": {"at_least": Text("最少个数", "fewest that must be there")},
    "GradeDown": {"by": Text("降低等次数", "grades lower")},
}
"""By record and key, where the key means something of its own."""

SUPPLIERS: Final[dict[str, str]] = {
    "unit": "考核对象",
    "task-list": "任务清单",
    "ledger": "问题台账",
    "formula": "公式",
    "panel": "评委",
}


def key_words(record: type, key: str) -> Text:
    """What a key of a record is called."""
    own: Text | None = keys_of(record)[key].metadata["words"] or KEYS_OF.get(record.__name__, {}).get(key)
    return own or (METHOD_KEYS if record in METHOD_RECORDS else KEYS)[key]


def both(chinese: str, word: str) -> Text:
    """A word of the sheet, after what it means in Chinese."""
    return Text(f"{chinese}（{word}）", word)
