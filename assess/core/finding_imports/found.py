"""What a file of findings says: findings with the rows they stand in, and everything wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assess.core.findings.filing import ReadFinding
from assess.core.flaws import Flaw


class FoundRow(NamedTuple):
    """A sound finding of a file: the sheet and the row it stands in, and its number elsewhere, "" where it has none."""

    sheet: str
    row: int
    external: str
    read: ReadFinding


@dataclass(frozen=True, eq=False)
class FoundFindings:
    """What a file says.

    Attributes:
        rows: every sound finding, in the order of the file.
        flaws: everything that must be corrected, in the order of the file; where there is one nothing is kept.
        warnings: what was read over: totals, columns and sheets left alone.
        is_template: whether the file is a template of ours, filled in.
    """

    rows: Sequence[FoundRow] = ()
    flaws: Sequence[Flaw] = ()
    warnings: Sequence[Flaw] = ()
    is_template: bool = False
