"""What the parts of a hand-over are called, on pages, in workbooks and in the schema."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from assess.core.calendar import BEIJING
from assess.core.handover.content import ADJUSTED, Handover, Moment
from assess.core.rules.outcome import ConvertBy
from assess.core.rules.sheet import SheetStanding
from assess.core.text import EMPTY_TEXT, Text
from assess.core.workflow import LabeledEnum


class FileKind(LabeledEnum):
    """A file of a hand-over."""

    BOOK = "book", "Excel表格", "Excel file"
    UNITS = "units", "各单位结果（CSV）", "Results of units (CSV)"
    MEMBERS = "members", "领导班子成员（CSV）", "Members of leadership teams (CSV)"
    RANKINGS = "rankings", "其他排名（CSV）", "Other rankings (CSV)"
    CHANGES = "changes", "更正内容（CSV）", "Corrections (CSV)"
    DATA = "data", "全部内容（JSON）", "Everything (JSON)"


TITLE: Final = Text("{title}结果移交", "{title}: handover of results")
NUMBER: Final = Text("第{number}号", "No. {number}")
CORRECTION: Final = Text("第{number}号，更正第{replaces}号", "No. {number}, correcting no. {replaces}")
DEMONSTRATION: Final = Text("演示数据，不是真实考核结果", "Demonstration data, not real results")
UNITS: Final = Text("各单位结果", "Units")
OTHER_RANKINGS: Final = Text("其他排名", "Other rankings")
MEMBERS: Final = Text("领导班子成员", "Leadership team members")
CHANGES: Final = Text("更正内容", "Corrections")
NOTES: Final = Text("说明", "Notes")
NOBODY: Final = Text("未登记", "not entered")

STATES: Final[Mapping[str, Text]] = {
    "scored": Text("已计分", "Scored"),
    "blocked": Text("缺数据，暂无总分", "No total: data missing"),
    "not-scored": Text("未计分", "Not scored"),
    "no-group": Text("未分组", "In no group"),
}
STANDINGS: Final[Mapping[str, Text]] = {
    SheetStanding.DEMONSTRATION.value: Text("演示", "demonstration"),
    SheetStanding.DRAFT.value: Text("草案", "draft"),
    SheetStanding.ISSUED.value: Text("正式印发", "issued"),
}
CONVERSION_LABELS: Final[Mapping[str, Text]] = {
    ConvertBy.SHARE.value: Text("总分占满分的比例", "share of the full mark"),
    ConvertBy.SPREAD.value: Text("组内功效系数", "position between the worst and the best of the group"),
    ConvertBy.RELATIVE.value: Text("与组内最好的之比", "share of the best of the group"),
    ConvertBy.GRADE.value: Text("等次对应的分值", "points the sheet gives for the grade"),
    ConvertBy.RANK.value: Text("名次对应的分值", "points the sheet gives for the rank"),
}
STEPS: Final[Mapping[str, Text]] = {
    "added": Text("新增", "added"),
    "changed": Text("更正", "corrected"),
    "removed": Text("删去", "removed"),
}
RECORD_LABELS: Final[Mapping[str, Text]] = {"unit": Text("单位", "Unit"), "member": Text("成员", "Member")}

HIDDEN_FIELDS: Final = frozenset({"group", "grade", "post", "code", "unit"})
"""Fields that readers know by another one beside them."""


def value_told(field: str, value: Any) -> Text:
    """A value of a change in words; a dash for nothing."""
    if value is None or value in ("", []):
        return Text.same("–")
    if isinstance(value, dict):
        return Text(**value)
    if isinstance(value, list):
        told = [ADJUSTED.format(title=Text(**each["title"]), words=Text(**each["words"])) for each in value]
        return Text("；".join(each.zh for each in told), "; ".join(each.en for each in told))
    return STATES.get(value, Text.same(value)) if field == "state" else Text.same(str(value))


def value_kept(field: str, value: Any) -> Text:
    """A value of a change as files for programs hold it: nothing for none, and the words of programs as they are."""
    if value is None or value == []:
        return EMPTY_TEXT
    return Text.same(value) if isinstance(value, str) else value_told(field, value)


def numbered(handover: Handover) -> Text:
    """Which hand-over it is."""
    template = CORRECTION if handover.is_correction else NUMBER
    return template.format(number=handover.number, replaces=handover.replaces)


def notes(handover: Handover) -> list[tuple[Text, Text]]:
    """What must be known to read the tables: heads and words."""
    rules, result = handover.rules, handover.result
    standing = STANDINGS.get(rules.standing or "", Text.same("–"))
    found = [
        (Text("移交", "Handed over"), Text.same(f"{local(handover.handed_over_at)}  {handover.handed_over_by}")),
        (Text("封存版次", "Sealed edition"), EDITION.format(edition=result.edition, when=local(result.sealed_at))),
        *((REASON.format(edition=each.edition), Text.same(each.words)) for each in handover.reasons),
        (Text("评分表", "Rule sheet"), SHEET.format(title=rules.title, version=rules.version, standing=standing)),
        *([] if rules.unit_of_result is None else [(Text("得分单位", "Scores counted in"), rules.unit_of_result)]),
        (Text("评分表摘要", "Rule sheet digest"), Text.same(rules.digest)),
        (Text("计分", "Scoring run"), RUN.format(run=result.run, engine=result.engine)),
        (Text("数据摘要", "Input digest"), Text.same(result.inputs_digest)),
        (Text("计分结果文件的SHA-256", "SHA-256 of the results file"), Text.same(result.results_digest)),
        (Text("操作日志末条摘要", "Digest of the last audit log entry"), Text.same(result.log_head)),
    ]
    found += [(BOOK.format(tongue=TONGUES[each.language]), Text.same(f"{each.check_code}  {each.sha256}"))
              for each in handover.documents if not each.unit]  # fmt: skip
    if handover.converting is not None:
        found.append((Text("折算", "Conversion"), converting_told(handover)))
    return [*found, (Text("成员得分", "Members' points"), OF_MEMBERS)]


def converting_told(handover: Handover) -> Text:
    """How totals become points of the performance evaluation."""
    assert handover.converting is not None
    way, points = CONVERSION_LABELS[handover.converting.by], handover.converting.points
    return way if points is None else CONVERTED.format(way=way, points=points)


def local(moment: Moment) -> str:
    """A moment by the district's clock."""
    return f"{datetime.fromisoformat(moment).astimezone(BEIJING):%Y-%m-%d %H:%M}"


EDITION: Final = Text("第{edition}版，{when}", "edition {edition}, {when}")
REASON: Final = Text("更正理由（第{edition}版）", "Reason for the correction (edition {edition})")
SHEET: Final = Text("{title}，第{version}版，{standing}", "{title}, version {version}, {standing}")
RUN: Final = Text("第{run}次计分，程序{engine}", "run {run}, program {engine}")
BOOK: Final = Text("结果汇编校验码（{tongue}）", "Check code of the ranked results ({tongue})")
TONGUES: Final = {"zh": Text("中文", "Chinese"), "en": Text("英文", "English")}
CONVERTED: Final = Text("{way} × {points}分", "{way} × {points} points")
OF_MEMBERS: Final = Text(
    "“职务得分”是该职务全年的得分，按评分表规定由班子得分和分管考核项得出。年内换人的，前后任各列一行并注明在任天数，"
    "如何分摊由使用结果的部门确定。",
    "The points are those of the post for the whole year. They follow from the team's "
    "points and the post's own items, as the rule sheet says. If a post changed hands, "
    "each holder has a row with their days in post. The department using the result "
    "decides how to divide the points.",
)


def receipt_number(year: int, number: int, count: int) -> str:
    """The number of a receipt: the year, which hand-over, the how-many-eth that acknowledged it."""
    return f"{year}-{number}-{count:02}"
