"""The objects of units, such as river sections and villages: their list, and the one matcher of their names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.expressions import TextColumn, ValueType
from assess.core.flaws import Flaw
from assess.core.naming import Guesses, folded, quoted
from assess.core.parsing import ParseError, wrong
from assess.core.tables import Heading, Table, given_table
from assess.core.text import Text
from assess.core.units.unit_list import ALIAS, UNIT, UnitNames, Units, column_texts, several, taken, typed_column

NO_COLUMN = Text("没有“{name}”这一列，请在首行加上该表头。", "There is no column “{name}”. Add this heading.")
BLANK = Text(
    "缺少“{name}”，对象的类别、代码和单位均须填写。",
    "“{name}” is missing. Fill in the kind, the code and the unit of every object.",
)
TWICE = Text("{unit}的对象“{code}”出现两次，请只保留一行。", "Object “{code}” of {unit} appears twice. Keep one row.")
IN_TWO_KINDS = Text(
    "对象代码“{code}”已用于类别“{kind}”，请另取代码。",
    "The object code “{code}” is used for the kind “{kind}” already. Use another code.",
)
TAKEN_NAME = Text(
    "“{name}”已是单位属性或数据项的名称，请另取表头。",
    "“{name}” is the name of a unit attribute or of a figure already. Use another heading.",
)
UNKNOWN_OBJECT = Text("没有名为“{text}”的对象，请核对对象名单。", "No object is called “{text}”. Check the list.")
PERHAPS = Text("没有名为“{text}”的对象。是否应为“{near}”？", "No object is called “{text}”. Did you mean “{near}”?")
AMBIGUOUS = Text(
    "“{text}”可指多个对象（{codes}），请改填对象代码。",
    "“{text}” fits several objects ({codes}). Enter the code instead.",
)

HEADINGS: Final[Mapping[str, Sequence[str]]] = {
    "kind": ("kind", "类别", "对象类别"),
    "object": ("object", "对象", "对象代码", "对象编号"),
    "unit": UNIT,
}
OBJECT_HEADINGS: Final = ("kind", "object", "unit")
"""The least that a list of objects has."""
NAMES: Final[Mapping[str, Sequence[str]]] = {
    "name_zh": ("name_zh", "名称", "对象名称", "中文名称"),
    "name_en": ("name_en", "英文名称"),
}


class PartName(NamedTuple):
    """A part of a unit: the place of the unit, and the code of the object and the label of the period it is of."""

    unit: int
    object: str | None
    period: str | None


@dataclass(frozen=True, slots=True, eq=False)
class ObjectsOfKind:
    """The objects of one kind. An object that several units share has one row for each of them.

    Attributes:
        codes: the code of each object, in the order of the list.
        names: its name in both languages; the code where it has none.
        aliases: other names that it goes by.
        objects: for each row, the place of its object among `codes`.
        units: for each row, the place of its unit.
        attributes: the further columns of the list by heading, one entry a row.
        kinds: what each attribute is to an expression.
    """

    codes: tuple[str, ...]
    names: tuple[Text, ...]
    aliases: tuple[tuple[str, ...], ...]
    objects: NDArray[np.int64]
    units: NDArray[np.int64]
    attributes: Mapping[str, Column | TextColumn]
    kinds: Mapping[str, ValueType]

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.units)

    def of_unit(self, unit: int) -> NDArray[np.int64]:
        """The rows of one unit, in the order of the list."""
        return np.flatnonzero(self.units == unit)

    def alone(self, unit: int) -> ObjectsOfKind:
        """The objects of one unit, which is alone in its list; objects of others keep their codes."""
        rows = self.of_unit(unit)
        attributes = {name: taken(column, rows) for name, column in self.attributes.items()}
        here = np.zeros(len(rows), dtype=np.int64)
        return ObjectsOfKind(self.codes, self.names, self.aliases, self.objects[rows], here, attributes, self.kinds)


@dataclass(frozen=True, slots=True, eq=False)
class UnitObjects:
    """All objects of a list of units, by kind."""

    units: Units
    kinds: Mapping[str, ObjectsOfKind] = field(default_factory=dict)

    def kind_of(self, code: str) -> str | None:
        """The kind that a code belongs to."""
        return next((kind for kind, objects in self.kinds.items() if code in objects.codes), None)

    def name_of(self, code: str) -> Text:
        """What an object is called; its code where there is none of it."""
        each = self.kinds.get(self.kind_of(code) or "")
        return Text.same(code) if each is None else each.names[each.codes.index(code)]

    def codes_of_unit(self, kind: str, unit: int) -> tuple[str, ...]:
        """The codes of the objects of a kind that a unit has, in the order of the list."""
        each = self.kinds.get(kind)
        return () if each is None else tuple(each.codes[place] for place in each.objects[each.of_unit(unit)].tolist())

    def names_of_unit(self, unit: int) -> dict[str, dict[str, Text]]:
        """What the objects of a unit are called, by their kind and code."""
        return {kind: {code: self.name_of(code) for code in self.codes_of_unit(kind, unit)} for kind in self.kinds}

    def reporting_unit(self, code: str) -> int | None:
        """The unit with which the values of an object stand: of several that share it the first of the list."""
        each = self.kinds.get(self.kind_of(code) or "")
        return None if each is None else int(each.units[np.argmax(each.objects == each.codes.index(code))])

    def attributes(self, kind: str | None) -> Mapping[str, ValueType]:
        """The attributes of the objects of a kind; none of no kind."""
        return self.kinds[kind].kinds if kind is not None and kind in self.kinds else {}

    def alone(self, place: int, unit: Units) -> UnitObjects:
        """The objects of one unit: the one at this place, which is alone in its list."""
        return UnitObjects(unit, {kind: objects.alone(place) for kind, objects in self.kinds.items()})

    def canonical(self) -> dict[str, Any]:
        """What the list says, the units by code; the order of the objects of a unit is part of it."""
        return {kind: self.canonical_rows(objects) for kind, objects in sorted(self.kinds.items())}

    def canonical_rows(self, objects: ObjectsOfKind) -> list[list[Any]]:
        """Unit, code and attributes of each object, row by row."""
        texts = {name: column_texts(column) for name, column in sorted(objects.attributes.items())}
        rows = [
            [self.units.codes[unit], objects.codes[code], {name: column[row] for name, column in texts.items()}]
            for row, (unit, code) in enumerate(zip(objects.units.tolist(), objects.objects.tolist(), strict=True))
        ]
        return sorted(rows, key=lambda row: str(row[0]))


def read_objects(units: Units, names: UnitNames, table: Table) -> tuple[UnitObjects, list[Flaw]]:
    """The objects a table holds: kind, code and unit in each row, names, aliases and any further attributes."""
    reader = ObjectReader(units, names, table)
    kinds = reader.kinds()
    return UnitObjects(units, kinds), reader.flaws


def is_alias(heading: Heading) -> bool:
    """Whether a column holds other names of objects."""
    return heading.name.strip().casefold().startswith(ALIAS)


def attribute_columns(table: Table) -> list[tuple[int, Heading]]:
    """The columns that hold attributes of objects."""
    known = {table.column_called(ways) for ways in (*HEADINGS.values(), *NAMES.values())}
    return [(n, each) for n, each in enumerate(table.headings) if n not in known and not is_alias(each)]


def columns_called(table: Table, names: Collection[str]) -> list[Flaw]:
    """A flaw for each attribute of objects that is called by one of these names."""
    return [
        Flaw(each.source, TAKEN_NAME, {"name": quoted(each.name)})
        for _, each in attribute_columns(table)
        if each.name in names
    ]


class ObjectReader:
    """Reads one list of objects, and collects what is wrong with it."""

    def __init__(self, units: Units, names: UnitNames, table: Table) -> None:
        self.units = units
        self.unit_names = names
        self.table = table
        self.flaws = list(table.flaws)
        self.columns = {name: table.column_called(ways) for name, ways in (*HEADINGS.items(), *NAMES.items())}
        self.aliases = [number for number, each in enumerate(table.headings) if is_alias(each)]
        self.others = [number for number, _ in attribute_columns(table)]
        self.flaws += columns_called(table, units.attributes)

    def kinds(self) -> dict[str, ObjectsOfKind]:
        """The objects of each kind, those with flaws left out."""
        lacking = [name for name in HEADINGS if self.columns[name] is None]
        self.flaws += [Flaw(self.table.whole, NO_COLUMN, {"name": name}) for name in lacking]
        rows: dict[str, dict[tuple[str, int], int]] = {}
        kind_of: dict[str, str] = {}
        for row in () if lacking else range(len(self.table)):
            kind, code, unit = self.read_row(row)
            if kind and code and unit is not None and self.is_new(row, kind, code, unit, rows=rows, kind_of=kind_of):
                rows.setdefault(kind, {})[code, unit] = row
        return {kind: self.objects(each) for kind, each in rows.items()}

    def cell(self, row: int, name: str) -> str:
        """The text of a cell by the name of its column; empty where the table has no such column."""
        column = self.columns[name]
        return "" if column is None else self.table.columns[column][row]

    def note(self, row: int, heading: str, what: Text, **facts: object) -> None:
        """Note what is wrong with a cell."""
        column = self.columns[heading]
        assert column is not None
        self.flaws.append(Flaw(self.table.places(row, column), what, facts))

    def read_row(self, row: int) -> tuple[str, str, int | None]:
        """Kind, code and unit of a row; what is missing or unknown is noted."""
        for name in HEADINGS:
            if not self.cell(row, name):
                self.note(row, name, BLANK, name=name)
        unit = self.unit_names.find(self.cell(row, "unit")) if self.cell(row, "unit") else None
        if isinstance(unit, ParseError):
            self.note(row, "unit", unit.what)
            unit = None
        return self.cell(row, "kind"), self.cell(row, "object"), unit

    def is_new(
        self,
        row: int,
        kind: str,
        code: str,
        unit: int,
        *,
        rows: Mapping[str, Mapping[tuple[str, int], int]],
        kind_of: dict[str, str],
    ) -> bool:
        """Whether no row before says the same, or uses the code for another kind; else that is noted."""
        if kind_of.setdefault(code, kind) != kind:
            self.note(row, "object", IN_TWO_KINDS, code=quoted(code), kind=quoted(kind_of[code]))
            return False
        if (code, unit) in rows.get(kind, {}):
            self.note(row, "object", TWICE, code=quoted(code), unit=self.units.names[unit])
            return False
        return True

    def objects(self, rows: Mapping[tuple[str, int], int]) -> ObjectsOfKind:
        """The objects of one kind from their rows."""
        codes = list(dict.fromkeys(code for code, _ in rows))
        first = {code: [row for (each, _), row in rows.items() if each == code] for code in codes}
        places = {code: place for place, code in enumerate(codes)}
        headings = {self.table.headings[n].name: n for n in self.others}
        typed = {
            name: typed_column(name, [self.table.columns[n][row] for row in rows.values()])
            for name, n in headings.items()
            if any(self.table.columns[n][row] for row in rows.values())
        }
        return ObjectsOfKind(
            codes=tuple(codes),
            names=tuple(self.name_of(code, first[code]) for code in codes),
            aliases=tuple(tuple(self.aliases_of(first[code])) for code in codes),
            objects=np.array([places[code] for code, _ in rows], dtype=np.int64),
            units=np.array([unit for _, unit in rows], dtype=np.int64),
            attributes={name: column for name, (_, column) in typed.items()},
            kinds={name: told for name, (told, _) in typed.items()},
        )

    def name_of(self, code: str, rows: Sequence[int]) -> Text:
        """What an object is called, from the first of its rows that says so; else its code."""
        zh, en = (next((self.cell(row, name) for row in rows if self.cell(row, name)), "") for name in NAMES)
        return Text(zh or en or code, en or zh or code)

    def aliases_of(self, rows: Sequence[int]) -> list[str]:
        """Other names of an object."""
        return [name for row in rows for n in self.aliases for name in several(self.table.columns[n][row])]


def given_objects(
    units: Units, given: Sequence[tuple[str, str, str, Mapping[str, str]]], given_by: str
) -> tuple[UnitObjects, list[Flaw]]:
    """The objects of a worked example: kind, code, unit and attributes of each."""
    headings = list(dict.fromkeys(name for *_, attributes in given for name in attributes))
    rows = [
        [kind, code, unit, *(attributes.get(name, "") for name in headings)] for kind, code, unit, attributes in given
    ]
    about = [f"{unit} {code}" for _, code, unit, _ in given]
    table = given_table(["kind", "object", "unit", *headings], rows, given_by, about)
    return read_objects(units, UnitNames(units), table)


class ObjectNames:
    """The one matcher of objects: by code, name in either language, or alias."""

    def __init__(self, objects: UnitObjects) -> None:
        self.codes: dict[str, tuple[str, int]] = {}
        self.names: dict[str, set[str]] = {}
        for kind, each in objects.kinds.items():
            for place, code in enumerate(each.codes):
                self.codes[folded(code)] = (kind, place)
                for name in (*each.names[place], *each.aliases[place]):
                    self.names.setdefault(folded(name), set()).add(code)
        self.guesses = Guesses((*self.names, *self.codes))

    def find(self, text: str) -> tuple[str, int] | ParseError:
        """Kind and place of the object that a text names, or why it names none."""
        plain = folded(text)
        if plain in self.codes:
            return self.codes[plain]
        fitting = sorted(self.names.get(plain, ()))
        if len(fitting) == 1:
            return self.codes[folded(fitting[0])]
        if fitting:
            return wrong(AMBIGUOUS, text, codes=Text.listed(fitting))
        near = self.guesses.nearest(plain)
        return wrong(UNKNOWN_OBJECT, text) if near is None else wrong(PERHAPS, text, near=near)
