"""A board as a picture."""

from __future__ import annotations

from typing import Final

from assess.core.text import Language
from assess.services.findings.lists import Board

MAX_BARS: Final = 20
"""The worst are drawn; the table beside the picture tells of all."""


def drawn(board: Board, language: Language) -> str:
    """What is open and overdue as an SVG image, the worst first, at most twenty bars."""
    # slow library
    from assess.files.charts.open_findings import OpenBar, open_bars
    from assess.files.charts.svg import to_svg

    bars = [OpenBar(line.label, line.open, line.tally.overdue) for line in board.lines if line.open]
    return to_svg(open_bars(bars[:MAX_BARS], language))
