"""Whose values a figure of objects asks a unit for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from assess.core.exemptions import Exemptions
from assess.core.expressions import holds
from assess.core.figures import empty
from assess.core.forms.form import AskedObject, SharedObject
from assess.core.rules.adjustments import Adjustment
from assess.core.rules.nodes import Item, Node
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.scoring.inputs import ScopeValues, ScoringInputs
from assess.core.scoring.parts import parts_of
from assess.core.text import Text
from assess.core.units.objects import UnitObjects

NO_OBJECT = Text("本单位没有{kind}，不需填报", "{kind}: the unit has none, so nothing is asked")
OF_OTHERS = Text("由{units}填报，本单位可查看", "reported by {units}; this unit sees the values")
NONE_COUNTS = Text("本单位的{kind}均不计分", "{kind}: none of the unit's counts")


class ObjectsAsked(NamedTuple):
    """What objects are called, those that a unit reports a figure of or others for it, and why none is asked."""

    kind: Text
    asked: tuple[AskedObject, ...]
    shared: tuple[SharedObject, ...]
    reason: Text | None


def objects_of_form(sheet: RuleSheet, objects: UnitObjects, place: int, exemptions: Exemptions | None) -> ObjectsOfForm:
    """The objects of the unit at a place; exemptions of all units."""
    unit = objects.units.alone(place)
    values = ScopeValues(ScoringInputs(sheet, unit, empty(sheet, unit), objects=objects.alone(place, unit)))
    own = None if exemptions is None else exemptions.alone(place, unit)
    return ObjectsOfForm(sheet, objects, place, values, own)


class ObjectsOfForm:
    """The objects of the unit at a place as its form asks of them.

    Args:
        sheet: the rule sheet.
        objects: those of all units.
        place: where the unit stands among these.
        values: the attributes of the unit alone and of its objects.
        exemptions: those of the unit alone.
    """

    def __init__(
        self, sheet: RuleSheet, objects: UnitObjects, place: int, values: ScopeValues, exemptions: Exemptions | None
    ) -> None:
        self.sheet, self.objects, self.place = sheet, objects, place
        self.values, self.exemptions = values, exemptions

    def of(self, kind: str, users: Iterable[Node | Adjustment]) -> ObjectsAsked:
        """The objects of a kind that a figure is asked of, which these items and adjustments use."""
        title = title_of((self.sheet.objects or {}).get(kind), kind)
        own, users = self.objects.codes_of_unit(kind, self.place), tuple(users)
        counted = {code for record in users for code in self.counted(record, kind, own)}
        reporters = {code: self.objects.reporting_unit(code) for code in own}
        asked = [
            code for code in own if reporters[code] == self.place and (code in counted or self.is_shared(kind, code))
        ]
        shared = [code for code in own if reporters[code] != self.place and code in counted]
        return ObjectsAsked(
            title,
            tuple(AskedObject(code, self.objects.name_of(code)) for code in asked),
            tuple(SharedObject(code, self.objects.name_of(code), self.reporter(reporters[code])) for code in shared),
            None if asked else self.why_none(title, own, [self.reporter(reporters[code]) for code in shared]),
        )

    def why_none(self, kind: Text, own: Collection[str], reporters: Collection[Text]) -> Text:
        """Why the unit is asked of no object of a kind."""
        if not own:
            return NO_OBJECT.format(kind=kind)
        if not reporters:
            return NONE_COUNTS.format(kind=kind)
        names = tuple(dict.fromkeys(reporters))
        return OF_OTHERS.format(units=Text("、".join(each.zh for each in names), ", ".join(each.en for each in names)))

    def reporter(self, place: int | None) -> Text:
        """The name of the unit that reports an object."""
        assert place is not None
        return self.objects.units.names[place]

    def is_shared(self, kind: str, code: str) -> bool:
        """Whether other units have the object too, whose exemptions and conditions the unit does not know."""
        each = self.objects.kinds[kind]
        return int((each.objects == each.codes.index(code)).sum()) > 1

    def counted(self, record: Node | Adjustment, kind: str, own: Iterable[str]) -> Iterator[str]:
        """The objects of the unit that an item or adjustment counts; one that is not parted by them counts all."""
        if not isinstance(record, Item) or kind not in (record.by or ()):
            yield from own
            return
        names, _ = parts_of(record, self.values)
        taken = np.ones(names.size, dtype=np.bool_)
        if self.exemptions is not None:
            taken &= ~self.exemptions.of_parts(record.id, names.part_names)
        if record.where is not None:
            true, unknown = holds(names.with_part_names().evaluate(record.where))
            taken &= true | unknown
        yield from (
            part.object for part, is_taken in zip(names.part_names, taken, strict=True) if is_taken and part.object
        )
