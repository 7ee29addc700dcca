"""Characters that nobody sees and no database keeps: found wherever they stand in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from assess.core.flaws import Flaw, Path
from assess.core.naming import trimmed
from assess.core.schema import Tree
from assess.core.tables import Table
from assess.core.text import Text

NO_CHARACTERS: Final = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
"""What Unicode sets aside and neither HTML nor a workbook may hold."""
CONTROL: Final = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{NO_CHARACTERS}]")
TURNING: Final = "\u202a-\u202e\u2066-\u2069"
"""What makes a reader see other letters than stand there: gnp.exe for exe.png."""
HIDDEN: Final = re.compile(f"{CONTROL.pattern[:-1]}{TURNING}]")
"""What no text that somebody typed may hold."""
WIDTHLESS: Final = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
"""What comes along when a name is copied, and makes two names look like one."""
UNSEEN = Text("内容含有不可见的控制字符，请重新填写。", "This contains invisible control characters. Enter it again.")
TOO_LONG = Text("内容过长，最多{most}个字符，请精简。", "This is too long. It must be {most} characters or fewer.")
MAX_CELL_LENGTH: Final = 4_000


def unseen_in_tree(tree: Tree, path: Path = ()) -> Iterator[Flaw]:
    """A flaw for each key or text of a plain tree that holds such characters, at its path."""
    if isinstance(tree, Mapping):
        for key, each in tree.items():
            if HIDDEN.search(key):
                yield Flaw(path, UNSEEN)
            yield from unseen_in_tree(each, (*path, key))
    elif isinstance(tree, list):
        for number, each in enumerate(tree):
            yield from unseen_in_tree(each, (*path, number))
    elif isinstance(tree, str) and HIDDEN.search(tree):
        yield Flaw(path, UNSEEN)


def unseen_in_table(table: Table) -> Iterator[Flaw]:
    """A flaw for each heading or cell that holds such characters or more text than any list needs."""
    for heading in table.headings:
        if HIDDEN.search(heading.name):
            yield Flaw(heading.source, UNSEEN)
    for number, column in enumerate(table.columns):
        for row, text in enumerate(column):
            if len(text) > MAX_CELL_LENGTH:
                yield Flaw(table.places(row, number), TOO_LONG, {"most": MAX_CELL_LENGTH})
            elif HIDDEN.search(text) or WIDTHLESS.search(trimmed(text)):
                yield Flaw(table.places(row, number), UNSEEN)


def seen(name: str) -> str:
    """The name of a file without its folders, with a sign for every character that is unseen or turns others round."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return "".join(" " if letter.isspace() else letter if letter.isprintable() else "_" for letter in last)
