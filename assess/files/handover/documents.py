"""Which files a hand-over has, how each is made, and the one that it is read from again."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from assess.core.handover.content import Handover
from assess.core.handover.trees import as_tree, from_tree
from assess.core.handover.words import FileKind
from assess.core.text import Language
from assess.files.handover.book import workbook
from assess.files.handover.tables import changes_csv, members_csv, rankings_csv, units_csv

CSV: Final = "text/csv"
BOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileOf(NamedTuple):
    """A file of a hand-over: what it is, in which language (none: for programs), and how it is made and called."""

    kind: FileKind
    language: Language | None
    media_type: str
    ending: str
    made: Callable[[Handover], bytes]

    def name(self, handover: Handover) -> str:
        """What the file is called."""
        return f"handover-{handover.year}-{handover.number}{self.ending}"

    def belongs(self, handover: Handover) -> bool:
        """Whether a hand-over has the file: only a correction has changes, only some sheets have other rankings."""
        if self.kind is FileKind.RANKINGS:
            return bool(handover.rankings)
        return self.kind is not FileKind.CHANGES or handover.is_correction


def data_json(handover: Handover) -> bytes:
    """Everything, a unit, member or change a line, so that two hand-overs can be compared by lines."""
    tree = as_tree(handover)
    parts = [f"{json.dumps(name)}: {one_line(value)}" for name, value in tree.items()]
    return ("{" + ",\n".join(parts) + "}\n").encode()


def one_line(value: object) -> str:
    """A value on one line; a list with one entry a line."""
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def read_data(data: bytes) -> Handover:
    """The hand-over that `data_json` wrote."""
    read: Handover = from_tree(Handover, json.loads(data))
    return read


FILES: Final = (
    FileOf(FileKind.BOOK, "zh", BOOK, "-zh.xlsx", partial(workbook, language="zh")),
    FileOf(FileKind.BOOK, "en", BOOK, "-en.xlsx", partial(workbook, language="en")),
    FileOf(FileKind.UNITS, None, CSV, "-units.csv", units_csv),
    FileOf(FileKind.MEMBERS, None, CSV, "-members.csv", members_csv),
    FileOf(FileKind.RANKINGS, None, CSV, "-rankings.csv", rankings_csv),
    FileOf(FileKind.CHANGES, None, CSV, "-changes.csv", changes_csv),
    FileOf(FileKind.DATA, None, "application/json", ".json", data_json),
)
"""Every file, in the order in which pages list them."""
