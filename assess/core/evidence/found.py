"""What an uploaded file of evidence says: values with their cells, occurrences behind counts, and everything wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from assess.core.flaws import Flaw
from assess.core.sources import Source


class FoundValue(NamedTuple):
    """One value of the file, as the database keeps it (`core.entry.Stored`), with the cell it stands in.

    `period` is the label, the year's own for a yearly figure; `remark` what stands in the column beside it.
    """

    unit: str
    figure: str
    period: str
    millionths: int | None
    word: str | None
    place: Source
    remark: str = ""


class Occurrence(NamedTuple):
    """One row of the detail sheet: a single case that a count counts."""

    unit: str
    figure: str
    period: str
    day: date | None
    location: str
    what: str
    photo: str
    place: Source


@dataclass(frozen=True, eq=False)
class Evidence:
    """What a file says of the figures of a department.

    Attributes:
        values: every figure cell that holds a sound value; none where the file has flaws that hide them.
        occurrences: the cases behind counts.
        flaws: everything that must be corrected, in the order of the file; where there is one nothing is kept.
        warnings: what was read over: totals, headings left alone, an older template.
        is_template: whether the file is a template of ours, filled in.
    """

    values: Sequence[FoundValue] = ()
    occurrences: Sequence[Occurrence] = ()
    flaws: Sequence[Flaw] = ()
    warnings: Sequence[Flaw] = ()
    is_template: bool = False
