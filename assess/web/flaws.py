"""Flaws of a document as pages list them: by sheet, with line or cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from assess.core.flaws import Flaw
from assess.core.sources import StatedFigure, TextPosition, WorkbookCell
from assess.web.request import language

MAX_SHOWN: Final = 300
"""So many flaws are listed; who has more corrects these first."""


@dataclass(frozen=True)
class FlawGroup:
    """Flaws of one sheet of a workbook, of a text file, or of what stands beside it."""

    title: str
    rows: list[tuple[str, str]]


def flaw_groups(flaws: Sequence[Flaw]) -> list[FlawGroup]:
    """The first flaws, by the sheet they stand on; each with its place and its words."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for flaw in flaws[:MAX_SHOWN]:
        title, place = place_of(flaw)
        groups.setdefault(title, []).append((place, flaw.said(language())))
    return [FlawGroup(title, rows) for title, rows in groups.items()]


def place_of(flaw: Flaw) -> tuple[str, str]:
    """The sheet and the cell of a flaw, or its line and column."""
    match flaw.where:
        case WorkbookCell(sheet=sheet, cell=cell):
            return str(_("Sheet %(name)s", name=sheet) if sheet else _("The file")), cell
        case TextPosition(line=line, column=0) if line:
            return str(_("The file")), str(_("Line %(line)s", line=line))
        case TextPosition(line=line, column=column) if line:
            return str(_("The file")), str(_("Line %(line)s, column %(column)s", line=line, column=column))
        case StatedFigure(by=by):
            return str(_("Together with existing content")), by
        case tuple() as path if type(path) is tuple and path:
            return str(_("Together with existing content")), ".".join(map(str, path))
        case _:
            return str(_("The file")), ""
