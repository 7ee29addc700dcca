"""The list of units as a workbook that an office can edit, with a second sheet of dated renames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from assess.core.exact import Column
from assess.core.expressions import ValueType
from assess.core.flaws import Flaw, ValidationError
from assess.core.text import Language, Text
from assess.core.units.renames import RENAMED_ON, Rename, read_renames
from assess.core.units.unit_list import ALIKE, CODE, UnitNames, Units, column_texts, read_units
from assess.files.tables import read_table
from assess.files.workbooks.input_books import Guidance, InputColumn, InputSheet, write_input_book
from assess.files.workbooks.packages import ZIP

SHEET: Final = Text("单位", "Units")
RENAMES: Final = Text("更名", "Renames")
GUIDANCE: Final = Guidance(
    title=Text("单位名单填写说明", "How to fill in the list of units"),
    who=Text("考核办", "the assessment office"),
    steps=(
        Text(
            "每个单位一行。单位代码一经使用不再改变：更名的单位代码不变，在“更名”表中填新名称和更名日期。",
            "One row for each unit. A code never changes: a renamed unit keeps its code, and its new name "
            "and date go in the sheet Renames.",
        ),
        Text(
            "别名可填几个，用分号隔开；上传的表格里填写别名也能识别单位。",
            "Separate several aliases by semicolons. A unit is recognised by any of them in later uploads.",
        ),
        Text(
            "其余各栏是评分表用到的单位属性，表头不要改动；可在右侧增加新的属性栏。",
            "The other columns are attributes used by the rule sheet. Do not change their headings. You can "
            "add more on the right.",
        ),
    ),
)
FIRST: Final = ("unit", "name_zh", "name_en", "kind")
ALIAS: Final = Text("别名", "alias")
HELP: Final = {
    "unit": Text("全年不变的代码，如统计用区划代码。", "A stable code, such as the statistics code."),
    "name_zh": Text("中文全称。", "The full Chinese name."),
    "name_en": Text("英文名称，可不填。", "English name (optional)."),
    "kind": Text("单位类型，填“街道”或“地区（乡）”，用于分组。", "Such as street or township; groups are made by it."),
}
OF_ATTRIBUTES: Final = {
    ValueType.TRUTH: Text("填“是”或“否”。", "Enter yes or no."),
    ValueType.NUMBER: Text("数字。", "A number."),
}
A_TEXT: Final = Text("文字。", "Text.")


@dataclass(frozen=True, slots=True)
class LoadedUnits:
    """A list of units as read, its renames, and everything wrong, by cell or line."""

    units: Units
    renames: tuple[Rename, ...]
    flaws: tuple[Flaw, ...]


def write_unit_book(target: Path | BytesIO, language: Language, units: Units, renames: Sequence[Rename] = ()) -> None:
    """Write a list of units, which may be empty, as a workbook to edit."""
    attributes = [name for name in units.attributes if name not in FIRST]
    kinds = list(dict.fromkeys(text for text in column_texts(units.kind) if text))
    columns = [
        *(plain_column(name, kinds if name == "kind" else ()) for name in FIRST),
        InputColumn(
            heading=ALIAS,
            help=Text("别名、简称、旧称，用分号隔开。", "Aliases and former names, separated by semicolons."),
            width=28,
        ),
        *(attribute_column(name, units.kind_of(name)) for name in attributes),
    ]
    known = {name: [text or "" for text in as_typed(units, name)] for name in (*FIRST, *attributes)}
    rows = [
        [known[name][place] for name in FIRST]
        + [";".join(units.aliases[place])]
        + [known[name][place] for name in attributes]
        for place in range(len(units))
    ]
    sheets = [
        InputSheet(name=SHEET, columns=columns, rows=rows, frozen=2),
        InputSheet(name=RENAMES, columns=rename_columns(language, units), rows=rename_rows(renames), frozen=1),
    ]
    write_input_book(target, language, GUIDANCE, sheets, {"kind": "units"})


def as_typed(units: Units, name: str) -> list[str | None]:
    """The cells of an attribute as one would type them; a name that fell back on another is written all the same."""
    if name == "unit":
        return list(units.codes)
    if name == "name_zh":
        return [each.zh for each in units.names]
    if name == "name_en":
        return [each.en for each in units.names]
    column = units.attributes[name]
    texts = column_texts(column)
    if isinstance(column, Column) and units.kind_of(name) is ValueType.TRUTH:
        return [{"1": "yes", "0": "no", None: None}[text] for text in texts]
    return texts


def plain_column(name: str, words: Sequence[str]) -> InputColumn:
    """One of the columns that every list has."""
    heading = Text(ALIKE[name][1], name)
    return InputColumn(heading=heading, help=HELP[name], required=name == "unit", width=22, words=words)


def attribute_column(name: str, kind: ValueType) -> InputColumn:
    """The column of an attribute, under the very name that the rule sheet uses."""
    return InputColumn(
        heading=Text.same(name),
        help=OF_ATTRIBUTES.get(kind, A_TEXT),
        width=max(12, len(name) + 2),
        words=("yes", "no") if kind is ValueType.TRUTH else (),
        number_format="General" if kind is ValueType.NUMBER else "@",
    )


def rename_columns(language: Language, units: Units) -> list[InputColumn]:
    """The columns of the sheet of renames."""
    names = [name.localized(language) for name in units.names]
    return [
        InputColumn(
            heading=Text("单位代码", "unit"), required=True, width=26, words=names,
            help=Text("更名单位的代码或名称。", "Code or name of the renamed unit."),
        ),
        InputColumn(
            heading=Text("新名称", "new_name_zh"), required=True, width=26,
            help=Text("更名后的中文全称。", "New full name in Chinese."),
        ),
        InputColumn(
            heading=Text("新英文名称", "new_name_en"), width=26,
            help=Text("更名后的英文名称，可不填。", "New English name (optional)."),
        ),
        InputColumn(
            heading=Text(RENAMED_ON[1], RENAMED_ON[0]), required=True, is_date=True, number_format="yyyy-mm-dd",
            help=Text("自哪一天起使用新名称，如2026-07-01。", "First day of the new name, such as 2026-07-01."),
        ),
    ]  # fmt: skip


def rename_rows(renames: Sequence[Rename]) -> list[list[str]]:
    """The rows of the sheet of renames."""
    return [[each.unit, each.name.zh, each.name.en, each.on.isoformat()] for each in renames]


def load_units(path: Path) -> LoadedUnits:
    """Read a list of units from a workbook or CSV file, and the renames in the workbook's other sheet.

    Raises:
        ValidationError: the file cannot be read, or holds no list of units.
    """
    units, flaws = read_units(read_table(path, CODE))
    renames: list[Rename] = []
    if path.read_bytes()[: len(ZIP)] == ZIP:
        # slow library
        from assess.files.workbooks.tables import NO_TABLE, read_book_table

        try:
            table = read_book_table(path, RENAMED_ON)
        except ValidationError as refused:
            if refused.flaws[0].what is not NO_TABLE:
                raise
        else:
            renames, found = read_renames(table, UnitNames(units)) if len(table) else ([], [])
            flaws += found
    return LoadedUnits(units, tuple(renames), tuple(flaws))
