"""The parts of items from rows of their own: lines, bands, tables, corrections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assess.core.flaws import Flaw
from assess.core.schema import Found, hint
from assess.core.text import Text
from assess.files.rule_sheets.book_layout import LIST_PARTS, MAP_PARTS, PARTS, RECORD_PARTS
from assess.files.rule_sheets.book_tabs import TabRow, TabRows
from assess.files.rule_sheets.book_twigs import TWICE, NodeBuilder, twig_of

NO_NODE: Final = Text("没有“{id}”这个考核项。{hint}", "There is no item {id}. {hint}")
NO_PART: Final = Text("没有“{part}”这种明细。{hint}", "There is no part {part}. {hint}")
BLANK: Final = Text("本行没有填写“{key}”，请补上。", "This row has no {key}. Add it.")
NOT_OF_PART: Final = Text("“{part}”没有“{key}”这一列，请清空。", "{part} has no {key}. Clear this cell.")
MIXED: Final = Text(
    "查表要么每行都填选项，要么都不填。", "In a table, either every row has a key or none does. Fill it in or clear it."
)
NOT_RISING: Final = Text(
    "序号应在同一考核项、同一类型内由小到大。行的先后就是评分表的先后，请按序号排好。",
    "The numbers of a part must rise from row to row, because the order of rows is the order of the "
    "sheet. Sort the rows.",
)
NOT_A_NUMBER: Final = Text(
    "“{text}”不是序号，请填1、2、3等，或留空。", "{text} is not a row number. Enter 1, 2, 3 or leave it blank."
)
ONE_ROW: Final = Text("“{part}”只能有一行，请删去本行。", "There can be only one row of {part}. Delete this one.")
OWN: Final = frozenset({"node", "part", "no"})


def add_parts(nodes: Mapping[str, NodeBuilder], rows: TabRows, flaws: Found) -> None:
    """Add each row to the part of the item it names."""
    numbers: dict[tuple[str, str], int] = {}
    for row in rows.rows:
        twig, part = wanted(row, nodes, flaws)
        check_number(row, numbers, flaws)
        if twig is not None and part:
            add_row(twig, part, row, rows, flaws)


def wanted(row: TabRow, nodes: Mapping[str, NodeBuilder], flaws: Found) -> tuple[NodeBuilder | None, str]:
    """The item and the part that a row belongs to, as far as they are known."""
    name, part = row.texts.get("node"), row.texts.get("part", "")
    for key in ("node", "part"):
        if key not in row.texts:
            flaws.append(Flaw(row.first, BLANK, {"key": key}))
    if name is not None and name not in nodes:
        flaws.append(Flaw(row.cells["node"], NO_NODE, {"id": name, "hint": hint(name, tuple(nodes))}))
    if part and part not in PARTS:
        flaws.append(Flaw(row.cells["part"], NO_PART, {"part": part, "hint": hint(part, PARTS)}))
        part = ""
    return nodes.get(name or ""), part


def check_number(row: TabRow, numbers: dict[tuple[str, str], int], flaws: Found) -> None:
    """Numbers rise within a part, so that rows sorted by something else are noticed."""
    text = row.texts.get("no")
    if text is None:
        return
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        flaws.append(Flaw(row.cells["no"], NOT_A_NUMBER, {"text": text}))
        return
    group = (row.texts.get("node", ""), row.texts.get("part", ""))
    if int(text) <= numbers.get(group, -1):
        flaws.append(Flaw(row.cells["no"], NOT_RISING))
    numbers[group] = int(text)


def add_row(twig: NodeBuilder, part: str, row: TabRow, rows: TabRows, flaws: Found) -> None:
    """Add a row to a part of an item."""
    if part in RECORD_PARTS:
        add_record(twig, part, row, rows, flaws)
    elif part in MAP_PARTS and ("key" in row.texts or part not in LIST_PARTS):
        add_entry(twig, part, row, flaws)
    else:
        add_listed(twig, part, row, flaws)


def add_record(twig: NodeBuilder, part: str, row: TabRow, rows: TabRows, flaws: Found) -> None:
    """A row that is a record: a line, a band, a correction, the choice of obligations."""
    kept = {key: text for key, text in row.texts.items() if key not in OWN}
    cells = {key: row.cells[key] for key in kept} or {"part": row.cells["part"]}
    record = twig_of(TabRow(kept, cells), rows.places, "", flaws)
    at = row.cells["part"]
    if part == "obligations":
        if twig.put((part,), record.tree, at):
            twig.twigs[(part,)] = record
        else:
            flaws.append(Flaw(at, ONE_ROW, {"part": part}))
        return
    listed = list_at(twig, part, row, flaws)
    if listed is not None:
        twig.twigs[(part, len(listed))] = record
        listed.append(record.tree)


def add_entry(twig: NodeBuilder, part: str, row: TabRow, flaws: Found) -> None:
    """A row that says what a choice or a status is worth."""
    worth = MAP_PARTS[part]
    refuse_others(row, part, {"key", worth, *({"across"} if part == "table" else ())}, flaws)
    key, across = row.texts.get("key"), row.texts.get("across")
    if key is None:
        flaws.append(Flaw(row.cells["part"], BLANK, {"key": "key"}))
        return
    path = (part, key) if across is None else (part, key, across)
    if isinstance(twig.tree.get(part), list):
        flaws.append(Flaw(row.cells["key"], MIXED))
    elif not twig.put(path, row.texts.get(worth, ""), row.cells.get(worth, row.cells["key"])):
        flaws.append(Flaw(row.cells["key"], TWICE, {"key": key}))


def add_listed(twig: NodeBuilder, part: str, row: TabRow, flaws: Found) -> None:
    """A row that is one entry of a list: a figure, the points of a place, a point of a line."""
    columns = LIST_PARTS[part]
    refuse_others(row, part, set(columns), flaws)
    if isinstance(twig.tree.get(part), dict):
        flaws.append(Flaw(row.cells["part"], MIXED))
        return
    listed = list_at(twig, part, row, flaws)
    if listed is None:
        return
    number = len(listed)
    worths = [row.texts.get(column, "") for column in columns]
    listed.append(worths[0] if len(columns) == 1 else worths)
    twig.cells[(part, number)] = row.cells.get(columns[0], row.cells["part"])
    if len(columns) > 1:
        for at, column in enumerate(columns):
            twig.cells[(part, number, at)] = row.cells.get(column, row.cells["part"])


def list_at(twig: NodeBuilder, part: str, row: TabRow, flaws: Found) -> list[object] | None:
    """The list of a part, begun where there is none yet; None, with a flaw, where something else stands."""
    if part not in twig.tree:
        twig.put((part,), [], row.cells["part"])
    listed = twig.tree[part]
    if isinstance(listed, list):
        return listed
    flaws.append(Flaw(row.cells["part"], TWICE, {"key": part}))
    return None


def refuse_others(row: TabRow, part: str, columns: set[str], flaws: Found) -> None:
    """Report columns that a part does not have."""
    for key, cell in row.cells.items():
        if key not in OWN and key not in columns:
            flaws.append(Flaw(cell, NOT_OF_PART, {"part": part, "key": key}))
