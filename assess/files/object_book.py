"""The list of the objects of units as a workbook that an office can edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from assess.core.expressions import ValueType
from assess.core.tables import EXAMPLE
from assess.core.text import Language, Text
from assess.core.units.object_changes import ObjectEntry, object_entries
from assess.core.units.objects import UnitObjects
from assess.files.workbooks.input_books import Guidance, InputColumn, InputSheet, write_input_book

SHEET: Final = Text("对象", "Objects")
GUIDANCE: Final = Guidance(
    title=Text("对象名单填写说明", "How to fill in the list of objects"),
    who=Text("考核办", "the assessment office"),
    steps=(
        Text(
            "每个对象一行；几个单位共有的对象每个单位各一行，代码相同，数据由排在最前的单位登记。",
            "One row for each object. An object that several units share has a row for each of them, with the same "
            "code; its figures stand with the unit that is listed first.",
        ),
        Text(
            "对象代码一经使用不再改变，名称可以更改；单位填代码或名称均可。",
            "The code of an object never changes once it is used; its name can. A unit is its code or its name.",
        ),
        Text(
            "其余各栏是评分表用到的对象属性，可在右侧增加，表头不能与单位属性和数据项相同。",
            "The other columns are attributes of objects used by the rule sheet. You can add more on the right, but "
            "none called like an attribute of units or a figure.",
        ),
    ),
)
NUMERIC: Final = "General"


def write_object_book(
    target: Path | BytesIO, language: Language, objects: UnitObjects, kinds: Mapping[str, Text]
) -> None:
    """Write a list of objects, which may be empty, as a workbook to edit; `kinds` are the titles of the sheet's."""
    entries = object_entries(objects)
    attributes = attribute_kinds(objects)
    named = {kind: title.localized(language) for kind, title in kinds.items()}
    units = [name.localized(language) for name in objects.units.names]
    columns = [*fixed_columns(list(named.values()), units), *(attribute_column(*each) for each in attributes.items())]
    rows = [object_row(entry, named, objects, language) + cells(entry, attributes) for entry in entries]
    sheet = InputSheet(name=SHEET, columns=columns, rows=rows, frozen=2)
    write_input_book(target, language, GUIDANCE, [sheet], {"kind": "objects"})


def object_row(entry: ObjectEntry, named: Mapping[str, str], objects: UnitObjects, language: Language) -> list[str]:
    """The cells that every row has."""
    unit = objects.units.names[objects.units.places[entry.unit]].localized(language)
    shown = objects.units.names.count(objects.units.names[objects.units.places[entry.unit]])
    return [
        named.get(entry.kind, entry.kind), entry.code, entry.unit if shown > 1 else unit, entry.name.zh, entry.name.en,
        ";".join(entry.aliases),
    ]  # fmt: skip


def cells(entry: ObjectEntry, attributes: Mapping[str, ValueType]) -> list[str]:
    """The attributes of a row."""
    return [entry.attributes.get(name, "") for name in attributes]


def attribute_kinds(objects: UnitObjects) -> dict[str, ValueType]:
    """The attributes of the objects of all kinds, and what the first kind that has one says it is."""
    found: dict[str, ValueType] = {}
    for each in objects.kinds.values():
        for name, kind in each.kinds.items():
            found.setdefault(name, kind)
    return found


def fixed_columns(kinds: Sequence[str], units: Sequence[str]) -> list[InputColumn]:
    """The columns that every list has."""
    first = kinds[0] if kinds else ""
    return [
        InputColumn(
            heading=Text("类别", "kind"), required=True, width=18, words=kinds, example=f"{EXAMPLE}{first}",
            help=Text("评分表中的对象类别。", "A kind of objects of the rule sheet."),
        ),
        InputColumn(
            heading=Text("对象代码", "object"), required=True, width=16, example=f"{EXAMPLE}A1",
            help=Text("不变的代码，不含空格。", "A stable code without blanks."),
        ),
        InputColumn(
            heading=Text("单位", "unit"), required=True, width=24, words=units,
            example=f"{EXAMPLE}{units[0] if units else ''}",
            help=Text("对象所属单位的代码或名称。", "Code or name of the unit that the object belongs to."),
        ),
        InputColumn(
            heading=Text("名称", "name_zh"), width=24, help=Text("对象的中文名称。", "The Chinese name of the object."),
        ),
        InputColumn(
            heading=Text("英文名称", "name_en"), width=24, help=Text("可不填。", "The English name (optional)."),
        ),
        InputColumn(
            heading=Text("别名", "alias"), width=24,
            help=Text("别名、旧称，用分号隔开。", "Aliases and former names, separated by semicolons."),
        ),
    ]  # fmt: skip


def attribute_column(name: str, kind: ValueType) -> InputColumn:
    """The column of an attribute, under the very name that the rule sheet uses."""
    is_truth = kind is ValueType.TRUTH
    return InputColumn(
        heading=Text.same(name),
        help=Text("填“是”或“否”。", "Enter yes or no.")
        if is_truth
        else Text("对象的属性。", "An attribute of the object."),
        width=max(12, len(name) + 2),
        words=("yes", "no") if is_truth else (),
        number_format=NUMERIC if kind is ValueType.NUMBER else "@",
    )
