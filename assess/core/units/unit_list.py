"""The assessed units, and the one matcher of their names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from assess.core.exact import Column
from assess.core.expressions import TextColumn, ValueType
from assess.core.flaws import Flaw
from assess.core.naming import Guesses, folded, quoted
from assess.core.numbers import NotANumber, exact, reduced
from assess.core.parsing import TRUTHS, ParseError, wrong
from assess.core.tables import Table, given_table
from assess.core.text import Text
from assess.core.units.squares import square_flaws

NO_UNIT_COLUMN = Text(
    "没有“单位代码”这一列，请在首行加上该表头。",
    "There is no column `unit` with the codes. Add this heading.",
)
NO_UNITS = Text("没有任何单位，请每个单位填一行。", "There are no units. Enter one in each row.")
NO_CODE = Text("缺少单位代码，请填写。", "The unit code is missing. Enter it.")
TWICE = Text("单位“{code}”出现两次，请只保留一行。", "Unit “{code}” appears twice. Keep one row.")
UNKNOWN_UNIT = Text(
    "没有名为“{text}”的单位，请核对考核对象名单。", "No unit is called “{text}”. Check the list of units."
)
PERHAPS = Text("没有名为“{text}”的单位。是否应为“{near}”？", "No unit is called “{text}”. Did you mean “{near}”?")
AMBIGUOUS = Text(
    "“{text}”可指多个单位（{units}），请改填单位代码。",
    "“{text}” fits several units ({units}). Enter the unit code instead.",
)

CODE: Final = ("unit", "单位代码", "单位编码", "代码")
UNIT: Final = (
    *(*CODE, "单位", "单位名称", "考核对象", "考核对象名称", "被考核单位", "街道", "街乡", "街乡名称", "街乡代码"),
    *("街道名称", "街乡镇", "街乡镇名称", "街道乡镇", "街道(乡镇)", "街道(乡镇)名称", "街道(地区)", "街道(地区)名称"),
    *("街道(乡)", "所属街乡", "属地", "unit code", "unit name"),
)
"""Headings over a column that names units, best first."""
ALIKE: Final = {
    "unit": CODE,
    "name_zh": ("name_zh", "单位名称", "名称", "中文名称", "单位"),
    "name_en": ("name_en", "英文名称"),
    "kind": ("kind", "类型", "单位类型"),
}
ALIAS: Final = ("alias", "别名")
ENDINGS: Final = ("街道", "地区", "乡", "镇")
OFFICE: Final = re.compile(
    r"(?:办事处|(?<=街道)办|(?<=[乡镇区道])(?:人民)?政府|(?<=district)office|(?<=area)office|(?<=town)government|(?<=township)government)$"
)
"""What an office is called besides its place: 望京街道办事处, 望京街道办, 高碑店乡人民政府."""
WITH_KIND: Final = re.compile(r"(.+)\(([^()]+)\)")
ALWAYS_TEXT: Final = ("unit", "name_zh", "name_en", "kind")


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The assessed units, in the order of their list.

    Attributes:
        codes: the stable code of each.
        names: its name in both languages.
        aliases: other names that it goes by.
        attributes: the columns of the list by heading, `unit`, `kind` and names among them.
        kinds: what each attribute is to an expression.
        places: where each code stands in the list.
    """

    codes: tuple[str, ...]
    names: tuple[Text, ...]
    aliases: tuple[tuple[str, ...], ...]
    attributes: Mapping[str, Column | TextColumn]
    kinds: Mapping[str, ValueType]
    places: Mapping[str, int] = field(repr=False)

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def kind(self) -> TextColumn:
        """The kind of each unit."""
        return cast("TextColumn", self.attributes["kind"])

    def attribute(self, name: str) -> Column | TextColumn:
        """One attribute of all units.

        Raises:
            KeyError: the list of units has no such column.
        """
        return self.attributes[name]

    def kind_of(self, name: str) -> ValueType:
        """Whether an attribute is a truth, a number or text.

        Raises:
            KeyError: the list of units has no such column.
        """
        return self.kinds[name]

    def alone(self, place: int) -> Units:
        """The list of one of the units, its attributes typed as in the whole list."""
        here = np.array([place])
        attributes = {name: taken(column, here) for name, column in self.attributes.items()}
        code, name, aliases = self.codes[place], self.names[place], self.aliases[place]
        return Units((code,), (name,), (aliases,), attributes, self.kinds, {code: 0})

    def canonical(self) -> dict[str, Any]:
        """What the list says, whatever the order of its rows and columns."""
        order = sorted(range(len(self)), key=lambda place: self.codes[place])
        texts = {name: column_texts(column) for name, column in sorted(self.attributes.items())}
        return {
            "aliases": [sorted(self.aliases[place]) for place in order],
            "attributes": {name: [column[place] for place in order] for name, column in texts.items()},
        }


def taken(column: Column | TextColumn, places: NDArray[np.int64]) -> Column | TextColumn:
    """The values of the units at these places."""
    if isinstance(column, Column):
        return column.take(places)
    return TextColumn(column.values[places], column.missing[places])


def column_texts(column: Column | TextColumn) -> list[str | None]:
    """Each value of an attribute as text, None where it is missing."""
    if isinstance(column, TextColumn):
        return [None if gone else text for text, gone in zip(column.values, column.missing.tolist(), strict=True)]
    return [None if value is None else reduced(value) for value in column.fractions()]


def read_units(table: Table) -> tuple[Units, list[Flaw]]:
    """The list of units a table holds: a code each, names, kind, aliases and any further attributes.

    A unit twice, a row without code, a list without units or without codes, and two units on one square of the map
    are flaws.
    """
    flaws = list(table.flaws)
    columns = {name: number for name, ways in ALIKE.items() if (number := table.column_called(ways)) is not None}
    if "unit" not in columns:
        return no_units(), [*flaws, Flaw(table.whole, NO_UNIT_COLUMN)]
    rows = rows_of_units(table, columns["unit"], flaws)
    flaws += square_flaws(table, rows)
    if not len(table):
        flaws.append(Flaw(table.whole, NO_UNITS))
    texts = {name: [table.columns[number][row] for row in rows] for name, number in columns.items()}
    aliases: list[list[str]] = [[] for _ in rows]
    for number, heading in enumerate(table.headings):
        if heading.name.strip().casefold().startswith(ALIAS):
            for place, row in enumerate(rows):
                aliases[place] += several(table.columns[number][row])
        elif number not in columns.values():
            texts[heading.name] = [table.columns[number][row] for row in rows]
    return units_with(texts, aliases), flaws


def rows_of_units(table: Table, column: int, flaws: list[Flaw]) -> list[int]:
    """The rows that hold a unit not seen before; the others are reported."""
    rows: list[int] = []
    seen: set[str] = set()
    for row, code in enumerate(table.columns[column]):
        if not code:
            flaws.append(Flaw(table.places(row, column), NO_CODE))
        elif folded(code) in seen:
            flaws.append(Flaw(table.places(row, column), TWICE, {"code": quoted(code)}))
        else:
            seen.add(folded(code))
            rows.append(row)
    return rows


def several(text: str) -> list[str]:
    """Names written one after the other with semicolons."""
    return [name.strip() for name in text.replace("；", ";").split(";") if name.strip()]


def units_with(texts: Mapping[str, Sequence[str]], aliases: Iterable[Iterable[str]]) -> Units:
    """Units from the text of their attributes, typed by column; names fall back on each other and on the code."""
    codes = tuple(texts["unit"])
    empty = ("",) * len(codes)
    zh, en, kind = (texts.get(name, empty) for name in ("name_zh", "name_en", "kind"))
    names = tuple(
        Text(chinese or english or code, english or chinese or code)
        for chinese, english, code in zip(zh, en, codes, strict=True)
    )
    typed = {name: typed_column(name, column) for name, column in {"kind": kind, **texts}.items()}
    attributes = {name: column for name, (_, column) in typed.items()}
    kinds = {name: told for name, (told, _) in typed.items()}
    return Units(codes, names, tuple(map(tuple, aliases)), attributes, kinds, {code: i for i, code in enumerate(codes)})


def no_units() -> Units:
    """A list of no units."""
    return units_with({"unit": ()}, ())


def without_office(plain: str) -> Iterator[str]:
    """The names that a name means without what makes it an office; one in brackets names the same place."""
    whole = WITH_KIND.fullmatch(plain)
    if whole is None:
        yield OFFICE.sub("", plain)
        return
    first, second = (OFFICE.sub("", each) for each in whole.groups())
    stem = without_ending(first)
    if second in ENDINGS:
        yield from {first, stem + second} if first != stem else {stem + second}
    elif second.startswith(stem) and second.removeprefix(stem) in ENDINGS:
        yield from (first, second)


def without_ending(name: str) -> str:
    """A name without the word for the kind of its unit."""
    return next((name.removesuffix(each) for each in ENDINGS if name.endswith(each) and name != each), name)


def typed_column(name: str, texts: Sequence[str]) -> tuple[ValueType, Column | TextColumn]:
    """An attribute as its column says: all of yes-no spelling, all numbers, else text."""
    if name not in ALWAYS_TEXT:
        given = set(texts) - {""}
        if all(folded(text) in TRUTHS for text in given):
            return ValueType.TRUTH, Column.of(TRUTHS.get(folded(text)) for text in texts)
        try:
            numbers: dict[str, Fraction | None] = {text: attribute_number(text) for text in given}
            return ValueType.NUMBER, Column.of(numbers.get(text) for text in texts)
        except NotANumber:
            pass
    return ValueType.TEXT, TextColumn.of(text or None for text in texts)


def attribute_number(text: str) -> Fraction:
    """A number as sheets write it, the width of its characters aside.

    Raises:
        NotANumber: it is none.
    """
    return Fraction(exact(folded(text)))


def given_units(given: Mapping[str, Mapping[str, str]], given_by: str) -> tuple[Units, list[Flaw]]:
    """The units of a worked example: attributes by code and heading."""
    headings = list(dict.fromkeys(name for attributes in given.values() for name in attributes))
    rows = [[code, *(attributes.get(name, "") for name in headings)] for code, attributes in given.items()]
    return read_units(given_table(["unit", *headings], rows, given_by, list(given)))


class UnitNames:
    """The one matcher of unit names: by code, name in either language, alias, or name without its last word.

    Names are compared without blanks, zero-width characters, width of characters and case.
    """

    def __init__(self, units: Units) -> None:
        self.units = units
        self.codes = {folded(code): place for place, code in enumerate(units.codes)}
        self.names: dict[str, set[int]] = {}
        self.short: dict[str, set[int]] = {}
        for place, (name, aliases) in enumerate(zip(units.names, units.aliases, strict=True)):
            for each in {folded(name.zh), folded(name.en), *map(folded, aliases)}:
                self.names.setdefault(each, set()).add(place)
                for ending in ENDINGS:
                    if each.endswith(ending) and each != ending:
                        self.short.setdefault(each.removesuffix(ending), set()).add(place)
        self.offices: dict[str, set[int]] = {}
        for each, found in self.names.items():
            for way in without_office(each):
                for spelled in {way, without_ending(way)}:
                    self.offices.setdefault(spelled, set()).update(found)
        self.guesses = Guesses((*self.names, *self.codes))

    def find(self, text: str) -> int | ParseError:
        """The place of the unit that a text names, or why it names none."""
        plain = folded(text)
        if plain in self.codes:
            return self.codes[plain]
        fitting = self.called(plain)
        if len(fitting) == 1:
            return next(iter(fitting))
        return self.ambiguous(text, sorted(fitting)) if fitting else self.unknown(text)

    def called(self, plain: str) -> Collection[int]:
        """The places of the units that go by a name, folded already."""
        return self.names.get(plain) or self.short.get(plain) or self.called_as_office(plain)

    def called_as_office(self, plain: str) -> Collection[int]:
        """The places of the units whose office a name may mean: 望京街道办事处, 望京街道（地区）, 高碑店乡人民政府."""
        found = [self.offices.get(way, set()) for way in without_office(plain)]
        return set[int]().union(*found)

    def may_mean(self, text: str, place: int) -> bool:
        """Whether a unit is among those that a text names."""
        return place in self.called(folded(text))

    def ambiguous(self, text: str, places: Sequence[int]) -> ParseError:
        """Several units go by the name."""
        named = [(self.units.names[place], self.units.codes[place]) for place in places]
        units = Text("、".join(f"{n.zh} {c}" for n, c in named), ", ".join(f"{n.en} {c}" for n, c in named))
        return wrong(AMBIGUOUS, text, units=units)

    def unknown(self, text: str) -> ParseError:
        """No unit goes by the name."""
        near = self.guesses.nearest(folded(text))
        if near is None:
            return wrong(UNKNOWN_UNIT, text)
        place = self.codes[near] if near in self.codes else min(self.names[near])
        return wrong(PERHAPS, text, near=self.units.names[place])
