"""What an official typed into a section of the form, read by the one reader."""

from __future__ import annotations

from collections.abc import Mapping

from assess.core.figures.entry import Answer, read_entry
from assess.core.forms.form import FormSection
from assess.core.parsing import ParseError
from assess.core.text import Text


def read_answers(section: FormSection, typed: Mapping[str, str]) -> tuple[dict[str, Answer | None], dict[str, Text]]:
    """The values of a section's fields by key, None where one is blank; and what is wrong, by key.

    What is typed for other fields than those of the section is left alone, and so are fields that `typed` lacks.
    """
    values: dict[str, Answer | None] = {}
    wrongs: dict[str, Text] = {}
    for field in section.fields:
        if field.key in typed:
            reading = read_entry(field.question.stated, typed[field.key])
            if isinstance(reading, ParseError):
                wrongs[field.key] = reading.what
            else:
                values[field.key] = reading
    return values, wrongs
