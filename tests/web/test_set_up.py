from __future__ import annotations

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from assess.core.schema import MISSING_KEY
from assess.files.rule_sheets.starters import STARTERS
from assess.services.cycles import NO_REASON_TO_DELETE
from assess.store.session import Database
from tests.web.conftest import SignInAs
from tests.web.pages import Page, submit, visit
from tests.years import RULES, people


@pytest.fixture
def office(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """An officer at work, in English."""
    with database.writing() as session:
        people(session)
    client = sign_in_as("office")
    client.set_cookie("language", "en")
    return client


def shipped(name: str) -> tuple[BytesIO, str]:
    """A file of the demonstration year."""
    return BytesIO((RULES / name).read_bytes()), name


def uploaded(client: FlaskClient, path: str, file: tuple[BytesIO, str], status: int = 303) -> Page:
    """The page that comes of a file: its preview, or its flaws."""
    return submit(client, visit(client, path).form(), {"file": file}, status=status)


def test_the_office_sets_up_a_year_from_its_files(office: FlaskClient):
    new = visit(office, "/years/new")
    page = submit(office, new.form(), {"year": "2026", "title_zh": "2026年考核", "title_en": "Assessment of 2026"})
    assert page.path == "/2026/setup"

    preview = uploaded(office, "/2026/setup/units", shipped("units.csv"))
    assert preview.h1 == "Changes in the new list"
    units = submit(office, preview.form(), {})
    assert len(units.tables["Units: 43"]) == 44
    assert units.tables["Units: 43"][0][4:7] == ["Has an assessed river", "Water sections", "Has small waters"]
    assert units.tables["Units: 43"][1][:7] == ["Jianwai Subdistrict", "110105001", "street", "", "yes", "1", "no"]
    office.set_cookie("language", "zh")
    in_chinese = visit(office, "/2026/setup/units", language="zh")
    assert in_chinese.tables["43个单位"][1][:7] == ["建外街道", "110105001", "街道", "", "是", "1", "否"]
    office.set_cookie("language", "en")

    draft = submit(office, uploaded(office, "/2026/setup/rules", shipped("rule-sheet.yaml")).form(), {})
    assert draft.tables["Versions"][1][:2] == ["Version 1", "Draft"]
    published = submit(office, visit(office, "/2026/setup/rules/1").form(), {})
    assert "published on" in published.main

    tasks = submit(office, uploaded(office, "/2026/setup/tasks", shipped("tasks.yaml")).form(), {})
    assert len(tasks.tables["94 tasks in force"]) == 95

    figures = uploaded(office, "/2026/setup/previous/figures", shipped("figures-2025.csv"))
    assert figures.tables["Values by figure"][1] == ["PM2.5", "512", "43"]
    submit(office, figures.form(), {})
    template = office.get(visit(office, "/2026/setup/previous/results").links["Template with all units"]).data
    listed = load_workbook(BytesIO(template))["上年结果"]
    assert "建外街道" in {cell.value for cell in listed["A"]}
    submit(office, visit(office, "/2026/setup/previous/none/results").form(), {})

    visit(office, "/2026/setup", language=None)
    for path in ("/years", "/2026/setup", "/2026/setup/units", "/2026/setup/units/110105001", "/2026/setup/rules",
                 "/2026/setup/rules/1", "/2026/setup/tasks", "/2026/setup/previous"):  # fmt: skip
        office.set_cookie("language", "zh")
        assert visit(office, path).language == "zh"


def test_a_newcomer_begins_with_a_starter_sheet_and_publishes_it_from_the_page_of_versions(office: FlaskClient):
    submit(
        office, visit(office, "/years/new").form(), {"year": "2026", "title_zh": "2026年考核", "title_en": "Of 2026"}
    )
    page = visit(office, "/2026/setup/rules")
    starters = {text: at for text, at in page.links.items() if "/starters/" in at}
    assert len(starters) == len(STARTERS)
    assert "Scoring methods" in visit(office, page.links["Guide to rule sheets"]).tables
    assert visit(office, page.links["How to write a rule sheet"]).path == "/guides/rules"

    empty = office.get("/2026/setup/rules/starters/empty.xlsx").data
    missing = MISSING_KEY.format(key="items")
    assert missing.en in uploaded(office, "/2026/setup/rules", (BytesIO(empty), "empty.xlsx"), 422).text
    book = office.get("/2026/setup/rules/starters/fengtai-2023-09.xlsx").data
    draft = submit(office, uploaded(office, "/2026/setup/rules", (BytesIO(book), "rules.xlsx")).form(), {})
    version = visit(office, draft.links["Check and publish"])
    assert "The rule sheet is a draft and not issued." in version.main
    table = visit(office, version.links["Rule sheet as a table"])
    assert "Draft for consultation, not issued" in table.main
    submit(office, version.form(), {})
    assert "Check and publish" not in visit(office, "/2026/setup/rules").links


def test_what_a_sheet_most_likely_does_not_mean_is_shown_before_it_is_saved_and_beside_its_cells(office: FlaskClient):
    submit(
        office, visit(office, "/years/new").form(), {"year": "2026", "title_zh": "2026年考核", "title_en": "Of 2026"}
    )
    submit(office, uploaded(office, "/2026/setup/units", shipped("units.csv")).form(), {})
    text = (
        "id: odd\ntitle: Odd\nyear: 2026\nfigures: {green: {title: Green, kind: percent, from: unit}}\nmissing: zero\n"
        'groups: [{id: parks, title: Parks, where: kind == "park"}]\nitems:\n'
        "  - {id: green, title: Green, points: 100, method: ratio, figure: green, target: 50, better: higher, "
        "weight: 2, clause: 1}\n"
    )

    preview = uploaded(office, "/2026/setup/rules", (BytesIO(text.encode()), "odd.yaml"))
    assert preview.tables["The file"][1] == [
        "Line 6, column 11", "No unit matches the group Parks. Check its `where` or the list of units.",
    ]  # fmt: skip
    assert preview.tables["The file"][2][0] == "Line 8, column 102"
    assert len(preview.tables["Together with existing content"]) == 44
    submit(office, preview.form(), {})
    assert "`weight` has no effect here." in visit(office, "/2026/setup/rules/1").main
    book = load_workbook(BytesIO(office.get("/2026/setup/rules/1/rules.xlsx").data))
    (comment,) = [cell.comment.text for row in book["考核项"].iter_rows(min_row=3) for cell in row if cell.comment]
    assert comment.startswith("Warning: `weight` has no effect here.")
    again = uploaded(
        office, "/2026/setup/rules", (BytesIO(office.get("/2026/setup/rules/1/rules.xlsx").data), "b.xlsx"), 422
    )
    assert "The contents are identical to version 1" in again.text


def test_an_official_reads_the_rule_sheet_in_words(official: FlaskClient):
    official.set_cookie("language", "en")
    page = visit(official, visit(official, "/2026/stages").links["Rule sheet of the year"])

    items = {row[0]: row[1:] for row in page.tables["Sections and items"]}
    mark, way, _ = items["1.9 Open fires"]
    assert mark == "Streets 1, Townships 2"
    assert way.startswith("Deduct: lines [figure Open fires; points lost a step 0.25]; tasks 9, 10")
    official.set_cookie("language", "zh")
    in_chinese = {row[0]: row[2] for row in visit(official, page.path, language="zh").tables["各类各项"]}
    assert in_chinese["1.2 细颗粒物年均浓度排名"].startswith(
        "名次：数据项 细颗粒物（PM2.5）浓度；方向 越低越好；末名得分 0.4；对应任务 1"
    )
    limits = {row[0]: row[2] for row in page.tables["Bonuses, deductions and limits"]}
    told = "Grade cap: condition An environmental case listed for supervision; grade Good"
    assert limits["No top grade with a listed case"].startswith(told)


def test_a_year_made_by_mistake_is_deleted_while_empty_and_the_log_keeps_why(office: FlaskClient):
    submit(
        office, visit(office, "/years/new").form(), {"year": "2026", "title_zh": "2026年考核", "title_en": "Of 2026"}
    )
    submit(
        office, visit(office, "/years/new").form(), {"year": "2062", "title_zh": "2062年考核", "title_en": "Of 2062"}
    )
    question = visit(office, visit(office, "/2062/setup").links["Created by mistake? Delete this year"])
    assert NO_REASON_TO_DELETE.en in submit(office, question.form(), {"reason": ""}, status=422).errors[0]

    assert submit(office, question.form(), {"reason": "a slip of the keys"}).path == "/years"
    assert "2062" not in visit(office, "/years").tables["All years"][1]
    assert office.get("/2062/setup").status_code == 404
    assert "a slip of the keys" in visit(office, "/audit").main

    late = visit(office, "/2026/setup/delete").form()
    submit(office, uploaded(office, "/2026/setup/units", shipped("units.csv")).form(), {})
    assert "Created by mistake? Delete this year" not in visit(office, "/2026/setup").links
    submit(office, late, {"reason": "too late"}, status=409)
    assert not any(form.in_main for form in visit(office, "/2026/setup/delete").forms)
