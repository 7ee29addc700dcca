"""What the cell of a figure takes in a workbook to fill in, and how a value stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from assess.core.figures.values import least_of
from assess.core.rules.figure import Figure, FigureKind
from assess.core.text import Language, Text

YES_NO: Final = {"yes": Text("是", "yes"), "no": Text("否", "no")}


def choices_of(figure: Figure, language: Language) -> Sequence[str]:
    """The words of its drop-down; none where numbers are taken."""
    if figure.kind is FigureKind.YES_NO:
        return tuple(word.localized(language) for word in YES_NO.values())
    return (figure.choices or ()) if figure.kind is FigureKind.CHOICE else ()


def in_cell(figure: Figure, text: str, language: Language) -> str:
    """A value as one would type it, yes and no in the language of the workbook."""
    return YES_NO[text].localized(language) if figure.kind is FigureKind.YES_NO and text in YES_NO else text


def form_of_cell(figure: Figure, language: Language) -> dict[str, Any]:
    """Drop-down, number format and range of the cell, as `InputColumn` names them."""
    words = choices_of(figure, language)
    return {
        "words": words,
        "only_words": True,
        "number_format": "@" if words else "General",
        "rule": {} if words else range_of(figure),
    }


def range_of(figure: Figure) -> dict[str, Any]:
    """The range of a number as a validation."""
    least, most = least_of(figure), figure.max
    kind = "integer" if figure.kind is FigureKind.COUNT else "decimal"
    if least is not None and most is not None:
        return {"validate": kind, "criteria": "between", "minimum": float(least), "maximum": float(most)}
    if most is not None:
        return {"validate": kind, "criteria": "<=", "value": float(most)}
    return {"validate": kind, "criteria": ">=", "value": -(10**15) if least is None else float(least)}
