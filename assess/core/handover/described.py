"""The published shape of a hand-over."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from assess.core.columns import meanings_of
from assess.core.handover.columns import MEMBER_COLUMNS, UNIT_COLUMNS
from assess.core.handover.content import HandedMember, HandedUnit, Handover
from assess.core.handover.trees import Schema, schema_of
from assess.core.text import Language, Text

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
TITLE: Final = Text("考核结果移交", "Handover of assessment results")
ABOUT: Final = Text(
    "小数按文本传送。“changes”列出与上一号相比的全部变动；第1号加上此后各号的变动，即为最新一号的units和members。",
    "Decimals are sent as text. `changes` lists every difference from the previous "
    "handover: the first one plus the changes of all later ones gives `units` and "
    "`members` of the newest.",
)
FIELD_DESCRIPTIONS: Final[Mapping[str, Text]] = {
    **meanings_of(HandedUnit, UNIT_COLUMNS),
    **meanings_of(HandedMember, MEMBER_COLUMNS),
    "format": Text("格式及其版本", "the format and its version"),
    "year": Text("考核年度", "the assessment year"),
    "demonstration": Text(
        "是否为演示年度：其数据不是真实结果", "whether the year is a demonstration, so that its results are not real"
    ),
    "Handover.number": Text("本年度第几号移交", "the sequence number of the handover in the year"),
    "replaces": Text("更正的是第几号；首次移交为空", "the number of the handover that it corrects; null for the first"),
    "reasons": Text("更正理由，按封存版次", "the reason for the correction, by sealed edition"),
    "handed_over_by": Text("经办人", "who handed it over"),
    "standing": Text(
        "评分表的效力：demonstration、draft或issued", "the standing of the sheet: demonstration, draft or issued"
    ),
    "unit_of_result": Text("得分单位；以分计的没有这一项", "what scores are counted in; absent where in points"),
    "rankings": Text("评分表规定的其他排名；没有的没有这一项", "the other rankings of the sheet; absent where none"),
    "HandedStanding.score": Text("该考核项或类别的得分", "the score of the item or section"),
    "Rules.version": Text("评分表在本年度的版次", "the version of the sheet in this year"),
    "converting": Text("评分表的折算办法；没有规定折算的为空", "how the sheet converts totals; null if it does not"),
    "Converting.by": Text("share、spread、relative、grade或rank", "share, spread, relative, grade or rank"),
    "edition": Text("封存版次", "the sealed edition"),
    "engine": Text("程序版本", "the version of the program"),
    "results_digest": Text("计分结果文件的SHA-256", "the SHA-256 of the results of the run"),
    "log_head": Text("封存时操作日志末条的摘要", "the digest of the last entry of the audit log at the seal"),
    "check_code": Text("可在/check核验", "can be checked at /check"),
    "SealedFile.kind": Text("book（考核结果汇编）或card（考核结果单）", "book (ranked results) or card (scorecard)"),
    "SealedFile.unit": Text("单位代码；结果汇编为空文本", "the code of the unit; empty for the ranked results"),
    "effect": Text("对结果的影响", "the effect on the result"),
    "clause": Text("评分表条款", "the clause of the rule sheet"),
    "HandoverChange.what": Text("单位或成员", "a unit or a member"),
    "turn": Text(
        "同一人再次任同一职务的序号，从0起", "how many times the same person has held the same post before, from 0"
    ),
    "field": Text("units或members中的字段", "a field of units or members"),
    "old": Text("上一号的值；新增的为空", "the value before; null if the record is new"),
    "new": Text("本号的值；已删去的为空", "the value now; null if the record was removed"),
}
"""What fields mean that do not say it themselves; those of columns of a table say it there."""


@cache
def handover_schema(language: Language) -> Schema:
    """The JSON Schema of a hand-over."""
    about = {"title": TITLE.localized(language), "description": ABOUT.localized(language)}
    return {**about, **schema_of(Handover, FIELD_DESCRIPTIONS, language)}


def published_schema(language: Language, address: str) -> Schema:
    """The schema as a document of its own, which says where it is published."""
    return {"$schema": DIALECT, "$id": address, **handover_schema(language)}
