"""The files of a hand-over, whole: tables for programs, workbooks for people, and the JSON that it is read from."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from assess.core.handover.content import Handover, Points
from assess.core.handover.words import FileKind
from assess.core.text import Text
from assess.files.handover import FILES, read_data
from tests.handovers import MONEY, A, B, a_handover, a_member, a_unit

FIRST = a_handover()
SECOND = a_handover(
    after=FIRST,
    units=(a_unit(total=Points("93.60")), FIRST.units[1]),
    members=(a_member(), a_member(B, name="", first=None, last=None, days=0, points=Points("8.80"))),
)


def made(handover: Handover) -> dict[tuple[str, str | None], bytes]:
    return {(each.kind.value, each.language): each.made(handover) for each in FILES if each.belongs(handover)}


def test_tables_for_programs_are_written_as_they_are_read_and_no_name_becomes_a_formula():
    first, second = made(FIRST), made(SECOND)

    assert first["units", None].decode("utf-8-sig").split("\r\n") == [
        "number,unit,name_zh,name_en,group,group_zh,group_en,state,total,rank,of,grade,grade_zh,grade_en,converted,"
        "adjustments_zh,adjustments_en,check_code_zh,check_code_en",
        "1,110105001,建外街道,Jianwai Subdistrict,urban,城区街道,Urban streets,scored,93.50,1,2,excellent,优秀,"
        "Excellent,9.35,,,110105001-zh,110105001-en",
        "1,110105002,'=朝外街道,'=Chaowai Subdistrict,urban,城区街道,Urban streets,scored,88.00,2,2,good,良好,Good,"
        "8.80,迟报：等次不高于良好,Late reports: no better grade than Good,110105002-zh,110105002-en",
        "",
    ]
    assert first["members", None].decode("utf-8-sig").split("\r\n") == [
        "number,unit,unit_zh,unit_en,post,post_zh,post_en,name,first,last,days,of_days,points",
        "1,110105001,建外街道,Jianwai Subdistrict,head,主任,Head,王建国,2026-01-01,2026-12-31,365,365,9.35",
        "1,110105002,'=朝外街道,'=Chaowai Subdistrict,head,主任,Head,'=1+1,2026-01-01,2026-12-31,365,365,8.80",
        "",
    ]
    about = "110105002,'=朝外街道,'=Chaowai Subdistrict,head"
    changes = second["changes", None].decode("utf-8-sig").split("\r\n")
    assert ("changes", None) not in first
    assert changes[:3] == [
        "number,what,step,unit,unit_zh,unit_en,post,name,turn,field,old_zh,old_en,new_zh,new_en",
        "2,unit,changed,110105001,建外街道,Jianwai Subdistrict,,,0,total,93.50,93.50,93.60,93.60",
        f"2,member,added,{about},,0,unit,,,110105002,110105002",
    ]
    assert f"2,member,added,{about},,0,days,,,0,0" in changes
    assert f"2,member,removed,{about},'=1+1,0,name,'=1+1,'=1+1,," in changes


def test_the_file_of_everything_has_a_unit_a_line_and_is_read_again():
    for handover in (FIRST, SECOND):
        data = made(handover)["data", None]
        assert read_data(data) == handover

    lines = made(FIRST)["data", None].decode().splitlines()
    assert lines[:6] == [
        '{"format": "assess-handover-1",', '"year": 2026,',
        '"title": {"zh": "2026年考核", "en": "Assessment of 2026"},',
        '"demonstration": true,', '"number": 1,', '"replaces": null,',
    ]  # fmt: skip
    assert sum(line.startswith('{"code": ') for line in lines) == 2


@pytest.mark.parametrize(("language", "sheets"), [
    ("zh", ["各单位结果", "领导班子成员", "更正内容", "说明"]),
    ("en", ["Units", "Leadership team members", "Corrections", "Notes"]),
])  # fmt: skip
def test_workbooks_hold_numbers_as_numbers_and_text_as_text(language: str, sheets: list[str]):
    data = made(SECOND)["book", language]
    book = openpyxl.load_workbook(BytesIO(data))
    rows = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)] for sheet in book}
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    is_zh = language == "zh"

    assert book.sheetnames == sheets
    assert kinds == {"s", "n"}
    assert rows[sheets[0]][0] == (
        [A, "建外街道", "城区街道", "已计分", 93.6, 1, 2, "优秀", 9.35, None, f"{A}-zh"] if is_zh
        else [A, "Jianwai Subdistrict", "Urban streets", "Scored", 93.6, 1, 2, "Excellent", 9.35, None, f"{A}-en"]
    )  # fmt: skip
    assert rows[sheets[1]][1] == (
        [B, "=朝外街道", "主任", "未登记", None, None, 0, 365, 8.8] if is_zh
        else [B, "=Chaowai Subdistrict", "Head", "not entered", None, None, 0, 365, 8.8]
    )  # fmt: skip
    assert rows[sheets[2]][0] == (
        ["单位", A, "建外街道", None, None, "更正", "总分", "93.50", "93.60"] if is_zh
        else ["Unit", A, "Jianwai Subdistrict", None, None, "corrected", "Total", "93.50", "93.60"]
    )  # fmt: skip
    assert len(rows[sheets[2]]) == 1 + 2 * 7
    assert book[sheets[0]]["E5"].number_format == "0.00"


def test_the_same_hand_over_has_the_same_bytes_and_every_file_a_name_of_its_own():
    assert made(SECOND) == made(SECOND)
    assert [each.name(SECOND) for each in FILES] == [
        "handover-2026-2-zh.xlsx", "handover-2026-2-en.xlsx", "handover-2026-2-units.csv",
        "handover-2026-2-members.csv", "handover-2026-2-rankings.csv", "handover-2026-2-changes.csv",
        "handover-2026-2.json",
    ]  # fmt: skip
    assert {each.kind for each in FILES} == set(FileKind)


def test_the_workbook_heads_totals_of_money_and_has_a_sheet_of_other_rankings():
    rules = FIRST.rules._replace(unit_of_result=Text("元", "yuan"))
    book = openpyxl.load_workbook(BytesIO(made(FIRST._replace(rules=rules, rankings=(MONEY,)))["book", "en"]))

    assert "Total (yuan)" in [cell.value for cell in book["Units"][4]]
    assert [[cell.value for cell in row] for row in book["Other rankings"].iter_rows(min_row=4)] == [
        ["Code", "Unit name", "Ranking", "Score", "Counted in", "Rank", "Units ranked", "Grade"],
        [A, "Jianwai Subdistrict", "Award", 30, "yuan", 1, 1, "Good"],
        [B, "=Chaowai Subdistrict", "Award", None, "yuan", None, None, None],
    ]


def test_other_rankings_are_a_table_for_programs_where_the_sheet_has_some():
    assert ("rankings", None) not in made(FIRST)
    data = made(FIRST._replace(rankings=(MONEY,)))["rankings", None]

    assert data.decode("utf-8-sig").splitlines() == [
        "unit,name_zh,name_en,result,ranking_zh,ranking_en,score,counted_zh,counted_en,rank,of,grade_zh,grade_en",
        f"{A},建外街道,Jianwai Subdistrict,money,奖励金,Award,30.00,元,yuan,1,1,良好,Good",
        f"{B},'=朝外街道,'=Chaowai Subdistrict,money,奖励金,Award,,元,yuan,,,,",
    ]
