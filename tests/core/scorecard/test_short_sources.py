"""Where a figure of several periods came from, told briefly."""

from __future__ import annotations

import pytest

from assess.core.scorecard.content import CardEvidence, EvidencePart
from assess.core.text import Text


def evidence(*places: str) -> CardEvidence:
    """A figure with one value from each place."""
    parts = tuple(
        EvidencePart(f"2026-{month:02}", Text.same("1"), place, True) for month, place in enumerate(places, 1)
    )
    return CardEvidence(1, Text("浓度", "Level"), "2026", Text.same("1"), ", ".join(dict.fromkeys(places)), parts)


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (("air.xlsx:月报!C4", "air.xlsx:月报!D4", "air.xlsx:月报!E4"), "air.xlsx:月报!C4, D4, E4"),
        (
            ("a.xlsx:上半年!C4", "a.xlsx:下半年!C4", "b, c.xlsx:月报!C4"),
            "a.xlsx:上半年!C4; a.xlsx:下半年!C4; b, c.xlsx:月报!C4",
        ),
        (("air.xlsx:月报!C4", "air.xlsx:月报!C4"), "air.xlsx:月报!C4"),
        (("figures.csv:2:4", "figures.csv:9:4"), "figures.csv:2:4, figures.csv:9:4"),
        (("air.xlsx:月报!C4", "问题台账：第1号"), "air.xlsx:月报!C4, 问题台账：第1号"),
    ],
)
def test_a_sheet_is_named_once_for_its_cells_in_a_row(places: tuple[str, ...], told: str):
    assert evidence(*places).short_source == told
