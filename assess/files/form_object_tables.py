"""Figures of objects on the paper of a form: a row an object, a column a period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from assess.core.forms import Field, Question, rows_of_objects
from assess.core.rules.figure import PeriodKind
from assess.core.text import Text
from assess.files.form_words import NO_VALUE, put_together
from assess.files.pdf_style.columns import Align, PdfColumn
from assess.files.pdf_style.flow import PageFlow
from assess.files.pdf_style.look import BODY_BOLD, BODY_WIDTH, CELL
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import PdfTable, paragraph

CALLED: Final = Text("{number} {title}（{told}）", "{number} {title} ({told})")
UNTOLD: Final = Text("{number} {title}", "{number} {title}")
BETWEEN: Final = Text("；", "; ")
OBJECT: Final = Text("{name} {code}", "{name} {code}")
THIS_YEAR: Final = Text("填报值", "Value")
LAST_YEAR: Final = Text("上年值", "Last year")
NAME_WIDTH: Final = 118.0
"""Of the column of the objects."""


def put_objects(
    flow: PageFlow, question: Question, fields: tuple[Field, ...], answers: Mapping[str, Text], number: int
) -> None:
    """Place the answers of one figure of objects, under its title and what it counts in."""
    flow.put(paragraph(flow.setter, title_of(flow.setter, question, number), BODY_BOLD), keep=True)
    rows = rows_of_objects(fields)
    table = PdfTable(flow, list(columns(flow.setter, question, rows[0].fields)))
    for row in rows:
        table.add(list(cells(flow.setter, row.fields, answers)))
    table.end()


def title_of(setter: Typesetter, question: Question, number: int) -> str:
    """The figure with its unit of measure and its clauses."""
    clauses = put_together([Text.same(use.clause) for use in question.items if use.clause])
    told = [setter.say(text) for text in (question.stated.unit, clauses) if text is not None and text.zh]
    title = setter.say(question.title)
    if not told:
        return setter.say(UNTOLD, number=number, title=title)
    return setter.say(CALLED, number=number, title=title, told=setter.say(BETWEEN).join(told))


def columns(setter: Typesetter, question: Question, fields: tuple[Field, ...]) -> Iterator[PdfColumn]:
    """The objects, then the periods, or the year and the year before."""
    yield PdfColumn(setter.say(question.kind or Text.same("")), NAME_WIDTH, style=CELL)
    if len(fields) == 1:
        for heading in (THIS_YEAR, LAST_YEAR):
            yield PdfColumn(setter.say(heading), 90, Align.MIDDLE, CELL)
        return
    step = (BODY_WIDTH - NAME_WIDTH) / len(fields)
    for each in fields:
        yield PdfColumn(setter.say(short(each)), step, Align.MIDDLE, CELL)


def short(field: Field) -> Text:
    """A period; English months are cut short."""
    zh, en = field.when or Text.same("")
    return Text(zh, en[:3] if field.question.stated.period is PeriodKind.MONTH else en)


def cells(setter: Typesetter, fields: tuple[Field, ...], answers: Mapping[str, Text]) -> Iterator[str]:
    """The cells of one object."""
    each = fields[0].object
    assert each is not None
    is_named = each.name != Text.same(each.code)
    yield setter.say(OBJECT, name=each.name, code=each.code) if is_named else each.code
    for field in fields:
        yield setter.say(answers.get(field.key) or NO_VALUE)
    if len(fields) == 1:
        yield setter.say(fields[0].last_year or Text.same("–"))
