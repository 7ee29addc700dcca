"""The columns of the tables of a hand-over, each declared once for every file, the pages and the schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from assess.core.columns import TableColumn, for_programs, titles_of
from assess.core.handover import words
from assess.core.handover.content import (
    HandedMember,
    HandedRanking,
    HandedStanding,
    HandedUnit,
    Handover,
    HandoverChange,
    HandoverFieldChange,
)
from assess.core.result_units import headed
from assess.core.text import Text

POINTS: Final = Text("分", "points")


class HandedUnitRow(NamedTuple):
    """A row of the table of units."""

    handover: Handover
    unit: HandedUnit

    @property
    def check_code(self) -> Text:
        """The check code of the unit's scorecard in each language."""
        return Text(self.handover.code(self.unit.code, "zh"), self.handover.code(self.unit.code, "en"))


class HandedMemberRow(NamedTuple):
    """A row of the table of members."""

    number: int
    unit_name: Text | None
    member: HandedMember


class HandoverChangeRow(NamedTuple):
    """A row of the table of changes: a field of a unit or a member that differs."""

    number: int
    change: HandoverChange
    field: HandoverFieldChange

    @property
    def is_of_member(self) -> bool:
        """Whether a member differs."""
        return self.change.what == "member"


UNIT_COLUMNS: Final[tuple[TableColumn[HandedUnitRow], ...]] = (
    for_programs("number", lambda row: row.handover.number),
    TableColumn("unit", Text("代码", "Code"), 13, lambda row: row.unit.code, record_field="code"),
    TableColumn("name", Text("单位名称", "Unit name"), 26, lambda row: row.unit.name, is_bilingual=True),
    for_programs("group", lambda row: row.unit.group),
    TableColumn(
        "group",
        Text("分组", "Group"),
        width=14,
        value=lambda row: row.unit.group_title,
        is_bilingual=True,
        record_field="group_title",
    ),
    TableColumn(
        "state",
        Text("状态", "State"),
        width=12,
        value=lambda row: row.unit.state,
        shown=lambda row: words.STATES.get(row.unit.state, row.unit.state),
        meaning=Text("scored、blocked、not-scored或no-group", "scored, blocked, not-scored or no-group"),
    ),
    TableColumn(
        "total",
        Text("总分", "Total"),
        width=10,
        value=lambda row: row.unit.total,
        is_number=True,
        meaning=Text("最终总分；未计分的为空", "the final total; null if not scored"),
    ),
    TableColumn(
        "rank",
        Text("名次", "Rank"),
        width=8,
        value=lambda row: row.unit.rank,
        is_number=True,
        meaning=Text(
            "组内名次，并列可为半数；未排名的为空",
            "the rank in the group, a half if ties share it; null if not ranked",
        ),
    ),
    TableColumn(
        "of",
        Text("参加排名数", "Units ranked"),
        width=11,
        value=lambda row: row.unit.of,
        is_number=True,
        meaning=Text("组内参加排名的单位数", "how many units of the group are ranked"),
    ),
    for_programs("grade", lambda row: row.unit.grade),
    TableColumn(
        "grade",
        Text("等次", "Grade"),
        width=12,
        value=lambda row: row.unit.grade_title,
        is_bilingual=True,
        record_field="grade_title",
    ),
    TableColumn(
        "converted",
        Text("折算分", "Converted points"),
        width=11,
        value=lambda row: row.unit.converted,
        is_number=True,
        meaning=Text("折算计入绩效的分数", "points of the performance evaluation"),
    ),
    TableColumn(
        "adjustments",
        Text("加减分和等次调整", "Adjustments"),
        width=44,
        value=lambda row: row.unit.adjusted,
        is_bilingual=True,
        meaning=Text("生效的加减分和等次调整", "the adjustments that took effect"),
    ),
    TableColumn(
        "check_code",
        Text("考核结果单校验码", "Scorecard check code"),
        width=18,
        value=lambda row: row.check_code,
        is_bilingual=True,
    ),
)
MEMBER_COLUMNS: Final[tuple[TableColumn[HandedMemberRow], ...]] = (
    for_programs("number", lambda row: row.number),
    TableColumn("unit", Text("代码", "Code"), 13, lambda row: row.member.unit),
    TableColumn(
        "unit", Text("单位", "Unit"), 26, lambda row: row.unit_name, is_bilingual=True, record_field="unit_name"
    ),
    for_programs("post", lambda row: row.member.post),
    TableColumn(
        "post",
        Text("职务", "Post"),
        width=30,
        value=lambda row: row.member.post_title,
        is_bilingual=True,
        record_field="post_title",
    ),
    TableColumn(
        "name",
        Text("姓名", "Name"),
        width=16,
        value=lambda row: row.member.name,
        shown=lambda row: row.member.name or words.NOBODY,
        meaning=Text("姓名；无人登记的职务为空文本", "the name; empty if no one is entered for the post"),
    ),
    TableColumn(
        "first",
        Text("任职起", "In post from"),
        width=13,
        value=lambda row: row.member.first,
        meaning=Text("本年度内任职的第一天", "the first day of the year in the post"),
    ),
    TableColumn(
        "last",
        Text("任职止", "until"),
        width=13,
        value=lambda row: row.member.last,
        meaning=Text("本年度内任职的最后一天", "the last day of the year in the post"),
    ),
    TableColumn(
        "days",
        Text("在任天数", "Days in post"),
        width=11,
        value=lambda row: row.member.days,
        is_number=True,
        meaning=Text("本年度在任天数", "how many days of the year in the post"),
    ),
    TableColumn("of_days", Text("全年天数", "Days in year"), 10, lambda row: row.member.of_days, is_number=True),
    TableColumn(
        "points",
        Text("职务得分", "Points of the post"),
        width=12,
        value=lambda row: row.member.points,
        is_number=True,
        meaning=Text(
            "该职务全年的得分，不按天数分摊", "the points of the post for the whole year, not divided by days"
        ),
    ),
)
TITLES: Final = {"unit": titles_of(UNIT_COLUMNS), "member": titles_of(MEMBER_COLUMNS)}
"""What the fields of a unit and of a member are called."""


def field_called(what: str, field: str) -> Text:
    """What a field of a unit or of a member is called."""
    return TITLES[what].get(field, Text.same(field))


CHANGE_COLUMNS: Final[tuple[TableColumn[HandoverChangeRow], ...]] = (
    for_programs("number", lambda row: row.number),
    TableColumn(
        "what",
        Text("对象", "Unit or member"),
        width=9,
        value=lambda row: row.change.what,
        shown=lambda row: words.RECORD_LABELS[row.change.what],
    ),
    for_programs("step", lambda row: row.change.step),
    TableColumn("unit", Text("代码", "Code"), 13, lambda row: row.change.unit),
    TableColumn("unit", Text("单位", "Unit"), 26, lambda row: row.change.unit_name, is_bilingual=True),
    for_programs("post", lambda row: row.change.post),
    TableColumn("", Text("职务", "Post"), 28, lambda row: row.change.post_title if row.is_of_member else None),
    TableColumn(
        "name",
        Text("姓名", "Name"),
        width=16,
        value=lambda row: row.change.name,
        shown=lambda row: (row.change.name or words.NOBODY) if row.is_of_member else None,
    ),
    for_programs("turn", lambda row: row.change.turn),
    TableColumn("", Text("变动", "Change"), 10, lambda row: words.STEPS[row.change.step]),
    TableColumn(
        "field",
        Text("项目", "Field"),
        width=20,
        value=lambda row: row.field.field,
        shown=lambda row: field_called(row.change.what, row.field.field),
    ),
    TableColumn(
        "old",
        Text("原值", "Old"),
        width=28,
        value=lambda row: words.value_kept(row.field.field, row.field.old),
        shown=lambda row: words.value_told(row.field.field, row.field.old),
        is_bilingual=True,
    ),
    TableColumn(
        "new",
        Text("新值", "New"),
        width=28,
        value=lambda row: words.value_kept(row.field.field, row.field.new),
        shown=lambda row: words.value_told(row.field.field, row.field.new),
        is_bilingual=True,
    ),
)


class HandedStandingRow(NamedTuple):
    """A row of the table of other rankings."""

    ranking: HandedRanking
    name: Text | None
    standing: HandedStanding


STANDING_COLUMNS: Final[tuple[TableColumn[HandedStandingRow], ...]] = (
    TableColumn("unit", Text("代码", "Code"), 13, lambda row: row.standing.unit),
    TableColumn("name", Text("单位名称", "Unit name"), 26, lambda row: row.name, is_bilingual=True),
    for_programs("result", lambda row: row.ranking.id),
    TableColumn("ranking", Text("排名", "Ranking"), 26, lambda row: row.ranking.title, is_bilingual=True),
    TableColumn("score", Text("得分", "Score"), 12, lambda row: row.standing.score, is_number=True),
    TableColumn(
        "counted",
        Text("得分单位", "Counted in"),
        width=10,
        value=lambda row: row.ranking.unit_of_result or POINTS,
        is_bilingual=True,
    ),
    TableColumn("rank", Text("名次", "Rank"), 8, lambda row: row.standing.rank, is_number=True),
    TableColumn("of", Text("参加排名数", "Units ranked"), 11, lambda row: row.standing.of, is_number=True),
    TableColumn("grade", Text("等次", "Grade"), 12, lambda row: row.standing.grade_title, is_bilingual=True),
)


def standing_rows(handover: Handover) -> Iterator[HandedStandingRow]:
    """One row a unit and ranking, ranking by ranking."""
    names = handover.names
    return (
        HandedStandingRow(ranking, names.get(each.unit), each)
        for ranking in handover.rankings
        for each in ranking.standings
    )


def unit_columns(unit_of_result: Text | None) -> tuple[TableColumn[HandedUnitRow], ...]:
    """The columns of units, totals headed with what they are counted in."""
    return tuple(
        replace(each, title=headed(each.title, unit_of_result)) if each.name == "total" else each
        for each in UNIT_COLUMNS
    )


def unit_rows(handover: Handover) -> Iterator[HandedUnitRow]:
    """One row a unit."""
    return (HandedUnitRow(handover, unit) for unit in handover.units)


def member_rows(handover: Handover) -> Iterator[HandedMemberRow]:
    """One row a member."""
    names = handover.names
    return (HandedMemberRow(handover.number, names.get(member.unit), member) for member in handover.members)


def change_rows(handover: Handover) -> Iterator[HandoverChangeRow]:
    """One row a field that differs from the hand-over before."""
    return (HandoverChangeRow(handover.number, change, field) for change in handover.changes for field in change.fields)
