"""The way from an item of an estimate to what it rests on: fields of the form, and the unit's tasks."""

from __future__ import annotations

from typing import Final, NamedTuple

from flask import url_for

from assess.core.rules.figure import BY_TASK_LIST
from assess.core.rules.needed_figures import figures_by_record
from assess.core.rules.nodes import Item
from assess.core.rules.sheet import RuleSheet, all_items
from assess.core.text import Text
from assess.services.forms.unit_form import UnitFormPage

TASKS: Final = Text("任务进展", "Progress of tasks")


class PlaceLink(NamedTuple):
    """Where something is entered."""

    title: Text
    href: str


def places_by_item(page: UnitFormPage) -> dict[str, list[PlaceLink]]:
    """Where what an item rests on is entered, by the id of the item; each figure once."""
    found: dict[str, list[PlaceLink]] = {}
    for section in page.form.sections:
        href = url_for("forms.edit", unit=page.unit, section=section.id)
        for question, _fields in section.questions:
            for item in question.items:
                found.setdefault(item.id, []).append(PlaceLink(question.title, f"{href}#question-{question.figure}"))
    tasks = PlaceLink(TASKS, url_for("obligations.unit", unit=page.unit))
    for each in all_items(page.year.sheet):
        if rests_on_tasks(each, page.year.sheet):
            found.setdefault(each.id, []).append(tasks)
    return found


def rests_on_tasks(item: Item, sheet: RuleSheet) -> bool:
    """Whether an item counts obligations, or uses a figure of the task list."""
    used = figures_by_record(sheet)[item.id]
    return item.method.obligations_counted is not None or any(
        sheet.figures[each.figure].from_ == BY_TASK_LIST for each in used
    )
