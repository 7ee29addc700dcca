"""The official's form, made from the rule sheet: what this unit reports, and what stands beside each field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final, NamedTuple

import numpy as np

from assess.core.exact import Column
from assess.core.exemptions import Exemptions
from assess.core.explanations.endings import DOES_NOT_APPLY, EXEMPT
from assess.core.explanations.sentences import shown
from assess.core.expressions import holds
from assess.core.figures import FigureTable
from assess.core.figures.part_labels import PartLabel
from assess.core.figures.periods import PeriodLabel, periods_of
from assess.core.figures.table import value_text
from assess.core.forms.asked_objects import objects_of_form
from assess.core.forms.form import (
    AskedObject,
    Field,
    FormSection,
    ItemUse,
    LinkedTask,
    Question,
    UnitFormContent,
    field_key,
)
from assess.core.forms.targets import targets_of
from assess.core.naming import folded
from assess.core.numbers import printed
from assess.core.obligations.tasks import ALL, ListedTask, TaskList, names_in
from assess.core.rules.adjustments import Adjustment, Bonus, Deduction
from assess.core.rules.figure import BY_UNIT, Figure, FigureKind
from assess.core.rules.needed_figures import corrected_sections, figures_by_record
from assess.core.rules.nodes import Item, Node, Section, items_of
from assess.core.rules.sheet import RuleSheet, adjustment_items, mark_in, title_of
from assess.core.scoring.item_inputs import ItemInputs
from assess.core.text import Text
from assess.core.units.objects import UnitObjects
from assess.core.units.unit_list import UnitNames, Units
from assess.core.units_of_measure import with_unit

OF_TOP_ITEMS: Final = "_items"
OF_ADJUSTMENTS: Final = "_adjustments"
"""Ids that no section of a rule sheet can have."""
TOP_ITEMS = Text("考核项", "Items")
ADJUSTMENTS = Text("加减分与约束", "Adjustments")

Record = Node | Adjustment


class Outline(NamedTuple):
    """A section before its questions are asked: what stands in it."""

    id: str
    title: Text
    records: tuple[Record, ...]


class FormContext(NamedTuple):
    """What is known beside the rule sheet: the task list, exemptions and objects of all units, last year's figures."""

    tasks: TaskList | None = None
    exemptions: Exemptions | None = None
    previous: FigureTable | None = None
    objects: UnitObjects | None = None


def form_of(
    sheet: RuleSheet,
    units: Units,
    place: int,
    *,
    tasks: TaskList | None = None,
    exemptions: Exemptions | None = None,
    previous: FigureTable | None = None,
    objects: UnitObjects | None = None,
) -> UnitFormContent:
    """The form of the unit at a place: every figure `from: unit` once, in the first section that uses it.

    Args:
        sheet: the year's rule sheet, which has passed its check.
        units: all assessed units.
        place: where the unit stands among them.
        tasks: the annual task list; its tasks say what proves a figure.
        exemptions: those of all units.
        previous: last year's figures of the same units.
        objects: those of all units.
    """
    return FormMaker(sheet, units, place, FormContext(tasks, exemptions, previous, objects)).form()


def outlines(sheet: RuleSheet) -> Iterator[Outline]:
    """The sections of the form: the top sections, one for top items, one for adjustments."""
    top_items = tuple(node for node in sheet.items if isinstance(node, Item))
    for node in sheet.items:
        if not isinstance(node, Item):
            records: tuple[Record, ...] = (*items_of((node,)), *corrected_sections((node,)))
            yield Outline(node.id, title_of(node, node.id), records)
        elif node is top_items[0]:
            yield Outline(OF_TOP_ITEMS, TOP_ITEMS, top_items)
    conditions = tuple(each for each in sheet.adjustments if not isinstance(each, Bonus | Deduction))
    yield Outline(OF_ADJUSTMENTS, ADJUSTMENTS, (*adjustment_items(sheet), *conditions))


class FormMaker:
    """Makes the form of one unit."""

    def __init__(self, sheet: RuleSheet, units: Units, place: int, known: FormContext) -> None:
        self.sheet = sheet
        self.place = place
        self.known = known
        self.unit = units.alone(place)
        objects = UnitObjects(units) if known.objects is None else known.objects
        self.objects = objects_of_form(sheet, objects, place, known.exemptions)
        self.values = self.objects.values
        self.groups = self.values.groups
        number = int(self.groups[0])
        self.group = sheet.groups[number].id if sheet.groups is not None and number >= 0 else None
        self.tasks = tuple(self.tasks_of_unit())
        self.outlines = tuple(outlines(sheet))
        self.figures = self.figures_of_records()
        self.users = self.users_of_figures()

    def form(self) -> UnitFormContent:
        """The sections that ask something of units, each figure in the first that uses it."""
        asked: set[str] = set()
        sections = []
        for outline in self.outlines:
            own = dict.fromkeys(figure for record in outline.records for figure in self.figures[record.id])
            figures = [figure for figure in own if figure not in asked]
            asked.update(figures)
            if figures:
                sections.append(self.section(outline, figures))
        return UnitFormContent(self.unit.codes[0], tuple(sections))

    def section(self, outline: Outline, figures: Iterable[str]) -> FormSection:
        """A section of these figures."""
        questions = [self.question(figure) for figure in figures]
        fields = tuple(field for question in questions if question.reason is None for field in self.fields(question))
        left_out = tuple(question for question in questions if question.reason is not None)
        return FormSection(id=outline.id, title=outline.title, fields=fields, not_applicable=left_out)

    def figures_of_records(self) -> dict[str, tuple[str, ...]]:
        """The figures from units that each item and adjustment rests on."""
        figures = self.sheet.figures
        return {
            record: tuple(dict.fromkeys(a.figure for a in asked if figures[a.figure].from_ == BY_UNIT))
            for record, asked in figures_by_record(self.sheet).items()
        }

    def users_of_figures(self) -> dict[str, list[Record]]:
        """The items and adjustments that use each figure that units report, in the order of the sheet."""
        users: dict[str, list[Record]] = {}
        for record in (record for outline in self.outlines for record in outline.records):
            for figure in self.figures[record.id]:
                users.setdefault(figure, []).append(record)
        return users

    def question(self, figure: str) -> Question:
        """A figure with everything that stands beside it."""
        stated, users = self.sheet.figures[figure], self.users[figure]
        uses = tuple(self.use(record) for record in users)
        items = [record for record in users if isinstance(record, Item)]
        reasons = [use.reason for use in uses if use.reason is not None]
        targets = [target for item in items for target in targets_of(item, figure, self.inputs_of(item))]
        certifier = stated.certified_by
        departments = self.sheet.departments or {}
        reason = joined(reasons) if len(reasons) == len(uses) else None
        found = None
        if stated.of is not None:
            found = self.objects.of(stated.of, [user for user, use in zip(users, uses, strict=True) if not use.reason])
            reason = None if found.asked else reason or found.reason
        return Question(
            figure=figure,
            stated=stated,
            title=title_of(stated, figure),
            items=uses,
            tasks=self.tasks_of_items(items),
            target=joined(targets),
            last_year=None if found else year_before(self.known.previous, figure, stated, self.place),
            certified_by=None if certifier is None else title_of(departments.get(certifier), certifier),
            reason=reason,
            objects=None if found is None else found.asked,
            shared=() if found is None else found.shared,
            kind=None if found is None else found.kind,
        )

    def fields(self, question: Question) -> Iterator[Field]:
        """A field for each period of the question's figure, of the unit or of each object."""
        for each in (None,) if question.objects is None else question.objects:
            for label in periods_of(question.stated.period, self.sheet.year):
                yield self.field(question, each, label)

    def field(self, question: Question, of: AskedObject | None, label: PeriodLabel) -> Field:
        """The field for one period."""
        part = PartLabel("" if of is None else of.code, label)
        return Field(
            key=field_key(question.figure, str(part), self.sheet.year),
            question=question,
            period=str(part),
            label=part.named({} if of is None else {of.code: of.name}),
            last_year=self.year_before(question, of, label),
            object=of,
            when=None if label.is_year else label.label,
        )

    def year_before(self, question: Question, of: AskedObject | None, label: PeriodLabel) -> Text | None:
        """The value of the same period a year before."""
        previous, kind = self.known.previous, question.stated.of
        if of is None and label.is_year:
            return question.last_year
        place = self.place
        if of is not None and previous is not None and kind is not None:
            place = previous.objects.kinds[kind].codes.index(of.code)
        if label.is_year:
            return year_before(previous, question.figure, question.stated, place)
        return period_before(previous, question, label, place)

    def use(self, record: Record) -> ItemUse:
        """How one item or adjustment uses figures."""
        title = title_of(record, record.id)
        if isinstance(record, Section):
            clauses = Text.listed(dict.fromkeys(each.clause for each in record.corrections or ()))
            return ItemUse(record.id, title, clauses.zh, text=record.text)
        if not isinstance(record, Item):
            return ItemUse(record.id, title, record.clause, text=record.text)
        mark = self.mark(record)
        points = None if mark is None else printed(mark)
        return ItemUse(record.id, title, record.clause, points, self.why_not(record), record.text)

    def mark(self, item: Item) -> Fraction | None:
        """The full mark of an item; None where it has none, or differs by group and the unit is in none."""
        return mark_in(item.points, self.group)

    def why_not(self, item: Item) -> Text | None:
        """Why an item does not apply to the unit; None where it does, or where that cannot be told."""
        exemptions = self.known.exemptions
        granted = None if exemptions is None else exemptions.entry(item.id, self.place)
        if granted is not None:
            return EXEMPT.format(reason=granted.reason, approver=granted.approver)
        if item.applies is None:
            return None
        true, unknown = holds(self.values.evaluate(item.applies))
        if true[0] or unknown[0]:
            return None
        return DOES_NOT_APPLY.format(condition=self.values.readable(item.applies))

    def inputs_of(self, item: Item) -> ItemInputs:
        """What the item asks, of this unit alone."""
        mark, everybody = self.mark(item) or Fraction(0), np.ones(1, dtype=np.bool_)
        return ItemInputs(self.values, item=item.id, full_mark=mark, taking_part=everybody)

    def tasks_of_unit(self) -> Iterator[ListedTask]:
        """The tasks that bind the unit."""
        names = UnitNames(self.unit)
        own = {*names.codes, *names.names, *names.short}
        for task in () if self.known.tasks is None else self.known.tasks.tasks:
            if any(name in (ALL, self.group) or folded(name) in own for name in names_in(task.applies_to)):
                yield task

    def tasks_of_items(self, items: Iterable[Item]) -> tuple[LinkedTask, ...]:
        """The unit's tasks that these items are linked to, from either side, in the order of the list."""
        wanted = tuple(items)
        numbers = {no for item in wanted for no in names_in(item.tasks)}
        ids = {item.id for item in wanted}
        return tuple(
            LinkedTask(task.no, task.title, target_of(task), task.evidence)
            for task in self.tasks
            if task.no in numbers or ids & set(names_in(task.items))
        )


def target_of(task: ListedTask) -> Text | None:
    """The target of a task with its unit of measure."""
    if task.target is None or task.unit_of_measure is None:
        return task.target
    return Text(with_unit(task.target.zh, task.unit_of_measure.zh), with_unit(task.target.en, task.unit_of_measure.en))


def year_before(previous: FigureTable | None, figure: str, stated: Figure, place: int) -> Text | None:
    """The year's value of a figure a year before, printed."""
    values = None if previous is None or figure not in previous.given else previous.value(figure)
    if values is None or values.missing[place]:
        return None
    if isinstance(values, Column) and stated.kind is not FigureKind.YES_NO:
        return Text.same(shown(values.take(slice(place, place + 1)))[0])
    return value_text(stated, values, place)


def period_before(previous: FigureTable | None, question: Question, label: PeriodLabel, place: int) -> Text | None:
    """The value of one period of the year before, printed."""
    for layer in () if previous is None else previous.layers.get(question.figure, ()):
        if layer.label[1:] == label[1:] and not layer.values.missing[place]:
            return value_text(question.stated, layer.values, place)
    return None


def joined(texts: Iterable[Text]) -> Text | None:
    """Different texts one after the other; None where there is none."""
    several = tuple(dict.fromkeys(texts))
    if not several:
        return None
    return Text("；".join(text.zh for text in several), "; ".join(text.en for text in several))
