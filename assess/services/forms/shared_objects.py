"""Objects that several units share: one reports them, the others see what it reported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assess.core.figures.entry import as_text
from assess.core.figures.part_labels import PartLabel
from assess.core.figures.periods import PeriodLabel, periods_of
from assess.core.forms import FormSection, Question, SharedObject, UnitFormContent, field_key
from assess.core.text import Text
from assess.services.forms.showing import shown_text
from assess.services.forms.unit_form import UnitFormPage
from assess.store.queries import forms as queries
from assess.store.session import Session


class SharedValue(NamedTuple):
    """A value that another unit reports for an object that it shares with the unit; `of` is the other's name."""

    title: Text
    object: Text
    when: Text | None
    value: Text
    of: Text


def values_of_others(session: Session, form: UnitFormPage) -> dict[str, str]:
    """What others reported of the objects that they share with a unit, by the key of the field (1 query where any)."""
    year = form.year.cycle.year
    asked = {field_key(*cell, year): (question, *cell) for question, cell in shared_cells(form.form, year)}
    if not asked:
        return {}
    rows = queries.values_of_parts(
        session, cycle=form.year.cycle.id, year=year,
        figures={figure for _, figure, _ in asked.values()}, parts={part for *_, part in asked.values()},
    )  # fmt: skip
    found = {}
    for row in rows:
        key = field_key(row.figure, row.period, year)
        if key in asked:
            found[key] = as_text(asked[key][0].stated, row.millionths, row.word)
    return {key: text for key, text in found.items() if text}


def shared_cells(form: UnitFormContent, year: int) -> Iterator[tuple[Question, tuple[str, str]]]:
    """Figure and part of each value that others report for the unit, with the question."""
    for section in form.sections:
        for question, each, label in shared_parts(section, year):
            yield question, (question.figure, str(PartLabel(each.code, label)))


def shared_parts(section: FormSection, year: int) -> Iterator[tuple[Question, SharedObject, PeriodLabel]]:
    """The objects and periods of a section that others report, question by question."""
    for question in (*(question for question, _ in section.questions), *section.not_applicable):
        for each in question.shared:
            for label in periods_of(question.stated.period, year):
                yield question, each, label


def shared_values(form: UnitFormPage, section: FormSection) -> list[SharedValue]:
    """What others report in a section for the unit, as a reader sees it."""
    year = form.year.cycle.year
    return [
        SharedValue(
            question.title,
            each.name,
            None if label.is_year else label.label,
            shown_text(
                question.stated, form.of_others.get(field_key(question.figure, f"{each.code} {label}", year), "")
            ),
            each.unit,
        )
        for question, each, label in shared_parts(section, year)
    ]
