"""Ranks as runs keep them: doubled, since ties may share a half."""

from __future__ import annotations

from assess.core.runs.stability import ALWAYS, BETWEEN, ordinal
from assess.core.text import Text

STABLE = Text("稳定", "stable")
BETWEEN_IN_SHORT = Text("{best}至{worst}", "{best} to {worst}")
"""For the narrow column of a table."""


def printed_rank(doubled: int | None) -> str | None:
    """A kept rank as it is printed: 3, or 3.5 where a tie shares it."""
    if doubled is None:
        return None
    return str(doubled // 2) if doubled % 2 == 0 else f"{doubled // 2}.5"


def range_of_ranks(
    best: int | None, worst: int | None, *, stable: Text = ALWAYS, between: Text = BETWEEN
) -> Text | None:
    """A kept range of ranks in words; None for a unit that is not ranked."""
    first, last = printed_rank(best), printed_rank(worst)
    if first is None or last is None:
        return None
    template = stable if first == last else between
    return template.format(best=first, worst=last, best_th=ordinal(first), worst_th=ordinal(last))
