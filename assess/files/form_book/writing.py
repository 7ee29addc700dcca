"""The workbook of a form, written: what is asked, what stood there last year, and what is entered so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Final

from assess.core.forms import Field, UnitFormContent
from assess.core.rules.figure import Figure, FigureKind
from assess.core.rules.titles import clause_words
from assess.core.text import Language, Text
from assess.files.figure_cells import form_of_cell, in_cell
from assess.files.form_book.layout import (
    KEY,
    MAX_REMARK_LENGTH,
    OBJECT,
    OBJECT_COLUMN,
    REMARK,
    SHEET,
    VALUE,
    VALUE_COLUMN,
    FormStamp,
)
from assess.files.form_words import how_to_fill, put_together
from assess.files.workbooks.input_books import Guidance, InputColumn, InputSheet, write_input_book

COUNTED: Final = Text("{clause} {item}", "{clause} {item}")
STEPS: Final = (
    Text(
        "只填“填报值”和“备注”两栏；上年值、目标和依据供参考，已锁定。没有数据的先留空，不要填“无”或“-”。",
        "Fill in the columns value and remark only. Last year's value, target and clause are for "
        "reference and locked. Leave a cell empty if there is no value yet; do not enter a dash or n/a.",
    ),
    Text(
        "数值按“计量单位”一栏的单位填写，只填数字。填好后在系统的填报页上传本文件；佐证材料在系统中上传。",
        "Enter plain numbers in the stated unit of measure. When you are done, upload this file on the "
        "form page. Upload evidence on the same page.",
    ),
    Text(
        "本文件只用于本单位、本年度。不涉及的项目不在表内，理由见系统。",
        "This file is for this unit and this year only. Items that do not apply are left out; the "
        "reasons are in the service.",
    ),
)

COLOURS: Final = Text(
    "请填写浅黄色的单元格，标*的一栏为填报值；灰色的表头和白色的单元格已锁定，无需改动（未设密码）。",
    "Fill in the pale yellow cells. Values go in the column marked *. Grey headings and white cells "
    "are locked and stay as they are (there is no password).",
)
"""A form has no example, and its remarks are read."""


def write_form_book(
    target: Path | BytesIO,
    language: Language,
    form: UnitFormContent,
    stamp: FormStamp,
    *,
    title: Text,
    unit: Text,
    answers: Mapping[str, str],
    remarks: Mapping[str, str] | None = None,
    due: str = "",
    contact: str = "",
) -> None:
    """Write the form with what is entered so far: `answers` by field key as one would type them, in English yes and no.

    `title` is that of the cycle, `unit` the name of the unit, `due` a date, `contact` whom to ask.
    """
    fields = [(section.title, each) for section in form.sections for each in section.fields]
    rows = [
        row_of(section, each, language, answers.get(each.key, ""), (remarks or {}).get(each.key, ""))
        for section, each in fields
    ]
    columns, at, frozen = form_columns(), VALUE_COLUMN, 4
    if any(each.object for _, each in fields):
        columns, at, frozen = with_objects(columns), at + 1, frozen + 1
        for (_, each), row in zip(fields, rows, strict=True):
            row.insert(OBJECT_COLUMN, object_called(each, language))
    own = {at: [value_cell(each.question.stated, language) for _, each in fields]}
    sheet = InputSheet(name=SHEET, columns=columns, rows=rows, spare=0, frozen=frozen, own=own)
    heading = Text("{title} · {unit} · 自评填报表", "{title} · {unit} · self-assessment form").format(
        title=title, unit=unit
    )
    guidance = Guidance(title=heading, who=unit, steps=STEPS, due=due, contact=contact, colours=COLOURS)
    write_input_book(target, language, guidance, [sheet], {"kind": "form", **asdict(stamp)})


def form_columns() -> list[InputColumn]:
    """The columns of the form."""
    return [
        InputColumn(heading=Text(*KEY), help=Text.same(""), locked=True, hidden=True),
        *(
            InputColumn(heading=heading, help=help_, locked=True, width=width)
            for heading, help_, width in (
                (Text("考核类别", "section"), Text("所属的考核类别。", "The section it belongs to."), 16),
                (Text("数据项", "figure"), Text("需要填报的数据。", "What to report."), 34),
                (Text("填报期", "reporting period"), Text("数据所属的填报期。", "Reporting period of the value."), 12),
                (Text("计量单位", "unit of measure"), Text("填报值的计量单位。", "Unit of measure of the value."), 11),
                (Text("上年值", "last year"), Text("上年同期的数据。", "Last year's value for the same period."), 11),
                (Text("目标", "target"), Text("本年目标。", "This year's target."), 18),
                (Text("依据", "clause"), Text("评分表条款和考核项。", "Clause and item of the rule sheet."), 30),
                (Text("佐证材料", "evidence"), Text("证明填报值的佐证材料。", "What proves the value."), 30),
            )
        ),
        InputColumn(
            heading=Text(*VALUE), required=True, width=14,
            help=Text("本年数据，要求见所选单元格的提示。", "This year's value. Select a cell to see what to enter."),
        ),
        InputColumn(
            heading=Text(*REMARK), width=30,
            help=Text("需要说明的情况，最多500字。", "Optional remark, at most 500 characters."),
            rule={"validate": "length", "criteria": "<=", "value": MAX_REMARK_LENGTH},
        ),
    ]  # fmt: skip


def with_objects(columns: list[InputColumn]) -> list[InputColumn]:
    """The columns with that of the objects after the figure."""
    help_ = Text("数据所属的对象。", "The object that the value is of.")
    return [
        *columns[:OBJECT_COLUMN],
        InputColumn(heading=OBJECT, help=help_, locked=True, width=20),
        *columns[OBJECT_COLUMN:],
    ]


def object_called(field: Field, language: Language) -> str:
    """Name and code of the object of a field; empty for a figure of the unit."""
    if field.object is None:
        return ""
    name = field.object.name.localized(language)
    return name if name == field.object.code else f"{name} {field.object.code}"


def row_of(section: Text, each: Field, language: Language, answer: str, remark: str) -> list[str]:
    """The cells of one field."""
    question = each.question
    last_year = each.last_year
    told = (
        section,
        question.title,
        (each.when if each.object else each.label) or Text.same(each.period.rpartition(" ")[2]),
        question.stated.unit or Text.same("%" if question.stated.kind is FigureKind.PERCENT else ""),
        last_year or Text.same(""),
        question.target or Text.same(""),
        put_together([COUNTED.format(clause=clause_words(use.clause), item=use.title) for use in question.items]),
        put_together([task.evidence for task in question.tasks if task.evidence]),
    )
    typed = in_cell(question.stated, answer, language)
    return [each.key, *(text.localized(language) for text in told), typed, remark]


def value_cell(figure: Figure, language: Language) -> InputColumn:
    """What the value cell of a figure takes."""
    return InputColumn(heading=Text(*VALUE), help=how_to_fill(figure), **form_of_cell(figure, language))
