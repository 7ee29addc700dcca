"""Fields and answers in the words of a reader."""

from __future__ import annotations

from typing import Final

from assess.core.figures.entry import as_shown, read_entry, to_stored
from assess.core.forms import Field
from assess.core.parsing import ParseError
from assess.core.rules.figure import Figure
from assess.core.scorecard.making import measured
from assess.core.text import Text

OF_PERIOD: Final = Text("{title}（{period}）", "{title} ({period})")
NO_ANSWER: Final = Text("（未填）", "(missing)")


def named(field: Field) -> Text:
    """A field with its period."""
    title = field.question.title
    return title if field.label is None else OF_PERIOD.format(title=title, period=field.label)


def shown(field: Field, text: str) -> Text:
    """An answer as a reader sees it, or that there is none."""
    return shown_text(field.question.stated, text)


def shown_text(figure: Figure, text: str) -> Text:
    """A value of a figure as a reader sees it, or that there is none."""
    if not text:
        return NO_ANSWER
    reading = read_entry(figure, text)
    if isinstance(reading, ParseError):
        return Text.same(text)
    stored = to_stored(reading)
    return as_shown(figure, stored.millionths, stored.text)


def shown_with_unit(field: Field, text: str) -> Text:
    """An answer with its unit of measure, or that there is none."""
    return measured(field.question.stated, shown(field, text)) if text else NO_ANSWER
