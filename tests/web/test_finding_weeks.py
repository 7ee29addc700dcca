"""The week of findings on screen, as a workbook and as a document, in both languages."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from assess.store.models import Cycle
from assess.store.session import Database
from tests.queries import counted
from tests.services.findings import DUST, a_ledger, record
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.finding_pages import LEDGER, stop_the_clock
from tests.web.pages import visit
from tests.years import JIANWAI, NOW

WEEKS = f"{LEDGER}/weeks"
MONDAY = NOW + timedelta(days=3)


def test_the_last_week_is_shown_and_any_other_chosen_and_both_files_taken_away(
    app: Flask, database: Database, sign_in_as: SignInAs
):
    stop_the_clock(app).append(MONDAY)
    a_ledger(database)
    record(database, DUST._replace(deadline="2026-11-25", what="=1+1", responsible="王建国"))
    leader = english(sign_in_as("leader"))

    with counted(database) as asked:
        page = visit(leader, WEEKS)

    assert len(asked) <= 10
    assert "Week 48 of 2026 (2026-11-23 to 2026-11-29)" in page.main
    assert page.tables["Units"] == [
        [
            "Unit",
            "Open at start",
            "New",
            "Assigned",
            "Reported",
            "Returned",
            "Closed",
            "Open at end",
            "Overdue at end",
            "Repeats",
        ],
        ["Total", "0", "1", "1", "0", "0", "0", "1", "1 overdue", "0"],
        ["Jianwai Subdistrict", "0", "1", "1", "0", "0", "0", "1", "1 overdue", "0"],
        ["Chaowai Subdistrict", *"00000000", "0"],
    ]
    assert page.tables["Longest overdue"][1] == [
        "1", "Jianwai Subdistrict", "Dust", "建国路 88 号: =1+1", "王建国", "25 November 2026", "4 days overdue",
    ]  # fmt: skip
    assert "Units with no new findings 1 in total: Chaowai Subdistrict." in page.main
    assert "The week is not over" in visit(leader, page.links["Next week"]).main
    assert visit(leader, page.links["Previous week"]).form().values["week"] == "2026-11-16"
    assert "Week 48" in visit(leader, f"{WEEKS}?week=nonsense").main
    for name in ("Download as Excel", "Download as PDF, to print and sign"):
        first, second = (leader.get(page.links[name]) for _ in range(2))
        assert (first.status_code, first.data == second.data) == (200, True)
    assert first.headers["Content-Disposition"] == "attachment; filename=findings-2026-W48.pdf"
    assert leader.get(f"{WEEKS}/2026-12-07.pdf").status_code == 404
    assert sign_in_as(JIANWAI).get(WEEKS).status_code == 403


def somebody_with_one_overdue(app: Flask, database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """A leader, on the Monday after a week in which one finding came to be overdue."""
    stop_the_clock(app).append(MONDAY)
    a_ledger(database)
    record(database, DUST._replace(deadline="2026-11-25", what="=1+1", responsible="=2+2"))
    leader = sign_in_as("leader")
    leader.set_cookie("language", "zh")
    return leader


def lines_of(paper: bytes, folder: Path) -> list[str]:
    """The lines of a document, every run of blanks as one."""
    (folder / "week.pdf").write_bytes(paper)
    command = ["pdftotext", "-layout", folder / "week.pdf", "-"]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return [" ".join(line.split()) for line in told.splitlines() if line.strip()]


@pytest.mark.needs("pdftotext")
def test_the_document_tells_the_whole_week_and_marks_a_demonstration(
    app: Flask, database: Database, sign_in_as: SignInAs, tmp_path: Path
):
    leader = somebody_with_one_overdue(app, database, sign_in_as)
    marked = leader.get(f"{WEEKS}/2026-11-23.pdf").data
    with database.writing() as session:
        session.query(Cycle).update({Cycle.demonstration: False})

    assert lines_of(marked, tmp_path)[0] == "演示数据 · 非真实结果"
    assert lines_of(leader.get(f"{WEEKS}/2026-11-23.pdf").data, tmp_path) == [
        "2026年考核", "生态环境问题整改周报", "2026年第48周（2026-11-23至2026-11-29）", "一、总体情况",
        "本周新增问题1个，交办1个；单位报送整改0次，复核退回0次，销账0个。",
        "期初未销账0个，加新增1个、重新整改0个，减销账0个、作废0个，期末未销账1个。",
        "期末逾期未整改1个，期初为0个；本周认定重复0个。",
        "本周录入的记录中，有2条所记事项发生在本周之前。",
        "二、各单位情况", "单位 期初未销账 新增 交办 报送整改 复核退回 销账 期末未销账 期末逾期 认定重复",
        "合计 0 1 1 0 0 0 1 1 0", "建外街道 0 1 1 0 0 0 1 1 0", "朝外街道 0 0 0 0 0 0 0 0 0",
        "三、各领域情况", "领域 期初未销账 新增 交办 报送整改 复核退回 销账 期末未销账 期末逾期 认定重复",
        "合计 0 1 1 0 0 0 1 1 0", "大气 0 1 1 0 0 0 1 1 0",
        *(f"{name} 0 0 0 0 0 0 0 0 0" for name in ("水", "土壤和固废", "噪声", "生态", "其他")),
        "四、逾期时间最长的问题", "编号 单位 类型 地点和问题 责任人 整改期限 逾期天数",
        "1 建外街道 扬尘 建国路 88 号：=1+1 =2+2 2026-11-25 4", "五、本周无新增问题的单位", "共1个：朝外街道。",
        ("本表按台账录入时间统计，本周录入的记录计入本周，各周结束后不再变动。"
         "逾期以2026-11-29为准，期限当日不计逾期。"),
        "制表（签字）：", "审核（签字）： （单位公章）", "签发（签字）： ________ 年 _____ 月 _____ 日",
        "2026年考核 第1页，共1页",
    ]  # fmt: skip


def test_nothing_typed_becomes_a_formula_in_the_workbook(app: Flask, database: Database, sign_in_as: SignInAs):
    leader = somebody_with_one_overdue(app, database, sign_in_as)

    book = leader.get(f"{WEEKS}/2026-11-23.xlsx").data

    sheets = openpyxl.load_workbook(BytesIO(book))
    assert sheets.sheetnames == ["总体情况", "各单位情况", "各领域情况", "逾期时间最长的问题"]
    units, longest = sheets["各单位情况"], sheets["逾期时间最长的问题"]
    assert [[cell.value for cell in row] for row in units.iter_rows(min_row=3)] == [
        ["演示数据，不是真实情况", *[None] * 9],
        ["单位", "期初未销账", "新增", "交办", "报送整改", "复核退回", "销账", "期末未销账", "期末逾期", "认定重复"],
        ["合计", 0, 1, 1, 0, 0, 0, 1, 1, 0],
        ["建外街道", 0, 1, 1, 0, 0, 0, 1, 1, 0],
        ["朝外街道", *[0] * 9],
    ]
    assert [(cell.value, cell.data_type) for cell in longest[5]][3:5] == [("建国路 88 号：=1+1", "s"), ("=2+2", "s")]
    for sheet in (units, longest):
        print_out = sheet.page_setup
        assert (sheet.freeze_panes, print_out.paperSize, print_out.orientation) == ("B5", 9, "landscape")
        assert sheet.print_title_rows == "$1:$4"
