"""What a department is asked for, as a system is told."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from assess.core.evidence.asked import AskedFigure
from assess.core.figures.periods import labels
from assess.core.figures.values import least_of
from assess.core.numbers import reduced
from assess.services.tokens.asking import AskedPage
from assess.web.request import language


def request_json(page: AskedPage) -> dict[str, Any]:
    """The figures, the units, and until when they can be sent."""
    window, units = page.window, page.year.units
    return {
        "year": page.year.cycle.year,
        "department": page.asked.department,
        "title": page.asked.title.localized(language()),
        "last_day": window.last and window.last.isoformat(),
        "closed": window.locked and window.locked.localized(language()),
        "figures": [figure_told(each, page) for each in page.asked.figures if each.id not in page.judged],
        "units": [
            {"code": code, "name": name.localized(language())}
            for code, name in zip(units.codes, units.names, strict=True)
        ],
    }  # fmt: skip


def figure_told(figure: AskedFigure, page: AskedPage) -> dict[str, Any]:
    """One figure: what it is, and which values it takes; None where nothing bounds it."""
    stated = figure.stated
    return {
        "id": figure.id,
        "title": figure.title.localized(language()),
        "kind": stated.kind.value,
        "unit": stated.unit and stated.unit.localized(language()),
        "periods": list(labels(stated.period, page.year.cycle.year)),
        "decimals": stated.decimals,
        "least": number(least_of(stated)),
        "most": number(stated.max),
        "choices": list(stated.choices or ()),
    }


def number(value: Fraction | None) -> str | None:
    """A bound as text."""
    return None if value is None else reduced(value)
