"""Expressions: every name is known where it stands, and kinds fit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from typing import NamedTuple

from assess.core.expressions import RESULT_NAMES, Expression, NameNode, NameRole, ValueType, check_kinds
from assess.core.flaws import Flaw, Path
from assess.core.kinds import WRONG_EXPRESSION, Formula
from assess.core.rules.adjustments import Bonus, Deduction
from assess.core.rules.checking import places
from assess.core.rules.checking.ids import listed, mapped
from assess.core.rules.figure import Figure, FigureKind
from assess.core.rules.nodes import Item, Node, Section
from assess.core.rules.sheet import PeerGroup, RuleSheet
from assess.core.schema import BROKEN, complete, hint
from assess.core.text import Text

UNKNOWN_NAME = Text("没有“{name}”这个数据项或单位属性。{hint}", "There is no figure or unit attribute “{name}”. {hint}")
NO_PREVIOUS = Text(
    "previous()中应为数据项，没有“{name}”。{hint}",
    "There is no figure “{name}” for previous(). {hint}",
)
NOT_YET = Text(
    "这里还没有“{id}”的得分，只能引用考核项、类别和写在前面的加减分项。",
    "There is no score of “{id}” at this point. Name an item or section, or a bonus or deduction item written above.",
)
NOT_FINISHED = Text(
    "这里还没有“{id}”的得分，更正只能引用写在前面的考核项和类别，类别的更正还可引用本类之下的。",
    "There is no score of “{id}” at this point. A correction can name what is written above, that of a section also "
    "what is below it.",
)
SCORE_ONLY = Text(
    "“{name}”只能用在加减分和更正的条件中。",
    "“{name}” can only be used in the condition of an adjustment or a correction.",
)
RESULT_ONLY = Text("“{name}”只能用在加减分的条件中。", "“{name}” can only be used in the condition of an adjustment.")
NOT_NUMERIC = Text(
    "单位属性“{name}”是文字，这里需要数字。", "The unit attribute “{name}” is text. A number is needed here."
)
FIGURE_KINDS = {FigureKind.YES_NO: ValueType.TRUTH, FigureKind.CHOICE: ValueType.TEXT}
PART_NAMES = ("period", "object")
ALWAYS = {"unit": ValueType.TEXT, "kind": ValueType.TEXT}


class ExpressionScope:
    """The names that expressions may use, with their kinds."""

    def __init__(
        self,
        sheet: RuleSheet,
        attributes: Mapping[str, ValueType] | None,
        objects: Mapping[str, Mapping[str, ValueType]] | None,
    ) -> None:
        self.figures: dict[str, Figure] = {
            name: figure for name, figure in mapped(sheet.figures).items() if figure is not BROKEN
        }
        unknown = taken_for_attributes(sheet)
        of_objects = {name: kind for known in (objects or {}).values() for name, kind in known.items()}
        self.attributes = dict(ALWAYS) | of_objects | dict(unknown if attributes is None else attributes)
        if attributes is not None and objects is None and mapped(sheet.objects):
            self.attributes = unknown | self.attributes

    def kind(self, name: str) -> ValueType:
        """The kind of a name."""
        if name in self.figures:
            kind = self.figures[name].kind
            return ValueType.ANY if kind is BROKEN else FIGURE_KINDS.get(kind, ValueType.NUMBER)
        if name in RESULT_NAMES:
            return ValueType.TEXT if name == "previous_grade" else ValueType.NUMBER
        return self.attributes.get(name, ValueType.ANY)

    def is_percent(self, name: str) -> bool:
        """Whether a figure is counted in percent."""
        return name in self.figures and self.figures[name].kind is FigureKind.PERCENT

    def choices(self, name: str) -> Collection[str]:
        """The words a figure may hold."""
        return complete(self.figures[name].choices) if name in self.figures else ()

    def with_part_names(self) -> ExpressionScope:
        """The same with what the parts of an item are called, unless an attribute is called so."""
        scope = copy(self)
        scope.attributes = {"period": ValueType.NUMBER, "object": ValueType.TEXT} | {
            name: kind for name, kind in self.attributes.items() if kind is not ValueType.ANY or name not in PART_NAMES
        }
        return scope

    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.figures, *self.attributes)


def taken_for_attributes(sheet: RuleSheet) -> dict[str, ValueType]:
    """Names that only units can explain, and without them pass: in `where`, `applies` and value positions.

    Where a sheet has objects, in every expression: any of them may be read at an object.
    """
    names: set[str] = {name for _, name in places.value_names(sheet)}
    for mention in places.expressions(sheet):
        if mapped(sheet.objects) or isinstance(mention.record, PeerGroup) or mention.path[-1] in ("applies", "where"):
            names |= mention.value.names
    figures = mapped(sheet.figures)
    return {name: ValueType.ANY for name in sorted(names - RESULT_NAMES) if name not in figures and name not in ALWAYS}


def names_and_kinds(
    sheet: RuleSheet,
    attributes: Mapping[str, ValueType] | None,
    objects: Mapping[str, Mapping[str, ValueType]] | None = None,
) -> Iterator[Flaw]:
    """Unknown names, scores that are not there yet, text with numbers, numbers in percent."""
    known = ExpressionScope(sheet, attributes, objects)
    finished = scores_finished(sheet)
    in_where = known.with_part_names()
    for mention in places.expressions(sheet):
        if isinstance(mention.record, Item) and mention.path[-1] == "where":
            yield from names(mention.value, mention.path, in_where, None)
            yield from kinds(mention.value, mention.path, in_where, mention.kind)
            continue
        visible = finished.get(mention.record.path)  # type: ignore[attr-defined]
        yield from names(mention.value, mention.path, known, visible)
        yield from kinds(mention.value, mention.path, known, mention.kind)
    for path, name in places.value_names(sheet):
        if name not in known.names():
            yield Flaw(path, UNKNOWN_NAME, {"name": name, "hint": hint(name, known.names())})
        elif known.kind(name) is ValueType.TEXT and name not in known.figures:
            yield Flaw(path, NOT_NUMERIC, {"name": name})


class VisibleScores(NamedTuple):
    """The nodes whose scores are finished where a condition is looked at; whether it sees totals and last results."""

    nodes: frozenset[str]
    sees_results: bool


def scores_finished(sheet: RuleSheet) -> dict[Path, VisibleScores]:
    """What the conditions of each correction and of each adjustment see, by where that stands."""
    seen: dict[Path, VisibleScores] = {}
    done: set[str] = set()
    finish(sheet.items, done, seen)
    for adjustment in sheet.adjustments:
        seen[adjustment.path] = VisibleScores(frozenset(done), sees_results=True)
        if isinstance(adjustment, Bonus | Deduction) and adjustment.items is not BROKEN:
            finish(adjustment.items, done, seen)
    return seen


def finish(nodes: Iterable[Node], done: set[str], seen: dict[Path, VisibleScores]) -> None:
    """Go through nodes in the order in which their scores are finished."""
    for node in nodes:
        if isinstance(node, Section):
            finish(node.items, done, seen)
        for correction in listed(node.corrections):
            seen[correction.path] = VisibleScores(frozenset(done), sees_results=False)
        if node.id is not BROKEN:
            done.add(node.id)


def names(expression: Expression, path: Path, known: ExpressionScope, visible: VisibleScores | None) -> Iterator[Flaw]:
    """Every name is known; scores only in conditions of adjustments and corrections, results only in the former."""
    for reference in expression.references:
        wrong = wrong_reference(reference, known, visible)
        if wrong is not None:
            what, facts = wrong
            yield Flaw(path, WRONG_EXPRESSION, {"column": reference.column, "what": what.format(**facts)})


def wrong_reference(
    reference: NameNode, known: ExpressionScope, visible: VisibleScores | None
) -> tuple[Text, dict[str, object]] | None:
    """What is wrong with one name, or None."""
    name = reference.name
    if reference.role in (NameRole.SCORE, NameRole.RATE):
        if visible is None:
            return SCORE_ONLY, {"name": f"{reference.role.value}()"}
        if name in visible.nodes:
            return None
        return NOT_YET if visible.sees_results else NOT_FINISHED, {"id": name}
    if reference.role in (NameRole.PREVIOUS, NameRole.BEFORE):
        figures = tuple(known.figures)
        return None if name in known.figures else (NO_PREVIOUS, {"name": name, "hint": hint(name, figures)})
    if name in RESULT_NAMES and name not in known.figures:
        return None if visible is not None and visible.sees_results else (RESULT_ONLY, {"name": name})
    if name in known.figures or name in known.attributes:
        return None
    return UNKNOWN_NAME, {"name": name, "hint": hint(name, known.names())}


def kinds(expression: Expression, path: Path, known: ExpressionScope, kind: object) -> Iterator[Flaw]:
    """No text among numbers, no number in percent against a figure in percent."""
    assert isinstance(kind, Formula)
    wanted = ValueType.TRUTH if kind.truth else ValueType.NUMBER
    found = check_kinds(expression, known.kind, wanted, is_percent=known.is_percent, choices_of=known.choices)
    for flaw in found:
        yield Flaw(path, WRONG_EXPRESSION, {"column": flaw.column, "what": flaw.what})
