"""A department's evidence goes out as a workbook and comes back: refused, mended, looked at, accepted, traced."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from openpyxl import Workbook, load_workbook

from assess.core.text import Text
from tests.browsing import Walker, check_access
from tests.sites import Site
from tests.walks.person import FINGER, Manner, Person, Said

JIANWAI = Text("建外街道", "Jianwai Subdistrict")
HOUSING = Text("区住房城乡建设委", "District Housing and Construction Committee")
GREEN = Text("新建建筑绿色标准执行率", "Share of new buildings that keep the green standard")
NIGHT = Text("查实夜间违规施工", "Proven building work at night without a permit")
YEARLY, QUARTERLY, CASES = Text("数据", "Data"), Text("数据（按季度）", "Data (quarters)"), Text("明细", "Details")
SHARE, AT_NIGHT = (YEARLY, GREEN), (QUARTERLY, NIGHT)
"""The sheet and the column of two figures."""
FULL_WIDTH = "９５．５％"
PATIENCE = 60_000
LIST = "/2026/imports/housing"


@pytest.fixture
def builder(site: Site) -> dict[str, Any]:
    """An evaluator of a department of which the demonstration has no file."""
    told = site.run("user", "add", "builder", "--name", "李建", "--role", "evaluator", "--department", "housing")
    link = re.search(r"https?://\S+", told)
    assert link is not None, told
    return {"username": "builder", "password": secrets.token_urlsafe(12), "link": urlsplit(link[0]).path}


def signs_in(walker: Walker, account: Mapping[str, Any], manner: Manner) -> Person:
    """Somebody who has set a password by the one-time link, at home."""
    newcomer = manner.opens(walker, f"/language/{manner.language}?next={account['link']}")
    newcomer.types("New password", account["password"])
    newcomer.types("New password again", account["password"])
    assert newcomer.presses("Set the password") == 303
    newcomer.gives_password(account["username"], account["password"])
    return newcomer


@pytest.mark.parametrize(
    "manner",
    [Manner("en"), Manner("zh", FINGER, scripts=False)],
    ids=["en-desk", "zh-phone-without-scripts"],
)
def test_evidence_goes_out_and_comes_back_by_excel(site: Site, walker: Walker, builder: dict[str, Any], manner: Manner):
    person = signs_in(walker, builder, manner)
    person.follows("Department data (Excel)")
    assert urlsplit(person.page.url).path == LIST
    is_refused(person, filled(person, takes_the_template(person)))
    mends(person)
    looks_and_accepts(person)
    traces(person)
    reads_where_it_comes_from(manner.signs_in(walker, site.account("official")))


def takes_the_template(person: Person) -> bytes:
    """The workbook of the department in the reader's language."""
    words = {"zh": "Template in Chinese", "en": "Template in English"}[person.language]
    return person.takes(words)


def filled(person: Person, template: bytes) -> bytes:
    """The template as somebody in a hurry fills it in: one figure in words, one out of range, a case too few."""

    def fill(book: Workbook) -> None:
        put(person, book, SHARE, FULL_WIDTH)
        put(person, book, SHARE, "约90", unit=1)
        put(person, book, AT_NIGHT, 2)
        put(person, book, AT_NIGHT, 9999, unit=1)
        told = (JIANWAI.zh, NIGHT.zh, "2026-Q1", "2026-03-05", "光华路工地", "夜间浇筑", "IMG_1")
        for column, text in enumerate(told, 1):
            book[person.words(CASES)].cell(3, column, text)

    return changed(template, fill)


def changed(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """A workbook that somebody opened, changed and saved."""
    book = load_workbook(BytesIO(data))
    change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def put(person: Person, book: Workbook, where: tuple[Text, Text], value: object, unit: int = 0) -> None:
    """Type the value of a figure, in the row of the first unit or of another."""
    sheet, figure = where
    page = book[person.words(sheet)]
    heads = [str(each.value) for each in page[1]]
    column = next(place for place, head in enumerate(heads, 1) if head.startswith(person.words(figure)))
    page.cell(3 + unit, column).value = value


def is_refused(person: Person, book: bytes) -> None:
    """Every wrong cell is told at once; nothing is kept."""
    person.uploads("evidence.xlsx", book, press="Upload and check")
    waits_until(
        person,
        "Nothing in this file was saved. All errors are listed below. Correct them in Excel and upload the file again.",
    )
    places = [place for place, _what in person.cells(Text("错误", "Errors"))]
    sheet, quarterly = person.words(YEARLY), person.words(QUARTERLY)
    assert [each for each in places if each.startswith((f"{sheet}!", f"{quarterly}!"))] == places
    assert (f"{sheet}!C4" in places, len(places)) == (True, 3)


def waits_until(person: Person, message: Said, **facts: object) -> None:
    """The page shows by itself, or after the link was followed, that the work is done."""
    words = person.words(message, **facts)
    if person.scripts:
        person.page.get_by_text(words).first.wait_for(timeout=PATIENCE)
        assert check_access(person.page) == []
        return
    for _ in range(100):
        if words in person.text:
            return
        person.page.wait_for_timeout(200)
        person.follows("Refresh the progress")
    raise AssertionError(f"{words} does not come: {person.text}")


def mends(person: Person) -> None:
    """The marked workbook says at each cell what is wrong; put right, it goes in where the errors are listed."""

    def mend(book: Workbook) -> None:
        marked = {(page.title, cell.coordinate) for page in book for row in page for cell in row if cell.comment}
        assert (person.words(YEARLY), "C4") in marked
        put(person, book, SHARE, 90, unit=1)
        put(person, book, AT_NIGHT, 1)
        put(person, book, AT_NIGHT, None, unit=1)

    book = changed(person.takes("Your Excel file with the errors marked"), mend)
    person.uploads("evidence-2.xlsx", book, press="Upload and check")
    waits_until(person, "If you accept it")


def looks_and_accepts(person: Person) -> None:
    """What is new stands there with its cell, and counts once it is accepted."""
    rows = person.cells(Text("新增", "New"))
    assert [row[0] for row in rows].count(person.words(JIANWAI)) == 2
    assert len(rows) == 3
    assert person.presses("Accept all its values") == 303
    waits_until(person, "Undo the file")


def traces(person: Person) -> None:
    """A value leads to the cell of the kept file, and back to the file."""
    person.page.get_by_role("link", name=re.compile(r"^95\.5%")).first.click()
    person.page.wait_for_load_state()
    person.looks()
    assert FULL_WIDTH in person.text
    assert "evidence-2.xlsx" in person.text
    assert person.takes("Original file as received").startswith(b"PK")


def reads_where_it_comes_from(official: Person) -> None:
    """The unit reads what the department supplied about it, down to the cell."""
    official.goes_to("/2026/supplied/110105001")
    official.page.get_by_role("link", name=re.compile(r"^95\.5%")).first.click()
    official.page.wait_for_load_state()
    official.looks()
    assert FULL_WIDTH in official.text
    assert official.page.get_by_role("link", name=official.words("Original file as received")).count() == 0


def test_an_evaluator_in_a_hurry_loses_nothing(walker: Walker, builder: dict[str, Any]):
    person = signs_in(walker, builder, Manner())
    person.goes_to(LIST)
    assert person.presses("Upload and check") == 422
    assert person.problems == ["Select a file"]
    book = changed(takes_the_template(person), lambda book: put(person, book, SHARE, 95))
    person.uploads("evidence.xlsx", book, press="Upload and check")
    waits_until(person, "If you accept it")
    tab = Person(person.page.context.new_page(), person.language)
    tab.goes_to(person.page.url)

    person.page.get_by_role("button", name="Accept all its values").dblclick()
    waits_until(person, "Undo the file")
    person.page.go_back()
    assert person.page.get_by_role("button", name="Accept all its values").count() == 0
    assert tab.presses("Accept all its values") == 303
    assert (tab.problems, "Accepted by 李建" in tab.text) == ([], True)
    tab.goes_to(LIST)
    assert len(tab.cells("Newest first")) == 1
