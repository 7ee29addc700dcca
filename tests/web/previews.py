"""Every document that is previewed before it is accepted, uploaded to a full house that has a year of three units."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final

import openpyxl
from flask import Flask
from werkzeug.test import TestResponse

from tests.services.evidence import FIGURE
from tests.services.setting_up import FIRST_UNITS, RULE_TEXT, TASK_TEXT
from tests.web.forms import PageForm, forms_of
from tests.web.hostile import multipart, pairs_of
from tests.web.markup import Markup
from tests.years import CHAOWAI, JIANWAI, RULES

SET_UP: Final = "/2026/setup"
FIGURES = (RULES / "figures-2025.csv").read_text(encoding="utf-8-sig").splitlines()
OURS = [line for line in FIGURES if line.startswith((JIANWAI, CHAOWAI))]
RESULTS = {"units": [{"unit": JIANWAI, "total": "88.5"}, {"unit": CHAOWAI, "total": "80"}]}
PEOPLE = ["账号,姓名,邮箱,角色,单位,部门", "li.na,李娜,,街乡工作人员,建外街道,", "office,office,,考核办,,"]
TEAMS = ["单位,职务,姓名", "建外街道,Party secretary,王建国", "朝外街道,Party secretary,李明"]
DOCUMENTS: Final[Mapping[str, tuple[str, str]]] = {
    f"{SET_UP}/units": ("units.csv", "\n".join(FIRST_UNITS[:4]).replace("Jianwai", "New Jianwai")),
    f"{SET_UP}/rules": ("rules.yaml", RULE_TEXT.replace("2026年街乡环境保护考核评分表", "街乡评分表", 1)),
    f"{SET_UP}/tasks": ("tasks.yaml", TASK_TEXT),
    f"{SET_UP}/previous/figures": ("figures.csv", "\n".join([FIGURES[0], *OURS[:20]])),
    f"{SET_UP}/previous/results": ("results.json", json.dumps(RESULTS)),
    f"{SET_UP}/teams": ("teams.csv", "\n".join(TEAMS)),
    "/people/load": ("people.csv", "\n".join(PEOPLE)),
}
"""What the office uploads where, by name and content."""
FORM: Final = f"/2026/form/{JIANWAI}/workbook"

Preview = tuple[str, str, TestResponse]
"""Who sees it, at which address, and the page."""


def previews_in(app: Flask, cookies: Mapping[str, str]) -> Iterator[Preview]:
    """The preview of each document."""
    client = app.test_client(use_cookies=False)

    def get(who: str, address: str) -> TestResponse:
        return client.get(address, headers={"Cookie": cookies[who]}, buffered=True)

    def uploaded(who: str, address: str, name: str, data: bytes) -> Preview:
        form = form_in(get(who, address))
        kind, body = multipart(pairs_of({"csrf_token": form.values["csrf_token"]}), [("file", name, data)])
        headers = {"Cookie": cookies[who]}
        answer = client.post(form.action, data=body, content_type=kind, headers=headers, buffered=True)
        assert answer.status_code in (200, 303), (address, answer.text)
        page = answer.location or address
        shown = get(who, page) if answer.location else answer
        assert shown.status_code == 200, (page, shown.text)
        return who, page, shown

    for address, (name, text) in DOCUMENTS.items():
        yield uploaded("office", address, name, text.encode())
    yield uploaded(JIANWAI, f"{FORM}/upload", "form.xlsx", filled_in(get(JIANWAI, FORM).data))


def filled_in(book: bytes) -> bytes:
    """The workbook of a form with the words of its first question changed."""
    opened = openpyxl.load_workbook(BytesIO(book))
    sheet = opened.worksheets[1]
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == FIGURE)
    sheet[f"K{row}"] = "as the ledger says"
    told = BytesIO()
    opened.save(told)
    return told.getvalue()


def form_in(answer: TestResponse) -> PageForm:
    """The form in the main part of a page that takes a file."""
    return next(form for form in forms_of(Markup(answer.text), answer.request.path) if form.multipart)
