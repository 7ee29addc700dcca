"""The columns of a hand-over: each stands in every file, on the pages and in the schema, without a word there."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from assess.core.columns import TableColumn, headings_of
from assess.core.handover import columns
from assess.core.text import Language, Text
from assess.settings import Settings
from assess.store.session import Database
from tests.services.handovers import a_sealed_year, hand
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import Page, visit

SHOWN = "/2026/hand-overs/1"
TABLES = {
    "units": (SHOWN, "UNIT_CELLS", columns.UNIT_COLUMNS),
    "members": (f"{SHOWN}/members", "MEMBER_CELLS", columns.MEMBER_COLUMNS),
}


@pytest.fixture
def receiver(database: Database, settings: Settings, sign_in_as: SignInAs) -> FlaskClient:
    """A receiver of a hand-over, who reads English."""
    people = a_sealed_year(database, settings.uploads)
    hand(database, people["office"], settings.uploads)
    return english(sign_in_as("receiver"))


@pytest.mark.parametrize("name", TABLES)
def test_every_column_stands_in_every_file_on_the_page_and_in_the_schema(receiver: FlaskClient, name: str):
    page, cells, shown = TABLES[name]
    files = files_of(receiver, visit(receiver, SHOWN))
    fields = {column.field for column in shown}
    [record] = {frozenset(each) for each in json.loads(files[".json"])[name]}
    schema = receiver.get("/api/v1/handover.schema.json").get_json()["properties"][name]["items"]["properties"]

    assert next(csv.reader(StringIO(files[f"-{name}.csv"].decode("utf-8-sig")))) == headings_of(shown)
    assert headings_in_book(files["-zh.xlsx"], name) == titles(shown, "zh")
    assert headings_in_book(files["-en.xlsx"], name) == titles(shown, "en")
    assert record <= fields
    assert set(schema) == record
    more = titles(further(receiver, cells, shown), "en")
    assert [title for title in table_on(visit(receiver, page))[0] if title in more] == more


def test_a_column_that_pages_have_no_cell_for_comes_last_on_each(
    receiver: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    title, value = Text("甲", "New column"), Text("乙", "its value")
    added: TableColumn[Any] = TableColumn("added", title, 10, lambda row: value, is_bilingual=True)
    for name in ("UNIT_COLUMNS", "MEMBER_COLUMNS"):
        monkeypatch.setattr(columns, name, (*getattr(columns, name), added))

    for page, _, _ in TABLES.values():
        head, *rows = table_on(visit(receiver, page))
        assert (head[-1], {row[-1] for row in rows}) == (title.en, {value.en})
    summary = visit(receiver, f"{SHOWN}/summary")
    assert f"{title.en} {value.en}" in summary.main
    assert table_on(summary)[0][-1] == title.en


def files_of(client: FlaskClient, page: Page) -> dict[str, bytes]:
    """The files that a page offers, by how their names end after the number of the hand-over."""
    found = (client.get(link, buffered=True) for link in page.links.values() if f"{SHOWN}/files/" in link)
    named = {answer.headers["Content-Disposition"].rpartition("handover-2026-1")[2]: answer.data for answer in found}
    return {ending.strip('"'): data for ending, data in named.items()}


def headings_in_book(book: bytes, name: str) -> list[Any]:
    """The headings of a table of a workbook."""
    sheet = openpyxl.load_workbook(BytesIO(book)).worksheets[list(TABLES).index(name)]
    return [cell.value for cell in sheet[4]]


def titles(shown: Iterable[TableColumn[Any]], language: Language) -> list[str]:
    """What readers call columns."""
    return [column.title.localized(language) for column in shown if column.is_for_readers]


def further(client: FlaskClient, cells: str, shown: Iterable[TableColumn[Any]]) -> list[TableColumn[Any]]:
    """The columns that the pages have no cells of their own for."""
    parts = client.application.jinja_env.get_template("handover/parts.html").module
    return [column for column in shown if column.is_for_readers and column.name not in getattr(parts, cells)]


def table_on(page: Page) -> list[list[str]]:
    """The rows of the table of units or members, with the heads."""
    return next(rows for caption, rows in page.tables.items() if caption.startswith(("Units: ", "Members: ")))
