"""A form that asks for figures of objects, taken away as a workbook and on paper."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from assess.core.flaws import ValidationError
from assess.services.documents import UploadedFile
from assess.services.forms.form_books import accept_filling, read_filling
from assess.services.forms.papers import form_on_paper, form_workbook
from assess.store.session import Database
from tests.files.reading import lines_of, reader
from tests.services.forms import form_now, save, year_2026
from tests.services.object_forms import SECTION, a_year_of_reported_sections, answers_of_files
from tests.years import NOW


def filled(data: bytes, values: dict[str, str]) -> UploadedFile:
    """The workbook with these values typed, by the key of the field."""
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = next(each for each in book.worksheets if each.cell(1, 1).value in ("字段编号", "field"))
    heads = [cell.value for cell in sheet[1]]
    column = next(n for n, head in enumerate(heads, 1) if str(head).strip("* ").startswith("填报值"))
    for row in range(2, sheet.max_row + 1):
        key = sheet.cell(row, 1).value
        if key in values:
            sheet.cell(row, column).value = values[key]
    stream = BytesIO()
    book.save(stream)
    return UploadedFile("form.xlsx", stream.getvalue())


def test_the_workbook_of_a_form_has_a_row_for_each_object_and_period_and_is_read_back(database: Database):
    people = a_year_of_reported_sections(database)
    page = form_now(database, people["s1"], "s1")
    answers = answers_of_files(page.form)
    words = {"yes": "是", "no": "否"}
    made = form_workbook(page, "zh")
    document = filled(made.data, {key: words.get(text, text) for key, text in answers.items()})

    with database.writing() as session:
        done = accept_filling(
            session, people["s1"], cycle=year_2026(session), unit="s1", document=document, seen=page.stamp, now=NOW
        )

    assert done == 26
    assert form_now(database, people["s1"], "s1").answers == answers
    [sheet] = [each for each in openpyxl.load_workbook(BytesIO(made.data)).worksheets if each.max_row == 27]
    assert [cell.value for cell in sheet[16]][2:5] == ["当月达标", "西闸 W2", "1月"]


def test_a_wrong_cell_of_an_object_is_told_at_its_place(database: Database):
    people = a_year_of_reported_sections(database)
    page = form_now(database, people["s1"], "s1")
    document = filled(form_workbook(page, "zh").data, {"met@W2@2026-01": "也许", "class@W1@2026": "II"})

    with pytest.raises(ValidationError) as flawed:
        read_filling(page, document)

    assert [str(flaw.where).rpartition("!")[2] for flaw in flawed.value.flaws] == ["K16"]


def test_the_paper_shows_objects_by_periods(database: Database):
    people = a_year_of_reported_sections(database)
    answers = answers_of_files(form_now(database, people["s1"], "s1").form)
    del answers["met@W2@2026-12"]
    save(database, people["s1"], answers, section=SECTION, unit="s1")

    with database.reading() as session:
        paper = form_on_paper(session, form_now(database, people["s1"], "s1"), "zh")

    texts = [shown.text for page in lines_of(reader(paper.data)) for shown in page]
    row = texts.index("西闸 W2", texts.index("12月"))
    assert texts[row + 1 : row + 13] == [*"是是是是是是是否是是是", "未填"]
