"""The form of one unit: sections, the questions in them, and a field for each period."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from assess.core.figures.part_labels import split_part
from assess.core.rules.figure import Figure
from assess.core.text import Text

PARTS: Final = "@"
"""What stands between the halves of a key."""
WRITTEN: Final = re.compile("%([0-9a-f]+)%")
"""A letter of a code that a key does not hold as it is."""


class ItemUse(NamedTuple):
    """An item or adjustment that a figure counts in.

    `points` is its full mark, `reason` why it does not apply, `text` the words of its clause.
    """

    id: str
    title: Text
    clause: str
    points: str | None = None
    reason: Text | None = None
    text: Text | None = None


class LinkedTask(NamedTuple):
    """A task of the annual list that a figure's items are linked to, and what proves that it was done."""

    no: str
    title: Text
    target: Text | None
    evidence: Text | None


class AskedObject(NamedTuple):
    """An object of the unit whose values it reports."""

    code: str
    name: Text


class SharedObject(NamedTuple):
    """An object of the unit whose values another unit reports: its name is `unit`."""

    code: str
    name: Text
    unit: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One figure as it is asked of the unit.

    Attributes:
        figure: its id; `stated` is what the sheet says of it.
        items: everything that it counts in.
        target: what the methods or the unit's attributes set as target.
        last_year: the unit's value of the year before, printed.
        certified_by: the department that must certify it.
        reason: why it is not asked of this unit; None where it is.
        objects: the objects that it is asked of; None where it is a figure of the unit.
        shared: the objects of the unit of which others report it.
        kind: what these objects are called.
    """

    figure: str
    stated: Figure
    title: Text
    items: tuple[ItemUse, ...]
    tasks: tuple[LinkedTask, ...] = ()
    target: Text | None = None
    last_year: Text | None = None
    certified_by: Text | None = None
    reason: Text | None = None
    objects: tuple[AskedObject, ...] | None = None
    shared: tuple[SharedObject, ...] = ()
    kind: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One value to be entered: `key` is that of `field_key`.

    `period` is the part as `PartLabel` writes it, `label` what it is called; `object` and `when` are its halves.
    """

    key: str
    question: Question
    period: str
    label: Text | None = None
    last_year: Text | None = None
    object: AskedObject | None = None
    when: Text | None = None


class FieldRow(NamedTuple):
    """The fields of one object, a field for each period."""

    object: AskedObject
    fields: tuple[Field, ...]


def rows_of_objects(fields: Iterable[Field]) -> tuple[FieldRow, ...]:
    """The fields of a figure of objects, row by row; none of a figure of the unit."""
    rows: dict[AskedObject, list[Field]] = {}
    for each in fields:
        if each.object is not None:
            rows.setdefault(each.object, []).append(each)
    return tuple(FieldRow(of, tuple(found)) for of, found in rows.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    """One page of the form; questions that are not asked of this unit stand apart, each with its reason."""

    id: str
    title: Text
    fields: tuple[Field, ...]
    not_applicable: tuple[Question, ...] = ()

    @property
    def questions(self) -> tuple[tuple[Question, tuple[Field, ...]], ...]:
        """The fields by question, in order."""
        grouped: dict[str, list[Field]] = {}
        for each in self.fields:
            grouped.setdefault(each.question.figure, []).append(each)
        return tuple((fields[0].question, tuple(fields)) for fields in grouped.values())

    @property
    def shared_tasks(self) -> dict[LinkedTask, list[Question]]:
        """The tasks whose evidence proves several questions, each with these."""
        proven: dict[LinkedTask, list[Question]] = {}
        for question, _fields in self.questions:
            for task in question.tasks:
                if task.evidence:
                    proven.setdefault(task, []).append(question)
        return {task: questions for task, questions in proven.items() if len(questions) > 1}


class FilledCount(NamedTuple):
    """How many values are filled in of how many that are asked for."""

    filled: int
    required: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to fill in."""
        return self.filled == self.required


@dataclass(frozen=True, slots=True)
class UnitFormContent:
    """The whole form of one unit; `fields` by key are those that are asked of it."""

    unit: str
    sections: tuple[FormSection, ...]
    fields: dict[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        fields = {each.key: each for section in self.sections for each in section.fields}
        object.__setattr__(self, "fields", fields)

    def section(self, section: str) -> FormSection | None:
        """The section with this id."""
        return next((each for each in self.sections if each.id == section), None)

    def counts(self, filled: Collection[str]) -> dict[str, FilledCount]:
        """How complete each section is, by the keys of the fields that hold a value."""
        return {
            section.id: FilledCount(sum(each.key in filled for each in section.fields), len(section.fields))
            for section in self.sections
        }


def field_key(figure: str, part: str, year: int) -> str:
    """The key of the field for a part of a figure; the year of the unit itself goes unsaid.

    It is a name and an id in a page, so it holds no blanks: `figure@period` and `figure@object@period`.
    """
    if part == str(year):
        return figure
    code, period = split_part(part)
    return f"{figure}{PARTS}{period}" if not code else f"{figure}{PARTS}{written(code)}{PARTS}{period}"


def cell_of_key(key: str) -> tuple[str, str, str]:
    """Figure, code of the object and period of a key; the code and the period may be empty."""
    figure, _, part = key.partition(PARTS)
    code, _, period = part.rpartition(PARTS)
    return figure, WRITTEN.sub(lambda found: chr(int(found[1], 16)), code), period


def written(code: str) -> str:
    """The code of an object without blanks: each as `%20%`."""
    return "".join(f"%{ord(letter):x}%" if letter.isspace() or letter == "%" else letter for letter in code)
