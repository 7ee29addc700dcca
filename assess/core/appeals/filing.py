"""What a unit says when it appeals, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from assess.core.appeals.cells import FigureCell, canonical, shown_text
from assess.core.errors import Refused
from assess.core.figures.entry import read_entry
from assess.core.parsing import ParseError
from assess.core.text import Text
from assess.core.unseen import HIDDEN, UNSEEN

EXEMPT: Final = "exempt"
"""The cell of an appeal that says that the item does not apply to the unit."""
MAX_APPEAL_LENGTH: Final = 2000

NO_WHAT: Final = Text("请写明有什么问题。", "Enter what is wrong.")
TOO_LONG: Final = Text("最多{most}个字，请精简。", "Must be {most} characters or fewer.")
NO_CELL: Final = Text("请从列表中选择数据项。", "Select a figure from the list.")
NO_ASKED: Final = Text("请填写您认为正确的数据。", "Enter the value that you think is right.")
ASKED_OF_EXEMPT: Final = Text(
    "主张本项不涉及本单位的，不填正确的数据。请清空该数据，或改选有误的数据项。",
    "An item that does not apply has no value. Clear the value, or select the figure that is wrong.",
)
ASKED_WITHOUT: Final = Text("请先选择数据项。", "Select the figure first.")
AS_IT_IS: Final = Text(
    "与公示的数据相同，请填写不同的数据。", "This is the same as the released value. Enter a different one."
)
EXEMPT_ALREADY: Final = Text("本项已按不涉及处理。", "The item is already treated as not applicable.")
SHOULD_NOT_APPLY: Final = Text("本项不涉及本单位。", "The item does not apply to the unit.")
SHOULD_BE: Final = Text("{title}应为{value}", "{title} should be {value}")
SHOULD_BE_THEN: Final = Text("{title}（{period}）应为{value}", "{title} ({period}) should be {value}")


@dataclass(frozen=True, slots=True)
class TypedAppeal:
    """An appeal as it was typed: `cell` is "" or the key of a figure, whose right value is `asked`, or `EXEMPT`."""

    unit: str
    item: str
    what: str
    cell: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class ReadAppeal:
    """An appeal as it is kept."""

    what: str
    cell: str
    asked: str


def read_appeal(typed: TypedAppeal, cells: Mapping[str, FigureCell], *, is_exempt: bool) -> ReadAppeal:
    """An appeal against a line that stands on these cells.

    Raises:
        Refused: by field (`what`, `cell`, `asked`), all at once.
    """
    fields: dict[str, Text] = {}
    what = typed.what.strip()
    if (wrong := flaw_in(what)) is not None:
        fields["what"] = wrong
    asked = typed.asked.strip()
    if typed.cell == EXEMPT:
        if is_exempt:
            fields["cell"] = EXEMPT_ALREADY
        elif asked:
            fields["asked"] = ASKED_OF_EXEMPT
    elif typed.cell and typed.cell not in cells:
        fields["cell"] = NO_CELL
    elif not typed.cell and asked:
        fields["cell"] = ASKED_WITHOUT
    elif typed.cell:
        asked = value_in(cells[typed.cell], asked, fields)
    if fields:
        raise Refused(next(iter(fields.values())), fields)
    return ReadAppeal(what, typed.cell, asked)


def flaw_in(text: str) -> Text | None:
    """What is wrong with words that were typed, which may have several lines."""
    if not text:
        return NO_WHAT
    if len(text) > MAX_APPEAL_LENGTH:
        return TOO_LONG.format(most=MAX_APPEAL_LENGTH)
    return UNSEEN if HIDDEN.search(text) else None


def value_in(cell: FigureCell, asked: str, fields: dict[str, Text]) -> str:
    """The value that should be, as it is kept; what is wrong with it is put among the fields."""
    read = read_entry(cell.kind, asked)
    if read is None:
        fields["asked"] = NO_ASKED
    elif isinstance(read, ParseError):
        fields["asked"] = read.what
    elif canonical(cell.kind, asked) == cell.text:
        fields["asked"] = AS_IT_IS
    else:
        return canonical(cell.kind, asked)
    return ""


def told_asked(cell: str, asked: str, cells: Mapping[str, FigureCell]) -> Text | None:
    """What the unit says should be; None where it does not say."""
    if cell == EXEMPT:
        return SHOULD_NOT_APPLY
    if not cell:
        return None
    known = cells.get(cell)
    if known is None:
        return Text.same(f"{cell}: {asked}")
    value = shown_text(known.kind, asked)
    if known.when is None:
        return SHOULD_BE.format(title=known.title, value=value)
    return SHOULD_BE_THEN.format(title=known.title, period=known.when, value=value)
