"""The headings of a file of findings: what each column may be called, and where the headings stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assess.core.evidence.heads import HEADING_ROWS, Line, own_line
from assess.core.evidence.names import ALSO_LEFT_ALONE, LEFT_ALONE, UNIT_HEADINGS, plain_heading
from assess.core.evidence.pages import EvidencePage
from assess.core.text import Text

COLUMNS: Final[Mapping[str, Text]] = {
    "external": Text("工单编号", "work order"),
    "source": Text("问题来源", "source"),
    "unit": Text("所属街乡", "unit"),
    "kind": Text("问题类型", "kind"),
    "domain": Text("领域", "domain"),
    "what": Text("问题描述", "what was found"),
    "place": Text("问题地点", "place"),
    "found_on": Text("发现日期", "found on"),
    "deadline": Text("整改期限", "deadline"),
    "responsible": Text("责任人", "responsible person"),
    "standard": Text("依据", "standard"),
    "longitude": Text("经度", "longitude"),
    "latitude": Text("纬度", "latitude"),
}
"""What the columns of the template are called, in its order, by what they hold."""
REQUIRED: Final = ("unit", "kind", "what", "place", "found_on")

ALSO: Final[Mapping[str, str]] = {
    "external": "工单号 诉求编号 诉求工单编号 事件编号 案件编号 案卷编号 问题编号 任务编号 投诉编号 外部编号 "
    "order no|external number|ticket",
    "source": "来源 问题来源渠道 发现方式 发现途径 source of the finding|how found",
    "unit": "所属街道 所属街道乡镇 街乡镇 街镇 属地 属地街乡 属地街道 所属属地 责任单位 承办单位 主办单位 处置单位 "
    "整改单位 责任主体单位",
    "kind": "类型 类别 问题类别 问题分类 诉求类型 诉求分类 问题小类 小类 小类名称 案件类型 事件类型 kind of finding|"
    "type|category",
    "domain": "所属领域 要素 环境要素 专业领域 field",
    "what": "问题 问题内容 诉求内容 反映内容 投诉内容 工单内容 主要内容 事件描述 案件描述 描述 问题情况 情况 内容 "
    "诉求标题 工单标题 标题 what|description|finding",
    "place": "地点 地址 位置 详细地址 问题地址 诉求地址 诉求地点 事发地址 事发地点 发生地址 发生地点 发现地点 点位 "
    "点位名称 location|address",
    "found_on": "发现时间 检查日期 检查时间 巡查日期 巡查时间 受理时间 受理日期 诉求时间 来电时间 反映时间 登记时间 "
    "上报时间 派单时间 日期 时间 date|date found|received",
    "deadline": "整改时限 整改截止日期 整改完成时限 办理时限 办理期限 办结时限 办结期限 处置时限 处理时限 截止日期 "
    "截止时间 期限 时限 due|due date",
    "responsible": "整改责任人 责任人姓名 负责人 承办人 包点责任人 responsible",
    "standard": "标准 标准依据 依据标准 标准/依据 检查标准 依据条款 违反条款 clause|basis",
    "longitude": "lng|lon|x坐标 gps经度",
    "latitude": "lat|y坐标 gps纬度",
}
"""What else they are called, the likeliest first; names with blanks are parted by strokes."""
PARTED: Final = re.compile(r"[|]| (?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) ")
BRACKETED: Final = re.compile(r"(.+)\([^()]*\)")
SEVERAL: Final = re.compile(r"[/、或]")
"""Between the names of a heading that has several."""
MAX_LINES: Final = 3
"""So many rows headings have at most."""


def accepted_spellings() -> dict[str, tuple[str, int]]:
    """What each heading means, and how well it says so: a smaller number goes first."""
    found: dict[str, tuple[str, int]] = {}
    for column, called in COLUMNS.items():
        for rank, way in enumerate((*called, *filter(None, PARTED.split(ALSO[column])))):
            found.setdefault(plain_heading(way), (column, rank))
    for way in sorted(UNIT_HEADINGS):
        found.setdefault(way, ("unit", len(found)))
    return found


ACCEPTED_HEADINGS: Final = accepted_spellings()


def meaning_of(heading: str) -> tuple[str, int] | None:
    """Which column a heading stands over, and how well it says so; None where it is none of ours."""
    plain = plain_heading(heading)
    bracketed = BRACKETED.fullmatch(plain)
    ways = (plain, bracketed[1] if bracketed else plain, *SEVERAL.split(plain))
    return next((ACCEPTED_HEADINGS[way] for way in ways if way in ACCEPTED_HEADINGS), None)


def is_left_alone(heading: str) -> bool:
    """Whether a heading is for running numbers, remarks or our own marks, of which nothing is said."""
    plain = plain_heading(heading)
    return plain.startswith(LEFT_ALONE) or plain in ALSO_LEFT_ALONE


@dataclass(frozen=True, slots=True, eq=False)
class FindingHeadings:
    """The headings of a sheet.

    Attributes:
        line: each heading by its column.
        columns: the columns that hold each thing, the one whose heading says it best first.
        start: the position of the first row below.
        last: the number of the last row of headings.
    """

    line: Line
    columns: Mapping[str, Sequence[int]]
    start: int
    last: int


def heads_of(page: EvidencePage) -> FindingHeadings | None:
    """The headings of a sheet, in the first row that names at least two things that a finding must have."""
    for position, (number, cells) in enumerate(page.rows[:HEADING_ROWS]):
        columns = columns_in(own_line(page, number, cells))
        if sum(name in columns for name in REQUIRED) > 1:
            return whole_heads(page, position)
    return None


def columns_in(line: Line) -> dict[str, list[int]]:
    """The columns of a line that hold each thing."""
    found: dict[str, list[tuple[int, int]]] = {}
    for column, heading in sorted(line.items()):
        meaning = meaning_of(heading.text)
        if meaning is not None:
            found.setdefault(meaning[0], []).append((meaning[1], column))
    return {name: [column for _, column in sorted(ranked)] for name, ranked in found.items()}


def whole_heads(page: EvidencePage, position: int) -> FindingHeadings:
    """The headings that begin in a row, with those right below it as far as cells of it are merged downwards."""
    number, cells = page.rows[position]
    line = own_line(page, number, cells)
    ends = [bottom for (top, left), (bottom, _) in page.merged if top == number and left in line]
    last = min(max([number, *ends]), number + MAX_LINES - 1)
    start = position + 1
    for below, texts in page.rows[position + 1 :]:
        if below > last:
            break
        line, start = {**line, **own_line(page, below, texts)}, start + 1
    return FindingHeadings(line, columns_in(line), start, last)


def headings_of(column: str) -> Text:
    """A few of the ways to write a heading, for people."""
    others = [way for way in PARTED.split(ALSO[column]) if way]
    chinese = [way for way in others if not way.isascii()][:3]
    english = [way for way in others if way.isascii()][:2]
    return Text("、".join(chinese), ", ".join(english or chinese))
